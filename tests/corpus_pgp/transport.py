"""What servers, lists and gateways do to PGP/MIME on its way. Made from the clients' own mails."""

from __future__ import annotations

import re

from tests.interop.gpghome import body_parts

from .case import Cases, label
from .cli_mime import in_clear
from .letters import encrypted, entity, group, mail, quoted_printable, signed, text, wrapped
from .rig import Rig, crlf
from .texts import FOOTER, IDOR, REDIRECT, RESET, SSRF, XSS

CASES = Cases("mutation")

SEALED = "gpg-mime-encrypted-and-signed"
SIGNED = "gpg-mime-signed"
_OPEN = label("pgp-mime opened", ["good rita"], says=[XSS.phrase, XSS.more])
_WHOLE = label("pgp-mime opened", ["good whole rita"], "rita", says=[XSS.phrase, XSS.more])
_MUTT = label("pgp-mime opened", ["good rita"], says=["stored XSS at https://app.mykonci.com"])


def split(raw: bytes) -> tuple[dict[str, str], bytes]:
    """The header fields that are not of MIME, and the entity below them."""
    head, _, body = raw.partition(b"\r\n\r\n")
    rows = re.split(r"\r\n(?![ \t])", head.decode("utf-8", "surrogateescape"))
    fields, mime = {}, []
    for row in rows:
        name, _, value = row.partition(":")
        if name.lower().startswith("content-"):
            mime.append(row)
        elif name.lower() != "mime-version":
            fields[name] = value.strip()
    return fields, "\r\n".join(mime).encode() + b"\r\n\r\n" + body


def armor_of(raw: bytes) -> bytes:
    found = re.search(rb"-----BEGIN PGP MESSAGE-----.*?-----END PGP MESSAGE-----\r?\n", raw, re.S)
    assert found is not None
    return found.group()


def _again(rig: Rig, base: str, root: bytes) -> bytes:
    return (
        mail(rig.headers(XSS.subject), root) if not base else mail(split(rig.mail(base))[0], root)
    )


_IDENTIFICATION = entity(
    'application/pgp-encrypted; name="PGPMIME Versions Identification"',
    wrapped(b"Version: 1\r\n"),
    "Content-Description: PGP/MIME version identification",
    'Content-Disposition: attachment; filename="PGPMIME Versions Identification"; size=12',
    "Content-Transfer-Encoding: base64",
)


def exchange(raw: bytes, *first: bytes) -> bytes:
    """As Microsoft Exchange rewrites it: multipart/mixed, everything base64, new names."""
    data = entity(
        'application/octet-stream; name="encrypted.asc"',
        wrapped(armor_of(raw)),
        "Content-Description: OpenPGP encrypted message",
        'Content-Disposition: attachment; filename="encrypted.asc"; size=1870',
        "Content-Transfer-Encoding: base64",
    )
    root = group("mixed", *first, _IDENTIFICATION, data, boundary="_003_AM0PR01")
    return mail(split(raw)[0] | {"X-MS-Has-Attach": "yes", "Content-Language": "en-US"}, root)


_EMPTY = entity('text/plain; charset="us-ascii"', b"\r\n")
CASES.add("exchange-mixed", lambda rig: exchange(rig.mail(SEALED)), _WHOLE)
CASES.add("exchange-mixed-empty-text-first", lambda rig: exchange(rig.mail(SEALED), _EMPTY), _WHOLE)
CASES.add(
    "exchange-mixed-of-neomutt", lambda rig: exchange(rig.mail("neomutt-encrypted-signed")), _MUTT
)


@CASES.case(
    "exchange-version-part-lost", _OPEN | {"crypto": {"encrypted": True, "decrypted": True}}
)
def _version_lost(rig: Rig) -> bytes:
    """Only the ciphertext is left, as a file: its plaintext is a whole MIME entity."""
    raw = rig.mail(SEALED)
    data = entity(
        'application/octet-stream; name="encrypted.asc"',
        armor_of(raw),
        'Content-Disposition: attachment; filename="encrypted.asc"',
    )
    return mail(split(raw)[0], group("mixed", data))


def _retyped(name: str, **changes: object) -> None:
    CASES.add(
        name,
        lambda rig: _again(rig, SEALED, encrypted(armor_of(rig.mail(SEALED)), **changes)),  # type: ignore[arg-type]
        _WHOLE,
    )


_retyped("ciphertext-renamed-noname", data='application/octet-stream; name="noname"', fields=())
_retyped("ciphertext-part-is-text-plain", data="text/plain; charset=us-ascii", fields=())
_retyped("ciphertext-part-is-attachment-msg-pgp", data="application/pgp; name=msg.pgp", fields=("Content-Disposition: attachment",))  # fmt: skip
_retyped("version-part-empty", version=b"")
_retyped("version-part-with-blank-lines", version=b"\r\nVersion: 1\r\n\r\n")
_retyped("protocol-parameter-lost", kind="encrypted")
_retyped("empty-text-before-version-part", first=(_EMPTY,))


def _encoded(encoding: str) -> bytes:
    return f"Content-Transfer-Encoding: {encoding}".encode()


@CASES.case("encrypted-parts-in-base64", _WHOLE)
def _base64(rig: Rig) -> bytes:
    how = "Content-Transfer-Encoding: base64"
    version = entity("application/pgp-encrypted", wrapped(b"Version: 1\r\n"), how)
    data = entity("application/octet-stream", wrapped(armor_of(rig.mail(SEALED))), how)
    kind = 'encrypted; protocol="application/pgp-encrypted"'
    return _again(rig, SEALED, group(kind, version, data))


@CASES.case("encrypted-parts-in-quoted-printable", _WHOLE)
def _printable(rig: Rig) -> bytes:
    how = "Content-Transfer-Encoding: quoted-printable"
    version = entity("application/pgp-encrypted", b"Version: 1\r\n", how)
    armor = quoted_printable(armor_of(rig.mail(SEALED)))
    data = entity("application/octet-stream", armor, how)
    kind = 'encrypted; protocol="application/pgp-encrypted"'
    return _again(rig, SEALED, group(kind, version, data))


# --- lists and gateways ---------------------------------------------------------------------------


def _wrapped(rig: Rig, base: str, *, footer: bool = True) -> bytes:
    fields, root = split(rig.mail(base))
    fields["Subject"] = "[vendor-sec] " + fields["Subject"]
    parts = (root, text(FOOTER, "Content-Disposition: inline")) if footer else (root,)
    return mail(fields, group("mixed", *parts, boundary="===============7"))


_LISTED = ["good part rita"]
CASES.add(
    "list-footer-around-encrypted",
    lambda rig: _wrapped(rig, SEALED),
    label("pgp-mime opened", _LISTED, None, says=[XSS.phrase, XSS.more]),
)
CASES.add(
    "list-footer-around-signed",
    lambda rig: _wrapped(rig, SIGNED),
    label("pgp-mime clear", _LISTED, None, says=[XSS.phrase, XSS.more]),
)
CASES.add(
    "list-footer-around-neomutt-signed",
    lambda rig: _wrapped(rig, "neomutt-signed"),
    label("pgp-mime clear", _LISTED, None, says=["stored XSS at https://app.mykonci.com"]),
)
CASES.add(
    "gateway-wrapper-around-encrypted",
    lambda rig: _wrapped(rig, SEALED, footer=False),
    label("pgp-mime opened", ["good rita"], says=[XSS.phrase, XSS.more]),
)
CASES.add(
    "gateway-wrapper-around-signed",
    lambda rig: _wrapped(rig, SIGNED, footer=False),
    label("pgp-mime clear", ["good rita"], says=[XSS.phrase, XSS.more]),
)


@CASES.case(
    "list-footer-inside-signed-text", label("pgp-mime clear", ["bad"], None, says=[XSS.phrase])
)
def _footer_inside(rig: Rig) -> bytes:
    raw = rig.mail(SIGNED)
    signed_bytes = body_parts(raw)[0]
    return raw.replace(signed_bytes, signed_bytes + b"\r\n" + crlf(FOOTER.encode()), 1)


@CASES.case("list-footer-as-third-part-of-encrypted", _OPEN)
def _footer_third(rig: Rig) -> bytes:
    raw = rig.mail(SEALED)
    armor = armor_of(raw)
    root = encrypted(armor).replace(b"--=-e--", b"--=-e\r\n" + text(FOOTER) + b"\r\n--=-e--")
    return mail(split(raw)[0], root)


# --- line ends, spaces, encodings -----------------------------------------------------------------

_CLEAR = label("pgp-mime clear", ["good whole rita"], "rita", says=[XSS.phrase, XSS.more])


def _lf(rig: Rig, base: str) -> bytes:
    return rig.mail(base).replace(b"\r\n", b"\n")


CASES.add("bare-lf-signed", lambda rig: _lf(rig, SIGNED), _CLEAR)
CASES.add(
    "bare-lf-signed-with-sha1",
    lambda rig: _lf(rig, "gpg-mime-signed-with-sha1"),
    label("pgp-mime clear", ["weak"], None),
)
CASES.add("bare-lf-encrypted", lambda rig: _lf(rig, SEALED), _WHOLE)
CASES.add("bare-lf-clearsigned", lambda rig: _lf(rig, "gpg-clearsigned"), label("pgp-inline clear", ["good whole rita"], "rita", says=[XSS.phrase]))  # fmt: skip
CASES.add(
    "bare-lf-neomutt-signed",
    lambda rig: _lf(rig, "neomutt-signed"),
    label("pgp-mime clear", ["good whole rita"], "rita"),
)


@CASES.case(
    "spaces-stripped-from-signed-text", label("pgp-mime clear", ["bad"], None, says=[IDOR.more])
)
def _stripped(rig: Rig) -> bytes:
    inner = text(IDOR.body.replace("one.\n", "one.  \n"))
    raw = mail(rig.headers(IDOR.subject), signed(inner, rig.signature(inner, "rita")))
    return re.sub(rb"[ \t]+\r\n", b"\r\n", raw)


@CASES.case(
    "spaces-stripped-from-clearsigned",
    label("pgp-inline clear", ["good whole rita"], "rita", says=[IDOR.more]),
)
def _stripped_inline(rig: Rig) -> bytes:
    body = rig.clearsigned(IDOR.body.replace("one.\n", "one.  \n"), "rita")
    return mail(rig.headers(IDOR.subject), text(re.sub(rb"[ \t]+\r\n", b"\r\n", body)))


@CASES.case(
    "signed-part-re-encoded", label("pgp-mime clear", ["bad"], None, says=[SSRF.phrase, SSRF.more])
)
def _re_encoded(rig: Rig) -> bytes:
    """A server that turned the signed 8bit text into base64."""
    raw = in_clear(rig, SSRF, "rita")
    how = b"Content-Transfer-Encoding: 8bit\r\n\r\n" + crlf(SSRF.body.encode())
    new = b"Content-Transfer-Encoding: base64\r\n\r\n" + wrapped(crlf(SSRF.body.encode()))
    assert how in raw
    return raw.replace(how, new)


@CASES.case(
    "signed-with-empty-lines-around-the-parts",
    label(
        "pgp-mime clear",
        ["good whole rita"],
        "rita",
        says=[RESET.phrase],
        never=["not signed at all"],
    ),
)
def _preamble(rig: Rig) -> bytes:
    """A preamble and an epilogue, as clients write for old programs; nobody is shown them."""
    raw = in_clear(rig, RESET, "rita")
    note = b"\r\n\r\nThis is an OpenPGP/MIME signed message (RFC 4880 and 3156)\r\n--=-s\r\n"
    return raw.replace(b"\r\n\r\n--=-s\r\n", note, 1) + b"\r\nnot signed at all\r\n"


@CASES.case(
    "signature-part-renamed",
    label("pgp-mime clear", ["good whole rita"], "rita", says=[REDIRECT.phrase]),
)
def _renamed(rig: Rig) -> bytes:
    raw = in_clear(rig, REDIRECT, "rita")
    old = b"application/pgp-signature; name=signature.asc"
    return raw.replace(old, b'application/octet-stream; name="ATT00001.asc"')
