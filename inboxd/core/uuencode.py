"""Files that old mailers write into the text: `begin 644 name`, lines, `end` (POSIX uuencode).

yEnc is not undone: its bytes do not survive mail, so what stands in the text stays there.
"""

from __future__ import annotations

import binascii
import re

MAX_FILES = 20  # beginnings that are tried
_BEGIN = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})$", re.MULTILINE)
_END = re.compile(r"^end[ \t]*$", re.MULTILINE)


def uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """(the text with a line in place of each file, the files by name). Damaged lines are kept.

    A block is only believed when its first line decodes and `end` is there: people also write
    "begin 2020 with us".
    """
    files: list[tuple[str, bytes]] = []
    out: list[str] = []
    at = tries = 0
    while tries < MAX_FILES and (begin := _BEGIN.search(text, at)):
        tries += 1
        end = _END.search(text, begin.end())
        if end is None:
            break
        data = _decoded(text[begin.end() : end.start()].strip("\n").split("\n"))
        if data is None:
            out.append(text[at : begin.end()])
            at = begin.end()
            continue
        name = begin[1].strip()
        out.append(f"{text[at : begin.start()]}(the file {name} stood here)")
        files.append((name, data))
        at = end.end()
    return "".join(out) + text[at:], files


def _decoded(lines: list[str]) -> bytes | None:
    """The bytes of the lines between; None when it is no uuencoded data."""
    found = bytearray()
    bad = 0
    for number, line in enumerate(lines):
        coded = line.rstrip(" ").encode("ascii", "replace").replace(b"`", b" ")
        try:
            found += binascii.a2b_uu(coded)
        except binascii.Error:
            if number == 0:
                return None
            size = ((coded[0] - 32) & 63) * 4 // 3 + 4 if coded else 0  # some writers add a sum
            try:
                found += binascii.a2b_uu(coded[:size])
            except binascii.Error:
                bad += 1
    return None if not found or bad > len(lines) // 4 else bytes(found)
