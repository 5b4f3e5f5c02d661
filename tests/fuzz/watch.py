"""Runs a target on one input after the other and keeps what it may not do.

A finding is an exception, an input that takes too long, or one that takes much memory. The first
of each kind is written down, an exception's input made smaller before.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

MAX_INPUT = 64 * 1024  # bytes
MAX_SECONDS = 10.0
MAX_GROWTH = 300  # megabytes by which one input may raise the peak
SHRINKING = 10.0  # seconds spent on making one input smaller
_BEAT = 1.0  # seconds between two reports to whoever watches
_WORTH_KEEPING = 1.0  # seconds that the slowest input takes, to be kept as `slowest-<target>`


class TooSlowError(BaseException):
    """Not an Exception: a reader that catches those must not swallow it."""


@dataclass(frozen=True)
class Target:
    """One reader. `run` raises when something is wrong: by itself, or what it asserts."""

    name: str
    run: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]] = field(default=lambda: [b""])
    tokens: tuple[bytes, ...] = ()


def peak_rss() -> float:
    """Megabytes of this process at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class CurrentInput:
    """The input being read, in a file that outlives a process which dies of it."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(8 + MAX_INPUT))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 8 + MAX_INPUT)

    def write(self, data: bytes) -> None:
        self._map[:8] = len(data).to_bytes(8, "big")
        self._map[8 : 8 + len(data)] = data

    @staticmethod
    def read(path: Path) -> bytes:
        kept = path.read_bytes()
        return kept[8 : 8 + int.from_bytes(kept[:8], "big")]


def save(found: Path, target: str, data: bytes) -> Path:
    """`found/<target>-<sha8>`, the input alone."""
    found.mkdir(parents=True, exist_ok=True)
    path = found / f"{target}-{hashlib.sha256(data).hexdigest()[:8]}"
    path.write_bytes(data)
    return path


class Watch:
    """One target under watch. As a context manager it borrows SIGALRM and gives it back."""

    def __init__(
        self,
        target: Target,
        found: Path,
        *,
        current: CurrentInput | None = None,
        max_seconds: float = MAX_SECONDS,
        tell: Callable[[dict[str, Any]], None] = lambda news: None,
    ) -> None:
        self.target = target
        self.found = found
        self.current = current
        self.max_seconds = max_seconds
        self.tell = tell
        self.executions = 0
        self.slowest = 0.0  # seconds
        self.findings: dict[str, Path] = {}
        self._began = time.monotonic()
        self._told = 0.0
        self._handler: Any = None
        self._timer = (0.0, 0.0)

    def __enter__(self) -> Watch:
        self._handler = signal.signal(signal.SIGALRM, _too_slow)
        self._timer = signal.setitimer(signal.ITIMER_REAL, 0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._handler)
        signal.setitimer(signal.ITIMER_REAL, *self._timer)

    def run(self, data: bytes) -> None:
        """Read one input. Never raises for what the target does."""
        data = data[:MAX_INPUT]
        if self.current is not None:
            self.current.write(data)
        peak, start = peak_rss(), time.monotonic()
        error = self._error_of(data)
        now = time.monotonic()
        self.executions += 1
        if now - start > self.slowest:
            self.slowest = now - start
            if self.slowest > _WORTH_KEEPING:
                self.found.mkdir(parents=True, exist_ok=True)
                (self.found / f"slowest-{self.target.name}").write_bytes(data)
        if error is not None:
            self._note(data, error)
        elif now - start > self.max_seconds:  # spent where no signal is looked at
            self._note(data, TooSlowError(f"{now - start:.1f} s"))
        if peak_rss() - peak > MAX_GROWTH and self.executions > 1:
            self._note(data, MemoryError(f"the peak rose by {peak_rss() - peak:.0f} MB"))
        if now - self._told > _BEAT:
            self.report()

    def report(self) -> None:
        """Tell the numbers so far."""
        self._told = time.monotonic()
        self.tell(
            {
                "executions": self.executions,
                "per_second": round(self.executions / max(self._told - self._began, 0.001)),
                "slowest_ms": round(self.slowest * 1000, 1),
                "rss_mb": round(peak_rss()),
                "found": len(self.findings),
            }
        )

    def _error_of(self, data: bytes) -> BaseException | None:
        try:
            with _alarm(self.max_seconds):
                self.target.run(data)
        except (Exception, SystemExit, TooSlowError) as error:  # noqa: BLE001  that is the point
            return error
        return None

    def _note(self, data: bytes, error: BaseException) -> None:
        cause = cause_of(error)
        if cause in self.findings:
            return
        if isinstance(error, Exception) and not isinstance(error, MemoryError):
            data = shrink(data, lambda smaller: self._fails_alike(smaller, cause), SHRINKING)
        self.findings[cause] = save(self.found, self.target.name, data)
        trace = "".join(traceback.format_exception(error, limit=-12))
        self.tell({"finding": str(self.findings[cause]), "cause": cause, "traceback": trace})

    def _fails_alike(self, data: bytes, cause: str) -> bool:
        error = self._error_of(data)
        return error is not None and cause_of(error) == cause


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again, should somebody swallow the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlowError


def cause_of(error: BaseException) -> str:
    """What failed and where, so that one fault is noted once: the innermost line of ours."""
    what = "slow" if isinstance(error, TooSlowError) else type(error).__name__
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.name != "_too_slow"]
    ours = [f for f in frames if "/inboxd/" in f.filename] or frames
    if isinstance(error, (TooSlowError, RecursionError)):  # where it was interrupted is chance
        return f"{what} in {ours[-1].name}" if ours else what
    return f"{what} at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else what


def shrink(data: bytes, fails: Callable[[bytes], bool], seconds: float) -> bytes:
    """A smaller input that still fails, by leaving pieces out, as long as there is time."""
    until = time.monotonic() + seconds
    size = max(len(data) // 2, 1)
    while size and time.monotonic() < until:
        at, smaller = 0, False
        while at < len(data) and time.monotonic() < until:
            candidate = data[:at] + data[at + size :]
            if fails(candidate):
                data, smaller = candidate, True
            else:
                at += size
        size = min(size, len(data)) if smaller and size == 1 else size // 2
    return data


def tell_parent(news: dict[str, Any]) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()
