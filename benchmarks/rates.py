"""Sustained rates: reports in, receipt and team notices accepted by the next server.

The raw gpg floor runs in turn with them, so that a ratio compares neighbours in time.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass, field

from benchmarks.checks import Watched, WrongResult, check_letters, check_rows
from benchmarks.figures import Figure, Result, Table, number
from benchmarks.floor import Floor
from benchmarks.mails import Mail, Person
from benchmarks.processes import CORES, agent_pid, machine_busy, spent, spent_by_tree
from benchmarks.progress import say
from benchmarks.site import Plan, Site

_FLOORS = {1: "raw gpg, 1 member", 2: "raw gpg, 2 members"}
_ROWS = (
    ("imap", "encrypted, IMAP, 1 member", ">= 49", "30x RT (1.51/s), 60x Schleuder (0.82/s) *"),
    ("imap2", "encrypted, IMAP, 2 members", "", ""),
    ("spool", "encrypted, from the spool, 1 member", "", "no IMAP"),
    ("plain", "plain, signed receipt, IMAP", ">= 70", "2x django-helpdesk (34.9/s) *"),
    ("plain-spool", "plain, signed receipt, from the spool", ">= 78", "2x 39.1/s *"),
)
"""(variant, name, number to reach, remark); * the peers' rates come from another day and quieter
hours of such a machine: they are not run here, so compare only when the raw gpg floor agrees."""
_PARTS = ("python", "gpg", "agent", "dovecot", "sink", "foreign")


@dataclass
class Series:
    """Rounds of one variant. Processor time in ms per report, by who spent it."""

    rates: list[float] = field(default_factory=list)
    cpu: list[dict[str, float]] = field(default_factory=list)

    def cpu_median(self, part: str) -> float | None:
        values = [round_[part] for round_ in self.cpu if part in round_]
        return statistics.median(values) if values else None


def measure(site: Site, *, mails: int, rounds: int, every: bool, seconds: float) -> Result:
    """The interleaved rounds; no new one is begun when `seconds` are over.

    Without `every` the variants that differ least are left out.
    """
    until = time.monotonic() + seconds
    say(f"writing {mails} sealed and {mails} plain reports")
    sealed = site.writer.sealed(site.senders, mails)
    plain = [site.writer.plain(site.strangers[n % len(site.strangers)]) for n in range(mails)]
    floors = {members: Floor(site, sealed, members) for members in ((1, 2) if every else (1,))}
    floor_series = {members: Series() for members in floors}
    variants = {
        "imap": (sealed, 1, True),
        "spool": (sealed, 1, False),
        "imap2": (sealed, 2, True),
        "plain": (plain, 1, True),
        "plain-spool": (plain, 1, False),
    }
    if not every:
        del variants["imap2"], variants["plain-spool"]
    found = {name: Series() for name in variants}
    ratios: dict[str, list[float]] = {"imap": [], "spool": [], "imap2": []}
    for turn in range(rounds):
        if turn and time.monotonic() > until:
            say(f"time is up: {turn} of {rounds} rounds")
            break
        for members, floor in floors.items():
            floor_series[members].rates.append(floor.run())
            floor_series[members].cpu.append(floor.cpu_ms)
        for name, (batch, members, by_imap) in variants.items():
            rate, cpu = end_to_end(site, batch, members, by_imap=by_imap)
            found[name].rates.append(rate)
            found[name].cpu.append(cpu)
            if name in ratios:
                ratios[name].append(rate / floor_series[members].rates[-1])
            say(f"round {turn + 1} of {rounds}: {name} {rate:.1f}/s")
    return Result(tuple(_figures(floor_series, found, ratios)), (_cpu_table(floor_series, found),))


def end_to_end(
    site: Site, mails: list[Mail], members: int, *, by_imap: bool, known: bool = True
) -> tuple[float, dict[str, float]]:
    """(reports per second, processor ms per report): a real daemon, from READY to the last 250."""
    database = site.database(empty=not known)
    login = site.mailbox() if by_imap else ""
    plan = Plan(database, members=members, login=login)
    if by_imap:
        site.deliver(login, mails)
    else:
        site.ingest(site.config(plan), mails)
    site.take_letters()
    wanted = len(mails) * (1 + members)
    agent, dovecot = agent_pid(site.team_home), site.dovecot_pid
    with site.daemon(plan) as daemon, Watched(database) as watched:
        before, busy = spent(daemon.pid), machine_busy()
        others = {"agent": spent(agent).total, "sink": spent(site.sink.pid).total}
        others["dovecot"] = spent_by_tree(dovecot)
        mine = spent(os.getpid()).total
        daemon.wait(lambda: site.sink.count, wanted, "letters", pause=0.02)
        cost, busy = spent(daemon.pid) - before, machine_busy() - busy
        mine = spent(os.getpid()).total - mine
        cpu = {"python": cost.own, "gpg": cost.children}
        cpu["agent"] = spent(agent).total - others["agent"]
        cpu["sink"] = spent(site.sink.pid).total - others["sink"]
        cpu["dovecot"] = spent_by_tree(dovecot) - others["dovecot"]
        cpu["foreign"] = max(0.0, busy - mine - sum(cpu.values()))
        daemon.wait(watched.sent, wanted + (site.first_letters if known else 0), "rows sent")
        ready_at = daemon.ready_at
    letters = site.take_letters()
    try:
        check_letters(site, mails, letters, members)
        check_rows(database, len(mails), wanted, known=known)
    except WrongResult as error:
        raise WrongResult(f"{error}; the daemon said:\n{daemon.alarms() or 'nothing'}") from error
    elapsed = letters[-1].at - ready_at
    a_report = 1000 / len(mails)
    return len(mails) / elapsed, {part: seconds * a_report for part, seconds in cpu.items()}


def measure_newcomers(site: Site, *, count: int) -> Result:
    """Every mail from another person, whose key comes along in an Autocrypt field."""
    say(f"{count} people with new keys")
    home = site.root / "new"
    people = []
    for n in range(count):
        address = f"new{n}@research.example"
        people.append(Person(f"new{n}", address, home, site.make_key(home, address)))
    site.introduce(home)
    mails = site.writer.sealed(people, count, with_key=True)
    rate, _ = end_to_end(site, mails, 1, by_imap=True)
    name, note = "encrypted, IMAP, every sender new", f"{count} mails, a new key each"
    return Result((Figure("rates", name, "reports/s", (rate,), note=note),))


def _figures(
    floors: dict[int, Series],
    found: dict[str, Series],
    ratios: dict[str, list[float]],
) -> list[Figure]:
    def rate(name: str, series: list[float], reach: str = "", note: str = "") -> Figure:
        return Figure("rates", name, "reports/s", tuple(series), reach, note)

    def share(name: str, ways: str, note: str = "") -> Figure:
        percents = tuple(100 * ratio for ratio in ratios[ways])
        return Figure("rates", name, "%", percents, ">= 80 %", note)

    figures = [
        rate(name, floors[n].rates, note=f"{n + 2} gpg calls, {CORES} threads")
        for n, name in _FLOORS.items()
        if n in floors
    ]
    for key, name, reach, note in _ROWS:
        if key in found:
            figures.append(rate(name, found[key].rates, reach, note))
        if ratios.get(key):
            figures.append(share("  of raw gpg", key))
    return figures


def _cpu_table(floors: dict[int, Series], found: dict[str, Series]) -> Table:
    every = {name: floors[n] for n, name in _FLOORS.items() if n in floors} | found
    rows = []
    for name, series in every.items():
        parts = [series.cpu_median(part) for part in _PARTS]
        said = ("-" if ms is None else number(ms) for ms in parts)
        ours = number(sum(ms or 0.0 for ms in parts[:3]))
        rows.append((name, *said, ours, number(1000 * CORES / statistics.median(series.rates))))
    note = (
        f"`python` is the process itself (the daemon, or the floor's runner), `gpg` the gpg"
        f" processes it started, `agent` gpg-agent, `foreign` all other programs of the machine."
        f" `there was` is what {CORES} cores offered in that time; what neither inboxd nor others"
        " took of it was idle."
    )
    head = ("processor ms a report", *_PARTS, "inboxd + gpg", "there was")
    return Table("Who spends the processor (medians):", head, tuple(rows), note)
