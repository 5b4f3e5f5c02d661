"""IMAP reader: takes mails out of one mailbox, hands them to `receive`, and files what was sent.

Polling is the truth and IDLE only a hint. A mail is flagged or moved only after `receive`
returned, and nothing is ever expunged by us except what was just moved. Any doubt about the
connection ends it: one exception, one dead connection, then a new one after a growing pause.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from imapclient import IMAPClient
from imapclient.exceptions import LoginError
from imapclient.imapclient import SENT

from inboxd import eventlog
from inboxd.adapters.imap.connection import (
    came_along,
    connect,
    delivered_at,
    forget_news,
    has_news,
    why,
)
from inboxd.config import Mailbox

CHUNK = 1024 * 1024  # bytes of one partial fetch
BATCH_BYTES = 2 * 1024 * 1024
BATCH_MAILS = 50
BACKOFF_FIRST, BACKOFF_MOST, BACKOFF_LOGIN = 0.2, 300.0, 60.0
OVERSIZE_HEAD = 1024 * 1024  # what is taken of a mail over the size cap


@dataclass(frozen=True, slots=True)
class Position:
    """How far a folder was read: `uid` is the last one that was taken."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


class Intake(Protocol):
    """What the reader calls; every method returns only after a commit."""

    def position(self, account: str, folder: str) -> tuple[int, int] | None: ...

    def restart(self, place: Position) -> None: ...

    def first_sync(self, account: str, folder: str, days: int) -> datetime | None: ...

    def taken(self, account: str, folder: str, uids: list[int]) -> list[int]: ...

    def take(self, place: Position, raw: bytes, received_at: datetime) -> None: ...

    def to_file(self) -> list[tuple[int, bytes]]: ...

    def filed(self, entry: int) -> None: ...


class ImapReader:
    """One mailbox in one thread: `run` returns after `stop`."""

    def __init__(
        self,
        config: Mailbox,
        password: Callable[[], str],
        intake: Intake,
        *,
        beat: Callable[[], None] = lambda: None,
        pause: Callable[[float], None] | None = None,
    ) -> None:
        self._config = config
        self._password = password
        self._intake = intake
        self._beat = beat
        self._stopping = threading.Event()
        self._pause = pause or self._wait
        self._client: IMAPClient | None = None
        self._deadline: float | None = None
        # old mails that stand among young ones at the first sync
        self._left_alone: set[int] = set()
        self.connected = False
        self.last_error = "not connected yet"

    # --- life ---

    def run(self) -> None:
        """Read until stopped; whatever breaks is met with a new connection."""
        guard = threading.Thread(target=self._guard, name=f"guard:{self._config.name}", daemon=True)
        guard.start()
        wait = BACKOFF_FIRST
        while not self._stopping.is_set():
            self._beat()
            began = time.monotonic()
            try:
                self._session()
            except LoginError as error:
                wait = max(wait, BACKOFF_LOGIN)  # fast retries lock accounts
                self._lost(error, wait)
            except Exception as error:  # noqa: BLE001  a reader that ends would read nothing ever again
                if time.monotonic() - began > 60:
                    wait = BACKOFF_FIRST
                self._lost(error, wait)
            if not self._stopping.is_set():
                self._pause(wait * random.uniform(0.5, 1.5))  # noqa: S311  jitter, no secret
                wait = min(wait * 2, BACKOFF_MOST)
        guard.join(timeout=5)

    def stop(self) -> None:
        self._stopping.set()
        self._cut()

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._stopping.wait(min(20.0, max(0.0, end - time.monotonic()))):
            self._beat()
            if time.monotonic() >= end:
                return

    def _lost(self, error: BaseException, wait: float) -> None:
        self.connected = False
        self.last_error = why(error)
        self._cut()
        self._client = None
        if not self._stopping.is_set():
            eventlog.imap_lost(self._config.name, error, wait)

    def _cut(self) -> None:
        client = self._client
        if client is not None:
            with contextlib.suppress(OSError, AttributeError):
                client.socket().shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(Exception):
                client.shutdown()

    def _guard(self) -> None:
        """Cut an operation that takes too long as a whole; socket timeouts count per read."""
        while not self._stopping.wait(0.5):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self._deadline = None
                client = self._client
                if client is not None:
                    with contextlib.suppress(OSError, AttributeError):
                        client.socket().shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        self._deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            self._deadline = None

    # --- one connection ---

    def _session(self) -> None:
        config = self._config
        with self._within(config.timeout_seconds * 3):
            client = self._client = connect(config, self._password)
            folder = _plain(config.folder)
            selected = client.select_folder(folder)
            capabilities = client.capabilities()
        uidvalidity = int(selected[b"UIDVALIDITY"])
        can_flag = b"\\*" in selected.get(b"PERMANENTFLAGS", ())
        last = self._resume(client, folder, uidvalidity)
        idles = b"IDLE" in capabilities
        self.connected, self.last_error = True, ""
        eventlog.imap_connected(config.name, idle=idles)
        self._tidy(client, last, can_flag=can_flag)
        while not self._stopping.is_set():
            forget_news(client)
            last = self._drain(client, folder, uidvalidity, last, can_flag=can_flag)
            self._file_sent(client)
            self._beat()
            if has_news(client):
                continue
            if idles:
                quiet = not self._idle(client)
            else:
                self._wait(config.poll_seconds)
                quiet = True
            if quiet and not self._stopping.is_set():
                self._look_again(client, folder, uidvalidity)

    def _resume(self, client: IMAPClient, folder: str, uidvalidity: int) -> int:
        """Where to go on; a changed UIDVALIDITY means reading all again, told apart by bytes."""
        config = self._config
        known = self._intake.position(config.name, folder)
        if known is not None and known[0] == uidvalidity:
            return known[1]
        last = 0
        self._left_alone.clear()
        if known is not None:
            eventlog.imap_rebuilt(config.name, folder)
        since = self._intake.first_sync(config.name, folder, config.first_sync_days)
        if since is not None:
            last = self._skip_old(client, since.date())
        self._intake.restart(Position(config.name, folder, uidvalidity, last))
        return last

    def _skip_old(self, client: IMAPClient, since: date) -> int:
        """Leave mail alone that is older than the promises made from the very first sync on."""
        with self._within(self._config.timeout_seconds * 4):
            everything = client.search(["ALL"])
            recent = set(client.search(["SINCE", since]))
        old = [uid for uid in everything if uid not in recent]
        if old:
            eventlog.imap_old_left_alone(self._config.name, len(old), since.isoformat())
        first = min(recent.intersection(everything), default=max(everything, default=0) + 1)
        self._left_alone.update(uid for uid in old if uid > first)
        return first - 1

    def _tidy(self, client: IMAPClient, last: int, *, can_flag: bool) -> None:
        """Flag or move what was taken before a crash came between the commit and the flag."""
        config = self._config
        with self._within(config.timeout_seconds * 4):
            if config.after == "move":
                found = client.search(["ALL"])
            elif config.after == "keyword" and can_flag:
                found = client.search(["UNKEYWORD", config.keyword])
            else:
                return
        folder, seen = _plain(config.folder), [uid for uid in found if uid <= last]
        left = self._intake.taken(config.name, folder, seen)
        for batch in _batches(left, 200):
            self._mark(client, batch, can_flag=can_flag)

    def _look_again(self, client: IMAPClient, folder: str, uidvalidity: int) -> None:
        """Select anew: a session may go on for ever in a folder that was deleted and made again."""
        with self._within(self._config.timeout_seconds * 2):
            selected = client.select_folder(folder)
        if int(selected[b"UIDVALIDITY"]) != uidvalidity:
            raise OSError("the folder was made anew; connecting again to read it from the start")

    def _idle(self, client: IMAPClient) -> bool:
        """One IDLE cycle: whether mail was announced."""
        seconds = self._config.idle_seconds
        with self._within(self._config.timeout_seconds):
            client.idle()
        news = True
        if not came_along(client, self._config.timeout_seconds):
            began = time.monotonic()
            responses = client.idle_check(timeout=seconds)
            elapsed = time.monotonic() - began
            # an empty answer that comes early is how a closed connection looks
            if not responses and elapsed < seconds * 0.5 and not self._stopping.is_set():
                raise OSError("the server closed the connection")
            news = any(b"EXISTS" in response for response in responses)
        with self._within(self._config.timeout_seconds):
            client.idle_done()
        return news

    # --- taking mails ---

    def _drain(
        self, client: IMAPClient, folder: str, uidvalidity: int, last: int, *, can_flag: bool
    ) -> int:
        config = self._config
        with self._within(config.timeout_seconds * 4):
            found = client.search(["UID", f"{last + 1}:*"])
        # n:* always names the last one
        uids = sorted(uid for uid in found if uid > last and uid not in self._left_alone)
        total, done = len(uids), 0
        for batch in _batches(uids, BATCH_MAILS):
            with self._within(config.timeout_seconds * 2):
                facts = client.fetch(batch, ["RFC822.SIZE", "INTERNALDATE"])
            taken = []
            for uid, raw, received in self._bodies(client, batch, facts):
                place = Position(config.name, folder, uidvalidity, uid)
                self._intake.take(place, raw, received)
                last = uid
                taken.append(uid)
                self._beat()
                if self._stopping.is_set():
                    break
            self._mark(client, taken, can_flag=can_flag)
            done += len(batch)
            if total > BATCH_MAILS:
                eventlog.imap_progress(config.name, done, total)
            if self._stopping.is_set():
                break
            last = max(last, batch[-1])  # what vanished meanwhile is nothing to wait for
        if self._left_alone and not self._stopping.is_set():  # the first sync is done
            last = max(last, *self._left_alone)
            self._intake.restart(Position(config.name, folder, uidvalidity, last))
            self._left_alone.clear()
        return last

    def _bodies(
        self, client: IMAPClient, batch: list[int], facts: dict[int, Any]
    ) -> Iterator[tuple[int, bytes, datetime]]:
        """(uid, raw, delivered at) in order: small mails together, large ones in pieces."""
        group: list[int] = []
        weight = 0
        for uid in batch:
            if uid not in facts:  # expunged by someone else: normal
                continue
            size = int(facts[uid].get(b"RFC822.SIZE", 0))
            if size <= CHUNK // 2:
                group.append(uid)
                weight += size
                if weight < BATCH_BYTES:
                    continue
            yield from self._small(client, group, facts)
            group, weight = [], 0
            if size > CHUNK // 2:
                raw = self._large(client, uid, size)
                if raw:
                    yield uid, raw, delivered_at(facts[uid])
        yield from self._small(client, group, facts)

    def _small(
        self, client: IMAPClient, group: list[int], facts: dict[int, Any]
    ) -> Iterator[tuple[int, bytes, datetime]]:
        if not group:
            return
        with self._within(self._config.timeout_seconds * 3):
            fetched = client.fetch(group, ["BODY.PEEK[]"])
        for uid in group:
            raw = fetched.get(uid, {}).get(b"BODY[]")
            if raw is not None:
                yield uid, raw, delivered_at(facts[uid])

    def _large(self, client: IMAPClient, uid: int, size: int) -> bytes:
        """A mail in pieces of 1 MiB; of one over the cap the beginning, and people are told."""
        wanted = size
        if size > self._config.max_bytes:
            eventlog.imap_too_large(self._config.name, uid, size)
            wanted = OVERSIZE_HEAD
        raw = bytearray()
        while len(raw) < wanted:
            with self._within(self._config.timeout_seconds * 3):
                piece = client.fetch([uid], [f"BODY.PEEK[]<{len(raw)}.{CHUNK}>"])
            data = piece.get(uid, {}).get(b"BODY[]<%d>" % len(raw))
            if not data:
                break
            raw += data
            self._beat()
        if wanted < size:
            raw[:0] = b"X-Inboxd-Truncated: %d\r\n" % size
        return bytes(raw)

    def _mark(self, client: IMAPClient, uids: list[int], *, can_flag: bool) -> None:
        config = self._config
        if not uids or config.after == "nothing":
            return
        with self._within(config.timeout_seconds * 2):
            if config.after == "keyword":
                if can_flag:
                    client.add_flags(uids, [config.keyword.encode()], silent=True)
                return
            self._move(client, uids, _plain(config.done_folder))

    def _move(self, client: IMAPClient, uids: list[int], target: str) -> None:
        if not client.folder_exists(target):
            client.create_folder(target)
        if client.has_capability("MOVE"):
            client.move(uids, target)
            return
        client.copy(uids, target)
        client.add_flags(uids, [b"\\Deleted"], silent=True)
        if client.has_capability("UIDPLUS"):
            client.uid_expunge(uids)  # never a plain EXPUNGE: it removes others' mails too

    # --- copies of what was sent ---

    def _file_sent(self, client: IMAPClient) -> None:
        if not self._config.file_sent:
            return
        if not (letters := self._intake.to_file()):
            return
        folder = self._config.sent_folder or client.find_special_folder(SENT) or "Sent"
        for entry, data in letters:
            with self._within(self._config.timeout_seconds * 3):
                client.append(folder, data, (b"\\Seen",))
            self._intake.filed(entry)
        eventlog.imap_sent_filed(self._config.name, len(letters))


def _plain(folder: str) -> str:
    if any(ord(c) < 32 for c in folder):
        raise ValueError("a folder name holds a control character")
    return folder


def _batches(uids: list[int], size: int) -> Iterator[list[int]]:
    for at in range(0, len(uids), size):
        yield uids[at : at + size]
