"""How a text as a whole marks its headings, which decides what a single line of it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.asked import asked
from inboxd.core.headings import fields_of, normalise
from inboxd.core.marks import ALIGNED, STARRED, WIKI


@dataclass(frozen=True, slots=True)
class Style:
    """How the whole text marks its headings. `form`: by questions, each on a line of its own;
    `org`: by stars at the start of a line; `listed`: by "h2." or "== ==", so "#" begins a point of
    a list; `aligned`: by columns of blanks."""

    form: bool
    org: bool
    listed: bool
    aligned: bool


def style_of(lines: list[str]) -> Style:
    around = list(zip(["", *lines], lines, [*lines[1:], ""], strict=False))
    starred = (STARRED.match(line) for before, line, _ in around if not before.strip())
    known = sum(star is not None and bool(fields_of(star[1], marked=False)) for star in starred)
    return Style(
        form=sum(_asks(*three) for three in around) >= 3,
        org=known >= 3,
        listed=sum(WIKI.match(line) is not None for line in lines) >= 2,
        aligned=sum(_names(ALIGNED.match(line)) for line in lines) >= 3,
    )


def _names(aligned: re.Match[str] | None) -> bool:
    return aligned is not None and bool(fields_of(aligned[1], marked=False))


def _asks(before: str, line: str, after: str) -> bool:
    """Whether a line is a question of a form, by its words or for standing right above a text."""
    bare = line.strip().strip("*_-=#|: ")
    if bare[-1:] != "?" or len(bare.split()) > 10:
        return False
    above = not before.strip() and after.strip()[-1:] not in ("", "?")
    return above or asked(normalise(bare)) is not None
