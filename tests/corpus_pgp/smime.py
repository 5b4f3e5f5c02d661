"""S/MIME, which is not ours to open: made with openssl, or only shaped like it."""

from __future__ import annotations

from pathlib import Path

from tests.interop.common import run

from .case import Cases, label
from .letters import entity, group, mail, text, wrapped
from .rig import Rig, crlf
from .texts import IDOR, REDIRECT, RESET, SSRF, XSS

CASES = Cases("openssl")

_B64 = "Content-Transfer-Encoding: base64"


def _certificate(rig: Rig) -> tuple[Path, Path]:
    key, certificate = rig.root / "smime.key", rig.root / "smime.pem"
    if not certificate.exists():
        subject = "/CN=Rita Researcher/emailAddress=rita@example.org"
        words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650"]
        run([*words, "-subj", subject, "-keyout", key, "-out", certificate])
    return key, certificate


def _smime(rig: Rig, inner: bytes, *words: str) -> bytes:
    """The MIME entity that `openssl smime` writes."""
    key, certificate = _certificate(rig)
    signer = ["-signer", str(certificate), "-inkey", str(key)] if "-sign" in words else []
    to = [str(certificate)] if "-encrypt" in words else []
    made = crlf(run(["openssl", "smime", *words, *signer, *to], stdin=inner).stdout)
    return made.replace(b"MIME-Version: 1.0\r\n", b"", 1)


_SHUT = "smime shut"


@CASES.case("smime-signed-p7s", label("smime clear", [], None, says=[XSS.phrase, XSS.more]))
def _signed(rig: Rig) -> bytes:
    return mail(rig.headers(XSS.subject), _smime(rig, text(XSS.body), "-sign"))


@CASES.case("smime-enveloped-p7m", label(_SHUT, [], None, kind=None))
def _enveloped(rig: Rig) -> bytes:
    inner = _smime(rig, text(IDOR.body), "-encrypt", "-aes256")
    return mail(rig.headers(IDOR.subject), inner)


@CASES.case("smime-enveloped-x-pkcs7-without-type", label(_SHUT, [], None, kind=None))
def _without_type(rig: Rig) -> bytes:
    inner = _smime(rig, text(IDOR.body), "-encrypt", "-aes256")
    body = inner.partition(b"\r\n\r\n")[2]
    root = entity('application/x-pkcs7-mime; name="smime.p7m"', body, _B64)
    return mail(rig.headers(IDOR.subject), root)


@CASES.case("smime-enveloped-as-octet-stream", label(_SHUT, [], None, kind=None))
def _octets(rig: Rig) -> bytes:
    """As gateways label it: RFC 8551 section 3.8 tells it by the file's name."""
    inner = _smime(rig, text(IDOR.body), "-encrypt", "-aes256")
    body = inner.partition(b"\r\n\r\n")[2]
    name = 'Content-Disposition: attachment; filename="smime.p7m"'
    root = entity('application/octet-stream; name="smime.p7m"', body, _B64, name)
    return mail(rig.headers(IDOR.subject), root)


@CASES.case("smime-opaque-signed-p7m", label("smime clear", [], None, says=[RESET.phrase]))
def _opaque(rig: Rig) -> bytes:
    """Not encrypted: Outlook sends it so when told not to sign in the clear."""
    inner = _smime(rig, text(RESET.body), "-sign", "-nodetach")
    return mail(rig.headers(RESET.subject), inner)


@CASES.case("smime-opaque-signed-in-pieces", label("smime clear", [], None, says=[XSS.phrase]))
def _pieces(rig: Rig) -> bytes:
    """Indefinite lengths, as programs write that do not know the size beforehand."""
    inner = _smime(rig, text(XSS.body), "-sign", "-nodetach", "-stream")
    return mail(rig.headers(XSS.subject), inner)


@CASES.case("smime-certificates-only", label("smime clear", [], None, kind=None))
def _certificates(rig: Rig) -> bytes:
    _, certificate = _certificate(rig)
    words = ["openssl", "crl2pkcs7", "-nocrl", "-outform", "DER", "-certfile", str(certificate)]
    kind = 'application/pkcs7-mime; smime-type=certs-only; name="smime.p7c"'
    made = run(words).stdout
    return mail(rig.headers("my certificate"), entity(kind, wrapped(made), _B64))


@CASES.case("smime-fake-p7m-of-garbage", label(_SHUT, [], None, kind=None))
def _fake(rig: Rig) -> bytes:
    kind = 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'
    return mail(rig.headers("report"), entity(kind, wrapped(b"not ASN.1 at all" * 9), _B64))


@CASES.case("smime-p7s-attached-to-plain-report", label("", [], None, says=[SSRF.phrase]))
def _loose(rig: Rig) -> bytes:
    signature = entity(
        'application/pkcs7-signature; name="smime.p7s"',
        wrapped(b"fake" * 99),
        _B64,
        'Content-Disposition: attachment; filename="smime.p7s"',
    )
    return mail(rig.headers(SSRF.subject), group("mixed", text(SSRF.body), signature))


@CASES.case(
    "smime-signed-around-pgp-inline", label("opened", ["good rita"], says=[REDIRECT.phrase])
)
def _around(rig: Rig) -> bytes:
    """Company mail programs sign everything with S/MIME, also armor that a person pasted."""
    armor = rig.seal(REDIRECT.body.encode(), "rita")
    return mail(rig.headers(REDIRECT.subject), _smime(rig, text(armor), "-sign"))
