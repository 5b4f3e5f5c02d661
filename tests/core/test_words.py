"""Headings, wishes and ways of contact that strangers listed by themselves."""

from __future__ import annotations

from tests.words import contact_found, lines, means, titles, wishes


def test_headings_of_strangers_ask_for_what_they_say():
    assert [(field, h, means(h)) for field, h in titles() if field not in means(h)] == []


def test_wishes_to_be_named_are_read_as_they_are_meant():
    wrong = [(line, wishes(line)) for line in lines("wishes.jsonl")]
    assert [one for one in wrong if set(one[1]) != {one[0]["wish"]}] == []


def test_ways_to_reach_a_reporter_are_found():
    assert [line["text"] for line in lines("contacts.jsonl") if not contact_found(line)] == []
