"""Bytes to `Message`. Total: any bytes give a message, what was odd is in its defects.

This is the only place that picks the text out of a mail. Plain text wins over HTML, text in
attachments stays an attachment, and forwarded messages are shown under a line that says so.
"""

from __future__ import annotations

import hashlib
import re

from inboxd.core.cards import CARD_TYPES, readable_card
from inboxd.core.files import attachment, guess_type
from inboxd.core.headers import (
    clean,
    decode_bytes,
    decode_words,
    parse_addresses,
    parse_date,
    parse_ids,
)
from inboxd.core.mime import Entity
from inboxd.core.model import Address, Attachment, Message
from inboxd.core.opened import Opened
from inboxd.core.pgpmime import is_control_part
from inboxd.core.quoting import new_text
from inboxd.core.text import html_to_text, unflow
from inboxd.core.tnef import TNEF_TYPES, read_tnef
from inboxd.core.uuencode import uuencoded

MAX_TEXT = 1_000_000  # characters of text that are looked at
MAX_READ = 2 * MAX_TEXT  # bytes of text parts that are read; further ones stay files
MAX_CARDS = 20  # calendar entries and cards that are shown as text
_RECIPIENT_FIELDS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "resent-to", "bcc")
# Encoded words are undone only where people write them: the rest is read by programs, and a local
# part of "=?a?q?=3B..." would otherwise become syntax in Authentication-Results.
_WORDY_FIELDS = {"subject", "from", "to", "cc", "reply-to", "sender", "comments", "organization"}
_MACHINE_TYPES = (
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
    "message/global-delivery-status",
    "text/rfc822-headers",
)


def read_message(opened: Opened, raw: bytes) -> Message:
    """Read one opened mail. Never raises."""
    outer, inner = opened.outer, opened.inner
    pieces = _Pieces(opened)
    protected = opened.unsealed or (inner,)
    for entity in protected:
        pieces.collect(entity, 0)
    for around in (*([inner] if opened.unsealed else []), *opened.beside):
        pieces.collect_beside(around)
    text, html_only = pieces.joined()
    defects = [*outer.all_defects(), *pieces.defects]
    if inner is not outer:
        defects += [d for d in inner.all_defects() if d not in defects]
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        defects.append("text longer than 1 000 000 characters; the rest was not read")
    if not raw:
        defects.append("empty mail")
    if outer.header("x-inboxd-truncated"):  # written by our own reader
        defects.append("larger than we take: only the beginning was read, ask for it in parts")
    message_ids = parse_ids(outer.header("message-id"))
    senders = _addresses(outer, "from") or _addresses(outer, "sender")
    return Message(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        message_id=message_ids[0] if message_ids else "",
        sender=senders[0] if senders else None,
        return_path=_return_path(outer),
        reply_to=_addresses(outer, "reply-to"),
        to=_addresses(outer, "to"),
        recipients=_recipients(outer),
        date=parse_date(outer.header("date")),
        subject=clean(decode_words(outer.header("subject") or "")),
        protected_subject=(
            None
            if opened.protected_subject is None
            else clean(decode_words(opened.protected_subject))
        ),
        in_reply_to=parse_ids(outer.header("in-reply-to")),
        references=parse_ids(outer.header("references")),
        text=text,
        new_text=new_text(text),
        html_only=html_only,
        attachments=tuple(pieces.files),
        headers=tuple(
            (f.name, clean(decode_words(f.value) if f.name in _WORDY_FIELDS else f.value, 2000))
            for f in outer.fields[:300]
        ),
        report_parts=tuple(pieces.machine),
        crypto=opened.crypto,
        keys=opened.keys,
        defects=tuple(defects),
    )


def _addresses(entity: Entity, name: str) -> tuple[Address, ...]:
    return parse_addresses([f.value for f in entity.fields if f.name == name])


def _return_path(entity: Entity) -> str | None:
    value = entity.header("return-path")
    if value is None:
        return None
    found = parse_addresses([value])
    return found[0].spec if found else ""


def _recipients(entity: Entity) -> tuple[str, ...]:
    values = [f.value for name in _RECIPIENT_FIELDS for f in entity.fields if f.name == name]
    return tuple(dict.fromkeys(address.spec for address in parse_addresses(values)))


_LEGACY_DIV = re.compile(
    r'<div class="?header-protection-legacy-display"?>.{0,5000}?</div>', re.DOTALL | re.IGNORECASE
)


def _is_legacy_display(entity: Entity) -> bool:
    """The copy of the headers that older clients put before the text (draft protected-headers 02,
    section 4.2)."""
    if entity.param("protected-headers") is None or entity.main_type != "text":
        return False
    lines = [line for line in entity.content[:4000].splitlines() if line.strip()]
    return bool(lines) and all(re.match(rb"[ \t]|[\w-]+:", line) for line in lines)


def _storable(text: str) -> str:
    """Lines as everywhere inside of us, and no NUL, which databases and headers refuse."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


class _Pieces:
    """Collects text, files and machine-readable parts while walking one message."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.texts: list[tuple[str, bool]] = []  # (text, came from HTML)
        self.read = 0  # bytes of text parts so far
        self.files: list[Attachment] = []
        self.machine: list[tuple[str, str]] = []
        self.inside: list[tuple[str, bool]] = []  # text of files, for a mail without any other
        self.defects: list[str] = []
        self.files.extend(opened.files)

    def joined(self) -> tuple[str, bool]:
        useful = [(text, html) for text, html in self.texts if text.strip()] or self.inside
        return (
            "\n\n".join(text.strip("\n") for text, _ in useful),
            bool(useful) and all(html for _, html in useful),
        )

    def collect(self, entity: Entity, depth: int) -> None:
        if entity.media_type == "multipart/alternative":
            self._alternative(entity, depth)
        elif entity.media_type == "multipart/related" and entity.children:
            self.collect(entity.children[0], depth + 1)
            for extra in entity.children[1:]:
                self._file(extra)
        elif entity.media_type == "message/rfc822" and entity.children:
            self._forwarded(entity, depth)
        elif entity.children:
            legacy = entity.param("protected-headers") is not None and len(entity.children) > 1
            legacy = legacy and self.opened.protected
            for index, child in enumerate(entity.children):
                if legacy and index == 0 and _is_legacy_display(child):
                    continue
                if entity.media_type == "multipart/signed" and index == 1:
                    continue
                self.collect(child, depth + 1)
        else:
            self._leaf(entity)

    def collect_beside(self, entity: Entity) -> None:
        """What stood around a protected part: marked, so that nobody takes it for signed."""
        before = len(self.texts)
        self.collect(entity, 1)
        if before and any(text.strip() for text, _ in self.texts[before:]):
            self.texts.insert(before, ("[Text outside the protected part:]", False))

    def _alternative(self, entity: Entity, depth: int) -> None:
        """Plain text if it says anything, else the richest form; pictures inside are kept."""
        plain = [
            c for c in entity.children if c.media_type == "text/plain" and self._text_of(c).strip()
        ]
        html = [c for c in entity.children if c.media_type == "text/html"]
        nested = [c for c in entity.children if c.children]
        chosen = plain or html[-1:] or nested[-1:] or entity.children[-1:]
        for child in entity.children:
            if child in chosen:
                self.collect(child, depth + 1)
            else:
                for leaf in child.walk():
                    if not leaf.children and leaf.media_type not in ("text/plain", "text/html"):
                        self._file(leaf)

    def _forwarded(self, entity: Entity, depth: int) -> None:
        inner = entity.children[0]
        sender = clean(decode_words(inner.header("from") or ""), 200)
        subject = clean(decode_words(inner.header("subject") or ""), 200)
        before = len(self.machine)
        written = any(text.strip() for text, _ in self.texts)
        if not entity.is_attachment or len(self.texts) < 2:
            self.texts.append((f"[Forwarded message from {sender}: {subject}]", False))
            self.collect(inner, depth + 1)
        else:
            self._file(entity)
        if written:  # somebody forwards it: it is not this mail that is a bounce or a receipt
            del self.machine[before:]
        self.machine.append(("message/rfc822", decode_bytes(inner.raw[:4096])))

    def _leaf(self, entity: Entity) -> None:
        if entity.media_type in _MACHINE_TYPES:
            self.machine.append((entity.media_type, decode_bytes(entity.content[:65536])))
        elif entity.media_type in ("text/plain", "text/html") and not entity.is_attachment:
            if self.read > MAX_READ:
                self._file(entity)
                return
            self.read += entity.body_size
            text = self._text_of(entity)
            if entity.media_type == "text/plain":
                text, written = uuencoded(text)
                self.files += [attachment(name, guess_type(name), data) for name, data in written]
            self.texts.append((text, entity.media_type == "text/html"))
        elif entity.media_type.startswith("multipart/"):
            text = _storable(decode_bytes(entity.body[:MAX_TEXT]))  # boundary not found
            self.texts.append((text, False))
        else:
            self._file(entity)

    def _text_of(self, entity: Entity) -> str:
        opened = self.opened.texts.get(entity.key)
        if opened is not None:
            text = opened.text
            if opened.outside:
                text += f"\n\n[Text outside the protected block:]\n{opened.outside}"
            return text.replace("\x00", "")
        text = _storable(decode_bytes(entity.content[: 4 * MAX_TEXT], entity.param("charset")))
        legacy = self.opened.protected and entity.param("hp-legacy-display") == "1"
        if entity.media_type == "text/html":
            if legacy:  # RFC 9788 4.5.3.2
                text = _LEGACY_DIV.sub("", text, count=1)
            return html_to_text(text)
        if (entity.param("format") or "").lower() == "flowed":
            text = unflow(text, delsp=(entity.param("delsp") or "").lower() == "yes")
        if legacy:  # RFC 9788 4.5.3.1: a copy of the headers
            text = re.sub(r"\A(?:[\w-]+:.*\n)+\n?", "", text)
        return text

    def _file(self, entity: Entity) -> None:
        if entity.key in self.opened.opened_files:
            return
        if is_control_part(entity):
            return
        name = entity.file_name or entity.media_type.replace("/", ".")
        if entity.media_type in TNEF_TYPES or name.lower() == "winmail.dat":
            self._packed(entity.content)
        if entity.media_type in CARD_TYPES and len(self.inside) < MAX_CARDS:
            text = _storable(decode_bytes(entity.content[:65536], entity.param("charset")))
            self.inside.append((readable_card(text), False))
            self.machine.append((entity.media_type, text))
        self.files.append(attachment(name, entity.media_type, entity.content))

    def _packed(self, content: bytes) -> None:
        """What Outlook put into a winmail.dat; the file itself is listed, too."""
        packed = read_tnef(content)
        if packed.damaged:
            self.defects.append("winmail.dat is damaged; it was read as far as that goes")
        if packed.text.strip():
            self.inside.append((packed.text, False))
        elif packed.html.strip():
            self.inside.append((html_to_text(packed.html), True))
        for file in packed.files:
            name = clean(file.name, 200) or "unnamed"
            self.files.append(attachment(name, guess_type(name), file.data))
