"""Each rig works by itself: what a failure of the other interop tests may be blamed on."""

from __future__ import annotations

import contextlib
import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from imapclient import IMAPClient

from . import gpghome, swaks
from .common import missing, program, run, short_root, wait_until
from .dovecot import SPECIAL_FOLDERS, Dovecot
from .neomutt import Neomutt
from .postfix import Postfix
from .sinks import Sink

pytestmark = [pytest.mark.interop, pytest.mark.timeout(60)]

TEAM, REPORTER = "security@vendor.test", "robin@reporter.test"
USERS = {"security": "team-password", "robin": "robin-password"}
PLAIN = (
    b"From: robin@reporter.test\r\nTo: security@vendor.test\r\nSubject:  two  spaces\r\n"
    b"Message-ID: <1@reporter.test>\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    b".dot\r\n..two dots\r\nFrom here\r\n-- \r\ntrailing blanks  \r\n\xc3\xa9t\xc3\xa9\r\n\r\n"
)


def needs(*checks: Callable[[], str | None]) -> pytest.MarkDecorator:
    """Skip with the first reason given."""
    reasons = [reason for check in checks if (reason := check())]
    return pytest.mark.skipif(bool(reasons), reason=reasons[0] if reasons else "")


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with Dovecot(USERS) as server:
        yield server


@dataclass
class Pair:
    """The team's and the reporter's gpg homes; each has the other's public key."""

    team_home: Path
    team: str
    reporter_home: Path
    reporter: str


@pytest.fixture
def keys() -> Iterator[Pair]:
    with gpghome.temporary_home() as ours, gpghome.temporary_home() as theirs:
        team = gpghome.make_key(ours, "Vendor Security", TEAM)
        reporter = gpghome.make_key(theirs, "Robin Réporter", REPORTER)
        gpghome.import_key(ours, gpghome.export_public(theirs, reporter), trusted=True)
        gpghome.import_key(theirs, gpghome.export_public(ours, team), trusted=True)
        yield Pair(ours, team, theirs, reporter)


@dataclass
class Desk:
    """A reporter at neomutt; what it sends is kept and delivered to Dovecot."""

    neomutt: Neomutt
    sink: Sink


@pytest.fixture
def desk(dovecot: Dovecot, keys: Pair) -> Iterator[Desk]:
    with contextlib.ExitStack() as stack:
        root = stack.enter_context(short_root())
        sink = stack.enter_context(Sink(pass_on=dovecot.deliver))
        account = (dovecot.imap_port, sink.port, "robin", USERS["robin"], REPORTER)
        yield Desk(stack.enter_context(Neomutt(root, *account, keys.reporter_home)), sink)


def headers(subject: str = "...", **more: str) -> dict[str, str]:
    return {"From": TEAM, "To": REPORTER, "Subject": subject, "Message-ID": "<r1@vendor.test>"} | {
        name.replace("_", "-"): value for name, value in more.items()
    }


@needs(Dovecot.available)
class TestDovecot:
    def test_a_mail_delivered_by_lmtp_wakes_an_idling_reader(self, dovecot: Dovecot):
        with dovecot.connect("security") as reader:
            reader.select_folder("INBOX")
            reader.idle()
            dovecot.deliver("security", PLAIN)
            seen: list[Any] = []

            def told() -> bool:
                seen.extend(reader.idle_check(timeout=0.2))
                return (1, b"EXISTS") in seen

            wait_until(told, "EXISTS")
            reader.idle_done()
            [fetched] = reader.fetch(reader.search("ALL"), ["BODY.PEEK[]"]).values()
        assert fetched[b"BODY[]"].endswith(b"\r\n" + PLAIN)
        assert dovecot.messages("security") == [fetched[b"BODY[]"]]

    def test_a_plus_address_at_any_domain_reaches_its_login_only(self, dovecot: Dovecot):
        dovecot.deliver("security+case.token@elsewhere.test", PLAIN)
        [stored] = dovecot.messages("security")
        assert b"Delivered-To: security+case.token@elsewhere.test\r\n" in stored
        assert dovecot.messages("robin") == []

    def test_the_special_folders_are_found_by_their_use(self, dovecot: Dovecot):
        with dovecot.connect("security") as reader:
            found = {flag: name for flags, _, name in reader.list_folders() for flag in flags}
        assert {found[f"\\{name}".encode()] for name in SPECIAL_FOLDERS} == set(SPECIAL_FOLDERS)

    @needs(lambda: missing("openssl"))
    def test_it_speaks_tls_when_given_a_certificate(self):
        with short_root() as root:
            certificate, key = root / "cert.pem", root / "key.pem"
            subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
            new = [program("openssl"), "req", "-x509", "-newkey", "ec", "-nodes", *subject]
            new += ["-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2"]
            run([*new, "-keyout", str(key), "-out", str(certificate)])
            with Dovecot(USERS, ssl=(certificate, key)) as server:
                context = ssl.create_default_context(cafile=str(certificate))
                with IMAPClient("127.0.0.1", server.imaps_port, ssl_context=context) as reader:
                    reader.login("security", USERS["security"])
                    assert reader.folder_exists("INBOX")

    def test_two_instances_do_not_disturb_each_other(self, dovecot: Dovecot):
        with Dovecot({"security": "other"}) as other:
            other.deliver("security", PLAIN)
            assert len(other.messages("security")) == 1
        assert dovecot.messages("security") == []


@needs(gpghome.available)
class TestGpgHome:
    def test_a_sealed_and_signed_mail_opens_to_the_same_bytes(self, keys: Pair):
        inner = gpghome.text_entity("Grüße\n-- \nx\n", subject="Straße")
        mail = gpghome.pgp_mime_encrypted(
            inner, keys.reporter_home, keys.reporter, [keys.team], headers()
        )
        plaintext, status = gpghome.decrypt(keys.team_home, gpghome.sealed_part(mail))
        assert plaintext == inner
        assert gpghome.good_signer(status) == keys.reporter
        assert "DECRYPTION_OKAY" in status

    def test_a_signed_mail_verifies_and_a_changed_one_does_not(self, keys: Pair):
        inner = gpghome.text_entity("trailing  \nGrüße\n")
        mail = gpghome.pgp_mime_signed(inner, keys.reporter_home, keys.reporter, headers())
        signed, signature = gpghome.signed_parts(mail)
        assert signed == inner
        status = gpghome.verify(keys.team_home, signed, signature)
        assert gpghome.good_signer(status) == keys.reporter
        status = gpghome.verify(keys.team_home, signed + b" ", signature)
        assert gpghome.good_signer(status) is None

    def test_inline_messages_open_as_well(self, keys: Pair):
        mail = gpghome.inline_encrypted(
            "Grüße\n", keys.reporter_home, None, [keys.team], headers("x")
        )
        body = email.message_from_bytes(mail, policy=email.policy.default).get_content()
        plaintext, status = gpghome.decrypt(keys.team_home, body.encode())
        assert plaintext.decode() == "Grüße\n"
        assert gpghome.good_signer(status) is None


@needs(Dovecot.available, Neomutt.available)
class TestNeomutt:
    def test_it_sends_a_sealed_report_and_keeps_a_copy(
        self, desk: Desk, keys: Pair, dovecot: Dovecot
    ):
        text = "It crashes.\n-- \n.dot\nFrom here\ntrailing  \nété\n"
        desk.neomutt.send(TEAM, "Overflow in é", text, encrypt_to=keys.team, sign=True)
        [mail] = desk.sink.mails
        assert mail.mail_from == REPORTER
        assert mail.recipients == (TEAM,)
        assert b"Overflow" not in mail.content
        plaintext, status = gpghome.decrypt(keys.team_home, gpghome.sealed_part(mail.content))
        assert gpghome.good_signer(status) == keys.reporter
        inner = email.message_from_bytes(plaintext, policy=email.policy.default)
        assert inner["Subject"] == "Overflow in é"
        assert inner.get_content() == text
        assert dovecot.messages("security")[0].endswith(mail.content)
        assert len(dovecot.messages("robin", "Sent")) == 1

    def test_it_sends_signed_and_plain_reports(self, desk: Desk, keys: Pair):
        desk.neomutt.send(TEAM, "Signed", "trailing  \nété\n", sign=True)
        desk.neomutt.send(TEAM, "Plain", "x\n", headers=(("Reply-To", "other@reporter.test"),))
        signed, plain = desk.sink.mails
        status = gpghome.verify(keys.team_home, *gpghome.signed_parts(signed.content))
        assert gpghome.good_signer(status) == keys.reporter
        assert b"Subject: Plain\r\n" in plain.content
        assert b"Reply-To: other@reporter.test\r\n" in plain.content

    def test_it_reads_a_sealed_receipt_and_tells_who_signed(
        self, desk: Desk, keys: Pair, dovecot: Dovecot
    ):
        inner = gpghome.text_entity("We have it.\n", subject="Receipt 17")
        receipt = gpghome.pgp_mime_encrypted(
            inner, keys.team_home, keys.team, [keys.reporter], headers()
        )
        dovecot.deliver("robin", receipt)
        screen = desk.neomutt.read(1)
        assert f"Good signature from: Vendor Security <{TEAM}>" in screen
        assert "WARNING" not in screen
        assert "Subject: Receipt 17" in screen
        assert "We have it." in screen
        assert "PGP message successfully decrypted" in screen

    def test_it_finds_a_mail_by_subject_and_tells_a_bad_signature(
        self, desk: Desk, keys: Pair, dovecot: Dovecot
    ):
        inner = gpghome.text_entity("We have it.\n")
        receipt = gpghome.pgp_mime_signed(
            inner, keys.team_home, keys.team, headers('Receipt [#17] it\'s "in"')
        )
        dovecot.deliver("robin", PLAIN)
        dovecot.deliver("robin", receipt.replace(b"We have it", b"We lost it"))
        screen = desk.neomutt.read('[#17] it\'s "in"')
        assert "We lost it." in screen
        assert "*BAD* signature from: Vendor Security" in screen
        assert "could NOT be verified" in screen

    def test_its_reply_threads_under_the_receipt_and_is_sealed(
        self, desk: Desk, keys: Pair, dovecot: Dovecot
    ):
        inner = gpghome.text_entity("We have it.\n", subject="Receipt 17")
        outer = headers(Reply_To="security+tok@vendor.test")
        dovecot.deliver(
            "robin",
            gpghome.pgp_mime_encrypted(inner, keys.team_home, keys.team, [keys.reporter], outer),
        )
        seal = ("security+tok@vendor.test", keys.team)
        desk.neomutt.reply(1, "One more thing.\n", encrypt_to=seal, sign=True)
        [mail] = desk.sink.mails
        assert mail.recipients == ("security+tok@vendor.test",)
        answer = email.message_from_bytes(mail.content, policy=email.policy.default)
        assert answer["In-Reply-To"] == answer["References"] == "<r1@vendor.test>"
        plaintext, _ = gpghome.decrypt(keys.team_home, gpghome.sealed_part(mail.content))
        opened = email.message_from_bytes(plaintext, policy=email.policy.default)
        assert opened["Subject"] == "Re: Receipt 17"
        assert opened.get_content().endswith("> We have it.\n\nOne more thing.\n")

    def test_its_index_draws_threads(self, desk: Desk, dovecot: Dovecot):
        dovecot.deliver("robin", PLAIN)
        answer = b"From: a@vendor.test\r\nSubject: Re: x\r\nReferences: <1@reporter.test>\r\n\r\n."
        dovecot.deliver("robin", answer)
        first, second = desk.neomutt.listing()
        assert "two  spaces" in first
        assert "└─>" in second


@needs(swaks.available)
class TestSwaks:
    def test_it_delivers_any_bytes_to_two_recipients_on_a_port(self):
        data = b"Subject: %DATE% \\n\r\n" + PLAIN
        with Sink("lmtp") as sink:
            code, said = swaks.swaks_lmtp(
                sink.port, REPORTER, ["security@vendor.test", "psirt@vendor.test"], data
            )
        assert code == 0, said
        [mail] = sink.mails
        assert mail.content == data
        assert mail.recipients == ("security@vendor.test", "psirt@vendor.test")

    def test_it_delivers_to_a_socket_from_nobody(self):
        with short_root() as root, Sink("lmtp", unix_socket=root / "lmtp") as sink:
            code, said = swaks.swaks_lmtp(root / "lmtp", "", TEAM, PLAIN)
        assert code == 0, said
        assert sink.mails[0].mail_from == ""

    @needs(Dovecot.available)
    def test_it_reports_a_refused_recipient(self, dovecot: Dovecot):
        target = f"127.0.0.1:{dovecot.lmtp_port}"
        code, said = swaks.swaks_lmtp(target, REPORTER, "nobody@vendor.test", PLAIN)
        assert code == 24
        assert "550 5.1.1" in said


@needs(Postfix.available)
class TestPostfix:
    @needs(Dovecot.available, swaks.available)
    def test_it_passes_mail_on_by_lmtp_and_bounces_what_is_refused(self, dovecot: Dovecot):
        with Sink("lmtp") as sink:
            routes = {"vendor.test": sink.port, "reporter.test": dovecot.lmtp_port}
            with Postfix(routes) as postfix:
                code, said = swaks.swaks_smtp(
                    postfix.port, REPORTER, "security+tok@vendor.test", PLAIN
                )
                assert code == 0, said
                [mail] = sink.wait_for_mails(1)
                assert mail.mail_from == REPORTER
                assert mail.recipients == ("security+tok@vendor.test",)
                assert mail.content.endswith(b"\r\n" + PLAIN)
                code, said = swaks.swaks_smtp(postfix.port, REPORTER, "x@other.test", PLAIN)
                assert code == 24
                assert "Relay access denied" in said
                code, said = swaks.swaks_smtp(postfix.port, REPORTER, "no@reporter.test", PLAIN)
                assert code == 0, said
                [bounce] = dovecot.wait_for_messages("robin", 1)
        report = email.message_from_bytes(bounce, policy=email.policy.default)
        assert report.get_content_type() == "multipart/report"
        assert report["Return-Path"] == "<>"

    def test_it_reaches_a_listener_on_a_socket(self):
        with short_root() as root:
            root.chmod(0o711)
            with Sink("lmtp", unix_socket=root / "lmtp") as sink:
                (root / "lmtp").chmod(0o666)
                with Postfix({"vendor.test": root / "lmtp"}) as postfix:
                    code, said = swaks.swaks_smtp(postfix.port, REPORTER, TEAM, PLAIN)
                    assert code == 0, said
                    sink.wait_for_mails(1)
