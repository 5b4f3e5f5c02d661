"""What the store knows that a decision about a message needs; loaded inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from inboxd.core.case import Report
from inboxd.core.duplicates import Known, Traits
from inboxd.core.kind import Verdict
from inboxd.core.model import Fingerprint, Found, Kind, Message, ReportNumber, Understanding
from inboxd.core.policy import Policy
from inboxd.core.routing import Route, SentLetter
from inboxd.core.trust import Voice


@dataclass(frozen=True, slots=True)
class Reading:
    """One mail, read: everything that follows from its bytes, the keys and the policy alone."""

    message: Message
    understood: Understanding
    voice: Voice
    verdict: Verdict
    language: str
    offered_key: Fingerprint | None = None  # the sender's key that came with this mail, usable
    instruction: str = ""  # digest of the signed bytes, for refusing replays
    traits: Traits = Traits()

    @property
    def sought(self) -> Traits:
        """What earlier reports are looked up by, if the mail may open a report; else nothing."""
        opens = self.verdict.kind in (Kind.REPORT, Kind.FOLLOW_UP)
        return self.traits if opens else Traits()


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """Facts as of the transaction. `received_at` is when the mail reached the mail server."""

    now: datetime
    received_at: datetime
    route: Route
    report: Report | None
    next_number: ReportNumber
    known_key: Fingerprint | None  # key already known for the sender's address
    auto_sent_to_sender: int  # automatic answers to this address in the last 24 hours
    auto_sent_overall: int  # automatic answers in the last hour
    same_id_other_bytes: bool
    instruction_spent: bool
    letters: tuple[SentLetter, ...] = ()
    fields: Mapping[str, Found] = field(default_factory=dict)  # what the report holds so far
    alike: tuple[Known, ...] = ()  # earlier reports that share a trait, when one may be opened

    def answer_key(self, reading: Reading) -> Fingerprint | None:
        """Key for answering this sender: the one that signed this very mail, else the known one,
        which stays until a person changes it; an unproven new key never replaces it."""
        offered = reading.offered_key
        if offered is not None and offered == reading.message.crypto.whole_mail_signed_by:
            return offered
        return self.known_key or offered


__all__ = ["MessageFacts", "Policy", "Reading"]
