"""What is stored is what is served, whatever it is."""

from __future__ import annotations

import pytest
from imapclient import IMAPClient

from inboxd.sandbox.server import MailServer
from tests.sandbox.conftest import Wire
from tests.sandbox.hostile import MAILS, NESTED

EVERYTHING = [
    "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY", "BODYSTRUCTURE", "RFC822",
    "RFC822.HEADER", "RFC822.TEXT", "BODY.PEEK[]", "BODY.PEEK[HEADER]", "BODY.PEEK[TEXT]",
    "BODY.PEEK[1]", "BODY.PEEK[1.MIME]", "BODY.PEEK[1.1.1.1]",
    "BODY.PEEK[HEADER.FIELDS (Subject From)]", "BODY.PEEK[HEADER.FIELDS.NOT (Subject)]",
]  # fmt: skip


@pytest.mark.parametrize("name", MAILS)
def test_a_hostile_mail_comes_back_byte_for_byte_with_every_item(
    server: MailServer, client: IMAPClient, name: str
):
    raw = MAILS[name]
    uid = server.deliver("security", raw)

    answer = client.fetch([uid], EVERYTHING)[uid]

    assert answer[b"BODY[]"] == raw == answer[b"RFC822"] == server.messages("security")[0]
    assert answer[b"RFC822.SIZE"] == len(raw)
    assert answer[b"BODY[HEADER]"] + answer[b"BODY[TEXT]"] == raw
    assert client.noop()[0], "the connection is still in step"


@pytest.mark.parametrize("name", MAILS)
def test_appending_and_fetching_in_slices_keeps_every_byte(
    wire: Wire, client: IMAPClient, name: str
):
    raw = MAILS[name]
    # By hand, because imaplib rewrites line ends in what it appends.
    wire.send(b"t APPEND INBOX {%d+}\r\n%b\r\n" % (len(raw), raw))
    wire.until(b"t OK [APPENDUID ")
    (uid,) = client.search("ALL")

    slices = []
    for offset in range(0, len(raw) + 1, 20_011):
        label = f"BODY.PEEK[]<{offset}.20011>"
        slices.append(client.fetch([uid], [label])[uid][f"BODY[]<{offset}>".encode()])

    assert b"".join(slices) == raw


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
def test_body_parts_are_exact_slices(server: MailServer, client: IMAPClient, ending: bytes):
    raw = NESTED.replace(b"\r\n", ending)
    uid = server.deliver("security", raw)

    def section(name: str) -> bytes | None:
        part: bytes | None = client.fetch([uid], [f"BODY.PEEK[{name}]"])[uid][
            f"BODY[{name}]".encode()
        ]
        return part

    def lines(*text: bytes) -> bytes:
        return ending.join(text)

    assert section("1.1") == lines(
        b"trailing blanks =20  ", b"-- ", b"--ins is not the delimiter", b""
    )
    assert section("1.1.MIME") == lines(
        b"content-type:text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: quoted-printable",
        b"",
        b"",
    )
    assert section("1.2") == b"-----BEGIN PGP SIGNATURE-----"
    assert section("2") == lines(
        b"Subject: inner", b"From: inner@research.test", b"", b"inner body\xff\x00"
    )
    assert section("2.HEADER") == lines(b"Subject: inner", b"From: inner@research.test", b"", b"")
    assert section("2.TEXT") == section("2.1") == b"inner body\xff\x00"
    assert section("2.1.MIME") == section("2.HEADER")
    assert section("HEADER.FIELDS (SUBJECT X-BLANK)") == lines(
        b"Subject: =?utf-8?B?UsOpc3Vtw6k=?=", b"  folded \t oddly", b"X-Blank: ", b"", b""
    )
    for absent in ("3", "1.3", "1.1.1", "2.2", "1.HEADER"):
        assert section(absent) is None


def test_part_one_of_a_plain_mail_is_its_body(server: MailServer, client: IMAPClient):
    uid = server.deliver("security", b"Subject: x\r\n\r\nbody\r\n")

    answer = client.fetch([uid], ["BODY.PEEK[1]", "BODY.PEEK[1.MIME]", "BODY.PEEK[2]"])[uid]

    assert answer[b"BODY[1]"] == b"body\r\n"
    assert answer[b"BODY[1.MIME]"] == b"Subject: x\r\n\r\n"
    assert answer[b"BODY[2]"] is None


def test_the_structure_of_a_nested_mail(server: MailServer, client: IMAPClient):
    uid = server.deliver("security", NESTED)

    structure = client.fetch([uid], ["BODYSTRUCTURE"])[uid][b"BODYSTRUCTURE"]

    (signed, attached), subtype, parameters = structure[0], structure[1], structure[2]
    assert subtype == b"mixed"
    assert parameters == (b"boundary", b"o", b"charset", b"x")
    assert [part[:2] for part in signed[0]] == [
        (b"text", b"plain"),
        (b"application", b"pgp-signature"),
    ]
    assert signed[1] == b"signed"
    assert signed[0][0][5:8] == (b"quoted-printable", 56, 3)
    assert attached[:2] == (b"message", b"rfc822")
    assert attached[7][1] == b"inner"
    assert attached[8][:2] == (b"text", b"plain")
    assert attached[11] == (b"attachment", (b"filename*", b"utf-8''%e2%82%ac.eml"))


def test_the_envelope_leaves_encoded_words_to_the_client_and_fills_in_the_sender(
    server: MailServer, client: IMAPClient
):
    server.deliver(
        "security",
        b"From: =?utf-8?q?J=C3=B6rg?= <j@research.test>\r\n"
        b'To: "Doe, \\"J\\"" <doe@example.test>, plain@example.test (Comment)\r\n'
        b"Cc: Team: a@example.test, b@example.test;\r\n"
        b"Subject: one\r\n two\r\nIn-Reply-To: <0@x>\r\nMessage-ID: <1@x>\r\n\r\n",
    )

    envelope = client.fetch([1], ["ENVELOPE"])[1][b"ENVELOPE"]

    assert envelope.subject == b"one two"
    assert (envelope.in_reply_to, envelope.message_id) == (b"<0@x>", b"<1@x>")
    assert envelope.from_ == envelope.sender == envelope.reply_to
    assert [(a.name, a.mailbox, a.host) for a in envelope.from_] == [
        (b"=?utf-8?q?J=C3=B6rg?=", b"j", b"research.test")
    ]
    assert [(a.name, a.mailbox, a.host) for a in envelope.to] == [
        (b'Doe, "J"', b"doe", b"example.test"),
        (b"Comment", b"plain", b"example.test"),
    ]
    assert [(a.mailbox, a.host) for a in envelope.cc] == [
        (b"Team", None),
        (b"a", b"example.test"),
        (b"b", b"example.test"),
        (None, None),
    ]
    assert envelope.bcc is None


def test_reading_a_body_sets_seen_and_peeking_does_not(server: MailServer, client: IMAPClient):
    server.deliver("security", b"Subject: x\r\n\r\ny")

    client.fetch([1], ["BODY.PEEK[]", "RFC822.HEADER", "BODYSTRUCTURE"])
    assert server.flags("security") == {1: frozenset()}

    assert b"\\Seen" in client.fetch([1], ["BODY[TEXT]"])[1][b"FLAGS"]
    assert server.flags("security") == {1: {"\\Seen"}}


def test_reading_in_an_examined_folder_does_not_set_seen(server: MailServer, client: IMAPClient):
    server.deliver("security", b"Subject: x\r\n\r\ny")
    client.select_folder("INBOX", readonly=True)

    client.fetch([1], ["BODY[]"])

    assert server.flags("security") == {1: frozenset()}


def test_each_answer_line_names_the_section_as_it_was_asked(server: MailServer, wire: Wire):
    server.deliver("security", b"Subject: x\r\nA: 1\r\n\r\nbody")
    wire.command(b"SELECT inbox")

    answer = wire.command(b"fetch 1 (body.peek[header.fields (subject)] Body.Peek[Text]<1.2>)")

    assert answer == [
        b"* 1 FETCH (BODY[HEADER.FIELDS (subject)] {14}",
        b"Subject: x",
        b"",
        b" BODY[TEXT]<1> {2}",
        b"od)",
        b"t OK FETCH completed",
    ]


def test_the_macros_and_the_old_names_answer_what_the_rfc_says(server: MailServer, wire: Wire):
    server.deliver("security", b"\r\nb")
    wire.command(b"SELECT INBOX")

    assert b"RFC822.SIZE 3" in wire.command(b"FETCH 1 FAST")[0]
    assert b"ENVELOPE (NIL" in wire.command(b"FETCH 1 ALL")[0]
    assert b'BODY ("text" "plain" NIL NIL NIL "7bit" 1 0)' in wire.command(b"FETCH 1 FULL")[0]
    assert wire.command(b"FETCH 1 RFC822.TEXT")[:2] == [
        b"* 1 FETCH (RFC822.TEXT {1}",
        b"b FLAGS (\\Seen \\Recent))",
    ]
