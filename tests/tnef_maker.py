"""Writes a winmail.dat as Outlook does (MS-OXTNEF), for tests and for the seeds of the fuzzer."""

from __future__ import annotations

import struct


def attribute(number: int, data: bytes, level: int = 2) -> bytes:
    return (
        struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 65535)
    )


def property_of(number: int, kind: int, data: bytes) -> bytes:
    padded = data + b"\0" * (-len(data) % 4)
    return struct.pack("<HHII", kind, number, 1, len(data)) + padded


def properties(*found: bytes) -> bytes:
    return struct.pack("<I", len(found)) + b"".join(found)


def utf16(text: str) -> bytes:
    return (text + "\0").encode("utf-16-le")


def file(name: str, data: bytes, long_name: str = "") -> bytes:
    """One attachment: its short name as an attribute, the long one as a property."""
    made = attribute(0x00069002, bytes(14)) + attribute(0x00018010, name.encode() + b"\0")
    made += attribute(0x0006800F, data)
    if long_name:
        named = (
            struct.pack("<HHII", 0x0003, 0x8001, 0, 0)[:4]
            + bytes(16)
            + struct.pack("<III", 0, 5, 7)
        )
        made += attribute(
            0x00069005, properties(named, property_of(0x3707, 0x001F, utf16(long_name)))
        )
    return made


def winmail(*parts: bytes, text: str = "") -> bytes:
    body = property_of(0x1000, 0x001F, utf16(text))
    message = attribute(0x00069003, properties(body), level=1) if text else b""
    page = attribute(0x00069007, struct.pack("<II", 1252, 0), level=1)
    return b"\x78\x9f\x3e\x22\x01\x00" + page + message + b"".join(parts)
