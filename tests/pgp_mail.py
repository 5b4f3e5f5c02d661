"""People with real keys, and the mails they send (fixture `people`).

Reporters and members keep their secret keys in one home, the team has its own, and `contacts` is
what inboxd knows of the others. Everything is made with real gpg, once for each test process.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inboxd.adapters.gpg import MAX_OUTPUT, Gpg, prepare_home, stop_agent
from inboxd.core.message import read_message
from inboxd.core.model import Fingerprint, Message
from inboxd.core.opening import Opened, open_message
from tests.interop import gpghome
from tests.interop.common import short_root

HEADERS = {
    "From": "Reporter <reporter@example.org>",
    "To": "security@mykonci.com",
    "Subject": "outer subject",
    "Date": "Mon, 05 Jan 2026 10:00:00 +0000",
    "Message-ID": "<m1@example.org>",
}
_LONG_AGO = ("--faked-system-time", "20200101T000000!")
_NO_SECRET = ("--pinentry-mode", "loopback", "--passphrase", "")


@dataclass(frozen=True)
class People:
    """Fingerprints of everyone; the homes that hold their keys."""

    root: Path
    us: Fingerprint
    reporter: Fingerprint  # known, good
    member: Fingerprint  # known, good
    stranger: Fingerprint  # inboxd does not have this key
    expired: Fingerprint
    revoked: Fingerprint

    @property
    def team(self) -> Path:
        return self.root / "team"

    @property
    def contacts(self) -> Path:
        return self.root / "contacts"

    @property
    def outside(self) -> Path:
        return self.root / "outside"

    def ring(self, max_output: int = MAX_OUTPUT) -> Gpg:
        return Gpg(self.team, contacts=self.contacts, max_output=max_output)

    def open(self, raw: bytes) -> Opened:
        return open_message(raw, self.ring())

    def read(self, raw: bytes) -> Message:
        return read_message(self.open(raw), raw)

    # --- what people do with their keys ---

    def sign(self, data: bytes, *signers: str, digest: str = "SHA512") -> bytes:
        """An armored detached signature of each of the signers (the reporter's by default)."""
        users = [word for one in signers or (self.reporter,) for word in ("--local-user", one)]
        early = _LONG_AGO if self.expired in signers else ()
        options = ("--digest-algo", digest, *users, *early)
        return gpghome.gpg(self.outside, "--armor", *options, "--detach-sign", stdin=data)

    def seal(self, data: bytes, signer: str | None = None, to: str | None = None) -> bytes:
        """Armored, encrypted to us unless `to` says otherwise."""
        return gpghome.encrypt(self.outside, data, [to or self.us], signer)

    def clearsign(self, text: str, signer: str | None = None) -> bytes:
        user = ("--local-user", signer or self.reporter)
        return gpghome.gpg(self.outside, *user, "--clear-sign", stdin=text.encode())

    def gpg(self, *arguments: str, stdin: bytes = b"") -> bytes:
        return gpghome.gpg(self.outside, *arguments, stdin=stdin)

    def public_key(self, fingerprint: str) -> bytes:
        return gpghome.export_public(self.outside, fingerprint)


def text_part(text: str, *headers: str) -> bytes:
    lines = [*headers, 'Content-Type: text/plain; charset="utf-8"', "", text]
    return "\r\n".join(lines).encode().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def mail(content_type: str, body: bytes, **headers: str) -> bytes:
    rows = {**HEADERS, **headers, "MIME-Version": "1.0", "Content-Type": content_type}
    return "".join(f"{name}: {value}\r\n" for name, value in rows.items()).encode() + b"\r\n" + body


def multipart(kind: str, *parts: bytes, boundary: str = "outer", **headers: str) -> bytes:
    """A mail whose body is these parts, joined byte for byte."""
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    content_type = f'multipart/{kind}; boundary="{boundary}"'
    return mail(content_type, body + b"--%s--\r\n" % boundary.encode(), **headers)


def signed(inner: bytes, signature: bytes, *more: bytes) -> bytes:
    part = b"Content-Type: application/pgp-signature\r\n\r\n" + crlf(signature)
    kind = 'signed; micalg=pgp-sha512; protocol="application/pgp-signature"'
    return multipart(kind, inner, part, *more)


def encrypted(ciphertext: bytes, kind: str = "encrypted", *first: bytes) -> bytes:
    version = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    data = b"Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n" + crlf(ciphertext)
    return multipart(kind, *first, version, data)


def attached(name: str, data: bytes, media_type: str = "application/octet-stream") -> bytes:
    head = f"Content-Type: {media_type}\r\nContent-Disposition: attachment; filename={name}\r\n\r\n"
    return head.encode() + data


def crlf(data: bytes) -> bytes:
    return re.sub(rb"\r?\n", b"\r\n", data)


def binary(armored: bytes) -> bytes:
    """The packets inside an armor."""
    with short_root() as home:
        return gpghome.gpg(home, "--dearmor", stdin=armored)


# --- the people -----------------------------------------------------------------------------------


@contextlib.contextmanager
def gathered() -> Iterator[People]:
    with short_root() as root:
        team, contacts, outside = root / "team", root / "contacts", root / "outside"
        try:
            for home in (team, contacts, outside):
                prepare_home(home)
            us = gpghome.make_key(team, "Security", "security@mykonci.com")
            names = ("reporter", "member", "stranger", "revoked")
            made = {n: gpghome.make_key(outside, n.title(), f"{n}@example.org") for n in names}
            made["expired"] = _expired_key(outside)
            gpghome.import_key(outside, gpghome.export_public(team, us))
            for name in ("reporter", "member", "expired", "revoked"):
                gpghome.import_key(contacts, gpghome.export_public(outside, made[name]))
            # in `contacts` only: signing as the revoked one still has to work
            model = ("--trust-model", "pgp")  # "always" makes no trustdb, which this import wants
            gpghome.gpg(contacts, *model, "--import", stdin=_revocation(outside, made["revoked"]))
            yield People(root, Fingerprint(us), **{n: Fingerprint(f) for n, f in made.items()})
        finally:
            for home in (team, contacts, outside):
                stop_agent(home)


def _expired_key(home: Path) -> str:
    known = set(gpghome.fingerprints(home))
    uid = "Expired <expired@example.org>"
    gpghome.gpg(home, *_NO_SECRET, *_LONG_AGO, "--quick-generate-key", uid, "ed25519", "sign", "1d")
    [fingerprint] = set(gpghome.fingerprints(home)) - known
    return fingerprint


def _revocation(home: Path, fingerprint: str) -> bytes:
    """The revocation that gpg makes with each key; a colon keeps it from being used unread."""
    certificate = (home / "openpgp-revocs.d" / f"{fingerprint}.rev").read_bytes()
    return certificate[certificate.index(b":-----BEGIN") + 1 :]


_open: list[tuple[contextlib.ExitStack, People]] = []  # at most one
_users: list[object] = []


@pytest.fixture(scope="session", name="people")
def everyone() -> Iterator[People]:
    """The same people for every module that imports this; they leave with the last one."""
    if not _open:
        stack = contextlib.ExitStack()
        _open.append((stack, stack.enter_context(gathered())))
    stack, here = _open[0]
    _users.append(here)
    yield here
    _users.pop()
    if not _users:
        _open.clear()
        stack.close()
