"""Exact byte slices of MIME parts, from any bytes.

A part is a window (offsets) on the raw message, so what is verified is what was received: a
re-serialised `email` object breaks about half of the legal but unusual signatures. Total: any
bytes give an `Entity`; what was odd is listed in `defects`. Parsing follows RFC 2045/2046 with
the leniency that real mail needs, inside fixed bounds on parts, depth and header size.
"""

from __future__ import annotations

import binascii
import contextlib
import re
from dataclasses import dataclass
from functools import cached_property

from inboxd.core.headers import HeaderField, decode_words, parse_params, read_fields

Key = tuple[int, int]  # of a part: its source and where it starts there

MAX_PARTS = 2000
MAX_DEPTH = 24
MAX_HEADER = 256 * 1024  # bytes of one header block


@dataclass(frozen=True)
class Entity:
    """One MIME entity: `source[start:end]`, its header ending where `body_start` begins."""

    source: bytes
    start: int
    body_start: int
    end: int
    fields: tuple[HeaderField, ...]
    media_type: str
    params: tuple[tuple[str, str], ...]
    children: tuple[Entity, ...] = ()
    defects: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Tells a part from the parts of other sources, such as what was decrypted."""
        return id(self.source), self.start

    @property
    def raw(self) -> bytes:
        """The whole entity, header included, byte for byte."""
        return self.source[self.start : self.end]

    @property
    def body(self) -> bytes:
        return self.source[self.body_start : self.end]

    @property
    def body_size(self) -> int:
        return self.end - self.body_start

    def header(self, name: str) -> str | None:
        """First value of a field by lower-case name, unfolded, not decoded."""
        return next((f.value for f in self.fields if f.name == name), None)

    def param(self, name: str) -> str | None:
        return next((value for key, value in self.params if key == name), None)

    @property
    def main_type(self) -> str:
        return self.media_type.partition("/")[0]

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        return parse_params(self.header("content-disposition") or "")

    @property
    def is_attachment(self) -> bool:
        return self.disposition[0] == "attachment"

    @property
    def file_name(self) -> str:
        """Display name of the part: RFC 2183 filename, else the older name parameter."""
        name = self.disposition[1].get("filename") or self.param("name") or ""
        return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", " ", decode_words(name)).strip()[:200]

    @cached_property
    def content(self) -> bytes:
        """The body with its transfer encoding undone; damage is tolerated."""
        encoding = (self.header("content-transfer-encoding") or "").strip().lower()
        if encoding == "base64":
            return lenient_base64(self.body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        return self.body

    def walk(self) -> list[Entity]:
        """This entity and everything below it, depth first."""
        found = [self]
        for child in self.children:
            found.extend(child.walk())
        return found

    def all_defects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(d for entity in self.walk() for d in entity.defects))


_CLEAN_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]*={0,2}\s*")


def lenient_base64(data: bytes) -> bytes:
    """Base64 of RFC 2045 6.8: foreign characters are skipped, lost padding is restored.

    Padding ends the data, so that a footer which a mailing list appended does not garble it.
    """
    if _CLEAN_BASE64.fullmatch(data):  # the usual case, without another copy of a large body
        with contextlib.suppress(binascii.Error):
            return binascii.a2b_base64(data)
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data.partition(b"=")[0])
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def parse(source: bytes) -> Entity:
    """Read a whole message. Never raises; bounded in parts and depth."""
    return _Scanner(source).entity(0, len(source), 0, "text/plain")


_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
_HEADER_START = re.compile(rb"(?:\xef\xbb\xbf)?[!-9;-~]{1,200}[ \t]*:")


class _Scanner:
    """Walks one source with one budget of parts."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.parts = 0

    def entity(self, start: int, end: int, depth: int, default_type: str) -> Entity:
        self.parts += 1
        header_end, body_start, defects = self._split(start, end)
        fields, bad_lines = read_fields(self.source[start:header_end], first=depth == 0)
        if bad_lines:
            defects.append("header line without a colon")
        content_types = [f.value for f in fields if f.name == "content-type"]
        if len(content_types) > 1:
            defects.append("more than one Content-Type")
        media_type, params = parse_params(content_types[0] if content_types else "")
        if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type):
            if content_types:
                defects.append("unusable Content-Type")
            media_type = default_type
        children = self._children(media_type, params, body_start, end, depth, defects)
        return Entity(
            self.source,
            start,
            body_start,
            end,
            fields,
            media_type,
            tuple(params.items()),
            children,
            tuple(defects),
        )

    def _split(self, start: int, end: int) -> tuple[int, int, list[str]]:
        """Where the header ends and the body begins."""
        source = self.source
        if source[start : min(start + 2, end)] == b"\r\n":
            return start, start + 2, []
        if source[start : min(start + 1, end)] == b"\n":
            return start, start + 1, []
        in_mbox = start == 0 and source.startswith((b"From ", b">From "))
        if not in_mbox and not _HEADER_START.match(source, start, end):
            return start, start, ["no header"]  # or the first paragraph would be lost
        found = _HEADER_END.search(source, start, min(end, start + MAX_HEADER))
        if found:
            return found.start(), found.end(), []
        if end - start > MAX_HEADER:
            cut = source.rfind(b"\n", start, start + MAX_HEADER) + 1 or start + MAX_HEADER
            return cut, cut, ["header longer than 256 KiB"]
        return end, end, ["header without a body"]

    def _children(
        self,
        media_type: str,
        params: dict[str, str],
        body_start: int,
        end: int,
        depth: int,
        defects: list[str],
    ) -> tuple[Entity, ...]:
        if depth >= MAX_DEPTH:
            if media_type.startswith(("multipart/", "message/rfc822")):
                defects.append("nested too deeply; the inside was not read")
            return ()
        if media_type == "message/rfc822":
            return (self.entity(body_start, end, depth + 1, "text/plain"),)
        if not media_type.startswith("multipart/"):
            return ()
        boundary = params.get("boundary", "")
        windows, closed = self._windows(boundary, body_start, end)
        if not windows:
            defects.append("multipart without its boundary")
            return ()
        if not closed:
            defects.append("missing closing boundary")
        inner_default = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
        children = []
        for part_start, part_end in windows:
            if self.parts >= MAX_PARTS:
                defects.append(f"more than {MAX_PARTS} parts; the rest was not read")
                break
            children.append(self.entity(part_start, part_end, depth + 1, inner_default))
        return tuple(children)

    def _windows(self, boundary: str, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
        """Byte windows between delimiter lines (RFC 2046 5.1.1).

        The line break before a delimiter belongs to the delimiter; only a full-line match counts,
        which keeps boundary `OUT` apart from an inner `OUT1`.
        """
        if not boundary:
            return [], False
        pattern = re.compile(
            rb"(?:(?<=\n)|\A)--"
            + re.escape(boundary.encode("utf-8", "surrogateescape"))
            + rb"(--)?[ \t]*(?=\r?\n|\Z)"
        )
        windows: list[tuple[int, int]] = []
        begin: int | None = None
        for match in pattern.finditer(self.source, start, end):
            if begin is not None:
                windows.append((begin, max(begin, self._before_break(match.start(), begin))))
            if match.group(1):
                return windows, True
            begin = self._after_break(match.end(), end)
            if len(windows) > MAX_PARTS:
                return windows, True
        if begin is not None:
            windows.append((begin, end))
        return windows, False

    def _before_break(self, at: int, floor: int) -> int:
        if at > floor and self.source[at - 1 : at] == b"\n":
            at -= 1
            if at > floor and self.source[at - 1 : at] == b"\r":
                at -= 1
        return at

    def _after_break(self, at: int, end: int) -> int:
        if self.source[at : at + 2] == b"\r\n":
            return min(at + 2, end)
        return min(at + 1, end)
