"""What limits a report: the path in one thread, timed, and its time put down to stages.

The same mails run twice through the pipeline on fresh databases: plainly timed, then under
cProfile; the first few of each pass only warm caches up. The profile slows Python but hardly gpg,
disk and network, so the stages come from it, scaled to the sums of the timed pass.
"""

from __future__ import annotations

import cProfile
import pstats
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.figures import Result, Table, number
from benchmarks.mails import Mail
from benchmarks.progress import say
from benchmarks.site import Plan, Site
from inboxd import assembly, eventlog
from inboxd.adapters.smtp import SmtpTransport

Function = tuple[str, int, str]  # file, line, name

# part of a file's path -> stage; the first that fits. What fits none goes to its callers.
_STAGES = (
    ("adapters/gpg", "gpg"),
    ("/subprocess.py", "gpg"),
    ("/selectors.py", "gpg"),
    ("inboxd/store/", "database"),
    ("/sqlalchemy/", "database"),
    ("adapters/smtp", "smtp"),
    ("/smtplib.py", "smtp"),
    ("/socket.py", "smtp"),
    ("core/compose", "writing letters"),
    ("adapters/templates", "writing letters"),
    ("/jinja2/", "writing letters"),
    ("core/sla", "clocks"),
    ("/holidays/", "clocks"),
    ("/zoneinfo/", "clocks"),
    ("core/decide/", "deciding"),
    ("core/routing", "deciding"),
    ("core/case", "deciding"),
    ("core/wording", "deciding"),
    ("inboxd/core/", "reading"),
    ("inboxd/reading.py", "reading"),
    ("/bs4/", "reading"),
    ("/cvss/", "reading"),
    ("/email/", "reading"),
    ("/structlog/", "log"),
    ("inboxd/eventlog.py", "log"),
    ("inboxd/pipeline", "pipeline"),
)
STAGES = tuple(dict.fromkeys(stage for _, stage in _STAGES)) + ("other",)
_DISK = "commit' of 'sqlite3"
_WAITS = (
    _DISK,
    "select.epoll",
    "select.poll",
    "_posixsubprocess",
    "posix.waitpid",
    "_socket.socket",
)
_DEEP = 12
WARM = 6


class _Lap:
    """One pass over the mails: wall seconds, processor seconds, and the profile if wanted."""

    def __init__(self, site: Site, mails: list[Mail], *, profiled: bool) -> None:
        plan = Plan(site.database())
        path = site.config(plan)
        site.ingest(path, mails)
        site.take_letters()
        config = site.loaded(plan)
        eventlog.configure("error")
        store = assembly.store(config)
        transport = SmtpTransport(config.smtp, lambda: "")
        pipeline = assembly.pipeline(config, store, transport)
        self.profile = profile = cProfile.Profile()
        for _ in range(WARM):
            pipeline.process()
        while pipeline.send():
            pass
        wall, cpu = time.perf_counter(), time.process_time()
        if profiled:
            profile.enable()
        while pipeline.process() or pipeline.send():
            pass
        profile.disable()
        self.cpu, self.wall = time.process_time() - cpu, time.perf_counter() - wall
        transport.close()
        store.close()
        if site.sink.count != 2 * len(mails):
            raise RuntimeError(f"{site.sink.count} letters for {len(mails)} mails")
        site.take_letters()


def measure(site: Site, *, mails: int, keep: Path | None = None) -> Result:
    """Stage times of sealed and of plain reports; `keep`: where to leave the profile."""
    tables = []
    for name, sealed in (("encrypted", True), ("plain", False)):
        say(f"where the time goes: {mails} {name} reports")
        if sealed:
            batch = site.writer.sealed(site.senders, mails + WARM)
        else:
            people = site.strangers
            batch = [site.writer.plain(people[n % len(people)]) for n in range(mails + WARM)]
        timed = _Lap(site, batch, profiled=False)
        profiled = _Lap(site, batch, profiled=True)
        if keep is not None and sealed:
            profiled.profile.dump_stats(keep)
        tables.append(_table(name, timed, stages(profiled.profile), mails))
    return Result((), tuple(tables))


def _table(name: str, timed: _Lap, found: dict[str, tuple[float, float]], mails: int) -> Table:
    """Both parts are scaled to the pass without the profiler: Python to its processor time,
    waiting to the rest of the wall time."""
    python = sum(busy for busy, _ in found.values())
    waiting = sum(wait for _, wait in found.values())
    rest = max(0.0, timed.wall - timed.cpu)
    rows = []
    for stage in STAGES:
        busy, wait = found.get(stage, (0.0, 0.0))
        busy, wait = busy * timed.cpu / python, wait * rest / waiting
        cells = (number(1000 * seconds / mails) for seconds in (busy + wait, busy, wait))
        whole, *parts = cells
        rows.append((stage, whole, f"{100 * (busy + wait) / timed.wall:.0f} %", *parts))
    sums = [number(1000 * seconds / mails) for seconds in (timed.wall, timed.cpu, rest)]
    rows.append(("sum", sums[0], "100 %", *sums[1:]))
    note = (
        f"One thread, {mails} mails, warm. The sums are of a pass without the profiler; the"
        f" profiled pass took {python / timed.cpu:.1f} times the processor time. Waiting is for gpg"
        " to run, for the mail server, for the disk to have a commit, and for a free core."
    )
    title = f"Where the time of one {name} report goes:"
    head = ("stage", "ms a report", "share", "Python ms", "waiting ms")
    return Table(title, head, tuple(rows), note)


def stages(profile: cProfile.Profile) -> dict[str, tuple[float, float]]:
    """(busy, waiting) seconds of each stage: every function's own time, by the file it is in;
    built-in and general functions count for whoever called them."""
    raw: dict[Function, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for function, (_, _, own, _, callers) in raw.items():
        waits = any(mark in function[2] for mark in _WAITS)
        for stage, share in _shares(function, callers, raw, _DEEP).items():
            found[stage][waits] += own * share
    return {stage: (busy, wait) for stage, (busy, wait) in found.items()}


def _shares(
    function: Function, callers: dict[Function, Any], raw: dict[Function, Any], deep: int
) -> dict[str, float]:
    """How a function's own time is divided over the stages; the shares add up to 1."""
    path = function[0].replace("\\", "/")
    for part, stage in _STAGES:
        if part in path:
            return {stage: 1.0}
    weights = {caller: max(row[2], 1e-9) for caller, row in callers.items() if caller != function}
    if not weights or deep == 0:
        return {"other": 1.0}
    total = sum(weights.values())
    shares: dict[str, float] = defaultdict(float)
    for caller, weight in weights.items():
        above = raw[caller][4] if caller in raw else {}
        for stage, share in _shares(caller, above, raw, deep - 1).items():
            shares[stage] += share * weight / total
    return shares
