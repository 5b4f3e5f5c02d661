"""A site to measure: keys, people, configuration files, databases, one Dovecot and one sink.

Members have keys. Senders with a key are known from an earlier mail of theirs, so that the rates
show what a mail costs and not what a new key costs; budgets are so high that nothing is withheld.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import smtplib
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from benchmarks.daemon import Daemon
from benchmarks.mails import Mail, Person, Writer
from benchmarks.progress import say
from benchmarks.sink import Accepted, Sink
from inboxd import assembly
from inboxd.adapters.gpg import generate_team_key, stop_agent
from inboxd.config import Config, load
from inboxd.core.model import Fingerprint
from inboxd.store import migrate
from inboxd.store.unit import Store
from tests.interop import gpghome
from tests.interop.common import LOOPBACK, short_root
from tests.interop.dovecot import Dovecot

ADDRESS = "security@mykonci.com"
KEYED_SENDERS = 8
PLAIN_SENDERS = 20
MEMBERS = 2
MAILBOXES = 80

_CONFIG = """\
[organisation]
name = "Bench"
[address]
security = "{address}"
[storage]
database = "{database}"
[pgp]
home = "{team}"
contacts = "{contacts}"
fingerprint = "{fingerprint}"
[smtp]
host = "{host}"
port = {smtp_port}
tls = "none"
[scope]
inside = ["mykonci.com", "*.mykonci.com"]
[budgets]
per_address_day = 1000000
global_hour = 1000000
[daemon]
metrics = ""
log_level = "info"
"""
_MAILBOX = """\
[[mailbox]]
name = "bench"
host = "{host}"
port = {port}
tls = "none"
username = "{login}"
password = {{ file = "{password}" }}
first_sync_days = -1
"""
_MEMBER = """\
[[member]]
address = "{address}"
name = "{name}"
fingerprint = "{fingerprint}"
key_file = "{key_file}"
roles = ["handler", "lead", "management"]
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one daemon is set up."""

    database: Path
    members: int = 1
    login: str = ""  # of the Dovecot mailbox to read, if any
    lmtp: str = ""


@dataclass
class Samples:
    """The entities that inboxd signed and encrypted for the first mails: what the floor repeats."""

    receipts: dict[str, bytes] = field(default_factory=dict)  # by address
    notices: dict[str, bytes] = field(default_factory=dict)


class Site:
    """Everything that lives as long as the whole run. Use it as a context manager."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._made = 0
        self._boxes = iter(range(MAILBOXES))
        self.samples = Samples()

    def __enter__(self) -> Site:
        try:
            self._set_up()
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
        self._stack.close()

    def _set_up(self) -> None:
        say("keys, Dovecot, a first mail of every sender")
        self.root = self._stack.enter_context(short_root())
        self.team_home, self.people_home = self.root / "team", self.root / "people"
        self.contacts = self.root / "contacts"
        for home in (self.team_home, self.people_home, self.contacts):
            self._stack.callback(stop_agent, home)
        self.team = generate_team_key(self.team_home, "Bench Security", ADDRESS)
        self.senders = [self._person(f"sender{n}") for n in range(KEYED_SENDERS)]
        self.strangers = [
            Person(f"Stranger {n}", f"stranger{n}@plain.example", self.people_home)
            for n in range(PLAIN_SENDERS)
        ]
        self.members = [self._person(f"member{n}") for n in range(MEMBERS)]
        for member in self.members:
            key = gpghome.export_public(self.people_home, member.fingerprint)
            (self.root / f"{member.name}.asc").write_bytes(key)
        self.introduce(self.people_home)
        self.writer = Writer(ADDRESS, self.team)
        self.sink = self._stack.enter_context(Sink())
        logins = {f"box{n}": "bench" for n in range(MAILBOXES)}
        self.dovecot = self._stack.enter_context(Dovecot(logins))
        (self.root / "password").write_text("bench")
        self._make_template()

    def _person(self, name: str) -> Person:
        address = f"{name}@research.example"
        return Person(name, address, self.people_home, self.make_key(self.people_home, address))

    def make_key(self, home: Path, address: str) -> Fingerprint:
        return generate_team_key(home, address.partition("@")[0], address)

    def introduce(self, home: Path) -> None:
        """Give a home the team's public key."""
        gpghome.import_key(home, gpghome.export_public(self.team_home, self.team))

    @property
    def first_letters(self) -> int:
        """Letters that the senders' first mails brought about."""
        return KEYED_SENDERS * (1 + MEMBERS)

    @property
    def dovecot_pid(self) -> int:
        return int((self.dovecot.root / "run" / "master.pid").read_text())

    # --- databases ---

    def _make_template(self) -> None:
        """A database that knows every sender's key, and the letters that their first mails got."""
        self._template = self.root / "template.db"
        empty = self.root / "empty.db"
        opened = Store(empty)
        migrate.upgrade(opened.database, assembly.migrations())
        opened.close()
        shutil.copy(empty, self._template)
        self._empty = empty
        path = self.config(Plan(self._template, members=MEMBERS))
        first = self.writer.sealed(self.senders, KEYED_SENDERS, with_key=True)
        self.ingest(path, first)
        self.inboxd(path, "process", "--once")
        letters = self.sink.take()
        if len(letters) != self.first_letters:
            raise RuntimeError(f"{len(letters)} letters for the senders' first mails")
        addresses = {p.address for p in self.senders}
        for letter in letters:
            armored = gpghome.sealed_part(letter.content)
            inner, _ = gpghome.decrypt(self.people_home, armored)
            kind = self.samples.receipts if letter.recipient in addresses else self.samples.notices
            kind[letter.recipient] = inner

    def database(self, *, empty: bool = False) -> Path:
        """A copy of its own: knowing the senders, or quite empty."""
        self._made += 1
        path = self.root / f"db{self._made}" / "inboxd.db"
        path.parent.mkdir()
        shutil.copy(self._empty if empty else self._template, path)
        return path

    # --- inboxd ---

    def config(self, plan: Plan) -> Path:
        text = _CONFIG.format(
            address=ADDRESS,
            database=plan.database,
            team=self.team_home,
            contacts=self.contacts,
            fingerprint=self.team,
            host=LOOPBACK,
            smtp_port=self.sink.port,
        )
        if plan.lmtp:
            text += f'[lmtp]\nlisten = "{plan.lmtp}"\n'
        if plan.login:
            text += _MAILBOX.format(
                host=LOOPBACK,
                port=self.dovecot.imap_port,
                login=plan.login,
                password=self.root / "password",
            )
        for member in self.members[: plan.members]:
            text += _MEMBER.format(
                address=member.address,
                name=member.name,
                fingerprint=member.fingerprint,
                key_file=self.root / f"{member.name}.asc",
            )
        self._made += 1
        path = self.root / f"config{self._made}.toml"
        path.write_text(text)
        return path

    def loaded(self, plan: Plan) -> Config:
        return load(self.config(plan))

    def inboxd(self, config: Path, *arguments: str) -> str:
        """Run one verb to its end."""
        command = [sys.executable, "-m", "inboxd", "--config", str(config), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"inboxd {' '.join(arguments)}: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def daemon(self, plan: Plan) -> Daemon:
        """A daemon, not started yet: `with site.daemon(plan) as daemon`."""
        return Daemon(self.config(plan), self.root)

    def ingest(self, config: Path, mails: list[Mail]) -> None:
        """Put mails into the spool, as an operator would: a folder of files."""
        self._made += 1
        folder = self.root / f"in{self._made}"
        folder.mkdir()
        for number, mail in enumerate(mails):
            (folder / f"{number:06}.eml").write_bytes(mail.raw)
        said = self.inboxd(config, "ingest", str(folder))
        shutil.rmtree(folder)
        if not said.startswith(f"{len(mails)} taken"):
            raise RuntimeError(f"{len(mails)} mails were put into the spool, inboxd says: {said}")

    # --- Dovecot ---

    def mailbox(self) -> str:
        """The login of a mailbox that nothing has read yet."""
        return f"box{next(self._boxes)}"

    def deliver(self, login: str, mails: list[Mail]) -> None:
        """Deliver to a mailbox by LMTP, over one connection."""
        with smtplib.LMTP(LOOPBACK, self.dovecot.lmtp_port, "mx.example") as lmtp:
            for mail in mails:
                lmtp.sendmail(mail.sender.address, [f"{login}@mail.example"], mail.raw)

    def fill(self, login: str, mails: list[Mail]) -> None:
        """Put many mails into a mailbox at once: files in its Maildir."""
        self.deliver(login, mails[:1])
        folder = self.dovecot.root / "mail" / login / "Maildir" / "new"
        owner = folder.stat()
        for n, mail in enumerate(mails[1:], 1):
            path = folder / f"{1_700_000_000 + n}.M{n}.bench"
            path.write_bytes(mail.raw)
            os.chown(path, owner.st_uid, owner.st_gid)

    def take_letters(self) -> list[Accepted]:
        return self.sink.take()
