"""The tables of words: what was listed by strangers, and what no pattern may be."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from inboxd.core import words

MODULES = [f"inboxd.core.words.{module.name}" for module in pkgutil.iter_modules(words.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_no_bound_of_a_pattern_was_eaten_by_an_f_string(name):
    texts = [
        value.pattern
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, re.Pattern)
    ]
    assert [found for text in texts for found in re.findall(r"\(\d+, \d+\)", text)] == []
