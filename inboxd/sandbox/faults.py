"""The fault switches of the sandbox mail server.

Tests flip these plain attributes while the server runs; the server reads each one at the moment it
matters. Assigning an attribute and adding to or discarding from a set are single steps under the
interpreter lock, so any thread may do it. Every switch is off by default; a server whose faults
were never touched is an honest one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields


class _Switches:
    """Gives both groups the one way back to honesty."""

    def clear(self) -> None:
        """Switch everything off again."""
        fresh = type(self)()
        for one in fields(self):  # type: ignore[arg-type]  # both subclasses are dataclasses
            setattr(self, one.name, getattr(fresh, one.name))


@dataclass(eq=False)
class ImapFaults(_Switches):
    """What the IMAP side does wrong on purpose."""

    refuse_connect: bool = False
    """Close the connection right after accept, before any greeting."""
    refuse_login: bool = False
    """Answer NO [AUTHENTICATIONFAILED] to the right password, too."""
    bye_after_login: bool = False
    """Say OK to the login, then `* BYE` and close."""
    drop_on: set[str] = field(default_factory=set)
    """Close the connection when a command of that name arrives, before doing or answering anything
    (before its literals, too). "FETCH" also means UID FETCH; "UID FETCH" means only that."""
    drop_once_on: set[str] = field(default_factory=set)
    """As drop_on, but the name is taken out of the set when it has struck."""
    drop_after: set[str] = field(default_factory=set)
    """Carry the command out, then close the connection instead of answering (the lost OK)."""
    stall: bool = False
    """Stop answering anything but keep every socket open; goes on where it was when unset."""
    split_writes: int = 0
    """Send this many bytes at a time with a millisecond between (0: whole lines)."""
    coalesce_idle_exists: bool = False
    """Send `+ idling` and the EXISTS of mail that came meanwhile in one segment."""
    expunge_under_fetch: bool = False
    """Somebody else expunges the first message a FETCH names just before it is answered."""
    lie_about_size: int | None = None
    """RFC822.SIZE claims this number for every message."""
    huge_literal: bool = False
    """Announce a 3 GB literal for the first body section of a FETCH, send the real bytes, then
    close (after `stall`, if that is set as well)."""
    no_idle: bool = False
    """Neither advertise nor accept IDLE."""
    silent_idle: bool = False
    """Accept IDLE but never push anything into it."""
    slow: float = 0.0
    """Seconds to wait before carrying out each command."""


@dataclass(eq=False)
class SmtpFaults(_Switches):
    """What the SMTP side does wrong on purpose."""

    refuse_connect: bool = False
    """Close the connection right after accept, before any greeting."""
    greeting_421: bool = False
    """Greet with 421 and close."""
    drop_before_data: bool = False
    """Close the connection when DATA arrives; nothing is stored."""
    drop_after_data: bool = False
    """Store the message, then close the connection instead of answering 250."""
    reject_rcpt: dict[str, str] = field(default_factory=dict)
    """Lower-case envelope address (with or without its sub-address) -> full reply, such as
    "451 4.2.0 busy" or "550 5.1.1 no such user"."""
    reject_data: str | None = None
    """The full reply to a complete message that is then not stored."""
    stall: bool = False
    """Stop answering anything but keep every socket open; goes on where it was when unset."""
    slow: float = 0.0
    """Seconds to wait before carrying out each command."""


class Faults:
    """Both groups of switches of one server."""

    def __init__(self) -> None:
        self.imap = ImapFaults()
        self.smtp = SmtpFaults()

    def clear(self) -> None:
        """Switch everything off again."""
        self.imap.clear()
        self.smtp.clear()
