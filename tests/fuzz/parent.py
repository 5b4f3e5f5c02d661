"""Runs one child, prints how it goes, and keeps the input of a child that died or hangs."""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.fuzz.watch import MAX_SECONDS, CurrentInput, save

PRINT_EVERY = 10.0  # seconds
HANGS = 6 * MAX_SECONDS  # a child that says nothing for so long reads an input that it cannot leave
_COVERAGE = re.compile(r"cov: (\d+)")


@dataclass(frozen=True)
class Run:
    """One target for some seconds. `work`: where seeds and the current input are put."""

    target: str
    engine: str
    seconds: float
    seed: int
    found: Path
    work: Path

    @property
    def command(self) -> list[str]:
        words = [sys.executable, "-m", "tests.fuzz.child"]
        for name in ("target", "engine", "seconds", "seed", "found", "work"):
            words += [f"--{name}", str(getattr(self, name))]
        return words


@dataclass
class _Progress:
    run: Run
    numbers: dict[str, Any] = field(default_factory=dict)
    coverage: str = "unknown"
    errors: list[str] = field(default_factory=list)  # the last lines of standard error
    found: int = 0
    printed: float = field(default_factory=time.monotonic)

    def take(self, source: str, line: str) -> None:
        """One line of the child."""
        if source == "stderr":
            seen = _COVERAGE.search(line)
            self.coverage = seen.group(1) if seen else self.coverage
            self.errors = [*self.errors, line][-30:]
            return
        try:
            news = json.loads(line)
        except ValueError:
            return  # atheris says how far its instrumentation got
        if "finding" in news:
            self.found += 1
            print(f"{self.run.target}: FOUND {news['cause']}\n  in {news['finding']}")
            print(news["traceback"], flush=True)
        else:
            self.numbers = news

    def print(self) -> None:
        self.printed = time.monotonic()
        count = self.numbers.get("executions", 0)
        print(
            f"{self.run.target:9} {count:8} executions, "
            f"{self.numbers.get('per_second', 0):6}/s, coverage {self.coverage}, "
            f"slowest {self.numbers.get('slowest_ms', 0)} ms, "
            f"peak {self.numbers.get('rss_mb', 0)} MB, found {self.found}",
            flush=True,
        )


def fuzz(run: Run) -> int:
    """How many faults were found."""
    progress = _Progress(run)
    child = subprocess.Popen(
        run.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
    )
    try:
        hangs = not _follow(child, progress)
    finally:
        child.kill()
        child.wait()
    if hangs or child.returncode:
        progress.found += 1
        how = "hangs" if hangs else f"ended with {child.returncode}"
        current = run.work / f"{run.target}.current"
        if current.exists():
            where = save(run.found, run.target, CurrentInput.read(current))
            print(f"{run.target}: FOUND it {how}\n  in {where}")
        print("".join(progress.errors), flush=True)
    progress.print()
    return progress.found


def _follow(child: subprocess.Popen[str], progress: _Progress) -> bool:
    """Read what the child says to its end. False: it said nothing for too long."""
    assert child.stdout is not None
    assert child.stderr is not None
    lines: queue.Queue[tuple[str, str | None]] = queue.Queue()
    for source, stream in (("stdout", child.stdout), ("stderr", child.stderr)):
        threading.Thread(target=_pump, args=(source, stream, lines), daemon=True).start()
    open_streams, heard = 2, time.monotonic()
    while open_streams:
        try:
            source, line = lines.get(timeout=1)
        except queue.Empty:
            line = source = ""
        if line is None:
            open_streams -= 1
        elif line:
            progress.take(source, line)
            heard = time.monotonic()
        if time.monotonic() - heard > HANGS:
            return False
        if time.monotonic() - progress.printed > PRINT_EVERY:
            progress.print()
    child.wait()
    return True


def _pump(source: str, stream: IO[str], lines: queue.Queue[tuple[str, str | None]]) -> None:
    for line in stream:
        lines.put((source, line))
    lines.put((source, None))
