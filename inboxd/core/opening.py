"""Opening a mail: peel its OpenPGP layers, note every verdict, hand back what may be read.

The keyring is handed in, so the same walk runs on real gpg and on nothing at all. Rules that
defend against EFAIL and signature spoofing: multipart/encrypted counts only as the root (or the
root of what was inside a layer); decrypted text replaces its part and never joins siblings as
markup; a signature speaks for the whole mail only if every layer from the root down is covered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Protocol

from inboxd.core import mime
from inboxd.core.armor import (
    ENCRYPTED_BLOCK,
    SIGNED_BLOCK,
    all_armor,
    find_armor,
    is_quoted,
    repaired,
)
from inboxd.core.files import attachment, guess_type
from inboxd.core.headers import decode_bytes
from inboxd.core.keyblocks import find_keys
from inboxd.core.mime import Entity
from inboxd.core.model import (
    Attachment,
    Crypto,
    Fingerprint,
    KeyBlock,
    Scheme,
    Signature,
)
from inboxd.core.pgpmime import (
    ciphertext_of,
    is_control_part,
    own_leaves,
    protected_subject,
    signed_files,
)
from inboxd.core.text import html_to_text
from inboxd.core.trust import GpgOutput, judge_decryption, judge_signatures, sole_signer

MAX_LAYERS = 8
MAX_BLOCKS = 10  # gpg runs that the inside of one mail may cost

_ENCRYPTED_NAME = re.compile(r"\.(?:asc|gpg|pgp)$", re.IGNORECASE)


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
    beside: tuple[Entity, ...] = ()  # parts that a list or a gateway put around the protected one


def open_message(raw: bytes, keyring: Keyring) -> Opened:
    """Peel every layer that can be peeled. Total; gpg's own limits bound the time."""
    outer = mime.parse(raw)
    opening = _Opening(keyring)
    inner = opening.peel(outer)
    if ciphertext_of(inner) is None:  # else it stayed shut, and one try is enough
        opening.inline(inner)
    opened_texts = {start: part.text for start, part in opening.texts.items()}
    keys = find_keys(outer, inner, opened_texts)
    return Opened(
        outer,
        inner,
        opening.crypto(),
        opening.texts,
        tuple(opening.files),
        frozenset(opening.opened_files),
        keys,
        protected_subject(outer, inner),
        opening.unknown_signer,
        tuple(opening.beside),
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
        self.file_signatures: list[Signature] = []  # of attachments: they say nothing of the mail
        self.texts: dict[int, OpenedText] = {}
        self.files: list[Attachment] = []
        self.opened_files: set[int] = set()
        self.budget = MAX_BLOCKS
        self.unknown_signer: Signed | None = None
        self.beside: list[Entity] = []

    def crypto(self) -> Crypto:
        whole: Fingerprint | None = None
        if self.signatures and self.reason is None and not self.beside:
            whole = sole_signer(self.signatures)
        signatures = self.signatures
        if self.beside and whole is None:
            signatures = [replace(s, covers_whole=False) for s in signatures]
        return Crypto(
            self.encrypted,
            self.scheme,
            self.decrypted and self.reason is None,
            self.reason,
            (*signatures, *self.file_signatures),
            whole,
        )

    # --- layers ---

    def peel(self, entity: Entity) -> Entity:
        for _ in range(MAX_LAYERS):
            entity = self._unwrap(entity)
            ciphertext = ciphertext_of(entity)
            if ciphertext is not None:
                opened = self._decrypt_layer(ciphertext)
                if opened is None:
                    return entity
                entity = opened
            elif entity.media_type == "multipart/signed" and len(entity.children) >= 2:
                self._verify_layer(entity)
                if len(entity.children) > 2:
                    return entity  # nobody signed the rest of it: all of it is shown
                entity = entity.children[0]
            else:
                self._note_smime(entity)
                return entity
        self.reason = self.reason or "it is wrapped in more layers than we open"
        return entity

    def _unwrap(self, entity: Entity) -> Entity:
        """The protected mail inside a list's or gateway's wrapper: a multipart/mixed with one
        protected part and some text around it. What stands beside is shown apart, and then no
        signature speaks for the whole. Forwarded mails (message/rfc822) stay shut."""
        if entity.media_type != "multipart/mixed":
            return entity
        wanted = ("multipart/encrypted", "multipart/signed")
        inner = [child for child in entity.children if child.media_type in wanted]
        rest = [child for child in entity.children if child.media_type not in wanted]
        if len(inner) != 1 or any(child.media_type != "text/plain" for child in rest):
            return entity
        self.beside += [child for child in rest if child.content.strip()]
        return inner[0]

    def _decrypt_layer(self, ciphertext: bytes) -> Entity | None:
        self.encrypted, self.scheme = True, Scheme.PGP_MIME
        output = self.keyring.decrypt(ciphertext)
        self.reason = judge_decryption(output)
        if self.reason is not None:
            return None
        self.decrypted = True
        # Who signed ciphertext need not know what is in it: only signatures inside speak for it.
        self.signatures = [replace(s, covers_whole=False) for s in self.signatures]
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
        named = entity.file_name.lower().endswith(".p7m") and not entity.children
        if entity.media_type in ("application/pkcs7-mime", "application/x-pkcs7-mime") or named:
            self.scheme = Scheme.SMIME
            if (entity.param("smime-type") or "enveloped-data").lower() != "signed-data":
                self.encrypted = True
                self.reason = "it is encrypted with S/MIME, which we do not read; please use PGP"

    # --- inside ---

    def inline(self, root: Entity) -> None:
        """Armor in text parts, and encrypted files attached."""
        leaves = own_leaves(root)
        plain = any(leaf.media_type == "text/plain" and leaf.content.strip() for leaf in leaves)
        silent = not any(leaf.main_type == "text" and leaf.content.strip() for leaf in leaves)
        for leaf in leaves:
            if is_control_part(leaf):
                continue
            if leaf.main_type == "text" and not leaf.is_attachment:
                if leaf.media_type != "text/html" or not plain:
                    self._inline_text(leaf, alone=len(leaves) == 1)
            elif _ENCRYPTED_NAME.search(leaf.file_name) and not self._is_key_or_signature(leaf):
                self._encrypted_file(leaf, alone=silent)
        for file, signature in signed_files(leaves):
            self._signed_file(file, signature)

    def _inline_text(self, leaf: Entity, *, alone: bool) -> None:
        """Armor in one text part. Several encrypted blocks are opened one by one, each apart."""
        data = leaf.content
        if b"BEGIN PGP " not in data:
            return
        if leaf.media_type == "text/html":
            data = html_to_text(decode_bytes(data[:MAX_HTML_BYTES], leaf.param("charset"))).encode()
        blocks = all_armor(data, ENCRYPTED_BLOCK, MAX_BLOCKS)
        if blocks:
            self._encrypted_blocks(leaf, data, blocks, alone=alone)
            return
        mended = repaired(data)
        if mended is not None:
            self._encrypted_blocks(leaf, mended, [mended], alone=False)
        elif is_quoted(decode_bytes(data[:100_000])):
            self.reason = (
                "the encrypted block is quoted from another mail; please send it as your own"
            )
            self.encrypted, self.scheme = True, self._scheme(Scheme.PGP_INLINE)
        else:
            self._clearsigned(leaf, data, alone=alone)

    def _scheme(self, scheme: Scheme) -> Scheme:
        return scheme if self.scheme is Scheme.NONE else self.scheme

    def _clearsigned(self, leaf: Entity, data: bytes, *, alone: bool) -> None:
        block = find_armor(data, SIGNED_BLOCK)
        if block is None or self.budget <= 0 or leaf.media_type == "text/html":
            return
        self.budget -= 1
        outside = decode_bytes(data[: block.start] + data[block.stop :]).strip()
        output = self.keyring.decrypt(data[block])
        self.scheme = self._scheme(Scheme.PGP_INLINE)
        whole = alone and not outside
        found = judge_signatures(output, covers_whole=whole, detached=False)
        if found:  # else damaged on the way: gpg gave little or nothing, so it is shown as it came
            self.signatures += found
            text = decode_bytes(output.data, leaf.param("charset")).replace("\r\n", "\n")
            self.texts[leaf.start] = OpenedText(text, outside)

    def _try_block(self, block: bytes) -> tuple[GpgOutput, str | None, bool]:
        """(what gpg said, why it cannot be read, whether it was signed and not encrypted at all) of
        one block as it came, and else of the block with the usual damage undone."""
        mended = repaired(block)
        tries = [block] if mended is None or mended.split() == block.split() else [block, mended]
        if mended is not None and tries == [block] and b"\n\n" not in block.replace(b"\r", b""):
            tries.append(mended)  # only the blank line behind the armor's header was lost
        found = _judged(self.keyring.decrypt(tries[0]))
        for data in tries[1:]:
            if found[1] is None:
                break
            found = _judged(self.keyring.decrypt(data))
        return found

    def _encrypted_blocks(
        self, leaf: Entity, data: bytes, blocks: list[bytes], *, alone: bool
    ) -> None:
        outside = data
        texts: list[str] = []
        for block in blocks:
            if self.budget <= 0:
                break
            self.budget -= 1
            self.scheme = self._scheme(Scheme.PGP_INLINE)
            output, reason, signed_only = self._try_block(block)
            self.encrypted = self.encrypted or not signed_only
            if reason is not None:
                self.reason = reason
                continue
            self.decrypted = self.decrypted or not signed_only
            outside = outside.replace(block, b"", 1)
            sole = alone and len(blocks) == 1 and not outside.strip()
            found = judge_signatures(output, covers_whole=sole, detached=signed_only)
            self._note_unknown(found, Signed(None, block))
            self.signatures += found
            texts.append(decode_bytes(output.data, "utf-8").replace("\r\n", "\n"))
        if texts:
            around = decode_bytes(outside).strip() if data is not blocks[0] else ""
            self.texts[leaf.start] = OpenedText("\n\n".join(texts), around)

    def _is_key_or_signature(self, leaf: Entity) -> bool:
        head = leaf.content[:4096]
        if b"BEGIN PGP MESSAGE" in head:  # whatever type a client gave it
            return False
        if leaf.media_type in ("application/pgp-keys", "application/pgp-signature"):
            return True
        return b"BEGIN PGP PUBLIC KEY" in head or b"BEGIN PGP SIGNATURE" in head

    def _signed_file(self, file: Entity, signature: Entity) -> None:
        """A detached signature is of the file as it came, or of what was encrypted in it."""
        if self.budget <= 0:
            return
        self.budget -= 1
        opened = [f.data for f in self.files if f.name == _ENCRYPTED_NAME.sub("", file.file_name)]
        found: list[Signature] = []
        for data in (file.content, *opened[:1]):
            output = self.keyring.verify(data, signature.content)
            found = judge_signatures(output, covers_whole=False, detached=True)
            if _all_good(found):
                break
        self.file_signatures += found

    def _encrypted_file(self, leaf: Entity, *, alone: bool) -> None:
        """`alone`: no text came with it, so it may be a PGP/MIME mail whose type a gateway lost."""
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
        if alone and _MIME_START.match(output.data):
            self.beside.append(mime.parse(output.data))
            self.opened_files.add(leaf.start)
            return
        name = _ENCRYPTED_NAME.sub("", leaf.file_name) or "decrypted"
        self.files.append(attachment(name, guess_type(name), output.data))
        self.opened_files.add(leaf.start)


def _judged(output: GpgOutput) -> tuple[GpgOutput, str | None, bool]:
    encrypted = output.has("ENC_TO", "BEGIN_DECRYPTION", "NEED_PASSPHRASE_SYM")
    signed_only = not encrypted and len(output.words("PLAINTEXT")) == 1
    return output, None if signed_only else judge_decryption(output), signed_only


_MIME_START = re.compile(
    rb"(?:[A-Za-z][\w-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?Content-Type: ?(?:text|multipart)/",
    re.IGNORECASE,
)
MAX_HTML_BYTES = 1_000_000


def _all_good(signatures: list[Signature]) -> bool:
    return bool(signatures) and all(s.status == "good" for s in signatures)
