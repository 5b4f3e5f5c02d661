"""What makes the inputs: Atheris (coverage), or Hypothesis and our own mutations (none)."""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
from hypothesis import strategies as st

from tests.fuzz.mutate import Mutator
from tests.fuzz.watch import MAX_INPUT, Target, Watch
from tests.hostile_mail import mail_bytes, mail_text

INSTRUMENTED = "inboxd.core"
_EXAMPLES = 20  # that hypothesis draws before each round of mutations
_MUTATIONS = 300
_KEPT = 500  # drawn inputs that are mutated further

_drawn = st.one_of(mail_bytes, mail_text.map(lambda text: text.encode("utf-8", "surrogatepass")))


def have_atheris() -> bool:
    return importlib.util.find_spec("atheris") is not None


# --- hypothesis -----------------------------------------------------------------------------------


def with_hypothesis(watch: Watch, seconds: float, seed: int, most: int | None = None) -> None:
    """Seeds, then rounds of drawn and of mutated inputs, until the time or `most` is used up."""
    target = watch.target
    until = time.monotonic() + seconds
    rng = Random(seed)
    pool = list(target.seeds())
    mutator = Mutator(rng, target.tokens, pool)

    def over() -> bool:
        return time.monotonic() > until or (most is not None and watch.executions >= most)

    with watch:
        first = pool if most is None else rng.sample(pool, min(len(pool), most // 4))
        _run_all(watch, first, over)
        while not over():
            fresh = _draw(rng.getrandbits(32))
            _run_all(watch, fresh, over)
            pool[len(target.seeds()) :] = [*pool[len(target.seeds()) :], *fresh][-_KEPT:]
            mutated = (mutator.mutate(rng.choice(pool)) for _ in range(_MUTATIONS))
            _run_all(watch, mutated, over)
    watch.report()


def _run_all(watch: Watch, inputs: Any, over: Callable[[], bool]) -> None:
    for data in inputs:
        if over():
            return
        watch.run(data)


def _draw(seed: int) -> list[bytes]:
    found: list[bytes] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=_EXAMPLES,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(_drawn)
    def collect(data: bytes) -> None:
        found.append(data)

    collect()
    return found


# --- atheris --------------------------------------------------------------------------------------


def with_atheris(
    load: Callable[[], Target],
    make_watch: Callable[[Target], Watch],
    seconds: float,
    seed: int,
    work: Path,
) -> None:
    """Hands the process to libFuzzer, which ends it when the time is over."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=[INSTRUMENTED]):
        target = load()
    watch = make_watch(target)
    mutator = Mutator(Random(seed), target.tokens, target.seeds())

    def one(data: bytes) -> None:
        if watch.executions == 0:
            watch.__enter__()  # for as long as the process lives
        watch.run(data)

    def mutate(data: bytes, limit: int, number: int) -> bytes:
        mutator.rng.seed(number)
        if mutator.rng.random() < 0.7:
            changed: bytes = atheris.Mutate(data, limit)
            return changed
        return mutator.mutate(data, limit)

    atheris.Setup(_libfuzzer(target, seconds, seed, work), one, custom_mutator=mutate)
    atheris.Fuzz()


def _libfuzzer(target: Target, seconds: float, seed: int, work: Path) -> Sequence[str]:
    learned, given = work / "learned" / target.name, work / "seeds" / target.name
    for folder in (learned, given):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (given / str(number)).write_bytes(data)
    words = work / "seeds" / f"{target.name}.dict"
    quoted = ("".join(f"\\x{byte:02x}" for byte in token[:64]) for token in target.tokens)
    words.write_text("".join(f'"{token}"\n' for token in quoted if token))
    return [
        "fuzz",
        f"-max_total_time={max(round(seconds), 1)}",
        f"-seed={seed % 2**31 or 1}",
        f"-max_len={MAX_INPUT}",
        "-len_control=20",
        "-timeout=0",  # Watch has its own
        "-rss_limit_mb=4096",
        f"-dict={words}",
        f"-artifact_prefix={work}/",
        str(learned),
        str(given),
    ]
