"""The sandbox's mail: one raw file per message, folders in memory, an SQLite index behind them.

Bytes go in and come out unchanged; nothing here parses mail. Every method may be called from any
thread. Directories are 0700 and files 0600. A change is in the index before the method returns
and `on_change` is then called with the folder, which is how idling sessions learn of it.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from inboxd.sandbox.folder import DEFAULT_FOLDERS, Folder, Message
from inboxd.sandbox.mail_index import MailIndex

_NO_FLAGS: frozenset[str] = frozenset()


class FolderError(Exception):
    """A folder operation that cannot be done; the text is fit for a client's eyes."""


class MailStore:
    """All folders of all accounts under one directory."""

    def __init__(self, root: Path, on_change: Callable[[Folder], None]) -> None:
        self.lock = threading.RLock()
        self._root = root
        self._files = root / "messages"
        self._on_change = on_change
        self._folders: dict[tuple[str, str], Folder] = {}
        self._subscribed: dict[str, set[str]] = {}
        self._index: MailIndex | None = None

    # Opening and closing

    def open(self, logins: Iterable[str]) -> None:
        with self.lock:
            if self._index is not None:
                return
            for directory in (self._root, self._files):
                directory.mkdir(mode=0o700, parents=True, exist_ok=True)
                directory.chmod(0o700)
            index = MailIndex(self._root / "index.sqlite")
            self._index = index
            folders, self._subscribed = index.load()
            self._folders = {(folder.login, folder.name): folder for folder in folders}
            for login in logins:
                for name in DEFAULT_FOLDERS:
                    if (login, name) not in self._folders:
                        self.create(login, name)
                        self.subscribe(login, name)

    def close(self) -> None:
        """Let go of the index; what is in memory can still be read."""
        with self.lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    @property
    def index(self) -> MailIndex:
        if self._index is None:
            raise RuntimeError("the sandbox mail store is closed")
        return self._index

    # Folders

    def folder(self, login: str, name: str) -> Folder | None:
        return self._folders.get((login, _canonical(name)))

    def folders(self, login: str) -> list[str]:
        with self.lock:
            names = [name for owner, name in self._folders if owner == login]
        return sorted(names, key=lambda name: (name != "INBOX", name))

    def create(self, login: str, name: str) -> None:
        """Create a folder and the parents it lacks (RFC 3501 section 6.3.3)."""
        name = _canonical(name)
        with self.lock, self.index.transaction():
            if not name or (login, name) in self._folders:
                raise FolderError("a folder of that name exists already")
            if "" in name.split("/") or len(name) > 500 or any(c < " " for c in name):
                raise FolderError("that is no name for a folder")
            levels = name.split("/")
            for depth in range(1, len(levels) + 1):
                path = _canonical("/".join(levels[:depth]))
                if (login, path) not in self._folders:
                    folder = self.index.add_folder(login, path, self._new_uidvalidity())
                    self._folders[login, path] = folder

    def delete(self, login: str, name: str) -> None:
        """Delete a folder and its messages; its children stay (RFC 3501 section 6.3.4)."""
        with self.lock:
            folder = self.folder(login, name)
            if folder is None:
                raise FolderError("there is no such folder")
            if folder.name == "INBOX":
                raise FolderError("the INBOX cannot be deleted")
            with self.index.transaction():
                self.index.remove_folder(folder)
            del self._folders[login, folder.name]
            self._unlink(folder.messages.values())
            folder.gone = "the selected folder was deleted"
            folder.messages = {}
            self._touch(folder)

    def rename(self, login: str, old: str, new: str) -> None:
        """Rename a folder and its children; the INBOX is emptied into the new name instead."""
        old, new = _canonical(old), _canonical(new)
        with self.lock:
            if (login, new) in self._folders:
                raise FolderError("a folder of the new name exists already")
            source = self._folders.get((login, old))
            if source is not None and old == "INBOX":  # RFC 3501 section 6.3.5
                self.create(login, new)
                self.move(source, list(source.messages), self._folders[login, new])
                return
            moving = [
                folder
                for (owner, name), folder in self._folders.items()
                if owner == login and (name == old or name.startswith(old + "/"))
            ]
            if not moving:
                raise FolderError("there is no such folder")
            if new.startswith(old + "/"):
                raise FolderError("a folder cannot move into itself")
            parent = new.rpartition("/")[0]
            if parent and (login, parent) not in self._folders:
                self.create(login, parent)
            elif not new or "" in new.split("/"):
                raise FolderError("that is no name for a folder")
            with self.index.transaction():
                for folder in moving:
                    del self._folders[login, folder.name]
                    folder.name = new + folder.name[len(old) :]
                    self._folders[login, folder.name] = folder
                    self.index.save_folder(folder)

    def subscribe(self, login: str, name: str) -> None:
        with self.lock:
            self.index.subscribe(login, _canonical(name))
            self._subscribed.setdefault(login, set()).add(_canonical(name))

    def unsubscribe(self, login: str, name: str) -> None:
        with self.lock:
            self.index.unsubscribe(login, _canonical(name))
            self._subscribed.get(login, set()).discard(_canonical(name))

    def subscribed(self, login: str) -> set[str]:
        with self.lock:
            return set(self._subscribed.get(login, ()))

    def change_uidvalidity(self, folder: Folder, *, tell: bool = True) -> None:
        """Give the folder a new UIDVALIDITY and every message in it a new uid.

        Sessions that have it selected must leave: within a session the value never changes
        (RFC 3501 section 2.3.1.1). Without `tell` they go on in the folder that is gone, as with
        servers that do not notice that a folder was deleted and made again.
        """
        with self.lock, self.index.transaction():
            fresh = Folder(
                folder.id, folder.login, folder.name, self._new_uidvalidity(), folder.uidnext
            )
            fresh.recent_from = fresh.uidnext
            self.index.remove_messages(folder.messages.values())
            for message in folder.messages.values():
                self._add(fresh, replace(message, flags=fresh.spell(message.flags)))
            self.index.save_folder(fresh)
            self._folders[folder.login, folder.name] = fresh
            if tell:
                folder.gone = "the UIDVALIDITY of the selected folder changed"
                self._touch(folder)

    # Messages

    def append(
        self,
        folder: Folder,
        raw: bytes,
        flags: Iterable[str] = (),
        internaldate: datetime | None = None,
    ) -> Message:
        with self.lock, self.index.transaction():
            file_id = self.index.next_number("file")
            path = self._path(file_id)
            # A crash can leave a file without an index entry. It may be a hard link to a message
            # that lives on, so it is replaced, never written into.
            path.unlink(missing_ok=True)
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with open(descriptor, "wb") as file:
                file.write(raw)
            date = internaldate or datetime.now(UTC).replace(microsecond=0)
            draft = Message(0, file_id, len(raw), folder.spell(flags), date, 0)
            message = self._add(folder, draft)
            self.index.save_folder(folder)
        self._touch(folder)
        return message

    def copy(self, source: Folder, uids: Sequence[int], target: Folder) -> list[tuple[int, int]]:
        """Copy messages with flags and date; returns pairs of old and new uid."""
        pairs = []
        with self.lock, self.index.transaction():
            for message in self._present(source, uids):
                file_id = self.index.next_number("file")
                self._path(file_id).unlink(missing_ok=True)
                os.link(self._path(message.file_id), self._path(file_id))
                flags = target.spell(message.flags)
                copy = self._add(target, replace(message, file_id=file_id, flags=flags))
                pairs.append((message.uid, copy.uid))
            self.index.save_folder(target)
        self._touch(target)
        return pairs

    def move(self, source: Folder, uids: Sequence[int], target: Folder) -> list[tuple[int, int]]:
        """Move messages in one transaction; returns pairs of old and new uid."""
        pairs = []
        with self.lock, self.index.transaction():
            for message in self._present(source, uids):
                del source.messages[message.uid]
                moved = self._add(target, replace(message, flags=target.spell(message.flags)))
                pairs.append((message.uid, moved.uid))
            self.index.save_folder(target)
        self._touch(source)
        self._touch(target)
        return pairs

    def expunge(self, folder: Folder, uids: Iterable[int]) -> None:
        with self.lock:
            doomed = self._present(folder, uids)
            if not doomed:
                return
            with self.index.transaction():
                self.index.remove_messages(doomed)
            for message in doomed:
                del folder.messages[message.uid]
            self._unlink(doomed)
        self._touch(folder)

    def store_flags(
        self, folder: Folder, uids: Iterable[int], add: Iterable[str], remove: Iterable[str] | None
    ) -> list[Message]:
        """Remove flags (None: all of them), then add flags; returns the messages as they are now.

        Only messages whose flags really differ count as changed.
        """
        with self.lock:
            added = folder.spell(add)
            removed = None if remove is None else folder.spell(remove)
            result, changed = [], []
            for message in self._present(folder, uids):
                kept = _NO_FLAGS if removed is None else message.flags - removed
                if (flags := kept | added) != message.flags:
                    message = replace(message, flags=flags, changed=folder.version + 1)
                    folder.messages[message.uid] = message
                    changed.append(message)
                result.append(message)
            if changed:
                with self.index.transaction():
                    for message in changed:
                        self.index.save_message(folder, message)
                self._touch(folder)
            return result

    def claim_recent(self, folder: Folder) -> set[int]:
        """The uids no session was told of before; the caller's session is told now."""
        with self.lock:
            first, folder.recent_from = folder.recent_from, folder.uidnext
            if first == folder.uidnext:
                return set()
            if self._index is not None:
                self._index.save_folder(folder)
            return {uid for uid in folder.messages if uid >= first}

    def read(self, message: Message) -> bytes | None:
        """The bytes as they were stored; None if the message was expunged meanwhile."""
        try:
            return self._path(message.file_id).read_bytes()
        except FileNotFoundError:
            return None

    def snapshot(self, folder: Folder) -> list[Message]:
        with self.lock:
            return list(folder.messages.values())

    # Inside

    def _add(self, folder: Folder, message: Message) -> Message:
        """Give the message the next uid of the folder, in memory and in the index."""
        message = replace(message, uid=folder.uidnext, changed=folder.version + 1)
        folder.uidnext += 1
        self.index.save_message(folder, message)
        folder.messages[message.uid] = message
        return message

    def _new_uidvalidity(self) -> int:
        # A folder deleted and made again must not get its old value back (RFC 3501 6.3.3).
        return self.index.next_number("uidvalidity", at_least=int(time.time()))

    def _present(self, folder: Folder, uids: Iterable[int]) -> list[Message]:
        return [folder.messages[uid] for uid in uids if uid in folder.messages]

    def _touch(self, folder: Folder) -> None:
        with self.lock:
            folder.version += 1
        self._on_change(folder)

    def _unlink(self, messages: Iterable[Message]) -> None:
        for message in messages:
            with contextlib.suppress(FileNotFoundError):
                self._path(message.file_id).unlink()

    def _path(self, file_id: int) -> Path:
        return self._files / f"{file_id:08d}.eml"


def _canonical(name: str) -> str:
    """INBOX is the one name without case (RFC 3501 section 5.1)."""
    first, slash, rest = name.partition("/")
    return ("INBOX" if first.upper() == "INBOX" else first) + slash + rest
