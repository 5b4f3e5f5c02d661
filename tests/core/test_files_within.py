"""Files that stand inside other things: winmail.dat, uuencoded text, calendar entries, cards."""

from __future__ import annotations

import binascii
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.cards import calendar_method, readable_card
from inboxd.core.message import read_message
from inboxd.core.model import Message
from inboxd.core.opening import open_message
from inboxd.core.tnef import read_tnef
from inboxd.core.uuencode import uuencoded
from tests import tnef_maker
from tests.core.test_opening import NoGpg

PACKED = tnef_maker.winmail(
    tnef_maker.file("POC~1.PY", b"print(1)\n", "proof of concept.py"),
    tnef_maker.file("shot.png", b"\x89PNG"),
    text="The export tells the orders of others.\r\nSee the script.",
)


def read(mail: EmailMessage) -> Message:
    raw = mail.as_bytes()
    return read_message(open_message(raw, NoGpg()), raw)


def mail_with(data: bytes, subtype: str, name: str, text: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "rita@example.org"
    if text:
        mail.set_content(text)
        mail.add_attachment(data, maintype="application", subtype=subtype, filename=name)
    else:
        mail.set_content(data, maintype="application", subtype=subtype, filename=name)
    return mail


# --- winmail.dat -----------------------------------------------------------------------------------


def test_files_and_text_of_a_winmail_dat_are_read():
    message = read(mail_with(PACKED, "ms-tnef", "winmail.dat"))
    assert [a.name for a in message.attachments] == [
        "proof of concept.py", "shot.png", "winmail.dat",
    ]  # fmt: skip
    assert message.attachments[0].data == b"print(1)\n"
    assert message.text == "The export tells the orders of others.\nSee the script."
    assert message.defects == ()


def test_the_text_of_a_winmail_dat_is_not_told_twice():
    message = read(mail_with(PACKED, "octet-stream", "winmail.dat", "The same in plain text."))
    assert message.text.strip() == "The same in plain text."
    assert len(message.attachments) == 3


@pytest.mark.parametrize("length", range(4, len(PACKED), 7))
def test_a_winmail_dat_that_was_cut_gives_what_is_there(length: int):
    message = read(mail_with(PACKED[:length], "ms-tnef", "winmail.dat"))
    assert message.attachments[-1].name == "winmail.dat"


def test_a_damaged_winmail_dat_is_told():
    message = read(mail_with(b"no tnef", "ms-tnef", "winmail.dat"))
    assert message.defects == ("winmail.dat is damaged; it was read as far as that goes",)


@given(st.binary(max_size=400).map(lambda data: b"\x78\x9f\x3e\x22\x01\x00" + data))
def test_any_winmail_dat_is_read(data: bytes):
    assert len(read_tnef(data).files) <= 100


def test_a_property_of_four_billion_values_costs_nothing():
    claimed = b"\xff\xff\xff\xff" + b"\x02\x11\x00\x10" + b"\xff\xff\xff\xff" + b"\xff" * 40
    data = tnef_maker.winmail(tnef_maker.attribute(0x00069003, claimed, level=1))
    assert read_tnef(data).damaged


# --- uuencoded -------------------------------------------------------------------------------------


def uu(name: str, data: bytes) -> str:
    lines = [binascii.b2a_uu(data[i : i + 45]).decode() for i in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def test_a_uuencoded_file_in_the_text_becomes_a_file():
    data = bytes(range(256))
    text, files = uuencoded(f"Hello,\nsee below.\n\n{uu('poc.bin', data)}\nRegards")
    assert files == [("poc.bin", data)]
    assert text == "Hello,\nsee below.\n\n(the file poc.bin stood here)\n\nRegards"


def test_words_that_only_look_like_uuencode_stay_text():
    text = "begin 2020 the year\nof the worm\nend\n"
    assert uuencoded(text) == (text, [])


def test_a_uuencoded_file_without_its_end_stays_text():
    text = uu("poc.bin", b"abc").replace("end\n", "")
    assert uuencoded(text) == (text, [])


@given(st.binary(min_size=1, max_size=300), st.text(max_size=50))
def test_what_was_uuencoded_comes_back(data: bytes, before: str):
    _, files = uuencoded(f"{before}\n{uu('a b.txt', data)}")
    assert ("a b.txt", data) in files


@given(st.text(alphabet="begin 6437-\n`!M0end", max_size=300))
def test_any_text_can_be_searched_for_uuencoded_files(text: str):
    kept, files = uuencoded(text)
    assert files or kept == text


def test_yenc_is_left_alone():
    text = "=ybegin line=128 size=3 name=a.bin\n+,-\n=yend size=3\n"
    assert uuencoded(text) == (text, [])


# --- calendar and cards -----------------------------------------------------------------------------

EVENT = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Call about\r\n  the flaw\r\n"
    "DTSTART;TZID=Europe/Paris:20260302T090000\r\nORGANIZER;CN=\"Ri:ta\":mailto:rita@example.org\r\n"
    "DESCRIPTION:First line\\nsecond\\, line\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)  # fmt: skip


def test_a_mail_that_is_a_calendar_entry_can_be_read():
    mail = EmailMessage()
    mail["From"] = "rita@example.org"
    mail.set_content(EVENT.replace("\r\n", "\n"), subtype="calendar")
    message = read(mail)
    assert message.text == (
        "Event: Call about the flaw\nBegins: 20260302T090000\nOrganiser: rita@example.org\n"
        "First line\nsecond, line"
    )
    assert [a.media_type for a in message.attachments] == ["text/calendar"]
    assert calendar_method(message.report_parts[0][1]) == "REQUEST"


def test_a_card_beside_a_text_is_a_file_only():
    mail = EmailMessage()
    mail["From"] = "rita@example.org"
    mail.set_content("Hello")
    mail.add_attachment("BEGIN:VCARD\nFN:Rita\nEND:VCARD\n", subtype="vcard", filename="r.vcf")
    message = read(mail)
    assert message.text.strip() == "Hello"
    assert [a.name for a in message.attachments] == ["r.vcf"]


def test_an_old_card_in_quoted_printable_is_readable():
    card = "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:R=C3=A9a\nTEL:+33 1\nEND:VCARD"
    assert readable_card(card) == "Name: Réa\nTelephone: +33 1"


@given(st.text(max_size=300))
def test_any_text_can_be_read_as_a_card(text: str):
    readable_card(f"SUMMARY{text}\nFN:{text}\nMETHOD:{text}")
    method = calendar_method(f"METHOD:{text}")
    assert method == method.upper()
