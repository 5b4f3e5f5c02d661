"""Makes tests/corpus/pgp: python -m tests.corpus_pgp.make [--only NAME..] [--maker MAKER..]

NAME may be the beginning of names. Keys in tests/corpus/keys are kept; take the folder away for
new ones. Bytes differ from run to run, what they say does not. A case whose program is not
installed is left as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from . import (
    armor,
    cli_inline,
    cli_keys,
    cli_mime,
    efail,
    mutts,
    neomutts,
    protected,
    smime,
    spoofs,
    swakses,
    thunderbirds,
    transport,
)
from .case import Case
from .rig import Rig

MODULES = (
    cli_mime,
    cli_keys,
    cli_inline,
    neomutts,
    mutts,
    thunderbirds,
    swakses,
    transport,
    armor,
    protected,
    spoofs,
    efail,
    smime,
)


def all_cases() -> list[Case]:
    cases = [case for module in MODULES for case in module.CASES.all]
    twice = [name for name, count in Counter(case.name for case in cases).items() if count > 1]
    assert not twice, twice
    return cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[""], metavar="NAME")
    parser.add_argument("--maker", nargs="*", default=[], metavar="MAKER")
    parser.add_argument("--list", action="store_true", help="tell the names and make nothing")
    chosen = parser.parse_args()
    cases = all_cases()
    wanted = [
        case
        for case in cases
        if case.name.startswith(tuple(chosen.only))
        and (not chosen.maker or case.maker in chosen.maker)
    ]
    if chosen.list:
        print("\n".join(f"{case.maker:12} {case.name}" for case in wanted))
        return
    failed = 0
    with Rig(cases) as rig:
        for case in wanted:
            try:
                rig.write(case)
            except Exception as error:  # noqa: BLE001  the others are made all the same
                failed += 1
                print(f"{case.name}: {error}", file=sys.stderr)
    print(dict(Counter(case.maker for case in wanted)), f"failed: {failed}")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
