"""The SMTP side of the sandbox: submission and delivery in one, on aiosmtpd.

Mail goes to the account that owns the envelope recipient, never by what its header says, and is
stored as `Return-Path`, `Delivered-To` and `Received` in front of the bytes as they came. Nothing
is ever relayed: an unknown recipient is refused.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import wraps
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from inboxd.sandbox.connections import Connections
from inboxd.sandbox.faults import SmtpFaults

MAX_MAIL = 64 << 20
_POLL = 0.02
_MAX_RECIPIENTS = 100
_UNSAFE = re.compile(r"[^A-Za-z0-9.:\[\]_-]")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")

_Method = Callable[[str | None], Awaitable[None]]

# aiosmtpd writes every command, addresses included, at INFO and mail content at DEBUG; its
# warnings are about its own future.
logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Routes:
    """Who may log in, who owns an address, and where delivered bytes go."""

    check_login: Callable[[str, str], bool]
    owner: Callable[[str], str | None]  # envelope address -> login
    deliver: Callable[[str, bytes], object]  # login, raw bytes


class SubmissionHandler:
    """The aiosmtpd handler; one serves all connections."""

    def __init__(self, routes: Routes, faults: SmtpFaults, *, require_auth: bool) -> None:
        self._routes = routes
        self._faults = faults
        self._require_auth = require_auth

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        if isinstance(data, LoginPassword):
            login = data.login.decode("utf-8", "replace")
            password = data.password.decode("utf-8", "replace")
            if self._routes.check_login(login, password):
                return AuthResult(success=True, auth_data=data)
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        # Checked here because aiosmtpd's own auth_required insists on TLS, even on loopback.
        if self._require_auth and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if _CONTROL.search(address):
            return "553 5.1.7 malformed sender address"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        for known in (address.lower(), base_address(address)):
            if known in self._faults.reject_rcpt:
                return self._faults.reject_rcpt[known]
        if _CONTROL.search(address) or self._routes.owner(address) is None:
            return "550 5.1.1 no such mailbox in this sandbox"
        if len(envelope.rcpt_tos) >= _MAX_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        if address not in envelope.rcpt_tos:
            envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._faults.reject_data is not None:
            return self._faults.reject_data
        content = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            login = self._routes.owner(recipient)
            if login is not None:
                trace = trace_header(session, envelope, recipient)
                self._routes.deliver(login, trace + content)
        if self._faults.drop_after_data and server.transport is not None:
            server.transport.close()  # what is written afterwards goes nowhere
        return "250 2.0.0 stored"

    async def handle_exception(self, error: Exception) -> str:
        # aiosmtpd would tell the peer the text of the exception, as a permanent failure.
        logging.getLogger(__name__).error("an SMTP command failed with %s", type(error).__name__)
        return "451 4.3.0 temporary failure"


class SubmissionProtocol(SMTP):
    """One SMTP connection with the fault switches that aiosmtpd has no hook for."""

    def __init__(
        self,
        handler: SubmissionHandler,
        faults: SmtpFaults,
        loop: asyncio.AbstractEventLoop,
        connections: Connections,
    ) -> None:
        super().__init__(
            handler,
            data_size_limit=MAX_MAIL,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="inboxd sandbox, not for real use",
            auth_require_tls=False,  # loopback only
            authenticator=handler.authenticate,
            loop=loop,
        )
        self._faults = faults
        self._connections = connections
        commands: dict[str, _Method] = vars(self)["_smtp_methods"]
        self._smtp_methods = {
            name: self._with_faults(name, method) for name, method in commands.items()
        }

    async def _handle_client(self) -> None:
        self._connections.enter()
        try:
            await self._converse()
        finally:
            if self._connections.closing:
                self._close()

    async def _converse(self) -> None:
        if self._faults.refuse_connect or self._connections.closing:
            self._close()
        elif self._faults.greeting_421:
            await self.push("421 4.3.2 localhost is too busy, try again later")
            self._close()
        else:
            await super()._handle_client()

    async def push(self, status: str | bytes) -> None:
        while self._faults.stall:
            await asyncio.sleep(_POLL)
        await super().push(status)

    def eof_received(self) -> bool:
        # Asking to keep the half-open connection makes asyncio warn under TLS.
        super().eof_received()
        return False

    def _close(self) -> None:
        self._connections.release(self.transport)

    def _with_faults(self, name: str, method: _Method) -> _Method:
        @wraps(method)
        async def run(arg: str | None) -> None:
            if self._faults.slow > 0:
                await asyncio.sleep(self._faults.slow)
            if name == "DATA" and self._faults.drop_before_data:
                self._close()
                return
            await method(arg)

        return run


def base_address(address: str) -> str:
    """The address without its sub-address, in lower case (RFC 5233)."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def trace_header(session: Session, envelope: Envelope, recipient: str) -> bytes:
    """What the final delivery puts in front of a mail (RFC 5321 section 4.4)."""
    sender = (envelope.mail_from or "").removeprefix("<").removesuffix(">")
    peer = session.peer[0] if session.peer else "unknown"
    protocol = "ESMTPA" if session.authenticated else "ESMTP"
    lines: Sequence[str] = (
        f"Return-Path: <{sender}>",
        f"Delivered-To: {recipient}",
        f"Received: from {_UNSAFE.sub('?', session.host_name or 'unknown')[:255]} ([{peer}])",
        f"\tby localhost (inboxd sandbox) with {protocol}",
        f"\tfor <{recipient}>; {format_datetime(datetime.now(UTC))}",
    )
    return "".join(line + "\r\n" for line in lines).encode("utf-8", "surrogateescape")
