"""`python -m benchmarks`: run them and print one table. See docs/performance.md."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import breakdown, growth, latency, memory, rates, sync
from benchmarks.checks import WrongResult
from benchmarks.figures import Result, render
from benchmarks.processes import describe
from benchmarks.progress import say
from benchmarks.site import Site
from tests.interop.common import RigError
from tests.interop.dovecot import Dovecot


@dataclass(frozen=True)
class Size:
    """How much is measured; the values of --quick stand beside the defaults."""

    mails: int
    rounds: int
    newcomers: int
    samples: int
    spooled: int
    large: int
    stored: int
    mailbox: int


DEFAULT = Size(100, 3, 16, 30, 10_000, 50_000_000, 50_000, 2_000)
QUICK = Size(16, 1, 0, 6, 300, 5_000_000, 5_000, 300)


def _benchmarks(site: Site, size: Size, profile: Path | None) -> dict[str, Callable[[], Result]]:
    return {
        "rates": lambda: rates.measure(
            site, mails=size.mails, rounds=size.rounds, newcomers=size.newcomers
        ),
        "breakdown": lambda: breakdown.measure(site, mails=min(40, size.mails), keep=profile),
        "latency": lambda: latency.measure(site, samples=size.samples),
        "memory": lambda: memory.measure(site, spooled=size.spooled, large=size.large),
        "growth": lambda: growth.measure(
            site, stored=size.stored, samples=20 if size.rounds == 1 else 100
        ),
        "sync": lambda: sync.measure(site, mails=size.mailbox),
    }


NAMES = ("rates", "breakdown", "latency", "memory", "growth", "sync")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, about a minute")
    parser.add_argument("--only", action="append", choices=NAMES, help="may be given again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there too")
    parser.add_argument("--mails", type=int, help="reports in one round of the rates")
    parser.add_argument("--rounds", type=int, help="rounds of the rates")
    parser.add_argument("--samples", type=int, help="samples of each latency")
    parser.add_argument("--spooled", type=int, help="spooled mails for the memory")
    parser.add_argument("--stored", type=int, help="stored mails for the growth")
    parser.add_argument("--mailbox", type=int, help="mails in the mailbox of the first sync")
    parser.add_argument("--profile", type=Path, metavar="FILE", help="keep the cProfile statistics")
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    reason = Dovecot.available()
    if reason is not None:
        print(f"the benchmarks need Dovecot: {reason}", file=sys.stderr)
        return 1
    chosen = vars(QUICK if arguments.quick else DEFAULT)
    given = {name: value for name, value in vars(arguments).items() if name in chosen and value}
    size = Size(**{**chosen, **given})
    began, results, failed = time.monotonic(), dict[str, Result](), False
    with Site() as site:
        for name, run in _benchmarks(site, size, arguments.profile).items():
            if arguments.only and name not in arguments.only:
                continue
            try:
                results[name] = run()
            except (WrongResult, RuntimeError, RigError, TimeoutError) as error:
                failed = True
                say(f"{name} FAILED: {error}")
                print(f"{name} FAILED: {str(error).splitlines()[0]}\n")
    machine = describe()
    settings = (
        f"{size.mails} reports a round, {size.rounds} rounds in turn; {time.monotonic() - began:.0f}"
        " s in all. Every counted report got its receipt and its notices, signed by the team key."
    )
    print(render(list(results.values()), machine, settings))
    if arguments.json:
        found = {
            "machine": machine,
            "sizes": vars(size),
            "figures": [f.as_json() for result in results.values() for f in result.figures],
            "tables": [
                {"title": t.title, "head": t.head, "rows": t.rows}
                for result in results.values()
                for t in result.tables
            ],
        }
        arguments.json.write_text(json.dumps(found, indent=1) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
