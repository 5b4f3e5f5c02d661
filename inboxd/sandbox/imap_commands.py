"""The command table and the loop that serves one IMAP connection.

Each command says in which state it is allowed and whether EXPUNGE may be told with its answer. A
handler returns the text of its OK, raises `Refused` for NO and `ImapSyntaxError` for BAD; the loop
adds news about the folder, the tag, and the faults that concern every command.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial

from inboxd.sandbox import imap_folders as folders
from inboxd.sandbox import imap_login as login
from inboxd.sandbox import imap_messages as messages
from inboxd.sandbox.imap_login import Refused
from inboxd.sandbox.imap_parser import Cursor, ImapSyntaxError
from inboxd.sandbox.imap_session import Hangup, LiteralTooLarge, Session

_log = logging.getLogger(__name__)
_MAX_BAD = 20


class Needs(Enum):
    """The connection states of RFC 3501 section 3."""

    NOTHING = "any state"
    NO_LOGIN = "no login yet"
    LOGIN = "a login"
    FOLDER = "a selected folder"


Handler = Callable[[Session, Cursor], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table."""

    run: Handler
    needs: Needs
    tells_expunges: bool = True
    tells_news: bool = True


def _by_uid(run: Callable[..., Awaitable[str]]) -> Command:
    # Numbers play no part in a UID command, so messages may go away with its answer.
    return Command(partial(run, by_uid=True), Needs.FOLDER)


COMMANDS = {
    # Clients ask these between other things, without expecting to hear about mail: IMAPClient does
    # so on its way into IDLE and would miss what it is told here.
    "CAPABILITY": Command(login.capability, Needs.NOTHING, tells_news=False),
    "ID": Command(login.identify, Needs.NOTHING, tells_news=False),
    "NOOP": Command(login.noop, Needs.NOTHING),
    "LOGOUT": Command(login.log_out, Needs.NOTHING),
    "LOGIN": Command(login.log_in, Needs.NO_LOGIN),
    "AUTHENTICATE": Command(login.authenticate, Needs.NO_LOGIN),
    "IDLE": Command(login.idle, Needs.LOGIN),
    "NAMESPACE": Command(folders.namespace, Needs.LOGIN),
    "LIST": Command(folders.list_folders, Needs.LOGIN),
    "LSUB": Command(folders.list_subscribed, Needs.LOGIN),
    "SUBSCRIBE": Command(folders.subscribe, Needs.LOGIN),
    "UNSUBSCRIBE": Command(folders.unsubscribe, Needs.LOGIN),
    "CREATE": Command(folders.create, Needs.LOGIN),
    "DELETE": Command(folders.delete, Needs.LOGIN),
    "RENAME": Command(folders.rename, Needs.LOGIN),
    "STATUS": Command(folders.status, Needs.LOGIN),
    "SELECT": Command(folders.select, Needs.LOGIN),
    "EXAMINE": Command(folders.examine, Needs.LOGIN),
    "APPEND": Command(messages.append, Needs.LOGIN),
    "CLOSE": Command(folders.close, Needs.FOLDER),
    "UNSELECT": Command(folders.leave, Needs.FOLDER),
    "CHECK": Command(login.noop, Needs.FOLDER),
    "EXPUNGE": Command(messages.expunge, Needs.FOLDER),
    # RFC 3501 section 7.4.1: no EXPUNGE while answering these three.
    "FETCH": Command(messages.fetch, Needs.FOLDER, tells_expunges=False),
    "STORE": Command(messages.store, Needs.FOLDER, tells_expunges=False),
    "SEARCH": Command(messages.search, Needs.FOLDER, tells_expunges=False),
    "COPY": Command(messages.copy, Needs.FOLDER),
    "MOVE": Command(messages.move, Needs.FOLDER),
    "UID FETCH": _by_uid(messages.fetch),
    "UID STORE": _by_uid(messages.store),
    "UID SEARCH": _by_uid(messages.search),
    "UID COPY": _by_uid(messages.copy),
    "UID MOVE": _by_uid(messages.move),
    "UID EXPUNGE": Command(messages.uid_expunge, Needs.FOLDER),
}


async def serve(session: Session) -> None:
    """Serve the connection until either side ends it; never raises for what a client does."""
    try:
        greeting = (
            f"* OK [CAPABILITY {login.capabilities(session)}] inboxd sandbox, not for real use"
        )
        session.send(greeting.encode("ascii"))
        await session.flush()
        await _converse(session)
    except Hangup as hangup:
        if str(hangup):
            session.send(f"* BYE {hangup}".encode("ascii"))
        with contextlib.suppress(ConnectionError):
            await session.flush()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # the client left


async def _converse(session: Session) -> None:
    bad = 0
    while bad < _MAX_BAD:
        try:
            raw = await session.read_command()
        except LiteralTooLarge as error:
            tag = error.args[0].decode("ascii", "replace").encode("ascii", "replace")
            session.send(tag + b" NO [TOOBIG] that literal is larger than this server takes")
            await session.flush()
            continue
        if session.faults.slow > 0:
            await asyncio.sleep(session.faults.slow)
        cursor = Cursor(raw)
        try:
            tag_text = cursor.tag()
        except ImapSyntaxError:
            session.send(b"* BAD a command starts with a tag")
            await session.flush()
            bad += 1
            continue
        name, answer = await _carry_out(session, cursor)
        bad = bad + 1 if answer.startswith("BAD") else 0
        if {name, name.removeprefix("UID ")} & session.faults.drop_after:
            return
        session.send(f"{tag_text} {answer}".encode("ascii", "replace"))
        if name in ("LOGIN", "AUTHENTICATE") and session.login and session.faults.bye_after_login:
            raise Hangup("the sandbox was told to say so")
        await session.flush()
        if name == "LOGOUT" and answer.startswith("OK"):
            return
    raise Hangup("too many commands that make no sense")


async def _carry_out(session: Session, cursor: Cursor) -> tuple[str, str]:
    """The name of the command and its tagged answer without the tag."""
    name = ""
    try:
        cursor.space()
        name = cursor.word()
        if name == "UID":
            cursor.space()
            name = f"UID {cursor.word()}"
        command = COMMANDS.get(name)
        if command is None:
            raise ImapSyntaxError("unknown command")
        _check_state(session, command.needs)
        if command.needs is Needs.FOLDER:
            # New mail is told before the command, too, so that a SEARCH finds what was just
            # delivered; EXISTS moves no number. Expunges would, and wait for the end.
            session.sync(expunges=False)
        try:
            answer = f"OK {await command.run(session, cursor)}"
        except Refused as refusal:
            answer = f"NO {refusal}"
        if command.tells_news:
            session.sync(expunges=command.tells_expunges)
    except ImapSyntaxError as error:
        return name, f"BAD {error}"
    except (Hangup, asyncio.IncompleteReadError, ConnectionError):
        raise
    except Exception as error:
        # The type only: the message of an exception may quote the mail.
        _log.error("the IMAP command %s failed with %s", name, type(error).__name__)
        raise Hangup("[SERVERBUG] internal error") from error
    return name, answer


def _check_state(session: Session, needs: Needs) -> None:
    allowed = {
        Needs.NOTHING: True,
        Needs.NO_LOGIN: not session.login,
        Needs.LOGIN: bool(session.login),
        Needs.FOLDER: session.folder is not None,
    }
    if not allowed[needs]:
        raise ImapSyntaxError(f"that command needs {needs.value}")
