"""The dry run behind `inboxd explain`: read and decide as the daemon would, keep nothing.

The same reading and deciding code; only the keyring keeps what it learns in a throw-away home,
and no database is opened, so a reply is explained as if its report were not known.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inboxd import assembly, data
from inboxd.adapters.gpg import MAX_HOME_PATH, Contacts, Gpg, TeamKeyring, stop_agent
from inboxd.config import load
from inboxd.core import routing
from inboxd.core.decide.facts import MessageFacts
from inboxd.core.decide.message import decide_message
from inboxd.core.explain import explanation
from inboxd.core.model import ReportNumber
from inboxd.core.routing import Route
from inboxd.isolation import BoundedReader, Limits


def _usable(home: Path, copy: Path) -> Path:
    """The home itself, or a copy of it where gpg-agent could not put its socket."""
    length = len(os.fsencode(home.absolute()))
    if length <= MAX_HOME_PATH and os.access(home, os.W_OK):
        return home
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("S.*", "*.lock", ".#*"))
    for directory in (copy, *(path for path in copy.rglob("*") if path.is_dir())):
        directory.chmod(0o700)
    return copy


class Explainer:
    """Explains any number of mails in one process. Use as a context manager."""

    def __init__(
        self, config_path: Path | None, home: Path | None, limits: Limits | None = None
    ) -> None:
        self._stack = ExitStack()
        config = load(config_path or data.find("config.example.toml"))
        throw_away = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="ibx-"))
        contacts = Contacts(Path(throw_away) / "contacts")
        known: tuple[Path, ...] = (contacts.gpg.home,)
        if home is not None:
            team_home = _usable(home, Path(throw_away) / "given")
        elif config_path is not None and config.pgp.home.is_dir():
            team_home = config.pgp.home
            if (config.pgp.contacts / "pubring.kbx").exists():
                known += (config.pgp.contacts,)
        else:
            team_home = Path(throw_away) / "team"
            team_home.mkdir(mode=0o700)
        passphrase = None
        if home is None and config_path is not None and config.pgp.passphrase is not None:
            passphrase = config.pgp.passphrase.read("pgp.passphrase").encode()
        team = Gpg(team_home, contacts=known, passphrase=passphrase)
        self._policy = assembly.policy(config, b"dry run")
        keyring = TeamKeyring(team, contacts, config.team_fingerprint())
        self._reader = BoundedReader(keyring, self._policy, limits or Limits())
        self._stack.callback(self._reader.close)
        if home is not None or team_home.is_relative_to(throw_away):
            self._stack.callback(stop_agent, team_home)

    def __enter__(self) -> Explainer:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def explain(self, raw: bytes) -> dict[str, Any]:
        """The explanation of one mail as plain data (design section 10). Raises ReadingStopped when
        it met a bound of the reader: the daemon would put such a mail into quarantine."""
        now = datetime.now(UTC)
        reading = self._reader.read(raw)
        message = reading.message
        found = routing.clues(message, self._policy)
        route = routing.route(message, reading.voice, found, {}, {}, self._policy)
        facts = MessageFacts(
            now=now,
            received_at=now,
            route=Route(bounced=route.bounced),
            report=None,
            next_number=ReportNumber(1),
            known_key=None,
            auto_sent_to_sender=0,
            auto_sent_overall=0,
            same_id_other_bytes=False,
            instruction_spent=False,
        )
        decision = decide_message(reading, facts, self._policy)
        return explanation(
            message,
            reading.verdict,
            reading.understood,
            decision.outcome.value if decision.outcome else "",
            [
                {
                    "purpose": letter.purpose,
                    "to": letter.to,
                    "encrypted": letter.fingerprint is not None,
                }
                for letter in decision.letters
            ],
        )
