"""Servers that take mail and keep it: what the rigs send to when no real program is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.controller import Controller, UnixSocketController
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from .common import LOOPBACK, RigError, free_port, wait_until

_ATTEMPTS = 5
_SIZE_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """One message as it came in: envelope and content bytes."""

    mail_from: str
    recipients: tuple[str, ...]
    content: bytes


class Sink:
    """Take mail by SMTP or LMTP on a loopback port (or a unix socket) and keep it.

    A pass_on function (recipient, content) is called for every recipient before the mail is
    accepted; Dovecot.deliver fits. Attributes: port (0 with a socket), mails.
    """

    def __init__(
        self,
        protocol: Literal["smtp", "lmtp"] = "smtp",
        *,
        unix_socket: Path | None = None,
        pass_on: Callable[[str, bytes], None] | None = None,
    ) -> None:
        self.port = 0
        self.mails: list[Taken] = []
        self._protocol = protocol
        self._socket = unix_socket
        self._pass_on = pass_on
        self._controller: Any = None

    def __enter__(self) -> Sink:
        for _ in range(_ATTEMPTS):
            controller = self._make()
            try:
                controller.start()
            except OSError:  # the port was taken meanwhile
                continue
            self._controller = controller
            return self
        raise RigError("no loopback port could be taken")

    def __exit__(self, *_: object) -> None:
        if self._controller is not None:
            self._controller.stop()

    def wait_for_mails(self, count: int, timeout: float = 10.0) -> list[Taken]:
        """Return the mails once at least count of them came in."""
        wait_until(lambda: len(self.mails) >= count, f"{count} mail(s) in the sink", timeout)
        return list(self.mails)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep the mail (aiosmtpd calls this)."""
        sender = (envelope.mail_from or "").removeprefix("<").removesuffix(">")  # "<>" is nobody
        recipients = tuple(envelope.rcpt_tos)
        if self._pass_on is not None:
            for recipient in recipients:
                self._pass_on(recipient, envelope.original_content)
        self.mails.append(Taken(sender, recipients, envelope.original_content))
        # LMTP owes one reply for each recipient.
        replies = len(recipients) if self._protocol == "lmtp" else 1
        return "\r\n".join(["250 2.0.0 kept"] * replies)

    def _make(self) -> Any:
        controller: Any
        if self._socket is not None:
            controller = UnixSocketController(self, unix_socket=str(self._socket))
        else:
            self.port = free_port()
            controller = Controller(self, hostname=LOOPBACK, port=self.port)
        kind = LMTP if self._protocol == "lmtp" else SMTP
        controller.factory = partial(kind, self, data_size_limit=_SIZE_LIMIT)
        return controller
