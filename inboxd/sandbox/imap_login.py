"""The commands of a connection as such: CAPABILITY, ID, NOOP, LOGIN, AUTHENTICATE, IDLE, LOGOUT.

Only what works is advertised. Passwords are compared in constant time by the server and neither
kept nor logged here.
"""

from __future__ import annotations

import asyncio
import base64
import binascii

from inboxd.sandbox.imap_parser import Cursor, ImapSyntaxError
from inboxd.sandbox.imap_session import Hangup, Session

_BEFORE_LOGIN = "IMAP4rev1 LITERAL+ SASL-IR ID AUTH=PLAIN"
_AFTER_LOGIN = (
    "IMAP4rev1 LITERAL+ SASL-IR ID IDLE NAMESPACE UIDPLUS MOVE UNSELECT CHILDREN SPECIAL-USE"
)
_IDLE_GAP = 0.01


class Refused(Exception):
    """The command is well formed but cannot be done: the text of the NO answer."""


def capabilities(session: Session) -> str:
    names = _AFTER_LOGIN if session.login else _BEFORE_LOGIN
    return names.replace(" IDLE", "") if session.faults.no_idle else names


async def capability(session: Session, cursor: Cursor) -> str:
    cursor.end()
    session.send(f"* CAPABILITY {capabilities(session)}".encode("ascii"))
    return "CAPABILITY completed"


async def identify(session: Session, cursor: Cursor) -> str:
    """ID (RFC 2971); what the client says about itself is of no interest."""
    cursor.space()
    session.send(b'* ID ("name" "inboxd sandbox")')
    return "ID completed"


async def noop(session: Session, cursor: Cursor) -> str:
    cursor.end()
    return "completed"


async def log_out(session: Session, cursor: Cursor) -> str:
    cursor.end()
    session.send(b"* BYE see you")
    return "LOGOUT completed"


async def log_in(session: Session, cursor: Cursor) -> str:
    cursor.space()
    login = cursor.astring()
    cursor.space()
    password = cursor.astring()
    cursor.end()
    return _admit(session, login, password)


async def authenticate(session: Session, cursor: Cursor) -> str:
    """PLAIN only, with or without an initial response (RFC 4959)."""
    cursor.space()
    mechanism = cursor.word()
    if mechanism != "PLAIN":
        raise Refused("that mechanism is not supported")
    if cursor.at_end():
        session.send(b"+ ")
        await session.flush()
        answer = await session.read_line()
    else:
        cursor.space()
        answer = cursor.astring()
        cursor.end()
    if answer == b"*":
        raise ImapSyntaxError("authentication cancelled")
    try:
        _authorize, login, password = base64.b64decode(answer, validate=True).split(b"\0")
    except (binascii.Error, ValueError) as error:
        raise ImapSyntaxError("that is no PLAIN response") from error
    return _admit(session, login, password)


def _admit(session: Session, login: bytes, password: bytes) -> str:
    name, secret = login.decode("utf-8", "replace"), password.decode("utf-8", "replace")
    if session.faults.refuse_login or not session.check_login(name, secret):
        raise Refused("[AUTHENTICATIONFAILED] wrong login or password")
    session.login = name
    return f"[CAPABILITY {capabilities(session)}] logged in"


async def idle(session: Session, cursor: Cursor) -> str:
    """IDLE (RFC 2177): push changes until the client says DONE."""
    if session.faults.no_idle:
        raise ImapSyntaxError("unknown command")
    cursor.end()
    session.send(b"+ idling")
    if not session.faults.coalesce_idle_exists:
        # News right behind the go-ahead is legal but can end in the same read of a client that
        # then waits for the socket. Honest servers rarely do it; the switch makes it certain.
        await session.flush()
        await asyncio.sleep(_IDLE_GAP)
    done = asyncio.ensure_future(session.read_line())
    # Marks its exception as seen, should this end for another reason first.
    done.add_done_callback(lambda task: task.cancelled() or task.exception())
    try:
        while not done.done():
            session.wake.clear()
            if not session.faults.silent_idle:
                session.sync(expunges=True)
            await session.flush()
            woken = asyncio.ensure_future(session.wake.wait())
            await asyncio.wait({done, woken}, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
    finally:
        done.cancel()
    line = done.result()
    if "DONE" in session.faults.drop_on:
        raise Hangup
    if line.upper() != b"DONE":
        raise ImapSyntaxError("expected DONE")
    return "IDLE completed"
