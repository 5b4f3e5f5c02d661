"""One target in a process of its own. Tells its parent in lines of JSON; see `__main__`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.fuzz import engines
from tests.fuzz.watch import CurrentInput, Target, Watch, tell_parent


def load(name: str) -> Target:
    """Imported late: Atheris has to instrument the readers while they are imported."""
    from tests.fuzz import targets

    return next(target for target in targets.ALL if target.name == name)


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("target", "engine", "found", "work"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args()
    work = Path(given.work)
    current = CurrentInput(work / f"{given.target}.current")

    def make_watch(target: Target) -> Watch:
        return Watch(target, Path(given.found), current=current, tell=tell_parent)

    if given.engine == "atheris":
        engines.with_atheris(
            lambda: load(given.target), make_watch, given.seconds, given.seed, work
        )
    else:
        engines.with_hypothesis(make_watch(load(given.target)), given.seconds, given.seed)


if __name__ == "__main__":
    main()
