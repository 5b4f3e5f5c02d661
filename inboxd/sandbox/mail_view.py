"""One stored mail opened for a session: its index entry, its bytes, its MIME tree, on demand.

Reading and parsing happen at most once per view and only if something needs them. A mail that was
expunged meanwhile has no bytes; that raises `MailGone`.
"""

from __future__ import annotations

from functools import cached_property

from inboxd.sandbox.folder import Message
from inboxd.sandbox.mailstore import MailStore
from inboxd.sandbox.mime_tree import Part, parse_mime


class MailGone(Exception):
    """The message was expunged by somebody else."""


class MailView:
    """What FETCH and SEARCH look at."""

    def __init__(self, store: MailStore, message: Message) -> None:
        self._store = store
        self.message = message

    @cached_property
    def raw(self) -> bytes:
        raw = self._store.read(self.message)
        if raw is None:
            raise MailGone
        return raw

    @cached_property
    def root(self) -> Part:
        return parse_mime(self.raw)
