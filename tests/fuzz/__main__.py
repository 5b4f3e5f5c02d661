"""`python -m tests.fuzz`: fuzz every reader for a while; exit status 1 if anything was found."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz import engines, targets
from tests.fuzz.parent import Run, fuzz

HERE = Path(__file__).parent
FOUND, LEARNED = HERE / "found", HERE / "learned"


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    best = "atheris" if engines.have_atheris() else "hypothesis"
    names = [target.name for target in targets.ALL]
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for all targets together")
    parser.add_argument("--target", nargs="+", action="extend", choices=names, metavar="NAME")
    parser.add_argument("--engine", choices=("atheris", "hypothesis"), default=best)
    parser.add_argument("--jobs", type=int, default=1, help="targets at the same time")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    parser.add_argument("--replay", type=Path, metavar="FILE", help="read one input, as found")
    given = parser.parse_args(words)
    if given.engine == "atheris" and not engines.have_atheris():
        parser.error("atheris is not installed")
    given.target = given.target or names
    return given


def replay(path: Path, names: list[str]) -> None:
    """Read one input again, with nothing in between: the traceback is the reader's own."""
    if len(names) != 1:
        names = [path.name.rpartition("-")[0]]
    [target] = [target for target in targets.ALL if target.name in names]
    target.run(path.read_bytes())


def main() -> int:
    given = arguments()
    if given.replay is not None:
        replay(given.replay, given.target)
        return 0
    each = max(given.seconds * given.jobs / len(given.target), 1)
    print(f"{given.engine}, seed {given.seed}: {len(given.target)} targets, {each:.0f} s each")
    with tempfile.TemporaryDirectory(prefix="inboxd-fuzz-") as folder:
        if given.engine == "atheris":  # what was learned is kept for the next time
            LEARNED.mkdir(exist_ok=True)
            (Path(folder) / "learned").symlink_to(LEARNED, target_is_directory=True)
        runs = [
            Run(name, given.engine, each, given.seed, FOUND, Path(folder)) for name in given.target
        ]
        with ThreadPoolExecutor(given.jobs) as pool:
            found = sum(pool.map(fuzz, runs))
    print(f"{found} found, see {FOUND}" if found else "nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
