"""Which report a mail belongs to, and in what right. A number grants nothing (invariant 5).

The right comes from the unguessable reply address, from a reference to a keyed Message-ID of ours
together with a known participant, or from a participant's valid signature. Everything else that
points at a report is only a possible follow-up, for a human.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from inboxd.core.case import Report
from inboxd.core.model import Message, ReportNumber
from inboxd.core.policy import Policy
from inboxd.core.trust import Voice

TOKEN_LENGTH = 16  # base32 characters: 80 bits

REPORTER = "reporter"


def relay_party(member: str) -> str:
    """The party behind an address whose mail is sent on to the researcher."""
    return f"relay:{member}"


def internal_party(member: str) -> str:
    """The party behind an address whose mail never leaves the team."""
    return f"internal:{member}"


def reply_token(secret: bytes, number: int, party: str) -> str:
    digest = hmac.new(secret, f"{number}:{party}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:TOKEN_LENGTH].decode().lower()


def reply_address(policy: Policy, number: int, party: str) -> str:
    """`security+<number>.<token>@...`, or the plain address without sub-addressing."""
    if not policy.sub_addressing:
        return policy.address
    token = reply_token(policy.secret, number, party)
    return f"{policy.local}+{number}.{token}@{policy.domain}"


def bounce_address(policy: Policy, message_id: str) -> str:
    """Return path that ties a bounce to one letter; the id is keyed, so it cannot be guessed."""
    if not policy.sub_addressing:
        return policy.address
    digest = message_id.strip("<>").partition("@")[0]
    return f"{policy.local}+b.{digest}@{policy.domain}"


@dataclass(frozen=True, slots=True)
class Clues:
    """What a mail says about where it belongs; nothing here is proven yet."""

    tokens: tuple[tuple[int, str], ...] = ()
    message_ids: tuple[str, ...] = ()
    bounced: tuple[str, ...] = ()  # Message-IDs of ours that a bounce speaks of
    tagged: int | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        found = [number for number, _ in self.tokens]
        if self.tagged is not None:
            found.append(self.tagged)
        return tuple(dict.fromkeys(found))


_TAG = re.compile(r"\[[^\[\]]{0,60}#(\d{1,9})\]")


def clues(message: Message, policy: Policy) -> Clues:
    """Everything to look up before routing."""
    tokens: list[tuple[int, str]] = []
    bounced: list[str] = []
    for recipient in message.recipients:
        local, _, domain = recipient.rpartition("@")
        base, plus, sub = local.partition("+")
        if not plus or base != policy.local or domain != policy.domain:
            continue
        found = re.fullmatch(rf"(\d{{1,9}})\.([a-z2-7]{{{TOKEN_LENGTH}}})", sub)
        if found:
            tokens.append((int(found.group(1)), found.group(2)))
        elif re.fullmatch(r"b\.[0-9a-f]{32}", sub):
            bounced.append(f"<{sub[2:]}@{policy.domain}>")
    ours = re.compile(rf"<[0-9a-f]{{32}}@{re.escape(policy.domain)}>")
    for _, text in message.report_parts:
        bounced.extend(ours.findall(text))
    if message.crypto.decrypted is False:
        bounced.extend(ours.findall(message.text[:20_000]))
    tag = _TAG.search(message.true_subject)
    references = tuple(dict.fromkeys((*message.in_reply_to, *message.references)))
    return Clues(
        tuple(dict.fromkeys(tokens)),
        tuple(i for i in references if ours.fullmatch(i)),
        tuple(dict.fromkeys(bounced)),
        int(tag.group(1)) if tag else None,
    )


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter of ours as routing and delivery need it."""

    message_id: str
    number: ReportNumber | None
    purpose: str
    to: str
    party: str | None
    sent_at: datetime | None
    bounced: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """`number` with `party`: proven. `possible`: a hint that only a human may follow."""

    number: ReportNumber | None = None
    party: str | None = None
    how: str = "nothing ties it to a report"
    possible: ReportNumber | None = None
    bounced: SentLetter | None = None

    @property
    def is_internal(self) -> bool:
        return (self.party or "").startswith("internal:")


def route(
    message: Message,
    voice: Voice,
    found: Clues,
    reports: Mapping[int, Report],
    sent: Mapping[str, SentLetter],
    policy: Policy,
    mentioned: Sequence[int] = (),
) -> Route:
    """Decide where a mail belongs, from clues and what the store knows of them.

    `mentioned`: reports with a mail that this one refers to. Such ids are not ours, so they are a
    hint and prove nothing.
    """
    bounced = next((sent[i] for i in found.bounced if i in sent), None)
    by_token = _by_token(voice, found, reports, policy)
    if by_token is not None:
        return Route(*by_token, bounced=bounced)
    sender = message.sender.spec if message.sender else ""
    for message_id in found.message_ids:
        letter = sent.get(message_id)
        if letter is None or letter.number is None:
            continue
        report = reports.get(letter.number)
        if report is None:
            continue
        member = voice.member or voice.claims_member  # deciding asks for the proof
        if member is not None and letter.party and letter.to == member.address:
            how = "a member answers a notice of ours"
            return Route(letter.number, letter.party, how, bounced=bounced)
        if letter.party == REPORTER and sender in report.participants:
            how = "a participant refers to a mail of ours"
            return Route(letter.number, REPORTER, how, bounced=bounced)
        if _signed_by_participant(message, report):
            return Route(letter.number, REPORTER, "a participant signed it", bounced=bounced)
    hinted = next(
        (reports[n] for n in (*_hints(found, sent), *mentioned) if n in reports),
        None,
    )
    if hinted is not None and _signed_by_participant(message, hinted):
        return Route(hinted.number, REPORTER, "a participant signed it", bounced=bounced)
    if hinted is not None:
        how = "it points at a report without proof of belonging to it"
        return Route(None, None, how, possible=hinted.number, bounced=bounced)
    return Route(bounced=bounced)


def _by_token(
    voice: Voice, found: Clues, reports: Mapping[int, Report], policy: Policy
) -> tuple[ReportNumber, str, str] | None:
    for number, token in found.tokens:
        report = reports.get(number)
        if report is None:
            continue
        parties = [REPORTER]
        for member in policy.members:
            parties += [relay_party(member.address), internal_party(member.address)]
        for party in parties:
            if hmac.compare_digest(token, reply_token(policy.secret, number, party)):
                return report.number, party, "it was sent to the reply address of the report"
    return None


def _hints(found: Clues, sent: Mapping[str, SentLetter]) -> list[int]:
    numbers = [sent[i].number for i in found.message_ids if i in sent]
    return [n for n in (*numbers, *found.numbers) if n is not None]


def _signed_by_participant(message: Message, report: Report) -> bool:
    signer = message.crypto.whole_mail_signed_by
    return signer is not None and signer == report.fingerprint
