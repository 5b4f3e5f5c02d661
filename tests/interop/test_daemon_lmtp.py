"""The daemon's LMTP listener: a strict client, and a mail server in front of it."""

from __future__ import annotations

import os
import re
import smtplib
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from inboxd.core.routing import REPORTER
from inboxd.sandbox.world import SAMPLE_REPORT, SAMPLE_SUBJECT

from . import gpghome, swaks
from .common import LOOPBACK, wait_until
from .desk import PATIENCE, Desk, sealed_text, unwell
from .postfix import Postfix

_REASON = swaks.available() or gpghome.available()
pytestmark = [
    pytest.mark.interop,
    pytest.mark.timeout(60),
    pytest.mark.skipif(_REASON is not None, reason=_REASON or ""),
]

RITA = "rita@research.example.org"


@pytest.fixture(params=["socket", "port"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A daemon that has no mailbox and only listens."""
    with Desk(mailbox_less=True) as desk:
        listen = f"unix:{desk.root / 'lmtp.sock'}" if request.param == "socket" else "127.0.0.1:0"
        desk.config = desk.configured(lmtp={"listen": listen})
        desk.start()
        yield desk


def target(desk: Desk) -> str | Path | int:
    listen = desk.config.lmtp.listen
    if listen.startswith("unix:"):
        return Path(listen.removeprefix("unix:"))
    listener = desk.running().lmtp
    assert listener is not None
    return listener.port


def report(desk: Desk) -> bytes:
    world = desk.world
    return world.write(world.rita, world.security.address, SAMPLE_SUBJECT, SAMPLE_REPORT)


def replies_after_data(transcript: str) -> list[str]:
    """What the listener answered between the mail's final dot and QUIT."""
    after = transcript.rpartition("\n -> .\n")[2]
    return re.findall(r"(?m)^<[-*~ ]{1,2} +(\d{3} .*)$", after.partition(" -> QUIT")[0])


def plain(text: str = SAMPLE_REPORT, number: int = 1) -> bytes:
    head = (
        f"From: Rita Reporter <{RITA}>\r\nTo: security@mykonci.com\r\nSubject: Finding {number}\r\n"
        f"Message-ID: <finding{number}@research.example.org>\r\n"
        "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\n"
    )
    return (head + text.replace("\n", "\r\n")).encode()


def test_an_encrypted_report_is_answered(desk: Desk):
    world = desk.world
    raw = report(desk)
    code, said = swaks.swaks_lmtp(target(desk), RITA, world.security.address, raw)
    assert code == 0, said
    assert len(replies_after_data(said)) == 1
    plaintext, signer = sealed_text(world.rita, desk.receipt())
    assert signer == world.security.fingerprint
    assert b"its number is 1" in plaintext
    [row] = desk.all_worked_off(1)
    assert (row["source"], row["outcome"]) == ("lmtp", "report opened")
    [blob] = [blob for blob in desk.rows("blob") if blob["sha256"] == row["sha256"]]
    trace = f"Return-Path: <{RITA}>\r\nDelivered-To: {world.security.address}\r\n"
    assert blob["data"] == trace.encode() + raw
    assert unwell(desk.running()) == {}


def test_two_recipients_get_a_reply_each_and_one_report_is_opened(desk: Desk):
    own = ["security@mykonci.com", "Security+anything@MyKonci.com"]
    code, said = swaks.swaks_lmtp(target(desk), RITA, own, report(desk))
    assert code == 0, said
    assert [reply[:3] for reply in replies_after_data(said)] == ["250", "250"]
    desk.receipt()
    desk.all_worked_off(1)
    assert len(desk.rows("report")) == 1
    assert len(desk.inbox(desk.world.rita)) == 1


def test_a_wrong_recipient_is_refused_and_a_right_one_beside_it_served(desk: Desk):
    for wrong in ("sales@mykonci.com", "security@other.example", "securityx@mykonci.com"):
        code, said = swaks.swaks_lmtp(target(desk), RITA, wrong, plain())
        assert code == 24, said
        assert "550 5.1.1" in said
    assert desk.rows("spool") == []
    both = ["sales@mykonci.com", "security@mykonci.com"]
    code, said = swaks.swaks_lmtp(target(desk), RITA, both, plain())
    assert "550 5.1.1" in said
    assert [reply[:3] for reply in replies_after_data(said)] == ["250"]
    desk.all_worked_off(1)


def test_mail_from_nobody_is_taken_and_never_answered(desk: Desk):
    code, said = swaks.swaks_lmtp(target(desk), "", "security@mykonci.com", plain())
    assert code == 0, said
    desk.all_worked_off(1)
    assert desk.inbox(desk.world.rita) == []
    assert desk.letters("receipt") == []
    assert [row["outcome"] for row in desk.rows("spool")] == ["machine mail recorded"]


def test_a_line_of_any_length_and_lines_of_dots_survive(desk: Desk):
    text = SAMPLE_REPORT + "\n" + "A" * 100_000 + "\n.\n..\n.dot\nFrom here\n"
    raw = plain(text)
    code, said = swaks.swaks_lmtp(target(desk), RITA, "security@mykonci.com", raw)
    assert code == 0, said
    [row] = desk.all_worked_off(1)
    [blob] = [blob for blob in desk.rows("blob") if blob["sha256"] == row["sha256"]]
    assert blob["data"].endswith(b"\r\n" + raw)
    assert row["outcome"] == "report opened"


def test_the_same_mail_handed_over_again_is_answered_once(desk: Desk):
    raw = report(desk)
    for _ in range(2):
        code, said = swaks.swaks_lmtp(target(desk), RITA, "security@mykonci.com", raw)
        assert code == 0, said
    desk.all_worked_off(1)
    assert len(desk.inbox(desk.world.rita)) == 1


def test_eight_bit_mail_and_addresses_are_taken_as_they_are(desk: Desk):
    raw = plain(SAMPLE_REPORT + "\nGrüße, \U0001f512\n")
    where = target(desk)
    port = where if isinstance(where, int) else 0
    host = LOOPBACK if port else str(where)
    with smtplib.LMTP(host, port, "client.example.test") as client:
        client.ehlo()
        assert client.has_extn("smtputf8")
        assert client.has_extn("8bitmime")
        options = ["BODY=8BITMIME", "SMTPUTF8"]
        refused = client.sendmail("zoé@exemple.fr", ["security@mykonci.com"], raw, options)
        assert refused == {}
        # a second mail on the same connection
        assert client.sendmail(RITA, ["security@mykonci.com"], plain(number=2)) == {}
    spool = desk.all_worked_off(2)
    [blob] = [blob for blob in desk.rows("blob") if blob["sha256"] == spool[0]["sha256"]]
    assert blob["data"].startswith("Return-Path: <zoé@exemple.fr>\r\n".encode())
    assert blob["data"].endswith(raw)


def test_too_much_is_refused_for_good(desk: Desk):
    desk.start(desk.configured(lmtp={"listen": desk.config.lmtp.listen, "max_bytes": 100_000}))
    raw = plain("A" * 70 + "\n") + (b"B" * 70 + b"\r\n") * 3000
    code, said = swaks.swaks_lmtp(target(desk), RITA, "security@mykonci.com", raw)
    assert code != 0
    assert re.search(r"\n<[-*]{2} +552 ", said), said
    assert desk.rows("spool") == []


def test_a_socket_of_a_killed_daemon_is_no_hindrance_and_its_mode_is_as_set():
    with Desk(mailbox_less=True) as desk:
        path = desk.root / "lmtp.sock"
        desk.config = desk.configured(lmtp={"listen": f"unix:{path}", "socket_mode": "0600"})
        with socket.socket(socket.AF_UNIX) as killed:
            killed.bind(str(path))
        desk.start()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        code, said = swaks.swaks_lmtp(path, RITA, "security@mykonci.com", plain())
        assert code == 0, said
        desk.stop()
        assert not path.exists()


_POSTFIX = Postfix.available()


@pytest.mark.skipif(_POSTFIX is not None, reason=_POSTFIX or "")
class TestPostfix:
    @pytest.fixture
    def front(self) -> Iterator[tuple[Desk, Postfix]]:
        with Desk(mailbox_less=True) as desk:
            desk.root.chmod(0o711)
            path = desk.root / "lmtp.sock"
            desk.config = desk.configured(lmtp={"listen": f"unix:{path}", "socket_mode": "0666"})
            desk.start()
            with Postfix({"mykonci.com": path}) as postfix:
                yield desk, postfix

    def test_hands_a_report_over_and_the_receipt_leaves(self, front: tuple[Desk, Postfix]):
        desk, postfix = front
        world, raw = desk.world, report(desk)
        code, said = swaks.swaks_smtp(postfix.port, RITA, world.security.address, raw)
        assert code == 0, said
        _, signer = sealed_text(world.rita, desk.receipt())
        assert signer == world.security.fingerprint
        [row] = desk.all_worked_off(1)
        [blob] = [blob for blob in desk.rows("blob") if blob["sha256"] == row["sha256"]]
        # Postfix adds Received lines on its way and hands on the same bytes below them
        assert blob["data"].endswith(b"\r\n" + raw)
        assert blob["data"].startswith(f"Return-Path: <{RITA}>\r\nDelivered-To: ".encode())

    def test_hands_over_what_comes_to_the_reply_address(self, front: tuple[Desk, Postfix]):
        desk, postfix = front
        world = desk.world
        swaks.swaks_smtp(postfix.port, RITA, world.security.address, report(desk))
        desk.receipt()
        address = desk.token_address(REPORTER)
        more = world.write(world.rita, address, f"Re: {SAMPLE_SUBJECT}", "One more thing.\n")
        code, said = swaks.swaks_smtp(postfix.port, RITA, address, more)
        assert code == 0, said
        spool = desk.all_worked_off(2)
        assert spool[1]["outcome"] == "filed to a report"
        assert len(desk.rows("report")) == 1

    def test_keeps_the_mail_while_the_daemon_is_down(self, front: tuple[Desk, Postfix]):
        desk, postfix = front
        desk.stop()
        code, said = swaks.swaks_smtp(postfix.port, RITA, "security@mykonci.com", report(desk))
        assert code == 0, said
        wait_until(lambda: "status=deferred" in postfix.log(), "Postfix's first try", PATIENCE)
        desk.start()
        postfix.flush()
        desk.receipt()
        desk.all_worked_off(1)


def test_a_path_that_cannot_be_bound_is_said_in_one_line():
    with Desk(mailbox_less=True) as desk:
        precious = desk.root / "precious"
        precious.write_text("not a socket")
        desk.config = desk.configured(lmtp={"listen": f"unix:{precious}"})
        with desk.as_a_process() as process:
            assert process.wait(30) == os.EX_CONFIG
        said = (desk.root / "said").read_text()
        assert f"lmtp.listen: cannot bind {precious}" in said
        assert "Traceback" not in said
        assert precious.read_text() == "not a socket"
