"""The next server accepted a letter, refused it for good, or it could not be sealed.

A clock is met only here: by letters that were accepted and did not bounce (invariant 9).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from inboxd.core.case import (
    Change,
    Decision,
    Mark,
    Move,
    Promise,
    RaiseTask,
    Remember,
    Report,
    State,
)
from inboxd.core.decide.letters import to_team
from inboxd.core.policy import Policy
from inboxd.core.routing import SentLetter

_RECEIPTS = {"receipt", "receipt-withheld", "receipt-unreadable"}

MEETS: Mapping[str, frozenset[Promise]] = {
    "ack": frozenset({Promise.ACKNOWLEDGE, Promise.UPDATE}),
    "relay": frozenset({Promise.ACKNOWLEDGE, Promise.UPDATE}),
    "confirmed": frozenset({Promise.ACKNOWLEDGE, Promise.DIAGNOSE, Promise.UPDATE}),
    "rejected": frozenset({Promise.ACKNOWLEDGE, Promise.DIAGNOSE, Promise.UPDATE}),
    "severity": frozenset({Promise.ACKNOWLEDGE, Promise.UPDATE}),
    "fixed": frozenset({Promise.ACKNOWLEDGE, Promise.UPDATE}),
}
"""What each letter to the reporter keeps. The fix itself is met by the fix, not by a mail."""


def met_by(letters: tuple[SentLetter, ...], policy: Policy) -> dict[Promise, datetime]:
    """When each promise was met by the letters that stand: the first for an obligation that is
    met once, the last for regular news."""
    met: dict[Promise, datetime] = {}
    for letter in letters:
        if letter.sent_at is None or letter.bounced:
            continue
        promises = MEETS.get(letter.purpose, frozenset())
        if letter.purpose in _RECEIPTS and not policy.clocks.ack_by_human:
            promises = frozenset({Promise.ACKNOWLEDGE})
        for promise in promises:
            known = met.get(promise)
            if known is None:
                met[promise] = letter.sent_at
            elif promise is Promise.UPDATE:
                met[promise] = max(known, letter.sent_at)
            else:
                met[promise] = min(known, letter.sent_at)
    return met


def on_sent(
    letter: SentLetter, report: Report | None, letters: tuple[SentLetter, ...], policy: Policy
) -> Decision:
    """The next server said 250. `letters` are all of the report, this one included."""
    if report is None:
        return Decision(None, "accepted by the next server")
    met = met_by(letters, policy)
    known = report.clock.acknowledged_at
    if known is not None and Promise.ACKNOWLEDGE in met:
        met[Promise.ACKNOWLEDGE] = min(known, met[Promise.ACKNOWLEDGE])
    stored = {
        Promise.ACKNOWLEDGE: report.clock.acknowledged_at,
        Promise.DIAGNOSE: report.clock.diagnosed_at,
        Promise.UPDATE: report.clock.last_update_at,
    }
    changes: list[Change] = [
        Mark(report.number, promise, at) for promise, at in met.items() if stored[promise] != at
    ]
    if Promise.ACKNOWLEDGE in met and report.state is State.NEW:
        changes.append(Move(report.number, State.ACKNOWLEDGED))
    changes.append(Remember("letter.sent", report.number, "inboxd", {"purpose": letter.purpose}))
    return Decision(
        None, "accepted by the next server", number=report.number, changes=tuple(changes)
    )


def on_dead(letter: SentLetter, report: Report | None, why: str, policy: Policy) -> Decision:
    """A letter will not be tried again: a person is told, by mail and by a task."""
    number = letter.number
    changes: list[Change] = [
        Remember("letter.dead", number, "inboxd", {"purpose": letter.purpose}),
        RaiseTask(
            f"dead:{letter.message_id}",
            number,
            f"A letter ({letter.purpose}) could not be sent: {why}."
            " See `inboxd outbox list`; requeue it when the cause is gone.",
        ),
    ]
    others = [m for m in policy.members if m.address != letter.to and "handler" in m.roles]
    letters = (
        []
        if letter.purpose == "team-dead"
        else to_team(
            "team-dead",
            others,
            policy,
            f"team-dead:{letter.message_id}",
            {"purpose": letter.purpose, "why": why, "to_address": letter.to},
            report=report,
        )
    )
    return Decision(None, why, number=number, changes=tuple(changes), letters=tuple(letters))
