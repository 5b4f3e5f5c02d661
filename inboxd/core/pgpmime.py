"""The shapes of PGP/MIME (RFC 3156) as entities, also as gateways leave them."""

from __future__ import annotations

import re

from inboxd.core.mime import Entity


def is_control_part(leaf: Entity) -> bool:
    """The first part of PGP/MIME, which says "Version: 1" and nothing else (RFC 3156 section 4).
    Some clients give encrypted files its type, too."""
    return (
        leaf.media_type == "application/pgp-encrypted" and b"BEGIN PGP" not in leaf.content[:4096]
    )


def own_leaves(entity: Entity) -> list[Entity]:
    """Leaves of this mail itself: ciphertext inside a forwarded mail is not opened for whoever
    wrapped it, who may not be able to read it (EFAIL)."""
    if entity.media_type == "message/rfc822":
        return []
    if not entity.children:
        return [] if entity.media_type.startswith("multipart/") else [entity]
    return [leaf for child in entity.children for leaf in own_leaves(child)]


def ciphertext_of(entity: Entity) -> bytes | None:
    """The armored data of a PGP/MIME encrypted root (RFC 3156 section 4), also as Exchange
    rewrites it: the same two parts under multipart/mixed."""
    if entity.media_type not in ("multipart/encrypted", "multipart/mixed"):
        return None
    children = _filled(entity)
    if len(children) < 2 or children[0].media_type != "application/pgp-encrypted":
        return None
    if entity.media_type == "multipart/mixed" and len(children) != 2:
        return None
    return children[1].content


def behind_ciphertext(entity: Entity) -> list[Entity]:
    """What somebody put behind the two parts of a multipart/encrypted; nobody protected it."""
    return _filled(entity)[2:]


def _filled(entity: Entity) -> list[Entity]:
    return [c for c in entity.children if c.media_type != "text/plain" or c.content.strip()]


def only_leaf(entity: Entity) -> Entity | None:
    """The one part that a mail consists of, when nothing else in it could be shown: no sibling, no
    forwarded mail, no multipart whose boundary is missing."""
    while entity.media_type.startswith("multipart/") and len(entity.children) == 1:
        entity = entity.children[0]
    whole = entity.children or entity.media_type.startswith(("multipart/", "message/"))
    return None if whole else entity


def protected_subject(inner: Entity) -> str | None:
    """Subject inside of a layer that protects it (RFC 9788, and protected-headers="v1" before)."""
    if inner.param("hp") or inner.param("protected-headers"):
        return inner.header("subject")
    return None


_SIGNATURE_NAME = re.compile(r"\.(?:sig|asc|sign)$", re.IGNORECASE)


def signed_files(leaves: list[Entity]) -> list[tuple[Entity, Entity]]:
    """(file, its detached signature) for files that came with one beside them: `a.zip.sig`."""
    by_name = {leaf.file_name: leaf for leaf in leaves if leaf.file_name}
    found = []
    for leaf in leaves:
        name = _SIGNATURE_NAME.sub("", leaf.file_name)
        named = (by_name.get(name + kind) for kind in ("", ".gpg", ".pgp", ".asc"))
        file = next(filter(None, named), None)
        armored = b"BEGIN PGP SIGNATURE" in leaf.content[:4096]
        if file is not None and file is not leaf and (armored or leaf.file_name.endswith(".sig")):
            found.append((file, leaf))
    return found
