"""SEARCH: the client's keys become one test over a message (RFC 3501 section 6.4.4).

Keys that need only the index are answered without opening the mail. Text keys see both the stored
bytes and what they decode to (encoded words, transfer encodings); undecodable mail is searched as
it is and never an error.
"""

from __future__ import annotations

import base64
import binascii
import email.header
import email.utils
import quopri
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from inboxd.sandbox.imap_parser import Cursor, ImapSyntaxError
from inboxd.sandbox.imap_sets import SequenceSet
from inboxd.sandbox.mail_view import MailGone, MailView

_MAX_DEPTH = 50
_CHARSETS = {"US-ASCII": "ascii", "UTF-8": "utf-8"}


class BadCharset(Exception):
    """The client's charset is none of ours."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One message under test."""

    view: MailView
    recent: bool
    last_uid: int
    sequence: int
    count: int


Test = Callable[[Candidate], bool]


def parse_search(cursor: Cursor) -> Test:
    """The whole argument of SEARCH."""
    charset = "utf-8"  # lenient: literals without CHARSET are read as UTF-8
    if cursor.next_is(b"CHARSET ") or cursor.next_is(b"charset "):
        cursor.atom()
        cursor.space()
        named = cursor.astring().decode("latin-1").upper()
        if named not in _CHARSETS:
            raise BadCharset
        charset = _CHARSETS[named]
        cursor.space()
    parser = _KeyParser(cursor, charset)
    tests = [parser.key(0)]
    while not cursor.at_end():
        cursor.space()
        tests.append(parser.key(0))
    return _all(tests)


def matches(test: Test, candidate: Candidate) -> bool:
    """Whether the message passes; one that is gone by now does not."""
    try:
        return test(candidate)
    except MailGone:
        return False


_FLAG_KEYS = {
    "ANSWERED": "\\Answered",
    "DELETED": "\\Deleted",
    "DRAFT": "\\Draft",
    "FLAGGED": "\\Flagged",
    "SEEN": "\\Seen",
}
_HEADER_KEYS = {"BCC", "CC", "FROM", "SUBJECT", "TO"}


class _KeyParser:
    def __init__(self, cursor: Cursor, charset: str) -> None:
        self._cursor = cursor
        self._charset = charset

    def key(self, depth: int) -> Test:
        cursor = self._cursor
        if depth > _MAX_DEPTH:
            raise ImapSyntaxError("search keys nest too deeply")
        if cursor.next_is(b"("):
            cursor.expect(b"(")
            tests = [self.key(depth + 1)]
            while not cursor.next_is(b")"):
                cursor.space()
                tests.append(self.key(depth + 1))
            cursor.expect(b")")
            return _all(tests)
        if any(cursor.next_is(start) for start in _SET_STARTS):
            return _in_sequence(cursor.sequence_set())
        name = cursor.word()
        if name == "NOT":
            cursor.space()
            negated = self.key(depth + 1)
            return lambda one: not negated(one)
        if name == "OR":
            cursor.space()
            first = self.key(depth + 1)
            cursor.space()
            second = self.key(depth + 1)
            return lambda one: first(one) or second(one)
        return self._simple(name) or self._with_argument(name)

    def _simple(self, name: str) -> Test | None:
        if name in _FLAG_KEYS:
            flag = _FLAG_KEYS[name]
            return lambda one: flag in one.view.message.flags
        if name.startswith("UN") and name[2:] in _FLAG_KEYS:
            flag = _FLAG_KEYS[name[2:]]
            return lambda one: flag not in one.view.message.flags
        plain: dict[str, Test] = {
            "ALL": lambda one: True,
            "RECENT": lambda one: one.recent,
            "OLD": lambda one: not one.recent,
            "NEW": lambda one: one.recent and "\\Seen" not in one.view.message.flags,
        }
        return plain.get(name)

    def _with_argument(self, name: str) -> Test:
        cursor = self._cursor
        if name not in _ARGUMENT_KEYS:
            raise ImapSyntaxError(f"unknown search key {name[:40]}")
        cursor.space()
        if name in ("KEYWORD", "UNKEYWORD"):
            flag, wanted = cursor.flag().lower(), name == "KEYWORD"
            return lambda one: (flag in map(str.lower, one.view.message.flags)) == wanted
        if name in ("LARGER", "SMALLER"):
            size = cursor.number()
            if name == "LARGER":
                return lambda one: one.view.message.size > size
            return lambda one: one.view.message.size < size
        if name == "UID":
            uids = cursor.sequence_set()
            return lambda one: uids.holds(one.view.message.uid, one.last_uid)
        if name in _DATE_KEYS:
            return _date_test(name, cursor.date())
        if name == "HEADER":
            header = cursor.astring().lower()
            cursor.space()
            return _header_test(header, self._text())
        if name in _HEADER_KEYS:
            return _header_test(name.lower().encode("ascii"), self._text())
        text = self._text()
        if name == "BODY":
            return lambda one: text in _body_text(one.view)
        return lambda one: text in _header_text(one.view) or text in _body_text(one.view)

    def _text(self) -> str:
        try:
            return self._cursor.astring().decode(self._charset).casefold()
        except UnicodeDecodeError as error:
            raise ImapSyntaxError("a search text is not in its charset") from error


_SET_STARTS = tuple(b"%c" % c for c in b"0123456789*")
_DATE_KEYS = {"BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE"}
_ARGUMENT_KEYS = _DATE_KEYS | _HEADER_KEYS | {
    "KEYWORD", "UNKEYWORD", "LARGER", "SMALLER", "UID", "HEADER", "BODY", "TEXT",
}  # fmt: skip


def _all(tests: Sequence[Test]) -> Test:
    return tests[0] if len(tests) == 1 else lambda one: all(test(one) for test in tests)


def _in_sequence(numbers: SequenceSet) -> Test:
    return lambda one: numbers.holds(one.sequence, one.count)


def _date_test(name: str, day: date) -> Test:
    def sent_or_received(one: Candidate) -> date | None:
        if not name.startswith("SENT"):
            # "disregarding time and timezone": the date as INTERNALDATE shows it.
            return one.view.message.internaldate.date()
        value = one.view.root.value(one.view.raw, b"date")
        try:
            return email.utils.parsedate_to_datetime((value or b"").decode("latin-1")).date()
        except Exception:  # noqa: BLE001 - a hostile Date header has no date
            return None

    def test(one: Candidate) -> bool:
        when = sent_or_received(one)
        if when is None:
            return False
        if name.endswith("BEFORE"):
            return when < day
        return when == day if name.endswith("ON") else when >= day

    return test


def _header_test(header: bytes, text: str) -> Test:
    def test(one: Candidate) -> bool:
        raw = one.view.raw
        for name, start, end in one.view.root.headers:
            if name == header:
                value = raw[start:end].partition(b":")[2].replace(b"\r", b"").replace(b"\n", b"")
                if text in _decode_words(value):
                    return True
        return False

    return test


def _header_text(view: MailView) -> str:
    header = view.raw[: view.root.body].replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    return _decode_words(header)


def _decode_words(value: bytes) -> str:
    """The header as received and as its encoded words decode, so that either is found."""
    text = value.decode("utf-8", "replace")
    if "=?" in text:
        try:
            text += "\n" + str(email.header.make_header(email.header.decode_header(text)))
        except Exception:  # noqa: BLE001 - a hostile encoded word is searched as received
            return text.casefold()
    return text.casefold()


def _body_text(view: MailView) -> str:
    raw, texts = view.raw, [view.raw[view.root.body :].decode("utf-8", "replace")]
    for part in view.root.leaf_parts():
        encoding = (part.value(raw, b"content-transfer-encoding") or b"").lower()
        charset = next((v for n, v in part.parameters if n.lower() == b"charset"), b"utf-8")
        body = raw[part.body : part.end]
        if part.type.lower() != b"text":
            continue
        try:
            if encoding == b"base64":
                body = base64.b64decode(body)
            elif encoding == b"quoted-printable":
                body = quopri.decodestring(body)
            texts.append(body.decode(charset.decode("ascii"), "replace"))
        except (binascii.Error, LookupError, ValueError):
            continue
    return "\n".join(texts).casefold()
