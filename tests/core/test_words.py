"""The tables of words: what was listed by strangers, and what no pattern may be."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from inboxd.core import words
from tests.words import contact_found, lines, means, titles, wishes

MODULES = [f"inboxd.core.words.{module.name}" for module in pkgutil.iter_modules(words.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_no_bound_of_a_pattern_was_eaten_by_an_f_string(name):
    texts = [
        value.pattern
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, re.Pattern)
    ]
    assert [found for text in texts for found in re.findall(r"\(\d+, \d+\)", text)] == []


def test_headings_of_strangers_ask_for_what_they_say():
    assert [(field, h, means(h)) for field, h in titles() if field not in means(h)] == []


def test_wishes_to_be_named_are_read_as_they_are_meant():
    wrong = [(line, wishes(line)) for line in lines("wishes.jsonl")]
    assert [one for one in wrong if set(one[1]) != {one[0]["wish"]}] == []


def test_ways_to_reach_a_reporter_are_found():
    assert [line["text"] for line in lines("contacts.jsonl") if not contact_found(line)] == []
