"""Peak resident memory of the daemon process (VmHWM); gpg's own processes are not in it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from benchmarks.checks import check_letters
from benchmarks.daemon import Daemon
from benchmarks.figures import Figure, Result
from benchmarks.mails import Mail
from benchmarks.processes import forget_peak, memory
from benchmarks.progress import say
from benchmarks.site import Plan, Site
from inboxd.store.unit import Store

MB = 1_000_000
LIVE = 20  # sealed reports beside the spooled mails


def measure(site: Site, *, spooled: int, large: int, every: bool) -> Result:
    """Idle; with `spooled` small mails in the spool and live reports beside them; one mail
    of `large` bytes, also an encrypted one with `every`."""
    idle, after = _spooled(site, spooled)
    figures = [
        Figure("memory", "idle", "MB", (idle / MB,)),
        Figure(
            "memory",
            f"with {spooled:,} spooled mails",
            "MB",
            (after / MB,),
            "< 120",
            f"half done, half waiting for tomorrow; then {LIVE} sealed reports",
        ),
    ]
    for encrypted in (False, True) if every else (False,):
        grown, size = _large(site, large, encrypted=encrypted)
        kind = "encrypted" if encrypted else "plain"
        name = f"growth by one {kind} mail of {size / MB:.0f} MB"
        note = f"{grown / MB:.0f} MB over what was resident, by IMAP"
        figures.append(Figure("memory", name, "x size", (grown / size,), "< 4", note))
    return Result(tuple(figures))


def _spooled(site: Site, count: int) -> tuple[int, int]:
    """Half of them are done, half wait until tomorrow, so that every claim looks past them."""
    say(f"memory with {count} spooled mails")
    plan = Plan(site.database(), login=site.mailbox())
    with site.daemon(plan) as daemon:
        time.sleep(2.0)
        idle = memory(daemon.pid).peak
    people, now = site.strangers, datetime.now(UTC)
    opened = Store(plan.database)
    with opened.write() as unit:
        for n in range(count):
            raw = site.writer.machine(people[n % len(people)]).raw
            unit.spool.put("bench", str(n), raw, now, now)
        for row in unit.spool.listing(state="waiting", limit=count):
            if row.id % 2:
                unit.spool.finish(row.id, "machine", "put there by the benchmark")
            else:
                unit.spool.postpone(row.id, now + timedelta(days=1), "not yet", counts=False)
    opened.close()
    reports = site.writer.sealed(site.senders, LIVE)
    site.take_letters()
    with site.daemon(plan) as daemon:
        _report(site, daemon, plan.login, reports)
        return idle, memory(daemon.pid).peak


def _report(site: Site, daemon: Daemon, login: str, mails: list[Mail]) -> None:
    site.deliver(login, mails)
    daemon.wait(lambda: site.sink.count, 2 * len(mails), "letters", pause=0.1)
    check_letters(site, mails, site.take_letters(), 1)


def _large(site: Site, size: int, *, encrypted: bool) -> tuple[int, int]:
    """(growth of the peak over what was resident before, size of the mail)."""
    say(f"memory with one {'encrypted' if encrypted else 'plain'} mail of {size / MB:.0f} MB")
    sender = site.senders[0] if encrypted else site.strangers[0]
    mail = site.writer.large(sender, size, encrypted=encrypted)
    plan = Plan(site.database(), login=site.mailbox())
    site.take_letters()
    with site.daemon(plan) as daemon:
        _report(site, daemon, plan.login, site.writer.sealed(site.senders, 5))
        time.sleep(1.0)
        before = memory(daemon.pid).now
        forget_peak(daemon.pid)
        _report(site, daemon, plan.login, [mail])
        return memory(daemon.pid).peak - before, len(mail.raw)
