"""Reads one complete IMAP command: the line with its literals in place (RFC 3501 section 9).

A `Cursor` walks over the bytes and takes typed pieces off the front. Anything that is not
grammatical raises `ImapSyntaxError`, which the session answers with BAD. It never does I/O and
never interprets what it reads.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from inboxd.sandbox.imap_names import decode_name
from inboxd.sandbox.imap_sets import SequenceSet


class ImapSyntaxError(Exception):
    """The client's bytes are not a command; the text goes into the BAD answer."""


# A line that ends like this is followed by that many bytes of literal (RFC 7888 for the plus).
LITERAL_AT_END = re.compile(rb"\{(\d{1,10})(\+?)\}\r?\n\Z")

_TAG = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\+]+')
_ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
_ASTRING = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\]+')
_LIST_MAILBOX = re.compile(rb'[^\x00-\x20\x7f-\xff(){"\\]+')
_FLAG = re.compile(rb'\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
_QUOTED = re.compile(rb'"((?:[^"\\\r\n]|\\["\\])*)"')
_LITERAL = re.compile(rb"\{(\d{1,10})\+?\}\r?\n")
_NUMBER = re.compile(rb"\d{1,10}")
_SET = re.compile(rb"[0-9*][0-9*:,]*")
_END = re.compile(rb"[ ]*\r?\n?\Z")
_ESCAPED = re.compile(rb"\\(.)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})\Z")
_DATE_TIME = re.compile(
    r"([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\Z"
)


class Cursor:
    """A position in one command."""

    def __init__(self, command: bytes) -> None:
        self._bytes = command
        self._at = 0

    # Looking

    def next_is(self, expected: bytes) -> bool:
        return self._bytes.startswith(expected, self._at)

    def at_end(self) -> bool:
        return _END.match(self._bytes, self._at) is not None

    # Taking

    def expect(self, expected: bytes) -> None:
        if not self.next_is(expected):
            raise ImapSyntaxError(f"expected {expected.decode('ascii')!r}")
        self._at += len(expected)

    def space(self) -> None:
        self.expect(b" ")
        while self.next_is(b" "):  # lenient: some clients send two
            self._at += 1

    def end(self) -> None:
        if not self.at_end():
            raise ImapSyntaxError("unexpected text at the end of the command")

    def tag(self) -> str:
        return self._take(_TAG, "a tag").decode("ascii")

    def atom(self) -> str:
        return self._take(_ATOM, "an atom").decode("ascii")

    def word(self) -> str:
        """An atom in upper case: names of commands and items have no case."""
        return self.atom().upper()

    def take(self, pattern: re.Pattern[bytes], what: str) -> bytes:
        """The text one module's own pattern matches here."""
        return self._take(pattern, what)

    def number(self) -> int:
        return int(self._take(_NUMBER, "a number"))

    def string(self) -> bytes:
        """A quoted string or a literal."""
        if self.next_is(b"{"):
            return self.literal()
        match = _QUOTED.match(self._bytes, self._at)
        if match is None:
            raise ImapSyntaxError("expected a string")
        self._at = match.end()
        return _ESCAPED.sub(rb"\1", match[1])

    def astring(self) -> bytes:
        if self.next_is(b'"') or self.next_is(b"{"):
            return self.string()
        return self._take(_ASTRING, "a string")

    def literal(self) -> bytes:
        match = _LITERAL.match(self._bytes, self._at)
        if match is None:
            raise ImapSyntaxError("expected a literal")
        size = int(match[1])
        data = self._bytes[match.end() : match.end() + size]
        if len(data) != size:
            raise ImapSyntaxError("a literal must be the last thing on its line")
        self._at = match.end() + size
        return data

    def mailbox(self) -> str:
        return self._name(self.astring())

    def list_pattern(self) -> str:
        if self.next_is(b'"') or self.next_is(b"{"):
            return self._name(self.string())
        return self._name(self._take(_LIST_MAILBOX, "a mailbox pattern"))

    def sequence_set(self) -> SequenceSet:
        try:
            return SequenceSet.parse(self._take(_SET, "a message set").decode("ascii"))
        except ValueError as error:
            raise ImapSyntaxError("invalid message set") from error

    def words(self) -> list[str]:
        """A parenthesised list of atoms, in upper case."""
        self.expect(b"(")
        words: list[str] = []
        while not self.next_is(b")"):
            if words:
                self.space()
            words.append(self.word())
        self.expect(b")")
        return words

    def flag(self) -> str:
        return self._take(_FLAG, "a flag").decode("ascii")

    def flags(self) -> list[str]:
        """A flag list; STORE may leave the parentheses out."""
        if not self.next_is(b"("):
            flags = [self.flag()]
            while not self.at_end():
                self.space()
                flags.append(self.flag())
            return flags
        self.expect(b"(")
        flags = []
        while not self.next_is(b")"):
            if flags:
                self.space()
            flags.append(self.flag())
        self.expect(b")")
        return flags

    def date(self) -> date:
        text = self.astring().decode("latin-1")
        match = _DATE.match(text)
        if match is None:
            raise ImapSyntaxError("expected a date such as 1-Feb-2026")
        try:
            return date(int(match[3]), _month(match[2]), int(match[1]))
        except ValueError as error:
            raise ImapSyntaxError("there is no such date") from error

    def date_time(self) -> datetime:
        text = self.string().decode("latin-1")
        match = _DATE_TIME.match(text)
        if match is None:
            raise ImapSyntaxError('expected a date such as " 1-Feb-2026 10:00:00 +0000"')
        day, month, year, hour, minute, second, sign, off_hour, off_minute = match.groups()
        try:
            return datetime.fromisoformat(
                f"{year}-{_month(month):02}-{int(day):02}T{hour}:{minute}:{second}"
                f"{sign}{off_hour}:{off_minute}"
            )
        except ValueError as error:
            raise ImapSyntaxError("there is no such date") from error

    def _name(self, wire: bytes) -> str:
        try:
            return decode_name(wire)
        except ValueError as error:
            raise ImapSyntaxError("a mailbox name must be in modified UTF-7") from error

    def _take(self, pattern: re.Pattern[bytes], what: str) -> bytes:
        match = pattern.match(self._bytes, self._at)
        if match is None:
            raise ImapSyntaxError(f"expected {what}")
        self._at = match.end()
        return match[0]


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1
