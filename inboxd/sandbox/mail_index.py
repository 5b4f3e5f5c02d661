"""The SQLite file in which the sandbox mail store keeps folders, uids, flags and dates.

It is written through on every change and read once, at start. It is held in exclusive mode: a
second server on the same directory is refused instead of corrupting it. It never holds a byte of
any mail.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from inboxd.errors import TransientError
from inboxd.sandbox.folder import Folder, Message

_SCHEMA = """
CREATE TABLE IF NOT EXISTS folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, name TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL, uidnext INTEGER NOT NULL, recent_from INTEGER NOT NULL,
    UNIQUE (login, name));
CREATE TABLE IF NOT EXISTS message (
    file_id INTEGER PRIMARY KEY, folder_id INTEGER NOT NULL, uid INTEGER NOT NULL,
    size INTEGER NOT NULL, flags TEXT NOT NULL, internaldate TEXT NOT NULL,
    UNIQUE (folder_id, uid));
CREATE TABLE IF NOT EXISTS subscription (
    login TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (login, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""


class MailIndex:
    """One open index; the mail store calls it under its own lock."""

    def __init__(self, path: Path) -> None:
        # SQLite gives its journal the mode of the database file, so the file is made first.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._db = sqlite3.connect(path, timeout=0.2, check_same_thread=False, isolation_level=None)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
            with self.transaction():  # takes the lock now, not at the first mail
                pass
        except sqlite3.OperationalError as error:
            self._db.close()
            raise TransientError(
                f"the sandbox mail store {path.parent} cannot be opened; is another sandbox "
                f"running on it? ({error})"
            ) from error

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def load(self) -> tuple[list[Folder], dict[str, set[str]]]:
        """All folders with their messages, and the subscribed names per login."""
        folders: dict[int, Folder] = {}
        for row in self._db.execute(
            "SELECT id, login, name, uidvalidity, uidnext, recent_from FROM folder"
        ):
            folders[row[0]] = Folder(*row)
        for folder_id, uid, file_id, size, flags, date in self._db.execute(
            "SELECT folder_id, uid, file_id, size, flags, internaldate FROM message ORDER BY uid"
        ):
            folder = folders[folder_id]
            folder.messages[uid] = Message(
                uid, file_id, size, folder.spell(flags.split()), datetime.fromisoformat(date), 1
            )
        subscribed: dict[str, set[str]] = {}
        for login, name in self._db.execute("SELECT login, name FROM subscription"):
            subscribed.setdefault(login, set()).add(name)
        return list(folders.values()), subscribed

    def next_number(self, name: str, at_least: int = 1) -> int:
        """The next value of a counter that never repeats one."""
        row = self._db.execute(
            "INSERT INTO counter VALUES (?, ?) ON CONFLICT (name)"
            " DO UPDATE SET value = max(value + 1, excluded.value) RETURNING value",
            (name, at_least),
        ).fetchone()
        return int(row[0])

    def add_folder(self, login: str, name: str, uidvalidity: int) -> Folder:
        cursor = self._db.execute(
            "INSERT INTO folder (login, name, uidvalidity, uidnext, recent_from)"
            " VALUES (?, ?, ?, 1, 1)",
            (login, name, uidvalidity),
        )
        assert cursor.lastrowid is not None
        return Folder(cursor.lastrowid, login, name, uidvalidity)

    def save_folder(self, folder: Folder) -> None:
        self._db.execute(
            "UPDATE folder SET name=?, uidvalidity=?, uidnext=?, recent_from=? WHERE id=?",
            (folder.name, folder.uidvalidity, folder.uidnext, folder.recent_from, folder.id),
        )

    def remove_folder(self, folder: Folder) -> None:
        self._db.execute("DELETE FROM message WHERE folder_id=?", (folder.id,))
        self._db.execute("DELETE FROM folder WHERE id=?", (folder.id,))

    def save_message(self, folder: Folder, message: Message) -> None:
        """Insert or overwrite; a moved message keeps its file and so its row."""
        self._db.execute(
            "INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?, ?)",
            (
                message.file_id,
                folder.id,
                message.uid,
                message.size,
                " ".join(sorted(message.flags)),
                message.internaldate.isoformat(),
            ),
        )

    def remove_messages(self, messages: Iterable[Message]) -> None:
        self._db.executemany(
            "DELETE FROM message WHERE file_id=?", [(message.file_id,) for message in messages]
        )

    def subscribe(self, login: str, name: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO subscription VALUES (?, ?)", (login, name))

    def unsubscribe(self, login: str, name: str) -> None:
        self._db.execute("DELETE FROM subscription WHERE login=? AND name=?", (login, name))
