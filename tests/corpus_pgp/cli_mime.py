"""PGP/MIME and its signatures, with the cryptography of the gpg command line."""

from __future__ import annotations

from .case import Cases, label
from .letters import encrypted, entity, file, group, html, mail, signed, text, wrapped
from .rig import Rig
from .texts import CSRF, IDOR, ORDER, ORDER_SAYS, POC, REDIRECT, RESET, SSRF, XSS, Story

CASES = Cases("gpg")


def sealed(rig: Rig, story: Story, signer: str = "rita", *options: str, sender: str = "") -> bytes:
    """A story as a PGP/MIME encrypted mail."""
    ciphertext = rig.seal(text(story.body), signer, *options)
    return mail(rig.headers(story.subject, sender or signer or "rita"), encrypted(ciphertext))


def in_clear(
    rig: Rig, story: Story, *signers: str, sender: str = "", digest: str = "SHA512"
) -> bytes:
    """A story as a PGP/MIME signed mail."""
    inner = text(story.body, "Content-Transfer-Encoding: 8bit")
    signature = rig.signature(inner, *signers, digest=digest)
    return mail(rig.headers(story.subject, sender or signers[0]), signed(inner, signature))


def _both(name: str, story: Story, signer: str, by: str | None, *signatures: str) -> None:
    CASES.add(
        name,
        lambda rig: sealed(rig, story, signer),
        label("pgp-mime opened", signatures, by, says=[story.phrase, story.more]),
    )


def _clear(
    name: str, story: Story, signers: str, by: str | None, *signatures: str, digest: str = "SHA512"
) -> None:
    CASES.add(
        name,
        lambda rig: in_clear(rig, story, *signers.split(), digest=digest),
        label("pgp-mime clear", signatures, by, says=[story.phrase, story.more]),
    )


_both("gpg-mime-encrypted-and-signed", XSS, "rita", "rita", "good whole rita")
_both("gpg-mime-encrypted-and-signed-by-rsa", IDOR, "ruben", "ruben", "good whole ruben")
_both("gpg-mime-encrypted-only", REDIRECT, "", None)
_both("gpg-mime-encrypted-signed-by-unknown-key", SSRF, "nobody", None, "unknown-key")
_both("gpg-mime-encrypted-signed-by-expired-key", RESET, "expired", None, "expired")
_both("gpg-mime-encrypted-signed-by-revoked-key", CSRF, "revoked", None, "revoked")
_clear("gpg-mime-signed", XSS, "rita", "rita", "good whole rita")
_clear("gpg-mime-signed-french", CSRF, "ruben", "ruben", "good whole ruben")
_clear("gpg-mime-signed-by-unknown-key", SSRF, "nobody", None, "unknown-key")
_clear("gpg-mime-signed-by-expired-key", RESET, "expired", None, "expired")
_clear("gpg-mime-signed-by-revoked-key", REDIRECT, "revoked", None, "revoked")
_clear("gpg-mime-signed-with-sha1", IDOR, "rita", None, "weak", digest="SHA1")
_clear("gpg-mime-signed-by-two-people", IDOR, "rita ruben", None, "good", "good")
_clear("gpg-mime-signed-by-two-one-unknown", XSS, "rita nobody", None, "good", "unknown-key")


@CASES.case(
    "gpg-mime-signed-by-two-one-bad",
    label("pgp-mime clear", ["good", "bad"], None, says=[RESET.phrase]),
)
def _two_one_bad(rig: Rig) -> bytes:
    inner = text(RESET.body)
    good = rig.gpg("--dearmor", stdin=rig.signature(inner, "rita"))
    bad = rig.gpg("--dearmor", stdin=rig.signature(b"something else\r\n", "ruben"))
    both = rig.gpg("--enarmor", stdin=good + bad).replace(b"PGP ARMORED FILE", b"PGP SIGNATURE")
    return mail(rig.headers(RESET.subject), signed(inner, both))


@CASES.case(
    "gpg-mime-signed-then-altered",
    label("pgp-mime clear", ["bad"], None, says=["No credit, vermin"]),
)
def _altered(rig: Rig) -> bytes:
    raw = in_clear(rig, IDOR, "rita")
    return raw.replace(b"No credit, please.", b"No credit, vermin.")


@CASES.case(
    "gpg-mime-member-signs-a-command",
    label("pgp-mime clear", ["good whole mona"], "mona", kind="member", says=[ORDER_SAYS]),
)
def _member(rig: Rig) -> bytes:
    inner = text(ORDER)
    part = signed(inner, rig.signature(inner, "mona"))
    return mail(rig.headers("Re: [MyKonci #7] XSS", "mona"), part)


@CASES.case(
    "gpg-mime-member-sealed-and-signed",
    label("pgp-mime opened", ["good whole mona"], "mona", kind="member", says=[ORDER_SAYS]),
)
def _member_sealed(rig: Rig) -> bytes:
    ciphertext = rig.seal(text(ORDER), "mona")
    return mail(rig.headers("Re: [MyKonci #7] XSS", "mona"), encrypted(ciphertext))


@CASES.case(
    "gpg-mime-encrypted-with-file-inside",
    label(
        "pgp-mime opened", ["good whole rita"], "rita", says=[IDOR.phrase], attachments=["poc.py"]
    ),
)
def _file_inside(rig: Rig) -> bytes:
    inner = group("mixed", text(IDOR.body), file("poc.py", POC, "text/x-python"))
    return mail(rig.headers(IDOR.subject), encrypted(rig.seal(inner, "rita")))


@CASES.case(
    "gpg-mime-encrypted-html-only-inside",
    label("pgp-mime opened", [], None, says=["fetches any URL", SSRF.more]),
)
def _html_inside(rig: Rig) -> bytes:
    inner = html("<html><body>" + SSRF.body.replace("\n", "<br>\n") + "</body></html>\n")
    return mail(rig.headers(SSRF.subject), encrypted(rig.seal(inner)))


@CASES.case(
    "gpg-mime-signed-inside-encrypted",
    label("pgp-mime opened", ["good whole rita"], "rita", says=[XSS.phrase, XSS.more]),
)
def _signed_inside(rig: Rig) -> bytes:
    """RFC 3156 section 6.1: first signed, then encrypted as its own layer."""
    inner = text(XSS.body)
    layer = signed(inner, rig.signature(inner, "rita"))
    return mail(rig.headers(XSS.subject), encrypted(rig.seal(layer)))


@CASES.case(
    "gpg-mime-encrypted-twice", label("pgp-mime opened", ["good rita"], says=[RESET.phrase])
)
def _twice(rig: Rig) -> bytes:
    layer = encrypted(rig.seal(text(RESET.body), "rita"), boundary="=-i")
    return mail(rig.headers(RESET.subject), encrypted(rig.seal(layer)))


@CASES.case(
    "gpg-mime-binary-ciphertext-in-base64",
    label("pgp-mime opened", ["good whole rita"], "rita", says=[REDIRECT.phrase]),
)
def _binary(rig: Rig) -> bytes:
    packets = rig.gpg("--dearmor", stdin=rig.seal(text(REDIRECT.body), "rita"))
    version = entity("application/pgp-encrypted", b"Version: 1\r\n")
    base64 = "Content-Transfer-Encoding: base64"
    data = entity("application/octet-stream", wrapped(packets), base64)
    kind = 'encrypted; protocol="application/pgp-encrypted"'
    return mail(rig.headers(REDIRECT.subject), group(kind, version, data))


@CASES.case(
    "gpg-pgp-test-encrypted",
    label("pgp-mime opened", ["good whole rita"], "rita", kind="pgp-test"),
)
def _test(rig: Rig) -> bytes:
    inner = text("Hello, this is only a PGP test. Can you read it?\n")
    return mail(rig.headers("PGP test"), encrypted(rig.seal(inner, "rita")))
