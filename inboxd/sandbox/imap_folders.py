"""The commands on folders: LIST to RENAME, STATUS, SELECT and leaving a folder again.

Names are ordinary text here; the wire form is made in imap_names. A name that has children but no
folder of its own is shown as \\Noselect (RFC 3501 section 6.3.4).
"""

from __future__ import annotations

from inboxd.sandbox.folder import SPECIAL_USE, SYSTEM_FLAGS, Folder
from inboxd.sandbox.imap_login import Refused
from inboxd.sandbox.imap_names import name_pattern, quote_name
from inboxd.sandbox.imap_parser import Cursor, ImapSyntaxError
from inboxd.sandbox.imap_session import Session
from inboxd.sandbox.mailstore import FolderError

_SELECTIONS = {"SUBSCRIBED", "SPECIAL-USE", "REMOTE", "RECURSIVEMATCH"}
_RETURNS = {"SUBSCRIBED", "SPECIAL-USE", "CHILDREN"}
_STATUS_ITEMS = {"MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN"}


async def namespace(session: Session, cursor: Cursor) -> str:
    cursor.end()
    session.send(b'* NAMESPACE (("" "/")) NIL NIL')
    return "NAMESPACE completed"


async def list_folders(session: Session, cursor: Cursor) -> str:
    """LIST; the selection and return options of RFC 5258 that concern RFC 6154 are taken, too."""
    cursor.space()
    selection: set[str] = set()
    if cursor.next_is(b"("):
        selection = set(cursor.words())
        cursor.space()
    reference, pattern = _reference_and_pattern(cursor)
    returned: set[str] = set()
    if not cursor.at_end():
        cursor.space()
        if cursor.word() != "RETURN":
            raise ImapSyntaxError("expected RETURN")
        cursor.space()
        returned = set(cursor.words())
    cursor.end()
    if selection - _SELECTIONS or returned - _RETURNS:
        raise ImapSyntaxError("unknown LIST option")
    if not pattern:  # a question for the separator only
        session.send(b'* LIST (\\Noselect) "/" ""')
        return "LIST completed"
    subscribed = session.store.subscribed(session.login)
    existing = session.store.folders(session.login)
    wanted = name_pattern(reference + pattern)
    for name in _with_parents(existing):
        special = SPECIAL_USE.get(name)
        if not wanted.match(name):
            continue
        if "SUBSCRIBED" in selection and name not in subscribed:
            continue
        if "SPECIAL-USE" in selection and special is None:
            continue
        attributes = [] if name in existing else ["\\Noselect"]
        parent = any(other.startswith(name + "/") for other in existing)
        attributes.append("\\HasChildren" if parent else "\\HasNoChildren")
        if special:
            attributes.append(special)
        if name in subscribed and "SUBSCRIBED" in selection | returned:
            attributes.append("\\Subscribed")
        session.send(f'* LIST ({" ".join(attributes)}) "/" {quote_name(name)}'.encode("ascii"))
    return "LIST completed"


async def list_subscribed(session: Session, cursor: Cursor) -> str:
    cursor.space()
    reference, pattern = _reference_and_pattern(cursor)
    cursor.end()
    if not pattern:
        session.send(b'* LSUB (\\Noselect) "/" ""')
        return "LSUB completed"
    subscribed = sorted(session.store.subscribed(session.login))
    wanted = name_pattern(reference + pattern)
    # With `%`, a level above a subscribed folder shows as \Noselect (RFC 3501 section 6.3.9).
    shown = _with_parents(subscribed) if pattern.endswith("%") else subscribed
    for name in shown:
        if wanted.match(name):
            attributes = "" if name in subscribed else "\\Noselect"
            session.send(f'* LSUB ({attributes}) "/" {quote_name(name)}'.encode("ascii"))
    return "LSUB completed"


def _reference_and_pattern(cursor: Cursor) -> tuple[str, str]:
    reference = cursor.mailbox()
    cursor.space()
    return reference, cursor.list_pattern()


def _with_parents(names: list[str]) -> list[str]:
    """The names and all levels above them, INBOX first."""
    every = set(names)
    for name in names:
        levels = name.split("/")
        every.update("/".join(levels[:depth]) for depth in range(1, len(levels)))
    return sorted(every, key=lambda name: (name != "INBOX", name))


async def subscribe(session: Session, cursor: Cursor) -> str:
    session.store.subscribe(session.login, _one_name(cursor))
    return "SUBSCRIBE completed"


async def unsubscribe(session: Session, cursor: Cursor) -> str:
    session.store.unsubscribe(session.login, _one_name(cursor))
    return "UNSUBSCRIBE completed"


async def create(session: Session, cursor: Cursor) -> str:
    name = _one_name(cursor).removesuffix("/")  # the separator only announces children
    try:
        session.store.create(session.login, name)
    except FolderError as error:
        taken = session.store.folder(session.login, name) is not None
        raise Refused(f"[{'ALREADYEXISTS' if taken else 'CANNOT'}] {error}") from error
    return "CREATE completed"


async def delete(session: Session, cursor: Cursor) -> str:
    name = _one_name(cursor)
    if session.folder is not None and session.folder is session.store.folder(session.login, name):
        session.unselect()
    try:
        session.store.delete(session.login, name)
    except FolderError as error:
        raise Refused(str(error)) from error
    return "DELETE completed"


async def rename(session: Session, cursor: Cursor) -> str:
    cursor.space()
    old = cursor.mailbox()
    cursor.space()
    new = cursor.mailbox()
    cursor.end()
    try:
        session.store.rename(session.login, old, new)
    except FolderError as error:
        raise Refused(str(error)) from error
    return "RENAME completed"


async def status(session: Session, cursor: Cursor) -> str:
    cursor.space()
    folder = existing_folder(session, cursor.mailbox())
    cursor.space()
    items = cursor.words()
    cursor.end()
    if set(items) - _STATUS_ITEMS:
        raise ImapSyntaxError("unknown STATUS item")
    messages = session.store.snapshot(folder)
    values = {
        "MESSAGES": len(messages),
        "RECENT": sum(message.uid >= folder.recent_from for message in messages),
        "UIDNEXT": folder.uidnext,
        "UIDVALIDITY": folder.uidvalidity,
        "UNSEEN": sum("\\Seen" not in message.flags for message in messages),
    }
    shown = " ".join(f"{item} {values[item]}" for item in items)
    session.send(f"* STATUS {quote_name(folder.name)} ({shown})".encode("ascii"))
    return "STATUS completed"


async def select(session: Session, cursor: Cursor) -> str:
    return _select(session, cursor, read_only=False)


async def examine(session: Session, cursor: Cursor) -> str:
    return _select(session, cursor, read_only=True)


def _select(session: Session, cursor: Cursor, *, read_only: bool) -> str:
    session.unselect()  # even if what follows fails (RFC 3501 section 6.3.1)
    folder = existing_folder(session, _one_name(cursor))
    session.select(folder, read_only=read_only)
    messages = [folder.messages[uid] for uid in session.uids if uid in folder.messages]
    permanent = "" if read_only else " ".join([*SYSTEM_FLAGS, *folder.keywords.values(), "\\*"])
    unseen = next((n for n, one in enumerate(messages, 1) if "\\Seen" not in one.flags), None)
    lines = [
        f"* FLAGS ({folder.all_flags()})",
        f"* OK [PERMANENTFLAGS ({permanent})] flags that stay",
        f"* {len(session.uids)} EXISTS",
        f"* {len(session.recent)} RECENT",
        *([f"* OK [UNSEEN {unseen}] first unseen"] if unseen else []),
        f"* OK [UIDVALIDITY {folder.uidvalidity}] uids are valid",
        f"* OK [UIDNEXT {folder.uidnext}] the next uid",
    ]
    for line in lines:
        session.send(line.encode("ascii"))
    return "[READ-ONLY] EXAMINE completed" if read_only else "[READ-WRITE] SELECT completed"


async def close(session: Session, cursor: Cursor) -> str:
    """Leave the folder and expunge silently (RFC 3501 section 6.4.2)."""
    cursor.end()
    folder = session.selected()
    if not session.read_only and not folder.gone:
        session.store.expunge(folder, [uid for uid in session.uids if _is_deleted(folder, uid)])
    session.unselect()
    return "CLOSE completed"


async def leave(session: Session, cursor: Cursor) -> str:
    """UNSELECT (RFC 3691)."""
    cursor.end()
    session.unselect()
    return "UNSELECT completed"


def existing_folder(session: Session, name: str, *, to_put_into: bool = False) -> Folder:
    folder = session.store.folder(session.login, name)
    if folder is None:
        # TRYCREATE only where creating would help (RFC 3501 section 7.1).
        code = "TRYCREATE" if to_put_into else "NONEXISTENT"
        raise Refused(f"[{code}] there is no such folder")
    return folder


def _is_deleted(folder: Folder, uid: int) -> bool:
    message = folder.messages.get(uid)
    return message is not None and "\\Deleted" in message.flags


def _one_name(cursor: Cursor) -> str:
    cursor.space()
    name = cursor.mailbox()
    cursor.end()
    return name
