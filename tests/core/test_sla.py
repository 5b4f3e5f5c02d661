"""The clocks: every expected instant here was computed by hand with a calendar of the year.

Paris is UTC+1 in winter and UTC+2 in summer. Invariant 8.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inboxd.core.case import ClockFacts, Escalated, Hold, Promise
from inboxd.core.decide.time import Watched, decide_tick
from inboxd.core.model import Severity
from inboxd.core.sla import (
    Audience,
    Calendar,
    Clocks,
    Deadline,
    DeadlineState,
    Step,
    deadlines,
    ladder,
    next_release,
    next_slot,
)
from tests.core.builders import (
    CLOCKS,
    DAY,
    HOUR,
    PARIS,
    RECEIVED,
    SEVEN,
    changes,
    clock,
    french_calendar,
    policy,
    report,
    utc,
)

CALENDAR = french_calendar()


def find(facts: ClockFacts, promise: Promise, clocks: Clocks = CLOCKS) -> Deadline:
    return next(d for d in deadlines(facts, clocks) if d.promise is promise)


def due(facts: ClockFacts, promise: Promise) -> datetime:
    return find(facts, promise).due_at


def received(text: str, **more: object) -> ClockFacts:
    return clock(received_at=utc(text), readable_at=utc(text), **more)


# --- acknowledgement ---------------------------------------------------------------------------


def test_a_report_of_friday_18_00_is_acknowledged_by_sunday_18_00():
    assert due(received("2026-11-20 17:00"), Promise.ACKNOWLEDGE) == utc("2026-11-22 17:00")


def test_48_hours_are_48_hours_when_the_clocks_go_back():
    assert due(received("2026-10-24 10:00"), Promise.ACKNOWLEDGE) == utc("2026-10-26 10:00")


def test_48_hours_are_48_hours_when_the_clocks_go_forward():
    assert due(received("2027-03-27 10:00"), Promise.ACKNOWLEDGE) == utc("2027-03-29 10:00")


def test_48_hours_run_through_christmas():
    assert due(received("2026-12-24 14:00"), Promise.ACKNOWLEDGE) == utc("2026-12-26 14:00")


# --- diagnosis -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("receipt", "expected"),
    [
        pytest.param("2026-11-23 09:00", "2026-12-02 09:00", id="monday morning"),
        pytest.param("2026-11-20 17:00", "2026-12-01 17:00", id="friday 18:00"),
        pytest.param("2026-11-21 11:00", "2026-12-01 23:00", id="saturday: starts on monday 0:00"),
        pytest.param("2026-11-22 22:59", "2026-12-01 23:00", id="sunday 23:59"),
        pytest.param("2026-12-24 14:00", "2027-01-06 14:00", id="24 december"),
        pytest.param("2026-12-25 14:00", "2027-01-06 23:00", id="christmas day itself"),
        pytest.param("2026-04-30 08:00", "2026-05-13 08:00", id="1 and 8 may"),
        pytest.param("2026-05-13 08:00", "2026-05-26 08:00", id="ascension and whit monday"),
        pytest.param("2026-07-13 08:00", "2026-07-23 08:00", id="14 july"),
        pytest.param("2026-11-10 09:00", "2026-11-20 09:00", id="11 november"),
        pytest.param("2026-03-27 09:00", "2026-04-08 08:00", id="DST 29 march 2026, easter monday"),
        pytest.param("2026-10-22 08:00", "2026-11-02 09:00", id="DST 25 october 2026"),
        pytest.param("2027-03-25 09:00", "2027-04-06 08:00", id="DST 28 march 2027, easter monday"),
        pytest.param("2027-10-29 08:00", "2027-11-10 09:00", id="DST 31 october 2027, all saints"),
    ],
)
def test_the_diagnosis_is_due_after_seven_business_days(receipt: str, expected: str):
    assert due(received(receipt), Promise.DIAGNOSE) == utc(expected)


def test_own_closed_days_are_no_business_days():
    closed = Calendar(PARIS, lambda day: day == date(2026, 11, 24))
    facts = received("2026-11-23 09:00")
    assert find(facts, Promise.DIAGNOSE, Clocks(closed)).due_at == utc("2026-12-03 09:00")


# --- fix, updates, disclosure ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (Severity.CRITICAL, "2026-11-30 09:00"),
        (Severity.HIGH, "2026-12-23 09:00"),
        (Severity.MEDIUM, "2027-01-22 09:00"),
        (Severity.LOW, "2027-02-21 09:00"),
        (None, "2027-01-22 09:00"),
    ],
)
def test_the_fix_is_due_by_severity_in_calendar_days(severity: Severity | None, expected: str):
    assert due(clock(severity=severity), Promise.FIX) == utc(expected)


def test_an_unrated_report_says_that_it_is_planned_as_medium():
    rule = find(clock(), Promise.FIX).rule
    assert (
        rule == "within 60 days of receipt (severity medium, not rated yet and planned as medium)"
    )


def test_a_rated_report_does_not_say_that_it_is_unrated():
    rule = find(clock(severity=Severity.HIGH), Promise.FIX).rule
    assert rule == "within 30 days of receipt (severity high)"


@pytest.mark.parametrize(
    ("receipt", "expected"),
    [
        pytest.param("2026-03-27 09:00", "2026-04-03 08:00", id="29 march 2026"),
        pytest.param("2026-10-22 08:00", "2026-10-29 09:00", id="25 october 2026"),
        pytest.param("2027-03-25 09:00", "2027-04-01 08:00", id="28 march 2027"),
        pytest.param("2027-10-29 08:00", "2027-11-05 09:00", id="31 october 2027"),
    ],
)
def test_days_keep_their_wall_time_when_the_clocks_change(receipt: str, expected: str):
    assert due(received(receipt, severity=Severity.CRITICAL), Promise.FIX) == utc(expected)


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (Severity.CRITICAL, "2026-11-26 09:00"),
        (Severity.HIGH, "2026-11-30 09:00"),
        (Severity.MEDIUM, "2026-12-07 09:00"),
        (Severity.LOW, "2026-12-07 09:00"),
        (None, "2026-12-07 09:00"),
    ],
)
def test_news_is_due_by_severity(severity: Severity | None, expected: str):
    assert due(clock(severity=severity), Promise.UPDATE) == utc(expected)


def test_a_human_mail_restarts_the_update_clock():
    facts = clock(severity=Severity.HIGH, last_update_at=utc("2026-11-27 15:00"))
    update = find(facts, Promise.UPDATE)
    assert (update.started_at, update.due_at) == (
        utc("2026-11-27 15:00"),
        utc("2026-12-04 15:00"),
    )


def test_the_fix_ends_the_update_clock():
    facts = clock(fixed_at=utc("2026-12-01 09:00"))
    assert find(facts, Promise.UPDATE).state is DeadlineState.MET


def test_disclosure_is_due_90_days_after_the_first_readable_report():
    facts = received("2027-01-15 09:00")
    assert due(facts, Promise.DISCLOSE) == utc("2027-04-15 08:00")


def test_disclosure_counts_from_the_readable_mail_not_from_the_unreadable_one():
    facts = clock(readable_at=utc("2026-11-25 09:00"))
    assert due(facts, Promise.DISCLOSE) == utc("2027-02-23 09:00")


def test_an_unreadable_report_has_no_disclosure_date():
    promises = [d.promise for d in deadlines(clock(readable_at=None), CLOCKS)]
    assert promises == [Promise.ACKNOWLEDGE, Promise.DIAGNOSE, Promise.FIX, Promise.UPDATE]


def test_re_rating_recomputes_the_fix_from_the_original_receipt():
    medium = clock(severity=Severity.MEDIUM, acknowledged_at=utc("2026-11-23 09:01"))
    critical = replace(medium, severity=Severity.CRITICAL)
    assert due(critical, Promise.FIX) == utc("2026-11-30 09:00")


# --- state -----------------------------------------------------------------------------------------


def test_a_late_answer_stays_late():
    facts = clock(acknowledged_at=utc("2026-11-25 09:01"))
    ack = find(facts, Promise.ACKNOWLEDGE)
    assert (ack.state, ack.was_late) == (DeadlineState.MET, True)


def test_an_answer_in_time_is_not_late():
    facts = clock(acknowledged_at=utc("2026-11-25 09:00"))
    assert find(facts, Promise.ACKNOWLEDGE).was_late is False


def test_closing_a_report_cancels_what_is_not_met():
    facts = clock(acknowledged_at=RECEIVED, closed_at=utc("2026-11-24 09:00"))
    states = {d.promise: d.state for d in deadlines(facts, CLOCKS)}
    assert states == {
        Promise.ACKNOWLEDGE: DeadlineState.MET,
        Promise.DIAGNOSE: DeadlineState.CANCELLED,
        Promise.FIX: DeadlineState.CANCELLED,
        Promise.UPDATE: DeadlineState.CANCELLED,
        Promise.DISCLOSE: DeadlineState.CANCELLED,
    }


# --- holds -----------------------------------------------------------------------------------------

WAITED = Hold(utc("2026-11-24 09:00"), utc("2026-11-26 09:00"), "for a log")


def test_a_hold_gives_the_diagnosis_the_business_days_it_lasted():
    assert due(clock(holds=(WAITED,)), Promise.DIAGNOSE) == utc("2026-12-04 09:00")


def test_a_hold_over_a_weekend_gives_only_its_business_hours():
    weekend = Hold(utc("2026-11-27 17:00"), utc("2026-11-30 07:00"), "for a log")
    assert due(clock(holds=(weekend,)), Promise.DIAGNOSE) == utc("2026-12-02 23:00")


def test_a_hold_gives_the_fix_the_time_it_lasted():
    assert due(clock(holds=(WAITED,)), Promise.FIX) == utc("2027-01-24 09:00")


@pytest.mark.parametrize("promise", [Promise.ACKNOWLEDGE, Promise.UPDATE, Promise.DISCLOSE])
def test_a_hold_never_touches_acknowledgement_news_or_disclosure(promise: Promise):
    held = clock(holds=(WAITED, replace(WAITED, since=utc("2026-11-27 09:00"), until=None)))
    assert find(held, promise) == find(clock(), promise)


def test_an_open_hold_stops_diagnosis_and_fix_only():
    facts = clock(holds=(replace(WAITED, until=None),))
    held = [d.promise for d in deadlines(facts, CLOCKS) if d.state is DeadlineState.HELD]
    assert held == [Promise.DIAGNOSE, Promise.FIX]


def test_a_diagnosis_that_was_late_stays_late_when_a_hold_begins_afterwards():
    late = clock(diagnosed_at=utc("2026-12-03 09:00"))
    later_hold = Hold(utc("2026-12-07 09:00"), utc("2026-12-14 09:00"), "for a retest")
    assert find(replace(late, holds=(later_hold,)), Promise.DIAGNOSE).was_late is True


def test_a_fix_that_was_late_stays_late_when_a_hold_begins_afterwards():
    late = clock(severity=Severity.CRITICAL, fixed_at=utc("2026-12-01 09:00"))
    later_hold = Hold(utc("2026-12-02 09:00"), utc("2026-12-09 09:00"), "for a retest")
    assert find(replace(late, holds=(later_hold,)), Promise.FIX).was_late is True


# --- the ladder --------------------------------------------------------------------------------------

FOREVER = utc("2026-12-31 00:00")
ACK = find(clock(), Promise.ACKNOWLEDGE)


def rung(deadline: Deadline, level: str, *, critical: bool = False) -> Step:
    steps = ladder(deadline, CLOCKS, FOREVER, critical=critical)
    return next(step for step in steps if step.level == level)


def test_a_rung_is_released_in_the_next_slot_of_office_hours():
    levels = ("50", "75", "100", "100+1d")
    assert [rung(ACK, level).release_at for level in levels] == [
        utc("2026-11-24 13:00"),  # 50 % is tuesday 10:00
        utc("2026-11-25 08:30"),  # 75 % is tuesday 22:00
        utc("2026-11-25 13:00"),  # due on wednesday 10:00
        utc("2026-11-26 13:00"),
    ]


def test_each_rung_has_its_audience():
    levels = ("50", "75", "100", "100+1d")
    leaders = frozenset({Audience.MANAGEMENT, Audience.LEAD})
    assert [rung(ACK, level).audience for level in levels] == [
        frozenset({Audience.HANDLERS}),
        frozenset({Audience.LEAD}),
        leaders,
        leaders,
    ]


def test_a_warning_is_not_kept_for_a_slot_after_the_promise_broke():
    friday = find(received("2026-11-20 17:00"), Promise.ACKNOWLEDGE)
    assert [rung(friday, level).release_at for level in ("50", "75", "100")] == [
        utc("2026-11-21 17:00"),  # saturday: the next slot is monday, after the due instant
        utc("2026-11-22 05:00"),
        utc("2026-11-23 08:30"),  # broken already: monday's first slot is soon enough
    ]


def test_a_critical_report_ignores_office_hours():
    friday = find(received("2026-11-20 17:00", severity=Severity.CRITICAL), Promise.ACKNOWLEDGE)
    released = [rung(friday, level, critical=True).release_at for level in ("50", "100", "100+1d")]
    assert released == [
        utc("2026-11-21 17:00"),
        utc("2026-11-22 17:00"),
        utc("2026-11-23 17:00"),
    ]


def test_half_of_a_diagnosis_is_half_of_its_business_days():
    assert rung(find(clock(), Promise.DIAGNOSE), "50").due_at == utc("2026-11-26 21:00")


def test_a_broken_promise_is_told_again_every_day():
    until = utc("2026-11-29 09:00")
    levels = [s.level for s in ladder(ACK, CLOCKS, until, critical=True)]
    assert levels == ["50", "75", "100", "100+1d", "100+2d", "100+3d", "100+4d"]


def test_nothing_is_released_before_its_instant():
    before = utc("2026-11-24 12:59")
    assert ladder(ACK, CLOCKS, before, critical=False) == []


@pytest.mark.parametrize("state", [DeadlineState.HELD, DeadlineState.MET, DeadlineState.CANCELLED])
def test_a_clock_that_does_not_run_has_no_rungs(state: DeadlineState):
    assert ladder(replace(ACK, state=state), CLOCKS, FOREVER, critical=True) == []


def test_the_next_release_is_the_first_rung_that_was_not_climbed():
    following = next_release(ACK, CLOCKS, {"50": ACK.due_at}, critical=False)
    assert following == utc("2026-11-25 08:30")


def test_a_clock_that_does_not_run_has_no_next_release():
    met = replace(ACK, state=DeadlineState.MET)
    assert next_release(met, CLOCKS, {}, critical=False) is None


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-11-23 08:30", "2026-11-23 08:30", id="a slot itself"),
        pytest.param("2026-11-23 08:31", "2026-11-23 13:00", id="one minute later"),
        pytest.param("2026-11-23 16:01", "2026-11-24 08:30", id="after the last slot"),
        pytest.param("2026-12-24 16:30", "2026-12-28 08:30", id="over christmas"),
        pytest.param("2027-03-26 16:30", "2027-03-30 07:30", id="over DST and easter monday"),
    ],
)
def test_the_next_slot_is_in_office_hours(at: str, expected: str):
    assert next_slot(utc(at), CLOCKS) == utc(expected)


# --- properties --------------------------------------------------------------------------------------

WINDOW_START, WINDOW_END = datetime(2026, 1, 1), datetime(2027, 12, 31)  # noqa: DTZ001


instants = st.datetimes(WINDOW_START, WINDOW_END, timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
severities = st.sampled_from([None, *Severity])
spans = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def histories(draw: st.DrawFn) -> ClockFacts:
    start = draw(instants)

    def later() -> datetime | None:
        return start + draw(spans) if draw(st.booleans()) else None

    holds = []
    at = start
    for _ in range(draw(st.integers(0, 3))):
        since = at + draw(spans)
        at = since + draw(spans)
        holds.append(Hold(since, at, "for a log"))
    return ClockFacts(
        start, later(), draw(severities), later(), None, None, later(), None, later(), tuple(holds)
    )


@settings(max_examples=60, deadline=None)
@given(histories())
def test_recomputing_equals_what_was_computed(facts: ClockFacts):
    again = replace(facts, holds=tuple(list(facts.holds)))
    fresh = Clocks(french_calendar())
    assert deadlines(again, fresh) == deadlines(facts, CLOCKS)


@settings(max_examples=150, deadline=None)
@given(instants, spans, severities)
def test_a_receipt_an_hour_later_never_has_an_earlier_deadline(
    at: datetime, more: timedelta, severity: Severity | None
):
    by = HOUR + more  # within the hour that a wall clock shows twice or skips, order may differ
    early = clock(received_at=at, readable_at=at, severity=severity)
    late = clock(received_at=at + by, readable_at=at + by, severity=severity)
    moved = [
        second.due_at >= first.due_at
        for first, second in zip(deadlines(early, CLOCKS), deadlines(late, CLOCKS), strict=True)
    ]
    assert moved == [True] * 5


@settings(max_examples=100, deadline=None)
@given(histories())
def test_a_hold_never_moves_a_deadline_earlier(facts: ClockFacts):
    held = {d.promise: d.due_at for d in deadlines(facts, CLOCKS)}
    free = {d.promise: d.due_at for d in deadlines(replace(facts, holds=()), CLOCKS)}
    assert [p for p in held if held[p] < free[p]] == []


@settings(max_examples=150, deadline=None)
@given(instants, st.integers(0, 30 * 24 * 60))
def test_adding_business_days_and_counting_them_are_inverse(start: datetime, minutes: int):
    days = minutes / (24 * 60)
    end = CALENDAR.add_business_days(start, days)
    counted = CALENDAR.business_days_between(start, end)
    assert round(counted * 86400) == pytest.approx(round(days * 86400), abs=1)


@settings(max_examples=100, deadline=None)
@given(instants, st.integers(0, 120 * 24 * 60))
def test_counting_business_days_and_adding_them_are_inverse(start: datetime, minutes: int):
    end = start + timedelta(minutes=minutes)
    local = end.astimezone(PARIS)
    assume(CALENDAR.is_business_day(local.date()) and local.time() > time(0))
    counted = CALENDAR.business_days_between(start, end)
    added = CALENDAR.add_business_days(start, counted)
    assert abs(added - end) <= timedelta(seconds=1)


@settings(max_examples=80, deadline=None)
@given(instants, severities, st.integers(0, 100 * 24))
def test_a_warning_never_comes_after_the_due_instant(
    at: datetime, severity: Severity | None, hours: int
):
    facts = clock(received_at=at, readable_at=at, severity=severity)
    late = [
        step
        for deadline in deadlines(facts, CLOCKS)
        for step in ladder(deadline, CLOCKS, at + hours * HOUR, critical=False)
        if step.due_at < deadline.due_at < step.release_at
    ]
    assert late == []


def _tick_all(facts: ClockFacts, ticks: list[datetime]) -> list[Escalated]:
    """Run the clock over these instants, remembering the rungs as the store does."""
    case = report(clock=facts, severity=facts.severity)
    fired: dict[tuple[Promise, datetime], dict[str, datetime]] = {}
    climbed: list[Escalated] = []
    for now in ticks:
        watched = Watched(case, fired)
        for step in changes(decide_tick((watched,), (), {}, policy(), now), Escalated):
            run = (step.promise, step.started_at)
            fired.setdefault(run, {})[step.level] = now
            climbed.append(step)
    return climbed


@settings(max_examples=15, deadline=None)
@given(
    instants,
    severities,
    st.sets(st.integers(0, 120 * 24), min_size=1, max_size=12),
    st.integers(0, 113),
)
def test_any_schedule_of_ticks_fires_every_rung_exactly_once(
    at: datetime, severity: Severity | None, hours: set[int], outage: int
):
    facts = clock(received_at=at, readable_at=at, severity=severity)
    down = range(outage * 24, (outage + 7) * 24)  # a week without the daemon
    ticks = [at + hour * HOUR for hour in sorted(hours) if hour not in down]
    last = at + 120 * DAY
    expected = {
        (deadline.promise, deadline.started_at, step.level)
        for deadline in deadlines(facts, CLOCKS)
        for step in ladder(deadline, CLOCKS, last, critical=severity is Severity.CRITICAL)
    }
    climbed = _tick_all(facts, [*ticks, last, last, last])
    assert sorted((c.promise, c.started_at, c.level) for c in climbed) == sorted(expected)


@settings(max_examples=30, deadline=None)
@given(instants, severities)
def test_one_late_tick_still_fires_the_breach(at: datetime, severity: Severity | None):
    facts = clock(received_at=at, readable_at=None, severity=severity)
    climbed = _tick_all(facts, [at + 120 * DAY])
    breached = {c.promise for c in climbed if c.level == "100"}
    assert breached == {Promise.ACKNOWLEDGE, Promise.DIAGNOSE, Promise.FIX, Promise.UPDATE}


def test_a_report_rated_lower_after_a_breach_is_escalated_when_its_new_date_breaks():
    critical = clock(severity=Severity.CRITICAL, acknowledged_at=RECEIVED)
    case = report(clock=critical, severity=Severity.CRITICAL)
    then = utc("2026-12-01 09:00")
    first = decide_tick((Watched(case, {}),), (), {}, policy(), then)
    fired: dict[tuple[Promise, datetime], dict[str, datetime]] = {}
    for step in changes(first, Escalated):
        run = (step.promise, step.started_at)
        fired.setdefault(run, {})[step.level] = then
    lowered = report(clock=replace(critical, severity=Severity.LOW), severity=Severity.LOW)
    broken = utc("2027-02-22 09:00")  # the new date was 21 february, a sunday
    second = decide_tick((Watched(lowered, fired),), (), {}, policy(), broken)
    told = [s.level for s in changes(second, Escalated) if s.promise is Promise.FIX]
    assert "100" in told


def test_a_week_of_downtime_delays_the_rungs_of_that_week_and_skips_none():
    facts = clock(severity=Severity.HIGH)
    before, after = utc("2026-11-24 13:00"), utc("2026-12-01 13:00")
    climbed = _tick_all(facts, [before, after])
    of_ack = [c.level for c in climbed if c.promise is Promise.ACKNOWLEDGE]
    daily = [f"100+{day}d" for day in range(1, 7)]
    assert (climbed[0], of_ack) == (
        Escalated(SEVEN, Promise.ACKNOWLEDGE, RECEIVED, "50"),
        ["50", "75", "100", *daily],
    )
