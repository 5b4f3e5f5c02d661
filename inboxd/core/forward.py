"""A report that somebody handed on: the text inside a forwarded mail, as 25 clients write it."""

from __future__ import annotations

import re

from inboxd.core.words.quotes import FORWARDED, FORWARDED_SUBJECT, HEADER_LINE

MAX_HEADERS = 20


def forwarded(text: str, subject: str) -> str | None:
    """The body of the innermost mail that was forwarded in this text, or None.

    A block of headers without a mark counts only under a subject that says "forwarded": otherwise
    it stands above the history of a conversation.
    """
    lines = text.split("\n")
    begin: int | None = None
    for index, line in enumerate(lines):
        if len(line) <= 400 and FORWARDED.match(line):
            begin = _past_headers(lines, index + 1)
        elif FORWARDED_SUBJECT.match(subject) and is_header_block(lines, index):
            begin = _past_headers(lines, index)
    if begin is None:
        return None
    body = lines[begin:]
    filled = [line for line in body if line.strip()]
    if filled and all(
        line.lstrip().startswith(">") for line in filled[: len(filled) * 3 // 4 or 1]
    ):
        body = [re.sub(r"^\s*> ?", "", line) for line in body]
    return "\n".join(body).strip() or None


def is_header_block(lines: list[str], at: int) -> bool:
    """Whether three header lines of a quoted mail or more begin here, with none above."""
    if not _header(lines, at) or (at and _header(lines, at - 1)):
        return False
    return sum(_header(lines, index) for index in range(at, min(at + 6, len(lines)))) >= 3


def _header(lines: list[str], at: int) -> bool:
    return at < len(lines) and len(lines[at]) <= 1000 and HEADER_LINE.match(lines[at]) is not None


def _past_headers(lines: list[str], at: int) -> int:
    """Past blank lines, header lines and their continuations."""
    while at < len(lines) and not lines[at].strip("> \t"):
        at += 1
    seen = 0
    while at < len(lines) and seen < MAX_HEADERS and lines[at].strip("> \t"):
        if not _header(lines, at) and not (seen and lines[at][:1] in " \t"):
            break
        seen += 1
        at += 1
    return at
