"""Operational events: one function each, the only caller of logging.

Lines are `event key=value` on stderr (journald adds the time). Never at any level: subject, body,
attachment name, researcher's address, token, plaintext (invariant 10). Names and keys are an
interface: operators filter on them.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping

import structlog

from inboxd.errors import InboxdError

_log = structlog.get_logger("inboxd")
_listeners: list[Callable[[str, Mapping[str, object]], None]] = []


def subscribe(listener: Callable[[str, Mapping[str, object]], None]) -> None:
    """Have every event handed to `listener` too (metrics)."""
    _listeners.append(listener)


def unsubscribe(listener: Callable[[str, Mapping[str, object]], None]) -> None:
    _listeners.remove(listener)


def _say(level: str, event: str, **facts: object) -> None:
    getattr(_log, level)(event, **facts)
    for listener in _listeners:
        listener(event, facts)


def configure(level: str = "info", *, json: bool = False) -> None:
    """Set up the one log stream. Levels: debug, info, warning, error."""
    renderer: structlog.typing.Processor = structlog.processors.LogfmtRenderer(
        key_order=["event", "level"], bool_as_flag=False
    )
    if json:
        renderer = structlog.processors.JSONRenderer(sort_keys=True)
    structlog.configure(
        processors=[structlog.processors.add_log_level, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    for noisy in ("imapclient", "mail.log", "apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    logging.getLogger("imapclient").setLevel(logging.INFO)  # its debug level formats every line


def daemon_started(version: str, workers: int, mailboxes: int) -> None:
    _say("info", "daemon.started", version=version, workers=workers, mailboxes=mailboxes)


def daemon_ready() -> None:
    _say("info", "daemon.ready")


def daemon_stopping(signal: str) -> None:
    _say("info", "daemon.stopping", signal=signal)


def daemon_stopped() -> None:
    _say("info", "daemon.stopped")


def part_failed(part: str, error: BaseException) -> None:
    _say("error", "part.failed", part=part, error=type(error).__name__, why=safe(error))


def part_stale(part: str) -> None:
    """A part has not given a sign of life in time; the watchdog is not fed any more."""
    _say("error", "part.stale", part=part)


def message_spooled(source: str, size: int, *, new: bool) -> None:
    _say("info", "message.spooled", source=source, bytes=size, new=new)


def message_processed(
    entry: int, kind: str, outcome: str, number: int | None, trust: str, seconds: float
) -> None:
    """The one canonical line of a processed mail."""
    _say(
        "info",
        "message.processed",
        entry=entry,
        kind=kind,
        outcome=outcome,
        report=number or 0,
        trust=trust,
        seconds=round(seconds, 3),
    )


def message_postponed(entry: int, why: str) -> None:
    _say("warning", "message.postponed", entry=entry, why=why)


def message_quarantined(entry: int, error: str, attempts: int) -> None:
    _say("error", "message.quarantined", entry=entry, error=error, attempts=attempts)


def letter_sent(entry: int, purpose: str, number: int | None, seconds: float) -> None:
    _say(
        "info",
        "letter.sent",
        entry=entry,
        purpose=purpose,
        report=number or 0,
        seconds=round(seconds, 3),
    )


def letter_deferred(entry: int, purpose: str, attempts: int, why: str) -> None:
    _say("warning", "letter.deferred", entry=entry, purpose=purpose, attempts=attempts, why=why)


def letter_dead(entry: int, purpose: str, why: str) -> None:
    _say("error", "letter.dead", entry=entry, purpose=purpose, why=why)


def ladder_climbed(rungs: int, letters: int) -> None:
    _say("info", "deadline.escalated", rungs=rungs, letters=letters)


def deadline_breached(number: int, promise: str) -> None:
    _say("error", "deadline.breached", report=number, promise=promise)


def clock_jumped(seconds: float) -> None:
    _say("warning", "clock.jumped", seconds=round(seconds))


def imap_connected(account: str, *, idle: bool) -> None:
    _say("info", "imap.connected", account=account, idle=idle)


def imap_lost(account: str, error: BaseException, again_in: float) -> None:
    _say(
        "warning",
        "imap.lost",
        account=account,
        error=type(error).__name__,
        why=safe(error),
        again_in=round(again_in, 1),
    )


def imap_rebuilt(account: str, folder: str) -> None:
    _say("warning", "imap.uidvalidity-changed", account=account, folder=folder)


def imap_progress(account: str, done: int, total: int) -> None:
    _say("info", "imap.progress", account=account, done=done, total=total)


def imap_old_left_alone(account: str, count: int, since: str) -> None:
    """Mail older than first_sync_days when a mailbox is read for the first time."""
    _say("warning", "imap.old-left-alone", account=account, count=count, older_than=since)


def imap_too_large(account: str, uid: int, size: int) -> None:
    _say("error", "imap.too-large", account=account, uid=uid, bytes=size)


def imap_sent_filed(account: str, count: int) -> None:
    _say("debug", "imap.sent-filed", account=account, count=count)


def lmtp_refused(why: str) -> None:
    _say("warning", "lmtp.refused", why=why)


def safe(error: BaseException) -> str:
    """Text of an error that holds no mail content: our own errors and the system's only."""
    if isinstance(error, InboxdError):
        return str(error)[:200]
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__


configure("warning")  # until a command says otherwise; never on standard output
