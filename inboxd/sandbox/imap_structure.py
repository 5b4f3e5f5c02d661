"""ENVELOPE, BODY and BODYSTRUCTURE of a stored mail (RFC 3501 section 7.4.2).

Hostile headers must not cost a client its session: whatever goes wrong while describing a mail is
replaced by a plain description of it as one text part. Values are passed on raw; decoding encoded
words is the client's job.
"""

from __future__ import annotations

import re

from inboxd.sandbox.address_list import Address, parse_addresses
from inboxd.sandbox.mime_tree import Part, split_value

_QUOTABLE = re.compile(rb"[\x01-\x09\x0b\x0c\x0e-\x7f]{0,900}\Z")


def string(value: bytes | None) -> bytes:
    """An nstring: NIL, a quoted string, or a literal where quoting is not allowed."""
    if value is None:
        return b"NIL"
    if _QUOTABLE.match(value):
        return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return literal(value)


def literal(value: bytes) -> bytes:
    return b"{%d}\r\n%b" % (len(value), value)


def envelope(raw: bytes, part: Part) -> bytes:
    """The ENVELOPE of a mail or of an attached mail."""
    try:
        return _envelope(raw, part)
    except Exception:  # noqa: BLE001 - a hostile header, see the module docstring
        return b"(" + b" ".join([b"NIL"] * 10) + b")"


def body_structure(raw: bytes, root: Part, *, extended: bool) -> bytes:
    """The BODYSTRUCTURE of a mail; BODY is the same without extension data."""
    try:
        return _structure(raw, root, extended)
    except Exception:  # noqa: BLE001 - a hostile header, see the module docstring
        size = root.end - root.body
        lines = raw.count(b"\n", root.body, root.end)
        return b'("TEXT" "PLAIN" NIL NIL NIL "8BIT" %d %d)' % (size, lines)


def _envelope(raw: bytes, part: Part) -> bytes:
    sender = _addresses(raw, part, b"from")
    fields = [
        string(part.value(raw, b"date")),
        string(part.value(raw, b"subject")),
        sender,
        # An absent Sender or Reply-To is filled from From by the server, not by the client.
        _addresses(raw, part, b"sender", sender),
        _addresses(raw, part, b"reply-to", sender),
        _addresses(raw, part, b"to"),
        _addresses(raw, part, b"cc"),
        _addresses(raw, part, b"bcc"),
        string(part.value(raw, b"in-reply-to")),
        string(part.value(raw, b"message-id")),
    ]
    return b"(" + b" ".join(fields) + b")"


def _addresses(raw: bytes, part: Part, name: bytes, default: bytes = b"NIL") -> bytes:
    value = part.value(raw, name)
    addresses = parse_addresses(value) if value else []
    if not addresses:
        return default
    return b"(" + b"".join(map(_address, addresses)) + b")"


def _address(address: Address) -> bytes:
    name, local, domain = string(address.name), string(address.local), string(address.domain)
    return b"(" + name + b" NIL " + local + b" " + domain + b")"


def _structure(raw: bytes, part: Part, extended: bool) -> bytes:
    if part.children:
        inner = b"".join(_structure(raw, child, extended) for child in part.children)
        fields = [inner, string(part.subtype)]
        if extended:
            fields += [_parameters(part.parameters), *_disposition(raw, part)]
        return b"(" + b" ".join(fields) + b")"
    fields = [
        string(part.type),
        string(part.subtype),
        _parameters(part.parameters),
        string(part.value(raw, b"content-id")),
        string(part.value(raw, b"content-description")),
        string(part.value(raw, b"content-transfer-encoding") or b"7bit"),
        b"%d" % (part.end - part.body),
    ]
    lines = b"%d" % raw.count(b"\n", part.body, part.end)
    if part.embedded is not None:
        inner = _structure(raw, part.embedded, extended)
        fields += [envelope(raw, part.embedded), inner, lines]
    elif part.type.lower() == b"text":
        fields.append(lines)
    if extended:
        fields += [string(part.value(raw, b"content-md5")), *_disposition(raw, part)]
    return b"(" + b" ".join(fields) + b")"


def _disposition(raw: bytes, part: Part) -> list[bytes]:
    """The extension data both kinds end with: disposition, language, location."""
    shown = b"NIL"
    disposition = part.value(raw, b"content-disposition")
    if disposition:
        head, parameters = split_value(disposition)
        shown = b"(" + string(head) + b" " + _parameters(parameters) + b")"
    language = part.value(raw, b"content-language")
    location = part.value(raw, b"content-location")
    return [shown, string(language), string(location)]


def _parameters(parameters: list[tuple[bytes, bytes]]) -> bytes:
    if not parameters:
        return b"NIL"
    return b"(" + b" ".join(string(n) + b" " + string(v) for n, v in parameters) + b")"
