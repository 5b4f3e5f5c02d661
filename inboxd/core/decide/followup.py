"""The reporter writes again, and has proven the right to: file it, fill in, tell the team."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from inboxd.core.case import (
    BecameReadable,
    Change,
    Decision,
    FileMessage,
    FillFields,
    Outcome,
    Remember,
    Report,
    Resume,
    Role,
    Seal,
)
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.letters import (
    answer,
    enclosed,
    member_facts,
    need_key,
    receipt,
    to_team,
)
from inboxd.core.extract import credit_of
from inboxd.core.letter import Letter
from inboxd.core.model import Fingerprint, Kind
from inboxd.core.policy import Policy


def on_follow_up(reading: Reading, report: Report, facts: MessageFacts, policy: Policy) -> Decision:
    """Any reply of the reporter ends a hold; what was missing is taken from it."""
    message, number = reading.message, report.number
    changes: list[Change] = [
        FileMessage(number, Role.REPORTER),
        Remember("message.filed", number, "reporter", {"how": facts.route.how}),
    ]
    if any(hold.until is None for hold in report.clock.holds):
        changes.append(Resume(number, facts.received_at))
        changes.append(Remember("hold.ended", number, "reporter"))
    changes += _crypto_changes(reading, report, facts.received_at)
    filled = _filled(reading, report)
    if filled is not None:
        changes.append(filled)
    letters: list[Letter] = []
    now_open = _opened_up(reading, report, facts, filled)
    if now_open is not None:
        fields = {**facts.fields, **(filled.understood if filled else {})}
        letters.append(receipt(now_open, reading, policy, fields))
    elif message.crypto.unreadable:
        letters.append(receipt(report, reading, policy))
    elif reading.verdict.kind is Kind.STATUS_REQUEST and report.sealed and not report.fingerprint:
        letters.append(need_key(report, policy, f"need-key:{message.sha256}"))
    elif reading.verdict.kind is Kind.STATUS_REQUEST:
        letters.append(answer("status", reading, facts, policy))
    elif reading.verdict.kind is Kind.KEY_REQUEST:
        letters.append(answer("key", reading, facts, policy))
    letters += to_team(
        "team-message",
        policy.handlers,
        policy,
        f"team-message:{message.sha256}",
        member_facts(reading, policy, facts.received_at)
        | {
            "known_participant": bool(message.sender and message.sender.spec in report.participants)
        },
        report=report,
        enclosed=enclosed(message),
        subject=f"[{policy.organisation} #{number}] {message.true_subject}",
        relay=True,
    )
    return Decision(
        Outcome.FILED,
        facts.route.how,
        kind=Kind.FOLLOW_UP if reading.verdict.kind is Kind.REPORT else None,
        number=number,
        changes=tuple(changes),
        letters=tuple(letters),
    )


def _crypto_changes(reading: Reading, report: Report, at: datetime) -> list[Change]:
    message = reading.message
    changes: list[Change] = []
    new_key = _reporters_key(reading, report)
    if (message.crypto.encrypted and not report.sealed) or new_key is not None:
        changes.append(Seal(report.number, new_key or report.fingerprint))
    if report.clock.readable_at is None and not message.crypto.unreadable:
        changes.append(BecameReadable(report.number, at))
    return changes


def _reporters_key(reading: Reading, report: Report) -> Fingerprint | None:
    """A first key for answers: whoever else knows the reply address cannot set it."""
    sender = reading.message.sender
    if report.fingerprint is not None or sender is None or sender.spec != report.reporter:
        return None
    return reading.offered_key


def _opened_up(
    reading: Reading, report: Report, facts: MessageFacts, filled: FillFields | None
) -> Report | None:
    """The report as it is now, if this mail ended what kept the full receipt back: the key has
    come, or what could not be read has been sent again."""
    if reading.message.crypto.unreadable:
        return None
    new_key = _reporters_key(reading, report)
    key_came = report.sealed and new_key is not None
    readable = report.clock.readable_at is None
    if not (key_came or readable):
        return None
    fingerprint = report.fingerprint or new_key
    sealed = report.sealed or reading.message.crypto.encrypted
    if sealed and fingerprint is None:
        return None
    return replace(
        report,
        fingerprint=fingerprint,
        sealed=sealed,
        clock=replace(report.clock, readable_at=report.clock.readable_at or facts.received_at),
        missing=filled.missing if filled else report.missing,
        credit=filled.credit if filled else report.credit,
    )


def _filled(reading: Reading, report: Report) -> FillFields | None:
    """Fields that this mail adds to those already known."""
    understood = reading.understood
    wanted = {n: f for n, f in understood.fields if n in report.missing}
    if report.clock.readable_at is None:  # the first readable mail of an unreadable case
        wanted = dict(understood.fields)
    credit = credit_of(understood, report.credit)
    missing = tuple(
        name
        for name in (report.missing or (understood.missing if not report.asked else ()))
        if name not in wanted and not (name == "credit" and credit.wish != "unknown")
    )
    urls = understood.urls
    if not wanted and credit == report.credit and missing == report.missing and not urls:
        return None
    return FillFields(report.number, wanted, urls, missing, credit)
