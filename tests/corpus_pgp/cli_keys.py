"""What gpg can be told when it encrypts: recipients, subkeys, passphrases, integrity."""

from __future__ import annotations

import re

from tests.interop.common import run

from .case import Cases, label
from .cli_mime import sealed
from .letters import encrypted, mail, text
from .rig import Rig, crlf
from .texts import CSRF, IDOR, REDIRECT, RESET, SSRF, XSS, Story

CASES = Cases("gpg")


def _mail(rig: Rig, story: Story, ciphertext: bytes) -> bytes:
    return mail(rig.headers(story.subject), encrypted(ciphertext))


def _options(name: str, story: Story, *options: str, to: str = "team") -> None:
    """A signed report, sealed with these options."""

    def make(rig: Rig) -> bytes:
        words = [rig.keys.get(word, word) for word in options]
        return _mail(rig, story, rig.seal(text(story.body), "rita", *words, to=to))

    CASES.add(
        name,
        make,
        label("pgp-mime opened", ["good whole rita"], "rita", says=[story.phrase, story.more]),
    )


_options("gpg-hidden-recipient", XSS, "--hidden-recipient", "team", to="")
_options("gpg-throw-keyids-two-recipients", IDOR, "--throw-keyids", "--recipient", "ruben")
_options("gpg-two-recipients", REDIRECT, "--recipient", "ruben", "--recipient", "rita")
_options("gpg-compressed-with-bzip2", SSRF, "--compress-algo", "bzip2")
_options("gpg-uncompressed", SSRF, "--compress-algo", "none")
_options("gpg-text-mode-comment-and-version", CSRF, "--textmode", "--comment", "no: comment", "--emit-version")  # fmt: skip
_options("gpg-embedded-file-name", RESET, "--set-filename", "report.txt")
_options("gpg-for-your-eyes-only", XSS, "--for-your-eyes-only")


def subkeys(rig: Rig) -> list[str]:
    """Fingerprints of the team's encryption subkeys, oldest first."""
    listing = rig.gpg("--with-colons", "--list-keys", rig.keys["team"]).decode()
    rows = [line.split(":") for line in listing.splitlines()]
    pairs = zip(rows, rows[1:], strict=False)
    found = [(one[5], after[9]) for one, after in pairs if one[0] == "sub"]
    return [fingerprint for _, fingerprint in sorted(found)]


@CASES.case(
    "gpg-to-the-older-subkey",
    label("pgp-mime opened", ["good whole rita"], "rita", says=[RESET.phrase]),
)
def _older(rig: Rig) -> bytes:
    ciphertext = rig.seal(text(RESET.body), "rita", "-r", subkeys(rig)[0] + "!", to="")
    return _mail(rig, RESET, ciphertext)


@CASES.case("gpg-to-somebody-else", label("pgp-mime shut", [], None, kind=None, never=[XSS.phrase]))
def _elsewhere(rig: Rig) -> bytes:
    return _mail(rig, XSS, rig.seal(text(XSS.body), "rita", to="ruben"))


def _symmetric(rig: Rig, story: Story, *more: str) -> bytes:
    secret = ("--pinentry-mode", "loopback", "--passphrase", "correct horse")
    return _mail(
        rig, story, rig.gpg("--armor", *secret, "--symmetric", *more, stdin=text(story.body))
    )


CASES.add(
    "gpg-passphrase-only",
    lambda rig: _symmetric(rig, IDOR),
    label("pgp-mime shut", [], None, kind=None, never=[IDOR.phrase]),
)
CASES.add(
    "gpg-passphrase-or-our-key",
    lambda rig: _symmetric(rig, IDOR, "--encrypt", "--recipient", rig.keys["team"]),
    label("pgp-mime opened", [], None, says=[IDOR.phrase]),
)


# --- integrity ------------------------------------------------------------------------------------


def packets(rig: Rig, armored: bytes) -> list[bytes]:
    """The top-level packets of an armored message, cut where gpg says that they begin."""
    data = rig.gpg("--dearmor", stdin=armored)
    listing = rig.gpg("--list-packets", "--list-only", stdin=data).decode("utf-8", "replace")
    starts = sorted({int(at) for at in re.findall(r"^# off=(\d+) ", listing, re.MULTILINE)})
    starts = [at for at in starts if at < len(data)]
    return [data[at:end] for at, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def armored(rig: Rig, data: bytes) -> bytes:
    return rig.gpg("--enarmor", stdin=data).replace(b"PGP ARMORED FILE", b"PGP MESSAGE")


def _cfb(key: str, iv: bytes, data: bytes) -> bytes:
    words = ["openssl", "enc", "-aes-256-cfb", "-K", key, "-iv", iv.hex()]
    return run(words, stdin=data).stdout


@CASES.case(
    "gpg-no-integrity-protection",
    label("pgp-mime shut", [], None, kind=None, never=[XSS.phrase], why="EFAIL: no MDC, no text"),
)
def _no_mdc(rig: Rig) -> bytes:
    """The packet of old programs (tag 9), which today's gpg no longer writes."""
    ciphertext = rig.seal(text(XSS.body), "", "--cipher-algo", "AES256", "--compress-algo", "none")
    key_packet = packets(rig, ciphertext)[0]
    shown = rig.gpg("--status-fd", "1", "--show-session-key", "--decrypt", stdin=ciphertext)
    found = re.search(rb"SESSION_KEY 9:([0-9A-F]{64})", shown)
    assert found is not None
    key = found.group(1).decode()
    literal = rig.gpg("--store", "--compress-algo", "none", stdin=text(XSS.body))
    prefix = bytes(range(16)) + bytes((14, 15))
    head = _cfb(key, bytes(16), prefix)
    body = head + _cfb(key, head[2:18], literal)  # RFC 4880 5.7: resynchronised
    length = len(body)
    assert 192 <= length < 8384
    size = bytes((((length - 192) >> 8) + 192, (length - 192) & 255))
    return _mail(rig, XSS, armored(rig, key_packet + bytes((0xC9,)) + size + body))


@CASES.case(
    "gpg-ciphertext-altered",
    label("pgp-mime shut", [], None, kind=None, never=[SSRF.phrase, SSRF.more]),
)
def _altered(rig: Rig) -> bytes:
    data = bytearray(rig.gpg("--dearmor", stdin=rig.seal(text(SSRF.body), "", "-z", "0")))
    data[-40] ^= 1
    return _mail(rig, SSRF, armored(rig, bytes(data)))


@CASES.case(
    "gpg-integrity-packet-downgraded",
    label("pgp-mime shut", [], None, kind=None, never=[SSRF.more], why="EFAIL: MDC stripped"),
)
def _downgraded(rig: Rig) -> bytes:
    """Tag 18 renamed to tag 9, its version byte and its MDC cut off."""
    key_packet, sealed_packet = packets(rig, rig.seal(text(SSRF.body), "", "-z", "0"))[:2]
    body = sealed_packet[3:] if sealed_packet[1] >= 192 else sealed_packet[2:]
    body = body[1:-22]
    size = bytes((((len(body) - 192) >> 8) + 192, (len(body) - 192) & 255))
    return _mail(rig, SSRF, armored(rig, key_packet + bytes((0xC9,)) + size + body))


@CASES.case(
    "gpg-ciphertext-cut-short",
    label("pgp-mime shut", [], None, kind=None, never=[IDOR.more]),
)
def _cut(rig: Rig) -> bytes:
    raw = sealed(rig, IDOR)
    lines = raw.split(b"\r\n")
    at = lines.index(b"-----END PGP MESSAGE-----")
    return crlf(b"\r\n".join(lines[: at - 6] + lines[at:]))
