"""The nouns of the mail side: what a message is once it has been read.

Frozen values only. Nothing here knows a clock, a disk, gpg or a database. The nouns of the case
side (reports, deadlines, decisions) are in `case`; what goes out is in `letter`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

Fingerprint = NewType("Fingerprint", str)
"""Full primary fingerprint of an OpenPGP key: 40 (v4) upper-case hexadecimal digits."""

ReportNumber = NewType("ReportNumber", int)
"""Sequential number of a report. It names a report to people and grants nothing (invariant 5)."""


class Kind(StrEnum):
    """What a mail is for. The evidence for the choice travels with it."""

    REPORT = "report"
    FOLLOW_UP = "follow-up"
    MEMBER = "member"
    KEY_REQUEST = "key-request"
    PGP_TEST = "pgp-test"
    QUESTION = "question"
    STATUS_REQUEST = "status-request"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto-reply"
    BULK = "bulk"
    SPAM = "spam"
    OTHER = "other"

    @property
    def is_machine(self) -> bool:
        """Written by a program, so never answered (invariant 7)."""
        return self in (Kind.BOUNCE, Kind.AUTO_REPLY, Kind.BULK)


class Severity(StrEnum):
    """Severity of a report; the bands are those of CVSS, "none" counts as low."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of a header. `spec` is lower-cased for comparing; `name` is display text only."""

    spec: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.spec.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A leaf of the opened message that is not its text. Names are display text, never paths."""

    name: str
    media_type: str
    size: int
    sha256: str
    data: bytes = field(repr=False)


class SignatureStatus(StrEnum):
    GOOD = "good"
    BAD = "bad"
    UNKNOWN_KEY = "unknown-key"
    EXPIRED = "expired"
    REVOKED = "revoked"
    WEAK = "weak"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature and what it says. `covers_whole`: every byte a person sees and we act on."""

    status: SignatureStatus
    fingerprint: Fingerprint | None
    covers_whole: bool
    id: str = ""  # gpg's SIG_ID: unique to one act of signing, for refusing replays


class Scheme(StrEnum):
    NONE = "none"
    PGP_MIME = "pgp-mime"
    PGP_INLINE = "pgp-inline"
    PGP_ATTACHMENT = "pgp-attachment"
    SMIME = "smime"


@dataclass(frozen=True, slots=True)
class Crypto:
    """What OpenPGP says of a message. `reason` tells a person why it could not be opened."""

    encrypted: bool = False
    scheme: Scheme = Scheme.NONE
    decrypted: bool = False
    reason: str | None = None
    signatures: tuple[Signature, ...] = ()
    whole_mail_signed_by: Fingerprint | None = None

    @property
    def unreadable(self) -> bool:
        return self.encrypted and not self.decrypted


@dataclass(frozen=True, slots=True)
class KeyBlock:
    """Key material found in a mail, exactly as it came. It is hostile until quarantined."""

    data: bytes = field(repr=False)
    source: str  # "attachment", "autocrypt" or "text"


@dataclass(frozen=True, slots=True)
class Message:
    """One received mail, opened as far as our keys allow. Headers are claims by the sender."""

    sha256: str
    size: int
    message_id: str
    sender: Address | None
    return_path: str | None  # None: the header is absent; "": the null path of RFC 5321 4.5.5
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    recipients: tuple[str, ...]  # every address it says it was for: To, Cc, Delivered-To ...
    date: datetime | None
    subject: str
    protected_subject: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    text: str
    new_text: str  # without quotes and signature block
    html_only: bool
    attachments: tuple[Attachment, ...]
    headers: tuple[tuple[str, str], ...]  # outer header fields, lower-case names, decoded
    report_parts: tuple[tuple[str, str], ...]  # machine-readable parts: (media type, text)
    crypto: Crypto
    keys: tuple[KeyBlock, ...]
    defects: tuple[str, ...]

    @property
    def true_subject(self) -> str:
        return self.protected_subject if self.protected_subject is not None else self.subject

    def header(self, name: str) -> str | None:
        """First value of an outer header field, or None."""
        for field_name, value in self.headers:
            if field_name == name:
                return value
        return None

    def header_all(self, name: str) -> tuple[str, ...]:
        return tuple(value for field_name, value in self.headers if field_name == name)


@dataclass(frozen=True, slots=True)
class Found:
    """A value read out of a text: the writer's own words and the span they stood in."""

    value: str
    start: int
    end: int
    how: str  # "heading", "label", "numbered", "prose", "attachment"


class CreditWish(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Credit:
    wish: CreditWish = CreditWish.UNKNOWN
    name: str | None = None
    handle: str | None = None
    link: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class SeenUrl:
    """A URL or bare host of a report, restored from defanging, against the scope."""

    url: str
    host: str
    scope: str  # "in", "out", "unknown"
    role: str  # "target", "reference"
    why: str


@dataclass(frozen=True, slots=True)
class Cvss:
    vector: str
    score: float
    severity: Severity


@dataclass(frozen=True, slots=True)
class Flag:
    code: str
    evidence: str


FIELD_NAMES = (
    "description",
    "components",
    "reproduction_steps",
    "impact",
    "proof_of_concept",
    "contact",
)
"""The policy's fields that are text; the seventh thing asked for, credit, is `Credit`."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a report says, as far as it could be read; `missing` is what the policy also asks."""

    fields: tuple[tuple[str, Found], ...] = ()
    components: tuple[str, ...] = ()
    credit: Credit = Credit()
    urls: tuple[SeenUrl, ...] = ()
    cvss: Cvss | None = None
    cwe: tuple[str, ...] = ()
    severity_claim: str | None = None
    findings: int = 1
    flags: tuple[Flag, ...] = ()
    missing: tuple[str, ...] = ()

    def value(self, name: str) -> str | None:
        for field_name, found in self.fields:
            if field_name == name:
                return found.value
        return None

    def flag(self, code: str) -> Flag | None:
        return next((flag for flag in self.flags if flag.code == code), None)
