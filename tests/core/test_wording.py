"""Facts in words."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inboxd.core.wording import excerpt, fingerprint_words, instant, time_left
from tests.core.builders import PARIS, RECEIVED, utc


@pytest.mark.parametrize(
    ("at", "language", "expected"),
    [
        ("2026-11-25 13:03", "en", "Wednesday 25 November 2026, 14:03 CET (UTC+01:00)"),
        ("2026-11-25 13:03", "fr", "mercredi 25 novembre 2026 à 14:03 CET (UTC+01:00)"),
        ("2027-07-14 22:30", "en", "Thursday 15 July 2027, 00:30 CEST (UTC+02:00)"),
        ("2027-02-01 08:05", "fr", "lundi 1 février 2027 à 09:05 CET (UTC+01:00)"),
        ("2026-11-25 13:03", "de", "Wednesday 25 November 2026, 14:03 CET (UTC+01:00)"),
    ],
)
def test_an_instant_is_a_day_a_time_and_a_zone(at: str, language: str, expected: str):
    assert instant(utc(at), PARIS, language) == expected


def test_the_two_hours_of_the_night_when_the_clocks_go_back_are_told_apart():
    both = [instant(utc(f"2026-10-25 0{hour}:30"), PARIS, "en") for hour in (0, 1)]
    assert both == [
        "Sunday 25 October 2026, 02:30 CEST (UTC+02:00)",
        "Sunday 25 October 2026, 02:30 CET (UTC+01:00)",
    ]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "Monday 23 November 2026, 09:00 UTC (UTC+00:00)"),
        ("America/New_York", "Monday 23 November 2026, 04:00 EST (UTC-05:00)"),
        ("Asia/Kolkata", "Monday 23 November 2026, 14:30 IST (UTC+05:30)"),
    ],
)
def test_an_instant_names_the_offset_of_its_zone(zone: str, expected: str):
    assert instant(RECEIVED, ZoneInfo(zone), "en") == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (timedelta(days=2, hours=3), "2 days 3 hours left"),
        (timedelta(days=1, hours=1), "1 day 1 hour left"),
        (timedelta(days=3, minutes=59), "3 days left"),
        (timedelta(minutes=90), "1 hour left"),
        (timedelta(minutes=5), "5 minutes left"),
        (timedelta(minutes=1), "1 minute left"),
        (timedelta(), "0 minutes left"),
        (-timedelta(hours=4), "4 hours late"),
        (-timedelta(minutes=1), "1 minute late"),
        (-timedelta(days=1, hours=2), "1 day 2 hours late"),
    ],
)
def test_the_time_left_is_in_days_hours_or_minutes(gap: timedelta, expected: str):
    assert time_left(RECEIVED + gap, RECEIVED) == expected


def test_a_short_text_is_its_own_excerpt():
    assert excerpt("one\n\n  two  \n") == "one\n  two"


def test_an_excerpt_of_many_lines_says_that_there_are_more():
    assert excerpt("1\n2\n3\n4\n5") == "1\n2\n3\n4 [...]"


def test_a_long_line_is_cut_at_a_word():
    assert excerpt("alpha beta gamma", width=12) == "alpha beta [...]"


def test_a_long_word_is_cut_where_the_room_ends():
    assert excerpt("abcdefghij", width=4) == "abcd [...]"


def test_the_excerpt_of_nothing_is_nothing():
    assert excerpt(" \n ") == ""


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=800), st.integers(1, 6), st.integers(1, 200))
def test_an_excerpt_is_bounded_and_begins_like_its_text(text: str, lines: int, width: int):
    short = excerpt(text, lines, width).removesuffix(" [...]")
    assert (len(short) <= width, len(short.split("\n")) <= lines) == (True, True)


def test_a_fingerprint_is_read_in_groups_of_four():
    assert fingerprint_words("0123456789ABCDEF") == "0123 4567 89AB CDEF"


def test_no_fingerprint_is_no_words():
    assert fingerprint_words("") == ""
