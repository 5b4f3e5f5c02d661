"""Opening a report: the clocks start, the reporter gets the receipt, the team is told."""

from __future__ import annotations

from typing import Any

from inboxd.core.case import (
    Change,
    ClockFacts,
    Decision,
    FileMessage,
    OpenReport,
    Outcome,
    RaiseTask,
    Remember,
    Report,
    Role,
    State,
)
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.letters import enclosed, member_facts, receipt, signed_all, to_team
from inboxd.core.duplicates import Suggestion, suggest
from inboxd.core.letter import Letter
from inboxd.core.model import Fingerprint, Message, Understanding
from inboxd.core.policy import Policy


def open_report(reading: Reading, facts: MessageFacts, policy: Policy) -> Decision:
    """A new case, also for a mail that could not be read: its clock runs from delivery."""
    message, understood = reading.message, reading.understood
    report = _new_report(reading, facts, policy)
    duplicates = _duplicates(suggest(reading.traits, facts.alike))
    changes: list[Change] = [
        OpenReport(
            report,
            dict(understood.fields),
            understood.urls,
            _advice(understood) | {"duplicates": duplicates, "policy": policy.policy_version},
            reading.traits,
        ),
        FileMessage(report.number, Role.REPORTER),
        Remember(
            "report.opened",
            report.number,
            "reporter",
            {
                "policy": policy.policy_version,
                "unreadable": str(message.crypto.unreadable).lower(),
            },
        ),
    ]
    letters: list[Letter] = [receipt(report, reading, policy)]
    if message.crypto.encrypted and report.fingerprint is None:
        changes.append(
            RaiseTask(
                f"no-key:{report.number}",
                report.number,
                f"Report {report.number} came encrypted and we have no key of its sender:"
                " answers with content cannot leave until they send one.",
            )
        )
    letters += _notices(report, duplicates, reading, facts, policy)
    reason = "; ".join(reading.verdict.evidence) or "it reports a weakness"
    return Decision(
        Outcome.OPENED, reason, number=report.number, changes=tuple(changes), letters=tuple(letters)
    )


def _notices(
    report: Report,
    duplicates: list[dict[str, Any]],
    reading: Reading,
    facts: MessageFacts,
    policy: Policy,
) -> list[Letter]:
    message = reading.message
    return to_team(
        "team-report",
        policy.handlers,
        policy,
        f"team-report:{message.sha256}",
        member_facts(reading, policy, facts.received_at)
        | {
            "can_answer": not message.crypto.encrypted or report.fingerprint is not None,
            "duplicates": duplicates,
        },
        report=report,
        enclosed=enclosed(message),
        subject=f"[{policy.organisation} #{report.number}] {report.title}",
        relay=True,
    )


def _advice(understood: Understanding) -> dict[str, Any]:
    return {
        "cvss": understood.cvss.vector if understood.cvss else None,
        "cwe": list(understood.cwe),
        "severity_claim": understood.severity_claim,
        "findings": understood.findings,
        "flags": [{"code": f.code, "evidence": f.evidence} for f in understood.flags],
    }


def _duplicates(suggested: tuple[Suggestion, ...]) -> list[dict[str, Any]]:
    """For the notice to members and for `reports show`; the researcher is never told."""
    return [
        {"number": int(one.number), "state": one.state, "evidence": list(one.evidence)}
        for one in suggested
    ]


def _new_report(reading: Reading, facts: MessageFacts, policy: Policy) -> Report:
    message, unreadable = reading.message, reading.message.crypto.unreadable
    return Report(
        number=facts.next_number,
        state=State.NEW,
        language=policy.language(reading.language),
        title=_title(message, reading.language, facts.answer_key(reading)),
        reporter=_answer_to(message),
        reporter_name=message.sender.name if message.sender else "",
        participants=frozenset({message.sender.spec} if message.sender else ()),
        fingerprint=facts.answer_key(reading),
        sealed=message.crypto.encrypted,
        owner=None,
        severity=None,
        clock=ClockFacts(
            received_at=facts.received_at,
            readable_at=None if unreadable else facts.received_at,
            severity=None,
        ),
        first_message_id=message.message_id,
        last_message_id=message.message_id,
        references=(*message.references[-10:], message.message_id) if message.message_id else (),
        missing=() if unreadable else reading.understood.missing,
        asked=not unreadable,
        credit=reading.understood.credit,
    )


def _title(message: Message, language: str, key: Fingerprint | None) -> str:
    """Subject of the thread. What was inside of an encryption stays there, unless answers go to
    the key that signed it: they carry the title."""
    known = not message.crypto.encrypted or signed_all(message, key)
    subject = message.true_subject if known else message.subject
    return subject or ("votre signalement" if language == "fr" else "your report")


def _answer_to(message: Message) -> str:
    """Where answers go: From. A Reply-To elsewhere is a hint for people, not an order: it would
    let a forged mail have our answers sent to anybody."""
    return message.sender.spec if message.sender else ""
