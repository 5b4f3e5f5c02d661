"""The SMTP side: who may send, where mail goes, what is stored, and its fault switches."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inboxd.sandbox.faults import SmtpFaults
from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import ACCOUNTS, Wire
from tests.sandbox.hostile import MAILS

MAIL = b"Subject: report\r\n\r\n.dot\r\n..dots\r\nfrom: x\r\n"
FINDER = "finder@research.test"
SECURITY = "security@example.test"


@pytest.fixture
def smtp(server: MailServer) -> Iterator[smtplib.SMTP]:
    client = smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=4)
    yield client
    client.close()


@pytest.fixture
def faults(server: MailServer) -> SmtpFaults:
    return server.faults.smtp


def test_delivery_stores_a_trace_and_the_original_bytes(server: MailServer, smtp: smtplib.SMTP):
    smtp.sendmail(FINDER, ["security+12.abc@example.test"], MAIL)

    (stored,) = server.messages("security")
    trace, original = stored[: -len(MAIL)], stored[-len(MAIL) :]
    assert original == MAIL
    lines = trace.split(b"\r\n")
    assert lines[0] == b"Return-Path: <finder@research.test>"
    assert lines[1] == b"Delivered-To: security+12.abc@example.test"
    assert lines[2].startswith(b"Received: from ")
    assert all(line.startswith(b"\t") for line in lines[3:-1])
    assert server.messages("reporter") == []


def carried_by_smtp(raw: bytes) -> bool:
    """SMTP forbids longer lines; everything else it must deliver as it is."""
    return max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", [name for name, raw in MAILS.items() if carried_by_smtp(raw)])
def test_hostile_mail_is_delivered_unchanged(server: MailServer, open_wire, name: str):
    # By hand: smtplib rewrites line ends.
    raw = MAILS[name] if MAILS[name].endswith(b"\r\n") else MAILS[name] + b"\r\n"
    wire: Wire = open_wire(server.smtp_port)
    wire.until(b"220 ")
    wire.send(b"EHLO x\r\n")
    wire.until(b"250 ")
    wire.send(b"MAIL FROM:<> BODY=8BITMIME\r\nRCPT TO:<security@example.test>\r\nDATA\r\n")
    wire.until(b"354 ")
    wire.send(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
    wire.until(b"250 2.0.0")

    (stored,) = server.messages("security")
    assert stored.startswith(b"Return-Path: <>\r\n")
    assert stored.endswith(raw)


def test_the_envelope_decides_not_the_header(server: MailServer, smtp: smtplib.SMTP):
    smtp.sendmail(FINDER, [FINDER], b"To: security@example.test\r\n\r\nx\r\n")

    assert server.messages("security") == []
    assert len(server.messages("reporter")) == 1


def test_addresses_compare_without_case_and_sub_address(server: MailServer, smtp: smtplib.SMTP):
    smtp.sendmail(FINDER, ["Security+A.B@EXAMPLE.test", "psirt@example.test"], MAIL)

    first, second = server.messages("security")
    assert b"Delivered-To: Security+A.B@EXAMPLE.test\r\n" in first
    assert b"Delivered-To: psirt@example.test\r\n" in second


def test_an_unknown_recipient_is_refused_and_nothing_is_relayed(
    server: MailServer, smtp: smtplib.SMTP
):
    refused = smtp.sendmail(FINDER, ["nobody@example.test", SECURITY], MAIL)

    assert refused == {"nobody@example.test": (550, b"5.1.1 no such mailbox in this sandbox")}
    assert len(server.messages("security")) == 1


def test_it_offers_what_submission_clients_use(smtp: smtplib.SMTP):
    smtp.ehlo()

    assert smtp.has_extn("8bitmime")
    assert smtp.has_extn("smtputf8")
    assert int(smtp.esmtp_features["size"]) > 1 << 20
    assert smtp.esmtp_features["auth"].split() == ["LOGIN", "PLAIN"]
    assert not smtp.has_extn("starttls")


@pytest.mark.parametrize("mechanism", ["auth_plain", "auth_login"])
def test_logging_in_by_plain_and_by_login(smtp: smtplib.SMTP, mechanism: str):
    smtp.ehlo()
    smtp.user, smtp.password = "security", "s3cret"

    name = mechanism.removeprefix("auth_").upper()
    assert smtp.auth(name, getattr(smtp, mechanism))[0] == 235


def test_a_wrong_password_is_refused(smtp: smtplib.SMTP):
    with pytest.raises(smtplib.SMTPAuthenticationError):
        smtp.login("security", "wrong")


def test_mail_without_login_is_refused_if_login_is_required(tmp_path: Path):
    with (
        MailServer(tmp_path, ACCOUNTS, require_auth=True) as server,
        smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=4) as smtp,
    ):
        with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
            smtp.sendmail(FINDER, [SECURITY], MAIL)
        assert refusal.value.smtp_code == 530

        smtp.login("reporter", "hunter2")
        smtp.sendmail(FINDER, [SECURITY], MAIL)
        assert b"with ESMTPA" in server.messages("security")[0]


def test_utf8_addresses_and_content(server: MailServer, smtp: smtplib.SMTP):
    raw = "Subject: Lücke\r\n\r\nGrüße\r\n".encode()
    smtp.sendmail("jörg@research.test", [SECURITY], raw, mail_options=["SMTPUTF8", "BODY=8BITMIME"])

    (stored,) = server.messages("security")
    assert stored.startswith("Return-Path: <jörg@research.test>\r\n".encode())
    assert stored.endswith(raw)


def test_a_lone_line_feed_dot_does_not_end_the_mail(server: MailServer, smtp: smtplib.SMTP):
    smtp.ehlo()
    smtp.mail(FINDER)
    smtp.rcpt(SECURITY)
    smtp.putcmd("DATA")
    smtp.getreply()
    smtp.send(b"a: b\r\n\r\none\n.\nMAIL FROM:<evil@x>\r\n.\r\n")

    assert smtp.getreply()[0] == 250
    assert server.messages("security")[0].endswith(b"one\n.\nMAIL FROM:<evil@x>\r\n")


def test_pipelined_commands_are_answered_in_order(server: MailServer, open_wire):
    wire: Wire = open_wire(server.smtp_port)
    wire.send(
        b"EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<no@b.test>\r\n"
        b"RCPT TO:<security@example.test>\r\nDATA\r\n"
    )
    assert wire.until(b"354 ")[-4:-1] == [
        b"250 2.1.0 OK",
        b"550 5.1.1 no such mailbox in this sandbox",
        b"250 2.1.5 OK",
    ]


# Faults


def test_refuse_connect_and_greeting_421(
    server: MailServer, faults: SmtpFaults, open_wire: Callable[[int], Wire]
):
    faults.refuse_connect = True
    assert open_wire(server.smtp_port).at_end()

    faults.clear()
    faults.greeting_421 = True
    with pytest.raises(smtplib.SMTPConnectError) as refusal:
        smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=4)
    assert refusal.value.smtp_code == 421

    faults.clear()
    smtplib.SMTP("127.0.0.1", server.smtp_port, timeout=4).close()


def test_drop_before_data_stores_nothing(
    server: MailServer, faults: SmtpFaults, smtp: smtplib.SMTP
):
    faults.drop_before_data = True
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.sendmail(FINDER, [SECURITY], MAIL)

    assert server.messages("security") == []


def test_drop_after_data_stores_the_mail_and_loses_the_answer(
    server: MailServer, faults: SmtpFaults, smtp: smtplib.SMTP
):
    faults.drop_after_data = True
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.sendmail(FINDER, [SECURITY], MAIL)

    assert len(server.messages("security")) == 1


def test_recipients_are_rejected_with_the_given_reply(
    server: MailServer, faults: SmtpFaults, smtp: smtplib.SMTP
):
    faults.reject_rcpt = {SECURITY: "451 4.2.0 busy", FINDER: "550 5.1.1 gone"}

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        smtp.sendmail(FINDER, ["security+1@example.test", FINDER], MAIL)
    assert refusal.value.recipients == {
        "security+1@example.test": (451, b"4.2.0 busy"),
        FINDER: (550, b"5.1.1 gone"),
    }


def test_the_mail_is_rejected_with_the_given_reply(
    server: MailServer, faults: SmtpFaults, smtp: smtplib.SMTP
):
    faults.reject_data = "554 5.7.1 not today"
    with pytest.raises(smtplib.SMTPDataError, match="not today"):
        smtp.sendmail(FINDER, [SECURITY], MAIL)
    assert server.messages("security") == []

    faults.reject_data = None
    smtp.sendmail(FINDER, [SECURITY], MAIL)
    assert len(server.messages("security")) == 1


@pytest.mark.parametrize("switch", ["stall", "slow"])
def test_stall_and_slow_keep_the_client_waiting(
    faults: SmtpFaults, smtp: smtplib.SMTP, switch: str
):
    setattr(faults, switch, 0.5)
    assert smtp.sock is not None
    smtp.sock.settimeout(0.05)
    smtp.send("NOOP\r\n")
    with pytest.raises(TimeoutError):
        smtp.sock.recv(1)

    faults.clear()
    smtp.sock.settimeout(4)
    assert smtp.sock.recv(100).startswith(b"250 ")
