"""Address headers as ENVELOPE shows them: raw name, route, local part, domain (RFC 3501 7.4.2).

A tolerant reader of RFC 5322 address lists that works on raw bytes, never decodes encoded words,
never recurses and never raises: what cannot be understood comes out as a local part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    rb'\s++|"(?:[^"\\]|\\.)*+"?+|\[[^\]]*+\]?+|[<>@,:;()\\"\[\]]|[^\s<>@,:;()\\"\[\]]++', re.DOTALL
)
_MAX_ADDRESSES = 2000


@dataclass(frozen=True, slots=True)
class Address:
    """One address; a group starts with (None, local=name, None) and ends with all None."""

    name: bytes | None
    local: bytes | None
    domain: bytes | None


def parse_addresses(value: bytes) -> list[Address]:
    """The addresses of an unfolded header value, in order."""
    found: list[Address] = []
    words: list[bytes] = []  # tokens before "<", or of a bare address
    angle: list[bytes] | None = None  # tokens within "<>"
    comment, depth, in_group, in_angle = b"", 0, False, False

    def finish() -> None:
        nonlocal words, angle, comment, in_angle
        if angle is not None:
            found.append(_address(_phrase(words) or None, angle))
        elif any(not word.isspace() for word in words):
            found.append(_address(comment or None, words))
        words, angle, comment, in_angle = [], None, b"", False

    for match in _TOKEN.finditer(value):
        token = match[0]
        if depth:
            depth += (token == b"(") - (token == b")")
            if depth:
                comment += token
        elif token == b"(":
            depth, comment = 1, b""
        elif token == b"<" and angle is None:
            angle, in_angle = [], True
        elif token == b">":
            in_angle = False
        elif token == b"," and not in_angle:
            finish()
        elif token == b":" and angle is None and not in_group:
            found.append(Address(None, _phrase(words), None))
            words, in_group = [], True
        elif token == b";" and not in_angle:
            finish()
            if in_group:
                found.append(Address(None, None, None))
            in_group = False
        elif angle is not None:
            if in_angle:
                angle.append(token)
        else:
            words.append(token)
        if len(found) >= _MAX_ADDRESSES:
            break
    finish()
    if in_group:
        found.append(Address(None, None, None))
    return found


def _address(name: bytes | None, tokens: list[bytes]) -> Address:
    kept = [token for token in tokens if not token.isspace()]
    if kept[:1] == [b"@"] and b":" in kept:  # an obsolete source route
        kept = kept[kept.index(b":") + 1 :]
    if b"@" not in kept:
        return Address(name, b" ".join(map(_unquote, kept)), b"")
    at = len(kept) - 1 - kept[::-1].index(b"@")
    return Address(name, b"".join(map(_unquote, kept[:at])), b"".join(kept[at + 1 :]))


def _phrase(words: list[bytes]) -> bytes:
    """A display name: quotes off, runs of blanks made one."""
    return b"".join(b" " if word.isspace() else _unquote(word) for word in words).strip()


def _unquote(token: bytes) -> bytes:
    if not token.startswith(b'"'):
        return token
    return re.sub(rb"(?s)\\(.)", rb"\1", token[1:].removesuffix(b'"'))
