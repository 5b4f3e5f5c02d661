"""Tables of several columns: a row of headings, then a row for each finding (Markdown, HTML)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.blocks import Span
from inboxd.core.headings import fields_of
from inboxd.core.vocabulary import SEVERITY_TITLE

_RULE = re.compile(r"^[\s|:+=-]+$")
MAX_ROWS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """`cells`: per field, the cells below its heading, in order. `severity`: the first
    cell below a heading of that word. `span`: whole lines of the text."""

    cells: tuple[tuple[str, tuple[str, ...]], ...]
    rows: int
    severity: str
    span: Span


def tables(text: str) -> list[Table]:
    """Tables whose first row holds two headings of fields or more."""
    found: list[Table] = []
    at = 0
    begin = 0
    run: list[str] = []
    lines = text.split("\n")
    for index, line in enumerate([*lines, ""]):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if line.count("|") >= 2:
            begin = begin if run else at
            run.append(line)
        elif run and (line.strip() or following.count("|") < 2):  # HTML rows stand apart
            table = _table(run, (begin, min(at, len(text))))
            found += [table] if table else []
            run = []
        at += len(line) + 1
    return found


def _cells(line: str) -> list[str]:
    bare = line.strip()
    bare = bare[1:] if bare.startswith("|") else bare
    bare = bare[:-1] if bare.endswith("|") else bare
    return [cell.strip(" *`") for cell in bare.split("|")]


def _table(lines: list[str], span: Span) -> Table | None:
    rows = [_cells(line) for line in lines[:MAX_ROWS] if not _RULE.match(line)]
    if len(rows) < 2 or len(rows[0]) < 3:
        return None
    heads = [fields_of(cell, marked=True) for cell in rows[0]]
    if sum(head is not None for head in heads) < 2 or not any(heads):
        return None
    severity = ""
    columns: dict[str, list[str]] = {}
    for index, head in enumerate(heads):
        values = [row[index] for row in rows[1:] if index < len(row) and row[index]]
        if SEVERITY_TITLE.search(rows[0][index]) and values:
            severity = values[0]
        if head:
            columns.setdefault(head[0], []).extend(values)
    cells = tuple((name, tuple(v)) for name, v in columns.items())
    return Table(cells, len(rows) - 1, severity, span)
