"""The clocks of the policy: deadlines as a pure function of policy, calendar and history.

Recomputing always equals what is stored (invariant 8). Instants go in and come out as UTC; local
zones live only inside. A business day counts from midnight to midnight of the policy's zone, and
elapses as a fraction of the local day, so that a change of daylight saving time neither gives nor
takes an hour of a promise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from inboxd.core.case import ClockFacts, Hold, Promise
from inboxd.core.model import Severity


@dataclass(frozen=True, slots=True)
class Calendar:
    """Business days of one place. `is_holiday` covers public holidays and own closed days."""

    zone: ZoneInfo
    is_holiday: Callable[[date], bool] = field(default=lambda _: False)
    weekend: frozenset[int] = frozenset({5, 6})  # date.weekday()

    def is_business_day(self, day: date) -> bool:
        return day.weekday() not in self.weekend and not self.is_holiday(day)

    def at(self, day: date, clock: time) -> datetime:
        """The UTC instant of a local wall time; in a gap of DST, the instant it stands for."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def add_days(self, start: datetime, days: float) -> datetime:
        """Calendar days later at the same local wall time, then the fraction of a day."""
        local = start.astimezone(self.zone)
        whole = int(days)
        moved = self.at(local.date() + timedelta(days=whole), local.time())
        return moved + timedelta(days=days - whole)

    def add_business_days(self, start: datetime, days: float) -> datetime:
        """The instant by which `days` business days have elapsed since `start`."""
        local = start.astimezone(self.zone)
        day, used = local.date(), _day_fraction(local.time())
        while True:
            if self.is_business_day(day):
                if days <= 1 - used + 1e-9:
                    return self._at_fraction(day, used + days)
                days -= 1 - used
            day, used = day + timedelta(days=1), 0.0

    def business_days_between(self, start: datetime, end: datetime) -> float:
        """Business days that elapse between two instants (0 when `end` is not later)."""
        first, last = start.astimezone(self.zone), end.astimezone(self.zone)
        if end <= start:
            return 0.0
        total, day = 0.0, first.date()
        while day <= last.date():
            if self.is_business_day(day):
                opened = _day_fraction(first.time()) if day == first.date() else 0.0
                closed = _day_fraction(last.time()) if day == last.date() else 1.0
                total += max(0.0, closed - opened)
            day += timedelta(days=1)
        return total

    def _at_fraction(self, day: date, fraction: float) -> datetime:
        seconds = round(fraction * 86400)
        if seconds >= 86400:
            return self.at(day + timedelta(days=1), time(0))
        return self.at(day, time(seconds // 3600, seconds % 3600 // 60, seconds % 60))


def _day_fraction(clock: time) -> float:
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / 86400


@dataclass(frozen=True, slots=True)
class Clocks:
    """The policy's durations. Days are calendar days unless the name says business days."""

    calendar: Calendar
    acknowledge: timedelta = timedelta(hours=48)
    diagnose_business_days: int = 7
    fix_days: Mapping[Severity, int] = field(
        default_factory=lambda: {
            Severity.CRITICAL: 7,
            Severity.HIGH: 30,
            Severity.MEDIUM: 60,
            Severity.LOW: 90,
        }
    )
    update_days: Mapping[Severity, int] = field(
        default_factory=lambda: {
            Severity.CRITICAL: 3,
            Severity.HIGH: 7,
            Severity.MEDIUM: 14,
            Severity.LOW: 14,
        }
    )
    disclose_days: int = 90
    slots: tuple[time, ...] = (time(9, 30), time(14, 0), time(17, 0))
    daily_cap: int = 6  # escalation mails a person gets on one local day; critical is exempt
    ack_by_human: bool = False


class DeadlineState(StrEnum):
    RUNNING = "running"
    HELD = "held"
    MET = "met"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One obligation of one report: the instant by which it is due and what became of it."""

    promise: Promise
    started_at: datetime
    due_at: datetime
    state: DeadlineState
    met_at: datetime | None
    rule: str  # the rule that gave `due_at`, in words, for receipts and escalations

    @property
    def was_late(self) -> bool:
        """A late answer stays late."""
        return self.met_at is not None and self.met_at > self.due_at


def deadlines(facts: ClockFacts, clocks: Clocks) -> tuple[Deadline, ...]:
    """Every deadline of a report, from its history alone."""
    severity = facts.severity or Severity.MEDIUM
    unrated = "" if facts.severity else ", not rated yet and planned as medium"
    calendar = clocks.calendar
    hours = int(clocks.acknowledge.total_seconds() // 3600)
    found = [
        _deadline(
            Promise.ACKNOWLEDGE,
            facts,
            facts.received_at,
            facts.received_at + clocks.acknowledge,
            facts.acknowledged_at,
            f"within {hours} hours of receipt",
        ),
        _deadline(
            Promise.DIAGNOSE,
            facts,
            facts.received_at,
            _business_due(facts, clocks),
            facts.diagnosed_at,
            f"within {clocks.diagnose_business_days} business days of receipt",
            can_be_held=True,
        ),
        _deadline(
            Promise.FIX,
            facts,
            facts.received_at,
            calendar.add_days(facts.received_at, clocks.fix_days[severity])
            + _held(_before(facts.holds, facts.fixed_at)),
            facts.fixed_at,
            f"within {clocks.fix_days[severity]} days of receipt (severity {severity}{unrated})",
            can_be_held=True,
        ),
    ]
    since = max(facts.received_at, facts.last_update_at or facts.received_at)
    found.append(
        _deadline(
            Promise.UPDATE,
            facts,
            since,
            calendar.add_days(since, clocks.update_days[severity]),
            facts.fixed_at,  # regular news is owed until the fix
            f"news at least every {clocks.update_days[severity]} days until the fix",
        )
    )
    if facts.readable_at is not None:
        found.append(
            _deadline(
                Promise.DISCLOSE,
                facts,
                facts.readable_at,
                calendar.add_days(facts.readable_at, clocks.disclose_days),
                facts.disclosed_at,
                f"{clocks.disclose_days} days from receipt of the first readable report",
            )
        )
    return tuple(found)


def _deadline(
    promise: Promise,
    facts: ClockFacts,
    started_at: datetime,
    due_at: datetime,
    met_at: datetime | None,
    rule: str,
    *,
    can_be_held: bool = False,
) -> Deadline:
    held = can_be_held and any(hold.until is None for hold in facts.holds)
    if met_at is not None:
        state = DeadlineState.MET
    elif facts.closed_at is not None:
        state = DeadlineState.CANCELLED
    else:
        state = DeadlineState.HELD if held else DeadlineState.RUNNING
    return Deadline(promise, started_at, due_at, state, met_at, rule)


def _before(holds: tuple[Hold, ...], met_at: datetime | None) -> tuple[Hold, ...]:
    """Holds as far as they lie before the obligation was met: a later one excuses nothing."""
    if met_at is None:
        return holds
    return tuple(
        replace(hold, until=min(hold.until or met_at, met_at))
        for hold in holds
        if hold.since < met_at
    )


def _held(holds: tuple[Hold, ...]) -> timedelta:
    """Total length of the ended holds; they never overlap, because resuming ends the open one."""
    return sum((max(h.until - h.since, timedelta()) for h in holds if h.until), timedelta())


def _business_due(facts: ClockFacts, clocks: Clocks) -> datetime:
    calendar = clocks.calendar
    days = float(clocks.diagnose_business_days)
    for hold in _before(facts.holds, facts.diagnosed_at):
        if hold.until is not None:
            days += calendar.business_days_between(
                max(hold.since, facts.received_at), max(hold.until, facts.received_at)
            )
    return calendar.add_business_days(facts.received_at, days)


# --- the ladder ----------------------------------------------------------------------------------


class Audience(StrEnum):
    HANDLERS = "handler"
    LEAD = "lead"  # the owner of the report too
    MANAGEMENT = "management"


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder: `due_at` is when it counts, `release_at` when people are told."""

    promise: Promise
    started_at: datetime
    level: str  # "50", "75", "100", then "100+1d", "100+2d" ...
    due_at: datetime
    release_at: datetime
    audience: frozenset[Audience]


_RUNGS = (
    (0.5, "50", frozenset({Audience.HANDLERS})),
    (0.75, "75", frozenset({Audience.LEAD})),
    (1.0, "100", frozenset({Audience.MANAGEMENT, Audience.LEAD})),
)
MAX_DAILY = 120  # days of daily reminders behind a missed promise that are looked at


def ladder(deadline: Deadline, clocks: Clocks, until: datetime, *, critical: bool) -> list[Step]:
    """The rungs whose release instant is not later than `until`, in order."""
    released = []
    for step in _rungs(deadline, clocks, critical=critical):
        if step.release_at > until:
            break  # the later a rung, the later its release
        released.append(step)
    return released


def _rungs(deadline: Deadline, clocks: Clocks, *, critical: bool) -> Iterator[Step]:
    """Every rung of a running deadline, computed as it is asked for."""
    if deadline.state is not DeadlineState.RUNNING:
        return
    for fraction, level, audience in _RUNGS:
        at = _fraction_at(deadline, fraction, clocks)
        release = _release(at, deadline.due_at, clocks, critical=critical)
        yield Step(deadline.promise, deadline.started_at, level, at, release, audience)
    everybody = frozenset({Audience.MANAGEMENT, Audience.LEAD})
    for day in range(1, MAX_DAILY + 1):
        at = clocks.calendar.add_days(deadline.due_at, day)
        release = _release(at, deadline.due_at, clocks, critical=critical)
        level = f"100+{day}d"
        yield Step(deadline.promise, deadline.started_at, level, at, release, everybody)


def is_climbed(step: Step, fired: Mapping[str, datetime]) -> bool:
    """Whether a rung was climbed. `fired`: level to the instant people were told last; when a
    deadline has moved away since (a hold, a lower rating), its rungs lie ahead again."""
    told = fired.get(step.level)
    return told is not None and told >= step.due_at


def next_release(
    deadline: Deadline, clocks: Clocks, fired: Mapping[str, datetime], *, critical: bool
) -> datetime | None:
    """When the next rung that has not been climbed is released; None when none can come."""
    waiting = (s for s in _rungs(deadline, clocks, critical=critical) if not is_climbed(s, fired))
    return next((step.release_at for step in waiting), None)


def _fraction_at(deadline: Deadline, fraction: float, clocks: Clocks) -> datetime:
    if fraction == 1.0:
        return deadline.due_at
    if deadline.promise is Promise.DIAGNOSE:
        total = clocks.calendar.business_days_between(deadline.started_at, deadline.due_at)
        return clocks.calendar.add_business_days(deadline.started_at, total * fraction)
    return deadline.started_at + (deadline.due_at - deadline.started_at) * fraction


def _release(at: datetime, due_at: datetime, clocks: Clocks, *, critical: bool) -> datetime:
    """When people are told: at the next slot of office hours, at once when critical, and never
    so late that the promise would have broken meanwhile."""
    if critical:
        return at
    slot = next_slot(at, clocks)
    if at < due_at <= slot:
        return at
    return slot


def next_slot(at: datetime, clocks: Clocks) -> datetime:
    """The first digest slot of a business day at or after `at`."""
    calendar = clocks.calendar
    if not clocks.slots:
        return at
    day = at.astimezone(calendar.zone).date()
    while True:
        if calendar.is_business_day(day):
            for clock in sorted(clocks.slots):
                instant = calendar.at(day, clock)
                if instant >= at:
                    return instant
        day += timedelta(days=1)
