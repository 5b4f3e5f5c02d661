"""Unplugged, slow, lying and resetting servers: the daemon recovers by itself and says the truth.

The daemon and the mail server are real and talk over sockets; the server misbehaves on demand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from inboxd import assembly
from inboxd.daemon import Daemon
from inboxd.sandbox.world import SAMPLE_REPORT, World
from inboxd.store import migrate

LETTERS = 3  # of one report: the receipt, and a notice to Mona and to Omar


class Rig:
    """A world, a daemon in it, and a clock that can be turned forward."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ahead = timedelta(0)
        config = world.config()
        opened = assembly.store(config, check=False)
        migrate.upgrade(opened.database, assembly.migrations())
        opened.close()
        self.daemon = Daemon(config, clock=lambda: datetime.now(UTC) + self.ahead)
        self._sent = 0

    def report(self) -> None:
        """Deliver another plain report into the mailbox, behind the SMTP side's back."""
        self._sent += 1
        raw = self.world.write(
            self.world.rita,
            self.world.security.address,
            f"Report {self._sent}",
            SAMPLE_REPORT + f"\nNumber {self._sent}\n",
            encrypt=False,
            sign=False,
        )
        head = f"Return-Path: <{self.world.rita.address}>\r\n".encode()
        self.world.server.deliver("security", head + raw)

    def receipts(self) -> list[bytes]:
        return self.world.server.messages("rita")

    def receipt_ids(self) -> set[str]:
        return {self.world.open(self.world.rita, raw).message_id for raw in self.receipts()}

    def turn_forward(self, **amount: float) -> None:
        """Let waiting letters be due again."""
        self.ahead += timedelta(**amount)
        self.daemon.pipeline.send_bell.set()

    def count(self, table: str) -> int:
        with self.daemon.store.database.read() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def until(condition: Callable[[], object], what: str, seconds: float = 40.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not in time: {what}"
        time.sleep(0.05)


@pytest.fixture
def rig() -> Iterator[Rig]:
    settings = {"daemon": {"workers": 1, "senders": 1, "relay_hold_seconds": 1}}
    with World(settings=settings) as world:
        raw = world.config().model_dump(mode="json", exclude_none=True)
        mailbox = {**raw["mailbox"][0], "timeout_seconds": 1.0, "idle_seconds": 1}
        world._settings = {
            **settings,
            "mailbox": [mailbox],
            "smtp": {"timeout_seconds": 1.0},
        }
        made = Rig(world)
        yield made
        made.daemon.stop()


def connected(rig: Rig) -> bool:
    return bool(rig.daemon._readers) and rig.daemon._readers[0].connected


def works(rig: Rig, reports: int) -> None:
    until(lambda: len(rig.receipt_ids()) == reports, f"{reports} receipts")
    assert rig.count("report") == reports


IMAP_FAULTS = {
    "refuses connections": ("refuse_connect", True),
    "refuses the login": ("refuse_login", True),
    "says BYE after the login": ("bye_after_login", True),
    "drops the connection on FETCH": ("drop_on", {"FETCH", "UID FETCH"}),
    "drops the connection on SEARCH": ("drop_on", {"SEARCH", "UID SEARCH"}),
    "stalls": ("stall", True),
    "announces a huge literal": ("huge_literal", True),
}


@pytest.mark.parametrize("fault", IMAP_FAULTS.values(), ids=IMAP_FAULTS.keys())
def test_an_imap_server_that_misbehaves_is_told_by_health_and_survived(rig, fault):
    name, value = fault
    setattr(rig.world.server.faults.imap, name, value)
    rig.report()
    rig.daemon.start()
    reader = rig.daemon._readers[0]
    reader._pause = lambda seconds: time.sleep(0.2)  # the long pause after a refused login
    until(lambda: reader.last_error not in ("", "not connected yet"), "the reader notices")
    until(lambda: not rig.daemon.health().ok, "health says so")
    assert rig.daemon.heartbeats.stale() == ()  # it is alive, so the watchdog is fed
    assert rig.count("report") == 0
    rig.world.server.faults.clear()
    works(rig, 1)
    until(lambda: rig.daemon.health().ok, "health is good again")


HARMLESS = {
    "writes in small pieces": ("split_writes", 7),
    "sends news together with the idling line": ("coalesce_idle_exists", True),
    "never pushes": ("silent_idle", True),
    "has no IDLE": ("no_idle", True),
    "lies about the size": ("lie_about_size", 10),
    "drops the connection once": ("drop_once_on", {"FETCH", "UID FETCH"}),
    "drops the connection after the keyword was set": ("drop_after", {"STORE", "UID STORE"}),
}


@pytest.mark.parametrize("fault", HARMLESS.values(), ids=HARMLESS.keys())
def test_an_odd_imap_server_costs_time_but_no_mail(rig, fault):
    name, value = fault
    setattr(rig.world.server.faults.imap, name, value)
    rig.daemon.start()
    rig.daemon._readers[0]._pause = lambda seconds: time.sleep(0.2)
    rig.report()
    until(lambda: rig.count("report") == 1, "the first report")
    rig.report()
    until(lambda: rig.count("report") == 2, "the second report")
    rig.world.server.faults.clear()
    works(rig, 2)


def test_a_mail_expunged_by_somebody_else_does_not_hold_up_the_next(rig):
    rig.world.server.faults.imap.expunge_under_fetch = True
    rig.report()
    rig.daemon.start()
    until(lambda: not rig.world.server.messages("security"), "the mail is gone")
    rig.world.server.faults.clear()
    rig.report()
    works(rig, 1)


@pytest.mark.parametrize("tell", [True, False])
def test_a_changed_uidvalidity_reads_all_again_and_answers_nothing_twice(rig, tell: bool):
    rig.daemon.start()
    rig.report()
    works(rig, 1)
    rig.world.server.change_uidvalidity("security", tell=tell)
    rig.report()
    works(rig, 2)
    assert len(rig.receipts()) == 2


SMTP_FAULTS = {
    "refuses connections": ("refuse_connect", True),
    "greets with 421": ("greeting_421", True),
    "drops before the data": ("drop_before_data", True),
    "stalls": ("stall", True),
    "is busy": ("reject_data", "451 4.3.0 busy"),
}


@pytest.mark.parametrize("fault", SMTP_FAULTS.values(), ids=SMTP_FAULTS.keys())
def test_an_smtp_server_that_misbehaves_delays_letters_and_loses_none(rig, fault):
    name, value = fault
    setattr(rig.world.server.faults.smtp, name, value)
    rig.daemon.start()
    rig.report()
    until(
        lambda: rig.count("outbox WHERE attempts > 0 AND state = 'waiting'") == LETTERS, "deferred"
    )
    assert rig.count("report WHERE acknowledged_at IS NULL") == 1  # only accepted mail counts
    assert rig.receipts() == []
    rig.world.server.faults.clear()
    rig.turn_forward(minutes=2)
    works(rig, 1)
    until(lambda: rig.count("report WHERE acknowledged_at IS NOT NULL") == 1, "acknowledged")


def test_a_lost_answer_after_the_data_resends_the_same_mail_and_is_marked(rig):
    rig.world.server.faults.smtp.drop_after_data = True
    rig.daemon.start()
    rig.report()
    until(lambda: rig.count("outbox WHERE maybe_sent") == LETTERS, "marked maybe sent")
    rig.world.server.faults.clear()
    rig.turn_forward(minutes=2)
    until(lambda: rig.count("outbox WHERE state = 'sent'") == LETTERS, "all sent")
    assert len(rig.receipt_ids()) == 1
    copies = {raw.partition(b"\r\nFrom:")[2] for raw in rig.receipts()}
    assert len(rig.receipts()) == 2
    assert len(copies) == 1


def test_a_refused_recipient_is_a_dead_letter_and_health_says_so(rig):
    rita = rig.world.rita.address
    rig.world.server.faults.smtp.reject_rcpt = {rita: "550 5.1.1 no such user"}
    rig.daemon.start()
    rig.report()
    until(lambda: rig.count("outbox WHERE state = 'dead'") == 1, "dead")
    assert "outbox" in rig.daemon.health().parts
    assert rig.count("report WHERE acknowledged_at IS NULL") == 1
    assert rig.count("task") == 1


def test_a_hung_part_starves_the_watchdog(rig):
    rig.daemon.start()
    until(lambda: connected(rig), "connected")
    rig.daemon.heartbeats.register("worker:0", 0.0)
    until(lambda: "worker:0" in rig.daemon.heartbeats.stale(), "stale")
    assert not rig.daemon.watchdog.step()
