"""Whether what is said around a yes to being named leaves it one: docs/adr/0020-limited-yes.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inboxd.core.words.consents import AGREES, BESIDE, ON_TERMS, UNDECIDED
from inboxd.core.words.limits import ABOUT_CONSENT, AFFIRMS, ASKED, DENIALS, HARMLESS, LIMITS

MAX_SAID = 600  # characters of a sentence or an answer that are looked at


def limited(said: str) -> bool:
    """Whether anything in the words of a wish may limit it."""
    said = _LINKS.sub(" ", " ".join(said.split())).replace("_", " ")
    if UNDECIDED.search(said) or ON_TERMS.search(said):
        return True
    said = AGREES.sub(lambda found: DENIALS.sub(" ", found.group()), BESIDE.sub(" ", said))
    said = _NAMES.sub(_kept, HARMLESS.sub(" ", said))
    return LIMITS.search(said) is not None


_LINKS = re.compile(r"\S*(?:://|@)\S*|\b(?:[\w-]{1,63}\.){1,6}[a-z]{2,12}\b\S*")
_NAMES = re.compile(
    r"(?<=[\w,;(:] )[A-Z][\w'’-]*[a-zà-ÿ][\w'’-]*(?: [A-Z][\w.'’-]*){1,3}\b"  # Ambrose Till
    r"|(?<![^\s(:,])[\"“«„][^\"”»“\n]{1,40}[\"”»“]"
)


def _kept(found: re.Match[str]) -> str:
    """What is left of a name: all of it when a word before the last one may limit a wish."""
    words = found.group().strip('"“”«»„ ').split()
    alone = len(words) == 1 or found.group()[0] in '"“«„'
    return found.group() if LIMITS.search(" ".join(words if alone else words[:-1])) else " "


def limited_around(text: str, start: int, end: int) -> bool:
    """Whether a wish is limited by its own sentence, or by one beside it that speaks of consent."""
    line = text.rfind("\n", 0, start) + 1
    if ITEM.match(text, line):
        own = text[line : _end(text, "\n", end)][:MAX_SAID]
    else:
        own = sentence_at(text, start, end)
    if ASKED.search(own) and not AFFIRMS.search(own + text[end : end + 120]):
        return True  # what was asked, and no answer
    return limited(own) or any(limits(beside) for beside in _neighbours(text, start, end))


def limits(beside: str) -> bool:
    """Whether a sentence beside a wish limits it."""
    return ABOUT_CONSENT.search(beside) is not None and limited(beside)


def _neighbours(text: str, start: int, end: int) -> Iterator[str]:
    """The sentence before and the two behind it, in the paragraph and at the start of the next."""
    line = text.rfind("\n", 0, start) + 1
    if ITEM.match(text, line):
        after = _end(text, "\n", end)
        before = text.rfind("\n", 0, max(line - 1, 0)) + 1
        yield text[before:line][:MAX_SAID]
        yield text[after + 1 : _end(text, "\n", after + 1)][:MAX_SAID]
        return
    begin = _begin(text, start)
    if begin and text[begin - 2 : begin] != "\n\n":
        yield text[_begin(text, max(begin - 2, 0)) : begin][:MAX_SAID]
    limit = min(len(text), end + 3 * MAX_SAID)
    for _ in range(2):
        stop = STOP.search(text, end, limit)
        if stop is None:
            return
        end = stop.end()
        follows = STOP.search(text, end, limit)
        yield text[end : follows.start() if follows else limit].strip()[:MAX_SAID]


STOP = re.compile(r"(?<![\s\"“«(][A-Z])(?<!\.\.)\. |[!?]|\n\n|\.\n")  # "R. Holzapfel" goes on
ITEM = re.compile(r"\s*(?:[-*•+]|\d+[.)])\s")


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around a match, over line breaks."""
    stop = STOP.search(text, end)
    return text[_begin(text, start) : (stop.start() if stop else len(text)) + 1].strip()[:MAX_SAID]


def _begin(text: str, at: int) -> int:
    marks = (". ", "! ", "? ", "\n\n", ".\n")
    found = max(text.rfind(mark, max(0, at - 10 * MAX_SAID), at) for mark in marks)
    return found + 2 if found >= 0 else max(0, at - 10 * MAX_SAID)


def open_answer(answer: str) -> bool:
    """Whether an answer under a heading that asks for credit leaves it open: its first paragraph,
    or a later sentence that speaks of consent."""
    first, _, rest = answer.partition("\n\n")
    return limited(first) or any(limits(later) for later in STOP.split(rest[:MAX_SAID]))


def _end(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return found if found >= 0 else len(text)
