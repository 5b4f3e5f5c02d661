"""The fuzzers find what they should, and a moment of them finds nothing in the real readers."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.fuzz import engines, targets
from tests.fuzz.watch import Target, Watch, cause_of, shrink

SEED = 20260105


def planted(data: bytes) -> None:
    if b"bug" in data:
        raise ValueError("planted")


def test_a_planted_bug_is_found_once_and_made_small(tmp_path: Path):
    news: list[dict[str, object]] = []
    target = Target("planted", planted, lambda: [b"a bu", b"ug b" * 50], (b"bug", b"\n"))
    watch = Watch(target, tmp_path, tell=news.append)
    engines.with_hypothesis(watch, 60, SEED, most=2000)
    [kept] = tmp_path.iterdir()
    assert kept.name.startswith("planted-")
    assert kept.read_bytes() == b"bug"
    [told] = [n for n in news if "finding" in n]
    assert "ValueError: planted" in str(told["traceback"])


def test_an_input_that_takes_too_long_is_found(tmp_path: Path):
    def sleep(data: bytes) -> None:
        try:
            time.sleep(5 if data else 0)
        except Exception:  # noqa: BLE001  a reader that swallows everything
            return

    before = signal.getsignal(signal.SIGALRM)
    with Watch(Target("sleeper", sleep), tmp_path, max_seconds=0.2) as watch:
        watch.run(b"")
        assert watch.findings == {}
        watch.run(b"x")
    assert list(watch.findings) == ["slow in sleep"]
    assert signal.getsignal(signal.SIGALRM) is before


def test_an_input_that_takes_much_memory_is_found(tmp_path: Path):
    target = Target("eater", lambda data: b"x" * (len(data) * 1000 * 1024 * 1024))
    with Watch(target, tmp_path, max_seconds=60) as watch:
        watch.run(b"")
        watch.run(b"x")
    assert list(watch.findings) == ["MemoryError"]


def test_shrinking_keeps_what_fails():
    assert shrink(b"xx(yy)zz" * 20, lambda data: b"(" in data and b")" in data, 10) == b"()"


def test_one_fault_has_one_cause():
    causes = set()
    for data in (b"bug", b"a bug"):
        with pytest.raises(ValueError, match="planted") as caught:
            planted(data)
        causes.add(cause_of(caught.value))
    assert len(causes) == 1


@pytest.mark.parametrize("target", targets.ALL, ids=lambda target: target.name)
def test_a_moment_of_fuzzing_finds_nothing(target: Target, tmp_path: Path):
    watch = Watch(target, tmp_path)
    engines.with_hypothesis(watch, 20, SEED, most=150)
    assert watch.findings == {}
    assert watch.executions > 1  # how many depends on the load of the machine
