"""Bytes to a message: total, and nothing a person sent is dropped without a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given

from inboxd.core.message import MAX_TEXT, read_message
from inboxd.core.model import Message
from inboxd.core.opening import open_message
from inboxd.core.trust import GpgOutput
from tests.hostile_mail import KILLERS, mail_bytes
from tests.pgp_mail import attached, mail, multipart, text_part


class NoGpg:
    def decrypt(self, data: bytes) -> GpgOutput:
        return GpgOutput((), 2)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput((), 2)


def read(raw: bytes) -> Message:
    return read_message(open_message(raw, NoGpg()), raw)


def check_storable(message: Message) -> None:
    """Every text can go into any database and into a header of ours."""
    texts = [message.text, message.new_text, message.subject, message.message_id]
    texts += [text for pair in message.headers for text in pair]
    texts += [a.name for a in message.attachments] + [a.spec for a in message.to]
    for text in texts:
        text.encode()
        assert "\x00" not in text
    for line in (message.subject, message.message_id, *(a.name for a in message.attachments)):
        assert len(line.splitlines()) <= 1


@given(mail_bytes)
@example(b"Content-Type: multipart/m\n\n\x00")  # no boundary: its body is the text
def test_any_bytes_give_a_message_that_can_be_stored(raw: bytes):
    message = read(raw)
    assert message.size == len(raw)
    check_storable(message)


@pytest.mark.parametrize("name", KILLERS)
def test_a_mail_made_to_exhaust_the_reader_is_read(name: str):
    message = read(KILLERS[name])
    assert len(message.text) <= MAX_TEXT
    check_storable(message)


def test_an_empty_mail_is_a_message_and_says_so():
    message = read(b"")
    assert (message.text, message.sender, message.size) == ("", None, 0)
    assert "empty mail" in message.defects


def test_plain_text_wins_over_html_and_an_empty_one_does_not():
    html = b"Content-Type: text/html\r\n\r\n<p>rich</p>"
    assert read(multipart("alternative", text_part("plain"), html)).text.strip() == "plain"
    message = read(multipart("alternative", text_part("  "), html))
    assert (message.text.strip(), message.html_only) == ("rich", True)


def test_files_beside_the_text_keep_every_byte():
    data = bytes(range(256))
    raw = multipart("mixed", text_part("see"), attached("a.bin", data))
    [file] = read(raw).attachments
    assert (file.name, file.data, file.size) == ("a.bin", data, 256)


def test_a_text_file_is_a_file_and_not_the_text():
    raw = multipart("mixed", text_part("see"), attached("notes.txt", b"notes", "text/plain"))
    message = read(raw)
    assert message.text.strip() == "see"
    assert [a.name for a in message.attachments] == ["notes.txt"]


def test_a_forwarded_message_is_shown_under_a_line_that_says_so():
    inner = text_part("old words", "From: Ada <a@example.org>", "Subject: old")
    raw = multipart("mixed", text_part("see"), b"Content-Type: message/rfc822\r\n\r\n" + inner)
    text = read(raw).text
    assert text.index("see") < text.index("[Forwarded message from Ada <a@example.org>: old]")
    assert "old words" in text


def test_an_attached_message_that_is_not_shown_stays_a_file():
    inner = text_part("evidence", "Subject: old")
    eml = attached("mail.eml", inner, "message/rfc822")
    message = read(multipart("mixed", text_part("one"), text_part("two"), eml))
    assert "evidence" not in message.text
    assert [(a.name, a.data) for a in message.attachments] == [("mail.eml", inner)]


def test_text_beyond_the_bound_is_cut_and_said():
    message = read(mail("text/plain", b"a" * (MAX_TEXT + 5)))
    assert len(message.text) == MAX_TEXT
    assert any("longer than" in defect for defect in message.defects)


def test_text_parts_beyond_what_is_read_stay_files():
    big = b"Content-Type: text/plain\r\n\r\n" + b"a" * 1_100_000
    message = read(multipart("mixed", big, big, b"Content-Type: text/plain\r\n\r\nlast"))
    assert b"last" in [a.data for a in message.attachments]


def test_a_message_without_its_boundary_still_shows_its_bytes():
    assert "words" in read(b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nwords\r\n").text


def test_a_first_paragraph_that_is_no_header_is_read():
    assert "Your form leaks" in read(b"Your form leaks data.\r\n\r\nSee /login.\r\n").text


@pytest.mark.parametrize(
    ("field", "path"),
    [("<>", ""), ("<a@example.org>", "a@example.org"), ("a@example.org", "a@example.org")],
)
def test_the_return_path_is_told_from_its_absence(field: str, path: str):
    assert read(f"Return-Path: {field}\r\n\r\nx".encode()).return_path == path
    assert read(b"Subject: x\r\n\r\nx").return_path is None


def test_a_line_break_hidden_in_an_encoded_subject_does_not_survive():
    raw = b"Subject: =?utf-8?Q?Hi=0D=0ABcc:_x@example.org?=\r\n\r\nb"
    assert read(raw).subject == "Hi Bcc: x@example.org"


def test_encoded_words_are_undone_only_where_people_write():
    raw = b"Subject: =?utf-8?Q?caf=C3=A9?=\r\nX-Tool: =?utf-8?Q?=3Bx?=\r\n\r\nb"
    message = read(raw)
    assert message.header("subject") == "café"
    assert message.header("x-tool") == "=?utf-8?Q?=3Bx?="


def test_the_copy_of_protected_headers_in_the_text_is_left_out():
    raw = b"Content-Type: text/plain; hp-legacy-display=1\r\n\r\nSubject: s\r\n\r\nwords"
    protected = replace(open_message(raw, NoGpg()), protected=True)
    assert read_message(protected, raw).text == "words"
    assert read(raw).text == "Subject: s\n\nwords"  # anybody may write that parameter
