"""Tables of words and patterns of many languages, and how a table becomes a pattern.

A table is a text with an alternative a line (short ones share lines). A line that ends in an
opening bracket and one that begins with the closing one hold the alternatives between them.
The modules hold tables only; who asks them decides what a match means.
"""

from __future__ import annotations

import re
from itertools import pairwise

_OPENS = re.compile(r"(?<!\\)\((?:\?(?::|<?[=!]|P<\w+>|[a-zA-Z]+:))?$")


def joined(table: str) -> str:
    """The regular expression of a table. Blank lines and lines that begin with "# " are left out."""
    stripped = (line.strip() for line in table.splitlines())
    lines = [line for line in stripped if line and not line.startswith("# ")]
    pieces = lines[:1]
    for before, line in pairwise(lines):
        inside = _OPENS.search(before) or line.startswith(")")
        pieces.append(line if inside else f"|{line}")
    return "".join(pieces)


def pattern(table: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(joined(table), flags)


def by_language(*, flags: int = re.IGNORECASE, **tables: str) -> re.Pattern[str]:
    """One pattern of a table for each language."""
    return re.compile("|".join(f"(?:{joined(table)})" for table in tables.values()), flags)
