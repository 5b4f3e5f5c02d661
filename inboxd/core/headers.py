"""Header fields of received mail: splitting, unfolding, decoding, addresses, ids, dates.

Everything here is total. The standard library's accessors are used only where a guard stands
around them: on hostile input they raise LookupError, IndexError, UnboundLocalError and
RecursionError (seen on CPython 3.11 to 3.13).
"""

from __future__ import annotations

import binascii
import codecs
import encodings
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from encodings.aliases import aliases
from urllib.parse import unquote_to_bytes

from inboxd.core.model import Address

MAX_VALUE = 64 * 1024  # characters of one header value that are looked at
MAX_ADDRESSES = 200
MAX_FIELDS = 1000  # of one header block; the longest of real mail have some 300


@dataclass(frozen=True, slots=True)
class HeaderField:
    name: str  # lower-case
    value: str  # unfolded, still encoded


_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_LINE = re.compile(rb"[^\r\n]*(?:\r?\n|\r|\Z)")


def read_fields(block: bytes, *, first: bool = False) -> tuple[tuple[HeaderField, ...], int]:
    """Fields of one header block in order, and how many lines were no field.

    `first`: the block opens a message, so an mbox `From ` line may lead it.
    """
    fields: list[tuple[bytes, bytearray]] = []
    bad = 0
    block = block.removeprefix(b"\xef\xbb\xbf")
    for number, match in enumerate(_LINE.finditer(block)):
        if len(fields) >= MAX_FIELDS or bad >= MAX_FIELDS:
            break
        line = match.group().rstrip(b"\r\n")
        if not line:
            continue
        if line[:1] in b" \t":
            if fields:
                if len(fields[-1][1]) < MAX_VALUE:
                    fields[-1][1].extend(b" " + line.strip(b" \t"))
            else:
                bad += 1
            continue
        found = _FIELD.match(line)
        if found:
            fields.append((found.group(1), bytearray(found.group(2).strip(b" \t"))))
        elif not (first and number == 0 and line.startswith((b"From ", b">From "))):
            bad += 1
    return (
        tuple(
            HeaderField(name.decode("ascii").lower(), decode_bytes(bytes(value))[:MAX_VALUE])
            for name, value in fields
        ),
        bad,
    )


# Looked up here first: Python keeps every unknown name for ever. Not in it: punycode and idna,
# which take quadratic time, and the escape codecs, which are for source code.
_CHARSETS = frozenset(aliases) | frozenset(aliases.values()) | {
    "cp1006", "cp720", "cp737", "cp856", "cp874", "cp875", "koi8_t", "koi8_u", "utf_8_sig",
}  # fmt: skip
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode_bytes(data: bytes, charset: str | None = None) -> str:
    """Text of bytes by the best charset that fits: declared, UTF-8, then Windows-1252."""
    for name in (charset, "utf-8"):
        known = encodings.normalize_encoding(name.strip(" \t\"'").lower()) if name else ""
        if known not in _CHARSETS:
            continue
        codec = codecs.lookup(known)
        if not codec._is_text_encoding:  # "hex", "zlib" and the like are codecs too
            continue
        if codec.name == "ascii":
            continue  # UTF-8 holds all of it, and mislabelled 8-bit text besides
        try:
            text = codec.decode(data, "strict")[0]
        except (UnicodeError, ValueError):
            continue
        return text if known == "utf_8" else _SURROGATES.sub("\ufffd", text)  # UTF-7 makes them
    return data.decode("cp1252", "replace")


def utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 (RFC 3629), else None."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(
    r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)"
)


def decode_words(value: str) -> str:
    """Encoded words of RFC 2047 as text; what does not decode stays as it was."""
    if "=?" not in value:
        return value
    joined = _BETWEEN.sub(r"\1", value)
    pieces: list[str] = []
    pending: tuple[str, bytes] | None = None  # a character may be split over adjacent words
    at = 0
    for match in _WORD.finditer(joined):
        charset = match.group(1).partition("*")[0].lower()
        data = _word_bytes(match.group(2), match.group(3))
        if pending and (match.start() != at or charset != pending[0] or data is None):
            pieces.append(decode_bytes(pending[1], pending[0]))
            pending = None
        pieces.append(joined[at : match.start()])
        at = match.end()
        if data is None:
            pieces.append(match.group())
        else:
            pending = (charset, (pending[1] if pending else b"") + data)
    if pending:
        pieces.append(decode_bytes(pending[1], pending[0]))
    return "".join(pieces) + joined[at:]


def _word_bytes(encoding: str, text: str) -> bytes | None:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b"_", b" "), header=True)
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(kept) % 4 == 1:
        return None
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def clean(value: str, limit: int = 500) -> str:
    """One line for display or for a header of ours: no control characters, bounded length."""
    return (
        re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s\ud800-\udfff]+", " ", value)
        .strip()[:limit]
        .rstrip()
    )


_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)', re.DOTALL)
_PARAM = re.compile(r""";\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*(?:"|\Z)|[^;]*)""", re.DOTALL)


def parse_params(value: str) -> tuple[str, dict[str, str]]:
    """A value with parameters (RFC 2045 5.1, RFC 2231 continuations and charsets)."""
    value = value[:8192]
    head = value.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAM.finditer(value):
        name, text = match.group(1).lower(), match.group(2).strip()
        quoted = _QUOTED.match(text)
        if quoted:
            text = re.sub(r"\\(.)", r"\1", quoted.group(1))
        extended = re.fullmatch(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", name)
        if extended and (extended.group(2) or extended.group(3)):
            index = int(extended.group(2) or 0)
            pieces.setdefault(extended.group(1), {})[index] = (text, bool(extended.group(3)))
        else:
            plain.setdefault(name, text)
    for name, parts in pieces.items():
        plain[name] = _join_continuations(parts)
    return head, plain


def _join_continuations(parts: dict[int, tuple[str, bool]]) -> str:
    charset = "utf-8"
    data = b""
    for position, index in enumerate(sorted(parts)):
        text, encoded = parts[index]
        if encoded and position == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode_bytes(data, charset or "utf-8")


_SPEC = re.compile(
    r"[^\s\x00-\x1f\x7f<>@,;:\"()\[\]\\]{1,64}"
    r"@(?:[^\s\x00-\x1f\x7f<>@,;:\"()\[\]\\]{1,253}|\[[A-Za-z0-9.:-]{1,100}\])"
)


def parse_addresses(values: list[str]) -> tuple[Address, ...]:
    """Every usable mailbox of address headers, display names decoded, in order."""
    text = ", ".join(values)[:MAX_VALUE]
    try:
        pairs = getaddresses([text])
    except Exception:  # noqa: BLE001  2000 "(" raise RecursionError, "<a@[ ]>" UnboundLocalError
        pairs = []
    found = [
        Address(_lower(spec), clean(decode_words(name), 200))
        for name, spec in pairs[:MAX_ADDRESSES]
        if _SPEC.fullmatch(spec)
    ]
    if not found:  # something is there that the parser gave up on: take what looks like one
        found = [Address(_lower(spec)) for spec in _SPEC.findall(text[:2000])[:1]]
    return tuple(dict.fromkeys(found))


def _lower(spec: str) -> str:
    """Lower case, but never by making ASCII of other letters (the Kelvin sign becomes a k)."""
    return "".join(c.lower() if c.isascii() or not c.lower().isascii() else c for c in spec)


def parse_ids(value: str | None) -> tuple[str, ...]:
    """Message-IDs of Message-ID, In-Reply-To or References, angle brackets kept."""
    return tuple(dict.fromkeys(re.findall(r"<[^<>\s\x00-\x1f\x7f]{1,300}>", value or "")))[:200]


def parse_date(value: str | None) -> datetime | None:
    """The Date of a mail as an aware UTC instant, or None."""
    if not value:
        return None
    try:
        parsed = parsedate_to_datetime(value[:200])
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except Exception:  # noqa: BLE001  OverflowError, IndexError, TypeError ... on broken dates
        return None
