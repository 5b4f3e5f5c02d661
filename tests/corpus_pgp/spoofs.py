"""Mails that want to look signed by somebody who did not say this. Eve has old mails of Mona's."""

from __future__ import annotations

import re

from .case import Cases, Label, label
from .cli_keys import armored
from .letters import encrypted, entity, forwarded, group, html, mail, signed, text
from .rig import Rig, crlf
from .texts import FAKE, FAKE_SAYS, ORDER, ORDER_SAYS, XSS

CASES = Cases("mutation")

_NOT_A_MEMBER: Label = {"absent": ["member"]}
_SUBJECT = "Re: [MyKonci #7]"


def _spoof(
    says: tuple[str, ...] = (FAKE_SAYS,), signatures: list[str] | None = None, **more: str
) -> Label:
    """Nobody signed all of it, so it is no member's voice; but people see what it says."""
    return label("", signatures, None, kind=_NOT_A_MEMBER, says=says, **more)  # type: ignore[arg-type]


def _real(rig: Rig, body: str = ORDER, boundary: str = "=-m") -> bytes:
    """What Mona really signed, as a multipart/signed entity."""
    inner = text(body)
    return signed(inner, rig.signature(inner, "mona"), boundary=boundary)


def _as_mona(rig: Rig, root: bytes) -> bytes:
    return mail(rig.headers(_SUBJECT, "mona"), root)


def _mixed(name: str, *kinds: str) -> None:
    """Parts side by side: "fake" text and what is "real"."""

    def make(rig: Rig) -> bytes:
        parts = [_real(rig) if kind == "real" else text(FAKE) for kind in kinds]
        return _as_mona(rig, group("mixed", *parts))

    CASES.add(name, make, _spoof())


_mixed("spoof-unsigned-text-before-signed-part", "fake", "real")
_mixed("spoof-unsigned-text-after-signed-part", "real", "fake")
_mixed("spoof-unsigned-text-between-signed-parts", "real", "fake", "real")


def _around(name: str, before: str, after: str, wanted: Label | None = None) -> None:
    def make(rig: Rig) -> bytes:
        return _as_mona(
            rig, text(before.encode() + rig.clearsigned(ORDER, "mona") + after.encode())
        )

    CASES.add(name, make, wanted or _spoof())


_around("spoof-text-before-clearsigned", FAKE + "\n", "")
_around("spoof-text-after-clearsigned", "", "\n" + FAKE)
_around("spoof-text-far-below-clearsigned", "", "\n" * 200 + FAKE)


@CASES.case("spoof-text-between-two-clearsigned", _spoof())
def _between(rig: Rig) -> bytes:
    one = rig.clearsigned(ORDER, "mona")
    return _as_mona(rig, text(one + b"\r\n" + FAKE.encode() + b"\r\n" + one))


@CASES.case("spoof-clearsigned-block-quoted", _spoof())
def _quoted(rig: Rig) -> bytes:
    quoted = re.sub(rb"(?m)^", b"> ", rig.clearsigned(ORDER, "mona").strip())
    return _as_mona(rig, text(FAKE.encode() + b"\r\nMona wrote:\r\n" + quoted + b"\r\n"))


@CASES.case(
    "spoof-clearsigned-with-text-in-armor-header",
    _spoof(
        (),
    ),
)
def _armor_header(rig: Rig) -> bytes:
    line = b"Hash: SHA512\r\n"
    block = rig.clearsigned(ORDER, "mona")
    return _as_mona(rig, text(block.replace(line, line + b"NotDashEscaped: " + FAKE.encode(), 1)))


@CASES.case("spoof-clearsigned-cut-open-by-a-fake-begin", _spoof())
def _fake_begin(rig: Rig) -> bytes:
    begin = b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\n"
    return _as_mona(rig, text(begin + FAKE.encode() + b"\r\n" + rig.clearsigned(ORDER, "mona")))


@CASES.case("spoof-signed-mail-attached-as-rfc822", _spoof())
def _rfc822(rig: Rig) -> bytes:
    return _as_mona(rig, group("mixed", text(FAKE), forwarded(_as_mona(rig, _real(rig)))))


@CASES.case("spoof-signed-mail-is-the-whole-rfc822", _spoof(()))
def _only_rfc822(rig: Rig) -> bytes:
    """A mail that is nothing but another mail inside."""
    return _as_mona(rig, entity("message/rfc822", _as_mona(rig, _real(rig))))


@CASES.case("spoof-three-parts-in-multipart-signed", _spoof())
def _three(rig: Rig) -> bytes:
    inner = text(ORDER)
    return _as_mona(rig, signed(inner, rig.signature(inner, "mona"), text(FAKE)))


@CASES.case("spoof-unsigned-first-part-in-multipart-signed", _spoof())
def _wrong_first(rig: Rig) -> bytes:
    """The signature fits the second part, the first one is the forger's."""
    inner = text(ORDER)
    signature = crlf(rig.signature(inner, "mona"))
    parts = text(FAKE), inner, entity("application/pgp-signature", signature)
    kind = 'signed; micalg=pgp-sha512; protocol="application/pgp-signature"'
    return _as_mona(rig, group(kind, *parts))


@CASES.case("spoof-other-text-under-a-real-signature", _spoof(signatures=["bad"]))
def _other_text(rig: Rig) -> bytes:
    return _as_mona(rig, signed(text(FAKE), rig.signature(text(ORDER), "mona")))


@CASES.case("spoof-opaque-signed-message-as-signature", _spoof())
def _opaque(rig: Rig) -> bytes:
    """The signature part holds a whole signed message of Mona's, which is good by itself."""
    whole = rig.gpg("--armor", "--local-user", rig.keys["mona"], "--sign", stdin=ORDER.encode())
    return _as_mona(rig, signed(text(FAKE), whole))


@CASES.case("spoof-clearsigned-message-as-signature", _spoof())
def _clear_as_signature(rig: Rig) -> bytes:
    return _as_mona(rig, signed(text(FAKE), rig.clearsigned(ORDER, "mona")))


@CASES.case("spoof-two-signatures-one-of-them-bad", _spoof((ORDER_SAYS,)))
def _one_bad(rig: Rig) -> bytes:
    inner = text(ORDER)
    good = rig.gpg("--dearmor", stdin=rig.signature(inner, "evil"))
    bad = rig.gpg("--dearmor", stdin=rig.signature(text("Thanks.\n"), "mona"))
    both = armored(rig, bad + good).replace(b"PGP MESSAGE", b"PGP SIGNATURE")
    return _as_mona(rig, signed(inner, both))


@CASES.case("spoof-signature-file-beside-unsigned-text", _spoof())
def _loose_signature(rig: Rig) -> bytes:
    loose = entity(
        "application/pgp-signature; name=signature.asc", crlf(rig.signature(text(ORDER), "mona"))
    )
    return _as_mona(rig, group("mixed", text(FAKE), loose))


# --- who signed -----------------------------------------------------------------------------------


def _whole(name: str, signer: str, sender: str, kind: Label | str | None) -> None:
    """The signature is good, and tells who signed, whatever From says."""

    def make(rig: Rig) -> bytes:
        inner = text(ORDER)
        part = signed(inner, rig.signature(inner, signer))
        return mail(rig.headers(_SUBJECT, sender), part)

    wanted = label("pgp-mime clear", [f"good whole {signer}"], signer, kind=kind, says=[ORDER_SAYS])
    CASES.add(name, make, wanted)


_whole("spoof-from-member-signed-by-researcher", "rita", "mona", _NOT_A_MEMBER)
_whole("spoof-from-member-signed-by-key-with-her-name", "fake-mona", "mona", _NOT_A_MEMBER)
_whole("spoof-user-id-that-speaks-like-gpg", "evil", "evil", _NOT_A_MEMBER)
_whole("spoof-from-stranger-signed-by-member", "mona", "evil", None)


@CASES.case(
    "spoof-file-name-that-speaks-like-gpg",
    label("pgp-mime opened", [], None, kind=_NOT_A_MEMBER, says=[FAKE_SAYS]),
)
def _file_name(rig: Rig) -> bytes:
    mona = rig.keys["mona"]
    lines = (
        "[GNUPG:] NEWSIG",
        f"[GNUPG:] GOODSIG {mona[-16:]} Mona Member <mona@mykonci.com>",
        f"[GNUPG:] VALIDSIG {mona} 2026-01-06 1767690000 0 4 0 22 10 00 {mona}",
        "[GNUPG:] TRUST_ULTIMATE 0 pgp",
    )
    name = "x\n" + "\n".join(lines)[:250]
    ciphertext = rig.seal(text(FAKE), "", "--set-filename", name)
    return _as_mona(rig, encrypted(ciphertext))


@CASES.case(
    "spoof-plaintext-that-speaks-like-gpg", label("pgp-mime opened", [], None, kind=_NOT_A_MEMBER)
)
def _plaintext(rig: Rig) -> bytes:
    mona = rig.keys["mona"]
    said = (
        f"[GNUPG:] GOODSIG {mona[-16:]} Mona\n[GNUPG:] VALIDSIG {mona} 0 0 0 4 0 22 10 00 {mona}\n"
    )
    return _as_mona(rig, encrypted(rig.seal(text(said + FAKE))))


# --- layers ---------------------------------------------------------------------------------------


@CASES.case("spoof-partly-signed-inside-encrypted", _spoof())
def _partly(rig: Rig) -> bytes:
    inner = group("mixed", text(FAKE), _real(rig))
    return _as_mona(rig, encrypted(rig.seal(inner)))


@CASES.case("spoof-signed-around-somebody-elses-ciphertext", _spoof((XSS.phrase,)))
def _over_ciphertext(rig: Rig) -> bytes:
    """Eve signs Rita's ciphertext, which she cannot read: she did not say what is inside."""
    layer = encrypted(rig.seal(text(XSS.body), "rita"))
    root = signed(layer, rig.signature(layer, "evil"))
    return mail(rig.headers("A finding of mine", "evil"), root)


@CASES.case("spoof-signed-around-unsigned-ciphertext", _spoof((XSS.phrase,)))
def _over_unsigned(rig: Rig) -> bytes:
    """Who signs ciphertext need not know what is in it."""
    layer = encrypted(rig.seal(text(XSS.body)))
    return mail(rig.headers("A finding", "evil"), signed(layer, rig.signature(layer, "evil")))


@CASES.case("spoof-alternative-of-unsigned-text-and-signed-html", _spoof())
def _alternative(rig: Rig) -> bytes:
    page = html(f"<p>{ORDER}</p>\n")
    part = signed(page, rig.signature(page, "mona"), boundary="=-m")
    return _as_mona(rig, group("alternative", text(FAKE), part))


@CASES.case("spoof-html-hides-the-signed-part", _spoof())
def _hiding(rig: Rig) -> bytes:
    start = html(f"<p>{FAKE}</p><div style='display:none'>\n")
    return _as_mona(rig, group("mixed", start, _real(rig), html("</div>\n")))


@CASES.case("spoof-related-with-signed-part-as-picture", _spoof())
def _related(rig: Rig) -> bytes:
    page = html(f'<p>{FAKE}</p><img src="cid:signed">\n')
    return _as_mona(rig, group("related", page, _real(rig)))
