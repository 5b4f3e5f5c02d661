"""Every IMAP fault switch does what it says, at run time, and can be switched off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from inboxd.sandbox.faults import Faults, ImapFaults
from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import Wire


@pytest.fixture
def faults(server: MailServer) -> ImapFaults:
    return server.faults.imap


@pytest.fixture
def inbox(server: MailServer, wire: Wire) -> Wire:
    """A raw session in an INBOX of two messages."""
    server.deliver("security", b"Subject: 1\r\n\r\nfirst")
    server.deliver("security", b"Subject: 2\r\n\r\nsecond")
    wire.command(b"SELECT INBOX")
    return wire


def test_refuse_connect_closes_before_the_greeting(
    server: MailServer, faults: ImapFaults, open_wire: Callable[[int], Wire]
):
    faults.refuse_connect = True
    assert open_wire(server.imap_port).at_end()

    faults.clear()
    assert open_wire(server.imap_port).line().startswith(b"* OK")


def test_refuse_login_refuses_the_right_password(
    faults: ImapFaults, connect: Callable[[], IMAPClient]
):
    faults.refuse_login = True
    with pytest.raises(LoginError, match="AUTHENTICATIONFAILED"):
        connect()

    faults.refuse_login = False
    assert connect()


def test_bye_after_login(server: MailServer, faults: ImapFaults, open_wire: Callable[[int], Wire]):
    faults.bye_after_login = True
    wire = open_wire(server.imap_port)
    wire.line()

    assert wire.command(b"LOGIN security s3cret")[0].startswith(b"t OK")
    assert wire.line().startswith(b"* BYE")
    assert wire.at_end()


def test_drop_on_closes_when_the_command_arrives_and_does_nothing(
    server: MailServer, faults: ImapFaults, client: IMAPClient, inbox: Wire
):
    faults.drop_on = {"FETCH", "APPEND"}
    inbox.send(b"t UID FETCH 1 BODY[]\r\n")
    assert inbox.at_end()
    assert server.flags("security")[1] == set()

    with pytest.raises((IMAPClientError, OSError)):
        client.append("INBOX", b"x")
    assert len(server.messages("security")) == 2


def test_drop_on_can_mean_the_uid_form_only(faults: ImapFaults, inbox: Wire):
    faults.drop_on = {"UID FETCH"}

    assert inbox.command(b"FETCH 1 UID")[-1].startswith(b"t OK")
    inbox.send(b"t uid fetch 1 UID\r\n")
    assert inbox.at_end()


def test_drop_once_on_strikes_once(
    faults: ImapFaults, inbox: Wire, connect: Callable[[], IMAPClient]
):
    faults.drop_once_on.add("SEARCH")
    inbox.send(b"t UID SEARCH ALL\r\n")
    assert inbox.at_end()

    again = connect()
    again.select_folder("INBOX")
    assert again.search("ALL") == [1, 2]


def test_drop_after_carries_the_command_out_first(
    server: MailServer, faults: ImapFaults, inbox: Wire
):
    faults.drop_after = {"MOVE"}
    inbox.send(b"t UID MOVE 1 Archive\r\n")

    assert inbox.at_end()
    assert len(server.messages("security", "Archive")) == 1


def test_stall_keeps_the_socket_open_and_silent(faults: ImapFaults, inbox: Wire):
    faults.stall = True
    inbox.socket.settimeout(0.2)
    inbox.send(b"t NOOP\r\n")
    with pytest.raises(TimeoutError):
        inbox.socket.recv(1)

    faults.stall = False
    inbox.socket.settimeout(4)
    assert inbox.socket.recv(100) == b"t OK completed\r\n"


def test_split_writes_arrive_in_pieces_and_whole(
    server: MailServer, faults: ImapFaults, inbox: Wire, client: IMAPClient
):
    faults.split_writes = 1
    inbox.send(b"t CAPABILITY\r\n")
    pieces = [inbox.socket.recv(1000)]
    while not pieces[-1].endswith(b"\n"):
        pieces.append(inbox.socket.recv(1000))
    assert len(pieces) > 1
    assert b"".join(pieces).startswith(b"* CAPABILITY IMAP4rev1 ")

    assert client.fetch([1], ["BODY.PEEK[]"])[1][b"BODY[]"] == server.messages("security")[0]


def test_coalesced_idle_hides_the_mail_from_a_client_that_polls_the_socket(
    server: MailServer, faults: ImapFaults, client: IMAPClient
):
    faults.coalesce_idle_exists = True
    server.deliver("security", b"x")
    client.idle()

    assert client.idle_check(timeout=0.2) == [], "IMAPClient has it in a buffer it does not poll"
    assert (1, b"EXISTS") in client.idle_done()[1]


def test_coalesced_idle_sends_both_in_one_segment(
    server: MailServer, faults: ImapFaults, inbox: Wire
):
    faults.coalesce_idle_exists = True
    server.deliver("security", b"x")
    inbox.send(b"t IDLE\r\n")

    assert inbox.socket.recv(1000) == b"+ idling\r\n* 3 EXISTS\r\n* 3 RECENT\r\n"


def test_without_the_switch_mail_before_idle_is_told_after_the_go_ahead(
    server: MailServer, client: IMAPClient
):
    server.deliver("security", b"x")
    client.idle()

    assert (1, b"EXISTS") in client.idle_check(timeout=4)
    client.idle_done()


def test_expunge_under_fetch_takes_the_first_message_away(
    server: MailServer, faults: ImapFaults, client: IMAPClient, inbox: Wire
):
    faults.expunge_under_fetch = True

    assert list(client.fetch([1, 2], ["BODY.PEEK[]"])) == [2]
    assert inbox.command(b"FETCH 2 UID")[-1].startswith(b"t NO [EXPUNGEISSUED]")
    assert server.messages("security") == []


def test_lie_about_size(faults: ImapFaults, inbox: Wire):
    faults.lie_about_size = 123456789

    assert inbox.command(b"FETCH 1 RFC822.SIZE")[0] == b"* 1 FETCH (RFC822.SIZE 123456789)"


def test_huge_literal_announces_three_gigabytes_and_ends(faults: ImapFaults, inbox: Wire):
    faults.huge_literal = True
    inbox.send(b"t UID FETCH 1 (FLAGS BODY.PEEK[])\r\n")

    assert inbox.line() == b"* 1 FETCH (UID 1 FLAGS (\\Recent) BODY[] {3221225472}"
    assert inbox.until(b"first")
    assert inbox.at_end()


def test_no_idle_is_neither_advertised_nor_accepted(faults: ImapFaults, inbox: Wire):
    faults.no_idle = True

    assert b"IDLE" not in inbox.command(b"CAPABILITY")[0].split()
    assert inbox.command(b"IDLE") == [b"t BAD unknown command"]


def test_silent_idle_pushes_nothing_but_the_next_command_tells(
    server: MailServer, faults: ImapFaults, client: IMAPClient
):
    faults.silent_idle = True
    client.idle()
    server.deliver("security", b"x")

    assert client.idle_check(timeout=0.2) == []
    assert (1, b"EXISTS") in client.idle_done()[1]


def test_slow_waits_before_each_command(faults: ImapFaults, inbox: Wire):
    faults.slow = 0.5
    inbox.socket.settimeout(0.05)
    inbox.send(b"t NOOP\r\n")
    with pytest.raises(TimeoutError):
        inbox.socket.recv(1)

    inbox.socket.settimeout(4)
    assert inbox.socket.recv(100) == b"t OK completed\r\n"


def test_clearing_the_faults_switches_everything_off():
    faults = Faults()
    faults.imap.drop_on.add("FETCH")
    faults.imap.split_writes = 3
    faults.smtp.reject_rcpt["a@example.test"] = "550 no"
    faults.smtp.stall = True

    faults.clear()

    assert vars(faults.imap) == vars(Faults().imap)
    assert vars(faults.smtp) == vars(Faults().smtp)
