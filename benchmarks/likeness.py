"""`python -m benchmarks.likeness DIR... [--write]`: learn the words of programs and of people.

Each DIR holds labelled mails as for `benchmarks.understanding`; `may_auto_reply` of a label says
who wrote a mail, `kind` what a person wants, and phrases of fields in prose what a sentence tells.
Prints what weights that were learned on three quarters of the mails say of the rest; `--write`
stores those of all mails in `learned/`, where every reading finds them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.learning import Example, as_table, cross_validated, learn
from benchmarks.understanding import cases
from inboxd.core.extract import understand
from inboxd.core.likeness import (
    CERTAIN,
    DOUBTFUL,
    DOUBTFUL_PERSONAL,
    EVEN,
    SURE,
    TOLD_BY_WORDS,
    UNTAUGHT,
    Telling,
    Weights,
    facts,
    phrases,
    words,
)
from inboxd.core.manner import Manner
from inboxd.core.message import read_message
from inboxd.core.model import Message
from inboxd.core.opening import open_message
from inboxd.core.prose import place
from inboxd.core.units import MAX_UNIT, units_of
from tests.test_corpus import SCOPE, NoKeys

TABLES = Path(__file__).resolve().parent.parent / "learned"
PROGRESS = Console(stderr=True)
FIRST = 6  # sentences of a mail that reports nothing
SENTENCES = {"steps": "reproduction_steps", "impacts": "impact"}  # table: field


def examples(
    directories: Sequence[Path], of: Callable[[Path], list[tuple[str, Example]]]
) -> dict[str, list[Example]]:
    """The labelled examples of each question."""
    found: dict[str, list[Example]] = {}
    folders = [case for directory in directories for case in cases(directory)]
    folders.sort(key=lambda case: (case.name, case))  # a mail may move to another area
    with ProcessPoolExecutor() as pool:
        read = pool.map(of, folders, chunksize=32)
        for some in track(read, "reading", total=len(folders), console=PROGRESS):
            for name, one in some:
                found.setdefault(name, []).append(one)
    return found


def of_mail(case: Path, telling: Telling) -> list[tuple[str, Example]]:
    """What a mail teaches the tables of `Learned`; what is encrypted, no program wrote."""
    label, message = _read(case)
    may, kind = label.get("may_auto_reply"), label.get("kind")
    if may is None or message.crypto.encrypted:
        return []
    understood = understand(message, SCOPE, telling)
    told = facts(message, understood, Manner(message, understood))
    one = Example(_sender(message), not may, frozenset(words(message)), frozenset(told))
    found = [("programs", one)]
    if may and (kind == {"absent": ["report"]} or isinstance(kind, str)):
        found.append(("reports", replace(one, yes=kind == "report")))
    if may and isinstance(kind, str):
        found.append(("statuses", replace(one, yes=kind == "status-request")))
    return found


def of_sentences(case: Path) -> list[tuple[str, Example]]:
    """What the sentences of a mail teach the tables of `Telling`: of a report in prose those are
    right that hold a labelled phrase, of another mail none."""
    label, message = _read(case)
    if not isinstance(label.get("kind"), str):
        return []
    return [
        (table, one)
        for table, field in SENTENCES.items()
        for one in _sentences(message, label, field)
    ]


def _sentences(message: Message, label: dict[str, Any], field: str) -> Iterator[Example]:
    reports = label.get("kind") == "report"
    if reports and (label.get("_how") or {}).get(field) != "prose":
        return
    told = ((label.get("fields") or {}).get(field) or {}).get("contains", []) if reports else []
    text = message.new_text
    units = units_of(text, [], [])
    for at, unit in enumerate(units if reports else units[:FIRST]):
        sentence = text[unit.start : unit.end][:MAX_UNIT]
        flat = " ".join(sentence.split())
        yes = any(" ".join(phrase.split()) in flat for phrase in told)
        yield Example(
            _sender(message), yes, frozenset(phrases(sentence)), frozenset(place(units, at))
        )


def _read(case: Path) -> tuple[dict[str, Any], Message]:
    raw = (case / "message.eml").read_bytes()
    label = json.loads((case / "expected.json").read_bytes())
    return label, read_message(open_message(raw, NoKeys()), raw)


def _sender(message: Message) -> str:
    return message.sender.spec if message.sender else ""


def _show(name: str, found: Sequence[tuple[Example, float]], console: Console) -> None:
    table = Table("from", "no, taken for yes", "yes, not seen", title=f"{name}: unseen mails")
    others = [like for one, like in found if not one.yes]
    meant = [like for one, like in found if one.yes]
    for bound in (0.01, DOUBTFUL, DOUBTFUL_PERSONAL, EVEN, TOLD_BY_WORDS, SURE, CERTAIN):
        met, passed = sum(p >= bound for p in others), sum(p < bound for p in meant)
        table.add_row(f"{bound}", f"{met} of {len(others)}", f"{passed} of {len(meant)}")
    console.print(table)


def _taught(known: list[Example]) -> tuple[list[tuple[Example, float]], Weights]:
    return cross_validated(known), learn(known)


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.likeness", description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true", help=f"store the weights in {TABLES.name}/")
    asked = parser.parse_args(given)
    console = Console(width=100)
    learned = {}

    def teach(known: dict[str, list[Example]]) -> None:
        with ProcessPoolExecutor() as pool:
            taught = pool.map(_taught, known.values())
            for name in track(known, f"learning {', '.join(known)}", console=PROGRESS):
                found, learned[name] = next(taught)
                _show(name, found, console)

    teach(examples(asked.directories, of_sentences))
    telling = Telling(*(learned.get(name, UNTAUGHT.steps) for name in SENTENCES))
    teach(examples(asked.directories, partial(of_mail, telling=telling)))
    for name, weights in learned.items() if asked.write else ():
        (TABLES / f"{name}.tsv").write_text(as_table(weights), "utf-8")
        console.print(f"{name}.tsv: written")


if __name__ == "__main__":
    main()
