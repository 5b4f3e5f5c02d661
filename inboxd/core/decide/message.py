"""One received mail in, one Decision out. Start here: the order of the questions is the policy.

Nothing else in the program decides what happens to a mail. Each branch ends in exactly one
visible outcome (invariant 2).
"""

from __future__ import annotations

from dataclasses import replace

from inboxd.core.case import (
    Change,
    Decision,
    FileMessage,
    LearnKey,
    Outcome,
    RaiseTask,
    Remember,
    Role,
)
from inboxd.core.decide.bounce import on_bounce
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.followup import on_follow_up
from inboxd.core.decide.letters import answer, enclosed, member_facts, to_team
from inboxd.core.decide.member import on_member, on_unproven_member
from inboxd.core.decide.report import open_report
from inboxd.core.letter import Auto, Letter
from inboxd.core.model import Kind
from inboxd.core.policy import Policy
from inboxd.core.routing import REPORTER, internal_party, relay_party
from inboxd.core.trust import KnownMember


def decide_message(reading: Reading, facts: MessageFacts, policy: Policy) -> Decision:
    """What to do about one mail. Pure: same arguments, same decision."""
    decision = _decide(reading, facts, policy)
    decision = _within_budget(decision, reading, facts, policy)
    changes: list[Change] = list(decision.changes)
    if facts.same_id_other_bytes:
        changes.append(
            Remember("message.same-id-other-bytes", decision.number, "inboxd")
        )  # invariant 2: kept as a new mail, with a warning
    worth_learning = not (reading.verdict.kind.is_machine or reading.verdict.kind is Kind.SPAM)
    if reading.offered_key and reading.message.sender and worth_learning:
        source = reading.message.keys[0].source if reading.message.keys else "signature"
        changes.append(LearnKey(reading.offered_key, reading.message.sender.spec, source))
    return replace(decision, changes=tuple(changes), kind=decision.kind or reading.verdict.kind)


def _decide(reading: Reading, facts: MessageFacts, policy: Policy) -> Decision:
    kind, route = reading.verdict.kind, facts.route
    if kind is Kind.BOUNCE:
        return on_bounce(reading, facts, policy)
    if kind.is_machine:
        return _machine(reading, facts)
    member = reading.voice.member
    if member is not None and (reading.voice.strong or _is_own_address(member, facts)):
        return on_member(reading, member, facts, policy)
    if member is not None and route.number is not None:
        return on_unproven_member(reading, facts, policy)
    if route.party is not None and route.party != REPORTER:
        return on_unproven_member(reading, facts, policy)
    if route.number is not None and facts.report is not None:
        return on_follow_up(reading, facts.report, facts, policy)
    if route.possible is not None and facts.report is not None:
        return _possible_follow_up(reading, facts, policy)
    match kind:
        case Kind.REPORT | Kind.FOLLOW_UP:
            return open_report(reading, facts, policy)
        case Kind.KEY_REQUEST:
            letters = (answer("key", reading, facts, policy),)
            return Decision(Outcome.ANSWERED, "it asks for our key", letters=letters)
        case Kind.PGP_TEST:
            return _pgp_test(reading, facts, policy)
        case _:
            return _set_aside(reading, facts, policy, f"a person should read it ({kind.value})")


def _is_own_address(member: KnownMember, facts: MessageFacts) -> bool:
    """Without a signature, only the member's own reply address carries their voice."""
    own = (relay_party(member.address), internal_party(member.address))
    return facts.route.number is None or facts.route.party in own


def _set_aside(reading: Reading, facts: MessageFacts, policy: Policy, reason: str) -> Decision:
    """Give a mail to the team; no case, no clock, but a task that stays open until done."""
    message = reading.message
    spam = reading.verdict.kind is Kind.SPAM
    letters: list[Letter] = []
    if not spam:  # listed for people, but not worth a mail to everybody
        letters = to_team(
            "team-aside",
            policy.handlers,
            policy,
            f"aside:{message.sha256}",
            member_facts(reading, policy, facts.received_at) | {"reason": reason},
            enclosed=enclosed(message),
        )
    task = RaiseTask(
        f"aside:{message.sha256}", None, f"A mail was set aside: {reading.verdict.kind.value}."
    )
    return Decision(Outcome.SET_ASIDE, reason, changes=(task,), letters=tuple(letters))


def _machine(reading: Reading, facts: MessageFacts) -> Decision:
    number = facts.route.number
    changes: tuple[Change, ...] = ()
    if number is not None:
        changes = (FileMessage(number, Role.MACHINE),)
    reason = f"machine mail, never answered: {reading.verdict.evidence[0]}"
    return Decision(Outcome.MACHINE, reason, number=number, changes=changes)


def _pgp_test(reading: Reading, facts: MessageFacts, policy: Policy) -> Decision:
    """Encryption rehearsal: say what arrived; no case is opened."""
    crypto = reading.message.crypto
    letter = answer(
        "pgp-test",
        reading,
        facts,
        policy,
        encrypted=crypto.encrypted,
        decrypted=crypto.decrypted,
        scheme=crypto.scheme.value,
        subject_hidden=reading.message.protected_subject is not None,
        signatures=[s.status.value for s in crypto.signatures],
        answer_encrypted=facts.answer_key(reading) is not None,
    )
    return Decision(Outcome.ANSWERED, "an encryption rehearsal", letters=(letter,))


def _possible_follow_up(reading: Reading, facts: MessageFacts, policy: Policy) -> Decision:
    """It points at a report without proof: only a human may file it there (invariant 5)."""
    report = facts.report
    assert report is not None
    message = reading.message
    letters = to_team(
        "team-possible",
        policy.handlers,
        policy,
        f"possible:{message.sha256}",
        member_facts(reading, policy, facts.received_at),
        report=report,
        enclosed=enclosed(message),
    )
    task = RaiseTask(
        f"possible:{message.sha256}",
        report.number,
        f"A mail may belong to report {report.number}; nothing proves it. Read the notice.",
    )
    reason = f"possible follow-up of report {report.number}: {facts.route.how}"
    return Decision(Outcome.SET_ASIDE, reason, changes=(task,), letters=tuple(letters))


def _within_budget(
    decision: Decision, reading: Reading, facts: MessageFacts, policy: Policy
) -> Decision:
    """Withhold automatic answers to programs and over budget; a withheld one becomes a task."""
    because = reading.verdict.no_reply_because or _over_budget(facts, policy)
    if because is None:
        return decision
    withheld = [letter for letter in decision.letters if letter.auto is Auto.REPLIED]
    if not withheld:
        return decision
    return _withhold(decision, withheld, because)


def _withhold(decision: Decision, withheld: list[Letter], because: str) -> Decision:
    """Take letters out of a decision and hand the promise they would have kept to a person, whose
    notice of the mail says so."""
    others = (letter for letter in decision.letters if letter not in withheld)
    kept = tuple(
        replace(one, facts={**one.facts, "unanswered": because})
        if "unanswered" in one.facts
        else one
        for one in others
    )
    tasks: list[Change] = [
        RaiseTask(
            f"withheld:{letter.dedup}",
            letter.number,
            f"An automatic answer ({letter.purpose}) was not sent: {because}. Answer by hand.",
        )
        for letter in withheld
    ]
    return replace(decision, letters=kept, changes=(*decision.changes, *tasks))


def _over_budget(facts: MessageFacts, policy: Policy) -> str | None:
    if facts.auto_sent_to_sender >= policy.budgets.per_address_day:
        return "this address already got its automatic answers of the day"
    if facts.auto_sent_overall >= policy.budgets.global_hour:
        return "the automatic answers of this hour are used up"
    return None
