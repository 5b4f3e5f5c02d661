"""Submission: hand finished bytes to the next server, and translate what it answers.

TLS is always verified; without it nothing leaves, except over the loopback. One connection is kept
between letters and renewed when it has gone stale. Replies become TransientError or PermanentError;
a connection lost after the data was sent is marked `maybe_sent`.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import threading
import time
from collections.abc import Callable

from inboxd.config import Smtp
from inboxd.errors import PermanentError, TransientError

KEEP_SECONDS = 30.0  # servers drop idle sessions; renewing is cheaper than guessing
MAX_PER_CONNECTION = 100


class MaybeSentError(TransientError):
    """The data was handed over and the answer never came: it may have arrived."""

    maybe_sent = True


class _Kept(threading.local):
    client: smtplib.SMTP | None = None
    used_at = 0.0
    count = 0


class SmtpTransport:
    """One kept connection per thread; safe to share."""

    def __init__(self, config: Smtp, password: Callable[[], str]) -> None:
        self._config = config
        self._password = password
        self._kept = _Kept()

    def send(self, envelope_from: str, recipient: str, data: bytes) -> None:
        """Deliver to one recipient; returning means that the next server accepted it."""
        client = self._connection()
        try:
            code, reply = client.mail(envelope_from)
            if code != 250:
                self._reset()
                raise _refused(code, reply, "the sender")
            code, reply = client.rcpt(recipient)
            if code not in (250, 251):
                self._reset()
                raise _refused(code, reply, "the recipient")
        except smtplib.SMTPServerDisconnected as error:
            self.close()
            raise TransientError("the SMTP server closed the connection") from error
        except OSError as error:
            self.close()
            raise TransientError(f"SMTP: {error.strerror or 'no answer in time'}") from error
        self._data(client, data)
        self._kept.used_at = time.monotonic()
        self._kept.count += 1

    def _data(self, client: smtplib.SMTP, data: bytes) -> None:
        try:
            code, reply = client.data(data)
        except smtplib.SMTPDataError as error:
            self._reset()
            raise _refused(error.smtp_code, error.smtp_error, "the mail") from error
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            raise MaybeSentError(
                "the connection was lost after the mail was handed over"
            ) from error
        if code != 250:
            self._reset()
            raise _refused(code, reply, "the mail")

    def check(self) -> str:
        """Connect and log in for `inboxd check`; returns the server's own name."""
        client = self._connection()
        code, reply = client.noop()
        if code >= 400:
            raise TransientError(f"the SMTP server answers {code} {_text(reply)}")
        return _text(client.ehlo_resp or b"").split("\n")[0]

    def close(self) -> None:
        if self._kept.client is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._kept.client.close()
        self._kept.client = None

    def _reset(self) -> None:
        if self._kept.client is not None:
            try:
                self._kept.client.rset()
            except (OSError, smtplib.SMTPException):
                self.close()

    def _connection(self) -> smtplib.SMTP:
        stale = time.monotonic() - self._kept.used_at > KEEP_SECONDS
        if self._kept.client is not None and (stale or self._kept.count >= MAX_PER_CONNECTION):
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._kept.client.quit()
            self.close()
        if self._kept.client is None:
            self._kept.client = self._connect()
            self._kept.used_at = time.monotonic()
            self._kept.count = 0
        return self._kept.client

    def _connect(self) -> smtplib.SMTP:
        config = self._config
        client: smtplib.SMTP | None = None
        try:
            if config.tls == "implicit":
                client = smtplib.SMTP_SSL(
                    config.host,
                    config.port,
                    timeout=config.timeout_seconds,
                    context=self._context(),
                )
            else:
                client = smtplib.SMTP(config.host, config.port, timeout=config.timeout_seconds)
                if config.tls == "starttls":
                    client.starttls(context=self._context())
            client.ehlo_or_helo_if_needed()
            if config.username:
                client.login(config.username, self._password())
        except smtplib.SMTPAuthenticationError as error:
            _close(client)
            raise TransientError(
                f"the SMTP server refused the login of {config.username}"
                f" ({error.smtp_code}); check smtp.username and smtp.password"
            ) from error
        except ssl.SSLError as error:
            _close(client)
            raise TransientError(
                f"SMTP: the certificate of {config.host} is not accepted"
                f" ({getattr(error, 'verify_message', '') or error.reason}); fix it, or name its"
                " authority with smtp.ca_file"
            ) from error
        except smtplib.SMTPException as error:
            _close(client)
            raise TransientError(f"SMTP: {type(error).__name__} while connecting") from error
        except OSError as error:
            _close(client)
            why = error.strerror or "no answer in time"
            raise TransientError(f"cannot reach {config.host}:{config.port}: {why}") from error
        return client

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._config.ca_file)


def _close(client: smtplib.SMTP | None) -> None:
    if client is not None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            client.close()


def _refused(code: int, reply: bytes | str, what: str) -> TransientError | PermanentError:
    """4yz is worth another try, 5yz is not (RFC 5321 4.2.1)."""
    status = _text(reply).split("\n")[0].split(" ")[0]
    enhanced = f" {status}" if status[:2] in ("4.", "5.") else ""
    text = f"the next server refused {what} ({code}{enhanced})"
    return PermanentError(text) if code >= 500 else TransientError(text)


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
