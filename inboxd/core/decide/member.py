"""A member of the team writes: commands are executed, text goes where a person expects.

A reply to a report or to a researcher's message answers the researcher, held back for a while so
that one mail can cancel it. Everything else stays inside. Only proven members act (invariant 6).
"""

from __future__ import annotations

from dataclasses import replace

from inboxd.core.case import (
    Change,
    Decision,
    FileMessage,
    Outcome,
    RaiseTask,
    Remember,
    Report,
    Role,
    Spend,
)
from inboxd.core.commands import VERBS, Instructions, parse_commands
from inboxd.core.decide.acts import Acts, act, say
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.letters import to_team
from inboxd.core.letter import Letter
from inboxd.core.policy import Policy
from inboxd.core.trust import KnownMember


def on_member(
    reading: Reading, member: KnownMember, facts: MessageFacts, policy: Policy
) -> Decision:
    """Execute and relay, or refuse everything with a transcript that says why."""
    instructions = parse_commands(reading.message.new_text)
    report = facts.report
    if report is None or facts.route.number is None:
        asked_help = any(c.verb == "help" for c in instructions.commands)
        why = (
            "" if asked_help else "this mail is tied to no report: reply to a notice of the report"
        )
        return _refuse(reading, member, facts, policy, instructions, why)
    if reading.message.crypto.unreadable:
        why = f"your mail could not be opened: {reading.message.crypto.reason}"
        return _refuse(reading, member, facts, policy, instructions, why)
    if instructions.refusals:
        return _refuse(reading, member, facts, policy, instructions, "")
    if facts.instruction_spent:
        why = "these signed instructions were used before; a replay does nothing"
        return _refuse(reading, member, facts, policy, instructions, why)
    downgrades = _downgrades(reading, report)
    acts = Acts(
        report,
        policy,
        member,
        reading.message.sha256,
        _stays(facts, downgrades=downgrades),
        downgrades,
        tuple(
            a for a in reading.message.attachments if not a.media_type.startswith("application/pgp")
        ),
    )
    for command in instructions.commands:
        act(acts, command, instructions, reading, member, facts, policy)
    say(acts, instructions, reading, member, facts, policy)
    if acts.done:
        acts.letters += _transcript(reading, member, facts, policy, acts.done, report)
        acts.letters += to_team(
            "team-did",
            [m for m in policy.handlers if m != member],
            policy,
            f"team-did:{reading.message.sha256}",
            {"who": member.name or member.address, "lines": acts.done},
            report=acts.report,
        )
    changes: list[Change] = [
        FileMessage(report.number, Role.MEMBER),
        Spend(reading.instruction),
        *acts.changes,
    ]
    did = ", ".join(f"/{c.verb}" for c in instructions.commands) or "a reply"
    reason = f"a member {'signed' if reading.voice.strong else 'was authenticated'}: {did}"
    return Decision(
        Outcome.FILED,
        reason,
        number=report.number,
        changes=tuple(changes),
        letters=tuple(acts.letters),
    )


def on_unproven_member(reading: Reading, facts: MessageFacts, policy: Policy) -> Decision:
    """It came to a member's reply address, but nothing proves that the member wrote it."""
    party = (facts.route.party or "").partition(":")[2]
    member = policy.member(party)
    task = RaiseTask(
        f"unproven:{reading.message.sha256}",
        facts.route.number,
        "A mail to a member's reply address had no valid signature; nothing was done.",
    )
    letters: list[Letter] = []
    if member is not None:
        crypto = reading.message.crypto
        how = ", ".join(s.status.value for s in crypto.signatures) or "no signature"
        letters = to_team(
            "member-unproven",
            [member],
            policy,
            f"unproven:{reading.message.sha256}",
            {"signature": how, "unreadable": crypto.unreadable},
            report=facts.report,
            content_free=True,
        )
    return Decision(
        Outcome.SET_ASIDE,
        "it came to a member's reply address without proof of the member",
        number=facts.route.number,
        changes=(task,),
        letters=tuple(letters),
    )


def _refuse(
    reading: Reading,
    member: KnownMember,
    facts: MessageFacts,
    policy: Policy,
    instructions: Instructions,
    why: str,
) -> Decision:
    """Nothing of the mail is executed, and the member is told about each line."""
    refused = {r.line: r.why for r in instructions.refusals}
    lines = [{"line": c.line, "result": "not executed"} for c in instructions.commands]
    lines += [{"line": line, "result": why_line} for line, why_line in refused.items()]
    letters = _transcript(reading, member, facts, policy, lines, facts.report, refused=why or "x")
    changes: list[Change] = [Remember("command.refused", facts.route.number, member.address)]
    outcome = Outcome.ANSWERED
    if facts.route.number is not None:
        changes.append(FileMessage(facts.route.number, Role.MEMBER))
        outcome = Outcome.FILED
    return Decision(
        outcome,
        why or "a line was not understood, so nothing was executed",
        number=facts.route.number,
        changes=tuple(changes),
        letters=tuple(letters),
    )


def _transcript(
    reading: Reading,
    member: KnownMember,
    facts: MessageFacts,
    policy: Policy,
    lines: list[dict[str, str]],
    report: Report | None,
    *,
    refused: str = "",
) -> list[Letter]:
    letters = to_team(
        "command-result",
        [member],
        policy,
        f"result:{reading.message.sha256}",
        {
            "lines": lines,
            "refused": bool(refused),
            "why": refused if refused != "x" else "",
            "commands": [{"verb": verb, "meaning": text} for verb, text in VERBS.items()],
        },
        report=report,
        content_free=not reading.message.crypto.encrypted,  # their own words, as they came
    )
    return [replace(letter, in_reply_to=reading.message.message_id or None) for letter in letters]


def _downgrades(reading: Reading, report: Report) -> bool:
    """Whether the words of a mail would travel below the protection they came with. Sending in
    clear what came encrypted needs the member's signature (design section 6)."""
    in_clear = report.fingerprint is None and not report.sealed
    return in_clear and reading.message.crypto.encrypted and not reading.voice.strong


def _stays(facts: MessageFacts, *, downgrades: bool) -> str:
    """Why the words of a mail stay inside the team, or "" when they may go to the researcher."""
    if facts.route.is_internal:
        return "kept inside the team as a note: replies to this address never leave"
    if downgrades:
        return (
            "kept as a note, not sent: it came encrypted, the report is in clear, you did not sign"
        )
    return ""
