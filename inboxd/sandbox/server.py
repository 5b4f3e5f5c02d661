"""The sandbox mail server: IMAP and SMTP on loopback, in a thread of its own.

It is what `inboxd sandbox` and the fast tests run on. It binds loopback addresses only, keeps its
state under one directory across restarts, and can be told to misbehave (`faults`). It is never a
product feature: no limits, quotas or hardening beyond what a sandbox needs.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ipaddress
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

from inboxd.sandbox.connections import Connections
from inboxd.sandbox.faults import Faults
from inboxd.sandbox.folder import Folder
from inboxd.sandbox.imap_commands import serve
from inboxd.sandbox.imap_session import Session
from inboxd.sandbox.mailstore import MailStore
from inboxd.sandbox.submission import Routes, SubmissionHandler, SubmissionProtocol, base_address

_MAX_LINE = 256 << 10


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox owner."""

    login: str
    password: str
    addresses: tuple[str, ...]  # lower case, without sub-address


class MailServer:
    """One server over one directory; may be started again after it was stopped."""

    imap_port: int
    smtp_port: int

    def __init__(
        self,
        root: Path,
        accounts: Sequence[Account],
        *,
        host: str = "127.0.0.1",
        imap_port: int = 0,
        smtp_port: int = 0,
        faults: Faults | None = None,
        ssl_context: ssl.SSLContext | None = None,
        require_auth: bool = False,
    ) -> None:
        self.host = _loopback(host)
        self.imap_port = imap_port  # 0 until started: any free port
        self.smtp_port = smtp_port
        self.faults = faults or Faults()
        self._accounts = {account.login: account for account in accounts}
        self._owners = {
            address.lower(): account.login for account in accounts for address in account.addresses
        }
        self._ssl_context = ssl_context
        self._store = MailStore(root, self._folder_changed)
        self._store.open(self._accounts)
        self._sessions: set[Session] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stopping: asyncio.Event | None = None
        routes = Routes(self._check_login, self.owner, self.deliver)
        self._handler = SubmissionHandler(routes, self.faults.smtp, require_auth=require_auth)

    # Life

    def start(self) -> None:
        """Serve in a new thread; returns when both ports accept, or raises why they do not."""
        if self._thread is not None:
            raise RuntimeError("the sandbox mail server is running already")
        self._store.open(self._accounts)
        started = threading.Event()
        failure: list[BaseException] = []
        self._thread = threading.Thread(
            target=self._run, args=(started, failure), name="sandbox-mail", daemon=True
        )
        self._thread.start()
        started.wait()
        if failure:
            self.stop()
            raise failure[0]

    def stop(self) -> None:
        """Close every connection and wait for the thread; does nothing when not running."""
        thread, self._thread = self._thread, None
        loop, stopping = self._loop, self._stopping
        if thread is not None:
            if loop is not None and stopping is not None and not loop.is_closed():
                loop.call_soon_threadsafe(stopping.set)
            thread.join()
        self._store.close()

    def __enter__(self) -> MailServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    # What tests and the sandbox command do directly; any thread may

    def deliver(
        self, login: str, raw: bytes, *, folder: str = "INBOX", flags: tuple[str, ...] = ()
    ) -> int:
        """Put a mail into a folder as it is; returns its uid."""
        return self._store.append(self._folder(login, folder), raw, flags).uid

    def messages(self, login: str, folder: str = "INBOX") -> list[bytes]:
        """The raw mails of a folder, by ascending uid."""
        every = self._store.snapshot(self._folder(login, folder))
        return [raw for one in every if (raw := self._store.read(one)) is not None]

    def folders(self, login: str) -> list[str]:
        return self._store.folders(login)

    def flags(self, login: str, folder: str = "INBOX") -> dict[int, frozenset[str]]:
        every = self._store.snapshot(self._folder(login, folder))
        return {message.uid: message.flags for message in every}

    def change_uidvalidity(self, login: str, folder: str = "INBOX", *, tell: bool = True) -> None:
        """A new UIDVALIDITY and new uids for the same messages; ends sessions in the folder, or
        without `tell` leaves them in the folder that is gone."""
        self._store.change_uidvalidity(self._folder(login, folder), tell=tell)

    def owner(self, address: str) -> str | None:
        """The login that mail to an address goes to."""
        return self._owners.get(address.lower()) or self._owners.get(base_address(address))

    # Inside

    def _folder(self, login: str, name: str) -> Folder:
        folder = self._store.folder(login, name)
        if folder is None:
            raise KeyError(f"there is no folder {name} of {login}")
        return folder

    def _check_login(self, login: str, password: str) -> bool:
        account = self._accounts.get(login)
        expected = account.password if account else ""
        same = hmac.compare_digest(password.encode("utf-8"), expected.encode("utf-8"))
        return same and account is not None

    def _folder_changed(self, folder: Folder) -> None:
        loop = self._loop
        if loop is None:
            return
        with contextlib.suppress(RuntimeError):  # stopped meanwhile: nobody is left to wake
            loop.call_soon_threadsafe(self._wake, folder)

    def _wake(self, folder: Folder) -> None:
        for session in self._sessions:
            if session.folder is folder:
                session.wake.set()

    def _run(self, started: threading.Event, failure: list[BaseException]) -> None:
        try:
            asyncio.run(self._serve(started))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits in start
            failure.append(error)
        finally:
            self._loop = self._stopping = None
            started.set()

    async def _serve(self, started: threading.Event) -> None:
        loop = asyncio.get_running_loop()
        self._stopping = stopping = asyncio.Event()
        self._loop = loop
        connections = Connections()
        # asyncio sets TCP_NODELAY on every accepted socket.
        imap = await asyncio.start_server(
            partial(self._serve_imap, connections),
            self.host,
            self.imap_port,
            ssl=self._ssl_context,
            limit=_MAX_LINE,
        )
        try:
            smtp = await loop.create_server(
                lambda: SubmissionProtocol(self._handler, self.faults.smtp, loop, connections),
                self.host,
                self.smtp_port,
                ssl=self._ssl_context,
            )
        except BaseException:
            imap.close()
            raise
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        started.set()
        await stopping.wait()
        # Stop accepting, let go of what was accepted, then close: a server that is closed while
        # asyncio still sets up a connection leaks its socket.
        for listener in (*imap.sockets, *smtp.sockets):
            loop.remove_reader(listener.fileno())
        await connections.end()
        imap.close()
        smtp.close()

    async def _serve_imap(
        self,
        connections: Connections,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        connections.enter()
        faults = self.faults.imap
        session = Session(self._store, faults, reader, writer, self._check_login)
        self._sessions.add(session)
        try:
            if not faults.refuse_connect and not connections.closing:
                await serve(session)
        except asyncio.CancelledError:
            pass  # the server stops; asyncio would log a cancelled connection as an error
        finally:
            self._sessions.discard(session)
            connections.release(writer.transport)


def _loopback(host: str) -> str:
    """The address to bind; refuses all that other machines can reach."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError(
            f"the sandbox mail server only binds loopback addresses such as 127.0.0.1, not {host!r}"
        )
    return host
