"""Subjects and keys that travel inside: protected headers, RFC 9788, Autocrypt, legacy display."""

from __future__ import annotations

import base64

from .case import Cases, label
from .letters import attached, encrypted, entity, file, group, html, mail, signed, text
from .rig import Rig
from .texts import CSRF, IDOR, POC, REDIRECT, RESET, SSRF, XSS, Story

CASES = Cases("mutation")

_GOOD = ["good whole rita"]


def _sealed(rig: Rig, inner: bytes, signer: str = "rita", outer: str = "...", **more: str) -> bytes:
    headers = rig.headers(outer, signer or "rita", **more)
    return mail(headers, encrypted(rig.seal(inner, signer)))


def _wanted(story: Story, *never: str, outer: str = "...") -> dict[str, object]:
    return label(
        "pgp-mime opened",
        _GOOD,
        "rita",
        says=[story.phrase, story.more],
        never=never,
        subject=outer,
        protected=story.subject,
    )


@CASES.case("protected-subject-v1", _wanted(XSS, "Subject:"))
def _v1(rig: Rig) -> bytes:
    kind = 'text/plain; charset=utf-8; protected-headers="v1"'
    return _sealed(rig, text(XSS.body, f"Subject: {XSS.subject}", kind=kind))


@CASES.case("protected-subject-v1-against-forged-outer", _wanted(XSS, outer="Unsubscribe me"))
def _forged(rig: Rig) -> bytes:
    kind = 'text/plain; charset=utf-8; protected-headers="v1"'
    inner = text(XSS.body, f"Subject: {XSS.subject}", kind=kind)
    return _sealed(rig, inner, outer="Unsubscribe me")


@CASES.case(
    "protected-subject-v1-encoded-words",
    label(
        "pgp-mime opened", _GOOD, "rita", protected=CSRF.subject + " d\u00e9j\u00e0 cr\u00e9\u00e9"
    ),
)
def _encoded(rig: Rig) -> bytes:
    words = base64.b64encode((CSRF.subject + " d\u00e9j\u00e0 cr\u00e9\u00e9").encode()).decode()
    inner = text(
        CSRF.body,
        f"Subject: =?utf-8?B?{words[:40]}?=",
        f" =?utf-8?B?{words[40:]}?=",
        kind='text/plain; charset=utf-8; protected-headers="v1"',
    )
    return _sealed(rig, inner)


@CASES.case("legacy-display-part-rfc822-headers", _wanted(IDOR, "Subject: IDOR"))
def _legacy(rig: Rig) -> bytes:
    """Memory Hole: the first part repeats the subject for clients which do not know of it."""
    legacy = entity(
        'text/rfc822-headers; protected-headers="v1"; charset="us-ascii"',
        f"Subject: {IDOR.subject}\r\n".encode(),
        "Content-Disposition: inline",
    )
    kind = 'mixed; protected-headers="v1"'
    fields = (f"Subject: {IDOR.subject}",)
    return _sealed(rig, group(kind, legacy, text(IDOR.body), fields=fields))


@CASES.case("legacy-display-part-text-plain", _wanted(RESET, "Subject: Password"))
def _legacy_text(rig: Rig) -> bytes:
    """The later form of the same (draft-autocrypt-lamps-protected-headers)."""
    legacy = text(
        f"Subject: {RESET.subject}\n",
        "Content-Disposition: inline",
        kind='text/plain; protected-headers="v1"; charset="us-ascii"',
    )
    kind = 'mixed; protected-headers="v1"'
    fields = (f"Subject: {RESET.subject}",)
    return _sealed(rig, group(kind, legacy, text(RESET.body), fields=fields))


@CASES.case("protected-subject-v1-on-multipart-with-file", _wanted(IDOR) | {"_why": "file inside"})
def _with_file(rig: Rig) -> bytes:
    kind = 'mixed; protected-headers="v1"'
    parts = text(IDOR.body), file("poc.py", POC, "text/x-python")
    return _sealed(rig, group(kind, *parts, fields=(f"Subject: {IDOR.subject}",)))


def _cipher(rig: Rig, story: Story, *more: str, kind: str = "text/plain; charset=utf-8") -> tuple[str, ...]:  # fmt: skip
    """Header fields of a payload of RFC 9788, with what the outside was given."""
    headers = rig.headers("[...]")
    inner = [f"{k}: {v}" for k, v in (headers | {"Subject": story.subject}).items()]
    return (*inner, *[f"HP-Outer: {k}: {v}" for k, v in headers.items()], *more)


@CASES.case("rfc9788-hp-cipher", _wanted(SSRF, "HP-Outer", outer="[...]"))
def _hp_cipher(rig: Rig) -> bytes:
    kind = 'text/plain; charset=utf-8; hp="cipher"'
    return _sealed(rig, text(SSRF.body, *_cipher(rig, SSRF), kind=kind), outer="[...]")


@CASES.case("rfc9788-hp-cipher-legacy-display", _wanted(SSRF, "Subject: SSRF", outer="[...]"))
def _hp_legacy(rig: Rig) -> bytes:
    kind = 'text/plain; charset=utf-8; hp-legacy-display="1"; hp="cipher"'
    body = f"Subject: {SSRF.subject}\n\n{SSRF.body}"
    return _sealed(rig, text(body, *_cipher(rig, SSRF), kind=kind), outer="[...]")


@CASES.case(
    "rfc9788-hp-cipher-legacy-display-html", _wanted(RESET, "Subject: Password", outer="[...]")
)
def _hp_legacy_html(rig: Rig) -> bytes:
    legacy = (
        f'<div class="header-protection-legacy-display"><pre>Subject: {RESET.subject}</pre></div>'
    )
    page = "<html><body>" + legacy + RESET.body.replace("\n", "<br>\n") + "</body></html>\n"
    kind = 'text/html; charset=utf-8; hp-legacy-display="1"; hp="cipher"'
    return _sealed(rig, text(page, *_cipher(rig, RESET), kind=kind), outer="[...]")


@CASES.case(
    "rfc9788-hp-clear-signed",
    label("pgp-mime clear", _GOOD, "rita", says=[REDIRECT.phrase], protected=REDIRECT.subject),
)
def _hp_clear(rig: Rig) -> bytes:
    fields = [f"{k}: {v}" for k, v in rig.headers(REDIRECT.subject).items()]
    inner = text(REDIRECT.body, *fields, kind='text/plain; charset=utf-8; hp="clear"')
    return mail(rig.headers(REDIRECT.subject), signed(inner, rig.signature(inner, "rita")))


@CASES.case(
    "rfc9788-hp-clear-outer-subject-changed",
    label("pgp-mime clear", _GOOD, "rita", subject="[SPAM?] hello", protected=REDIRECT.subject),
)
def _hp_clear_changed(rig: Rig) -> bytes:
    fields = [f"{k}: {v}" for k, v in rig.headers(REDIRECT.subject).items()]
    inner = text(REDIRECT.body, *fields, kind='text/plain; charset=utf-8; hp="clear"')
    return mail(rig.headers("[SPAM?] hello"), signed(inner, rig.signature(inner, "rita")))


@CASES.case(
    "protected-headers-on-unsigned-unencrypted-mail",
    label("none clear", [], None, says=[XSS.phrase], subject=XSS.subject, protected=None),
)
def _unprotected(rig: Rig) -> bytes:
    """Words of protection with nothing that protects."""
    root = text(XSS.body, kind='text/plain; charset=utf-8; protected-headers="v1"; hp="clear"')
    return mail(rig.headers(XSS.subject), root)


# --- keys that come along -------------------------------------------------------------------------


@CASES.case(
    "autocrypt-header-of-a-new-sender",
    label("pgp-mime opened", ["good whole nora"], "nora", says=[RESET.phrase]),
)
def _autocrypt(rig: Rig) -> bytes:
    minimal = ("--export-options", "export-minimal", "--export", rig.keys["nora"])
    data = base64.encodebytes(rig.gpg(*minimal)).decode().strip().replace("\n", "\r\n ")
    value = f"addr=nora@example.net; prefer-encrypt=mutual; keydata=\r\n {data}"
    return _sealed(rig, text(RESET.body), "nora", RESET.subject, Autocrypt=value)


@CASES.case(
    "key-of-a-new-sender-inside-encrypted",
    label("pgp-mime opened", ["good whole nils"], "nils", says=[SSRF.phrase]),
)
def _inside(rig: Rig) -> bytes:
    name = f"OpenPGP_0x{rig.keys['nils'][-16:]}.asc"
    key = attached(name, rig.public_key("nils"), "application/pgp-keys")
    return _sealed(rig, group("mixed", text(SSRF.body), key), "nils", SSRF.subject)


@CASES.case(
    "autocrypt-gossip-is-nobodys-key",
    label("pgp-mime opened", ["unknown-key"], None, says=[XSS.phrase]),
)
def _broken(rig: Rig) -> bytes:
    """An Autocrypt header with damaged key data changes nothing."""
    value = "addr=norbert@example.net; keydata=bm90IGEga2V5"
    return _sealed(rig, text(XSS.body), "nobody", XSS.subject, Autocrypt=value)


@CASES.case("html-and-text-inside-with-protected-subject", _wanted(IDOR))
def _alternative(rig: Rig) -> bytes:
    page = html("<html><body>" + IDOR.body.replace("\n", "<br>\n") + "</body></html>\n")
    kind = 'alternative; protected-headers="v1"'
    inner = group(kind, text(IDOR.body), page, fields=(f"Subject: {IDOR.subject}",))
    return _sealed(rig, inner)
