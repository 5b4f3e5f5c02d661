"""Key material that comes with a mail: attached, in the text, in Autocrypt. All of it hostile."""

from __future__ import annotations

import base64
import hashlib
import re

from inboxd.core.armor import KEY_BLOCK, all_armor
from inboxd.core.mime import Entity, Key
from inboxd.core.model import KeyBlock

MAX_KEY_BLOCKS = 5
MAX_KEY_SIZE = 256 * 1024  # bytes


def find_keys(outer: Entity, inner: Entity, texts: dict[Key, str]) -> tuple[KeyBlock, ...]:
    """Key blocks of a mail; `texts` are parts that were opened, by the key of the part."""
    found: list[KeyBlock] = []
    for leaf in inner.walk():
        if leaf.children or leaf.body_size > 2 * MAX_KEY_SIZE:
            continue
        is_key = leaf.media_type == "application/pgp-keys"
        looks_like = leaf.main_type in ("text", "application")
        data = leaf.content if is_key or looks_like else b""
        if leaf.key in texts and not is_key:
            data = texts[leaf.key].encode()
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
