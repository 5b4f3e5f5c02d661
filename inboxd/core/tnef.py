"""winmail.dat: what Outlook packs when it thinks that the reader is Outlook, too (MS-OXTNEF).

Attributes in a row, some of them holding MAPI properties (MS-OXCDATA 2.11). Read are the text, the
subject and the files; everything is bounded by the bytes that are there. Total: any bytes give a
value, and what was readable before the damage is kept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from inboxd.core.headers import decode_bytes

TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
_SIGNATURE = b"\x78\x9f\x3e\x22"
MAX_FILES = 100
MAX_ATTRIBUTES = 10_000

_BODY, _CODEPAGE, _MESSAGE_PROPERTIES = 0x800C, 0x9007, 0x9003
_NEW_FILE, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_PR_BODY, _PR_HTML, _PR_DATA, _PR_SHORT_NAME, _PR_LONG_NAME = (
    0x1000,
    0x1013,
    0x3701,
    0x3704,
    0x3707,
)
_FIXED = {
    0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4,
    0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16,
}  # fmt: skip
_STRING8, _UNICODE, _OBJECT, _BINARY = 0x001E, 0x001F, 0x000D, 0x0102


@dataclass
class TnefFile:
    name: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass
class Tnef:
    """What a winmail.dat holds. `damaged`: it ended early or was no TNEF at all."""

    text: str = ""
    html: str = ""
    files: list[TnefFile] = field(default_factory=list)
    damaged: bool = False


def read_tnef(data: bytes) -> Tnef:
    """Read one winmail.dat. Never raises."""
    found = Tnef()
    if not data.startswith(_SIGNATURE):
        found.damaged = True
        return found
    charset = "cp1252"
    try:
        for attribute, value in _attributes(data):
            if attribute == _CODEPAGE and len(value) >= 4:
                charset = f"cp{struct.unpack_from('<I', value)[0]}"
            elif attribute == _NEW_FILE and len(found.files) < MAX_FILES:
                found.files.append(TnefFile())
            else:
                _take(found, attribute, value, charset)
    except (struct.error, _CutShort):
        found.damaged = True
    found.files = [file for file in found.files if file.data]
    return found


class _CutShort(Exception):
    """The data ends inside a value."""


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6  # behind the signature and the key
    for _ in range(MAX_ATTRIBUTES):
        if at >= len(data):
            return
        _, attribute, size = struct.unpack_from("<BII", data, at)
        at += 9
        if at + size > len(data):
            raise _CutShort
        yield attribute & 0xFFFF, data[at : at + size]
        at += size + 2  # its sum


def _take(found: Tnef, attribute: int, value: bytes, charset: str) -> None:
    file = found.files[-1] if found.files else None
    if attribute == _BODY:
        found.text = found.text or _text(value, charset)
    elif attribute == _MESSAGE_PROPERTIES:
        for name, kind, content in _properties(value):
            if name == _PR_BODY and kind in (_STRING8, _UNICODE):
                found.text = _property_text(kind, content, charset)
            elif name == _PR_HTML:
                found.html = _property_text(kind, content, charset)
    elif file is not None and attribute == _FILE_TITLE:
        file.name = file.name or _text(value, charset)
    elif file is not None and attribute == _FILE_DATA:
        file.data = value
    elif file is not None and attribute == _FILE_PROPERTIES:
        for name, kind, content in _properties(value):
            if name in (_PR_LONG_NAME, _PR_SHORT_NAME) and kind in (_STRING8, _UNICODE):
                if name == _PR_LONG_NAME or not file.name:
                    file.name = _property_text(kind, content, charset)
            elif name == _PR_DATA and not file.data:
                file.data = content[16:] if kind == _OBJECT else content  # behind its interface id


def _text(value: bytes, charset: str) -> str:
    return decode_bytes(value.rstrip(b"\x00"), charset).replace("\r\n", "\n").replace("\x00", "")


def _property_text(kind: int, content: bytes, charset: str) -> str:
    if kind == _UNICODE:
        return content.decode("utf-16-le", "replace").replace("\r\n", "\n").replace("\x00", "")
    return _text(content, charset)


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(id, type, value) of each MAPI property; of several values the first."""
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, MAX_ATTRIBUTES)):
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= 0x8000:
            at = _behind_name(data, at)
        several, kind = kind & 0x1000, kind & 0x0FFF
        sized = kind in (_STRING8, _UNICODE, _OBJECT, _BINARY)
        values = 1
        if several or sized:
            (values,) = struct.unpack_from("<I", data, at)
            at += 4
        if kind not in _FIXED and not sized:
            raise _CutShort  # its length is unknown, and so is where the next one begins
        for number in range(min(values, MAX_ATTRIBUTES)):
            size = _FIXED.get(kind, 0)
            if sized:
                (size,) = struct.unpack_from("<I", data, at)
                at += 4
            if at + size > len(data):
                raise _CutShort
            if number == 0:
                yield name, kind, data[at : at + size]
            elif not sized and not size:
                break  # more of nothing
            at += size + (-size % 4)


def _behind_name(data: bytes, at: int) -> int:
    """Where a named property goes on: a GUID, then a number or a name."""
    (kind,) = struct.unpack_from("<I", data, at + 16)
    if kind == 0:
        return at + 24
    size: int = struct.unpack_from("<I", data, at + 20)[0]
    return at + 24 + size + (-size % 4)
