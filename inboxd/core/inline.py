"""OpenPGP inside of texts and files: armor in text parts, clearsigned words, encrypted files.

Decrypted text replaces its part and never joins the markup around it; a signature speaks for the
whole mail only where the part is the whole mail.
"""

from __future__ import annotations

import re

from inboxd.core import mime
from inboxd.core.armor import (
    ENCRYPTED_BLOCK,
    SIGNED_BLOCK,
    all_armor,
    around_armor,
    find_armor,
    is_quoted,
    repaired,
    says_more,
)
from inboxd.core.files import attachment, guess_type
from inboxd.core.headers import decode_bytes, utf8
from inboxd.core.mime import Entity
from inboxd.core.model import Scheme, Signature
from inboxd.core.opened import MAX_BLOCKS, OpenedText, Signed, Walk
from inboxd.core.pgpmime import is_control_part, only_leaf, own_leaves, signed_files
from inboxd.core.text import html_to_text
from inboxd.core.trust import GpgOutput, all_good, judge_decryption, judge_signatures

MAX_INLINE = 4_000_000  # bytes of one decrypted text that are read
MAX_SIGNED_LINE = 19_000  # bytes; gpg cuts longer lines of a signed text without a word

_ENCRYPTED_NAME = re.compile(r"\.(?:asc|gpg|pgp)$", re.IGNORECASE)
_ARMOR = b"-----BEGIN PGP MESSAGE-----"
_MIME_START = re.compile(
    rb"(?:[A-Za-z][\w-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?Content-Type: ?(?:text|multipart)/",
    re.IGNORECASE,
)
MAX_HTML_BYTES = 1_000_000


def open_inside(walk: Walk, root: Entity) -> None:
    """Armor in text parts, and encrypted files attached."""
    leaves = own_leaves(root)
    silent = not any(leaf.main_type == "text" and leaf.content.strip() for leaf in leaves)
    lost_type = silent or any(is_control_part(leaf) for leaf in leaves)
    sole = only_leaf(root)  # a signature inside of it may speak for the whole mail
    plain = any(leaf.media_type == "text/plain" and leaf.content.strip() for leaf in leaves)
    for leaf in leaves:
        if is_control_part(leaf):
            continue
        if leaf.media_type in ("text/plain", "text/html") and not leaf.is_attachment:
            if leaf.media_type != "text/html" or not plain:
                _inline_text(walk, leaf, alone=leaf is sole)
        elif _may_be_encrypted(leaf) and not _is_key_or_signature(walk, leaf):
            markup = any(_is_markup(one) and one.start < leaf.start for one in leaves)
            if leaf.file_name or not markup:
                _encrypted_file(walk, leaf, alone=lost_type and not markup)
    for file, signature in signed_files(leaves):
        _signed_file(walk, file, signature)


def _inline_text(walk: Walk, leaf: Entity, *, alone: bool) -> None:
    """Armor in one text part. Several encrypted blocks are opened one by one, each apart."""
    data = leaf.content
    if b"BEGIN PGP " not in data:
        return
    if leaf.media_type == "text/html":
        data = html_to_text(decode_bytes(data[:MAX_HTML_BYTES], leaf.param("charset"))).encode()
    blocks = all_armor(data, ENCRYPTED_BLOCK, MAX_BLOCKS)
    if blocks:
        _encrypted_blocks(walk, leaf, data, blocks, alone=alone)
        return
    mended = repaired(data)
    if mended is not None:
        _encrypted_blocks(walk, leaf, data, [mended], alone=False, around=around_armor(data))
    elif find_armor(data, SIGNED_BLOCK) is not None:
        _clearsigned(walk, leaf, data, alone=alone)
    elif is_quoted(quoting := decode_bytes(data[:100_000])) and not says_more(quoting):
        walk.reason = "the encrypted block is quoted from another mail; please send it as your own"
        walk.encrypted, walk.scheme = True, walk.scheme_or(Scheme.PGP_INLINE)


def _clearsigned(walk: Walk, leaf: Entity, data: bytes, *, alone: bool) -> None:
    block = find_armor(data, SIGNED_BLOCK)
    if block is None or walk.budget <= 0 or leaf.media_type == "text/html":
        return
    walk.budget -= 1
    outside = decode_bytes(data[: block.start] + data[block.stop :]).strip()
    output = walk.decrypt(data[block])
    walk.scheme = walk.scheme_or(Scheme.PGP_INLINE)
    cut = any(len(line) > MAX_SIGNED_LINE for line in data[block].split(b"\n"))
    text = utf8(output.data)
    # The header that names the charset is not signed: another label makes another text of it.
    whole = alone and not outside and not cut and text is not None
    found = judge_signatures(output, covers_whole=whole, detached=False)
    walk.signatures += found
    if found and not cut:  # else gpg gave little, or lines cut short: it is shown as it came
        text = decode_bytes(output.data, leaf.param("charset")) if text is None else text
        walk.texts[leaf.key] = OpenedText(text.replace("\r\n", "\n"), outside)


def _try_block(walk: Walk, block: bytes) -> tuple[GpgOutput, str | None, bool]:
    """(what gpg said, why it cannot be read, whether it was signed and not encrypted at all) of
    one block as it came, and else of the block with the usual damage undone."""
    mended = repaired(block)
    tries = [block] if mended is None or mended.split() == block.split() else [block, mended]
    if mended is not None and tries == [block] and b"\n\n" not in block.replace(b"\r", b""):
        tries.append(mended)  # only the blank line behind the armor's header was lost
    found = _judged(walk.decrypt(tries[0]))
    for data in tries[1:]:
        if found[1] is None:
            break
        found = _judged(walk.decrypt(data))
    return found


def _encrypted_blocks(
    walk: Walk,
    leaf: Entity,
    data: bytes,
    blocks: list[bytes],
    *,
    alone: bool,
    around: str | None = None,
) -> None:
    """`around`: what stands beside a block that had to be mended, if it is known."""
    outside = data
    texts: list[str] = []
    for block in blocks:
        if walk.budget <= 0:
            break
        walk.budget -= 1
        walk.scheme = walk.scheme_or(Scheme.PGP_INLINE)
        output, reason, signed_only = _try_block(walk, block)
        walk.encrypted = walk.encrypted or not signed_only
        if reason is not None:
            walk.reason = reason
            continue
        if not signed_only:
            walk.was_sealed()
        outside = outside.replace(block, b"", 1)
        sole = alone and len(blocks) == 1 and not outside.strip()
        found = judge_signatures(output, covers_whole=sole, detached=signed_only)
        walk.note_unknown(found, Signed(None, block))
        walk.signatures += found
        text = decode_bytes(output.data[:MAX_INLINE], "utf-8").replace("\r\n", "\n")
        texts.append(text)
    if texts:
        beside = decode_bytes(outside).strip() if around is None else around
        walk.texts[leaf.key] = OpenedText("\n\n".join(texts), beside)


def _is_key_or_signature(walk: Walk, leaf: Entity) -> bool:
    head = leaf.content[:4096]
    if b"BEGIN PGP MESSAGE" in head:  # whatever type a client gave it
        return False
    if leaf.media_type in ("application/pgp-keys", "application/pgp-signature"):
        return True
    return b"BEGIN PGP PUBLIC KEY" in head or b"BEGIN PGP SIGNATURE" in head


def _signed_file(walk: Walk, file: Entity, signature: Entity) -> None:
    """A detached signature is of the file as it came, or of what was encrypted in it."""
    if walk.budget <= 0:
        return
    walk.budget -= 1
    opened = [f.data for f in walk.files if f.name == _ENCRYPTED_NAME.sub("", file.file_name)]
    found: list[Signature] = []
    for data in (file.content, *opened[:1]):
        output = walk.keyring.verify(data, signature.content)
        found = judge_signatures(output, covers_whole=False, detached=True)
        if all_good(found):
            break
    walk.file_signatures += found


def _encrypted_file(walk: Walk, leaf: Entity, *, alone: bool) -> None:
    """`alone`: it may be a PGP/MIME mail whose type a gateway lost, and no file."""
    if walk.budget <= 0:
        return
    walk.budget -= 1
    output = walk.decrypt(leaf.content)
    reason = judge_decryption(output)
    if reason is not None:
        if not output.has("ENC_TO", "DECRYPTION_FAILED") or walk.decrypted:
            return  # only its name looks encrypted; or a file for others in an opened mail
        walk.encrypted, walk.reason = True, walk.reason or reason
        return
    if walk.scheme is Scheme.NONE:
        walk.scheme = Scheme.PGP_ATTACHMENT
    walk.encrypted = True
    walk.was_sealed()
    walk.signatures += judge_signatures(output, covers_whole=False, detached=False)
    if alone and _MIME_START.match(output.data):
        walk.unsealed.append(mime.parse(output.data))
        walk.opened_files.add(leaf.key)
        return
    name = _ENCRYPTED_NAME.sub("", leaf.file_name) or "decrypted"
    walk.files.append(attachment(name, guess_type(name), output.data))
    walk.opened_files.add(leaf.key)


def _judged(output: GpgOutput) -> tuple[GpgOutput, str | None, bool]:
    encrypted = output.has("ENC_TO", "BEGIN_DECRYPTION", "NEED_PASSPHRASE_SYM")
    signed_only = not encrypted and len(output.words("PLAINTEXT")) == 1
    return output, None if signed_only else judge_decryption(output), signed_only


def _is_markup(leaf: Entity) -> bool:
    """HTML that shows something, an unfinished tag included."""
    if leaf.media_type != "text/html":
        return False
    return bool(html_to_text(decode_bytes(leaf.content[:MAX_HTML_BYTES])).strip())


def _may_be_encrypted(leaf: Entity) -> bool:
    """A file whose name says so, or that came without one and is armor."""
    if _ENCRYPTED_NAME.search(leaf.file_name):
        return True
    return not leaf.file_name and leaf.content[:200].lstrip().startswith(_ARMOR)
