"""120 simulated days around Christmas and both changes of daylight saving time.

Expected instants were computed by hand from the policy, with French holidays and the slots 09:30,
14:00 and 17:00 of Europe/Paris; ticks come every half hour, so a rung is climbed at the first tick
that is not earlier than its release.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.desk import REPORT, RITA, Desk

TICK = timedelta(minutes=30)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def night_before_christmas(short_tmp, keys):
    """A report on 24 December 2026, 22:50 in Paris, with a human acknowledgement demanded."""
    settings = {"clocks": {"acknowledge_by": "human"}}
    desk = Desk(short_tmp, keys, settings=settings, now=utc("2026-12-24T21:50"))
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    yield desk
    desk.close()


def simulate(desk: Desk, days: int, down: tuple[str, str] | None = None) -> None:
    end = desk.now + timedelta(days=days)
    desk.now = desk.now.replace(minute=0) + timedelta(hours=1)
    while desk.now < end:
        if down is None or not utc(down[0]) <= desk.now < utc(down[1]):
            desk.pipeline.tick()
        desk.now += TICK


def climbed(desk: Desk) -> dict[tuple[str, str], datetime]:
    rows = desk.rows("SELECT promise, level, at FROM escalation")
    return {(r.promise, r.level): utc(r.at.rstrip("Z")) for r in rows}


EXPECTED = {
    # 48 hours end on a Saturday: what cannot wait for office hours does not
    ("acknowledge", "50"): "2026-12-25T22:00",
    ("acknowledge", "75"): "2026-12-26T10:00",
    ("acknowledge", "100"): "2026-12-28T08:30",
    ("acknowledge", "100+1d"): "2026-12-28T08:30",
    ("acknowledge", "100+2d"): "2026-12-29T08:30",
    # 7 business days without 25 December and 1 January: 6 January, 22:50
    ("diagnose", "50"): "2026-12-31T13:00",
    ("diagnose", "75"): "2027-01-05T08:30",
    ("diagnose", "100"): "2027-01-07T08:30",
    # not rated: medium, 60 days
    ("fix", "50"): "2027-01-25T08:30",
    ("fix", "75"): "2027-02-08T08:30",
    ("fix", "100"): "2027-02-23T08:30",
    # news every 14 days
    ("update", "50"): "2027-01-04T08:30",
    ("update", "75"): "2027-01-04T13:00",
    ("update", "100"): "2027-01-08T08:30",
    # 90 days; four days later the clocks have changed, so the slot is an hour earlier in UTC, and
    # 29 March 2027 is Easter Monday
    ("disclose", "50"): "2027-02-08T08:30",
    ("disclose", "75"): "2027-03-02T13:00",
    ("disclose", "100"): "2027-03-25T08:30",
    ("disclose", "100+1d"): "2027-03-26T08:30",
    ("disclose", "100+4d"): "2027-03-30T07:30",
}


def test_each_rung_is_climbed_once_at_its_instant_over_christmas_and_spring(night_before_christmas):
    simulate(night_before_christmas, 120)
    at = climbed(night_before_christmas)
    assert {key: at.get(key) for key in EXPECTED} == {k: utc(v) for k, v in EXPECTED.items()}
    rungs = night_before_christmas.rows("SELECT promise, level FROM escalation")
    assert max(Counter(tuple(r) for r in rungs).values()) == 1


def test_a_week_of_downtime_delays_but_neither_skips_nor_doubles(night_before_christmas):
    down = ("2026-12-30T00:00", "2027-01-06T06:00")
    simulate(night_before_christmas, 120, down)
    expected = {
        key: max(utc(at), utc(down[1])) if utc(at) >= utc(down[0]) else utc(at)
        for key, at in EXPECTED.items()
    }
    at = climbed(night_before_christmas)
    assert {key: at.get(key) for key in EXPECTED} == expected


def test_what_was_missed_in_a_week_comes_as_one_letter_to_each_person(night_before_christmas):
    desk = night_before_christmas
    simulate(desk, 4)
    before = len(desk.rows("SELECT id FROM outbox WHERE purpose = 'escalation'"))
    desk.now = utc("2027-01-11T08:30")
    desk.pipeline.tick()
    letters = desk.rows("SELECT recipient FROM outbox WHERE purpose = 'escalation'")[before:]
    assert len(letters) == len({letter.recipient for letter in letters}) == 2


def test_autumn_and_winter_deadlines_keep_their_local_time(short_tmp, keys):
    desk = Desk(short_tmp, keys, now=utc("2026-10-09T16:00"))  # Friday 18:00 in Paris, summer time
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    due = {promise: row.due_at for promise, row in desk.deadlines().items()}
    assert due == {
        "acknowledge": utc("2026-10-11T16:00"),
        "diagnose": utc("2026-10-20T16:00"),
        "update": utc("2026-10-23T16:00"),
        "fix": utc("2026-12-08T17:00"),
        "disclose": utc("2027-01-07T17:00"),
    }
    simulate(desk, 62)
    at = climbed(desk)
    assert ("acknowledge", "50") not in at  # the receipt met it
    assert at[("diagnose", "100")] == utc("2026-10-21T07:30")  # 09:30 in summer time
    assert at[("update", "100")] == utc("2026-10-26T08:30")  # Monday after the change
    assert at[("fix", "100")] == utc("2026-12-09T08:30")
    desk.close()


def test_a_researcher_never_gets_an_escalation(night_before_christmas):
    desk = night_before_christmas
    simulate(desk, 30)
    recipients = {
        r.recipient for r in desk.rows("SELECT recipient FROM outbox WHERE purpose = 'escalation'")
    }
    assert recipients
    assert RITA not in recipients


def test_a_critical_report_does_not_wait_for_office_hours(short_tmp, keys):
    settings = {"clocks": {"acknowledge_by": "human"}}
    desk = Desk(short_tmp, keys, settings=settings, now=utc("2026-12-24T21:50"))
    desk.deliver(desk.sealed("rita", "RCE", REPORT))
    to = desk.answering(desk.mails("mona")[0])
    desk.deliver(desk.sealed("mona", "Re", "/severity critical\n", **to))
    simulate(desk, 9)
    at = climbed(desk)
    assert at[("fix", "50")] == utc("2026-12-28T10:00")  # 3.5 days: 28 December, 09:50 UTC
    assert at[("fix", "75")] == utc("2026-12-30T04:00")  # 5.25 days, in the night
    assert at[("fix", "100")] == utc("2026-12-31T22:00")
    desk.close()
