"""How a table of words becomes one pattern."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from inboxd.core import words
from inboxd.core.words import by_language, joined, pattern

MODULES = [f"inboxd.core.words.{module.name}" for module in pkgutil.iter_modules(words.__path__)]


@pytest.mark.parametrize(
    ("table", "expression"),
    [
        ("a", "a"),
        ("a\nb", "a|b"),
        ("  a b\n\n  # a remark\n  c|d  ", "a b|c|d"),
        ("x (?:\n  a\n  b\n) y\nz", "x (?:a|b) y|z"),
        ("(\na\n(?P<n>\nb\n)\n)", "(a|(?P<n>b))"),
        (r"\(" + "\nb", r"\(|b"),  # a bracket that is meant
        ("(?<!\nnot\\s\n)here", r"(?<!not\s)here"),
    ],
)
def test_lines_are_alternatives_and_brackets_hold_theirs(table: str, expression: str):
    assert joined(table) == expression
    re.compile(joined(table))


def test_a_pattern_of_a_table_is_read_without_regard_to_case():
    assert pattern("bonjour\nhallo").search("HALLO")
    assert pattern("bonjour\nhallo", 0).search("HALLO") is None


def test_an_alternative_of_one_language_never_runs_into_the_next():
    found = by_language(en="hello\nhi there", de="guten tag")
    assert [bool(found.fullmatch(text)) for text in ("hi there", "guten tag", "hi guten tag")] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_no_bound_of_a_pattern_was_eaten_by_an_f_string(name):
    texts = [
        value.pattern
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, re.Pattern)
    ]
    assert [found for text in texts for found in re.findall(r"\(\d+, \d+\)", text)] == []
