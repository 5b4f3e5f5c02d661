"""A whole inboxd among real mail programs: the sandbox's people and keys around one daemon.

The letters that the daemon sends go to the sandbox's own server, or, where a test wants people to
read them with real clients there, to Dovecot mailboxes.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeVar

from sqlalchemy import select

from inboxd import assembly
from inboxd.config import Config
from inboxd.core import routing
from inboxd.core.model import Message
from inboxd.daemon import Daemon, MailboxIntake
from inboxd.pipeline import Pipeline
from inboxd.sandbox.world import SAMPLE_REPORT, SAMPLE_SUBJECT, Person, World
from inboxd.store import migrate, schema
from inboxd.store.cases import Cases

from . import gpghome
from .common import end_process, short_root, wait_until
from .dovecot import Dovecot
from .sinks import Sink

T = TypeVar("T")
Home = Literal["sandbox", "security", "everybody"]

PATIENCE = 30.0  # seconds for what takes one or two: the machine may be busy with other tests


class Desk:
    """World, database and configuration; the daemon runs between `start` and `stop`.

    `dovecot`: who has their mailbox there: nobody ("sandbox"), only inboxd ("security"), or
    "everybody". `mailbox_less`: inboxd reads none. Attributes: world, config, daemon, dovecot (None for "sandbox"), smtp_port.
    """

    def __init__(
        self,
        dovecot: Home = "sandbox",
        *,
        mailbox: Mapping[str, Any] | None = None,
        ssl: tuple[Path, Path] | None = None,
        mailbox_less: bool = False,
        **settings: Any,
    ) -> None:
        self.daemon: Daemon | None = None
        self.dovecot: Dovecot | None = None
        self._home = dovecot
        self._mailbox = dict(mailbox or {})
        self._ssl = ssl
        self._mailbox_less = mailbox_less
        self._settings = settings
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Desk:
        try:
            self.root = self._stack.enter_context(short_root())
            self.world = self._stack.enter_context(World(self.root))
            self.people = (self.world.rita, self.world.mona, self.world.omar, self.world.security)
            self.smtp_port = self.world.server.smtp_port
            if self._home != "sandbox":
                users = {person.login: person.password for person in self.people}
                self.dovecot = self._stack.enter_context(Dovecot(users, ssl=self._ssl))
            if self._home == "everybody":
                self.smtp_port = self._stack.enter_context(Sink(pass_on=self._pass_on)).port
            self.config = self.configured()
            opened = assembly.store(self.config, check=False)
            migrate.upgrade(opened.database, assembly.migrations())
            opened.close()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.stop()
        finally:
            self._stack.close()

    def configured(self, *, mailbox: Mapping[str, Any] | None = None, **settings: Any) -> Config:
        """The configuration of this desk with more settings on it."""
        raw = self.world.config().model_dump(mode="json", exclude_none=True)
        box = raw["mailbox"][0]
        box["idle_seconds"] = 2  # the copies for Sent are filed between two IDLE cycles
        if self.dovecot is not None:
            box["port"] = self.dovecot.imap_port
        if self._home == "everybody":
            raw["smtp"] |= {"port": self.smtp_port, "username": ""}
        raw["mailbox"] = [] if self._mailbox_less else [box | self._mailbox | (mailbox or {})]
        for section, values in {**self._settings, **settings}.items():
            both = isinstance(values, dict) and isinstance(raw.get(section), dict)
            raw[section] = {**raw[section], **values} if both else values
        return Config.model_validate(raw)

    # --- the daemon ---

    def start(
        self,
        config: Config | None = None,
        intake: Callable[[Pipeline, str], MailboxIntake] = MailboxIntake,
    ) -> Daemon:
        """Start the daemon in this process, on this desk's configuration or another one."""
        self.stop()
        self.daemon = Daemon(config or self.config, intake=intake)
        self.daemon.start()
        return self.daemon

    def stop(self) -> None:
        daemon, self.daemon = self.daemon, None
        if daemon is not None:
            daemon.stop()

    def connected(self) -> None:
        """Wait until the daemon has read its mailbox."""
        daemon = self.running()
        wait_until(lambda: "reader:security" not in unwell(daemon), "the reader", PATIENCE)

    def running(self) -> Daemon:
        assert self.daemon is not None, "the daemon is not running"
        return self.daemon

    @contextlib.contextmanager
    def as_a_process(self) -> Iterator[subprocess.Popen[bytes]]:
        """`inboxd run` as an operator starts it; what it says goes to the file `said`."""
        path = self.root / "config.toml"
        path.write_text(toml(self.config), "utf-8")
        with (self.root / "said").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "inboxd", "--config", str(path), "run", "--migrate"],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        try:
            yield process
        finally:
            end_process(process)

    # --- mail in ---

    def deliver(self, raw: bytes, recipient: str = "", *, sender: str = "") -> None:
        """Put a mail into the security mailbox, as the company's mail server would."""
        address = recipient or self.world.security.address
        if self.dovecot is not None:
            self.dovecot.deliver(address, raw, mail_from=sender or self.world.rita.address)
        else:
            self.world.server.deliver("security", raw)

    def report(self, subject: str = SAMPLE_SUBJECT, text: str = SAMPLE_REPORT) -> bytes:
        """Rita's report, encrypted and signed; returns it as it was delivered."""
        raw = self.world.write(self.world.rita, self.world.security.address, subject, text)
        self.deliver(raw)
        return raw

    def _pass_on(self, recipient: str, raw: bytes) -> None:
        assert self.dovecot is not None
        self.dovecot.deliver(recipient, raw, mail_from=self.world.security.address)

    # --- mail out ---

    def inbox(self, person: Person) -> list[bytes]:
        """What a person got, as it was delivered."""
        if self._home == "everybody":
            assert self.dovecot is not None
            return self.dovecot.messages(person.login)
        return self.world.server.messages(person.login)

    def opened(self, person: Person) -> list[Message]:
        """What a person got, opened with their key."""
        return [self.world.open(person, raw) for raw in self.inbox(person)]

    def wait_for(self, person: Person, words: str, count: int = 1) -> bytes:
        """The mail of a person whose inner subject holds these words, once it has come."""

        def found() -> list[bytes]:
            mails = self.inbox(person)
            fitting = [raw for raw in mails if words in self.world.open(person, raw).true_subject]
            return fitting if len(fitting) >= count else []

        return wait_until(found, f"{words!r} for {person.name}", PATIENCE)[-1]

    def receipt(self) -> bytes:
        """Rita's receipt, once it has come."""
        return self.wait_for(self.world.rita, f"Re: {SAMPLE_SUBJECT}")

    def reply_address(self, person: Person, raw: bytes) -> str:
        """Where a client sends the reply to a mail."""
        message = self.world.open(person, raw)
        asked = message.reply_to[0] if message.reply_to else message.sender
        assert asked is not None
        return asked.spec

    def token_address(self, party: str, number: int = 1) -> str:
        """The unguessable reply address of a report for a party."""
        return routing.reply_address(self.running().pipeline.policy, number, party)

    def folders(self) -> list[str]:
        """The folders of the security mailbox in Dovecot."""
        assert self.dovecot is not None
        with self.dovecot.connect("security") as client:
            return [name for _, _, name in client.list_folders()]

    # --- the database ---

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table in the order they were made."""
        wanted = schema.metadata.tables[table]
        with self.running().store.database.read() as connection:
            return [dict(row) for row in connection.execute(select(wanted)).mappings()]

    def case(self, number: int = 1) -> Any:
        with self.running().store.database.read() as connection:
            return Cases(connection).load([number])[number]

    def letters(self, purpose: str) -> list[dict[str, Any]]:
        return [row for row in self.rows("outbox") if row["purpose"] == purpose]

    def wait_for_rows(
        self, table: str, wanted: Callable[[dict[str, Any]], bool], what: str, count: int = 1
    ) -> list[dict[str, Any]]:
        """The rows that fit, once there are so many."""

        def found() -> list[dict[str, Any]]:
            fitting = [row for row in self.rows(table) if wanted(row)]
            return fitting if len(fitting) >= count else []

        return wait_until(found, what, PATIENCE)

    def all_worked_off(self, mails: int) -> list[dict[str, Any]]:
        """The spool once it holds so many mails, all of them done, and every letter left."""
        spool = self.wait_for_rows("spool", lambda r: r["state"] == "done", "the spool", mails)
        try:
            wait_until(lambda: not self._waiting(), "every letter to leave", PATIENCE)
        except TimeoutError as error:
            raise TimeoutError(f"letters did not leave: {self._waiting()}") from error
        return spool

    def _waiting(self) -> list[tuple[str, str, str]]:
        """Letters that are neither sent nor cancelled: purpose, state and what went wrong."""
        return [
            (row["purpose"], row["state"], row["error"])
            for row in self.rows("outbox")
            if row["state"] not in ("sent", "cancelled")
        ]


def unwell(daemon: Daemon) -> dict[str, str]:
    """The parts of a daemon that are not well, with the reason."""
    return {part: state for part, state in daemon.health().parts.items() if state != "ok"}


def sealed_text(person: Person, raw: bytes) -> tuple[bytes, str | None]:
    """What a person's own gpg finds in an encrypted mail, and who signed it. No code of ours.

    The plaintext has LF line ends.
    """
    plaintext, status = gpghome.decrypt(person.home, gpghome.sealed_part(raw))
    return plaintext.replace(b"\r\n", b"\n"), gpghome.good_signer(status)


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A self-signed certificate and its key for a name like "IP:127.0.0.1", made by openssl."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=mail.example.test", "-addext",
         f"subjectAltName={name}", "-keyout", str(key), "-out", str(cert)],
        check=True,
        capture_output=True,
        timeout=20,
    )  # fmt: skip
    return cert, key


def toml(config: Config) -> str:
    """A configuration as the file that an operator would write."""
    lines = []
    for section, value in config.model_dump(mode="json", exclude_none=True).items():
        tables = value if isinstance(value, list) else [value]
        for table in tables:
            lines.append(f"[[{section}]]" if isinstance(value, list) else f"[{section}]")
            lines += [f"{key} = {_inline(item)}" for key, item in table.items()]
    return "\n".join(lines) + "\n"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    return json.dumps(value)


def message_ids(value: object) -> list[str]:
    """The ids in a References or In-Reply-To field."""
    return re.findall(r"<[^<>\s]+>", str(value or ""))
