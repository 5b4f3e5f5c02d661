"""Flags, copying, moving, expunging, appending."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import Wire


@pytest.fixture
def three(server: MailServer, client: IMAPClient) -> IMAPClient:
    for number in (1, 2, 3):
        server.deliver("security", b"Subject: %d\r\n\r\n" % number)
    client.noop()
    return client


def test_flags_are_set_added_and_removed(server: MailServer, three: IMAPClient):
    three.set_flags([1], ["\\Seen", "$Triage"])
    three.add_flags([1, 2], ["\\flagged"])
    three.remove_flags([1], ["\\Seen"], silent=True)

    assert server.flags("security") == {1: {"$Triage", "\\Flagged"}, 2: {"\\Flagged"}, 3: set()}
    assert three.set_flags([1], []) == {1: (b"\\Recent",)}


def test_keywords_compare_without_case(server: MailServer, three: IMAPClient):
    three.add_flags([1], ["$Triage"])
    three.add_flags([2], ["$TRIAGE"])

    assert server.flags("security")[2] == {"$Triage"}
    assert three.search(["KEYWORD", "$triage"]) == [1, 2]
    three.remove_flags([1], ["$triage"])
    assert server.flags("security")[1] == set()


def test_nobody_can_set_recent(server: MailServer, three: IMAPClient):
    three.add_flags([1], ["\\Recent", "\\Seen"])

    assert server.flags("security")[1] == {"\\Seen"}


def test_copy_keeps_bytes_flags_and_date_and_reports_copyuid(server: MailServer, wire: Wire):
    for number in range(4):
        server.deliver("security", b"Subject: %d\r\n\r\n" % number, flags=("\\Seen",))
    wire.command(b"SELECT INBOX")

    (answer,) = wire.command(b"UID COPY 1,3:4 Archive")

    assert answer.startswith(b"t OK [COPYUID ")
    assert answer.endswith(b" 1,3:4 1:3] COPY completed")
    assert server.messages("security", "Archive") == [
        b"Subject: %d\r\n\r\n" % number for number in (0, 2, 3)
    ]
    assert server.flags("security", "Archive") == dict.fromkeys((1, 2, 3), {"\\Seen"})
    assert len(server.messages("security")) == 4


def test_the_copy_outlives_the_original(server: MailServer, three: IMAPClient):
    three.copy([1], "Archive")
    three.delete_messages([1])
    three.expunge()

    assert server.messages("security", "Archive") == [b"Subject: 1\r\n\r\n"]


def test_move_keeps_the_bytes_and_reports_copyuid(server: MailServer, wire: Wire):
    for number in (1, 2, 3):
        server.deliver("security", b"Subject: %d\r\n\r\n" % number, flags=("$x",))
    wire.command(b"SELECT INBOX")

    answer = wire.command(b"UID MOVE 1,3,9 Archive")

    assert answer[0].startswith(b"* OK [COPYUID ")
    assert answer[0].endswith(b" 1,3 1:2] moved")
    assert answer[1:] == [b"* 3 EXPUNGE", b"* 1 EXPUNGE", b"t OK MOVE completed"]
    assert server.messages("security", "Archive") == [b"Subject: 1\r\n\r\n", b"Subject: 3\r\n\r\n"]
    assert server.flags("security", "Archive") == {1: {"$x"}, 2: {"$x"}}
    assert list(server.flags("security")) == [2]


def test_moving_into_the_same_folder_gives_new_uids(server: MailServer, three: IMAPClient):
    three.move([1], "INBOX")

    assert list(server.flags("security")) == [2, 3, 4]
    assert three.search("ALL") == [2, 3, 4]


@pytest.mark.parametrize(
    "command", ["COPY 1 nowhere", "MOVE 1 nowhere", "APPEND nowhere {1+}\r\nx"]
)
def test_a_missing_target_is_answered_with_trycreate(server: MailServer, wire: Wire, command: str):
    server.deliver("security", b"1")
    wire.command(b"SELECT INBOX")

    assert wire.command(command.encode())[-1].startswith(b"t NO [TRYCREATE]")


def test_expunge_removes_what_is_deleted_and_tells_each_number(server: MailServer, wire: Wire):
    for number in range(5):
        server.deliver("security", b"x", flags=("\\Deleted",) if number % 2 else ())
    wire.command(b"SELECT INBOX")

    assert wire.command(b"EXPUNGE") == [b"* 4 EXPUNGE", b"* 2 EXPUNGE", b"t OK EXPUNGE completed"]
    assert list(server.flags("security")) == [1, 3, 5]


def test_uid_expunge_spares_deleted_messages_it_does_not_name(
    server: MailServer, three: IMAPClient
):
    three.delete_messages([1, 2])
    three.uid_expunge([2, 3])

    assert list(server.flags("security")) == [1, 3]


def test_append_stores_flags_and_date_and_reports_appenduid(server: MailServer, client: IMAPClient):
    date = datetime(2026, 2, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

    answer = client.append("Sent", b"Subject: x\r\n\r\ny", ("\\Seen", "$Auto"), date)

    assert answer.startswith(b"[APPENDUID ")
    assert b" 1] " in answer
    assert server.flags("security", "Sent") == {1: {"\\Seen", "$Auto"}}
    client.select_folder("Sent")
    client.normalise_times = False
    assert client.fetch([1], ["INTERNALDATE"])[1][b"INTERNALDATE"] == date


def test_delivery_dates_are_now(server: MailServer, client: IMAPClient):
    client.normalise_times = False
    before = datetime.now(UTC).replace(microsecond=0)
    server.deliver("security", b"x")

    assert before <= client.fetch([1], ["INTERNALDATE"])[1][b"INTERNALDATE"] <= datetime.now(UTC)


def test_an_examined_folder_cannot_be_changed(server: MailServer, three: IMAPClient):
    three.select_folder("INBOX", readonly=True)

    for attempt in (
        lambda: three.add_flags([1], ["\\Seen"]),
        lambda: three.move([1], "Archive"),
        lambda: three.expunge(),
    ):
        with pytest.raises(IMAPClientError, match="READ-ONLY"):
            attempt()
    three.copy([1], "Archive")
    assert server.flags("security") == dict.fromkeys((1, 2, 3), set())


def test_uids_that_do_not_exist_are_no_error_but_numbers_are(server: MailServer, wire: Wire):
    server.deliver("security", b"1")
    wire.command(b"SELECT INBOX")

    assert wire.command(b"UID FETCH 7,8:4294967295 (FLAGS)") == [b"t OK FETCH completed"]
    assert wire.command(b"UID STORE 7 +FLAGS (\\Seen)") == [b"t OK STORE completed"]
    assert wire.command(b"FETCH 2 FLAGS")[0].startswith(b"t BAD")
    assert wire.command(b"FETCH 0 FLAGS")[0].startswith(b"t BAD")


def test_a_range_to_the_star_always_holds_the_last_message(server: MailServer, wire: Wire):
    server.deliver("security", b"1")
    wire.command(b"SELECT INBOX")

    assert wire.command(b"UID SEARCH UID 900:*")[0] == b"* SEARCH 1"
    assert wire.command(b"UID FETCH 900:* (UID)")[0] == b"* 1 FETCH (UID 1)"
    assert wire.command(b"FETCH *:1 UID")[0] == b"* 1 FETCH (UID 1)"


def test_an_empty_folder_answers_ranges_with_nothing(wire: Wire):
    wire.command(b"SELECT INBOX")

    assert wire.command(b"FETCH 1:* FLAGS") == [b"t OK FETCH completed"]
    assert wire.command(b"UID SEARCH ALL") == [b"* SEARCH", b"t OK SEARCH completed"]
    assert wire.command(b"UID COPY 1:* Archive") == [b"t OK COPY completed"]
