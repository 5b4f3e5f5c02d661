"""One mail folder and its messages as the sandbox server holds them in memory.

A `Message` is never changed, only replaced, so a session may keep one while another thread stores
flags. `Folder.version` grows with every change; a session that remembers the version it has told
its client about knows in one comparison whether there is news.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

SYSTEM_FLAGS = ("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft")
_SYSTEM_SPELLING = {flag.lower(): flag for flag in SYSTEM_FLAGS}

# RFC 6154 section 2: the folders every account has, and what they are for.
SPECIAL_USE = {
    "Sent": "\\Sent",
    "Drafts": "\\Drafts",
    "Junk": "\\Junk",
    "Trash": "\\Trash",
    "Archive": "\\Archive",
}
DEFAULT_FOLDERS = ("INBOX", *SPECIAL_USE)


@dataclass(frozen=True, slots=True)
class Message:
    """The index entry of one stored message; its bytes are in the file `file_id` names."""

    uid: int
    file_id: int
    size: int
    flags: frozenset[str]
    internaldate: datetime
    changed: int  # the folder version that set these flags


@dataclass(slots=True, eq=False)
class Folder:
    """A folder; only the mail store changes it, under the store's lock."""

    id: int
    login: str
    name: str
    uidvalidity: int
    uidnext: int = 1
    recent_from: int = 1  # messages from this uid on were announced to no session yet
    messages: dict[int, Message] = field(default_factory=dict)  # ascending by uid
    keywords: dict[str, str] = field(default_factory=dict)  # lower case -> spelling in use
    version: int = 1
    gone: str = ""  # why sessions that have it selected must leave

    def spell(self, flags: Iterable[str]) -> frozenset[str]:
        """Flags compare without case (RFC 3501 section 2.3.2); the first spelling wins."""
        spelled = set()
        for flag in flags:
            lower = flag.lower()
            if lower == "\\recent":
                continue  # the server's alone to give (RFC 3501 section 2.3.2)
            system = _SYSTEM_SPELLING.get(lower)
            spelled.add(system or self.keywords.setdefault(lower, flag))
        return frozenset(spelled)

    def all_flags(self) -> str:
        """What the FLAGS response lists."""
        return " ".join([*SYSTEM_FLAGS, *self.keywords.values()])
