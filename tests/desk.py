"""A security desk for tests: real gpg, SQLite and templates; the clock and the wire are ours.

Rita reports, Mona is a handler, Omar leads, Eve attacks.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from inboxd import assembly, data
from inboxd.adapters.gpg import Gpg, TeamKeyring, export_public, generate_team_key, stop_agent
from inboxd.config import Config, load
from inboxd.core import compose
from inboxd.core.compose import Rendered
from inboxd.core.letter import Auto, Protection
from inboxd.core.message import read_message
from inboxd.core.model import Fingerprint, Message
from inboxd.core.opening import open_message
from inboxd.core.policy import Policy
from inboxd.errors import PermanentError, TransientError
from inboxd.isolation import HereReader, Reader
from inboxd.pipeline import Pipeline
from inboxd.store import migrate
from inboxd.store.unit import Store

SECURITY = "security@mykonci.com"
RITA, MONA, OMAR, EVE = (
    "rita@research.example.org",
    "mona@team.example.org",
    "omar@team.example.org",
    "eve@evil.example.net",
)
PEOPLE = {
    "rita": ("Rita Reporter", RITA),
    "mona": ("Mona Member", MONA),
    "omar": ("Omar Lead", OMAR),
    "eve": ("Eve", EVE),
    "security": ("MyKonci Security", SECURITY),
}
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, 12:00 in Paris

REPORT = """\
## Description
The invoice endpoint does not check who asks (IDOR).

## URL
https://api.mykonci.com/v1/invoices/7

## Steps to reproduce
1. Log in as A.
2. Change the number in the URL.

## Impact
Invoices of all customers can be read.

## Proof of concept
GET /v1/invoices/6 answers 200.

## Credit
Yes, please credit me as Rita Reporter (@rita), https://rita.example.org
"""


@dataclass(frozen=True)
class Keys:
    """Homes with one secret key each, to be copied."""

    root: Path
    fingerprints: dict[str, Fingerprint]
    public: dict[str, bytes]


def make_keys(root: Path) -> Keys:
    fingerprints, public = {}, {}
    for login, (name, address) in PEOPLE.items():
        home = root / login
        fingerprints[login] = generate_team_key(home, name, address)
        public[login] = export_public(Gpg(home), fingerprints[login], armor=True)
    for login in PEOPLE:
        if login != "security":
            for other in PEOPLE:
                Gpg(root / login).run(["--import"], public[other])
        stop_agent(root / login)
    return Keys(root, fingerprints, public)


class Wire:
    """The next server: keeps what it accepts; `refuse` decides about each mail first."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, str, bytes]] = []
        self.refuse: Callable[[str, bytes], Exception | None] = lambda to, data: None

    def send(self, envelope_from: str, recipient: str, data: bytes) -> None:
        error = self.refuse(recipient, data)
        if error is not None:
            raise error
        self.accepted.append((envelope_from, recipient, data))

    def to(self, recipient: str) -> list[bytes]:
        return [data for _, to, data in self.accepted if to == recipient]


def permanent(to: str) -> Callable[[str, bytes], Exception | None]:
    return lambda recipient, _: PermanentError("no such user (550)") if recipient == to else None


def transient(to: str) -> Callable[[str, bytes], Exception | None]:
    return lambda recipient, _: TransientError("busy (451)") if recipient == to else None


class Desk:
    """One pipeline with everything around it."""

    def __init__(
        self,
        root: Path,
        keys: Keys,
        *,
        settings: dict[str, Any] | None = None,
        at: Callable[[str], None] = lambda _: None,
        now: datetime = NOON,
        reader: Callable[[TeamKeyring, Policy], Reader] = HereReader,
    ) -> None:
        self.root = root
        self.keys = keys
        self.now = now
        self.wire = Wire()
        for login in PEOPLE:
            if not (root / login).exists():
                ignore = shutil.ignore_patterns("S.*", ".#lk*", "*.lock")
                shutil.copytree(keys.root / login, root / login, ignore=ignore)
        for login in ("mona", "omar"):
            (root / f"{login}.asc").write_bytes(keys.public[login])
        self.config = self._config(settings or {})
        self.store: Store = assembly.store(self.config, check=False)
        migrate.upgrade(self.store.database, assembly.migrations())
        self.pipeline: Pipeline = assembly.pipeline(
            self.config, self.store, self.wire, clock=lambda: self.now, at=at, reader=reader
        )
        self._serial = 0

    def close(self) -> None:
        self.pipeline.reader.close()
        self.store.close()
        for login in PEOPLE:
            stop_agent(self.root / login)
        stop_agent(self.root / "contacts")

    def _config(self, settings: dict[str, Any]) -> Config:
        raw = load(data.find("config.example.toml")).model_dump(mode="json", exclude_none=True)
        raw["storage"] = {"database": str(self.root / "inboxd.db")}
        raw["pgp"] = {
            "home": str(self.root / "security"),
            "contacts": str(self.root / "contacts"),
            "fingerprint": self.keys.fingerprints["security"],
        }
        raw["mailbox"] = []
        raw["smtp"] = {"host": "127.0.0.1", "tls": "none"}
        raw["member"] = [
            {
                "address": PEOPLE[login][1],
                "name": PEOPLE[login][0],
                "fingerprint": self.keys.fingerprints[login],
                "key_file": str(self.root / f"{login}.asc"),
                "roles": roles,
            }
            for login, roles in (("mona", ["handler"]), ("omar", ["lead", "management"]))
        ]
        for section, values in settings.items():
            merged = {**raw.get(section, {}), **values} if isinstance(values, dict) else values
            raw[section] = merged
        return Config.model_validate(raw)

    # --- mails ---

    def plain(self, sender: str, subject: str, text: str, **headers: str) -> bytes:
        """A mail without OpenPGP; `headers` override or add fields (underscores for dashes)."""
        self._serial += 1
        fields = {
            "Return-Path": f"<{sender}>",
            "From": sender,
            "To": SECURITY,
            "Subject": subject,
            "Date": "Mon, 23 Nov 2026 11:00:00 +0000",
            "Message-ID": f"<m{self._serial}.{abs(hash(sender)) % 10000}@example.org>",
            "Content-Type": "text/plain; charset=utf-8",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return (head + "\r\n" + text.replace("\n", "\r\n")).encode()

    def sealed(
        self,
        login: str,
        subject: str,
        text: str,
        *,
        to: str = SECURITY,
        encrypt: bool = True,
        key: bool = True,
        in_reply_to: str | None = None,
        signer: str | None = None,
        key_in_signature: bool = False,
    ) -> bytes:
        """A signed (and encrypted) PGP/MIME mail of a person, with their Autocrypt key."""
        self._serial += 1
        name, address = PEOPLE[login]
        signer = signer or login
        gpg = Gpg(self.root / signer)
        mail = Rendered(
            message_id=f"<s{self._serial}.{login}@example.org>",
            date=self.now,
            sender_name=name,
            sender=address,
            to=to,
            subject=subject,
            text=text,
            reply_to=None,
            auto=Auto.NO,
            protection=Protection.ENCRYPTED if encrypt else Protection.SIGNED,
            fingerprint=self.keys.fingerprints["security"] if encrypt else None,
            in_reply_to=in_reply_to,
            references=(in_reply_to,) if in_reply_to else (),
            autocrypt=(
                export_public(gpg, self.keys.fingerprints[signer], armor=False) if key else b""
            ),
        )
        inner = compose.inner_entity(mail)
        own = self.keys.fingerprints[signer]
        act = ["--include-key-block"] if key_in_signature else []
        act += ["--armor", "--digest-algo", "SHA512", "--local-user", own]
        if encrypt:
            act += ["--sign", "--encrypt", "--recipient", own]
            act += ["--recipient", self.keys.fingerprints["security"]]
            built = compose.encrypted_message(mail, gpg.run(act, inner, secret=True).data)
        else:
            signature = gpg.run([*act, "--detach-sign"], inner, secret=True).data
            built = compose.signed_message(mail, inner, signature)
        return f"Return-Path: <{address}>\r\n".encode() + built

    # --- acting ---

    def receive(self, raw: bytes, key: str | None = None) -> None:
        self._serial += 1
        self.pipeline.receive("test", key or f"k{self._serial}", raw)

    def work(self) -> None:
        """Process, tick and send until nothing is left to do now."""
        while self.pipeline.process():
            pass
        self.pipeline.tick()
        while self.pipeline.send():
            pass

    def deliver(self, raw: bytes) -> None:
        self.receive(raw)
        self.work()

    def pass_time(self, **amount: float) -> None:
        self.now += timedelta(**amount)
        self.work()

    # --- looking ---

    def open(self, login: str, raw: bytes) -> Message:
        return read_message(open_message(raw, Gpg(self.root / login)), raw)

    def mails(self, login: str) -> list[Message]:
        """What a person got, opened with their own key."""
        return [self.open(login, raw) for raw in self.wire.to(PEOPLE[login][1])]

    def report(self, number: int = 1) -> Any:
        with self.store.read() as unit:
            return unit.cases.load([number])[number]

    def deadlines(self, number: int = 1) -> dict[str, Any]:
        with self.store.read() as unit:
            return {row.promise: row for row in unit.cases.deadlines(number)}

    def rows(self, sql: str) -> list[Any]:
        with self.store.database.read() as connection:
            return list(connection.exec_driver_sql(sql))

    def answering(self, message: Message) -> dict[str, Any]:
        """Where a reply to a mail goes, and what it refers to, as every client does it."""
        to = message.reply_to or (message.sender,)
        assert to[0] is not None
        return {"to": to[0].spec, "in_reply_to": message.message_id}


__all__ = ["Desk", "Keys", "make_keys", "replace"]
