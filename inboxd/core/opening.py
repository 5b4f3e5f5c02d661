"""Opening a mail: peel its OpenPGP layers, note every verdict, hand back what may be read.

The keyring is handed in, so the same walk runs on real gpg and on nothing at all. Rules that
defend against EFAIL and signature spoofing: multipart/encrypted counts only as the root (or the
root of what was inside a layer); decrypted text replaces its part and never joins siblings as
markup; a signature speaks for the whole mail only if every layer from the root down is covered.
"""

from __future__ import annotations

import re

from inboxd.core import mime
from inboxd.core.inline import open_inside
from inboxd.core.keyblocks import find_keys
from inboxd.core.mime import Entity
from inboxd.core.model import Scheme, Signature
from inboxd.core.opened import Keyring, Opened, Signed, Walk
from inboxd.core.pgpmime import behind_ciphertext, ciphertext_of, protected_subject
from inboxd.core.smime import is_smime, kind_of, signed_content
from inboxd.core.trust import GpgOutput, all_good, judge_decryption, judge_signatures

__all__ = ["Keyring", "Opened", "open_message"]

MAX_LAYERS = 8


def open_message(raw: bytes, keyring: Keyring) -> Opened:
    """Peel every layer that can be peeled. Total; gpg's own limits bound the time."""
    outer = mime.parse(raw)
    walk = Walk(keyring)
    inner = peel(walk, outer)
    if ciphertext_of(inner) is None:  # else it stayed shut, and one try is enough
        open_inside(walk, inner)
    opened_texts = {key: part.text for key, part in walk.texts.items()}
    keys = find_keys(outer, inner, opened_texts)
    return Opened(
        outer,
        inner,
        walk.crypto(),
        walk.texts,
        tuple(walk.files),
        frozenset(walk.opened_files),
        keys,
        protected_subject(inner) if walk.protected else None,
        walk.unknown_signer,
        tuple(walk.beside),
        tuple(walk.unsealed),
        walk.protected,
    )


def peel(walk: Walk, entity: Entity) -> Entity:
    for _ in range(MAX_LAYERS):
        entity = _unwrap(walk, entity)
        ciphertext = ciphertext_of(entity)
        if ciphertext is not None:
            opened = _decrypt_layer(walk, ciphertext)
            if opened is None:
                return entity
            walk.beside += behind_ciphertext(entity)
            entity = opened
        elif entity.media_type == "multipart/signed" and len(entity.children) >= 2:
            _verify_layer(walk, entity)
            if len(entity.children) > 2:
                return entity  # nobody signed the rest of it: all of it is shown
            entity = entity.children[0]
        elif (content := _smime_content(walk, entity)) is not None:
            entity = mime.parse(content)
        else:
            return entity
    walk.reason = walk.reason or "it is wrapped in more layers than we open"
    return entity


def _unwrap(walk: Walk, entity: Entity) -> Entity:
    """The protected mail inside a list's or gateway's wrapper: a multipart/mixed with one
    protected part and some text around it. What stands beside is shown apart, and then no
    signature speaks for the whole. Forwarded mails (message/rfc822) stay shut."""
    if entity.media_type != "multipart/mixed":
        return entity
    wanted = ("multipart/encrypted", "multipart/signed")
    inner = [child for child in entity.children if child.media_type in wanted]
    rest = [child for child in entity.children if child.media_type not in wanted]
    if len(inner) != 1 or not all(_may_stand_beside(child, inner[0]) for child in rest):
        return entity
    walk.beside += [child for child in rest if child.content.strip()]
    return inner[0]


def _decrypt_layer(walk: Walk, ciphertext: bytes) -> Entity | None:
    walk.encrypted, walk.scheme = True, Scheme.PGP_MIME
    output = walk.decrypt(ciphertext)
    walk.reason = judge_decryption(output)
    if walk.reason is not None:
        return None
    walk.was_sealed()
    walk.protected = True
    found = judge_signatures(output, covers_whole=True, detached=False)
    walk.note_unknown(found, Signed(None, ciphertext))
    walk.signatures += found
    return mime.parse(output.data)


def _verify_layer(walk: Walk, entity: Entity) -> None:
    signed, signature = entity.children[0], entity.children[1]
    protocol = (entity.param("protocol") or "").lower()
    if "pkcs7" in protocol or "pkcs7" in signature.media_type:
        walk.scheme = Scheme.SMIME if walk.scheme is Scheme.NONE else walk.scheme
        return
    if walk.scheme is Scheme.NONE:
        walk.scheme = Scheme.PGP_MIME
    pair = len(entity.children) == 2

    def judged(data: bytes) -> list[Signature]:
        output = walk.keyring.verify(data, signature.content)
        whole = pair and not _skips_bytes(output, data)
        return judge_signatures(output, covers_whole=whole, detached=True)

    found = judged(signed.raw)
    if not all_good(found) and re.search(rb"(?<!\r)\n", signed.raw):
        again = judged(re.sub(rb"\r?\n", b"\r\n", signed.raw))  # stored with LF on the way
        found = again if not any(s.status == "bad" for s in again) else found
    walk.note_unknown(found, Signed(signed.raw, signature.content))
    walk.signatures += found
    walk.protected = walk.protected or (all_good(found) and all(s.covers_whole for s in found))


def _smime_content(walk: Walk, entity: Entity) -> bytes | None:
    """What an opaque S/MIME signature encloses; says why the rest of S/MIME stays shut."""
    if not is_smime(entity):
        return None
    walk.scheme = Scheme.SMIME
    kind = kind_of(entity)
    if kind == "enveloped-data":
        walk.encrypted = True
        walk.reason = "it is encrypted with S/MIME, which we do not read; please use PGP"
    return signed_content(entity.content) if kind == "signed-data" else None


def _may_stand_beside(child: Entity, protected: Entity) -> bool:
    """Text of a list or gateway around a protected part. No markup before it: what is opened there
    would look like a continuation of it (EFAIL)."""
    after = child.start > protected.start
    return child.media_type == "text/plain" or (after and child.media_type == "text/html")


def _skips_bytes(output: GpgOutput, signed: bytes) -> bool:
    """Whether gpg left bytes out that we read: bare CR, in a signature over text (RFC 9580 5.2.4,
    class 0x01). With some put in, the parts of a mail would be others under a good signature."""
    over_text = any(words[9:10] == ["01"] for words in output.words("VALIDSIG"))
    return over_text and re.search(rb"\r(?!\n)", signed) is not None
