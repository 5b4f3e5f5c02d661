"""First sync: a mailbox that is full before inboxd sees it, with a crash in the middle."""

from __future__ import annotations

import time

from benchmarks.checks import Watched, WrongResult
from benchmarks.figures import Figure, Result
from benchmarks.processes import memory
from benchmarks.progress import say
from benchmarks.site import KEYED_SENDERS, Plan, Site
from inboxd.store.unit import Store


def measure(site: Site, *, mails: int) -> Result:
    """Mails per second into the spool, while workers go through them too; then a killed one resumed."""
    people = site.strangers
    batch = [site.writer.machine(people[n % len(people)]) for n in range(mails)]
    say(f"first sync: putting {mails} mails into two mailboxes")
    logins = [site.mailbox(), site.mailbox()]
    for login in logins:
        site.fill(login, batch)

    say("first sync, undisturbed")
    plan = Plan(site.database(), login=logins[0])
    wanted = mails + KEYED_SENDERS
    with site.daemon(plan) as daemon, Watched(plan.database) as watched:
        daemon.wait(watched.spooled, KEYED_SENDERS + mails // 4, "mails spooled", pause=0.1)
        early = memory(daemon.pid).peak
        daemon.wait(watched.spooled, wanted, "mails spooled", pause=0.05)
        took = time.monotonic() - daemon.ready_at
        late = memory(daemon.pid).peak
    _complete(plan, logins[0], mails)

    say("first sync, killed in the middle")
    plan = Plan(site.database(), login=logins[1])
    with Watched(plan.database) as watched:
        with site.daemon(plan) as daemon:
            daemon.wait(watched.spooled, KEYED_SENDERS + mails // 2, "mails spooled", pause=0.02)
            daemon.kill()
        kept = watched.spooled() - KEYED_SENDERS
        if not 0 < kept < mails:
            raise WrongResult(f"killed too late: {kept} of {mails} mails were spooled")
        with site.daemon(plan) as daemon:
            daemon.wait(watched.spooled, wanted, "mails spooled", pause=0.1)
    _complete(plan, logins[1], mails)
    return Result(
        (
            Figure(
                "sync",
                f"first sync of {mails:,} mails",
                "mails/s",
                (mails / took,),
                note="machine mail, workers busy too",
            ),
            Figure(
                "sync",
                "peak memory, at a quarter and at the end",
                "MB",
                (early / 1e6, late / 1e6),
                "constant",
            ),
            Figure(
                "sync",
                "mails lost or doubled by a kill -9",
                "mails",
                (0.0,),
                "0",
                f"killed at {kept:,} of {mails:,}, then resumed",
            ),
        )
    )


def _complete(plan: Plan, login: str, mails: int) -> None:
    """Every mail of the mailbox is there exactly once."""
    opened = Store(plan.database)
    try:
        with opened.read() as unit:
            rows = unit.spool.listing(state=None, limit=10 * mails)
    finally:
        opened.close()
    came = [row for row in rows if row.source.startswith("imap:")]
    bad = [
        row for row in came if row.state == "quarantined" or row.outcome == "same bytes as before"
    ]
    if len(came) != mails or bad:
        raise WrongResult(f"{len(came)} spool entries for {mails} of {login}, {len(bad)} bad")
