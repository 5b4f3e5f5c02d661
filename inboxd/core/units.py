"""The sentences, points of lists and blocks of code of a text, and what each of them tells.

What is no greeting, step, consequence, proof, wish or address describes the flaw. Tables of cues
per language, one walk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from inboxd.core.blocks import Span, inside
from inboxd.core.credit import is_wish
from inboxd.core.vocabulary import CLAIM, WEAKNESS
from inboxd.core.words.consequences import FOLLOWS, IMPACT, SO, SURE_IMPACT
from inboxd.core.words.proofs import OFFERED, PROOF, SURE_PROOF
from inboxd.core.words.steps import ACTS, COMMANDS, DID, STEPS, STOPPED
from inboxd.core.words.telling import CONTACT, OBSERVED, OPENS, REVEALS, SMALL_TALK

MAX_UNITS = 400
MAX_UNIT = 3000  # characters of one sentence that are looked at
SCRAP = 8  # characters of Chinese, Japanese or Korean that are no sentence


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, list item or block of code, with what it tells first, and besides."""

    start: int
    end: int
    tells: str  # a field, "code", or "" for what is no part of a report
    besides: frozenset[str] = frozenset()

    def is_about(self, field: str) -> bool:
        return self.tells == field or field in self.besides


_LIST_ITEM = re.compile(r"\s*(?:\(?\d{1,2}[.):]|[-*•+]|\d️?⃣|step \d+\W)\s*(?=\S)", re.IGNORECASE)
LINK_ALONE = re.compile(r"\s*https?://\S+\s*$")
_NUMBER = re.compile(r"\s*(?:\(?\d{1,2}[.):]|\d️?⃣|step \d+\W)\s*(?=\S)", re.IGNORECASE)
_END = re.compile(
    r"(?<=[.!?。！？])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bz\.B\.)[\"'”»)\]]*(?:\s+(?=[^\sa-z])|(?<=[a-z]{3}[.!?])(?<!\betc\.)(?<!\bapprox\.)(?<!\bincl\.)(?<!\besp\.)\s+(?=[a-z])|(?<=\)[.])\s+(?=[a-z])|(?<= (?:up|it|in|so|me|us|on|by|to)[.])\s+(?=[a-z])|(?<=[。！？]))|(?<=[.!?])\n"
)


def is_small_talk(paragraph: str) -> bool:
    """Whether a paragraph greets, thanks, asks for money or says goodbye, and tells nothing."""
    flat = " ".join(paragraph.split())[:MAX_UNIT]
    return bool(SMALL_TALK.search(flat)) and not CLAIM.search(flat)


def units_of(text: str, owned: list[Span], code: list[Span]) -> list[Unit]:
    """The sentences, points of lists and blocks of code outside the owned spans; the first ones."""
    return list(_units(text, owned, code))


def _units(text: str, owned: list[Span], code: list[Span]) -> Iterable[Unit]:
    first = True
    count = 0
    for start, end, listed in _pieces(text, owned, code):
        count += 1
        if count > MAX_UNITS:
            return
        if listed == "code":
            yield Unit(start, end, "code")
            continue
        tells = _tells(text[start : min(end, start + MAX_UNIT)], listed, first=first)
        opens = OPENS.search(text[start : min(end, start + 200)]) is not None
        first = first and (tells in ("", "contact") or opens)
        besides = _besides(text[start : min(end, start + MAX_UNIT)], tells, listed)
        yield Unit(start, end, tells, besides)


def _tells(sentence: str, listed: str, *, first: bool) -> str:
    flat = " ".join(sentence.split())
    if CONTACT.search(flat):
        return "contact"
    if is_wish(flat) or not re.search(r"\w", flat):
        return ""
    tells = any(cue.search(flat) for cue in (CLAIM, SURE_IMPACT, SURE_PROOF, FOLLOWS))
    if SMALL_TALK.search(flat) and not tells:
        return ""
    if _is_scrap(flat) and not listed and flat[:1] not in "'\"`<":
        return ""
    if listed == "number" and flat[-1] in "?？":
        return ""  # a list of questions
    steps = listed == "number" or bool(STEPS.search(flat))
    if first and not listed and (CLAIM.search(flat) or not COMMANDS.match(flat)):
        return "description"
    if not listed and REVEALS.search(flat):
        return "description"
    if not listed and (SURE_PROOF.search(flat) or OFFERED.search(flat)):
        return "proof_of_concept"
    if SURE_IMPACT.search(flat) and listed != "number":
        return "impact"
    if steps and (listed or not STOPPED.match(flat)):
        return "reproduction_steps"
    if IMPACT.search(flat):
        return "impact"
    if sum(1 for _ in ACTS.finditer(flat)) >= 2:
        return "reproduction_steps"
    if PROOF.search(flat):
        return "proof_of_concept"
    return "description"


def _is_scrap(flat: str) -> bool:
    """Fewer words than a sentence has; where no blanks part them, fewer characters."""
    return len(flat.split()) < 3 and sum(char >= "\u3040" for char in flat[:40]) < SCRAP


_BESIDES = (
    ("description", (OBSERVED, REVEALS, CLAIM, WEAKNESS)),
    ("impact", (FOLLOWS, SURE_IMPACT, SO)),
    ("reproduction_steps", (DID,)),
)


def _besides(sentence: str, tells: str, listed: str) -> frozenset[str]:
    """What else a sentence of a story tells; points of a list tell one thing."""
    if listed or tells not in ("description", "impact", "reproduction_steps"):
        return frozenset()
    flat = " ".join(sentence.split())
    found = {field for field, cues in _BESIDES if any(cue.search(flat) for cue in cues)}
    acts = sum(1 for _ in ACTS.finditer(flat)) if tells == "description" else 0
    if COMMANDS.match(flat) or acts >= 2:
        found.add("reproduction_steps")
    return frozenset(found - {tells})


def _pieces(text: str, owned: list[Span], code: list[Span]) -> Iterable[tuple[int, int, str]]:
    """(start, end, mark) of sentences, list items and code outside the owned spans, in order."""
    at = 0
    run: list[int] = []  # [start, end] of lines that flow into each other
    mark = ""
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        end = start + len(line)
        in_code = inside(start, code)
        if LINK_ALONE.match(line) and not inside(start, owned) and not in_code:
            if run:
                yield from _sentences(text, run, mark)
            run, mark = [], ""
            yield start, end, ""
            continue
        if not line.strip() or inside(start, owned) or line.lstrip().startswith(">") or in_code:
            if run:
                yield from _sentences(text, run, mark)
            run, mark = [], ""
            if in_code and not inside(start, owned) and any(span[0] == start for span in code):
                block = next(span for span in code if span[0] == start)
                yield block[0], block[1], "code"
            continue
        item = _LIST_ITEM.match(line)
        if item:
            if run:
                yield from _sentences(text, run, mark)
            run, mark = [start + item.end(), end], "number" if _NUMBER.match(line) else "bullet"
        elif run:
            run[1] = end
        else:
            run, mark = [start, end], ""
    if run:
        yield from _sentences(text, run, mark)


def _sentences(text: str, run: list[int], mark: str) -> Iterable[tuple[int, int, str]]:
    if mark:
        yield run[0], run[1], mark
        return
    at = run[0]
    for stop in _END.finditer(text, run[0], run[1]):
        if stop.start() > at:
            yield at, stop.start(), mark
        at = stop.end()
    if text[at : run[1]].strip():
        yield at, run[1], mark


def sentences(text: str, code: list[Span]) -> Iterable[tuple[int, int]]:
    """Where the sentences, points of lists and lines outside of code stand; the first ones."""
    pieces = (piece for piece in _pieces(text, [], code) if piece[2] != "code")
    return ((start, end) for (start, end, _), _n in zip(pieces, range(MAX_UNITS), strict=False))


def sentences_with(text: str, words: re.Pattern[str], most: int) -> list[str]:
    """The sentences, up to `most`, that hold a match."""
    found: list[str] = []
    for start, end in sentences(text, []):
        sentence = text[start:end].strip()
        if len(found) < most and words.search(sentence):
            found.append(sentence)
    return found
