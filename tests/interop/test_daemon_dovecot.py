"""The daemon on a mailbox in Dovecot: what arrives, what leaves, what stays in the mailbox."""

from __future__ import annotations

import email
import email.policy
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from inboxd.adapters.imap import Position
from inboxd.core.case import State
from inboxd.core.model import Severity
from inboxd.core.routing import relay_party
from inboxd.daemon import MailboxIntake
from inboxd.pipeline import Pipeline
from inboxd.sandbox.world import SAMPLE_REPORT, SAMPLE_SUBJECT

from . import gpghome
from .common import missing, run, wait_until
from .desk import (
    PATIENCE,
    Desk,
    certificate,
    message_ids,
    sealed_text,
    unwell,
)
from .dovecot import Dovecot

_REASON = Dovecot.available() or gpghome.available()
pytestmark = [
    pytest.mark.interop,
    pytest.mark.timeout(60),
    pytest.mark.skipif(_REASON is not None, reason=_REASON or ""),
]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk("security") as desk:
        yield desk


def server(desk: Desk) -> Dovecot:
    assert desk.dovecot is not None
    return desk.dovecot


def parse(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def flags(desk: Desk, folder: str = "INBOX") -> list[set[bytes]]:
    """The flags of every mail in a folder, oldest first."""
    with server(desk).connect("security") as client:
        client.select_folder(folder, readonly=True)
        found = client.get_flags(client.search("ALL"))
    return [set(found[uid]) - {b"\\Recent"} for uid in sorted(found)]


def agent_of(home: Path) -> bool:
    """Whether gpg's agent runs for a home; asking starts none."""
    command = ["gpg-connect-agent", "--homedir", str(home), "--no-autostart", "getinfo pid", "/bye"]
    return b"OK" in run(command, check=False).stdout


def append(desk: Desk, raw: bytes, days_old: float, folder: str = "INBOX") -> None:
    at = datetime.now(UTC) - timedelta(days=days_old)
    with server(desk).connect("security") as client:
        client.append(folder, raw, (), at)


def plain(number: int, text: str = SAMPLE_REPORT) -> bytes:
    body = text.replace("\n", "\r\n")
    return (
        f"From: Rita Reporter <rita@research.example.org>\r\nTo: security@mykonci.com\r\n"
        f"Subject: Finding {number}\r\nMessage-ID: <finding{number}@research.example.org>\r\n"
        f"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\n{body}"
    ).encode()


# --- the main job ----------------------------------------------------------------------------------


class TestReport:
    def test_is_answered_while_the_daemon_idles(self, desk: Desk):
        world, daemon = desk.world, desk.start()
        desk.connected()
        report = desk.report()

        receipt = desk.receipt()
        plaintext, signer = sealed_text(world.rita, receipt)
        assert signer == world.security.fingerprint
        inner = parse(plaintext)
        assert inner["Subject"] == f"Re: {SAMPLE_SUBJECT}"
        assert "its number is 1" in inner.get_content()
        outer = parse(receipt)
        assert outer["Subject"] == "[...]"
        assert message_ids(outer["In-Reply-To"]) == message_ids(parse(report)["Message-ID"])
        assert outer["Auto-Submitted"] == "auto-replied"

        for member in (world.mona, world.omar):
            notice = desk.wait_for(member, SAMPLE_SUBJECT)
            told, signer = sealed_text(member, notice)
            assert signer == world.security.fingerprint
            text = " ".join(parse(told).get_content().split())
            assert "any logged-in customer can read the invoices of all others" in text
            assert b"customer" not in notice
            assert sealed_text(world.rita, notice) == (b"", None)  # encrypted to the member

        desk.all_worked_off(1)
        case = desk.case()
        assert (case.state, case.sealed) == (State.ACKNOWLEDGED, True)
        assert case.fingerprint == world.rita.fingerprint
        assert case.clock.acknowledged_at is not None
        [row] = desk.rows("spool")
        assert (row["source"], row["outcome"]) == ("imap:security", "report opened")
        [letter] = desk.letters("receipt")
        assert (letter["recipient"], letter["attempts"]) == (world.rita.address, 1)
        states = {row["promise"]: row["state"] for row in desk.rows("deadline")}
        assert states["acknowledge"] == "met"
        assert states["diagnose"] == "running"
        assert unwell(daemon) == {}

    def test_stays_in_the_mailbox_with_a_keyword(self, desk: Desk):
        desk.start()
        raw = desk.report()
        desk.receipt()
        wait_until(lambda: flags(desk) == [{b"InboxdTaken"}], "the keyword", PATIENCE)
        [kept] = server(desk).messages("security")
        assert kept.endswith(raw)

    def test_leaves_a_copy_of_the_receipt_in_the_sent_folder(self, desk: Desk):
        desk.start()
        desk.report()
        receipt = desk.receipt()
        [copy] = server(desk).wait_for_messages("security", 1, "Sent", PATIENCE)
        assert receipt.endswith(copy)  # above it stand the lines that the delivery added
        plaintext, signer = sealed_text(desk.world.security, copy)
        assert signer == desk.world.security.fingerprint
        assert b"its number is 1" in plaintext
        assert flags(desk, "Sent") == [{b"\\Seen"}]
        filed = {row["purpose"]: row["filed"] for row in desk.rows("outbox")}
        assert filed["receipt"]

    def test_is_moved_away_where_that_is_wished(self):
        with Desk("security", mailbox={"after": "move"}) as desk:
            desk.start()
            raw = desk.report()
            desk.receipt()
            # the folder is made by the daemon
            wait_until(lambda: "Processed" in desk.folders(), "the folder", PATIENCE)
            [moved] = server(desk).wait_for_messages("security", 1, "Processed", PATIENCE)
            assert moved.endswith(raw)
            assert server(desk).messages("security") == []

    def test_is_left_untouched_where_that_is_wished(self):
        with Desk("security", mailbox={"after": "nothing", "file_sent": False}) as desk:
            desk.start()
            desk.report()
            desk.receipt()
            desk.stop()
            assert flags(desk) == [set()]
            assert server(desk).messages("security", "Sent") == []

    def test_leaves_no_agent_of_gpg_behind(self, desk: Desk):
        desk.start()
        desk.report()
        desk.receipt()
        homes = (desk.config.pgp.home, desk.config.pgp.contacts)
        assert [agent_of(home) for home in homes] == [True, True]
        desk.stop()
        assert [agent_of(home) for home in homes] == [False, False]

    def test_is_answered_by_the_program_that_ops_start(self, desk: Desk):
        with desk.as_a_process() as process:
            desk.report()
            _, signer = sealed_text(desk.world.rita, desk.receipt())
            assert signer == desk.world.security.fingerprint
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
        said = (desk.root / "said").read_text()
        assert SAMPLE_SUBJECT not in said
        assert "rita" not in said


class TestBetweenTwoLooks:
    """Mails that come while the reader is busy: their announcement is easily overlooked."""

    class Interrupted(MailboxIntake):
        """Has a mail delivered in the middle of the reader's work."""

        def __init__(self, desk: Desk, pipeline: Pipeline) -> None:
            super().__init__(pipeline, "security")
            self._desk = desk
            self.at = {"take", "to_file"}

        def deliver(self, where: str) -> None:
            if where in self.at:
                self.at.remove(where)
                server(self._desk).deliver("security", plain(len(self.at)))

        def take(self, place: Position, raw: bytes, received_at: datetime) -> None:
            super().take(place, raw, received_at)
            self.deliver("take")

        def to_file(self) -> list[tuple[int, bytes]]:
            self.deliver("to_file")
            return super().to_file()

    def test_they_are_taken_at_once(self, desk: Desk):
        made: list[TestBetweenTwoLooks.Interrupted] = []

        def intake(pipeline: Pipeline, account: str) -> MailboxIntake:
            made.append(self.Interrupted(desk, pipeline))
            return made[0]

        server(desk).deliver("security", plain(7))
        desk.start(desk.configured(mailbox={"idle_seconds": 1200}), intake)
        desk.wait_for_rows("spool", lambda row: True, "all three mails in the spool", 3)
        assert made[0].at == set()

    def test_so_is_a_burst(self, desk: Desk):
        desk.start(desk.configured(mailbox={"idle_seconds": 1200}))
        desk.connected()
        for number in range(8):
            server(desk).deliver("security", plain(number))
        desk.wait_for_rows("spool", lambda row: True, "eight mails in the spool", 8)


def test_a_password_that_cannot_be_read_is_said_and_read_again_once_it_is_there(desk: Desk):
    secret = desk.root / "secret"
    daemon = desk.start(desk.configured(mailbox={"password": {"file": str(secret)}}))
    wait_until(lambda: "cannot read" in str(unwell(daemon)), "the complaint", PATIENCE)
    assert str(secret) in unwell(daemon)["reader:security"]
    secret.write_text(desk.world.security.password + "\n")
    desk.report()
    desk.receipt()
    assert unwell(daemon) == {}


# --- TLS -------------------------------------------------------------------------------------------


@pytest.mark.skipif(missing("openssl") is not None, reason="not installed: openssl")
class TestTls:
    def start(self, desk: Desk, tls: str, ca_file: Path | None) -> None:
        port = server(desk).imaps_port if tls == "implicit" else server(desk).imap_port
        mailbox: dict[str, object] = {"tls": tls, "port": port}
        if ca_file is not None:
            mailbox["ca_file"] = str(ca_file)
        desk.start(desk.configured(mailbox=mailbox))

    @pytest.mark.parametrize("tls", ["implicit", "starttls"])
    def test_an_unknown_certificate_is_refused_until_its_authority_is_named(
        self, tmp_path: Path, tls: str
    ):
        files = certificate(tmp_path, "IP:127.0.0.1")
        with Desk("security", ssl=files) as desk:
            desk.report()
            self.start(desk, tls, None)
            daemon = desk.running()
            wait_until(lambda: "certificate" in str(unwell(daemon)), "the refusal", PATIENCE)
            told = unwell(daemon)["reader:security"]
            assert told.startswith("not connected: ")
            assert "ca_file" in told
            assert not daemon.health().ok
            assert desk.rows("spool") == []

            self.start(desk, tls, files[0])
            desk.receipt()
            assert unwell(desk.running()) == {}

    def test_a_certificate_of_another_host_is_refused(self, tmp_path: Path):
        files = certificate(tmp_path, "DNS:mail.example.test")
        with Desk("security", ssl=files) as desk:
            desk.report()
            self.start(desk, "implicit", files[0])
            daemon = desk.running()
            wait_until(lambda: "certificate" in str(unwell(daemon)), "the refusal", PATIENCE)
            assert "127.0.0.1" in unwell(daemon)["reader:security"]
            assert desk.rows("spool") == []


# --- which mails are taken -------------------------------------------------------------------------


class TestFirstSync:
    def test_old_mails_are_left_alone_and_young_ones_taken_wherever_they_stand(self, desk: Desk):
        for number, days in enumerate((30, 1, 10, 0.1, 20)):  # people move old mails back later
            append(desk, plain(number), days)
        desk.start()
        desk.all_worked_off(2)
        desk.connected()
        keyword = {b"InboxdTaken"}
        wanted = [set(), keyword, set(), keyword, set()]
        wait_until(lambda: flags(desk) == wanted, "keywords", PATIENCE)
        desk.start()  # nor are they taken at the second start
        append(desk, plain(5), 0.1)
        desk.all_worked_off(3)
        wait_until(lambda: flags(desk) == [*wanted, keyword], "one more keyword", PATIENCE)
        subjects = {message.true_subject for message in desk.opened(desk.world.rita)}
        assert subjects == {"Re: Finding 1", "Re: Finding 3", "Re: Finding 5"}

    def test_everything_is_taken_where_that_is_wished(self):
        with Desk("security", mailbox={"first_sync_days": -1}) as desk:
            append(desk, plain(1), 400)
            desk.start()
            desk.all_worked_off(1)

    def test_after_a_restart_nothing_is_taken_twice_and_nothing_is_missed(self, desk: Desk):
        append(desk, plain(1), 0.1)
        desk.start()
        desk.all_worked_off(1)
        desk.stop()
        append(desk, plain(2), 5)  # came while we were down, and the server kept its date
        desk.start()
        desk.all_worked_off(2)
        assert len(desk.inbox(desk.world.rita)) == 2

    def test_a_keyword_that_a_crash_left_unset_is_set_at_the_next_start(self, desk: Desk):
        append(desk, plain(1), 0.1)
        desk.start()
        desk.all_worked_off(1)
        desk.stop()
        with server(desk).connect("security") as client:
            client.select_folder("INBOX")
            client.remove_flags(client.search("ALL"), [b"InboxdTaken"])
        desk.start()
        wait_until(lambda: flags(desk) == [{b"InboxdTaken"}], "the keyword", PATIENCE)
        assert len(desk.rows("spool")) == 1


@pytest.mark.parametrize("running", [True, False])
def test_a_folder_made_anew_with_the_same_mails_brings_no_second_receipt(running: bool):
    with Desk("security", mailbox={"folder": "Reports"}) as desk:
        with server(desk).connect("security") as client:
            client.create_folder("Reports")
        for number in (1, 2):
            append(desk, plain(number), 0.1, "Reports")
        desk.start()
        desk.all_worked_off(2)
        letters = len(desk.rows("outbox"))
        if not running:
            desk.stop()
        with server(desk).connect("security") as client:
            before = client.folder_status("Reports", "UIDVALIDITY")
            client.delete_folder("Reports")
            client.create_folder("Reports")
            assert client.folder_status("Reports", "UIDVALIDITY") != before
        for number in (1, 2, 3):
            append(desk, plain(number), 0.1, "Reports")
        if not running:
            desk.start()
        desk.all_worked_off(5)
        outcomes = [row["outcome"] for row in desk.rows("spool")]
        assert outcomes.count("same bytes as before") == 2
        assert outcomes.count("report opened") == 3
        assert len(desk.rows("outbox")) == letters + 3
        assert len(desk.inbox(desk.world.rita)) == 3


# --- the team answers ------------------------------------------------------------------------------


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """A desk at which Rita's report has come in and everybody knows of it."""
    desk.config = desk.configured(daemon={"relay_hold_seconds": 1})
    desk.start()
    desk.report()
    desk.receipt()
    desk.all_worked_off(1)
    return desk


class TestMember:
    def reply(self, desk: Desk, text: str) -> bytes:
        """Mona answers the notice with her PGP client."""
        mona = desk.world.mona
        notice = desk.wait_for(mona, SAMPLE_SUBJECT)
        address = desk.reply_address(mona, notice)
        quoted = f"{text}\n\nOn Monday, Rita wrote:\n> Hello\n\n-- \nMona Member, room 17\n"
        message_id = str(parse(notice)["Message-ID"])
        raw = desk.world.write(
            mona, address, f"Re: {SAMPLE_SUBJECT}", quoted, in_reply_to=message_id
        )
        desk.deliver(raw, address, sender=mona.address)
        return raw

    def test_an_answer_reaches_the_researcher_as_security_without_a_trace_of_the_member(
        self, asked: Desk
    ):
        world, receipt = asked.world, asked.receipt()
        self.reply(asked, "Thank you, we look into it.\nWhich account did you use?")
        held = asked.wait_for(world.omar, "Held back")
        assert b"/cancel" in sealed_text(world.omar, held)[0]

        answer = asked.wait_for(world.rita, f"Re: {SAMPLE_SUBJECT}", count=2)
        plaintext, signer = sealed_text(world.rita, answer)
        assert signer == world.security.fingerprint
        text = parse(plaintext).get_content()
        assert text.startswith("Thank you, we look into it.\nWhich account did you use?\n")
        outer = parse(answer)
        assert outer["From"].addresses[0].addr_spec == world.security.address
        same = asked.reply_address(world.rita, receipt)
        assert asked.reply_address(world.rita, answer) == same
        assert outer["Auto-Submitted"] is None
        assert message_ids(outer["In-Reply-To"]) == message_ids(parse(receipt)["In-Reply-To"])
        for trace in (b"mona", b"room 17", b"team.example.org", b"wrote:"):
            assert trace not in answer.lower()
            assert trace not in plaintext.lower()

    def test_a_command_is_executed_and_the_researcher_is_told(self, asked: Desk):
        world = asked.world
        self.reply(asked, "/confirm high\n\nWe can reproduce it.")
        told, signer = sealed_text(
            world.rita, asked.wait_for(world.rita, f"Re: {SAMPLE_SUBJECT}", count=2)
        )
        assert signer == world.security.fingerprint
        assert "severity as high" in parse(told).get_content()
        result, _ = sealed_text(world.mona, asked.wait_for(world.mona, "Done"))
        assert b"/confirm high" in result
        case = asked.case()
        assert (case.state, case.severity) == (State.TRIAGED, Severity.HIGH)
        asked.all_worked_off(2)
        assert {r["promise"]: r["state"] for r in asked.rows("deadline")}["diagnose"] == "met"

    @pytest.mark.parametrize("encrypted", [True, False])
    def test_an_unsigned_mail_in_the_members_name_does_nothing(self, asked: Desk, encrypted: bool):
        world = asked.world
        mona, team = world.mona, world.security
        address = asked.token_address(relay_party(mona.address))
        text = "/reject not a bug\n\nGo away.\n"
        if encrypted:
            outer = {"From": mona.address, "To": address, "Subject": "...", "Message-ID": "<x@y.z>"}
            inner = gpghome.text_entity(text)
            raw = gpghome.pgp_mime_encrypted(inner, mona.home, None, [team.fingerprint], outer)
        else:
            raw = world.write(mona, address, "Re: x", text, encrypt=False, sign=False)
        asked.deliver(raw, address, sender=mona.address)
        asked.wait_for(mona, "was not believed")
        asked.all_worked_off(2)
        assert asked.case().state is State.ACKNOWLEDGED
        assert len(asked.inbox(world.rita)) == 1
        assert asked.letters("relay") == asked.letters("rejected") == []
        assert [row["outcome"] for row in asked.rows("spool")][1] == "set aside for a human"
