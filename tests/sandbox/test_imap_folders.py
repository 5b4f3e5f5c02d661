"""Folders: listing, making, renaming, deleting, selecting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import Wire

DEFAULTS = ["INBOX", "Archive", "Drafts", "Junk", "Sent", "Trash"]


def test_every_account_has_the_special_folders_with_their_use(
    server: MailServer, client: IMAPClient
):
    listed = {name: flags for flags, _, name in client.list_folders()}

    assert list(listed) == DEFAULTS == server.folders("security") == server.folders("reporter")
    assert {delimiter for _, delimiter, _ in client.list_folders()} == {b"/"}
    for name in ("Sent", "Drafts", "Junk", "Trash", "Archive"):
        assert b"\\" + name.encode() in listed[name]
    assert client.find_special_folder(b"\\Sent") == "Sent"


@pytest.mark.parametrize(
    "name", ["Für später/子", 'quote " and \\ back', "a & b", "%*()", "~peter"]
)
def test_odd_folder_names_survive_the_wire(server: MailServer, client: IMAPClient, name: str):
    client.create_folder(name)

    assert name in server.folders("security")
    assert name in [listed for _, _, listed in client.list_folders()]
    client.append(name, b"Subject: x\r\n\r\n")
    assert client.folder_status(name, ["MESSAGES"]) == {b"MESSAGES": 1}
    client.delete_folder(name)
    assert name not in server.folders("security")


def test_creating_a_folder_creates_its_parents_and_patterns_respect_levels(client: IMAPClient):
    client.create_folder("Cases/2026/open")

    def names(pattern: str, reference: str = "") -> list[str]:
        return [name for _, _, name in client.list_folders(reference, pattern)]

    assert names("Cases*") == ["Cases", "Cases/2026", "Cases/2026/open"]
    assert names("Cases/%") == ["Cases/2026"]
    assert names("%/%/open") == ["Cases/2026/open"]
    assert names("2026/*", "Cases/") == ["Cases/2026/open"]
    assert names("inbox") == ["INBOX"]
    assert "Cases/2026" not in names("%")


def test_a_deleted_parent_stays_visible_but_cannot_be_selected(client: IMAPClient):
    client.create_folder("a/b")
    client.delete_folder("a")

    (attributes, _, _), (child, _, _) = client.list_folders("", "a*")

    assert set(attributes) == {b"\\Noselect", b"\\HasChildren"}
    assert set(child) == {b"\\HasNoChildren"}
    with pytest.raises(IMAPClientError, match="NONEXISTENT"):
        client.select_folder("a")


def test_renaming_takes_children_and_messages_along(server: MailServer, client: IMAPClient):
    client.create_folder("old/child")
    server.deliver("security", b"one", folder="old/child")

    client.rename_folder("old", "new/place")

    assert server.messages("security", "new/place/child") == [b"one"]
    assert not [name for name in server.folders("security") if name.startswith("old")]
    with pytest.raises(IMAPClientError):
        client.rename_folder("new", "new/place/inside")
    with pytest.raises(IMAPClientError):
        client.rename_folder("new", "Sent")


def test_renaming_the_inbox_moves_its_mail_and_leaves_it_empty(
    server: MailServer, client: IMAPClient
):
    server.deliver("security", b"one")

    client.rename_folder("INBOX", "before")

    assert server.messages("security", "before") == [b"one"]
    assert server.messages("security") == []


def test_a_recreated_folder_has_another_uidvalidity(client: IMAPClient):
    client.create_folder("x")
    first = client.folder_status("x", ["UIDVALIDITY"])
    client.delete_folder("x")
    client.create_folder("x")

    assert client.folder_status("x", ["UIDVALIDITY"]) != first


def test_what_cannot_be_done_to_folders_is_refused(client: IMAPClient):
    for attempt in (
        lambda: client.create_folder("Sent"),
        lambda: client.create_folder("inbox"),
        lambda: client.create_folder("a//b"),
        lambda: client.delete_folder("INBOX"),
        lambda: client.delete_folder("nowhere"),
        lambda: client.rename_folder("nowhere", "x"),
        lambda: client.folder_status("nowhere"),
        lambda: client.select_folder("nowhere"),
    ):
        with pytest.raises(IMAPClientError):
            attempt()


def test_subscriptions_are_kept_apart_from_folders(client: IMAPClient):
    client.create_folder("a/b")
    assert "a/b" not in [name for _, _, name in client.list_sub_folders()]

    client.subscribe_folder("a/b")
    client.unsubscribe_folder("Junk")

    subscribed = [name for _, _, name in client.list_sub_folders()]
    assert "a/b" in subscribed
    assert "Junk" not in subscribed
    above = {name: flags for flags, _, name in client.list_sub_folders("", "%")}
    assert above["a"] == (b"\\Noselect",)


def test_status_counts_without_selecting(server: MailServer, client: IMAPClient):
    server.deliver("security", b"1", folder="Archive")
    server.deliver("security", b"2", folder="Archive", flags=("\\Seen",))

    status = client.folder_status("Archive")

    assert status[b"MESSAGES"] == 2
    assert status[b"RECENT"] == 2
    assert status[b"UNSEEN"] == 1
    assert status[b"UIDNEXT"] == 3


def test_selecting_tells_what_a_client_needs(server: MailServer, client: IMAPClient):
    server.deliver("security", b"1", flags=("\\Seen", "$Triage"))
    server.deliver("security", b"2")

    selected = client.select_folder("INBOX")

    assert selected[b"EXISTS"] == 2
    assert selected[b"UNSEEN"] == [b"2"]
    assert selected[b"UIDNEXT"] == 3
    assert b"\\*" in selected[b"PERMANENTFLAGS"]
    assert b"$Triage" in selected[b"FLAGS"]
    assert selected[b"READ-WRITE"]
    readonly = client.select_folder("INBOX", readonly=True)
    assert readonly[b"READ-ONLY"]
    assert readonly[b"PERMANENTFLAGS"] == ()


def test_only_the_first_session_sees_a_message_as_recent(
    server: MailServer, connect: Callable[[], IMAPClient]
):
    server.deliver("security", b"1")
    first, second = connect(), connect()

    assert second.select_folder("INBOX", readonly=True)[b"RECENT"] == 1
    assert first.select_folder("INBOX")[b"RECENT"] == 1
    assert second.select_folder("INBOX")[b"RECENT"] == 0
    assert first.search("RECENT") == [1]
    assert second.search("RECENT") == []


def test_closing_expunges_silently_and_unselecting_does_not(server: MailServer, wire: Wire):
    server.deliver("security", b"1", flags=("\\Deleted",))
    wire.command(b"SELECT INBOX")

    assert wire.command(b"UNSELECT") == [b"t OK UNSELECT completed"]
    assert len(server.messages("security")) == 1
    wire.command(b"SELECT INBOX")
    assert wire.command(b"CLOSE") == [b"t OK CLOSE completed"]
    assert server.messages("security") == []
    assert wire.command(b"CHECK")[0].startswith(b"t BAD")


def test_the_list_dialogues_of_thunderbird_and_the_special_use_rfc(wire: Wire):
    assert wire.command(b'LIST "" ""') == [
        b'* LIST (\\Noselect) "/" ""',
        b"t OK LIST completed",
    ]
    special = wire.command(b'LIST (SPECIAL-USE) "" "*" RETURN (SPECIAL-USE SUBSCRIBED)')
    assert len(special) == 6
    assert b'* LIST (\\HasNoChildren \\Sent \\Subscribed) "/" "Sent"' in special
    assert len(wire.command(b'LIST (SUBSCRIBED) "" % RETURN (CHILDREN)')) == 7
    assert wire.command(b"NAMESPACE")[0] == b'* NAMESPACE (("" "/")) NIL NIL'


def test_the_accounts_do_not_see_each_other(server: MailServer, connect: Callable[..., IMAPClient]):
    server.deliver("security", b"private")
    other = connect("reporter", "hunter2")

    assert other.select_folder("INBOX")[b"EXISTS"] == 0
