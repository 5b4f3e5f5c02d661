"""Answers written below the quoted points of our own policy."""

from __future__ import annotations

import re

from inboxd.core.headings import fields_of


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


def _points(quoted: list[str]) -> list[str]:
    """The policy's points in a run of quoted lines, each without what is folded or in brackets."""
    joined = re.sub(r"\n(?![-*\u2022\d#])(?=\S)", " ", "\n".join(quoted))
    bare = (re.sub(r"\([^()]*\)?", "", line) for line in joined.split("\n"))
    found = (line.lstrip("-*\u2022# \t").strip(" .,?:").partition(",")[0] for line in bare)
    return [line for line in found if fields_of(line, marked=True)]
