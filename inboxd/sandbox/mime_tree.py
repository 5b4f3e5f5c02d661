"""The MIME structure of a stored mail as offsets into its bytes (RFC 2045, RFC 2046).

Every part is a slice of the raw mail, so what BODY[1.2] serves is what was received, byte for
byte: bare LF, trailing blanks and all. Hostile mail is normal here: nesting and the number of
parts are capped, nothing recurses without bound, nothing is decoded. Beyond a cap a part simply
has no children.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MAX_DEPTH = 40
_MAX_PARTS = 5000
_TOKEN = re.compile(rb"[^\x00-\x20()<>@,;:\\\"/\[\]?=\x7f]+")
# Possessive throughout: a megabyte of blanks in a header must cost a megabyte of steps.
_PARAMETER = re.compile(
    rb"\s*+(?:\([^()]*+\)\s*+)*+;?+\s*+([^\x00-\x20()<>@,;:\\\"/\[\]?=\x7f]++)\s*+=\s*+"
    rb'(?:"((?:[^"\\]|\\.)*+)"?+|([^\x00-\x20;"]*+))[^;]*+',
    re.DOTALL,
)
_FOLD = re.compile(rb"\r?\n(?=[ \t])")


@dataclass(slots=True, eq=False)
class Part:
    """A mail, an attached mail or a body part: header, then body, then `end`."""

    start: int
    body: int
    end: int
    headers: list[tuple[bytes, int, int]]  # lower-case name and the slice of the whole field
    type: bytes = b"text"
    subtype: bytes = b"plain"
    parameters: list[tuple[bytes, bytes]] = field(default_factory=list)
    children: list[Part] = field(default_factory=list)
    embedded: Part | None = None  # the mail inside a message/rfc822 part

    def value(self, raw: bytes, name: bytes) -> bytes | None:
        """The first header of that lower-case name, unfolded and stripped, else as received."""
        for header, start, end in self.headers:
            if header == name:
                field_bytes = raw[start:end]
                value = field_bytes[field_bytes.index(b":") + 1 :]
                return _FOLD.sub(b"", value).strip(b" \t\r\n")
        return None

    def leaf_parts(self) -> Iterator[Part]:
        """All parts with a body of their own, attached mails included."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            inner = part.children or ([part.embedded] if part.embedded else [])
            if not inner:
                yield part
            waiting.extend(reversed(inner))


def parse_mime(raw: bytes) -> Part:
    """The tree of a whole mail."""
    return _Scanner(raw).part(0, len(raw), 0, digest=False)


def find_part(root: Part, numbers: tuple[int, ...]) -> Part | None:
    """The part that a number such as 1.2.3 names (RFC 3501 section 6.4.5)."""
    # A mail that is no multipart has one part, number 1: its own body.
    part, whole = root, True
    for number in numbers:
        if not whole and part.embedded is not None:
            part, whole = part.embedded, True
        if part.children:
            if number > len(part.children):
                return None
            part = part.children[number - 1]
        elif not whole or number != 1:
            return None
        whole = False
    return part


def split_value(value: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """A structured value such as `text/plain; charset="utf-8"`: the head and its parameters."""
    head, _, rest = value.partition(b";")
    parameters: list[tuple[bytes, bytes]] = []
    at = 0
    while at < len(rest) and len(parameters) < 50:
        match = _PARAMETER.match(rest, at)
        if match is None:
            at = rest.find(b";", at) + 1
            if not at:
                break
            continue
        quoted = match[2]
        text = match[3] if quoted is None else re.sub(rb"(?s)\\(.)", rb"\1", quoted)
        parameters.append((match[1], text))
        at = match.end()
    return head.split(b"(")[0].strip(), parameters


class _Scanner:
    """Builds the tree of one mail."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._budget = _MAX_PARTS

    def part(self, start: int, end: int, depth: int, *, digest: bool) -> Part:
        self._budget -= 1
        headers, body = self._headers(start, end)
        part = Part(start, body, end, headers)
        if digest:  # RFC 2046 section 5.1.5
            part.type, part.subtype = b"message", b"rfc822"
        content_type = part.value(self._raw, b"content-type")
        if content_type is not None:
            head, parameters = split_value(content_type)
            kind, slash, subtype = head.partition(b"/")
            if slash and _TOKEN.fullmatch(kind.strip()) and _TOKEN.fullmatch(subtype.strip()):
                part.type, part.subtype = kind.strip(), subtype.strip()
                part.parameters = parameters
        kind = part.type.lower()
        if kind == b"multipart":
            self._multipart(part, depth)
        elif kind == b"message" and part.subtype.lower() == b"rfc822":
            if depth < _MAX_DEPTH and self._budget > 0:
                part.embedded = self.part(body, end, depth + 1, digest=False)
            else:
                part.type, part.subtype, part.parameters = b"application", b"octet-stream", []
        return part

    def _multipart(self, part: Part, depth: int) -> None:
        boundary = next((v for n, v in part.parameters if n.lower() == b"boundary"), b"")
        if boundary and depth < _MAX_DEPTH:
            digest = part.subtype.lower() == b"digest"
            for start, end in self._between(boundary.rstrip(), part.body, part.end):
                if self._budget <= 0:
                    break
                part.children.append(self.part(start, end, depth + 1, digest=digest))
        if not part.children:
            # A multipart must have a part (RFC 3501, body-type-mpart); this one is just text.
            part.type, part.subtype, part.parameters = b"text", b"plain", []

    def _headers(self, start: int, end: int) -> tuple[list[tuple[bytes, int, int]], int]:
        """The fields and where the body starts, the blank line being part of the header."""
        raw = self._raw
        headers: list[tuple[bytes, int, int]] = []
        at = start
        while at < end:
            newline = raw.find(b"\n", at, end)
            next_line = end if newline < 0 else newline + 1
            first = raw[at : at + 1]
            if first == b"\n" or raw.startswith(b"\r\n", at, end):
                return headers, next_line
            if first in (b" ", b"\t"):
                if headers and headers[-1][2] == at:
                    headers[-1] = (*headers[-1][:2], next_line)
            else:
                colon = raw.find(b":", at, next_line)
                if colon > at:
                    headers.append((raw[at:colon].rstrip(b" \t").lower(), at, next_line))
            at = next_line
        return headers, end

    def _between(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The slices between delimiter lines (RFC 2046 section 5.1.1)."""
        raw = self._raw
        delimiter = b"--" + boundary
        part_start: int | None = None
        at = raw.find(delimiter, start, end)
        while at >= 0:
            after = at + len(delimiter)
            if at == start or raw[at - 1 : at] == b"\n":
                newline = raw.find(b"\n", after, end)
                line_end = end if newline < 0 else newline
                rest = raw[after:line_end].rstrip(b" \t\r")
                if rest in (b"", b"--"):
                    if part_start is not None:
                        # The line break before a delimiter belongs to the delimiter.
                        stop = at - 1
                        if raw[stop - 1 : stop] == b"\r":
                            stop -= 1
                        yield part_start, max(stop, part_start)
                    if rest or newline < 0:
                        return
                    part_start = line_end + 1
                    after = part_start
            at = raw.find(delimiter, after, end)
        if part_start is not None:
            yield part_start, end  # the closing delimiter never came
