"""A logistic regression over words, and what it says of what it has not seen.

A word counts as often as senders use it, not mails: the names of a person who is in twenty mails
of the corpus say nothing.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from inboxd.core.likeness import Weights, probability, values, weigh

RARE = 4  # senders who use a word that counts
ROUNDS = 25
SPEED = 0.5
FORGETTING = 2e-8  # of a weight, for each example there is and each step
FOLDS = 4


@dataclass(frozen=True, slots=True)
class Example:
    sender: str
    yes: bool  # the answer to the question that is learned
    words: frozenset[str]
    facts: frozenset[str]


def learn(known: Sequence[Example]) -> Weights:
    """A logistic regression by stochastic gradient descent (AdaGrad: Duchi et al. 2011), both
    sides with the same say, in the same order each time."""
    kept = _common(known) | {fact for one in known for fact in one.facts}
    rows = [values(sorted(one.words), sorted(one.facts), dict.fromkeys(kept, 0.0)) for one in known]
    yes = sum(one.yes for one in known)
    no = len(known) - yes
    say = {True: len(known) / 2 / max(1, yes), False: len(known) / 2 / max(1, no)}
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
    for fold in range(FOLDS):
        weights = learn([one for at, one in enumerate(order) if at % FOLDS != fold])
        unseen = order[fold::FOLDS]
        found += [(one, weigh(one.words, one.facts, weights).value) for one in unseen]
    return found


def as_table(weights: Weights) -> str:
    lines = [f"{word}\t{value:.2f}" for word, value in sorted(weights.of.items()) if value]
    return "\n".join([f"\t{weights.bias:.2f}", *lines, ""])
