"""What people send from scripts with swaks, caught by a sink."""

from __future__ import annotations

from tests.interop.common import LOOPBACK, program, run
from tests.interop.sinks import Sink

from .case import Cases, label
from .rig import TEAM, Rig
from .texts import COVER, COVER_SAYS, IDOR, POC, RESET, SSRF, XSS

CASES = Cases("swaks")


def _sent(rig: Rig, subject: str, body: bytes, *files: tuple[str, str, bytes]) -> bytes:
    """swaks with a body, and files as (type, name, data) that it attaches."""
    text = rig.root / "swaks.txt"
    text.write_bytes(body)
    with Sink() as sink:
        words = [program("swaks"), "--server", LOOPBACK, "--port", str(sink.port), "--to", TEAM]
        words += ["--from", "rita@example.org", "--h-Subject", subject, "--body", f"@{text}"]
        words += ["--helo", "client.example.org"]
        for kind, name, data in files:
            path = rig.root / name
            path.write_bytes(data)
            words += ["--attach-type", kind, "--attach-name", name, "--attach", f"@{path}"]
        run(words)
        return sink.wait_for_mails(1)[0].content


@CASES.case(
    "swaks-attached-ciphertext",
    label("pgp-attachment opened", [], None, says=[COVER_SAYS], attachments=["report.txt"]),
)
def _ciphertext(rig: Rig) -> bytes:
    data = rig.gpg("--dearmor", stdin=rig.seal(XSS.body.encode()))
    file = ("application/octet-stream", "report.txt.gpg", data)
    return _sent(rig, XSS.subject, COVER.encode(), file)


@CASES.case(
    "swaks-attached-armor-and-picture",
    label("pgp-attachment opened", [], None, says=[SSRF.phrase], attachments=["poc.py", "a.png"]),
)
def _two(rig: Rig) -> bytes:
    armor = ("application/pgp-encrypted", "poc.py.asc", rig.seal(POC))
    picture = ("image/png", "a.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    return _sent(rig, SSRF.subject, SSRF.body.encode(), armor, picture)


@CASES.case(
    "swaks-body-is-armor",
    label("pgp-inline opened", ["good whole rita"], "rita", says=[IDOR.phrase]),
)
def _armor(rig: Rig) -> bytes:
    return _sent(rig, IDOR.subject, rig.seal(IDOR.body.encode(), "rita"))


@CASES.case(
    "swaks-body-is-clearsigned",
    label("pgp-inline clear", ["good whole rita"], "rita", says=[RESET.phrase, RESET.more]),
)
def _clearsigned(rig: Rig) -> bytes:
    return _sent(rig, RESET.subject, rig.clearsigned(RESET.body, "rita"))


@CASES.case(
    "swaks-key-attached-to-plain-report",
    label("none clear", [], None, says=[XSS.phrase], attachments=["rita.asc"]),
)
def _key(rig: Rig) -> bytes:
    key = ("application/pgp-keys", "rita.asc", rig.public_key("rita"))
    return _sent(rig, XSS.subject, XSS.body.encode(), key)
