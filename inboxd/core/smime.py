"""What an opaque S/MIME signature encloses (RFC 8551 section 3.5.2, RFC 5652 section 5).

Such a mail is not encrypted, so it can be read without any key. Nothing is verified here: the
content is taken out of its CMS wrapping, and no signature counts for it. Total; any bytes give the
content or None.
"""

from __future__ import annotations

from inboxd.core.mime import Entity

MAX_DEPTH = 8  # of octet strings inside octet strings; clients use two levels
MAX_PIECES = 200_000  # of a content that was written in pieces

_SEQUENCE, _SET, _INTEGER, _OID, _OCTETS, _CONTEXT_0 = 0x30, 0x31, 0x02, 0x06, 0x04, 0xA0
_CONSTRUCTED = 0x20
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2


class _Broken(ValueError):
    """The bytes are no BER; told to nobody outside."""


def is_smime(entity: Entity) -> bool:
    """Whether an entity is CMS by its type, or by its name where a gateway lost the type."""
    named = entity.file_name.lower().endswith(".p7m") and not entity.children
    return entity.media_type in ("application/pkcs7-mime", "application/x-pkcs7-mime") or named


def kind_of(entity: Entity) -> str:
    """signed-data, certs-only or enveloped-data, by the parameter or else by the bytes."""
    said = (entity.param("smime-type") or "").lower()
    if said in ("signed-data", "certs-only", "enveloped-data"):
        return said
    return "signed-data" if _SIGNED_DATA in entity.content[:64] else "enveloped-data"


def signed_content(data: bytes) -> bytes | None:
    """The content of a CMS SignedData; None when there is none or the bytes are something else."""
    try:
        reader = _Reader(data)
        reader.enter(_SEQUENCE)
        if reader.value(_OID) != _SIGNED_DATA:
            return None
        reader.enter(_CONTEXT_0)
        reader.enter(_SEQUENCE)
        reader.skip(_INTEGER)
        reader.skip(_SET)
        reader.enter(_SEQUENCE)
        reader.skip(_OID)
        reader.enter(_CONTEXT_0)
        return b"".join(reader.octets(0))
    except (_Broken, IndexError):
        return None


class _Reader:
    """Walks BER (X.690): definite and indefinite lengths, strings in pieces."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.pieces = 0

    def _head(self) -> tuple[int, int | None]:
        """(tag, length); a length of None ends with two zero bytes."""
        tag, first = self.data[self.at], self.data[self.at + 1]
        self.at += 2
        if first == 0x80:
            return tag, None
        if first < 0x80:
            return tag, first
        count = first & 0x7F
        length = int.from_bytes(self.data[self.at : self.at + count], "big")
        self.at += count
        if count > 8 or self.at + length > len(self.data):
            raise _Broken
        return tag, length

    def enter(self, wanted: int) -> None:
        if self._head()[0] != wanted:
            raise _Broken

    def value(self, wanted: int) -> bytes:
        tag, length = self._head()
        if tag != wanted or length is None:
            raise _Broken
        self.at += length
        return self.data[self.at - length : self.at]

    def skip(self, wanted: int) -> None:
        self.value(wanted)

    def octets(self, depth: int) -> list[bytes]:
        """An octet string, whole or in pieces."""
        tag, length = self._head()
        self.pieces += 1
        if depth > MAX_DEPTH or self.pieces > MAX_PIECES:
            raise _Broken
        if tag == _OCTETS and length is not None:
            self.at += length
            return [self.data[self.at - length : self.at]]
        if tag != _OCTETS | _CONSTRUCTED:
            raise _Broken
        end = None if length is None else self.at + length
        found: list[bytes] = []
        while not self._ended(end):
            found += self.octets(depth + 1)
        return found

    def _ended(self, end: int | None) -> bool:
        if end is not None:
            return self.at >= end
        if self.data[self.at : self.at + 2] == b"\0\0":
            self.at += 2
            return True
        return False
