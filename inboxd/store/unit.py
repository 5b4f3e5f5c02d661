"""The unit of work: one transaction with the store's nouns on it.

`with store.write() as unit:` commits when the block ends and rolls back on any error. Rows never
leave the store; what comes out are the core's nouns.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from inboxd.core.case import Decision
from inboxd.core.compose import Rendered
from inboxd.core.decide.facts import Reading
from inboxd.core.letter import Letter
from inboxd.core.sla import Clocks
from inboxd.store.cases import Cases
from inboxd.store.database import Database
from inboxd.store.duplicates import Duplicates
from inboxd.store.history import History
from inboxd.store.outbox import Outbox
from inboxd.store.record import Record
from inboxd.store.schema import setting
from inboxd.store.spool import Spool


class Unit:
    """The store's nouns on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection
        self.spool = Spool(connection)
        self.outbox = Outbox(connection)
        self.cases = Cases(connection)
        self.duplicates = Duplicates(connection)
        self.history = History(connection)

    def record(
        self,
        decision: Decision,
        letters: list[tuple[Letter, Rendered]],
        clocks: Clocks,
        now: datetime,
        *,
        reading: Reading | None = None,
        received_at: datetime | None = None,
        entry: int | None = None,
    ) -> int:
        """Apply a whole decision; returns how many letters were new."""
        Record(self._c, clocks, now, entry).apply(decision, reading, received_at or now)
        return sum(self.outbox.enqueue(letter, mail, now) for letter, mail in letters)

    def refresh_deadlines(self, clocks: Clocks, now: datetime, numbers: set[int]) -> None:
        """Recompute deadline rows, after the policy or the calendar changed."""
        Record(self._c, clocks, now).refresh(numbers)

    def setting(self, name: str) -> bytes | None:
        return self._c.execute(select(setting.c.value).where(setting.c.name == name)).scalar()

    def set_setting(self, name: str, value: bytes) -> None:
        if self.setting(name) is None:
            self._c.execute(setting.insert().values(name=name, value=value))
        else:
            changed = setting.update().where(setting.c.name == name)
            self._c.execute(changed.values(value=value))

    def secret(self) -> bytes:
        """The key of reply tokens and Message-IDs: made once, part of every backup."""
        found = self.setting("secret")
        if found is None:
            found = secrets.token_bytes(32)
            self.set_setting("secret", found)
        return found


class Store:
    """The database as the pipeline sees it."""

    def __init__(self, where: Path | str) -> None:
        self.database = Database(where)

    @contextlib.contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Unit]:
        with self.database.write(durable=durable) as connection:
            yield Unit(connection)

    @contextlib.contextmanager
    def read(self) -> Iterator[Unit]:
        with self.database.read() as connection:
            yield Unit(connection)

    def close(self) -> None:
        self.database.close()
