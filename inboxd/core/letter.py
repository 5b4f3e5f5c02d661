"""A letter: one outgoing mail, before wording and sealing.

It names its purpose (a template), its facts, its protection and the effect it stands for. The
dedup key makes the effect happen once (invariant 3); the Message-ID is derived from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from inboxd.core.model import Attachment, Fingerprint, ReportNumber


class Protection(StrEnum):
    """How a letter may travel. Nothing between two levels; no downgrade (invariant 4)."""

    SIGNED = "signed"  # encrypted too when `fingerprint` is set
    ENCRYPTED = "encrypted"  # must be encrypted to `fingerprint`, or it does not leave


class Auto(StrEnum):
    """Value of Auto-Submitted (RFC 3834 section 5); people's words carry none."""

    REPLIED = "auto-replied"
    GENERATED = "auto-generated"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Letter:
    purpose: str
    to: str
    dedup: str
    language: str
    facts: Mapping[str, object] = field(default_factory=dict)
    number: ReportNumber | None = None
    protection: Protection = Protection.SIGNED
    fingerprint: Fingerprint | None = None
    reply_party: str | None = None  # whom the reply address stands for; None: the plain address
    auto: Auto = Auto.GENERATED
    subject: str | None = None  # inner subject where it is not the template's
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    not_before: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    human: bool = False  # a person's words: these and only these reset the update clock


def message_id(dedup: str, secret: bytes, domain: str) -> str:
    """The keyed Message-ID of a letter: the same effect always has the same id.

    The digest is keyed so that a reference to it proves that its writer has seen our mail
    (invariant 5); 128 bits, RFC 5322 3.6.4 form, angle brackets included.
    """
    digest = hashlib.blake2b(dedup.encode(), key=secret[:64], digest_size=16).hexdigest()
    return f"<{digest}@{domain}>"
