"""Values for the tests of the pure core. Cast: Rita reports, Mona and Omar are members, Eve attacks.

Everything has a default, so that a test names only what it is about.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import holidays

from inboxd.core.case import Change, ClockFacts, Decision, Report, State
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.kind import Verdict
from inboxd.core.letter import Letter, message_id
from inboxd.core.model import (
    Address,
    Attachment,
    Crypto,
    Fingerprint,
    Found,
    Kind,
    Message,
    ReportNumber,
    Scheme,
    Severity,
    Signature,
    SignatureStatus,
    Understanding,
)
from inboxd.core.policy import Policy
from inboxd.core.quoting import new_text
from inboxd.core.routing import REPORTER, Route, SentLetter, internal_party, relay_party
from inboxd.core.scope import Scope
from inboxd.core.sla import Calendar, Clocks
from inboxd.core.trust import KnownMember, Voice

PARIS = ZoneInfo("Europe/Paris")
SECRET = b"0123456789abcdef0123456789abcdef"
SECURITY = "security@example.org"
SEVEN = ReportNumber(7)

MONA_KEY = Fingerprint("A" * 40)
RITA_KEY = Fingerprint("B" * 40)
EVE_KEY = Fingerprint("E" * 40)
TEAM_KEY = Fingerprint("C" * 40)

HANDLER = frozenset({"handler"})
MONA = KnownMember("mona@example.org", "Mona", MONA_KEY, frozenset({"handler", "lead"}))
OMAR = KnownMember("omar@example.org", "Omar", None, HANDLER)  # has no key
BOSS = KnownMember("boss@example.org", "Boss", None, frozenset({"management"}))

RITA = Address("rita@example.net", "Rita")
EVE = Address("eve@example.com", "Eve")

SECRET_WORDS = "the password of the admin is hunter2"


def utc(text: str) -> datetime:
    """`2026-11-23 09:00` as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


RECEIVED = utc("2026-11-23 09:00")  # a Monday, 10:00 in Paris
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@cache
def french_holidays() -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=range(2025, 2031)))


def french_calendar() -> Calendar:
    return Calendar(PARIS, french_holidays().__contains__)


CLOCKS = Clocks(french_calendar())


def at_paris(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, PARIS).astimezone(UTC)


def policy(**more: Any) -> Policy:
    defaults: dict[str, Any] = {
        "organisation": "Example",
        "address": SECURITY,
        "clocks": CLOCKS,
        "scope": Scope(inside=("app.example.org",)),
        "members": (MONA, OMAR),
        "secret": SECRET,
        "fingerprint": TEAM_KEY,
        "authserv_id": "mx.example.org",
    }
    return Policy(**{**defaults, **more})


def clock(**more: Any) -> ClockFacts:
    defaults: dict[str, Any] = {
        "received_at": RECEIVED,
        "readable_at": RECEIVED,
        "severity": None,
    }
    return ClockFacts(**{**defaults, **more})


def report(**more: Any) -> Report:
    """Report 7 of Rita: in clear, unrated, unowned, unless told otherwise."""
    severity: Severity | None = more.get("severity")
    defaults: dict[str, Any] = {
        "number": SEVEN,
        "state": State.NEW,
        "language": "en",
        "title": "XSS in the search",
        "reporter": RITA.spec,
        "reporter_name": "Rita",
        "participants": frozenset({RITA.spec}),
        "fingerprint": None,
        "sealed": False,
        "owner": None,
        "severity": None,
        "clock": clock(severity=severity),
        "first_message_id": "<first@example.net>",
        "last_message_id": "<first@example.net>",
        "references": ("<first@example.net>",),
    }
    return Report(**{**defaults, **more})


def mail(text: str = "Hello", sender: Address | None = RITA, **more: Any) -> Message:
    defaults: dict[str, Any] = {
        "sha256": hashlib.sha256(repr((text, sender, sorted(more))).encode()).hexdigest(),
        "size": len(text),
        "message_id": "<mail@example.net>",
        "sender": sender,
        "return_path": sender.spec if sender else None,
        "reply_to": (),
        "to": (Address(SECURITY),),
        "recipients": (SECURITY,),
        "date": RECEIVED,
        "subject": "XSS in the search",
        "protected_subject": None,
        "in_reply_to": (),
        "references": (),
        "text": text,
        "new_text": new_text(text),
        "html_only": False,
        "attachments": (),
        "headers": (),
        "report_parts": (),
        "crypto": Crypto(),
        "keys": (),
        "defects": (),
    }
    return Message(**{**defaults, **more})


ENCRYPTED = Crypto(encrypted=True, scheme=Scheme.PGP_MIME, decrypted=True)
UNREADABLE = Crypto(
    encrypted=True, scheme=Scheme.PGP_MIME, reason="it is encrypted to a key that is not ours"
)


def signed_by(fingerprint: Fingerprint, *, encrypted: bool = False) -> Crypto:
    return Crypto(
        encrypted=encrypted,
        scheme=Scheme.PGP_MIME,
        decrypted=encrypted,
        signatures=(Signature(SignatureStatus.GOOD, fingerprint, True, "id"),),
        whole_mail_signed_by=fingerprint,
    )


def attachment(name: str = "poc.png", media_type: str = "image/png") -> Attachment:
    return Attachment(name, media_type, 4, "0" * 64, b"data")


def understood(text: str = SECRET_WORDS, **more: Any) -> Understanding:
    found = Found(text, 0, len(text), "heading")
    return Understanding(fields=(("description", found), ("impact", found)), **more)


def reading(
    kind: Kind = Kind.REPORT,
    message: Message | None = None,
    voice: Voice | None = None,
    no_reply_because: str | None = None,
    **more: Any,
) -> Reading:
    if kind.is_machine:
        no_reply_because = "a program sent it: it says so"
    return Reading(
        message=message if message is not None else mail(SECRET_WORDS),
        understood=more.pop("understood", Understanding()),
        voice=voice or Voice(),
        verdict=Verdict(kind, ("it says so",), no_reply_because),
        language="en",
        **more,
    )


def facts(**more: Any) -> MessageFacts:
    found: Report | None = more.get("report")
    defaults: dict[str, Any] = {
        "now": RECEIVED,
        "received_at": RECEIVED,
        "route": from_reporter() if found is not None else Route(),
        "report": None,
        "next_number": SEVEN,
        "known_key": None,
        "auto_sent_to_sender": 0,
        "auto_sent_overall": 0,
        "same_id_other_bytes": False,
        "instruction_spent": False,
    }
    return MessageFacts(**{**defaults, **more})


def from_reporter() -> Route:
    return Route(SEVEN, REPORTER, "it was sent to the reply address of the report")


def to_relay(member: KnownMember = MONA) -> Route:
    return Route(SEVEN, relay_party(member.address), "it was sent to the reply address")


def to_internal(member: KnownMember = MONA) -> Route:
    return Route(SEVEN, internal_party(member.address), "it was sent to the reply address")


def strong(member: KnownMember = MONA) -> Voice:
    return Voice(member, strong=True, claims_member=member)


def weak(member: KnownMember = MONA) -> Voice:
    return Voice(member, strong=False, claims_member=member, authenticated=True)


def from_member(
    text: str, member: KnownMember = MONA, voice: Voice | None = None, **more: Any
) -> Reading:
    """A member's mail; signed unless the voice says otherwise."""
    heard = voice or strong(member)
    crypto = signed_by(member.fingerprint) if heard.strong and member.fingerprint else Crypto()
    message = mail(text, Address(member.address, member.name), **{"crypto": crypto, **more})
    digest = hashlib.sha256(text.encode()).hexdigest()
    return reading(Kind.MEMBER, message, heard, instruction=digest)


def sent(purpose: str, at: datetime | None = RECEIVED, **more: Any) -> SentLetter:
    """A letter of ours to Rita about report 7."""
    defaults: dict[str, Any] = {
        "message_id": letter_id(purpose),
        "number": SEVEN,
        "to": RITA.spec,
        "party": REPORTER,
        "bounced": False,
    }
    return SentLetter(purpose=purpose, sent_at=at, **{**defaults, **more})


def letter_id(purpose: str) -> str:
    return message_id(purpose, SECRET, "example.org")


# --- looking at decisions --------------------------------------------------------------------------

C = TypeVar("C")


def changes(decision: Decision, kind: type[C]) -> list[C]:
    return [change for change in decision.changes if isinstance(change, kind)]


def acts(decision: Decision) -> list[Change]:
    """Changes that need authority: all but filing, history, notes to people and used instructions."""
    harmless = {"FileMessage", "Remember", "RaiseTask", "Spend", "LearnKey"}
    return [change for change in decision.changes if type(change).__name__ not in harmless]


def to_rita(decision: Decision) -> list[Letter]:
    return [letter for letter in decision.letters if letter.to == RITA.spec]


def sent_to(decision: Decision, address: str) -> list[Letter]:
    return [letter for letter in decision.letters if letter.to == address]


def purposes(letters: list[Letter] | tuple[Letter, ...]) -> list[str]:
    return [letter.purpose for letter in letters]
