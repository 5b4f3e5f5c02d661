"""Byte windows on any bytes: total, bounded, and exactly what was received."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.mime import MAX_DEPTH, MAX_PARTS, Entity, lenient_base64, parse
from tests.hostile_mail import mail_bytes, many_parts, nested_messages


def check_windows(entity: Entity) -> None:
    assert 0 <= entity.start <= entity.body_start <= entity.end <= len(entity.source)
    assert entity.raw == entity.source[entity.start : entity.end]
    assert entity.raw.endswith(entity.body)
    assert entity.body_size == len(entity.body)
    at = entity.body_start
    for child in entity.children:
        assert at <= child.start
        assert child.end <= entity.end
        at = child.end
        check_windows(child)


@given(mail_bytes)
def test_any_bytes_give_windows_that_lie_in_their_parent(raw: bytes):
    root = parse(raw)
    assert root.raw == raw
    check_windows(root)
    for part in root.walk():
        assert isinstance(part.content, bytes)
        assert isinstance(part.file_name, str)
        part.file_name.encode()
    root.all_defects()


@given(st.lists(st.binary(max_size=60).filter(lambda p: b"--b" not in p), max_size=5))
def test_parts_come_back_byte_for_byte(parts: list[bytes]):
    parts = [b"X: y\r\n\r\n" + part for part in parts] or [b"\r\n"]
    head = b"Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n"
    body = b"".join(b"--b\r\n%s\r\n" % part for part in parts) + b"--b--\r\nepilogue\r\n"
    root = parse(head + body)
    assert [child.raw for child in root.children] == parts
    assert root.defects == ()


@given(st.binary(max_size=200))
def test_base64_of_any_bytes_decodes_and_never_raises(data: bytes):
    assert isinstance(lenient_base64(data), bytes)


@pytest.mark.parametrize(
    "text",
    [
        b"aGVsbG8=",
        b"aGVsbG8",
        b"aGVs\r\nbG8=\r\n",
        b"aG*Vs bG8=",
        b"aGVsbG8=\r\n-- \r\nlist footer",
    ],
)
def test_damaged_base64_gives_what_is_left_of_it(text: bytes):
    assert lenient_base64(text) == b"hello"


# --- delimiters ---


def test_a_boundary_that_begins_like_an_inner_one_keeps_them_apart():
    inner = b"Content-Type: multipart/mixed; boundary=OUT1\r\n\r\n--OUT1\r\n\r\na\r\n--OUT1--\r\n"
    raw = (
        b"Content-Type: multipart/mixed; boundary=OUT\r\n\r\n--OUT\r\n" + inner + b"\r\n--OUT--\r\n"
    )
    [child] = parse(raw).children
    assert child.raw == inner
    assert [leaf.body for leaf in child.children] == [b"a"]


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("blanks", [b"", b" ", b" \t "])
def test_blanks_after_a_delimiter_belong_to_it(end: bytes, blanks: bytes):
    lines = [
        b"Content-Type: multipart/mixed; boundary=b",
        b"",
        b"--b" + blanks,
        b"",
        b"a ",
        b"--b--",
    ]
    [child] = parse(end.join(lines)).children
    assert child.body == b"a "


def test_an_empty_part_lies_where_it_was():
    root = parse(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b--\r\n")
    [child] = root.children
    assert (child.raw, child.body) == (b"", b"")
    check_windows(root)


def test_a_missing_close_is_a_defect_and_loses_nothing():
    root = parse(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nlast words")
    assert root.children[0].body == b"last words"
    assert root.all_defects() == ("missing closing boundary",)


def test_a_multipart_without_its_boundary_has_no_parts_and_says_so():
    root = parse(b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\ntext\r\n--b--")
    assert root.children == ()
    assert root.defects == ("multipart without its boundary",)
    assert b"text" in root.body


# --- headers and types ---


def test_a_mail_without_any_header_is_all_body():
    root = parse(b"Just words, no header.\r\n\r\nSecond paragraph.\r\n")
    assert root.body.startswith(b"Just words")
    assert root.defects == ("no header",)


def test_a_header_that_is_not_followed_by_a_body():
    root = parse(b"Subject: only")
    assert (root.header("subject"), root.body) == ("only", b"")
    assert root.defects == ("header without a body",)


def test_an_mbox_line_and_a_byte_order_mark_do_not_hide_the_header():
    for lead in (b"From me Mon Jan 1\r\n", b"\xef\xbb\xbf"):
        assert parse(lead + b"Subject: s\r\n\r\nb").header("subject") == "s"


def test_the_first_of_two_content_types_counts_and_the_mail_says_so():
    root = parse(b"Content-Type: text/html\r\nContent-Type: text/plain\r\n\r\nb")
    assert root.media_type == "text/html"
    assert root.defects == ("more than one Content-Type",)


def test_an_unusable_content_type_is_read_as_plain_text():
    root = parse(b"Content-Type: nonsense\r\n\r\nb")
    assert (root.media_type, root.defects) == ("text/plain", ("unusable Content-Type",))


def test_parts_of_a_digest_are_messages():
    raw = b"Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: in\r\n\r\nx\r\n--b--"
    [part] = parse(raw).children
    assert part.media_type == "message/rfc822"
    assert part.children[0].header("subject") == "in"


def test_a_boundary_written_in_another_charset_breaks_nothing():
    root = parse(b"Content-Type: multipart/mixed; boundary*=utf-7''%2B2AA-\r\n\r\nx")
    assert root.children == ()


# --- bounds ---


def test_parts_beyond_the_bound_are_counted_as_not_read():
    root = parse(many_parts(20_000))
    assert len(root.walk()) <= MAX_PARTS
    assert any("the rest was not read" in defect for defect in root.all_defects())


def test_nesting_beyond_the_bound_is_said():
    entities = parse(nested_messages(64)).walk()
    assert len(entities) == MAX_DEPTH + 1
    assert entities[-1].defects == ("nested too deeply; the inside was not read",)


def test_a_header_of_a_megabyte_is_cut_and_said():
    root = parse(b"Subject: s\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\nbody")
    assert root.header("subject") == "s"
    assert root.defects == ("header longer than 256 KiB",)
