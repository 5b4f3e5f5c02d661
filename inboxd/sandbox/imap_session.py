"""One IMAP connection: reading commands, writing answers, and the client's view of its folder.

The view is the list of uids the client believes the folder holds; message numbers are positions in
it. It changes only in `sync`, together with the untagged lines that tell the client, so numbers
stay right however many sessions work on the folder. What goes out is always whole lines.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Callable

from inboxd.sandbox.faults import ImapFaults
from inboxd.sandbox.folder import Folder, Message
from inboxd.sandbox.imap_parser import LITERAL_AT_END
from inboxd.sandbox.imap_sets import SequenceSet
from inboxd.sandbox.mail_view import MailView
from inboxd.sandbox.mailstore import MailStore

MAX_MAIL = 64 << 20
_MAX_LITERAL = 64 << 10  # in every command but APPEND
_MAX_BEFORE_LOGIN = 8 << 10
_FLUSH_AT = 64 << 10
_POLL = 0.02  # how often a stalled connection looks whether the switch was turned off


class Hangup(Exception):
    """The connection ends here; the text, if any, goes into a BYE."""


class LiteralTooLarge(Exception):
    """The client announced more than fits and waits for a go-ahead it does not get."""


class Session:
    """The state of one connection. Runs in the server's loop only."""

    def __init__(
        self,
        store: MailStore,
        faults: ImapFaults,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        check_login: Callable[[str, str], bool],
    ) -> None:
        self.store = store
        self.faults = faults
        self.reader = reader
        self._writer = writer
        self._out = bytearray()
        self.check_login = check_login
        self.login = ""  # empty until logged in
        self.wake = asyncio.Event()  # set by the server when the selected folder changed
        self.folder: Folder | None = None
        self.read_only = False
        self.uids: list[int] = []
        self.recent: set[int] = set()
        self._told: dict[int, frozenset[str]] = {}  # the flags the client knows
        self._version = 0  # of the folder, as far as the client was told
        self._held_back = False  # whether expunges wait for a command that may carry them
        self._highest = 0  # uid; everything above is news
        self._keywords = 0
        self._opened: MailView | None = None

    # Reading

    async def read_command(self) -> bytes:
        """One command with its literals; raises IncompleteReadError at the end of the stream."""
        line = await self._read_line()
        words = line[:200].decode("latin-1").upper().split()[1:3]
        name = " ".join(words if words[:1] == ["UID"] else words[:1])
        self._drop_if_told(name)
        limit = _MAX_LITERAL if self.login else _MAX_BEFORE_LOGIN
        if name == "APPEND" and self.login:
            limit = MAX_MAIL
        command = bytearray(line)
        while match := LITERAL_AT_END.search(line):
            size = int(match[1])
            if len(command) + size > limit + _MAX_LITERAL:
                if match[2]:
                    # The client sends without waiting, so nothing that follows makes sense.
                    raise Hangup("[TOOBIG] that literal is larger than this server takes")
                raise LiteralTooLarge(bytes(command).partition(b" ")[0])
            if not match[2]:
                self.send(b"+ go ahead")
                await self.flush()
            command += await self.reader.readexactly(size)
            line = await self._read_line()
            command += line
        return bytes(command)

    async def read_line(self) -> bytes:
        """A line that is no command: a SASL answer or DONE, without its line end."""
        return (await self._read_line()).rstrip(b"\r\n")

    async def _read_line(self) -> bytes:
        try:
            return await self.reader.readuntil(b"\n")
        except asyncio.LimitOverrunError as error:
            raise Hangup("that line is longer than this server takes") from error

    def _drop_if_told(self, name: str) -> None:
        names = {name, name.removeprefix("UID ")}
        if names & self.faults.drop_on:
            raise Hangup
        if struck := names & self.faults.drop_once_on:
            self.faults.drop_once_on -= struck
            raise Hangup

    # Writing

    def send(self, line: bytes) -> None:
        """Queue one response line, literals included; goes out whole with the next flush."""
        self._out += line
        self._out += b"\r\n"

    async def flush(self) -> None:
        while self.faults.stall:
            await asyncio.sleep(_POLL)
        out, self._out = bytes(self._out), bytearray()
        step = self.faults.split_writes
        if step > 0:
            for start in range(0, len(out), step):
                self._writer.write(out[start : start + step])
                await self._writer.drain()
                await asyncio.sleep(0.001)
        elif out:
            self._writer.write(out)
            await self._writer.drain()

    async def flush_if_full(self) -> None:
        """Keep a long answer from piling up, and let the other sessions have a turn."""
        if len(self._out) >= _FLUSH_AT:
            await self.flush()
            await asyncio.sleep(0)

    # The selected folder

    def select(self, folder: Folder, *, read_only: bool) -> None:
        with self.store.lock:
            self.unselect()
            self.folder, self.read_only = folder, read_only
            self.uids = list(folder.messages)
            self._told = {uid: message.flags for uid, message in folder.messages.items()}
            self._version = folder.version
            self._highest = folder.uidnext - 1
            self._keywords = len(folder.keywords)
            if read_only:  # EXAMINE must not take \Recent away from others
                self.recent = {uid for uid in self.uids if uid >= folder.recent_from}
            else:
                self.recent = self.store.claim_recent(folder)

    def unselect(self) -> None:
        self.folder, self.uids, self.recent, self._told = None, [], set(), {}
        self._held_back = False
        self._opened = None

    def selected(self) -> Folder:
        assert self.folder is not None  # the dispatcher checked the state
        return self.folder

    def resolve(self, numbers: SequenceSet, *, by_uid: bool) -> list[int]:
        """The uids a set names in this session's view; ValueError for numbers beyond it."""
        if by_uid:
            return numbers.resolve(self.uids)
        if not numbers.within(len(self.uids)):
            raise ValueError
        return [self.uids[n - 1] for n in numbers.resolve(range(1, len(self.uids) + 1))]

    def sequence(self, uid: int) -> int:
        """The message number of a uid that is in the view."""
        return bisect_left(self.uids, uid) + 1

    def open(self, message: Message) -> MailView:
        """The mail, kept open for the next command: big mails are fetched in slices."""
        kept = self._opened
        if kept is None or kept.message.file_id != message.file_id:
            self._opened = MailView(self.store, message)
        elif kept.message is not message:
            kept.message = message
        assert self._opened is not None
        return self._opened

    def flags_of(self, message: Message) -> str:
        flags = sorted(message.flags)
        return " ".join([*flags, "\\Recent"] if message.uid in self.recent else flags)

    def told_flags(self, message: Message) -> None:
        """The client knows these flags now, or asked not to be told."""
        self._told[message.uid] = message.flags

    def sync(self, *, expunges: bool) -> None:
        """Tell the client what others did to its folder since it was last told.

        `expunges` is False while answering FETCH, STORE and SEARCH (RFC 3501 section 7.4.1): then
        expunged messages keep their numbers until a command that may say so.
        """
        folder = self.folder
        if folder is None:
            return
        if folder.gone:
            raise Hangup(folder.gone)
        with self.store.lock:
            if folder.version == self._version and not (self._held_back and expunges):
                return
            before, self._version = self._version, folder.version
            self._tell_expunged(folder, expunges)
            self._tell_flags(folder, before)
            self._tell_new(folder)

    def _tell_expunged(self, folder: Folder, expunges: bool) -> None:
        lost = [n for n, uid in enumerate(self.uids) if uid not in folder.messages]
        self._held_back = bool(lost) and not expunges
        if lost and expunges:
            for index in reversed(lost):  # from the end, so that no number shifts
                self.send(b"* %d EXPUNGE" % (index + 1))
                self._told.pop(self.uids[index], None)
                self.recent.discard(self.uids[index])
            self.uids = [uid for uid in self.uids if uid in folder.messages]

    def _tell_flags(self, folder: Folder, before: int) -> None:
        if len(folder.keywords) != self._keywords:
            self._keywords = len(folder.keywords)
            self.send(f"* FLAGS ({folder.all_flags()})".encode("ascii"))
        for message in folder.messages.values():
            if message.changed <= before or message.uid > self._highest:
                continue
            if self._told.get(message.uid) != message.flags:
                self.told_flags(message)
                # With the UID, as RFC 9051 section 7.5.2 advises: a client that fetches by uid
                # at this moment can tell whose flags these are.
                self.send(
                    f"* {self.sequence(message.uid)} FETCH (UID {message.uid} FLAGS"
                    f" ({self.flags_of(message)}))".encode("ascii")
                )

    def _tell_new(self, folder: Folder) -> None:
        new = []
        for uid in reversed(folder.messages):
            if uid <= self._highest:
                break
            new.append(uid)
        self._highest = max(self._highest, folder.uidnext - 1)
        if not new:
            return
        self.uids += reversed(new)
        for uid in new:
            self.told_flags(folder.messages[uid])
        if self.read_only:
            self.recent.update(uid for uid in new if uid >= folder.recent_from)
        else:
            self.recent |= self.store.claim_recent(folder) & set(new)
        self.send(b"* %d EXISTS" % len(self.uids))
        self.send(b"* %d RECENT" % len(self.recent))
