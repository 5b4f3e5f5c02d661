"""The commands on messages: FETCH, STORE, COPY, MOVE, SEARCH, EXPUNGE, APPEND, plain and by UID.

A message another session expunged keeps its number here until this client was told; asking for it
by number is answered with EXPUNGEISSUED (RFC 5530), asking by uid simply yields nothing.
"""

from __future__ import annotations

import asyncio

from inboxd.sandbox.folder import Folder
from inboxd.sandbox.imap_fetch import FetchItem, parse_items, render
from inboxd.sandbox.imap_folders import existing_folder
from inboxd.sandbox.imap_login import Refused
from inboxd.sandbox.imap_parser import Cursor, ImapSyntaxError
from inboxd.sandbox.imap_search import BadCharset, Candidate, matches, parse_search
from inboxd.sandbox.imap_session import Hangup, Session
from inboxd.sandbox.imap_sets import compact
from inboxd.sandbox.mail_view import MailGone, MailView

_HUGE = 3 << 30
_EXPUNGED = "[EXPUNGEISSUED] some of these messages are gone"
_UID = FetchItem("UID", b"UID")
_FLAGS = FetchItem("FLAGS", b"FLAGS")
_SEARCH_TURN = 100  # messages between two chances for other sessions


async def fetch(session: Session, cursor: Cursor, *, by_uid: bool = False) -> str:
    cursor.space()
    uids = _numbers(session, cursor, by_uid=by_uid)
    cursor.space()
    items = parse_items(cursor)
    cursor.end()
    folder = session.selected()
    if session.faults.expunge_under_fetch:
        session.store.expunge(folder, uids[:1])
    if by_uid and not any(item.name == "UID" for item in items):
        items.insert(0, _UID)  # RFC 3501 section 6.4.8
    marks_seen = not session.read_only and any(not item.peek for item in items)
    missing = False
    for uid in uids:
        message = folder.messages.get(uid)
        if message is None:
            missing = True
            continue
        wanted = items
        if marks_seen and "\\Seen" not in message.flags:
            message = session.store.store_flags(folder, [uid], ["\\Seen"], ())[0]
            session.told_flags(message)
            if not any(item.name == "FLAGS" for item in items):
                wanted = [*items, _FLAGS]
        view = session.open(message)
        try:
            await _send_fetch(session, uid, view, wanted)
        except MailGone:
            missing = True
    if missing and not by_uid:
        raise Refused(_EXPUNGED)
    return "FETCH completed"


async def _send_fetch(session: Session, uid: int, view: MailView, items: list[FetchItem]) -> None:
    flags = session.flags_of(view.message)
    lie = session.faults.lie_about_size
    rendered = [render(item, view, flags, lie) for item in items]
    huge = next((n for n, item in enumerate(items) if item.name == "SECTION"), None)
    if session.faults.huge_literal and huge is not None and b"{" in rendered[huge]:
        label = items[huge].label
        real = rendered[huge][len(label) :].partition(b"}\r\n")[2]
        rendered[huge:] = [label + b" {%d}\r\n%b" % (_HUGE, real)]
        session.send(b"* %d FETCH (" % session.sequence(uid) + b" ".join(rendered))
        await session.flush()
        raise Hangup
    session.send(b"* %d FETCH (" % session.sequence(uid) + b" ".join(rendered) + b")")
    await session.flush_if_full()


async def store(session: Session, cursor: Cursor, *, by_uid: bool = False) -> str:
    cursor.space()
    uids = _numbers(session, cursor, by_uid=by_uid)
    cursor.space()
    sign = b"+" if cursor.next_is(b"+") else b"-" if cursor.next_is(b"-") else b""
    cursor.expect(sign)
    item = cursor.word()
    if item not in ("FLAGS", "FLAGS.SILENT"):
        raise ImapSyntaxError("expected FLAGS")
    cursor.space()
    flags = cursor.flags()
    cursor.end()
    _must_be_writable(session)
    add: list[str] = [] if sign == b"-" else flags
    remove = None if sign == b"" else flags if sign == b"-" else []
    changed = session.store.store_flags(session.selected(), uids, add, remove)
    for message in changed:
        session.told_flags(message)
        if item == "FLAGS":
            known = f"UID {message.uid} " if by_uid else ""
            text = f"* {session.sequence(message.uid)} FETCH ({known}FLAGS"
            session.send(f"{text} ({session.flags_of(message)}))".encode("ascii"))
            await session.flush_if_full()
    if len(changed) < len(uids) and not by_uid:
        raise Refused(_EXPUNGED)
    return "STORE completed"


async def copy(session: Session, cursor: Cursor, *, by_uid: bool = False) -> str:
    uids, target = _numbers_and_target(session, cursor, by_uid=by_uid)
    pairs = session.store.copy(session.selected(), uids, target)
    return f"{_copyuid(target, pairs)}COPY completed"


async def move(session: Session, cursor: Cursor, *, by_uid: bool = False) -> str:
    """MOVE (RFC 6851): COPYUID comes untagged, before the EXPUNGE lines that `sync` adds."""
    uids, target = _numbers_and_target(session, cursor, by_uid=by_uid)
    _must_be_writable(session)
    pairs = session.store.move(session.selected(), uids, target)
    if pairs:
        session.send(f"* OK {_copyuid(target, pairs)}moved".encode("ascii"))
    return "MOVE completed"


def _numbers_and_target(
    session: Session, cursor: Cursor, *, by_uid: bool
) -> tuple[list[int], Folder]:
    cursor.space()
    uids = _numbers(session, cursor, by_uid=by_uid)
    cursor.space()
    name = cursor.mailbox()
    cursor.end()
    target = existing_folder(session, name, to_put_into=True)
    if not by_uid and any(uid not in session.selected().messages for uid in uids):
        raise Refused(_EXPUNGED)
    return uids, target


def _copyuid(target: Folder, pairs: list[tuple[int, int]]) -> str:
    if not pairs:
        return ""
    old, new = compact(one for one, _ in pairs), compact(one for _, one in pairs)
    return f"[COPYUID {target.uidvalidity} {old} {new}] "


async def search(session: Session, cursor: Cursor, *, by_uid: bool = False) -> str:
    cursor.space()
    try:
        test = parse_search(cursor)
    except BadCharset:
        raise Refused("[BADCHARSET (US-ASCII UTF-8)] that charset is not supported") from None
    cursor.end()
    folder, found = session.selected(), []
    count = len(session.uids)
    last_uid = session.uids[-1] if session.uids else 0
    for sequence, uid in enumerate(session.uids, 1):
        message = folder.messages.get(uid)
        if message is None:
            continue
        view = MailView(session.store, message)
        candidate = Candidate(view, uid in session.recent, last_uid, sequence, count)
        if matches(test, candidate):
            found.append(uid if by_uid else sequence)
        if sequence % _SEARCH_TURN == 0:
            await asyncio.sleep(0)
    session.send(" ".join(["* SEARCH", *map(str, found)]).encode("ascii"))
    return "SEARCH completed"


async def expunge(session: Session, cursor: Cursor) -> str:
    cursor.end()
    _expunge(session, session.uids)
    return "EXPUNGE completed"


async def uid_expunge(session: Session, cursor: Cursor) -> str:
    """UID EXPUNGE (RFC 4315): of the messages named, those marked deleted."""
    cursor.space()
    uids = _numbers(session, cursor, by_uid=True)
    cursor.end()
    _expunge(session, uids)
    return "EXPUNGE completed"


def _expunge(session: Session, uids: list[int]) -> None:
    _must_be_writable(session)
    folder = session.selected()
    present = [folder.messages[uid] for uid in uids if uid in folder.messages]
    deleted = [message.uid for message in present if "\\Deleted" in message.flags]
    session.store.expunge(folder, deleted)


async def append(session: Session, cursor: Cursor) -> str:
    """APPEND with APPENDUID (RFC 4315); the literal is stored as it came."""
    cursor.space()
    name = cursor.mailbox()
    cursor.space()
    flags: list[str] = []
    if cursor.next_is(b"("):
        flags = cursor.flags()
        cursor.space()
    date = None
    if cursor.next_is(b'"'):
        date = cursor.date_time()
        cursor.space()
    raw = cursor.literal()
    cursor.end()
    folder = existing_folder(session, name, to_put_into=True)
    if not raw:
        raise Refused("[CANNOT] an empty message cannot be stored")
    message = session.store.append(folder, raw, flags, date)
    return f"[APPENDUID {folder.uidvalidity} {message.uid}] APPEND completed"


def _numbers(session: Session, cursor: Cursor, *, by_uid: bool) -> list[int]:
    numbers = cursor.sequence_set()
    try:
        return session.resolve(numbers, by_uid=by_uid)
    except ValueError as error:
        raise ImapSyntaxError("there is no message of that number") from error


def _must_be_writable(session: Session) -> None:
    if session.read_only:
        raise Refused("[READ-ONLY] the folder was opened with EXAMINE")
