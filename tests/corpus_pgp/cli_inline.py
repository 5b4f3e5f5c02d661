"""Armor in the text of a mail, and encrypted files: people who use gpg by hand."""

from __future__ import annotations

from .case import Cases, label
from .letters import attached, entity, file, group, mail, quoted_printable, text, wrapped
from .rig import Rig, crlf
from .texts import COVER, COVER_SAYS, CSRF, IDOR, ORDER, ORDER_SAYS, POC, REDIRECT, RESET, SSRF, XSS

CASES = Cases("gpg")

_GOOD = ["good whole rita"]
_QP = "Content-Transfer-Encoding: quoted-printable"
_B64 = "Content-Transfer-Encoding: base64"


@CASES.case(
    "gpg-clearsigned",
    label("pgp-inline clear", _GOOD, "rita", says=[XSS.phrase, XSS.more], never=["BEGIN PGP"]),
)
def _clearsigned(rig: Rig) -> bytes:
    return mail(rig.headers(XSS.subject), text(rig.clearsigned(XSS.body, "rita")))


@CASES.case(
    "gpg-clearsigned-with-dashes",
    label(
        "pgp-inline clear",
        _GOOD,
        "rita",
        says=["--- Impact ---", "From there, anybody can read all invoices"],
        never=["- --- Impact", "BEGIN PGP"],
    ),
)
def _dashes(rig: Rig) -> bytes:
    body = (
        "--- What ---\nGET https://app.mykonci.com/api/invoices/7 does not check who asks.\n"
        "- log in as A\n- open invoice 7 of B\n"
        "--- Impact ---\nFrom there, anybody can read all invoices.\n"
    )
    return mail(rig.headers("IDOR in the invoices"), text(rig.clearsigned(body, "rita")))


@CASES.case(
    "gpg-clearsigned-french-quoted-printable",
    label("pgp-inline clear", ["good whole ruben"], "ruben", says=[CSRF.phrase, CSRF.more]),
)
def _french(rig: Rig) -> bytes:
    body = quoted_printable(rig.clearsigned(CSRF.body, "ruben"))
    root = entity("text/plain; charset=utf-8", body, _QP)
    return mail(rig.headers("CSRF sur app.mykonci.com", "ruben"), root)


@CASES.case(
    "gpg-clearsigned-french-latin1",
    label("pgp-inline clear", ["good part ruben"], None, says=[CSRF.phrase, CSRF.more]),
)
def _latin1(rig: Rig) -> bytes:
    """The header that names the charset is not signed: another one makes other letters of it."""
    body = rig.clearsigned(CSRF.body.encode("latin-1"), "ruben")
    root = entity("text/plain; charset=iso-8859-1", body, "Content-Transfer-Encoding: 8bit")
    return mail(rig.headers("CSRF sur app.mykonci.com", "ruben"), root)


@CASES.case(
    "gpg-clearsigned-by-two-people",
    label("pgp-inline clear", ["good", "good"], None, says=[IDOR.phrase]),
)
def _two(rig: Rig) -> bytes:
    return mail(rig.headers(IDOR.subject), text(rig.clearsigned(IDOR.body, "rita", "ruben")))


@CASES.case(
    "gpg-clearsigned-with-sha1",
    label("pgp-inline clear", ["weak"], None, says=[RESET.phrase]),
)
def _sha1(rig: Rig) -> bytes:
    return mail(
        rig.headers(RESET.subject), text(rig.clearsigned(RESET.body, "rita", digest="SHA1"))
    )


@CASES.case(
    "gpg-clearsigned-by-unknown-key",
    label(
        "pgp-inline clear",
        ["unknown-key"],
        None,
        says=[SSRF.phrase, SSRF.more],
        never=["BEGIN PGP"],
    ),
)
def _unknown(rig: Rig) -> bytes:
    body = rig.clearsigned(SSRF.body, "nobody")
    return mail(rig.headers(SSRF.subject, "nobody"), text(body))


@CASES.case(
    "gpg-clearsigned-then-altered",
    label("pgp-inline clear", ["bad"], None, says=["act with the session of any customer"]),
)
def _altered(rig: Rig) -> bytes:
    body = rig.clearsigned(XSS.body, "rita").replace(b"any colleague.", b"any customer.")
    return mail(rig.headers(XSS.subject), text(body))


@CASES.case(
    "gpg-clearsigned-member-command",
    label("pgp-inline clear", ["good whole mona"], "mona", kind="member", says=[ORDER_SAYS]),
)
def _member(rig: Rig) -> bytes:
    return mail(rig.headers("Re: [MyKonci #7]", "mona"), text(rig.clearsigned(ORDER, "mona")))


@CASES.case(
    "gpg-inline-encrypted",
    label("pgp-inline opened", [], None, says=[REDIRECT.phrase, REDIRECT.more]),
)
def _encrypted(rig: Rig) -> bytes:
    body = rig.seal(REDIRECT.body.encode())
    return mail(rig.headers(REDIRECT.subject), text(body, kind="text/plain"))


@CASES.case(
    "gpg-inline-encrypted-and-signed",
    label("pgp-inline opened", _GOOD, "rita", says=[IDOR.phrase, IDOR.more]),
)
def _both(rig: Rig) -> bytes:
    body = rig.seal(IDOR.body.encode(), "rita")
    return mail(rig.headers(IDOR.subject), text(body, kind="text/plain; charset=us-ascii"))


@CASES.case(
    "gpg-inline-encrypted-in-base64-body",
    label("pgp-inline opened", _GOOD, "rita", says=[SSRF.phrase]),
)
def _base64(rig: Rig) -> bytes:
    body = wrapped(crlf(rig.seal(SSRF.body.encode(), "rita")))
    return mail(rig.headers(SSRF.subject), entity("text/plain; charset=utf-8", body, _B64))


@CASES.case(
    "gpg-inline-encrypted-in-quoted-printable-body",
    label("pgp-inline opened", _GOOD, "rita", says=[XSS.phrase]),
)
def _printable(rig: Rig) -> bytes:
    body = quoted_printable(rig.seal(XSS.body.encode(), "rita"))
    return mail(rig.headers(XSS.subject), entity("text/plain; charset=utf-8", body, _QP))


@CASES.case(
    "gpg-inline-signed-without-encryption",
    label("pgp-inline clear", _GOOD, "rita", says=[RESET.phrase, RESET.more]),
)
def _opaque(rig: Rig) -> bytes:
    """`gpg --sign --armor`: an armored message that anybody can read."""
    body = rig.gpg("--armor", "--local-user", rig.keys["rita"], "--sign", stdin=RESET.body.encode())
    return mail(rig.headers(RESET.subject), text(body))


@CASES.case("gpg-inline-armor-of-plain-packets", label("clear", [], None, kind=None))
def _store(rig: Rig) -> bytes:
    """`gpg --store --armor`: looks encrypted, and is neither encrypted nor signed."""
    return mail(
        rig.headers(XSS.subject), text(rig.gpg("--armor", "--store", stdin=XSS.body.encode()))
    )


# --- files ----------------------------------------------------------------------------------------


def _sent(rig: Rig, *files: bytes, subject: str = IDOR.subject, body: str = COVER) -> bytes:
    return mail(rig.headers(subject), group("mixed", text(body), *files))


@CASES.case(
    "gpg-attached-asc",
    label("pgp-attachment opened", [], None, says=[COVER_SAYS], attachments=["report.txt"]),
)
def _asc(rig: Rig) -> bytes:
    data = rig.seal(IDOR.body.encode())
    return _sent(rig, attached("report.txt.asc", data, "application/pgp-encrypted"))


@CASES.case(
    "gpg-attached-asc-as-text-plain",
    label("pgp-attachment opened", [], None, says=[COVER_SAYS], attachments=["report.txt"]),
)
def _asc_text(rig: Rig) -> bytes:
    return _sent(rig, attached("report.txt.asc", rig.seal(IDOR.body.encode()), "text/plain"))


@CASES.case(
    "gpg-attached-gpg-binary",
    label("pgp-attachment opened", [], None, says=[COVER_SAYS], attachments=["poc.py"]),
)
def _binary(rig: Rig) -> bytes:
    return _sent(rig, file("poc.py.gpg", rig.gpg("--dearmor", stdin=rig.seal(POC))))


@CASES.case(
    "gpg-attached-pgp-signed-inside",
    label("pgp-attachment opened", ["good part rita"], None, attachments=["poc.py"]),
)
def _signed(rig: Rig) -> bytes:
    data = rig.gpg("--dearmor", stdin=rig.seal(POC, "rita"))
    return _sent(rig, file("poc.py.pgp", data, "application/octet-stream"))


@CASES.case(
    "gpg-attached-two-files-and-plain-report",
    label(
        "pgp-attachment opened",
        [],
        None,
        says=[SSRF.phrase, SSRF.more],
        attachments=["poc.py", "answer.txt"],
    ),
)
def _two_files(rig: Rig) -> bytes:
    poc = file("poc.py.gpg", rig.gpg("--dearmor", stdin=rig.seal(POC)))
    answer = attached("answer.txt.asc", rig.seal(b"ami-id\n"), "application/octet-stream")
    return _sent(rig, poc, answer, subject=SSRF.subject, body=SSRF.body)


@CASES.case(
    "gpg-attached-whole-report-without-any-text",
    label("pgp-attachment opened", attachments=["report.txt"]),
)
def _no_text(rig: Rig) -> bytes:
    data = rig.gpg("--dearmor", stdin=rig.seal(XSS.body.encode(), "rita"))
    return _sent(rig, file("report.txt.gpg", data), subject="Vulnerability report", body="\n")


@CASES.case(
    "gpg-attached-file-to-somebody-else",
    label("shut", [], None, says=[SSRF.phrase], attachments=["poc.py.gpg"]),
)
def _elsewhere(rig: Rig) -> bytes:
    data = rig.gpg("--dearmor", stdin=rig.seal(POC, to="ruben"))
    return _sent(rig, file("poc.py.gpg", data), subject=SSRF.subject, body=SSRF.body)


@CASES.case(
    "gpg-attached-signature-beside-the-file",
    label("", None, None, says=[IDOR.phrase], attachments=["poc.py", "poc.py.sig"]),
)
def _beside(rig: Rig) -> bytes:
    signature = rig.gpg("--dearmor", stdin=rig.signature(POC, "rita"))
    files = file("poc.py", POC, "text/x-python"), file("poc.py.sig", signature)
    return _sent(rig, *files, body=IDOR.body)


@CASES.case(
    "gpg-attached-armored-signature-beside-the-file",
    label("", None, None, says=[IDOR.phrase], attachments=["poc.py", "poc.py.asc"]),
)
def _beside_asc(rig: Rig) -> bytes:
    signature = attached("poc.py.asc", rig.signature(POC, "rita"), "application/pgp-signature")
    return _sent(rig, file("poc.py", POC, "text/x-python"), signature, body=IDOR.body)


@CASES.case(
    "gpg-attached-clearsigned-file",
    label("", None, None, says=[COVER_SAYS], never=[RESET.more]),
)
def _clearsigned_file(rig: Rig) -> bytes:
    data = rig.clearsigned(RESET.body, "rita")
    return _sent(rig, attached("report.txt.asc", data, "text/plain"))


# --- keys -----------------------------------------------------------------------------------------


@CASES.case(
    "gpg-key-attached-to-plain-report",
    label("none clear", [], None, says=[XSS.phrase], attachments=["pgp.asc"]),
)
def _key(rig: Rig) -> bytes:
    key = attached("pgp.asc", rig.public_key("rita"), "application/pgp-keys")
    return _sent(rig, key, subject=XSS.subject, body=XSS.body)


@CASES.case(
    "gpg-key-request-with-key-in-the-text", label("none clear", [], None, kind="key-request")
)
def _key_in_text(rig: Rig) -> bytes:
    body = "Hello, please send me your PGP key. Mine is below.\n\n"
    data = crlf(body.encode() + rig.public_key("ruben"))
    return mail(rig.headers("PGP key?", "ruben"), text(data))


@CASES.case(
    "gpg-clearsigned-with-key-in-the-text-below",
    label("clear", ["good rita"], None, says=[IDOR.phrase, IDOR.more]),
)
def _key_below(rig: Rig) -> bytes:
    body = rig.clearsigned(IDOR.body, "rita") + b"\r\n" + crlf(rig.public_key("rita"))
    return mail(rig.headers(IDOR.subject), text(body))
