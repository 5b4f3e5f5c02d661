"""Several sessions on one folder: numbers stay right and everyone is told at the right moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from imapclient import IMAPClient

from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import Wire


@pytest.fixture
def two(server: MailServer, open_wire: Callable[[int], Wire]) -> tuple[Wire, Wire]:
    """Two sessions in an INBOX of four messages."""
    for number in (1, 2, 3, 4):
        server.deliver("security", b"Subject: %d\r\n\r\n" % number)
    wires = (open_wire(server.imap_port), open_wire(server.imap_port))
    for wire in wires:
        wire.line()
        wire.command(b"LOGIN security s3cret")
        wire.command(b"SELECT INBOX")
    return wires


def test_expunges_wait_while_fetch_store_and_search_use_numbers(two: tuple[Wire, Wire]):
    one, other = two
    other.command(b"STORE 2 +FLAGS (\\Deleted)")
    other.command(b"EXPUNGE")

    assert one.command(b"FETCH 3 UID") == [b"* 3 FETCH (UID 3)", b"t OK FETCH completed"]
    assert one.command(b"SEARCH ALL")[0] == b"* SEARCH 1 3 4"
    assert one.command(b"STORE 4 +FLAGS.SILENT (\\Seen)") == [b"t OK STORE completed"]
    assert one.command(b"FETCH 2 UID") == [b"t NO [EXPUNGEISSUED] some of these messages are gone"]
    assert one.command(b"NOOP") == [b"* 2 EXPUNGE", b"t OK completed"]
    assert one.command(b"FETCH 3 UID")[0] == b"* 3 FETCH (UID 4)"


def test_commands_by_uid_may_tell_of_expunges(two: tuple[Wire, Wire]):
    one, other = two
    other.command(b"UID STORE 1,3 +FLAGS.SILENT (\\Deleted)")
    other.command(b"EXPUNGE")

    assert one.command(b"UID SEARCH ALL") == [
        b"* SEARCH 2 4",
        b"* 3 EXPUNGE",
        b"* 1 EXPUNGE",
        b"t OK SEARCH completed",
    ]


def test_exists_counts_messages_whose_expunge_was_not_told_yet(
    server: MailServer, two: tuple[Wire, Wire]
):
    one, other = two
    other.command(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    other.command(b"EXPUNGE")
    server.deliver("security", b"new")

    assert one.command(b"SEARCH ALL") == [
        b"* 5 EXISTS",
        b"* 5 RECENT",
        b"* SEARCH 2 3 4 5",
        b"t OK SEARCH completed",
    ]


def test_flag_changes_reach_the_other_session_with_the_uid(two: tuple[Wire, Wire]):
    one, other = two
    other.command(b"UID STORE 3 +FLAGS (\\Seen $Triage)")

    told = one.command(b"NOOP")

    assert b"* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Triage)" in told
    assert b"* 3 FETCH (UID 3 FLAGS ($Triage \\Seen \\Recent))" in told
    assert one.command(b"NOOP") == [b"t OK completed"], "told once"
    assert other.command(b"NOOP") == [b"t OK completed"], "the one who did it knows"


def test_a_message_that_came_and_went_unseen_is_never_mentioned(
    server: MailServer, two: tuple[Wire, Wire]
):
    one, other = two
    server.deliver("security", b"x", flags=("\\Deleted",))
    other.command(b"EXPUNGE")

    assert one.command(b"NOOP") == [b"t OK completed"]
    server.deliver("security", b"y")
    assert one.command(b"NOOP")[0] == b"* 5 EXISTS"
    assert one.command(b"FETCH 5 UID")[0] == b"* 5 FETCH (UID 6)"


def test_idle_pushes_arrivals_flags_and_expunges(server: MailServer, two: tuple[Wire, Wire]):
    one, other = two
    one.send(b"i IDLE\r\n")
    assert one.line() == b"+ idling"

    server.deliver("security", b"x")
    assert one.until(b"* 5 EXISTS")
    other.command(b"UID STORE 5 +FLAGS (\\Deleted)")
    assert one.until(b"* 5 FETCH (UID 5 FLAGS (\\Deleted")
    other.command(b"EXPUNGE")
    assert one.until(b"* 5 EXPUNGE")
    one.send(b"done\r\n")
    assert one.until(b"i OK IDLE completed")


def test_idle_is_ended_by_anything_and_only_done_is_ok(two: tuple[Wire, Wire]):
    one, _ = two
    one.send(b"i IDLE\r\n")
    one.line()
    one.send(b"x NOOP\r\n")

    assert one.line() == b"i BAD expected DONE"
    assert one.command(b"NOOP") == [b"t OK completed"]


def test_idle_client_is_told_of_a_delivery(server: MailServer, client: IMAPClient):
    client.idle()
    server.deliver("security", b"x")

    assert (1, b"EXISTS") in client.idle_check(timeout=4)
    client.idle_done()
    assert client.search("ALL") == [1]


def test_a_search_finds_what_was_just_delivered(server: MailServer, client: IMAPClient):
    uid = server.deliver("security", b"x")

    assert client.search("UNSEEN") == [uid]


def test_deleting_the_selected_folder_ends_the_other_session(two: tuple[Wire, Wire]):
    one, other = two
    other.command(b"CREATE x")
    one.command(b"SELECT x")
    other.command(b"DELETE x")

    assert one.ends_with_bye(b"NOOP")


def test_renaming_the_selected_folder_disturbs_nobody(server: MailServer, two: tuple[Wire, Wire]):
    one, other = two
    other.command(b"CREATE x")
    one.command(b"SELECT x")
    other.command(b"RENAME x y")
    server.deliver("security", b"x", folder="y")

    assert one.command(b"NOOP")[0] == b"* 1 EXISTS"


def test_a_new_uidvalidity_ends_sessions_and_renumbers(
    server: MailServer, client: IMAPClient, two: tuple[Wire, Wire]
):
    client.unselect_folder()
    before = client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    mails = server.messages("security")
    server.change_uidvalidity("security")

    for wire in two:
        assert wire.ends_with_bye(b"NOOP")
    assert client.select_folder("INBOX")[b"UIDVALIDITY"] > before
    assert client.search("ALL") == [5, 6, 7, 8]
    assert server.messages("security") == mails


def test_many_sessions_and_deliveries_at_once_agree_in_the_end(
    server: MailServer, connect: Callable[[], IMAPClient]
):
    readers = [connect() for _ in range(3)]
    for reader in readers:
        reader.select_folder("INBOX")

    def deliver() -> None:
        for number in range(40):
            server.deliver("security", b"Subject: %d\r\n\r\n" % number)

    def move(reader: IMAPClient) -> None:
        for _ in range(15):
            uids = reader.search("ALL")
            reader.fetch(uids, ["FLAGS", "BODY.PEEK[]"])
            reader.add_flags(uids[:2], ["\\Seen"])
            reader.move(uids[:1], "Archive") if uids else reader.noop()

    threads = [threading.Thread(target=deliver) for _ in range(2)]
    threads += [threading.Thread(target=move, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    everything = server.messages("security") + server.messages("security", "Archive")
    assert len(everything) == 80
    for reader in readers:
        assert reader.search("ALL") == list(server.flags("security"))
        assert reader.select_folder("INBOX")[b"EXISTS"] == len(server.messages("security"))
