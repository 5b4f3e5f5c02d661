"""One IMAP connection within bounds: TLS verified, time-outs set, no unbounded literal."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from inboxd import eventlog
from inboxd.config import Mailbox

SLACK = 1024 * 1024  # bytes a literal may be larger than the largest mail that is taken


def connect(config: Mailbox, password: Callable[[], str]) -> IMAPClient:
    """A logged-in connection, TLS verified, with our bounds on it."""
    context = ssl.create_default_context(cafile=config.ca_file)
    client = IMAPClient(
        config.host,
        port=config.port,
        ssl=config.tls == "implicit",
        ssl_context=context if config.tls == "implicit" else None,
        timeout=config.timeout_seconds,
    )
    try:
        client.normalise_times = False
        sock = client.socket()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        _bound_literals(client, config.max_bytes + SLACK)
        if config.tls == "starttls":
            client.starttls(context)
        if config.username:
            client.login(config.username, password())
    except BaseException:
        with contextlib.suppress(Exception):
            client.shutdown()
        raise
    return client


def _bound_literals(client: IMAPClient, limit: int) -> None:
    """Refuse an announced literal that is larger than anything we ask for: the library would
    allocate all of it before a byte has come."""
    inner: Any = client._imap
    read = inner.read

    def bounded(size: int) -> bytes:
        if size > limit:
            raise OSError("the server announced more data than we accept")
        data: bytes = read(size)
        return data

    inner.read = bounded


# A server tells of a new mail once, in the answer to whatever was asked then. Who overlooks it
# there learns of the mail only when IDLE ends.


def forget_news(client: IMAPClient) -> None:
    """Start listening for announcements anew; see `has_news`."""
    client._imap.untagged_responses.pop("EXISTS", None)


def has_news(client: IMAPClient) -> bool:
    """Whether mail was announced since `forget_news`, in the answer to any command."""
    return "EXISTS" in client._imap.untagged_responses


def came_along(client: IMAPClient, timeout: float) -> bool:
    """Whether a line came in one piece with the start of IDLE: it is read already, and waiting
    for the socket would not see it."""
    sock = client.socket()
    sock.setblocking(False)
    try:
        client._imap._get_line()
    except (OSError, IMAPClient.AbortError):  # nothing there; the library calls it an end of file
        return False
    finally:
        sock.settimeout(timeout)
    return True


def delivered_at(facts: dict[bytes, Any]) -> datetime:
    """INTERNALDATE as an aware instant: when the server got the mail."""
    at = facts.get(b"INTERNALDATE")
    if not isinstance(at, datetime):
        return datetime.now(UTC)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def why(error: BaseException) -> str:
    """A connection error in words that say what to do."""
    if isinstance(error, LoginError):
        return "the login was refused; check username and password of the mailbox"
    if isinstance(error, ssl.SSLError):
        why = getattr(error, "verify_message", "") or error.reason
        return f"the certificate is not accepted ({why}); fix it, or name its authority in ca_file"
    return eventlog.safe(error)
