"""Header fields of hostile mail: total, and no value that could hurt further on."""

from __future__ import annotations

import encodings
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.headers import (
    clean,
    decode_bytes,
    decode_words,
    parse_addresses,
    parse_date,
    parse_ids,
    parse_params,
    read_fields,
)
from tests.hostile_mail import mail_bytes, mail_text


@given(mail_bytes)
def test_any_block_gives_fields_that_can_be_stored(block: bytes):
    fields, bad = read_fields(block, first=True)
    assert bad >= 0
    for field in fields:
        assert field.name == field.name.lower()
        assert "\n" not in field.value
        field.value.encode()


@given(mail_text)
def test_no_reader_of_a_value_raises_on_any_text(text: str):
    text = text.encode("utf-8", "replace").decode()
    decode_words(text).encode()
    head, params = parse_params(text)
    "".join((head, *params, *params.values())).encode()
    for address in parse_addresses([text, text]):
        assert not re.search(r"[\x00-\x20\x7f<>]", address.spec)
        assert clean(address.name) == address.name
    for one in parse_ids(text):
        assert re.fullmatch(r"<[^\x00-\x20\x7f<>]+>", one)
    date = parse_date(text)
    assert date is None or date.tzinfo is UTC


@given(st.binary(max_size=100), st.text(max_size=20))
def test_any_bytes_in_any_charset_become_storable_text(data: bytes, charset: str):
    decode_bytes(data, charset).encode()


@given(st.binary(max_size=60), st.sampled_from(["utf-7", "utf-16", "utf-32-be", "hz", "big5"]))
def test_no_charset_makes_half_characters(data: bytes, charset: str):
    decode_bytes(data, charset).encode()


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "hex", "undefined"])
def test_codecs_that_are_no_charset_are_not_used(charset: str):
    assert decode_bytes(b"a-\\u0041ff", charset) == "a-\\u0041ff"


def test_unknown_charsets_leave_nothing_behind_in_the_process():
    before = len(encodings._cache)
    for number in range(50):
        decode_bytes(b"x", f"no-such-charset-{number}")
    assert len(encodings._cache) == before


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("iso-8859-1", b"\xe9", "é"),
        ("ISO-8859-15", b"\xa4", "€"),
        ('"windows-1252"', b"\x80", "€"),
        ("koi8-u", b"\xa4", "є"),
        ("us-ascii", "é".encode(), "é"),
        ("us-ascii", b"\xe9", "é"),
        (None, b"\xe9", "é"),
        ("utf-8", b"\xe9", "é"),
        ("gb2312", b"\xc4\xe3", "你"),
        ("iso-2022-jp", b'\x1b$B$"\x1b(B', "あ"),
    ],
)
def test_charsets_of_real_mail_are_read(charset: str | None, data: bytes, text: str):
    assert decode_bytes(data, charset) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?Q?caf=C3=A9?=", "café"),
        ("=?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "éé"),
        ("=?utf-8?B?w6k=?= and =?utf-8?Q?a_b?=", "é and a b"),
        ("=?utf-8?Q?=E2=98?= =?utf-8?Q?=83?=", "☃"),
        ("=?utf-8*fr?Q?=C3=A9?=", "é"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?nonsense?Q?abc?=", "abc"),
        ("100=?", "100=?"),
    ],
)
def test_encoded_words_are_read_and_broken_ones_stay(value: str, text: str):
    assert decode_words(value) == text


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        ('a/b; name="say \\"hi\\"; ok"', "name", 'say "hi"; ok'),
        ("a/b; name*0=one; name*1=two", "name", "onetwo"),
        ("a/b; name*1=two; name*0*=utf-8''%C3%A9", "name", "étwo"),
        ("a/b; name*=iso-8859-1'en'%E9", "name", "é"),
        ("a/b; name=first; name=second", "name", "first"),
        ('a/b; x="; boundary=fake"; boundary=real', "boundary", "real"),
        ('a/b; boundary="open', "boundary", "open"),
    ],
)
def test_parameters_of_a_value(value: str, name: str, text: str):
    assert parse_params(value)[1][name] == text


@pytest.mark.parametrize(
    ("value", "specs"),
    [
        ("A <a@b.example>, c@d.example", ["a@b.example", "c@d.example"]),
        ('"x, y" <A@B.example>', ["a@b.example"]),
        ("=?utf-8?Q?evil=40x=2Eexample?= <a@b.example>", ["a@b.example"]),
        ("group: a@b.example, c@d.example;", ["a@b.example", "c@d.example"]),
        ("<a@[ ]>", []),
        ("(" * 3000, []),
        ("undisclosed-recipients:;", []),
        ("a@[192.0.2.1]", ["a@[192.0.2.1]"]),
    ],
)
def test_mailboxes_of_a_field(value: str, specs: list[str]):
    assert [address.spec for address in parse_addresses([value])] == specs


def test_a_letter_that_only_looks_ascii_in_lower_case_stays_another_letter():
    [address] = parse_addresses(["mi\u212ae@my\u212aonci.com"])
    assert address.spec != "mike@mykonci.com"


def test_a_date_is_an_instant_or_nothing():
    assert parse_date("Mon, 05 Jan 2026 12:00:00 +0200") == datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert parse_date("Mon, 05 Jan 2026 12:00:00 -0000") == datetime(2026, 1, 5, 12, tzinfo=UTC)
    for broken in ("", "yesterday", "Mon, 99 Foo 10000 25:61:61"):
        assert parse_date(broken) is None


@given(st.text())
def test_a_cleaned_line_is_one_line_that_can_be_stored(text: str):
    line = clean(text)
    assert len(line.splitlines()) <= 1
    assert len(line) <= 500
    line.encode()
