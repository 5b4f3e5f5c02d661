"""What we write reads back, with any words of a reporter in it, by our reader and by others."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inboxd.core import compose
from inboxd.core.compose import Rendered, is_sendable
from inboxd.core.files import attachment
from inboxd.core.headers import clean, parse_addresses
from inboxd.core.letter import Auto, Protection
from inboxd.core.message import read_message
from inboxd.core.mime import parse
from inboxd.core.model import Attachment, Fingerprint, Message
from inboxd.core.opening import open_message
from inboxd.core.trust import GpgOutput
from tests.pgp_mail import People
from tests.pgp_mail import everyone as everyone

MAIL = Rendered(
    message_id="<0123456789abcdef@mykonci.com>",
    date=datetime(2026, 1, 5, 10, tzinfo=UTC),
    sender_name="MyKonci Security",
    sender="security@mykonci.com",
    to="reporter@example.org",
    subject="Your report",
    text="Hello,\n\nthank you.\n",
    reply_to="security+7.token@mykonci.com",
    auto=Auto.REPLIED,
    protection=Protection.SIGNED,
    fingerprint=None,
)
FIELDS = {
    "from", "to", "subject", "date", "message-id", "reply-to", "auto-submitted",
    "x-auto-response-suppress", "mime-version", "content-type", "content-transfer-encoding",
    "in-reply-to", "references", "autocrypt",
}  # fmt: skip

hostile = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\ud800", "Bcc: x@evil.example", "é", "=?",
             "\r\n\r\n<html>", "Content-Type: text/html", '"', "\\", "<", ">", ",", " ", "\U0001f600",
             "--=_", "From ", ".", "a" * 90, "\x00", "?=", "\t"]
        ),
        max_size=20,
    ).map("".join),
)  # fmt: skip


class NoGpg:
    def decrypt(self, data: bytes) -> GpgOutput:
        return GpgOutput((), 2)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput((), 2)


def read(raw: bytes) -> Message:
    return read_message(open_message(raw, NoGpg()), raw)


def standard(raw: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def check_wire_form(raw: bytes) -> None:
    """7-bit, CRLF only, no line over 998; RFC 5322 2.1.1."""
    raw.decode("ascii")
    assert raw.endswith(b"\r\n")
    assert b"\x00" not in raw
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def check_head(raw: bytes) -> None:
    root = parse(raw)
    names = [field.name for field in root.fields]
    assert set(names) <= FIELDS
    assert len(names) == len(set(names)), "no field twice"
    assert root.defects == ()


# --- any words ---


@given(subject=hostile, name=hostile, text=hostile, file=hostile, data=st.binary(max_size=200))
def test_no_words_of_a_reporter_add_a_field_or_break_the_form(
    subject: str, name: str, text: str, file: str, data: bytes
):
    files = (attachment(file, "application/octet-stream", data),)
    for mail in (
        replace(MAIL, subject=subject, sender_name=name, text=text),
        replace(MAIL, subject=subject, sender_name=name, text=text, attachments=files),
    ):
        raw = compose.plain_message(mail)
        check_wire_form(raw)
        check_head(raw)
        for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n"):
            assert len(line) <= 78
        message = read(raw)
        assert message.subject == clean(subject)
        assert message.sender is not None
        assert (message.sender.spec, message.sender.name) == (MAIL.sender, clean(name, 100))
        assert [a.spec for a in message.to] == [MAIL.to]
        assert [a.data for a in message.attachments] == [a.data for a in mail.attachments]


@given(hostile)
def test_the_text_comes_back_as_it_was_written(text: str):
    message = read(compose.plain_message(replace(MAIL, text=text)))
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    plain = plain.encode("utf-8", "replace").decode().strip("\n")
    assert message.text == (plain if plain.strip() else "")


@given(hostile)
def test_the_standard_library_reads_the_same_subject_and_text(text: str):
    parsed = standard(compose.plain_message(replace(MAIL, subject=text, text="fixed é ☃")))
    assert str(parsed["Subject"]) == clean(text, 900)  # what a header of ours holds at most
    assert parsed.get_content().strip() == "fixed é ☃"


@given(hostile)
@example("0" * 26)  # one column too many after "HP-Outer: "
def test_the_sealed_form_keeps_the_fields_inside_too(text: str):
    mail = replace(MAIL, subject=text, sender_name=text, fingerprint=Fingerprint("A" * 40))
    inner = compose.inner_entity(mail)
    check_wire_form(inner)
    root = parse(inner)
    names = {field.name for field in root.fields}
    assert names <= FIELDS | {"hp-outer"}
    for line in inner.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        assert len(line) <= 78
    assert root.header("hp-outer") is not None
    subjects = [f.value for f in root.fields if f.value.startswith("Subject:")]
    assert subjects == [f"Subject: {compose.OBSCURED}"]


def test_a_subject_that_names_the_content_type_does_not_set_it():
    raw = compose.plain_message(replace(MAIL, subject="Re: Content-Type: text/html; x"))
    check_head(raw)
    assert parse(raw).media_type == "text/plain"
    assert standard(raw)["Subject"] == "Re: Content-Type: text/html; x"


@given(st.lists(hostile, max_size=40), hostile)
def test_only_well_formed_ids_are_referred_to(ids: list[str], parent: str):
    raw = compose.plain_message(replace(MAIL, references=tuple(ids), in_reply_to=parent))
    check_wire_form(raw)
    check_head(raw)


def test_a_long_thread_keeps_its_first_and_its_latest_ids():
    ids = tuple(f"<{n}@example.org>" for n in range(50))
    message = read(compose.plain_message(replace(MAIL, references=ids, in_reply_to=ids[-1])))
    assert message.references == (ids[0], *ids[-20:])
    assert message.in_reply_to == (ids[-1],)


@given(st.text(max_size=40) | st.from_regex(r"[a-z.+-]{1,9}@[a-z.-]{1,9}", fullmatch=True))
def test_an_address_we_would_send_to_can_be_read_back(spec: str):
    if is_sendable(spec):
        spec.encode("ascii")
        assert [a.spec for a in parse_addresses([spec])] == [spec.lower()]


@pytest.mark.parametrize(
    "spec",
    ["a@b\r\nBcc: c@d.example", "a b@c.example", "é@b.example", "a@é.example", "<a@b.example>",
     "a@b.example,c@d.example", '"a b"@c.example', "-oQ@b.example", "a..b@c.example", "a", ""],
)  # fmt: skip
def test_an_address_that_could_do_harm_is_not_sendable(spec: str):
    assert not is_sendable(spec)


# --- files ---


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.txt", "report.txt"),
        ("rapport é.pdf", "rapport é.pdf"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\r\nX-Evil: 1", "a X-Evil: 1"),
        ("\U0001f600" * 200, "\U0001f600" * 120),
        ("", "attachment"),
    ],
)
def test_names_of_files_read_back_without_paths_and_controls(name: str, shown: str):
    raw = compose.plain_message(
        replace(MAIL, attachments=(attachment(name, "application/octet-stream", b"x"),))
    )
    check_wire_form(raw)
    [file] = read(raw).attachments
    assert file.name == shown
    [part] = standard(raw).iter_attachments()
    assert part.get_filename() == shown


@pytest.mark.parametrize(
    "media_type", ["message/rfc822", "multipart/mixed", "x", "a/b\r\nc: d", ""]
)
def test_a_type_that_would_change_the_structure_becomes_plain_bytes(media_type: str):
    file = Attachment("a", media_type, 1, "", b"x")
    [found] = read(compose.plain_message(replace(MAIL, attachments=(file,)))).attachments
    assert found.media_type == "application/octet-stream"


def test_files_keep_every_byte_in_our_reader_and_in_another():
    datas = [b"", bytes(range(256)), b"\r\n--=_\r\n", b"a" * 100_000]
    files = tuple(attachment(f"{n}.bin", "application/zip", d) for n, d in enumerate(datas))
    raw = compose.plain_message(replace(MAIL, attachments=files))
    assert [a.data for a in read(raw).attachments] == datas
    assert [p.get_content() for p in standard(raw).iter_attachments()] == datas


def test_a_boundary_stands_in_none_of_the_parts():
    guess = re.search(
        rb'boundary="([^"]+)"',
        compose.plain_message(replace(MAIL, attachments=(attachment("a", "a/b", b""),))),
    )
    assert guess
    text = f"--{guess.group(1).decode()}--\nafter"
    raw = compose.plain_message(
        replace(MAIL, text=text, attachments=(attachment("a", "a/b", b"x"),))
    )
    message = read(raw)
    assert message.text == text
    assert [a.data for a in message.attachments] == [b"x"]


# --- fields ---


@pytest.mark.parametrize("auto", Auto)
def test_robots_say_that_they_are_and_people_do_not(auto: Auto):
    message = read(compose.plain_message(replace(MAIL, auto=auto)))
    assert message.header("auto-submitted") == (None if auto is Auto.NO else auto.value)


def test_our_key_is_offered_and_found_by_our_own_reader():
    raw = compose.plain_message(replace(MAIL, autocrypt=b"\x98" * 700))
    check_wire_form(raw)
    [key] = open_message(raw, NoGpg()).keys
    assert (key.source, key.data) == ("autocrypt", b"\x98" * 700)


def test_a_resend_is_byte_for_byte_the_same():
    mail = replace(MAIL, attachments=(attachment("a", "a/b", b"x"),))
    assert compose.plain_message(mail) == compose.plain_message(mail)
    assert compose.inner_entity(mail) == compose.inner_entity(mail)
    sealed = [compose.encrypted_message(mail, b"-----BEGIN\n") for _ in range(2)]
    assert sealed[0] == sealed[1]


# --- sealed, with real gpg ---

FILES = (
    attachment("é.txt", "text/plain", b"line\n\r\x00"),
    attachment("b.bin", "a/b", b"\xff" * 99),
)


@pytest.mark.parametrize("files", [(), FILES])
def test_a_signed_letter_is_wholly_ours_in_our_own_reader(
    people: People, files: tuple[Attachment, ...]
):
    mail = replace(MAIL, subject="Réf. 7", text="Hello é \n-- \nFrom us\n", attachments=files)
    inner = compose.inner_entity(mail)
    raw = compose.signed_message(mail, inner, people.ring().sign(inner, people.us))
    check_wire_form(raw)
    check_head(raw)
    message = people.read(raw)
    assert message.crypto.whole_mail_signed_by == people.us
    assert (message.protected_subject, message.subject) == ("Réf. 7", "Réf. 7")
    assert message.text == "Hello é \n-- \nFrom us"
    assert [(a.name, a.data) for a in message.attachments] == [(f.name, f.data) for f in files]
    first, second = standard(raw).iter_parts()
    assert second.get_content_type() == "application/pgp-signature"
    assert first.get_content_type() == ("multipart/mixed" if files else "text/plain")


@pytest.mark.parametrize("files", [(), FILES])
def test_an_encrypted_letter_opens_only_for_its_reader_and_hides_its_subject(
    people: People, files: tuple[Attachment, ...]
):
    mail = replace(
        MAIL, subject="XSS in /login", text="secret words\n", attachments=files,
        fingerprint=people.reporter,
    )  # fmt: skip
    inner = compose.inner_entity(mail)
    ciphertext = people.ring().encrypt(inner, (people.reporter, people.us), people.us)
    raw = compose.encrypted_message(mail, ciphertext)
    check_wire_form(raw)
    check_head(raw)
    assert b"XSS in" not in raw  # without the blank it may stand in base64
    assert read(raw).subject == compose.OBSCURED
    message = people.read(raw)
    assert message.crypto.whole_mail_signed_by == people.us
    assert message.true_subject == "XSS in /login"
    assert message.text == "secret words"
    assert [(a.name, a.data) for a in message.attachments] == [(f.name, f.data) for f in files]
    assert [p.get_content_type() for p in standard(raw).iter_parts()] == [
        "application/pgp-encrypted",
        "application/octet-stream",
    ]
