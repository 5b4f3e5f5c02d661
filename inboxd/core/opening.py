"""Opening a mail: peel its OpenPGP layers, note every verdict, hand back what may be read.

The keyring is handed in, so the same walk runs on real gpg and on nothing at all. Rules that
defend against EFAIL and signature spoofing: multipart/encrypted counts only as the root (or the
root of what was inside a layer); decrypted text replaces its part and never joins siblings as
markup; a signature speaks for the whole mail only if every layer from the root down is covered.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Protocol

from inboxd.core import mime
from inboxd.core.headers import decode_bytes
from inboxd.core.mime import Entity
from inboxd.core.model import (
    Attachment,
    Crypto,
    Fingerprint,
    KeyBlock,
    Scheme,
    Signature,
)
from inboxd.core.trust import GpgOutput, judge_decryption, judge_signatures, sole_signer

MAX_LAYERS = 8
MAX_BLOCKS = 10  # gpg runs that the inside of one mail may cost
MAX_KEY_BLOCKS = 5
MAX_KEY_SIZE = 256 * 1024  # bytes

ENCRYPTED_BLOCK = (b"BEGIN PGP MESSAGE", b"END PGP MESSAGE")
SIGNED_BLOCK = (b"BEGIN PGP SIGNED MESSAGE", b"BEGIN PGP SIGNATURE", b"END PGP SIGNATURE")
KEY_BLOCK = (b"BEGIN PGP PUBLIC KEY BLOCK", b"END PGP PUBLIC KEY BLOCK")
_ENCRYPTED_NAME = re.compile(r"\.(?:asc|gpg|pgp)$", re.IGNORECASE)


def find_armor(data: bytes, labels: tuple[bytes, ...], at: int = 0) -> slice | None:
    """The first run of lines from the first label to the last, in order. Linear in any bytes."""
    start: int | None = None
    for label in labels:
        line = re.compile(rb"^-----" + label + rb"-----[ \t]*\r?$", re.MULTILINE).search(data, at)
        if line is None:
            return None
        start, at = line.start() if start is None else start, line.end()
    return None if start is None else slice(start, at)


def all_armor(data: bytes, labels: tuple[bytes, ...], most: int) -> list[bytes]:
    """Up to `most` such runs, one after the other."""
    found: list[bytes] = []
    block = find_armor(data, labels)
    while block is not None and len(found) < most:
        found.append(data[block])
        block = find_armor(data, labels, block.stop)
    return found


class Keyring(Protocol):
    """What opening needs of gpg; both return whatever gpg said, and never raise for bad input."""

    def decrypt(self, data: bytes) -> GpgOutput: ...

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput: ...


@dataclass(frozen=True, slots=True)
class OpenedText:
    """A text part after inline OpenPGP was undone."""

    text: str
    outside: str = ""  # what stood around the armor and was not protected


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature that lacks its key stood on. `signed` None: both are inside `data`, which
    is encrypted; else `data` is the detached signature."""

    signed: bytes | None = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """A mail with its layers peeled. `inner` is the entity to read; `texts` replaces parts."""

    outer: Entity
    inner: Entity
    crypto: Crypto
    texts: dict[int, OpenedText] = field(default_factory=dict)  # by Entity.start of the part
    files: tuple[Attachment, ...] = ()  # decrypted attachments
    opened_files: frozenset[int] = frozenset()  # starts of the parts they came from
    keys: tuple[KeyBlock, ...] = ()
    protected_subject: str | None = None
    unknown_signer: Signed | None = None  # its signature may carry the signer's key


def open_message(raw: bytes, keyring: Keyring) -> Opened:
    """Peel every layer that can be peeled. Total; gpg's own limits bound the time."""
    outer = mime.parse(raw)
    opening = _Opening(keyring)
    inner = opening.peel(outer)
    if _ciphertext(inner) is None:  # else it stayed shut, and one try is enough
        opening.inline(inner)
    keys = _find_keys(outer, inner, opening)
    return Opened(
        outer,
        inner,
        opening.crypto(),
        opening.texts,
        tuple(opening.files),
        frozenset(opening.opened_files),
        keys,
        _protected_subject(outer, inner),
        opening.unknown_signer,
    )


class _Opening:
    """State of one walk: what was found so far and how much gpg work is left."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self.scheme = Scheme.NONE
        self.encrypted = False
        self.decrypted = False
        self.reason: str | None = None
        self.signatures: list[Signature] = []
        self.texts: dict[int, OpenedText] = {}
        self.files: list[Attachment] = []
        self.opened_files: set[int] = set()
        self.budget = MAX_BLOCKS
        self.unknown_signer: Signed | None = None

    def crypto(self) -> Crypto:
        whole: Fingerprint | None = None
        if self.signatures and self.reason is None:
            whole = sole_signer(self.signatures)
        return Crypto(
            self.encrypted,
            self.scheme,
            self.decrypted and self.reason is None,
            self.reason,
            tuple(self.signatures),
            whole,
        )

    # --- layers ---

    def peel(self, entity: Entity) -> Entity:
        for _ in range(MAX_LAYERS):
            ciphertext = _ciphertext(entity)
            if ciphertext is not None:
                opened = self._decrypt_layer(ciphertext)
                if opened is None:
                    return entity
                entity = opened
            elif entity.media_type == "multipart/signed" and len(entity.children) >= 2:
                self._verify_layer(entity)
                entity = entity.children[0]
            else:
                self._note_smime(entity)
                return entity
        self.reason = self.reason or "it is wrapped in more layers than we open"
        return entity

    def _decrypt_layer(self, ciphertext: bytes) -> Entity | None:
        self.encrypted, self.scheme = True, Scheme.PGP_MIME
        output = self.keyring.decrypt(ciphertext)
        self.reason = judge_decryption(output)
        if self.reason is not None:
            return None
        self.decrypted = True
        # signatures of an inner layer replace nothing: all of them are listed
        found = judge_signatures(output, covers_whole=True, detached=False)
        self._note_unknown(found, Signed(None, ciphertext))
        self.signatures += found
        return mime.parse(output.data)

    def _verify_layer(self, entity: Entity) -> None:
        signed, signature = entity.children[0], entity.children[1]
        protocol = (entity.param("protocol") or "").lower()
        if "pkcs7" in protocol or "pkcs7" in signature.media_type:
            self.scheme = Scheme.SMIME if self.scheme is Scheme.NONE else self.scheme
            return
        if self.scheme is Scheme.NONE:
            self.scheme = Scheme.PGP_MIME
        output = self.keyring.verify(signed.raw, signature.content)
        found = judge_signatures(output, covers_whole=len(entity.children) == 2, detached=True)
        if not _all_good(found) and re.search(rb"(?<!\r)\n", signed.raw):
            canonical = re.sub(rb"\r?\n", b"\r\n", signed.raw)  # stored with LF on the way
            output = self.keyring.verify(canonical, signature.content)
            again = judge_signatures(output, covers_whole=len(entity.children) == 2, detached=True)
            found = again if _all_good(again) else found
        self._note_unknown(found, Signed(signed.raw, signature.content))
        self.signatures += found

    def _note_unknown(self, found: list[Signature], signed: Signed) -> None:
        if self.unknown_signer is None and any(s.status == "unknown-key" for s in found):
            self.unknown_signer = signed

    def _note_smime(self, entity: Entity) -> None:
        if entity.media_type in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
            self.scheme = Scheme.SMIME
            if (entity.param("smime-type") or "enveloped-data").lower() != "signed-data":
                self.encrypted = True
                self.reason = "it is encrypted with S/MIME, which we do not read; please use PGP"

    # --- inside ---

    def inline(self, root: Entity) -> None:
        """Armor in text parts, and encrypted files attached."""
        leaves = _own_leaves(root)
        for leaf in leaves:
            if leaf.media_type == "application/pgp-encrypted":
                continue
            if leaf.main_type == "text" and not leaf.is_attachment:
                self._inline_text(leaf, alone=len(leaves) == 1)
            elif _ENCRYPTED_NAME.search(leaf.file_name) and not self._is_key_or_signature(leaf):
                self._encrypted_file(leaf)

    def _inline_text(self, leaf: Entity, *, alone: bool) -> None:
        data = leaf.content
        if leaf.media_type == "text/html" or b"-----BEGIN PGP " not in data:
            return
        block = find_armor(data, ENCRYPTED_BLOCK)
        encrypted = block is not None
        block = block or find_armor(data, SIGNED_BLOCK)
        if block is None or self.budget <= 0:
            return
        self.budget -= 1
        outside = decode_bytes(data[: block.start] + data[block.stop :]).strip()
        output = self.keyring.decrypt(data[block])
        charset = leaf.param("charset")
        if self.scheme is Scheme.NONE:
            self.scheme = Scheme.PGP_INLINE
        if encrypted:
            self.encrypted = True
            reason = judge_decryption(output)
            if reason is not None:
                self.reason = reason
                return
            self.decrypted = True
            charset = "utf-8"
        whole = alone and not outside
        found = judge_signatures(output, covers_whole=whole, detached=False)
        if not encrypted and not found:
            return  # damaged on the way: gpg gave little or nothing, so it is shown as it came
        self.signatures += found
        text = decode_bytes(output.data, charset).replace("\r\n", "\n")
        self.texts[leaf.start] = OpenedText(text, outside)

    def _is_key_or_signature(self, leaf: Entity) -> bool:
        if leaf.media_type in ("application/pgp-keys", "application/pgp-signature"):
            return True
        head = leaf.content[:4096]
        return b"BEGIN PGP PUBLIC KEY" in head or b"BEGIN PGP SIGNATURE" in head

    def _encrypted_file(self, leaf: Entity) -> None:
        if self.budget <= 0:
            return
        self.budget -= 1
        output = self.keyring.decrypt(leaf.content)
        reason = judge_decryption(output)
        if reason is not None:
            if not output.has("ENC_TO", "DECRYPTION_FAILED"):
                return  # a file that only looks encrypted by its name
            self.encrypted, self.reason = True, self.reason or reason
            return
        if self.scheme is Scheme.NONE:
            self.scheme = Scheme.PGP_ATTACHMENT
        self.encrypted = self.decrypted = True
        self.signatures += judge_signatures(output, covers_whole=False, detached=False)
        name = _ENCRYPTED_NAME.sub("", leaf.file_name) or "decrypted"
        self.files.append(attachment(name, guess_type(name), output.data))
        self.opened_files.add(leaf.start)


def _own_leaves(entity: Entity) -> list[Entity]:
    """Leaves of this mail itself: ciphertext inside a forwarded mail is not opened for whoever
    wrapped it, who may not be able to read it (EFAIL)."""
    if entity.media_type == "message/rfc822":
        return []
    if not entity.children:
        return [] if entity.media_type.startswith("multipart/") else [entity]
    return [leaf for child in entity.children for leaf in _own_leaves(child)]


def _all_good(signatures: list[Signature]) -> bool:
    return bool(signatures) and all(s.status == "good" for s in signatures)


def _ciphertext(entity: Entity) -> bytes | None:
    """The armored data of a PGP/MIME encrypted root (RFC 3156 section 4), also as Exchange
    rewrites it: the same two parts under multipart/mixed."""
    if entity.media_type not in ("multipart/encrypted", "multipart/mixed"):
        return None
    children = [c for c in entity.children if c.media_type != "text/plain" or c.content.strip()]
    if len(children) < 2 or children[0].media_type != "application/pgp-encrypted":
        return None
    if entity.media_type == "multipart/mixed" and len(children) != 2:
        return None
    return children[1].content


def _protected_subject(outer: Entity, inner: Entity) -> str | None:
    """Subject from inside a layer (RFC 9788, and protected-headers="v1" before it)."""
    if inner is outer:
        return None
    if inner.param("hp") or inner.param("protected-headers"):
        return inner.header("subject")
    return None


def _find_keys(outer: Entity, inner: Entity, opening: _Opening) -> tuple[KeyBlock, ...]:
    found: list[KeyBlock] = []
    for leaf in inner.walk():
        if leaf.children or leaf.body_size > 2 * MAX_KEY_SIZE:
            continue
        is_key = leaf.media_type == "application/pgp-keys"
        looks_like = leaf.main_type in ("text", "application")
        data = leaf.content if is_key or looks_like else b""
        if leaf.start in opening.texts and not is_key:
            data = opening.texts[leaf.start].text.encode()
        armored = all_armor(data, KEY_BLOCK, MAX_KEY_BLOCKS)
        if is_key or armored:
            source = "text" if leaf.main_type == "text" and not leaf.is_attachment else "attachment"
            found.extend(KeyBlock(block, source) for block in armored or [data])
    for entity in (outer,) if inner is outer else (inner, outer):
        key = _autocrypt_key(entity.header("autocrypt"))
        if key:
            found.append(KeyBlock(key, "autocrypt"))
            break
    usable = [key for key in found if len(key.data) <= MAX_KEY_SIZE]
    return tuple({hashlib.sha256(k.data).digest(): k for k in usable}.values())[:MAX_KEY_BLOCKS]


def _autocrypt_key(value: str | None) -> bytes | None:
    """Key data of an Autocrypt header (Autocrypt level 1, section 2.1): a hint, no authority."""
    if not value:
        return None
    keydata = re.search(r"(?:^|;)\s*keydata\s*=\s*([A-Za-z0-9+/=\s]+)", value)
    if not keydata:
        return None
    try:
        return base64.b64decode(re.sub(r"\s", "", keydata.group(1)), validate=True)
    except ValueError:
        return None


_TYPES = {
    "txt": "text/plain", "md": "text/markdown", "json": "application/json", "html": "text/html",
    "yml": "text/yaml", "yaml": "text/yaml", "csv": "text/csv", "log": "text/plain",
    "png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf", "zip": "application/zip",
}  # fmt: skip


def guess_type(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def attachment(name: str, media_type: str, data: bytes) -> Attachment:
    return Attachment(name, media_type, len(data), hashlib.sha256(data).hexdigest(), data)
