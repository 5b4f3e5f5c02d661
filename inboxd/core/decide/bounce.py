"""A delivery failure notice: the letter it speaks of did not arrive, so its clock runs again."""

from __future__ import annotations

import re

from inboxd.core.case import (
    Change,
    Decision,
    FileMessage,
    LetterBounced,
    Mark,
    Outcome,
    RaiseTask,
    Remember,
    Role,
)
from inboxd.core.decide.delivery import met_by
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.letters import to_team
from inboxd.core.policy import Policy


def on_bounce(reading: Reading, facts: MessageFacts, policy: Policy) -> Decision:
    """Re-open what only the bounced letter had met (invariant 9). Delays change nothing."""
    letter = facts.route.bounced
    if letter is None:
        return Decision(Outcome.MACHINE, "a delivery failure notice about no letter of ours")
    if is_delay(reading):
        return Decision(Outcome.MACHINE, "a delay notice; the other server keeps trying")
    report = facts.report
    number = letter.number
    changes: list[Change] = [
        LetterBounced(letter.message_id),
        Remember("letter.bounced", number, "machine", {"message-id": letter.message_id}),
        RaiseTask(
            f"bounced:{letter.message_id}",
            number,
            f"A letter ({letter.purpose}) could not be delivered. Find another way to reach"
            " the recipient.",
        ),
    ]
    if number is None or report is None:
        return Decision(Outcome.MACHINE, "a letter of ours bounced", changes=tuple(changes))
    changes.append(FileMessage(number, Role.MACHINE))
    standing = [other for other in facts.letters if other.message_id != letter.message_id]
    before, after = met_by(facts.letters, policy), met_by(tuple(standing), policy)
    changes += [
        Mark(number, promise, after.get(promise))
        for promise, at in before.items()
        if after.get(promise) != at
    ]
    others = [m for m in policy.handlers if m.address != letter.to]
    letters = to_team(
        "team-bounce",
        () if letter.purpose == "team-bounce" else others,  # no notice about a lost notice
        policy,
        f"team-bounce:{letter.message_id}",
        {"purpose": letter.purpose, "to_address": letter.to},
        report=report,
    )
    return Decision(
        Outcome.MACHINE,
        "a letter of ours bounced; its clock runs again",
        number=number,
        changes=tuple(changes),
        letters=tuple(letters),
    )


_DELAY = re.compile(
    r"^(?:delayed mail|warning: |delivery (?:status notification )?\(?delay|message delayed)|\(delay\)$",
    re.IGNORECASE,
)
"""Subjects of delay notices from before RFC 3464; our own subject may be quoted behind them."""


def is_delay(reading: Reading) -> bool:
    """RFC 3464 2.3.3: only Action "failed" is final; "delayed" and "relayed" are news."""
    for media_type, text in reading.message.report_parts:
        if media_type in ("message/delivery-status", "message/global-delivery-status"):
            actions = re.findall(r"(?im)^action:\s*([a-z]+)", text)
            if actions:
                return "failed" not in [a.lower() for a in actions]
    return bool(_DELAY.search(reading.message.subject))
