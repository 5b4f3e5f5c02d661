"""The data items of FETCH: what a client asks for and the bytes it gets (RFC 3501 section 6.4.5).

Body sections are exact slices of the stored bytes. Only HEADER.FIELDS puts bytes together: the
fields asked for, unchanged and in mail order, and the blank line as that mail spells it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.sandbox.imap_parser import Cursor, ImapSyntaxError
from inboxd.sandbox.imap_structure import body_structure, envelope, literal, string
from inboxd.sandbox.mail_view import MailView
from inboxd.sandbox.mime_tree import Part, find_part

_ITEM = re.compile(rb"[A-Za-z0-9.]+")
_SECTION = re.compile(rb"(\d{1,5}(?:\.\d{1,5})*)?\.?([A-Za-z.]*)")
_MACROS = {
    "ALL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"),
    "FAST": ("FLAGS", "INTERNALDATE", "RFC822.SIZE"),
    "FULL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"),
}
_PLAIN = {"UID", "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY", "BODYSTRUCTURE"}
_FIELD_LISTS = {"HEADER.FIELDS", "HEADER.FIELDS.NOT"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Section:
    """Which bytes: part number, kind of text ("" is the whole part), header names, slice."""

    numbers: tuple[int, ...] = ()
    text: str = ""
    fields: tuple[bytes, ...] = ()
    partial: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FetchItem:
    """One data item; `label` is how the answer names it."""

    name: str
    label: bytes
    section: Section | None = None
    peek: bool = True  # whether fetching it leaves \Seen alone


def parse_items(cursor: Cursor) -> list[FetchItem]:
    """A macro, one item, or a parenthesised list of items."""
    if not cursor.next_is(b"("):
        return _items(cursor, macros=True)
    cursor.expect(b"(")
    items = _items(cursor, macros=False)
    while not cursor.next_is(b")"):
        cursor.space()
        items += _items(cursor, macros=False)
    cursor.expect(b")")
    return items


def render(item: FetchItem, view: MailView, flags: str, lie_about_size: int | None) -> bytes:
    """The item as it stands in a FETCH response, name and value."""
    return item.label + b" " + _value(item, view, flags, lie_about_size)


def _value(item: FetchItem, view: MailView, flags: str, lie_about_size: int | None) -> bytes:
    message = view.message
    match item.name:
        case "SECTION":
            assert item.section is not None
            data = section_bytes(view, item.section)
            return b"NIL" if data is None else literal(data)
        case "UID":
            return b"%d" % message.uid
        case "FLAGS":
            return b"(" + flags.encode("ascii") + b")"
        case "INTERNALDATE":
            date = message.internaldate
            month = _MONTHS[date.month - 1]
            return f'"{date.day:2}-{month}-{date:%Y %H:%M:%S %z}"'.encode("ascii")
        case "RFC822.SIZE":
            return b"%d" % (message.size if lie_about_size is None else lie_about_size)
        case "ENVELOPE":
            return envelope(view.raw, view.root)
        case name:
            extended = name == "BODYSTRUCTURE"
            return body_structure(view.raw, view.root, extended=extended)


def section_bytes(view: MailView, section: Section) -> bytes | None:
    """The bytes of a section; None if the mail has no such part."""
    data = _section(view, section)
    if data is None or section.partial is None:
        return data
    offset, count = section.partial
    return data[offset : offset + count]


def _section(view: MailView, section: Section) -> bytes | None:
    raw = view.raw
    if not section.numbers and not section.text:
        return raw
    part = find_part(view.root, section.numbers)
    if part is None:
        return None
    if section.text == "MIME":
        return raw[part.start : part.body]
    if section.numbers:
        if not section.text:
            return raw[part.body : part.end]
        if part.embedded is None:  # HEADER and TEXT belong to mails only
            return None
        part = part.embedded
    if section.text == "HEADER":
        return raw[part.start : part.body]
    if section.text == "TEXT":
        return raw[part.body : part.end]
    return _header_fields(raw, part, section)


def _header_fields(raw: bytes, part: Part, section: Section) -> bytes:
    names = {name.lower() for name in section.fields}
    wanted = section.text == "HEADER.FIELDS"
    fields = [raw[a:b] for name, a, b in part.headers if (name in names) == wanted]
    blank = b"\n" if raw[part.start : part.body].endswith(b"\n\n") else b"\r\n"
    return b"".join(fields) + blank


def _items(cursor: Cursor, *, macros: bool) -> list[FetchItem]:
    name = cursor.take(_ITEM, "a fetch item").decode("ascii").upper()
    if name in ("BODY", "BODY.PEEK") and cursor.next_is(b"["):
        return [_body_item(cursor, peek=name == "BODY.PEEK")]
    if macros and name in _MACROS:
        return [FetchItem(one, one.encode("ascii")) for one in _MACROS[name]]
    if name in _PLAIN:
        return [FetchItem(name, name.encode("ascii"))]
    # The three old names are sections under another label (RFC 3501 section 6.4.5).
    old = {
        "RFC822": (Section(), False),
        "RFC822.HEADER": (Section(text="HEADER"), True),
        "RFC822.TEXT": (Section(text="TEXT"), False),
    }
    if name in old:
        section, peek = old[name]
        return [FetchItem("SECTION", name.encode("ascii"), section, peek)]
    raise ImapSyntaxError(f"unknown fetch item {name[:40]}")


def _body_item(cursor: Cursor, *, peek: bool) -> FetchItem:
    cursor.expect(b"[")
    match = _SECTION.fullmatch(cursor.take(_SECTION, "a body section"))
    assert match is not None
    numbers = tuple(map(int, (match[1] or b"").split(b"."))) if match[1] else ()
    text = match[2].decode("ascii").upper()
    allowed = {"", "HEADER", "TEXT", *_FIELD_LISTS} | ({"MIME"} if numbers else set())
    if text not in allowed or 0 in numbers:
        raise ImapSyntaxError("unknown body section")
    label = b"BODY[" + match[0].upper()
    fields: list[bytes] = []
    if text in _FIELD_LISTS:
        cursor.space()
        cursor.expect(b"(")
        while not cursor.next_is(b")"):
            if fields:
                cursor.space()
            fields.append(cursor.astring())
        cursor.expect(b")")
        names = b" ".join(
            one if _ITEM.fullmatch(one.replace(b"-", b"")) else string(one) for one in fields
        )
        label += b" (" + names + b")"
    cursor.expect(b"]")
    label += b"]"
    partial = None
    if cursor.next_is(b"<"):
        cursor.expect(b"<")
        offset = cursor.number()
        cursor.expect(b".")
        count = cursor.number()
        cursor.expect(b">")
        if count == 0:
            raise ImapSyntaxError("a partial fetch asks for at least one byte")
        partial = (offset, count)
        label += b"<%d>" % offset
    section = Section(numbers, text, tuple(fields), partial)
    return FetchItem("SECTION", label, section, peek)
