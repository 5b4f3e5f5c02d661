"""SEARCH: every key, combined, over decoded text, with hostile mail around."""

from __future__ import annotations

from datetime import date

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import Wire
from tests.sandbox.hostile import MAILS

ONE = (
    b"Date: Sun, 01 Feb 2026 10:00:00 +0000\r\nFrom: Anna <anna@research.test>\r\n"
    b"To: security@example.test\r\nCc: cc@example.test\r\nBcc: bcc@example.test\r\n"
    b"Subject: =?utf-8?Q?L=C3=BCcke_im?=\r\n =?utf-8?Q?_Login?=\r\nX-Tool: Scanner\r\n"
    b"Content-Type: text/plain; charset=iso-8859-1\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe aus K=F6ln\r\n"
)
TWO = (
    b"Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nFrom: Bob <bob@research.test>\r\n"
    b"Subject: XSS\r\nContent-Transfer-Encoding: base64\r\n\r\naGlkZGVuIHdvcmRz\r\n"
)
THREE = b"Subject: big\r\n\r\n" + b"x" * 5000


@pytest.fixture
def mailbox(server: MailServer, client: IMAPClient) -> IMAPClient:
    server.deliver("security", ONE, flags=("\\Seen", "\\Answered", "$Triage"))
    server.deliver("security", TWO, flags=("\\Flagged", "\\Draft"))
    server.deliver("security", b"to be removed")
    server.deliver("security", THREE, flags=("\\Deleted",))
    client.delete_messages([3])
    client.uid_expunge([3])
    return client  # uids 1, 2, 4; numbers 1, 2, 3


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (["ALL"], [1, 2, 4]),
        (["SEEN"], [1]),
        (["UNSEEN"], [2, 4]),
        (["ANSWERED"], [1]),
        (["UNANSWERED", "UNDELETED"], [2]),
        (["FLAGGED"], [2]),
        (["UNFLAGGED"], [1, 4]),
        (["DRAFT"], [2]),
        (["UNDRAFT"], [1, 4]),
        (["DELETED"], [4]),
        (["KEYWORD", "$Triage"], [1]),
        (["UNKEYWORD", "$Triage"], [2, 4]),
        (["RECENT"], [1, 2, 4]),
        (["NEW"], [2, 4]),
        (["OLD"], []),
        (["LARGER", 5000], [4]),
        (["SMALLER", 200], [2]),
        (["UID", "2:*"], [2, 4]),
        (["2:3"], [2, 4]),
        (["*"], [4]),
        (["1", "UID", "1"], [1]),
        (["FROM", "RESEARCH.TEST"], [1, 2]),
        (["TO", "security@"], [1]),
        (["CC", "cc@"], [1]),
        (["BCC", "bcc@"], [1]),
        (["SUBJECT", "xss"], [2]),
        (["HEADER", "X-Tool", "scan"], [1]),
        (["HEADER", "X-Tool", ""], [1]),
        (["HEADER", "X-None", ""], []),
        (["BODY", "hidden words"], [2]),
        (["TEXT", "scanner"], [1]),
        (["BODY", "scanner"], []),
        (["NOT", "SEEN"], [2, 4]),
        (["NOT", ["SEEN"]], [2, 4]),
        (["OR", "SEEN", "DELETED"], [1, 4]),
        (["OR", "OR", "SEEN", "DELETED", "FLAGGED"], [1, 2, 4]),
        (["NOT", "OR", "SEEN", "DELETED"], [2]),
        (["OR", ["SEEN", "ANSWERED"], ["FLAGGED", "SEEN"]], [1]),
        (["SENTBEFORE", date(2026, 3, 2)], [1]),
        (["SENTON", date(2026, 3, 2)], [2]),
        (["SENTSINCE", date(2026, 2, 1)], [1, 2]),
        (["BEFORE", date(2020, 1, 1)], []),
        (["SINCE", date(2020, 1, 1)], [1, 2, 4]),
    ],
    ids=str,
)
def test_a_key_finds_exactly_its_messages(
    mailbox: IMAPClient, criteria: list[object], found: list[int]
):
    assert mailbox.search(criteria) == found


@pytest.mark.parametrize("key", ["SUBJECT", "TEXT"])
def test_encoded_words_and_charsets_are_decoded(mailbox: IMAPClient, key: str):
    assert mailbox.search([key, "LÜCKE im login"], "UTF-8") == [1]


def test_transfer_encodings_and_charsets_of_the_body_are_decoded(mailbox: IMAPClient):
    assert mailbox.search(["BODY", "grüße aus köln"], "UTF-8") == [1]
    assert mailbox.search(["BODY", "GR=FC"]) == [1], "the stored bytes are searched, too"


def test_dates_are_compared_as_internaldate_shows_them(wire: Wire):
    wire.send(b't APPEND INBOX "31-Jan-2026 23:59:00 -0800" {1+}\r\nx\r\n')
    wire.until(b"t OK")
    wire.command(b"SELECT INBOX")

    assert wire.command(b"SEARCH ON 31-Jan-2026")[0] == b"* SEARCH 1"
    assert wire.command(b'SEARCH BEFORE "1-Feb-2026"')[0] == b"* SEARCH 1"
    assert wire.command(b"SEARCH SINCE 1-Feb-2026")[0] == b"* SEARCH"


def test_an_unknown_charset_is_refused_with_the_list_of_known_ones(wire: Wire):
    wire.command(b"SELECT INBOX")

    assert wire.command(b"SEARCH CHARSET KOI8-R SUBJECT x")[0].startswith(
        b"t NO [BADCHARSET (US-ASCII UTF-8)]"
    )


@pytest.mark.parametrize(
    "bad",
    [b"", b"SEARCH", b"SEARCH NOT", b"SEARCH OR SEEN", b"SEARCH BOGUS", b"SEARCH (SEEN",
     b"SEARCH SEEN)", b"SEARCH SINCE yesterday", b"SEARCH SINCE 31-Feb-2026", b"SEARCH LARGER x",
     b"SEARCH " + b"NOT " * 500 + b"SEEN", b"SEARCH " + b"(" * 500, b"SEARCH 0", b"SEARCH 1:2:3"],
)  # fmt: skip
def test_nonsense_is_bad_and_the_connection_lives(wire: Wire, bad: bytes):
    wire.command(b"SELECT INBOX")

    assert wire.command(bad)[-1].startswith(b"t BAD")
    assert wire.command(b"NOOP") == [b"t OK completed"]


def test_searching_hostile_mail_never_fails(server: MailServer, client: IMAPClient):
    for raw in MAILS.values():
        server.deliver("security", raw)

    for criteria in (
        ["TEXT", "zz"],
        ["BODY", "zz"],
        ["SUBJECT", "zz"],
        ["SENTON", date(2026, 1, 1)],
    ):
        assert client.search(criteria) == []


def test_a_group_needs_something_in_it(client: IMAPClient):
    with pytest.raises(IMAPClientError):
        client.search("()")
