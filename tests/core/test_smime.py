"""Reading what an opaque S/MIME signature encloses; the corpus holds mails of real clients' form."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.smime import MAX_DEPTH, signed_content

Wrap = Callable[[int, bytes], bytes]
TEXT = b"Content-Type: text/plain\r\n\r\nthe invoices are open\r\n"
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")


def definite(tag: int, value: bytes) -> bytes:
    size = len(value)
    if size < 0x80:
        return bytes([tag, size]) + value
    count = (size.bit_length() + 7) // 8
    return bytes([tag, 0x80 | count]) + size.to_bytes(count, "big") + value


def indefinite(tag: int, value: bytes) -> bytes:
    return bytes([tag, 0x80]) + value + b"\0\0"


def message(content: bytes, *, wrap: Wrap = definite) -> bytes:
    """A SignedData without signers around the DER of an octet string."""
    enclosed = wrap(0x30, DATA + wrap(0xA0, content))
    body = wrap(0x30, definite(2, b"\1") + definite(0x31, b"") + enclosed)
    return wrap(0x30, SIGNED_DATA + wrap(0xA0, body))


@given(st.binary(max_size=400))
def test_any_bytes_give_a_content_or_none(data: bytes):
    assert signed_content(data) is None or isinstance(signed_content(data), bytes)


@given(st.binary(max_size=400), st.sampled_from([definite, indefinite]))
def test_the_content_comes_back_as_it_was_enclosed(content: bytes, wrap: Wrap):
    assert signed_content(message(definite(4, content), wrap=wrap)) == content


@given(st.lists(st.binary(max_size=60), max_size=6), st.sampled_from([definite, indefinite]))
def test_a_content_in_pieces_is_put_together(pieces: list[bytes], wrap: Wrap):
    octets = wrap(0x24, b"".join(definite(4, piece) for piece in pieces))
    assert signed_content(message(octets, wrap=wrap)) == b"".join(pieces)


@given(st.data())
def test_a_message_with_changed_bytes_gives_a_content_or_none(data: st.DataObject):
    changed = bytearray(message(indefinite(0x24, definite(4, TEXT)), wrap=indefinite))
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    found = signed_content(bytes(changed))
    assert found is None or len(found) <= len(changed)


def test_strings_within_strings_without_end_are_given_up():
    octets = definite(4, TEXT)
    for _ in range(MAX_DEPTH + 2):
        octets = indefinite(0x24, octets)
    assert signed_content(message(octets)) is None


def test_a_cut_message_gives_nothing_that_was_not_enclosed():
    whole = message(definite(4, TEXT), wrap=indefinite)
    for length in range(len(whole)):
        assert (signed_content(whole[:length]) or b"") in TEXT
