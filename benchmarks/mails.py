"""Generated mail: reports in clear and sealed, machine mail, and one that is very large.

Everything is made here from a seed; the size of a plain report is that of real ones (3 to 5 KB).
"""

from __future__ import annotations

import base64
import os
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from inboxd.adapters.gpg import Gpg
from inboxd.core.model import Fingerprint
from tests.interop import gpghome

_WORDS = """
session token request header response server customer invoice endpoint parameter object
identifier browser cookie upload webhook account partner export callback redirect origin
certificate payload validation query filter cache worker queue record field value check
""".split()
_FLAWS = (
    ("Cross-site scripting", "CWE-79", "AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"),
    ("SQL injection", "CWE-89", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N"),
    ("Missing authorisation", "CWE-639", "AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N"),
    ("Server-side request forgery", "CWE-918", "AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:L/A:N"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address, and a key in `home` unless the fingerprint is empty."""

    name: str
    address: str
    home: Path
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One generated mail."""

    message_id: str
    sender: Person
    raw: bytes


class Writer:
    """Writes mails to one security address; the same seed gives the same words."""

    def __init__(self, address: str, team: Fingerprint, seed: int = 1) -> None:
        self._address = address
        self._team = team
        self._random = random.Random(seed)
        self._count = 0

    def report_text(self) -> tuple[str, str]:
        """(subject, text) of a report with every field that the policy asks for."""
        pick = self._random
        flaw, cwe, vector = pick.choice(_FLAWS)
        part = f"{pick.choice(_WORDS)}-{pick.randrange(10_000)}"
        url = f"https://api.mykonci.com/v{pick.randrange(1, 9)}/{part}"
        steps = "\n".join(f"{n}. {self._sentence(12)}" for n in range(1, 8))
        text = (
            f"Hello,\n\n## Description\n{flaw} in {part}. {self._prose(14)}\n\n"
            f"## URL and component\n{url} ({part})\n\n"
            f"## Steps to reproduce\n{steps}\n\n"
            f"## Impact\n{self._prose(6)}\nCVSS:3.1/{vector} ({cwe})\n\n"
            f"## Proof of concept\nGET {url}?id={pick.randrange(10**9)} answers 200.\n"
            f"{self._prose(8)}\n\n"
            "## Contact and credit\nThis address. Please do not name me.\n"
        )
        return f"{flaw} in {part}", text

    def plain(self, sender: Person) -> Mail:
        subject, text = self.report_text()
        head = self._head(sender, subject)
        body = "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.replace("\n", "\r\n")
        return self._mail(sender, head, body.encode())

    def sealed(self, senders: list[Person], count: int, *, with_key: bool = False) -> list[Mail]:
        """Reports signed and encrypted as PGP/MIME, from the senders in turn."""
        drafts = [(senders[n % len(senders)], *self.report_text()) for n in range(count)]
        heads = [self._head(sender, "...") for sender, _, _ in drafts]
        keys = {p.address: _autocrypt(p) for p in senders} if with_key else {}

        def seal(n: int) -> Mail:
            sender, subject, text = drafts[n]
            head = heads[n] + keys.get(sender.address, "")
            inner = gpghome.text_entity(text, subject=subject)
            return self._mail(sender, head, self._encrypted(inner, sender))

        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return list(pool.map(seal, range(count)))

    def large(self, sender: Person, size: int, *, encrypted: bool) -> Mail:
        """A report with one attachment, so that the whole mail has about `size` bytes."""
        subject, text = self.report_text()
        share = 0.72 if not encrypted else 0.53  # base64, and armor around it
        blob = self._random.randbytes(int(size * share))
        lines = base64.encodebytes(blob).replace(b"\n", b"\r\n")
        inner = (
            b'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n--cut\r\n'
            b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
            + text.replace("\n", "\r\n").encode()
            + b"\r\n--cut\r\nContent-Type: application/octet-stream\r\n"
            b"Content-Transfer-Encoding: base64\r\n"
            b'Content-Disposition: attachment; filename="core.dump"\r\n\r\n'
            + lines
            + b"--cut--\r\n"
        )
        head = self._head(sender, "..." if encrypted else subject)
        return self._mail(sender, head, self._encrypted(inner, sender) if encrypted else inner)

    def machine(self, sender: Person) -> Mail:
        """An out-of-office reply: recorded, never answered."""
        head = self._head(sender, "Out of office") + "Auto-Submitted: auto-replied\r\n"
        text = "I am away until Monday.\r\n" + self._prose(12).replace("\n", "\r\n") + "\r\n"
        body = "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text
        return self._mail(sender, head, body.encode())

    def _encrypted(self, inner: bytes, sender: Person) -> bytes:
        recipients = (self._team, Fingerprint(sender.fingerprint))
        armored = Gpg(sender.home).encrypt(inner, recipients, Fingerprint(sender.fingerprint))
        return (
            b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";'
            b' boundary="sealed"\r\n\r\n'
            b"--sealed\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
            b"\r\n--sealed\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n"
            + armored.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            + b"\r\n--sealed--\r\n"
        )

    def _head(self, sender: Person, subject: str) -> str:
        self._count += 1
        message_id = f"<{self._count}.{self._random.randrange(16**12):012x}@mail.example>"
        return (
            f"Message-ID: {message_id}\r\n"
            f"From: {sender.name} <{sender.address}>\r\nTo: {self._address}\r\n"
            f"Subject: {subject}\r\nDate: {format_datetime(datetime.now(UTC))}\r\n"
            "MIME-Version: 1.0\r\n"
        )

    def _mail(self, sender: Person, head: str, body: bytes) -> Mail:
        message_id = head.partition("\r\n")[0].partition(": ")[2]
        return Mail(message_id, sender, head.encode() + body)

    def _prose(self, sentences: int) -> str:
        return "\n".join(self._sentence(14) for _ in range(sentences))

    def _sentence(self, words: int) -> str:
        return " ".join(self._random.choices(_WORDS, k=words)).capitalize() + "."


def _autocrypt(person: Person) -> str:
    export = ["--export-options", "export-minimal", "--export", person.fingerprint]
    key = base64.b64encode(Gpg(person.home).run(export).data).decode()
    lines = "\r\n ".join(key[i : i + 72] for i in range(0, len(key), 72))
    return f"Autocrypt: addr={person.address}; keydata=\r\n {lines}\r\n"
