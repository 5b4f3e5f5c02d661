"""How much a mail is like those that programs write, tell of a flaw or ask how a report goes: a
logistic regression over its words for each of these questions.

The rules of `machine`, `doubt` and `kind` know the phrases that somebody listed. The weights know
tens of thousands of words and pairs of words by how often labelled mails used them
(`python -m benchmarks.likeness` learns them), so they speak where no rule does, and against a
rule that took a phrase out of a person's mouth (docs/adr/0018-likeness.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inboxd.core.manner import Manner
from inboxd.core.model import CreditWish, Message, Understanding
from inboxd.core.words.programs import CLIENT

MAX_TEXT = 3000  # characters that are looked at
MAX_NAME = 500  # of a subject, and of a sender's name
TOLD = 4  # words that are named as evidence
FACT = 0.3  # value of a fact, beside words that share 1.0 (as the root of a sum of squares)
SURE = 0.8  # even of a brief mail
EVEN = 0.5  # as like a program's as a person's
CERTAIN = 0.9  # of 2444 people ten are as like a program's, when their mails teach nothing
UNLIKE = 0.05  # below, no rule makes a mail a report that lacks the form of one
TOLD_BY_WORDS = 0.7  # from here on its words say what a mail is for, where no rule does
DOUBTFUL = 0.055  # from here on a person answers
DOUBTFUL_PERSONAL = 0.1  # the same, of what programs hardly do: see `doubt`

_LINK = re.compile(r"https?://\S+|\b(?:[\w-]{1,63}\.){1,6}[a-z]{2,9}\b(?:/\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@]{1,64}@\S{1,255}")
_NUMBER = re.compile(r"\b(?!CVE)[A-Z]{1,6}-\d{2,4}-\d{2,8}\b")
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\d_]+|\d+|[?!@#№:]")
_FOR_A_FIRM = re.compile(r"\b(?:from|at|by|of|von|de chez|bei|chez|via)\b|[-|]")
_NUMBERED = re.compile(r"[#№]\s?\d|\b[A-Z]{2,}-\d+")
_BY_HAND = re.compile(
    r"mail\.gmail\.com|protonmail|proton\.me|prod\.outlook\.com|icloud|yahoo|@3c-app-|email\.android\.com"
)
_PLACE = re.compile(r"^[sbenl]:(?=\S)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LENGTHS = (200, 400, 800, 1600, 3000)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each word and fact says for the answer yes (above zero) or no (below)."""

    bias: float
    of: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of each question about a mail; the last two are of people's mails."""

    programs: Weights  # did a program write it?
    reports: Weights  # does it tell of a flaw?
    statuses: Weights  # does it ask how a report goes?


@dataclass(frozen=True, slots=True)
class Telling:
    """The weights of two questions about a sentence of a report."""

    steps: Weights  # does it tell how to see the flaw?
    impacts: Weights  # does it tell what comes of it?


_NEVER = Weights(-30.0, {})
UNTAUGHT = Telling(_NEVER, _NEVER)  # the cues of `prose` decide alone


def parse(table: str) -> Weights:
    """The weights of a table with a line `word<TAB>weight` each; the bias has no word."""
    pairs = (line.rpartition("\t") for line in table.splitlines() if "\t" in line)
    of = {word: float(weight) for word, _, weight in pairs}
    return Weights(of.pop("", 0.0), of)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Between 0 (no) and 1 (yes), and the words that say most for yes."""

    value: float
    words: tuple[str, ...] = ()


def weigh(said: Iterable[str], true: Iterable[str], weights: Weights) -> Likeness:
    """What the words and facts of a mail add up to."""
    shares = [(weights.of[word] * value, word) for word, value in values(said, true, weights.of)]
    score = weights.bias + sum(share for share, _ in shares)
    most = sorted((-share, word) for share, word in shares if share > 0 and word[0] != "=")
    plain = dict.fromkeys(_PLACE.sub("", word) for _, word in most if _LETTERS.search(word))
    return Likeness(probability(score), tuple(plain)[:TOLD])


def probability(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def values(
    said: Iterable[str], true: Iterable[str], known: Mapping[str, float]
) -> list[tuple[str, float]]:
    """What counts of a mail and how much: the known words share one, however many they are."""
    counted = [word for word in said if word in known]
    share = 1 / math.sqrt(len(counted) or 1)
    return [(word, share) for word in counted] + [(fact, FACT) for fact in true if fact in known]


def words(message: Message) -> set[str]:
    """Words and pairs of neighbours; those of the subject, the sender's name, the first and the
    last lines once more with their place. What the sender and we are called is not told."""
    names = _names(message)
    text = _plain(message.new_text[:MAX_TEXT])
    subject = _tokens(_plain(message.subject[:MAX_NAME]), names)
    said = subject + _tokens(text, names)
    lines = [line for line in text.split("\n") if line.strip()]
    local = message.sender.spec.partition("@")[0] if message.sender else ""
    placed = (
        ("s:", subject),
        ("b:", [token for line in lines[:2] for token in _tokens(line, names)]),
        ("e:", [token for line in lines[-3:] for token in _tokens(line, names)]),
        ("n:", _tokens(_name(message), {})),
        ("l:", _tokens(re.sub(r"[-_.+]", " ", local), {})),
    )
    found = {*said, *(f"{one} {two}" for one, two in zip(said, said[1:], strict=False))}
    return found.union(*({f"{place}{token}" for token in some} for place, some in placed))


def phrases(sentence: str) -> set[str]:
    """Words and pairs of neighbours of one sentence; those that it begins with once more."""
    said = _tokens(_plain(sentence), {})
    pairs = (f"{one} {two}" for one, two in zip(said, said[1:], strict=False))
    return {*said, *pairs, *(f"b:{token}" for token in said[:2])}


def facts(message: Message, understood: Understanding, told: Manner) -> set[str]:
    """What is true of a mail as a whole; each name begins with "="."""
    text = message.new_text
    name = _name(message)
    client = message.header("user-agent") or message.header("x-mailer") or ""
    found = {
        "thread": message.in_reply_to is not None,
        "undisclosed": not message.to,
        "client": CLIENT.search(client) is not None,
        "webmail": _BY_HAND.search(message.message_id or "") is not None,
        "nameless": not name,
        "firm": _FOR_A_FIRM.search(name) is not None,
        "wish": understood.credit.wish is not CreditWish.UNKNOWN,
        "numbered": _NUMBERED.search(message.subject[:MAX_NAME]) is not None,
    }
    links = min(4, text.count("://"))
    true = {f"={fact}" for fact, is_so in found.items() if is_so}
    true |= {f"={name}" for name in told.names()}
    true |= {f"=links{count}" for count in range(1, links + 1)}
    true |= {f"=longer{length}" for length in _LENGTHS if len(text) > length}
    return true | {f"=tells {field}" for field, _ in understood.fields}


def _name(message: Message) -> str:
    return (message.sender.name or "")[:MAX_NAME] if message.sender else ""


def _names(message: Message) -> Mapping[str, str]:
    """Who writes and who is written to: what they are called says nothing of what they are."""
    theirs = f"{_name(message)} {message.sender.spec}" if message.sender else ""
    ours = " ".join(address.domain for address in message.to)
    return {
        **{token: "name" for token in _TOKEN.findall(theirs.lower()) if len(token) > 2},
        **{token: "us" for token in _TOKEN.findall(ours.lower()) if len(token) > 3},
    }


def _plain(text: str) -> str:
    """A text whose addresses, links and case numbers are told apart no longer."""
    return _LINK.sub("://", _ADDRESS.sub("@", _NUMBER.sub("number", text)))


def _tokens(text: str, names: Mapping[str, str]) -> list[str]:
    found = ("0" if token.isdigit() else token for token in _TOKEN.findall(text.lower()))
    return [names.get(token, token) for token in found]
