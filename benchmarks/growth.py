"""Growth: what one more mail costs at 1,000 stored mails and at many, and `reports list`.

gpg is replaced by a stand-in and the next server by nothing, so that the ratio is that of Python
and the database alone, stricter than that of a whole mail. The two databases take turns mail by
mail. Commits are durable as in the daemon.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, Result
from benchmarks.mails import Mail
from benchmarks.multiply import multiply, stored_mails
from benchmarks.progress import say
from benchmarks.site import Plan, Site
from inboxd import assembly, eventlog
from inboxd.core.model import Fingerprint
from inboxd.core.trust import GpgOutput
from inboxd.pipeline import Pipeline

BASE = 1000
SEED = 24  # real reports that the stored ones are copies of
OPEN = 200  # reports that are open, in both databases
_ARMOR = b"-----BEGIN PGP MESSAGE-----\n\n" + b"A" * 600 + b"\n-----END PGP MESSAGE-----\n"


class _NoGpg:
    """A keyring that costs nothing."""

    def decrypt(self, data: bytes) -> GpgOutput:
        return GpgOutput((), 2, b"", None)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput((), 2, b"", None)

    def learn(self, block: bytes) -> tuple[()]:
        return ()

    def learn_from_signature(self, signed: bytes | None, data: bytes) -> tuple[()]:
        return ()

    def sign(self, data: bytes) -> bytes:
        return _ARMOR

    def encrypt(self, data: bytes, recipient: Fingerprint) -> bytes:
        return _ARMOR


class _Nowhere:
    """A next server that takes everything at once."""

    def send(self, envelope_from: str, recipient: str, data: bytes) -> None:
        return None


@dataclass
class _Side:
    """One of the two databases at work."""

    path: Path
    pipeline: Pipeline
    wall: list[float]
    cpu: list[float]

    def take(self, mail: Mail) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        self.pipeline.receive("bench", mail.message_id, mail.raw)
        self.pipeline.process()
        while self.pipeline.send():
            pass
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)


def measure(site: Site, *, stored: int, samples: int, repeats: int) -> Result:
    eventlog.configure("error")
    say(f"growth: {SEED} real reports, multiplied to {BASE} and {stored}")
    seed = Plan(site.database(empty=True))
    people = site.strangers
    first = [site.writer.plain(people[n % len(people)]) for n in range(SEED)]
    site.ingest(site.config(seed), first)
    site.inboxd(site.config(seed), "process", "--once")
    site.take_letters()
    sides = [_side(site, seed.database, count) for count in (BASE, stored)]
    say(f"growth: {samples} mails to each in turn")
    mails = [site.writer.plain(people[n % len(people)]) for n in range(samples + 10)]
    for n, mail in enumerate(mails):
        for side in sides if n % 2 else reversed(sides):
            side.take(mail)
    for side in sides:
        side.pipeline.store.close()
    small, big = sides
    return Result((*_costs(small, big, stored), *_listing(site, sides, stored, repeats)))


def _side(site: Site, seed: Path, count: int) -> _Side:
    path = site.database(empty=True)
    multiply(seed, path, count, still_open=OPEN)
    found = stored_mails(path)
    if found < count:
        raise RuntimeError(f"{found} mails were stored instead of {count}")
    config = site.loaded(Plan(path))
    pipeline = assembly.pipeline(config, assembly.store(config), _Nowhere())
    if not hasattr(pipeline, "_keyring"):
        raise RuntimeError("the pipeline keeps its keyring elsewhere now; adapt this benchmark")
    pipeline._keyring = _NoGpg()
    return _Side(path, pipeline, [], [])


def _costs(small: _Side, big: _Side, stored: int) -> list[Figure]:
    warm = 10
    figures = []
    for name, at in (("wall", "wall"), ("processor", "cpu")):
        low = statistics.median(getattr(small, at)[warm:]) * 1000
        high = statistics.median(getattr(big, at)[warm:]) * 1000
        figures += [
            Figure("growth", f"{name} time of a mail at {BASE:,}", "ms", (low,), note="no gpg"),
            Figure("growth", f"{name} time of a mail at {stored:,}", "ms", (high,), note="no gpg"),
            Figure("growth", "  ratio", "x", (high / low,), "<= 1.2"),
        ]
    return figures


def _listing(site: Site, sides: list[_Side], stored: int, repeats: int) -> list[Figure]:
    figures = []
    for side, count in zip(sides, (BASE, stored), strict=True):
        config = site.config(Plan(side.path))
        whole, query = [], []
        for _ in range(repeats):
            began = time.perf_counter()
            site.inboxd(config, "reports", "list")
            whole.append(time.perf_counter() - began)
        opened = assembly.store(site.loaded(Plan(side.path)))
        for _ in range(5):
            began = time.perf_counter()
            with opened.read() as unit:
                unit.cases.overview(only_open=True, limit=50)
                unit.cases.open_tasks()
            query.append(time.perf_counter() - began)
        opened.close()
        figures += [
            Figure("growth", f"reports list at {count:,}, command", "s", tuple(whole), "< 0.2"),
            Figure("growth", f"reports list at {count:,}, query", "s", tuple(query)),
        ]
    version = []
    for _ in range(repeats):
        began = time.perf_counter()
        site.inboxd(site.config(Plan(sides[0].path)), "--version")
        version.append(time.perf_counter() - began)
    note = "Python and imports: what every command costs"
    figures.append(Figure("growth", "inboxd --version", "s", tuple(version), note=note))
    return figures
