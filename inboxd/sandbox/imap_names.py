"""Mailbox names on the wire: modified UTF-7, quoting, LIST patterns (RFC 3501 section 5.1.3).

Inside the server a name is ordinary text with "/" between levels.
"""

from __future__ import annotations

import base64
import binascii
import re

_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]+")


def decode_name(wire: bytes) -> str:
    """The name modified UTF-7 stands for; ValueError if it is not that."""
    text = wire.decode("ascii")
    if _UNPRINTABLE.search(text):
        raise ValueError("unprintable character")
    if "&" in _SHIFTED.sub("", text):
        raise ValueError("unfinished shift")
    return _SHIFTED.sub(_unshift, text)


def encode_name(name: str) -> str:
    """The name in modified UTF-7, without quotes."""
    return _UNPRINTABLE.sub(_shift, name.replace("&", "&-"))


def quote_name(name: str) -> str:
    """The name as a quoted string, as LIST and STATUS answers carry it."""
    return '"' + encode_name(name).replace("\\", "\\\\").replace('"', '\\"') + '"'


def name_pattern(pattern: str) -> re.Pattern[str]:
    """The expression for a LIST pattern: `*` matches anything, `%` anything within one level."""
    pieces = re.split(r"([*%]+)", pattern)
    expression = ""
    for piece in pieces:
        if "*" in piece:
            expression += ".*"
        elif "%" in piece:
            expression += "[^/]*"
        else:
            expression += re.escape(piece)
    if re.match(r"inbox(/|$|[*%])", pattern, re.IGNORECASE):
        expression = "(?i:inbox)" + expression[len("inbox") :]
    return re.compile(expression + r"\Z", re.DOTALL)


def _shift(match: re.Match[str]) -> str:
    encoded = base64.b64encode(match[0].encode("utf-16-be", "surrogatepass")).decode("ascii")
    return "&" + encoded.rstrip("=").replace("/", ",") + "-"


def _unshift(match: re.Match[str]) -> str:
    if not match[1]:
        return "&"
    padded = match[1].replace(",", "/") + "=" * (-len(match[1]) % 4)
    try:
        return base64.b64decode(padded, validate=True).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("invalid shifted text") from error
