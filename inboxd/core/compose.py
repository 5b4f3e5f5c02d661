"""Letters to RFC 5322 bytes: header writing, PGP/MIME assembly, header protection.

Bytes are joined by concatenation and never re-serialised, so that what was signed is what leaves.
The header writer is ours because the standard library's folding changes some subjects and, on
Python 3.11, loses recipients. Everything produced is 7-bit with CRLF line ends.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol

from inboxd.core.headers import clean
from inboxd.core.letter import Auto, Letter, Protection
from inboxd.core.model import Attachment, Fingerprint

OBSCURED = "[...]"  # RFC 9788 3.2: what the outer Subject says of an encrypted mail
MAX_REFERENCES = 21  # the first and the last twenty


class Templates(Protocol):
    """Wording: subject and text of a purpose in a language."""

    def render(
        self, purpose: str, language: str, facts: Mapping[str, object]
    ) -> tuple[str, str]: ...


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter with its words, ready to be sealed; what the outbox stores."""

    message_id: str
    date: datetime
    sender_name: str
    sender: str
    to: str
    subject: str
    text: str
    reply_to: str | None
    auto: Auto
    protection: Protection
    fingerprint: Fingerprint | None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    autocrypt: bytes = field(default=b"", repr=False)  # our public key, binary and minimal


def render(letter: Letter, templates: Templates) -> tuple[str, str]:
    """Subject and text of a letter. The template's first line is the subject."""
    subject, text = templates.render(letter.purpose, letter.language, letter.facts)
    return clean(letter.subject or subject, 200), text


# --- header fields ---------------------------------------------------------------------------------


def text_field(name: str, value: str) -> bytes:
    """An unstructured field: encoded words of at most 75 characters, one a line (RFC 2047 2)."""
    value = clean(value, 900)
    if value.isascii() and "=?" not in value and len(name) + len(value) < 76:
        return f"{name}: {value}\r\n".encode()
    return f"{name}: {_encoded_words(value)}\r\n".encode()


def _encoded_words(value: str) -> str:
    words, chunk = [], ""
    for character in value:
        if len((chunk + character).encode()) > 33:  # 76 columns after "HP-Outer: Subject: "
            words.append(chunk)
            chunk = ""
        chunk += character
    words.append(chunk)
    coded = (base64.b64encode(word.encode()).decode() for word in words)
    return "\r\n ".join(f"=?utf-8?B?{word}?=" for word in coded)


_SPEC = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")


def is_sendable(spec: str) -> bool:
    """Whether an address can stand in our headers and envelope as it is (RFC 5321 4.1.2)."""
    return bool(_SPEC.fullmatch(spec)) and ".." not in spec and not spec.startswith((".", "-"))


def address_field(name: str, spec: str, display: str = "") -> bytes:
    display = clean(display, 100)
    if not display:
        return f"{name}: {spec}\r\n".encode()
    if display.isascii() and re.fullmatch(r"[\w .'-]{1,50}", display):
        # 78 columns (RFC 5322 2.1.1) also after "HP-Outer: "
        fold = " " if len(name) + len(display) + len(spec) < 62 else "\r\n "
        return f'{name}: "{display}"{fold}<{spec}>\r\n'.encode()
    return f"{name}: {_encoded_words(display)}\r\n <{spec}>\r\n".encode()


def _references(mail: Rendered) -> bytes:
    ids = [i for i in mail.references if re.fullmatch(r"<[\x21-\x7e]{1,250}>", i)]
    if len(ids) > MAX_REFERENCES:
        ids = [ids[0], *ids[-(MAX_REFERENCES - 1) :]]
    lines = b""
    if mail.in_reply_to and re.fullmatch(r"<[\x21-\x7e]{1,250}>", mail.in_reply_to):
        lines += f"In-Reply-To: {mail.in_reply_to}\r\n".encode()
        if mail.in_reply_to not in ids:
            ids.append(mail.in_reply_to)
    if ids:
        lines += ("References: " + "\r\n ".join(ids) + "\r\n").encode()
    return lines


def _named_fields(mail: Rendered, subject: str) -> list[bytes]:
    """The fields that are shown to people, in the order they are written."""
    fields = [
        address_field("From", mail.sender, mail.sender_name),
        address_field("To", mail.to),
        text_field("Subject", subject),
        f"Date: {format_datetime(mail.date)}\r\n".encode(),
        f"Message-ID: {mail.message_id}\r\n".encode(),
    ]
    if mail.reply_to:
        fields.append(address_field("Reply-To", mail.reply_to, mail.sender_name))
    return fields


def _outer_head(mail: Rendered, *, obscure: bool) -> bytes:
    head = b"".join(_named_fields(mail, OBSCURED if obscure else mail.subject))
    head += _references(mail)
    if mail.auto is not Auto.NO:
        head += f"Auto-Submitted: {mail.auto.value}\r\n".encode()
        # not "All", which also asks Exchange to drop the delivery failures that we need
        head += b"X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN\r\n"
    if mail.autocrypt:
        data = base64.b64encode(mail.autocrypt).decode()
        lines = [data[i : i + 76] for i in range(0, len(data), 76)]
        keydata = "\r\n ".join(lines)
        head += f"Autocrypt: addr={mail.sender}; keydata=\r\n {keydata}\r\n".encode()
    return head + b"MIME-Version: 1.0\r\n"


# --- the protected part ----------------------------------------------------------------------------


def inner_entity(mail: Rendered) -> bytes:
    """The bytes that are signed (and encrypted): text, attachments, protected header fields.

    Header protection is RFC 9788 (`hp=`); `protected-headers="v1"` says the same to older clients.
    """
    encrypted = mail.fingerprint is not None
    named = _named_fields(mail, mail.subject)
    head = b"".join(named)
    if encrypted:
        outer = _named_fields(mail, OBSCURED)
        head += b"".join(b"HP-Outer: " + line for line in outer)
    protection = f'hp="{"cipher" if encrypted else "clear"}"; protected-headers="v1"'
    text = _text_part(mail.text)
    if not mail.attachments:
        content_type = f'Content-Type: text/plain; charset="utf-8"; {protection}\r\n'.encode()
        return head + content_type + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + text
    parts = [
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + text
    ]
    parts += [_attachment_part(a) for a in mail.attachments]
    boundary = _boundary(mail.message_id + "mixed", parts)
    mixed = f'Content-Type: multipart/mixed; boundary="{boundary}";\r\n {protection}\r\n'
    return head + mixed.encode() + b"\r\n" + _join(boundary, parts)


def _text_part(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    data = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n"
    coded = binascii.b2a_qp(data, istext=True)
    return re.sub(rb"(?m)^From ", b"=46rom ", coded)


def _attachment_part(attachment: Attachment) -> bytes:
    media_type = attachment.media_type
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", media_type) or media_type.startswith(
        ("multipart/", "message/")
    ):
        media_type = "application/octet-stream"
    name = clean(attachment.name, 120).replace("/", "_") or "attachment"
    data = base64.encodebytes(attachment.data).replace(b"\n", b"\r\n")
    head = (
        f"Content-Type: {media_type}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n {_file_name(name)}\r\n\r\n"
    )
    return head.encode() + data


def _file_name(name: str) -> str:
    """The filename parameter (RFC 2231), continued over lines where it is long."""
    pieces = [""]
    for c in name:
        safe = re.fullmatch(r"[A-Za-z0-9._-]", c)
        coded = c if safe else "".join(f"%{b:02X}" for b in c.encode())
        if len(pieces[-1]) + len(coded) > 50:
            pieces.append("")
        pieces[-1] += coded
    if len(pieces) == 1:
        return f"filename*=utf-8''{pieces[0]}"
    continued = (f"filename*{n}*={piece}" for n, piece in enumerate(pieces[1:], 1))
    return ";\r\n ".join((f"filename*0*=utf-8''{pieces[0]}", *continued))


def _boundary(seed: str, parts: Iterable[bytes]) -> str:
    """A boundary that stands in none of the parts; derived, so that a resend is byte-identical."""
    parts = list(parts)
    for attempt in range(100):
        digest = hashlib.sha256(f"{seed}:{attempt}".encode()).hexdigest()[:32]
        if not any(digest.encode() in part for part in parts):
            return f"=_{digest}"
    raise AssertionError("a part holds every boundary we can think of")


def _join(boundary: str, parts: list[bytes]) -> bytes:
    mark = f"--{boundary}".encode()
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


# --- whole messages --------------------------------------------------------------------------------


def plain_message(mail: Rendered) -> bytes:
    """Without a signature: only where no team key is configured yet."""
    inner = inner_entity(mail)
    content = inner[inner.index(b"\r\nContent-Type: ") + 2 :]  # a Subject may hold these words
    return _outer_head(mail, obscure=False) + content


def signed_message(mail: Rendered, inner: bytes, signature: bytes) -> bytes:
    """multipart/signed of RFC 3156 section 5; `signature` is armored and made with SHA-512."""
    signature_part = (
        b'Content-Type: application/pgp-signature; name="signature.asc"\r\n'
        b"Content-Description: OpenPGP digital signature\r\n\r\n" + _crlf(signature)
    )
    boundary = _boundary(mail.message_id + "signed", [inner, signature_part])
    head = (
        f'Content-Type: multipart/signed; micalg="pgp-sha512";\r\n'
        f' protocol="application/pgp-signature"; boundary="{boundary}"\r\n\r\n'
    )
    body = _join(boundary, [inner, signature_part])
    return _outer_head(mail, obscure=False) + head.encode() + body


def encrypted_message(mail: Rendered, ciphertext: bytes) -> bytes:
    """multipart/encrypted of RFC 3156 section 4 around signed and encrypted data."""
    version = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    data = (
        b'Content-Type: application/octet-stream; name="encrypted.asc"\r\n'
        b'Content-Disposition: inline; filename="encrypted.asc"\r\n\r\n' + _crlf(ciphertext)
    )
    boundary = _boundary(mail.message_id + "encrypted", [version, data])
    head = (
        f'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";\r\n'
        f' boundary="{boundary}"\r\n\r\n'
    )
    body = _join(boundary, [version, data])
    return _outer_head(mail, obscure=True) + head.encode() + body


def _crlf(armor: bytes) -> bytes:
    return re.sub(rb"\r?\n", b"\r\n", armor.strip()) + b"\r\n"
