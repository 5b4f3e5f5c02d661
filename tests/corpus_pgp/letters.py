"""Small MIME mails, byte for byte as we want them."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Mapping

from .rig import crlf

Headers = Mapping[str, str]


def text(body: str | bytes, *fields: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    """A text entity."""
    data = body.encode() if isinstance(body, str) else body
    return entity(kind, crlf(data), *fields)


def html(body: str) -> bytes:
    return text(body, kind="text/html; charset=utf-8")


def entity(kind: str, body: bytes, *fields: str) -> bytes:
    rows = [f"Content-Type: {kind}", *fields]
    return "".join(f"{row}\r\n" for row in rows).encode() + b"\r\n" + body


def group(kind: str, *parts: bytes, boundary: str = "=-a", fields: tuple[str, ...] = ()) -> bytes:
    """A multipart entity; `kind` may bring parameters ("signed; micalg=pgp-sha512")."""
    mark = b"--" + boundary.encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return entity(f'multipart/{kind}; boundary="{boundary}"', body, *fields)


def signed(inner: bytes, signature: bytes, *more: bytes, boundary: str = "=-s") -> bytes:
    """A multipart/signed entity (RFC 3156 section 5)."""
    part = entity("application/pgp-signature; name=signature.asc", crlf(signature))
    kind = 'signed; micalg=pgp-sha512; protocol="application/pgp-signature"'
    return group(kind, inner, part, *more, boundary=boundary)


def encrypted(
    ciphertext: bytes,
    *,
    kind: str = 'encrypted; protocol="application/pgp-encrypted"',
    data: str = 'application/octet-stream; name="encrypted.asc"',
    fields: tuple[str, ...] = ('Content-Disposition: inline; filename="encrypted.asc"',),
    boundary: str = "=-e",
    version: bytes = b"Version: 1\r\n",
    first: tuple[bytes, ...] = (),
) -> bytes:
    """A multipart/encrypted entity (RFC 3156 section 4), or something like it."""
    parts = (
        *first,
        entity("application/pgp-encrypted", version),
        entity(data, crlf(ciphertext), *fields),
    )
    return group(kind, *parts, boundary=boundary)


def mail(headers: Headers, root: bytes) -> bytes:
    """The entity as a mail."""
    rows = {**headers, "MIME-Version": "1.0"}
    return "".join(f"{name}: {value}\r\n" for name, value in rows.items()).encode() + root


def file(name: str, data: bytes, kind: str = "application/octet-stream") -> bytes:
    """An attached file, in base64."""
    return entity(
        f'{kind}; name="{name}"',
        wrapped(data),
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
    )


def attached(name: str, data: bytes, kind: str) -> bytes:
    """An attached text file, as it is."""
    return entity(kind, crlf(data), f'Content-Disposition: attachment; filename="{name}"')


def forwarded(raw: bytes) -> bytes:
    return entity("message/rfc822", raw, 'Content-Disposition: attachment; filename="mail.eml"')


def wrapped(data: bytes) -> bytes:
    return crlf(base64.encodebytes(data))


def quoted_printable(data: bytes) -> bytes:
    return crlf(quopri.encodestring(data.replace(b"\r\n", b"\n")))
