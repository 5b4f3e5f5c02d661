"""Attachments as values: their type by name, their digest."""

from __future__ import annotations

import hashlib

from inboxd.core.model import Attachment

_TYPES = {
    "txt": "text/plain", "md": "text/markdown", "json": "application/json", "html": "text/html",
    "yml": "text/yaml", "yaml": "text/yaml", "csv": "text/csv", "log": "text/plain",
    "png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf", "zip": "application/zip",
}  # fmt: skip


def guess_type(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def attachment(name: str, media_type: str, data: bytes) -> Attachment:
    return Attachment(name, media_type, len(data), hashlib.sha256(data).hexdigest(), data)
