"""The protocol on the wire: literals, logins, states, limits."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import Wire

MAIL = b"Subject: x\r\n\r\n)} {5}\r\n"
PLAIN = base64.b64encode(b"\0security\0s3cret")


@pytest.fixture
def stranger(server: MailServer, open_wire: Callable[[int], Wire]) -> Wire:
    """A connection before login."""
    one = open_wire(server.imap_port)
    assert one.line().startswith(b"* OK [CAPABILITY IMAP4rev1 ")
    return one


def test_a_synchronising_literal_waits_for_the_go_ahead(server: MailServer, wire: Wire):
    wire.send(b"t APPEND INBOX (\\Seen) {%d}\r\n" % len(MAIL))
    assert wire.line().startswith(b"+ ")
    wire.send(MAIL + b"\r\n")

    assert wire.line().startswith(b"t OK [APPENDUID")
    assert server.messages("security") == [MAIL]


def test_a_non_synchronising_literal_does_not_wait(server: MailServer, wire: Wire):
    wire.send(b"t APPEND {5+}\r\nINBOX {%d+}\r\n" % len(MAIL) + MAIL + b"\r\nu NOOP\r\n")

    assert wire.line().startswith(b"t OK [APPENDUID")
    assert wire.line() == b"u OK completed"
    assert server.messages("security") == [MAIL]


def test_any_string_may_be_a_literal(stranger: Wire):
    stranger.send(b"t LOGIN {8}\r\n")
    stranger.line()
    stranger.send(b"security {6+}\r\ns3cret\r\n")

    assert stranger.line().startswith(b"t OK [CAPABILITY")


def test_a_literal_beyond_the_cap_is_refused_before_it_is_sent(stranger: Wire, wire: Wire):
    stranger.send(b"t LOGIN {1000000}\r\n")
    assert stranger.line().startswith(b"t NO [TOOBIG]")
    assert stranger.command(b"NOOP") == [b"t OK completed"]

    wire.send(b"t APPEND INBOX {3000000000}\r\n")
    assert wire.line().startswith(b"t NO [TOOBIG]")
    assert wire.command(b"NOOP") == [b"t OK completed"]


def test_a_literal_beyond_the_cap_that_is_sent_anyway_ends_the_connection(wire: Wire):
    assert wire.ends_with_bye(b"APPEND INBOX {3000000000+}")


def test_an_endless_line_ends_the_connection(wire: Wire):
    assert wire.ends_with_bye(b"NOOP" + b"x" * 600_000)


def test_authenticate_plain_with_and_without_initial_response(
    server: MailServer, stranger: Wire, open_wire: Callable[[int], Wire]
):
    stranger.send(b"t AUTHENTICATE PLAIN\r\n")
    assert stranger.line() == b"+ "
    stranger.send(PLAIN + b"\r\n")
    assert stranger.line().startswith(b"t OK")

    other = open_wire(server.imap_port)
    other.line()
    assert other.command(b"authenticate plain " + PLAIN)[0].startswith(b"t OK")


def test_authentication_can_be_cancelled_and_can_fail(stranger: Wire):
    stranger.send(b"t AUTHENTICATE PLAIN\r\n*\r\n")
    assert stranger.until(b"t ")[-1].startswith(b"t BAD")
    assert stranger.command(b"AUTHENTICATE PLAIN !!!")[0].startswith(b"t BAD")
    assert stranger.command(b"AUTHENTICATE XOAUTH2")[0].startswith(b"t NO")
    wrong = base64.b64encode(b"\0security\0wrong")
    failed = b"t NO [AUTHENTICATIONFAILED]"
    assert stranger.command(b"AUTHENTICATE PLAIN " + wrong)[0].startswith(failed)
    assert stranger.command(b'LOGIN security ""')[0].startswith(failed)
    assert stranger.command(b'LOGIN nobody ""')[0].startswith(failed)
    assert stranger.command(b'LOGIN "security" "s3cret"')[0].startswith(b"t OK")


def test_commands_are_refused_in_the_wrong_state(stranger: Wire, wire: Wire):
    assert stranger.command(b"SELECT INBOX") == [b"t BAD that command needs a login"]
    assert stranger.command(b"STARTTLS") == [b"t BAD unknown command"]
    assert wire.command(b"LOGIN security s3cret") == [b"t BAD that command needs no login yet"]
    assert wire.command(b"UID FETCH 1 FLAGS") == [b"t BAD that command needs a selected folder"]


def test_only_what_works_is_advertised(stranger: Wire):
    def names() -> set[bytes]:
        return set(stranger.command(b"CAPABILITY")[0].split()[2:])

    assert names() == {b"IMAP4rev1", b"LITERAL+", b"SASL-IR", b"ID", b"AUTH=PLAIN"}
    stranger.command(b"LOGIN security s3cret")
    assert names() >= {b"IDLE", b"UIDPLUS", b"MOVE", b"SPECIAL-USE", b"UNSELECT", b"NAMESPACE"}
    assert b"CONDSTORE" not in names()


def test_id_and_logout(stranger: Wire):
    assert stranger.command(b'ID ("name" "neomutt" "version" NIL)')[0].startswith(b"* ID (")
    assert stranger.command(b"ID NIL")[-1] == b"t OK ID completed"
    assert stranger.command(b"LOGOUT") == [b"* BYE see you", b"t OK LOGOUT completed"]
    assert stranger.at_end()


def test_pipelined_commands_are_answered_in_order(server: MailServer, wire: Wire):
    server.deliver("security", b"x")
    wire.send(b"a SELECT INBOX\r\nb UID FETCH 1 (FLAGS)\r\nc UID SEARCH ALL\r\nd LOGOUT\r\n")

    answers = [line[:1] for line in wire.until(b"d ") if not line.startswith(b"*")]
    assert answers == [b"a", b"b", b"c", b"d"]


@pytest.mark.parametrize(
    "nonsense",
    [
        b"", b"FETCH", b"UID", b"UID NOOP", b'SELECT "INBOX', b"SELECT INBOX x", b"SELECT &!-",
        b"STATUS INBOX (BOGUS)", b"FETCH 1 (BODY[", b"FETCH 1 BODY[MIME]", b"FETCH 1 BODY[]<0.0>",
        b"FETCH 1 BODY[0]", b"FETCH 1 BOGUS", b"FETCH x FLAGS", b"STORE 1 FLAGS (\\Seen",
        b"STORE 1 *FLAGS ()", b"APPEND INBOX x", b'APPEND INBOX "no date" {1+}\r\nx',
        b"UID EXPUNGE", b"LIST a", b"COPY 1", b"IDLE x", b"\xff\xfe",
    ],
)  # fmt: skip
def test_nonsense_is_answered_with_bad_and_forgotten(
    server: MailServer, wire: Wire, nonsense: bytes
):
    server.deliver("security", b"x")
    wire.command(b"SELECT INBOX")

    assert wire.command(nonsense)[-1].startswith(b"t BAD")
    assert wire.command(b"NOOP") == [b"t OK completed"]


def test_a_client_that_only_talks_nonsense_is_thrown_out(stranger: Wire):
    stranger.send(b"GET / HTTP/1.1\r\n" + b"\r\n" * 30)

    assert stranger.until(b"* BYE")


def test_injected_line_breaks_are_two_commands_not_one(wire: Wire):
    wire.send(b't SEARCH SUBJECT "a\r\nu NOOP\r\n')

    assert wire.line().startswith(b"t BAD")
    assert wire.line() == b"u OK completed"
