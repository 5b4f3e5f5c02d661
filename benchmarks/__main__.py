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
from benchmarks.processes import busy_loop, describe
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
    staged: int  # reports for the stage times
    grown: int  # mails for the cost at each stored count
    seconds: int  # after which no new round of the rates begins


DEFAULT = Size(30, 3, 16, 30, 10_000, 50_000_000, 50_000, 2_000, 20, 40, 80)
QUICK = Size(8, 1, 4, 3, 300, 10_000_000, 3_000, 200, 6, 6, 10)


def _benchmarks(site: Site, size: Size, profile: Path | None) -> dict[str, Callable[[], Result]]:
    return {
        "rates": lambda: rates.measure(
            site,
            mails=size.mails,
            rounds=size.rounds,
            every=size.rounds > 1,
            seconds=size.seconds,
        ),
        "newcomers": lambda: rates.measure_newcomers(site, count=size.newcomers),
        "breakdown": lambda: breakdown.measure(site, mails=size.staged, keep=profile),
        "latency": lambda: latency.measure(site, samples=size.samples),
        "memory": lambda: memory.measure(
            site, spooled=size.spooled, large=size.large, every=size.rounds > 1
        ),
        "growth": lambda: growth.measure(
            site, stored=size.stored, samples=size.grown, repeats=min(2, size.rounds)
        ),
        "sync": lambda: sync.measure(site, mails=size.mailbox),
    }


NAMES = ("rates", "newcomers", "breakdown", "latency", "memory", "growth", "sync")
LITTLE = ("rates", "latency", "memory", "growth", "sync")  # what --quick runs by itself


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, about a minute")
    parser.add_argument("--only", action="append", choices=NAMES, help="may be given again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there too")
    parser.add_argument("--mails", type=int, help="reports in one round of the rates")
    parser.add_argument("--rounds", type=int, help="rounds of the rates")
    parser.add_argument("--seconds", type=int, help="begin no new round after so long")
    parser.add_argument("--samples", type=int, help="samples of each latency")
    parser.add_argument("--spooled", type=int, help="spooled mails for the memory")
    parser.add_argument("--stored", type=int, help="stored mails for the growth")
    parser.add_argument("--mailbox", type=int, help="mails in the mailbox of the first sync")
    parser.add_argument("--profile", type=Path, metavar="FILE", help="keep the cProfile statistics")
    return parser.parse_args()


def _rounds(size: Size, results: dict[str, Result]) -> str:
    """What the rates rest on: there may have been no time for every round."""
    if "rates" not in results:
        return ""
    return (
        f"{size.mails} reports a round, {len(results['rates'].figures[0].values)} rounds in turn; "
    )


def main() -> int:
    arguments = _arguments()
    reason = Dovecot.available()
    if reason is not None:
        print(f"the benchmarks need Dovecot: {reason}", file=sys.stderr)
        return 1
    chosen = vars(QUICK if arguments.quick else DEFAULT)
    given = {name: value for name, value in vars(arguments).items() if name in chosen and value}
    size = Size(**{**chosen, **given})
    loop = busy_loop()
    began, results, failed = time.monotonic(), dict[str, Result](), False
    with Site() as site:
        for name, run in _benchmarks(site, size, arguments.profile).items():
            if name not in (arguments.only or (LITTLE if arguments.quick else NAMES)):
                continue
            try:
                results[name] = run()
            except (WrongResult, RuntimeError, RigError, TimeoutError) as error:
                failed = True
                say(f"{name} FAILED: {error}")
                print(f"{name} FAILED: {str(error).splitlines()[0]}\n")
    machine = describe() | {"busy loop before and after": f"{loop}, {busy_loop()}"}
    settings = (
        f"{_rounds(size, results)}{time.monotonic() - began:.0f}"
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
