"""What the commands and the words of a member's mail add up to.

Each command changes a copy of the report, so that the next one of the same mail sees it; words go
to the researcher once, never below the protection they came with.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from inboxd.core.case import (
    CancelLetters,
    Change,
    Close,
    KeepNote,
    Mark,
    Move,
    Own,
    Promise,
    RaiseTask,
    Rate,
    Remember,
    Report,
    State,
    Wait,
)
from inboxd.core.commands import Command, Instructions
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.letters import need_key, to_reporter, to_team
from inboxd.core.letter import Letter
from inboxd.core.model import Attachment, Severity
from inboxd.core.policy import Policy
from inboxd.core.sla import deadlines
from inboxd.core.trust import KnownMember
from inboxd.core.wording import instant


@dataclass
class Acts:
    """What the commands of one mail add up to; `report` is as they leave it."""

    report: Report
    policy: Policy
    member: KnownMember
    digest: str  # of the member's mail
    words_stay_because: str = ""  # why its text must not leave the team; "" when it may
    downgrades: bool = False  # sending its words would put in clear what came encrypted
    files: tuple[Attachment, ...] = ()
    changes: list[Change] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    done: list[dict[str, str]] = field(default_factory=list)  # transcript: line, result
    speaks: bool = False  # a command carries the mail's text to the researcher itself
    words_sent: bool = False
    asked_for_key: bool = False

    @property
    def words_may_leave(self) -> bool:
        return not self.words_stay_because


# --- commands --------------------------------------------------------------------------------------


def act(
    acts: Acts,
    command: Command,
    instructions: Instructions,
    reading: Reading,
    member: KnownMember,
    facts: MessageFacts,
    policy: Policy,
) -> None:
    number, now = acts.report.number, facts.received_at
    key = f"{command.verb}:{reading.message.sha256}"
    text = "" if instructions.is_note else instructions.text
    result = "done"
    match command.verb:
        case "ack":
            _own(acts, member, only_if_free=True)
            result = _speak(acts, "ack", key, text)
        case "take":
            _own(acts, member, only_if_free=False)
            result = f"you own report {number}"
        case "severity":
            assert command.severity is not None
            _rate(acts, command.severity)
            result = _speak(acts, "severity", key, text) + _fix_due(acts, policy)
        case "confirm":
            if command.severity is not None:
                _rate(acts, command.severity)
            if acts.report.state.is_closed:
                acts.changes.append(Close(number, None))
            _move(acts, State.TRIAGED)
            result = _speak(acts, "confirmed", key, text) + _fix_due(acts, policy)
        case "reject":
            _move(acts, State.REJECTED)
            acts.changes.append(Close(number, now))
            result = _speak(acts, "rejected", key, text, said=command.argument)
        case "fixed":
            _move(acts, State.RESOLVED)
            acts.changes.append(Mark(number, Promise.FIX, now))
            acts.report = replace(acts.report, clock=replace(acts.report.clock, fixed_at=now))
            result = _speak(acts, "fixed", key, text)
        case "wait":
            if any(hold.until is None for hold in acts.report.clock.holds):
                result = "it was waiting already"
            else:
                acts.changes.append(Wait(number, now, command.argument))
                result = "the diagnosis and fix clocks are held until the researcher writes"
        case "note":
            note = f"{command.argument}\n{instructions.text}".strip()
            acts.changes.append(KeepNote(number, member.address, note))
            result = "kept inside the team"
        case "cancel":
            acts.changes.append(CancelLetters(number, "relay"))
            result = "answers that were still held back will not be sent"
        case _:
            result = "the commands are listed below"
    acts.changes.append(
        Remember("command.executed", number, member.address, {"verb": command.verb})
    )
    acts.done.append({"line": command.line, "result": result})


def _own(acts: Acts, member: KnownMember, *, only_if_free: bool) -> None:
    if acts.report.owner and only_if_free:
        return
    acts.changes.append(Own(acts.report.number, member.address))
    acts.report = replace(acts.report, owner=member.address)


def _rate(acts: Acts, severity: Severity) -> None:
    acts.changes.append(Rate(acts.report.number, severity))
    clock = replace(acts.report.clock, severity=severity)
    acts.report = replace(acts.report, severity=severity, clock=clock)


def _move(acts: Acts, state: State) -> None:
    acts.changes.append(Move(acts.report.number, state))
    acts.report = replace(acts.report, state=state)


def _fix_due(acts: Acts, policy: Policy) -> str:
    zone = policy.clocks.calendar.zone
    due = next(d for d in deadlines(acts.report.clock, policy.clocks) if d.promise is Promise.FIX)
    return f"; fix due {instant(due.due_at, zone, 'en')}"


def _speak(acts: Acts, purpose: str, dedup: str, text: str, *, said: str = "") -> str:
    """A letter to the researcher, or its content-free sibling where it could not be encrypted.

    `said` is what the command itself says to them, `text` the words below the commands.
    """
    acts.speaks = True
    report, policy = acts.report, acts.policy
    if report.sealed and report.fingerprint is None:
        _ask_for_key(acts, f"{said}\n\n{text}".strip())
        return "the researcher's key is not known: they were asked for it, nothing else was sent"
    if acts.words_sent:
        text = ""  # two commands, one text: it is said once
    elif text and not acts.words_may_leave:
        acts.changes.append(KeepNote(report.number, acts.member.address, text))
        acts.done.append({"line": "(text)", "result": acts.words_stay_because})
        text = ""
    if said and acts.downgrades:
        acts.changes.append(KeepNote(report.number, acts.member.address, said))
        said = ""
    files = acts.files if acts.words_may_leave and not acts.words_sent else ()
    acts.words_sent = acts.words_sent or bool(text or files)
    words = f"{said}\n\n{text}".strip()
    acts.letters.append(to_reporter(purpose, report, policy, dedup, words, attachments=files))
    return "the researcher is told"


def _ask_for_key(acts: Acts, text: str) -> None:
    """Once per mail; the words are kept, so that they can be sent when the key has come."""
    report = acts.report
    if not acts.asked_for_key:
        acts.asked_for_key = True
        acts.letters.append(need_key(report, acts.policy, f"need-key:{acts.digest}"))
        acts.changes.append(
            RaiseTask(
                f"need-key:{acts.digest}",
                report.number,
                f"An answer to report {report.number} waits: the researcher's key is not known."
                " Write again when they have sent it; your words are kept as a note.",
            )
        )
        if text:
            acts.changes.append(KeepNote(report.number, acts.member.address, text))


# --- text ------------------------------------------------------------------------------------------


def say(
    acts: Acts,
    instructions: Instructions,
    reading: Reading,
    member: KnownMember,
    facts: MessageFacts,
    policy: Policy,
) -> None:
    """What to do with the words below the commands."""
    text, number = instructions.text, acts.report.number
    if not (text or acts.files) or instructions.is_note or acts.speaks:
        return
    if not acts.words_may_leave:
        acts.changes.append(KeepNote(number, member.address, text))
        acts.done.append({"line": "(text)", "result": acts.words_stay_because})
        return
    key = f"relay:{reading.message.sha256}"
    if acts.report.sealed and acts.report.fingerprint is None:
        _ask_for_key(acts, text)
        result = "kept as a note; the researcher was asked for their key"
        acts.done.append({"line": "(text)", "result": result})
        return
    leaves = facts.now + timedelta(seconds=policy.relay_hold_seconds)
    files = acts.files
    words = text or {"fr": "Voir les fichiers joints."}.get(acts.report.language, "See the files.")
    acts.letters.append(
        to_reporter("relay", acts.report, policy, key, words, not_before=leaves, attachments=files)
    )
    acts.letters += to_team(
        "relay-held",
        dict.fromkeys((*policy.handlers, member)),
        policy,
        f"held:{reading.message.sha256}",
        {
            "who": member.name or member.address,
            "text": words,
            "leaves": instant(leaves, policy.clocks.calendar.zone, "en"),
            "to_address": acts.report.reporter,
            "sealed": acts.report.fingerprint is not None,
            "files": [{"name": a.name, "size": a.size} for a in files],
        },
        report=acts.report,
    )
