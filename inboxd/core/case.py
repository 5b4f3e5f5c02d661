"""The nouns of the case side: reports, promises, deadlines and the changes that touch them.

A `Decision` is the only thing that the pure part of inboxd hands to the rest: changes to record,
letters to send and the reason, all in one transaction. `Change` is a closed union; a new variant
that the store does not handle fails the type check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from inboxd.core.duplicates import Traits
from inboxd.core.letter import Letter
from inboxd.core.model import (
    Credit,
    Fingerprint,
    Found,
    Kind,
    ReportNumber,
    SeenUrl,
    Severity,
)


class State(StrEnum):
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    TRIAGED = "triaged"
    FIXING = "fixing"
    RESOLVED = "resolved"
    DISCLOSED = "disclosed"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"

    @property
    def is_closed(self) -> bool:
        return self in (State.DISCLOSED, State.DUPLICATE, State.REJECTED)


class Promise(StrEnum):
    """One obligation of the policy (section 05), each with its own clock."""

    ACKNOWLEDGE = "acknowledge"
    DIAGNOSE = "diagnose"
    FIX = "fix"
    UPDATE = "update"
    DISCLOSE = "disclose"


class Role(StrEnum):
    """In what right a mail is filed to a report."""

    REPORTER = "reporter"
    MEMBER = "member"
    MACHINE = "machine"
    STRANGER = "stranger"


class Outcome(StrEnum):
    """Every received mail ends in exactly one of these (invariant 2)."""

    OPENED = "report opened"
    FILED = "filed to a report"
    ANSWERED = "request answered"
    MACHINE = "machine mail recorded"
    SET_ASIDE = "set aside for a human"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Hold:
    """An interval in which the diagnosis and fix clocks stand still. `until` None: still on."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """The history of a report as far as its clocks depend on it (invariant 8)."""

    received_at: datetime
    readable_at: datetime | None
    severity: Severity | None
    acknowledged_at: datetime | None = None
    diagnosed_at: datetime | None = None
    fixed_at: datetime | None = None
    disclosed_at: datetime | None = None
    closed_at: datetime | None = None
    last_update_at: datetime | None = None
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A case as the deciding code needs it; no mail texts."""

    number: ReportNumber
    state: State
    language: str
    title: str
    reporter: str  # address answers go to
    reporter_name: str
    participants: frozenset[str]
    fingerprint: Fingerprint | None  # key answers are encrypted to
    sealed: bool  # something of it came encrypted: it never leaves in clear again (invariant 4)
    owner: str | None
    severity: Severity | None
    clock: ClockFacts
    first_message_id: str
    last_message_id: str
    references: tuple[str, ...]
    missing: tuple[str, ...] = ()
    asked: bool = False
    credit: Credit = Credit()


# --- changes -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenReport:
    report: Report
    understood: Mapping[str, Found] = field(default_factory=dict)
    urls: tuple[SeenUrl, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)  # cvss, cwe, flags: advice to people
    traits: Traits = Traits()


@dataclass(frozen=True, slots=True)
class FileMessage:
    """Tie the message being processed to a report."""

    number: ReportNumber
    role: Role


@dataclass(frozen=True, slots=True)
class FillFields:
    number: ReportNumber
    understood: Mapping[str, Found]
    urls: tuple[SeenUrl, ...]
    missing: tuple[str, ...]
    credit: Credit


@dataclass(frozen=True, slots=True)
class Rate:
    number: ReportNumber
    severity: Severity


@dataclass(frozen=True, slots=True)
class Move:
    number: ReportNumber
    state: State


@dataclass(frozen=True, slots=True)
class Mark:
    """An obligation was met at `at`; None re-opens it (a bounce, invariant 9)."""

    number: ReportNumber
    promise: Promise
    at: datetime | None


@dataclass(frozen=True, slots=True)
class BecameReadable:
    number: ReportNumber
    at: datetime


@dataclass(frozen=True, slots=True)
class Close:
    """The report needs nothing more; `at` None opens it again."""

    number: ReportNumber
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Wait:
    """Start a hold."""

    number: ReportNumber
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    number: ReportNumber
    at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    number: ReportNumber
    member: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The report holds something that came encrypted; answers need a key from now on."""

    number: ReportNumber
    fingerprint: Fingerprint | None


@dataclass(frozen=True, slots=True)
class LearnKey:
    """A key was seen with an address; a human may confirm it later."""

    fingerprint: Fingerprint
    address: str
    source: str


@dataclass(frozen=True, slots=True)
class RaiseTask:
    """Something only a person can do. `dedup` keeps one open task per cause."""

    dedup: str
    number: ReportNumber | None
    text: str  # free of report content: it is mailed and listed in clear


@dataclass(frozen=True, slots=True)
class Spend:
    """A signed instruction was used: the same signed bytes never act again (invariant 6)."""

    digest: str


@dataclass(frozen=True, slots=True)
class CancelLetters:
    """Withdraw held letters of a report that have not left yet."""

    number: ReportNumber
    purpose: str


@dataclass(frozen=True, slots=True)
class LetterBounced:
    """A letter that the next server had accepted came back."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """A rung of the ladder was climbed for one run of one clock, at the instant of the tick."""

    number: ReportNumber
    promise: Promise
    started_at: datetime
    level: str


@dataclass(frozen=True, slots=True)
class Remember:
    """Append to the history; `data` holds codes, instants and numbers, never mail text."""

    kind: str
    number: ReportNumber | None
    actor: str
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TasksTold:
    """People have been told of these open tasks."""

    dedups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepNote:
    """An internal note of a member."""

    number: ReportNumber
    member: str
    text: str


Change = (
    OpenReport
    | FileMessage
    | FillFields
    | Rate
    | Move
    | Mark
    | BecameReadable
    | Close
    | Wait
    | Resume
    | Own
    | Seal
    | LearnKey
    | RaiseTask
    | Spend
    | CancelLetters
    | LetterBounced
    | Escalated
    | Remember
    | KeepNote
    | TasksTold
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, and why. Recorded whole in one transaction or not at all."""

    outcome: Outcome | None  # None for a tick or a delivery
    reason: str
    kind: Kind | None = None
    number: ReportNumber | None = None
    changes: tuple[Change, ...] = ()
    letters: tuple[Letter, ...] = ()
