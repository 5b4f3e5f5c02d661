"""The database: connections, transactions, the lock that keeps one daemon per file.

SQLite in WAL, synchronous=FULL for all that must outlive a power cut; every writer begins with BEGIN IMMEDIATE, because a deferred
transaction that upgrades fails at once or loses updates. Never held across gpg or the network.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from inboxd.errors import StorageError, TransientError

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA cache_size=-8000",
)


class Database:
    """One database. Safe to share between threads; each block gets its own connection."""

    def __init__(self, where: Path | str) -> None:
        self.path = where if isinstance(where, Path) else None
        self.engine = self._engine(where, "FULL")
        # what may be forgotten in a power cut (not in a kill -9), like who works on what just now
        self._light = self._engine(where, "NORMAL") if self.path is not None else self.engine
        self._lock_file: int | None = None
        # SQLite has one writer at a time; waiting here is fair, its busy handler sleeps and polls
        self._turn = threading.Lock() if self.path is not None else contextlib.nullcontext()

    def _engine(self, where: Path | str, synchronous: str) -> Engine:
        if isinstance(where, str):
            return create_engine(where, pool_pre_ping=True)
        try:
            where.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not where.exists():
                os.close(os.open(where, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StorageError(
                f"database {where}: {error.strerror}; give the daemon's user a folder to write in"
            ) from error
        engine = create_engine(
            f"sqlite:///{where}",
            pool_size=16,
            max_overflow=8,
            connect_args={"timeout": 15, "check_same_thread": False},
        )

        @event.listens_for(engine, "connect")
        def _connected(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # we write BEGIN ourselves
            for pragma in (*_PRAGMAS, f"PRAGMA synchronous={synchronous}"):
                connection.execute(pragma)

        @event.listens_for(engine, "begin")
        def _begun(connection: Connection) -> None:
            reads = connection.get_execution_options().get("read_only", False)
            connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

        return engine

    @contextlib.contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """One writing transaction: commits at the end of the block, rolls back on any error.

        `durable` False spares the wait for the disk: a power cut may undo it, a kill -9 cannot.
        """
        engine = self.engine if durable else self._light
        with self._turn, self._translated(), engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        with self._translated(), self.engine.connect() as connection:
            yield connection.execution_options(read_only=True)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            text = str(error.orig)
            if "locked" in text or "busy" in text:
                raise TransientError("the database is busy") from error
            if "full" in text:
                raise TransientError("the disk of the database is full; free some space") from error
            if "no such table" in text:
                raise StorageError("the database is empty: run `inboxd migrate` first") from error
            raise StorageError(f"the database cannot be used: {text}") from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise TransientError("the connection to the database was lost") from error
            raise

    def lock(self) -> None:
        """Take the file as the only daemon; raises StorageError when another one runs on it."""
        if self.path is None or self._lock_file is not None:
            return
        fd = os.open(f"{self.path}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(fd)
            raise StorageError(
                f"another inboxd works on {self.path}; stop it first, or use another database"
            ) from error
        self._lock_file = fd

    def close(self) -> None:
        self.engine.dispose()
        self._light.dispose()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None
