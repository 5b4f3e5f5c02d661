"""Headings, wishes to be named and lines of contact, by themselves, as people write them.

Written blind by authors who had not seen the code: what a heading asks for, what a sentence wishes.
`titles.tsv`: field, heading, language. `wishes.jsonl`: heading or null, text, wish. `contacts.jsonl`:
heading or null, text, the phrase that must be found. What the program reads otherwise lies in
`benchmarks/labelled/words`; `python -m benchmarks.words` counts both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inboxd.core.extract import read_text
from inboxd.core.headings import fields_of
from tests.test_corpus import SCOPE

HERE = Path(__file__).parent
_CLAIM = "I found an XSS in the search of app.mykonci.com, the parameter q is reflected."


def titles(folder: Path = HERE) -> Iterator[tuple[str, str]]:
    for line in (folder / "titles.tsv").read_text("utf-8").splitlines():
        field, heading, _ = line.split("\t")
        yield field, heading


def lines(name: str, folder: Path = HERE) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def means(heading: str) -> tuple[str, ...]:
    """The fields that a heading on a line of its own asks for; ("other",) for none of ours."""
    return fields_of(heading, marked=True) or ("other",)


def texts(line: dict[str, Any]) -> list[str]:
    """The line in a report: under its heading, beside its label, or at the end of a letter."""
    if line["heading"] is None:
        return [f"Hello,\n\n{_CLAIM}\n\n{line['text']}\n\nBest regards\nAnna Muster\n"]
    return [
        f"## Summary\n\n{_CLAIM}\n\n## {line['heading']}\n\n{line['text']}\n",
        f"Summary: {_CLAIM}\nImpact: cookies are stolen.\n{line['heading']}: {line['text']}\n",
    ]


def wishes(line: dict[str, Any]) -> list[str]:
    return [read_text(text, SCOPE).credit.wish.value for text in texts(line)]


def contact_found(line: dict[str, Any]) -> bool:
    found = dict(read_text(texts(line)[0], SCOPE).fields).get("contact")
    return found is not None and " ".join(line["contact"].split()) in " ".join(found.value.split())
