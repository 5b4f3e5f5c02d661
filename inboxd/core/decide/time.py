"""A tick: time has passed. Which rungs of the ladder are due, who is told, in one letter each.

Whatever was missed while the daemon was down is simply due now: nothing is skipped and nothing
is told twice (invariant 8). A researcher never gets any of these letters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from inboxd.core.case import Change, Decision, Escalated, Promise, Remember, Report, TasksTold
from inboxd.core.decide.letters import to_team
from inboxd.core.letter import Letter
from inboxd.core.model import ReportNumber, Severity
from inboxd.core.policy import Policy
from inboxd.core.sla import Audience, Deadline, Step, deadlines, is_climbed, ladder, next_slot
from inboxd.core.trust import KnownMember
from inboxd.core.wording import instant, time_left


@dataclass(frozen=True, slots=True)
class Watched:
    """A report with the rungs that were climbed, per run of each clock."""

    report: Report
    fired: Mapping[tuple[Promise, datetime], Mapping[str, datetime]]


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Something only a person can do, that people may not have been told yet."""

    dedup: str
    number: ReportNumber | None
    text: str
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class _Item:
    report: Report
    deadline: Deadline
    step: Step


def decide_tick(
    watched: tuple[Watched, ...],
    tasks: tuple[OpenTask, ...],
    told_today: Mapping[str, int],
    policy: Policy,
    now: datetime,
) -> Decision:
    """Everything that is due at `now`. `told_today`: escalation letters per address today."""
    items = [item for one in watched for item in _due(one, policy, now)]
    changes: list[Change] = []
    for item in items:
        number, step = item.report.number, item.step
        changes.append(Escalated(number, step.promise, step.started_at, step.level))
        data = {"promise": step.promise.value, "level": step.level}
        breached = step.level == "100"
        kind = "deadline.breached" if breached else "deadline.escalated"
        changes.append(Remember(kind, number, "inboxd", data))
    letters = [
        _letter(member, theirs, told_today.get(member.address, 0), policy, now)
        for member, theirs in _by_person(items, policy).items()
    ]
    task_letters, told = _tasks(tasks, policy, now)
    changes += told
    return Decision(
        None,
        f"{len(items)} rungs due",
        changes=tuple(changes),
        letters=(*letters, *task_letters),
    )


def _due(watched: Watched, policy: Policy, now: datetime) -> list[_Item]:
    report = watched.report
    critical = report.severity is Severity.CRITICAL
    found = []
    for deadline in deadlines(report.clock, policy.clocks):
        fired = watched.fired.get((deadline.promise, deadline.started_at), {})
        found += [
            _Item(report, deadline, step)
            for step in ladder(deadline, policy.clocks, now, critical=critical)
            if not is_climbed(step, fired)
        ]
    return found


def _by_person(items: list[_Item], policy: Policy) -> dict[KnownMember, list[_Item]]:
    """Who hears of what. A rung whose audience is nobody goes to the next people there are."""
    people: dict[KnownMember, list[_Item]] = {}
    for item in items:
        for member in _audience(item, policy):
            people.setdefault(member, []).append(item)
    return people


def _audience(item: _Item, policy: Policy) -> list[KnownMember]:
    found: list[KnownMember] = []
    for audience in sorted(item.step.audience):
        named = list(policy.with_role(audience.value))
        if audience is Audience.LEAD and item.report.owner:
            owner = policy.member(item.report.owner)
            named += [owner] if owner else []
        found += named or list(policy.with_role("lead")) or list(policy.handlers)
    return list(dict.fromkeys(found))


def _letter(
    member: KnownMember, items: list[_Item], already: int, policy: Policy, now: datetime
) -> Letter:
    latest: dict[tuple[int, Promise], _Item] = {}
    for item in items:  # several rungs missed while down are one line, the highest
        latest[(item.report.number, item.step.promise)] = item
    lines = sorted(latest.values(), key=lambda item: item.deadline.due_at)
    climbed = "|".join(
        f"{i.report.number}:{i.step.promise}:{i.step.due_at.isoformat()}:{i.step.level}"
        for i in items
    )
    digest = hashlib.sha256(climbed.encode()).hexdigest()[:24]
    has_key = member.fingerprint is not None
    (letter,) = to_team(
        "escalation",
        [member],
        policy,
        f"escalation:{digest}",
        {"items": [_line(item, policy, now, title=has_key) for item in lines]},
        report=lines[0].report if len(latest) == 1 else None,
        content_free=True,
    )
    critical = any(item.report.severity is Severity.CRITICAL for item in items)
    if already >= policy.clocks.daily_cap and not critical:
        return replace(letter, not_before=_tomorrow(policy, now))
    return letter


def _tomorrow(policy: Policy, now: datetime) -> datetime:
    calendar = policy.clocks.calendar
    day = calendar.add_days(now, 1).astimezone(calendar.zone).date()
    return next_slot(calendar.at(day, time(0)), policy.clocks)


def _line(item: _Item, policy: Policy, now: datetime, *, title: bool) -> dict[str, Any]:
    report, deadline = item.report, item.deadline
    owner = policy.member(report.owner) if report.owner else None
    return {
        "number": int(report.number),
        "title": report.title if title else "",
        "promise": deadline.promise.value,
        "rule": deadline.rule,
        "due": instant(deadline.due_at, policy.clocks.calendar.zone, "en"),
        "left": time_left(deadline.due_at, now),
        "level": item.step.level,
        "broken": now >= deadline.due_at,
        "owner": (owner.name or owner.address) if owner else "",
        "severity": report.severity.value if report.severity else "not rated",
        "state": report.state.value,
        "sealed": report.sealed and report.fingerprint is None,
    }


def _tasks(
    tasks: tuple[OpenTask, ...], policy: Policy, now: datetime
) -> tuple[list[Letter], list[Change]]:
    """One content-free letter per handler about tasks raised since the last slot."""
    due = [task for task in tasks if next_slot(task.raised_at, policy.clocks) <= now]
    if not due:
        return [], []
    dedups = tuple(task.dedup for task in due)
    digest = hashlib.sha256("|".join(dedups).encode()).hexdigest()[:24]
    letters = to_team(
        "team-tasks",
        policy.handlers,
        policy,
        f"tasks:{digest}",
        {"tasks": [{"number": int(t.number or 0), "text": t.text} for t in due]},
        content_free=True,
    )
    return letters, [TasksTold(dedups)]
