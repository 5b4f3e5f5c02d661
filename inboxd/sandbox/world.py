"""A whole small world on the loopback: a mail server, people with keys, a configuration.

Rita reports, Mona and Omar are the team. Everything lives under one folder with throw-away keys
and passwords; nothing ever leaves the machine.
"""

from __future__ import annotations

import contextlib
import secrets
import smtplib
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from inboxd import data
from inboxd.adapters.gpg import Gpg, export_public, generate_team_key, stop_agent
from inboxd.config import Config, load
from inboxd.core import compose
from inboxd.core.compose import Rendered
from inboxd.core.letter import Auto, Protection
from inboxd.core.message import read_message
from inboxd.core.model import Fingerprint, Message
from inboxd.core.opening import open_message
from inboxd.sandbox.server import Account, MailServer

SAMPLE_SUBJECT = "Invoices of other customers can be read"
SAMPLE_REPORT = """\
Hello,

## Description
The invoice endpoint of your API does not check who asks: any logged-in
customer can read the invoices of all others.

## URL and component
https://api.mykonci.com/v1/invoices/{id} (invoice API)

## Steps to reproduce
1. Log in as customer A and open any invoice of yours.
2. Replace the number in the URL by the next lower one.
3. The invoice of another customer is shown.

## Impact
Names, addresses and amounts of every customer can be read.
CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N (CWE-639)

## Proof of concept
GET /v1/invoices/1041 with the session of the owner of 1042 answers 200.
I stopped after one invoice, of a second account of mine.

## Contact and credit
This address. Yes, please credit me as Rita Reporter (@rita), https://rita.example.org
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a mailbox and a key of their own."""

    login: str
    name: str
    address: str
    password: str
    home: Path
    fingerprint: Fingerprint


class World:
    """Mail server, people and configuration; start with `with World(root) as world`."""

    def __init__(
        self,
        root: Path | None = None,
        *,
        imap_port: int = 0,
        smtp_port: int = 0,
        settings: dict[str, Any] | None = None,
    ) -> None:
        self._temporary = None if root else tempfile.TemporaryDirectory(prefix="ibx-")
        self.root = root or Path(self._temporary.name if self._temporary else "")
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._password = secrets.token_urlsafe(12)
        address = load(data.find("config.example.toml")).address.security
        self.rita = self._person("rita", "Rita Reporter", "rita@research.example.org")
        self.mona = self._person("mona", "Mona Member", "mona@team.example.org")
        self.omar = self._person("omar", "Omar Lead", "omar@team.example.org")
        self.security = self._person("security", "MyKonci Security", address)
        self._introduce()
        people = (self.rita, self.mona, self.omar, self.security)
        accounts = [Account(p.login, p.password, (p.address,)) for p in people]
        self.server = MailServer(
            self.root / "mail", accounts, imap_port=imap_port, smtp_port=smtp_port
        )
        self._settings = settings or {}

    def __enter__(self) -> World:
        self.server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.stop()
        for person in (self.rita, self.mona, self.omar, self.security):
            stop_agent(person.home)
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                self._temporary.cleanup()

    def _person(self, login: str, name: str, address: str) -> Person:
        home = self.root / login
        known = home / "fingerprint"
        if known.exists():
            fingerprint = Fingerprint(known.read_text().strip())
            password = (home / "password").read_text().strip()
        else:
            fingerprint = generate_team_key(home, name, address)
            password = self._password
            known.write_text(fingerprint)
            (home / "password").write_text(password)
            (home / "password").chmod(0o600)
        return Person(login, name, address, password, home, fingerprint)

    def _introduce(self) -> None:
        """Everybody has everybody's public key, but inboxd has only its members' ones."""
        people = (self.rita, self.mona, self.omar, self.security)
        public = {p.login: self.public_key(p) for p in people}
        for person in people[:3]:
            for other in people:
                if other is not person:
                    Gpg(person.home).run(["--import"], public[other.login])
        for member in (self.mona, self.omar):
            (self.root / f"{member.login}.asc").write_bytes(public[member.login])

    def public_key(self, person: Person) -> bytes:
        return export_public(Gpg(person.home), person.fingerprint, armor=True)

    # --- configuration ---

    def config(self) -> Config:
        """The example configuration, pointed at this world."""
        raw = load(data.find("config.example.toml")).model_dump(mode="json", exclude_none=True)
        login = {
            "host": self.server.host,
            "tls": "none",
            "username": "security",
            "password": {"file": str(self.security.home / "password")},
        }
        raw["storage"] = {"database": str(self.root / "inboxd.db")}
        raw["pgp"] = {
            "home": str(self.security.home),
            "contacts": str(self.root / "contacts"),
            "fingerprint": self.security.fingerprint,
        }
        raw["mailbox"] = [
            {**login, "name": "security", "port": self.server.imap_port, "idle_seconds": 20}
        ]
        raw["smtp"] = {**login, "port": self.server.smtp_port}
        raw["member"] = [
            self._member(self.mona, ["handler"]),
            self._member(self.omar, ["handler", "lead", "management"]),
        ]
        raw["daemon"] = {"metrics": "", "relay_hold_seconds": 10, "log_level": "warning"}
        for section, values in self._settings.items():
            if isinstance(values, dict):
                raw[section] = {**raw.get(section, {}), **values}
            else:
                raw[section] = values
        return Config.model_validate(raw)

    def _member(self, person: Person, roles: list[str]) -> dict[str, Any]:
        return {
            "address": person.address,
            "name": person.name,
            "fingerprint": person.fingerprint,
            "key_file": str(self.root / f"{person.login}.asc"),
            "roles": roles,
        }

    # --- people at work ---

    def submit(self, person: Person, recipient: str, raw: bytes) -> None:
        """Send a mail as a person's client would."""
        with smtplib.SMTP(self.server.host, self.server.smtp_port, timeout=30) as client:
            client.login(person.login, person.password)
            client.sendmail(person.address, [recipient], raw)

    def write(
        self,
        person: Person,
        recipient: str,
        subject: str,
        text: str,
        *,
        encrypt: bool = True,
        sign: bool = True,
        in_reply_to: str | None = None,
    ) -> bytes:
        """A mail as PGP clients make it: signed, encrypted to the security key, Autocrypt."""
        gpg = Gpg(person.home)
        mail = Rendered(
            message_id=f"<{secrets.token_hex(12)}@{person.address.rpartition('@')[2]}>",
            date=datetime.now(UTC),
            sender_name=person.name,
            sender=person.address,
            to=recipient,
            subject=subject,
            text=text,
            reply_to=None,
            auto=Auto.NO,
            protection=Protection.ENCRYPTED if encrypt else Protection.SIGNED,
            fingerprint=self.security.fingerprint if encrypt else None,
            in_reply_to=in_reply_to,
            references=(in_reply_to,) if in_reply_to else (),
            autocrypt=export_public(gpg, person.fingerprint, armor=False),
        )
        if not encrypt and not sign:
            return compose.plain_message(mail)
        inner = compose.inner_entity(mail)
        if not encrypt:
            return compose.signed_message(mail, inner, gpg.sign(inner, person.fingerprint))
        recipients = (self.security.fingerprint, person.fingerprint)
        return compose.encrypted_message(mail, gpg.encrypt(inner, recipients, person.fingerprint))

    def send_sample(self) -> None:
        raw = self.write(self.rita, self.security.address, SAMPLE_SUBJECT, SAMPLE_REPORT)
        self.submit(self.rita, self.security.address, raw)

    def wait_for(
        self, person: Person, wanted: Callable[[Message], bool], seconds: float = 60.0
    ) -> Message | None:
        """The first mail in a person's inbox that fits, opened with their own key."""
        deadline = time.monotonic() + seconds
        seen = 0
        while time.monotonic() < deadline:
            mails = self.server.messages(person.login)
            for raw in mails[seen:]:
                message = self.open(person, raw)
                if wanted(message):
                    return message
            seen = len(mails)
            time.sleep(0.02)
        return None

    def open(self, person: Person, raw: bytes) -> Message:
        """Open a mail with a person's own gpg."""
        return read_message(open_message(raw, Gpg(person.home)), raw)
