"""LMTP listener (RFC 2033) for sites whose mail server can push; never faces the Internet.

It only hands bytes to `receive` and says "250" after that returned. One reply per accepted
recipient, as the protocol demands. Blocking work runs in a bounded pool; when it is full the mail
server is asked to come back.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import ipaddress
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from inboxd import eventlog
from inboxd.config import Lmtp
from inboxd.errors import ConfigError

MAX_AT_ONCE = 8
MAX_RECIPIENTS = 50

Receive = Callable[[str, str, bytes], object]


class LmtpListener:
    """A listener in its own thread. `port` is set for TCP."""

    def __init__(self, config: Lmtp, address: str, receive: Receive) -> None:
        self._config = config
        self._handler = _Handler(address, receive)
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.AbstractServer | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def start(self) -> None:
        sock = self._bind()
        self._server = self._loop.run_until_complete(
            self._loop.create_unix_server(self._session, sock=sock)
            if sock.family == socket.AF_UNIX
            else self._loop.create_server(self._session, sock=sock)
        )
        self._thread = threading.Thread(target=self._loop.run_forever, name="lmtp", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread is None:
            return

        async def close() -> None:
            if self._server is not None:
                self._server.close()
            for task in asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}:
                task.cancel()

        asyncio.run_coroutine_threadsafe(close(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()
        self._handler.close()
        self._thread = None
        if self._config.listen.startswith("unix:"):
            Path(self._config.listen.removeprefix("unix:")).unlink(missing_ok=True)

    def _bind(self) -> socket.socket:
        listen = self._config.listen
        if listen.startswith("unix:"):
            path = Path(listen.removeprefix("unix:"))
            if path.is_socket():  # a killed daemon left it
                path.unlink(missing_ok=True)
            sock = socket.socket(socket.AF_UNIX)
            try:
                sock.bind(str(path))
                os.chmod(path, int(self._config.socket_mode, 8))
            except OSError as error:
                raise ConfigError(f"lmtp.listen: cannot bind {path}: {error.strerror}") from error
            return sock
        host, _, port = listen.rpartition(":")
        try:
            loopback = ipaddress.ip_address(host.strip("[]")).is_loopback and port.isdigit()
        except ValueError:
            loopback = False
        if not loopback:
            raise ConfigError(
                f"lmtp.listen: {listen!r} is neither unix:/path nor a loopback address with a port"
            )
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        sock = socket.socket(family)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host.strip("[]"), int(port)))
        except OSError as error:
            raise ConfigError(f"lmtp.listen: cannot bind {listen}: {error.strerror}") from error
        self.port = sock.getsockname()[1]
        return sock

    def _session(self) -> SMTP:
        return _LongLines(
            self._handler,
            data_size_limit=self._config.max_bytes,
            enable_SMTPUTF8=True,
            loop=self._loop,
            ident="inboxd LMTP",
            hostname="localhost",
            timeout=120,
            command_call_limit={"*": 200},
        )


class _LongLines(LMTP):
    """Lines of any length: a mail with one is odd, but refusing it would lose a report."""

    line_length_limit = 64 * 1024 * 1024


class _Handler:
    """aiosmtpd's hooks; nothing of an exception ever reaches the peer."""

    def __init__(self, address: str, receive: Receive) -> None:
        self._address = address
        self._receive = receive
        self._pool = ThreadPoolExecutor(max_workers=MAX_AT_ONCE, thread_name_prefix="lmtp-work")
        self._busy = threading.BoundedSemaphore(MAX_AT_ONCE * 2)

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        local, _, domain = address.lower().rpartition("@")
        own_local, _, own_domain = self._address.rpartition("@")
        if domain != own_domain or local.partition("+")[0] != own_local:
            eventlog.lmtp_refused("unknown recipient")
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Store once, answer once per recipient (RFC 2033 4.2)."""
        line = await self._store(envelope)
        return "\r\n".join([line] * max(1, len(envelope.rcpt_tos)))

    async def _store(self, envelope: Envelope) -> str:
        if not self._busy.acquire(blocking=False):
            return "451 4.3.2 busy, try again soon"
        try:
            raw = _with_envelope(envelope)
            key = hashlib.sha256(raw).hexdigest()
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._pool, self._receive, "lmtp", key, raw)
        except Exception as error:  # noqa: BLE001  the peer gets fixed words, the log the reason
            eventlog.part_failed("lmtp", error)
            return "451 4.3.0 temporary failure, try again"
        finally:
            self._busy.release()
        return "250 2.0.0 taken"

    async def handle_exception(self, error: Exception) -> str:
        with contextlib.suppress(Exception):
            eventlog.part_failed("lmtp", error)
        return "451 4.3.0 temporary failure, try again"


def _with_envelope(envelope: Envelope) -> bytes:
    """The bytes as sent, under the trace fields that a final delivery adds (RFC 5321 4.4)."""
    content: Any = envelope.original_content or b""
    # aiosmtpd gives "<>" for the null path when parameters follow it
    mail_from = (envelope.mail_from or "").strip("<>")
    head = f"Return-Path: <{mail_from}>\r\n"
    head += "".join(f"Delivered-To: {rcpt}\r\n" for rcpt in envelope.rcpt_tos)
    return head.encode("utf-8", "replace") + bytes(content)
