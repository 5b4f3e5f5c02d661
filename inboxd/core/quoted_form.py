"""Answers written below the quoted points of our own policy."""

from __future__ import annotations

import re

from inboxd.core.headings import fields_of
from inboxd.core.sections import sections


def answers_under_quotes(text: str) -> str | None:
    """The text with quoted policy points turned into headings, when answers stand below them."""
    out: list[str] = []
    points = 0
    answered = False
    quoted: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith(">"):
            quoted.append(line.lstrip("> \t"))
            continue
        for point in _points(quoted):
            points += 1
            out.append(f"## {point}")
        quoted = []
        answered = answered or bool(points and line.strip())
        out.append(line)
    return "\n".join(out[:-1]) if points >= 2 and answered else None


def quoted_report(text: str) -> str | None:
    """A report under headings that somebody pasted as a quotation, without saying whose it is."""
    lines = text.split("\n")
    quoted = [index for index, line in enumerate(lines) if line.lstrip().startswith(">")]
    if len(quoted) < MIN_LINES:
        return None
    before = "\n".join(lines[: quoted[0]]).strip()[-200:]
    if before.endswith(":") or _ATTRIBUTED.search(before):
        return None
    inside = "\n".join(re.sub(r"^\s*> ?", "", lines[index]) for index in quoted)
    named = {section.field for section in sections(inside) if section.field and section.body}
    return inside if len(named & _TELLING) >= 2 and len(named) >= 3 else None


MIN_LINES = 6
_ATTRIBUTED = re.compile(
    r"\b(?:wrote|writes|[ée]crit|schrieb|escribi[óo]|scritto|escreveu|schreef)\b|@|-----",
    re.IGNORECASE,
)
_TELLING = {"description", "impact", "reproduction_steps", "proof_of_concept", "components"}


def _points(quoted: list[str]) -> list[str]:
    """The policy's points in a run of quoted lines, each without what is folded or in brackets."""
    joined = re.sub(r"\n(?![-*\u2022\d#])(?=\S)", " ", "\n".join(quoted))
    bare = (re.sub(r"\([^()]*\)?", "", line) for line in joined.split("\n"))
    found = (line.lstrip("-*\u2022# \t").strip(" .,?:").partition(",")[0] for line in bare)
    return [line for line in found if fields_of(line, marked=True)]
