"""What a tick of the clock makes: who is told of what, in one letter each. Invariant 8."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inboxd.core.case import (
    Decision,
    Escalated,
    Hold,
    Promise,
    Remember,
    Report,
    State,
    TasksTold,
)
from inboxd.core.decide.time import OpenTask, Watched, decide_tick
from inboxd.core.letter import Letter, Protection
from inboxd.core.model import ReportNumber, Severity
from inboxd.core.policy import Policy
from inboxd.core.trust import KnownMember
from tests.core.builders import (
    BOSS,
    DAY,
    HOUR,
    MONA,
    MONA_KEY,
    OMAR,
    RECEIVED,
    RITA,
    RITA_KEY,
    SECRET_WORDS,
    SEVEN,
    changes,
    clock,
    policy,
    report,
    sent_to,
    utc,
)

TEAM = policy(members=(MONA, OMAR, BOSS))
HALF = utc("2026-11-24 13:00")  # the slot after 50 % of the acknowledgement of report 7
THREE_QUARTERS = utc("2026-11-25 08:30")
BREACH = utc("2026-11-25 13:00")
ACK = (Promise.ACKNOWLEDGE, RECEIVED)


def watch(case: Report | None = None, *levels: str) -> Watched:
    return Watched(case or report(), {ACK: dict.fromkeys(levels, BREACH)} if levels else {})


def tick(
    now: datetime,
    *watched: Watched,
    rules: Policy = TEAM,
    tasks: tuple[OpenTask, ...] = (),
    told: dict[str, int] | None = None,
) -> Decision:
    return decide_tick(watched, tasks, told or {}, rules, now)


def receivers(decision: Decision) -> list[str]:
    return sorted(letter.to for letter in decision.letters)


def lines(letter: Letter) -> list[dict[str, object]]:
    items = letter.facts["items"]
    assert isinstance(items, list)
    return items


# --- who is told -----------------------------------------------------------------------------------


def test_before_the_first_slot_nobody_is_told():
    decision = tick(utc("2026-11-24 12:59"), watch())
    assert (decision.outcome, decision.changes, decision.letters) == (None, (), ())


def test_handlers_are_told_at_half_time():
    decision = tick(HALF, watch())
    assert (receivers(decision), changes(decision, Escalated)) == (
        [MONA.address, OMAR.address],
        [Escalated(SEVEN, Promise.ACKNOWLEDGE, RECEIVED, "50")],
    )


def test_the_lead_is_told_at_three_quarters():
    assert receivers(tick(THREE_QUARTERS, watch(None, "50"))) == [MONA.address]


def test_the_owner_is_told_at_three_quarters_too():
    owned = report(owner=OMAR.address)
    assert receivers(tick(THREE_QUARTERS, watch(owned, "50"))) == [MONA.address, OMAR.address]


def test_management_is_told_of_the_breach():
    decision = tick(BREACH, watch(None, "50", "75"))
    assert (receivers(decision), [c.kind for c in changes(decision, Remember)]) == (
        [BOSS.address, MONA.address],
        ["deadline.breached"],
    )


def test_a_breach_is_told_again_every_day():
    decision = tick(BREACH + DAY, watch(None, "50", "75", "100"))
    assert ([c.level for c in changes(decision, Escalated)], receivers(decision)) == (
        ["100+1d"],
        [BOSS.address, MONA.address],
    )


def test_a_rung_that_was_climbed_is_not_told_again():
    assert tick(BREACH, watch(None, "50", "75", "100")).letters == ()


def test_several_rungs_that_were_missed_are_one_line_with_the_highest():
    (letter,) = sent_to(tick(BREACH, watch()), MONA.address)
    assert [(line["promise"], line["level"]) for line in lines(letter)] == [("acknowledge", "100")]


def test_everything_that_was_missed_is_recorded():
    levels = [c.level for c in changes(tick(BREACH, watch()), Escalated)]
    assert levels == ["50", "75", "100"]


def test_each_person_gets_one_digest_of_all_reports():
    other = report(number=ReportNumber(8))
    decision = tick(HALF, watch(), watch(other))
    assert [(x.to, [line["number"] for line in lines(x)]) for x in decision.letters] == [
        (MONA.address, [7, 8]),
        (OMAR.address, [7, 8]),
    ]


def test_the_most_urgent_line_of_a_digest_comes_first():
    older = report(
        number=ReportNumber(8),
        clock=clock(received_at=RECEIVED - HOUR, readable_at=RECEIVED),
    )
    (letter,) = sent_to(tick(HALF, watch(), watch(older)), OMAR.address)
    assert [line["number"] for line in lines(letter)] == [8, 7]


def test_without_management_the_lead_hears_of_the_breach():
    assert receivers(tick(BREACH, watch(None, "50", "75"), rules=policy())) == [MONA.address]


def test_without_management_and_lead_the_handlers_hear_of_the_breach():
    rules = policy(members=(OMAR,))
    assert receivers(tick(BREACH, watch(None, "50", "75"), rules=rules)) == [OMAR.address]


def test_without_handlers_the_lead_hears_of_half_time():
    lead = replace(MONA, roles=frozenset({"lead"}))
    assert receivers(tick(HALF, watch(), rules=policy(members=(lead, BOSS)))) == [MONA.address]


def test_a_rung_is_never_recorded_as_told_when_nobody_was():
    decision = tick(HALF, watch(), rules=policy(members=(BOSS,)))
    assert receivers(decision) == [BOSS.address]


def test_an_owner_who_left_the_team_leaves_the_lead():
    gone = report(owner="gone@example.org")
    assert receivers(tick(THREE_QUARTERS, watch(gone, "50"))) == [MONA.address]


def test_a_critical_report_is_told_outside_office_hours():
    case = report(
        severity=Severity.CRITICAL,
        clock=clock(
            received_at=utc("2026-11-20 17:00"), readable_at=None, severity=Severity.CRITICAL
        ),
    )
    saturday = utc("2026-11-21 17:00")
    levels = [(c.promise, c.level) for c in changes(tick(saturday, watch(case)), Escalated)]
    assert levels == [(Promise.ACKNOWLEDGE, "50")]


def test_a_report_that_waits_is_not_escalated_for_diagnosis_or_fix():
    facts = clock(acknowledged_at=RECEIVED, holds=(Hold(RECEIVED, None, "for a log"),))
    decision = tick(RECEIVED + 120 * DAY, watch(report(clock=facts)))
    assert {c.promise for c in changes(decision, Escalated)} == {Promise.UPDATE, Promise.DISCLOSE}


def test_a_closed_report_is_not_escalated():
    closed = report(state=State.REJECTED, clock=clock(closed_at=RECEIVED))
    assert tick(RECEIVED + 120 * DAY, watch(closed)).changes == ()


# --- what it says ------------------------------------------------------------------------------------


def test_a_member_with_a_key_reads_the_title_encrypted():
    (letter,) = sent_to(tick(HALF, watch(report(title=SECRET_WORDS))), MONA.address)
    assert (letter.protection, letter.fingerprint, lines(letter)[0]["title"]) == (
        Protection.ENCRYPTED,
        MONA_KEY,
        SECRET_WORDS,
    )


def test_a_member_without_a_key_reads_no_word_of_the_report():
    case = report(title=SECRET_WORDS, sealed=True, fingerprint=RITA_KEY)
    (letter,) = sent_to(tick(HALF, watch(case)), OMAR.address)
    assert (letter.purpose, letter.subject, SECRET_WORDS in f"{letter.facts}") == (
        "escalation",
        None,
        False,
    )


def test_a_digest_says_when_it_is_due_and_what_is_left():
    (letter,) = sent_to(tick(HALF, watch()), OMAR.address)
    (line,) = lines(letter)
    assert (line["due"], line["left"], line["broken"]) == (
        "Wednesday 25 November 2026, 10:00 CET (UTC+01:00)",
        "20 hours left",
        False,
    )


def test_a_digest_says_that_a_promise_is_broken():
    (letter,) = sent_to(tick(BREACH, watch(None, "50", "75")), BOSS.address)
    (line,) = lines(letter)
    assert (line["left"], line["broken"]) == ("4 hours late", True)


# --- the daily cap -----------------------------------------------------------------------------------


def test_over_the_daily_cap_a_digest_waits_for_the_first_slot_of_the_next_day():
    decision = tick(HALF, watch(), told={MONA.address: 6})
    assert [x.not_before for x in decision.letters] == [utc("2026-11-25 08:30"), None]


def test_over_the_cap_on_a_friday_a_digest_waits_for_monday():
    friday = report(clock=clock(received_at=utc("2026-11-26 10:00"), readable_at=None))
    decision = tick(utc("2026-11-27 13:00"), watch(friday), told={OMAR.address: 7})
    assert sent_to(decision, OMAR.address)[0].not_before == utc("2026-11-30 08:30")


def test_below_the_cap_a_digest_leaves_at_once():
    decision = tick(HALF, watch(), told={MONA.address: 5, OMAR.address: 5})
    assert [x.not_before for x in decision.letters] == [None, None]


def test_the_cap_does_not_hold_back_a_critical_report():
    case = report(severity=Severity.CRITICAL, clock=clock(severity=Severity.CRITICAL))
    decision = tick(HALF, watch(case), told={MONA.address: 99, OMAR.address: 99})
    assert [x.not_before for x in decision.letters] == [None, None]


def test_over_the_cap_the_rung_counts_as_climbed():
    decision = tick(HALF, watch(), told={MONA.address: 6, OMAR.address: 6})
    assert len(changes(decision, Escalated)) == 1


# --- tasks -------------------------------------------------------------------------------------------

TASK = OpenTask("no-key:7", SEVEN, "Report 7 came encrypted.", utc("2026-11-23 14:00"))


def test_a_task_is_told_to_every_handler_at_the_next_slot():
    decision = tick(utc("2026-11-23 16:00"), tasks=(TASK,))
    assert (receivers(decision), changes(decision, TasksTold)) == (
        [MONA.address, OMAR.address],
        [TasksTold(("no-key:7",))],
    )


def test_a_task_waits_for_its_slot():
    decision = tick(utc("2026-11-23 15:59"), tasks=(TASK,))
    assert (decision.letters, decision.changes) == ((), ())


def test_tasks_of_one_slot_are_one_letter_each():
    second = replace(TASK, dedup="aside:x", number=None)
    decision = tick(utc("2026-11-23 16:00"), tasks=(TASK, second))
    assert [x.purpose for x in decision.letters] == ["team-tasks", "team-tasks"]


def test_a_task_is_never_recorded_as_told_when_nobody_was():
    lead = replace(MONA, roles=frozenset({"lead"}))
    decision = tick(utc("2026-11-23 16:00"), tasks=(TASK,), rules=policy(members=(lead,)))
    assert bool(decision.letters) == bool(changes(decision, TasksTold))


# --- properties --------------------------------------------------------------------------------------

ROLES = st.sets(st.sampled_from(["handler", "lead", "management"]), min_size=1)


@st.composite
def teams(draw: st.DrawFn) -> tuple[KnownMember, ...]:
    people = [OMAR]
    for name in draw(st.sets(st.sampled_from(["ana", "ben", "cem"]))):
        key = draw(st.sampled_from([None, MONA_KEY]))
        roles = frozenset(draw(ROLES))
        people.append(KnownMember(f"{name}@example.org", name, key, roles))
    return tuple(people)


@settings(max_examples=40, deadline=None)
@given(teams(), st.integers(0, 120 * 24), st.sampled_from([None, *Severity]), st.booleans())
def test_the_clock_writes_to_members_only_and_to_each_once(
    members: tuple[KnownMember, ...], hours: int, severity: Severity | None, with_task: bool
):
    case = report(severity=severity, clock=clock(severity=severity), title=SECRET_WORDS)
    rules = policy(members=members)
    now = RECEIVED + hours * HOUR
    decision = tick(now, watch(case), rules=rules, tasks=(TASK,) if with_task else ())
    letters = [(x.purpose, x.to) for x in decision.letters]
    strangers = {x.to for x in decision.letters} - {m.address for m in members}
    assert (strangers, len(letters)) == (set(), len(set(letters)))


@settings(max_examples=40, deadline=None)
@given(teams(), st.integers(0, 120 * 24))
def test_every_rung_is_told_to_somebody(members: tuple[KnownMember, ...], hours: int):
    decision = tick(RECEIVED + hours * HOUR, watch(), rules=policy(members=members))
    climbed = {c.promise.value for c in changes(decision, Escalated)}
    told = {line["promise"] for letter in decision.letters for line in lines(letter)}
    assert told == climbed


@settings(max_examples=40, deadline=None)
@given(teams(), st.integers(0, 120 * 24))
def test_nothing_of_a_report_is_mailed_in_clear_by_the_clock(
    members: tuple[KnownMember, ...], hours: int
):
    case = report(title=SECRET_WORDS, sealed=True)
    decision = tick(RECEIVED + hours * HOUR, watch(case), rules=policy(members=members))
    assert [x.to for x in decision.letters if not x.fingerprint and SECRET_WORDS in f"{x}"] == []


@pytest.mark.parametrize("hours", [28, 48, 72, 24 * 60, 24 * 119])
def test_the_researcher_never_gets_internal_mail(hours: int):
    decision = tick(RECEIVED + hours * HOUR, watch(), tasks=(TASK,))
    assert (RITA.spec in receivers(decision), bool(decision.letters)) == (False, True)
