"""`python -m benchmarks.likeness DIR... [--write]`: learn the words of programs and of people.

Each DIR holds labelled mails as for `benchmarks.understanding`; `may_auto_reply` of a label says
who wrote a mail, and `kind` what a person wants. Prints what weights that were learned on three
quarters of the mails say of the rest; `--write` stores those of all mails in `learned/`, where
every reading finds them.

A word counts as often as senders use it, not mails: the names of a person who is in twenty mails
of the corpus say nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.understanding import cases
from inboxd.core.extract import understand
from inboxd.core.likeness import (
    CERTAIN,
    DOUBTFUL,
    DOUBTFUL_ANSWER,
    EVEN,
    SURE,
    TOLD_BY_WORDS,
    Weights,
    facts,
    probability,
    values,
    weigh,
    words,
)
from inboxd.core.message import read_message
from inboxd.core.opening import open_message
from tests.test_corpus import SCOPE, NoKeys

TABLES = Path(__file__).resolve().parent.parent / "learned"
RARE = 4  # senders who use a word that counts
ROUNDS = 25
SPEED = 0.5
FORGETTING = 2e-8  # of a weight, for each mail there is and each step
FOLDS = 4
PROGRESS = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Example:
    sender: str
    yes: bool  # the answer to the question that is learned
    words: frozenset[str]
    facts: frozenset[str]


def examples(directories: Sequence[Path]) -> dict[str, list[Example]]:
    """The labelled mails of each question (`Learned` of core/likeness); what is encrypted, no
    program wrote."""
    found: dict[str, list[Example]] = {"programs": [], "reports": [], "statuses": []}
    folders = [case for directory in directories for case in cases(directory)]
    folders.sort(key=lambda case: (case.name, case))  # a mail may move to another area
    for case in track(folders, "reading", console=PROGRESS):
        label = json.loads((case / "expected.json").read_bytes())
        may, kind = label.get("may_auto_reply"), label.get("kind")
        raw = (case / "message.eml").read_bytes()
        message = read_message(open_message(raw, NoKeys()), raw)
        if may is None or message.crypto.encrypted:
            continue
        told = frozenset(facts(message, understand(message, SCOPE)))
        sender = message.sender.spec if message.sender else ""
        one = Example(sender, not may, frozenset(words(message)), told)
        found["programs"].append(one)
        if may and (kind == {"absent": ["report"]} or isinstance(kind, str)):
            found["reports"].append(replace(one, yes=kind == "report"))
        if may and isinstance(kind, str):
            found["statuses"].append(replace(one, yes=kind == "status-request"))
    return found


def learn(known: Sequence[Example]) -> Weights:
    """A logistic regression by stochastic gradient descent (AdaGrad: Duchi et al. 2011), both
    sides with the same say, in the same order each time."""
    kept = _common(known) | {fact for one in known for fact in one.facts}
    rows = [values(sorted(one.words), sorted(one.facts), dict.fromkeys(kept, 0.0)) for one in known]
    yes = sum(one.yes for one in known)
    say = {True: len(known) / 2 / yes, False: len(known) / 2 / (len(known) - yes)}
    weight: defaultdict[str, float] = defaultdict(float)
    steps: defaultdict[str, float] = defaultdict(lambda: 1e-8)
    order = list(range(len(known)))
    shuffled = random.Random(1)
    for _ in range(ROUNDS):
        shuffled.shuffle(order)
        for at in order:
            row = [*rows[at], ("", 1.0)]
            score = sum(weight[word] * value for word, value in row)
            error = (probability(score) - known[at].yes) * say[known[at].yes]
            for word, value in row:
                slope = error * value + FORGETTING * len(known) * weight[word] * bool(word)
                steps[word] += slope * slope
                weight[word] -= SPEED * slope / math.sqrt(steps[word])
    bias = weight.pop("")
    return Weights(bias, {word: round(value, 2) for word, value in weight.items()})


def _common(known: Sequence[Example]) -> set[str]:
    """The words that enough senders use."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for one in known:
        for word in one.words:
            users[word].add(one.sender)
    return {word for word, by in users.items() if len(by) >= RARE}


def cross_validated(known: Sequence[Example]) -> list[tuple[Example, float]]:
    order = list(known)
    random.Random(0).shuffle(order)
    found = []
    for fold in track(range(FOLDS), "learning without a quarter", console=PROGRESS):
        weights = learn([one for at, one in enumerate(order) if at % FOLDS != fold])
        unseen = order[fold::FOLDS]
        found += [(one, weigh(one.words, one.facts, weights).value) for one in unseen]
    return found


def as_table(weights: Weights) -> str:
    lines = [f"{word}\t{value:.2f}" for word, value in sorted(weights.of.items()) if value]
    return "\n".join([f"\t{weights.bias:.2f}", *lines, ""])


def _show(name: str, found: Sequence[tuple[Example, float]], console: Console) -> None:
    table = Table("from", "no, taken for yes", "yes, not seen", title=f"{name}: unseen mails")
    others = [like for one, like in found if not one.yes]
    meant = [like for one, like in found if one.yes]
    for bound in (DOUBTFUL_ANSWER, DOUBTFUL, 0.3, EVEN, TOLD_BY_WORDS, SURE, CERTAIN):
        met, passed = sum(p >= bound for p in others), sum(p < bound for p in meant)
        table.add_row(f"{bound}", f"{met} of {len(others)}", f"{passed} of {len(meant)}")
    console.print(table)


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.likeness", description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true", help=f"store the weights in {TABLES.name}/")
    asked = parser.parse_args(given)
    console = Console(width=100)
    for name, known in examples(asked.directories).items():
        _show(name, cross_validated(known), console)
        if asked.write:
            table = TABLES / f"{name}.tsv"
            table.write_text(as_table(learn(known)), "utf-8")
            console.print(f"{table.name}: written")


if __name__ == "__main__":
    main()
