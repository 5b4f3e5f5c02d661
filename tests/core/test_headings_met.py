"""Headings and blocks of reports that strangers wrote, as they were first misread."""

from __future__ import annotations

import pytest

from inboxd.core.blocks import code_blocks
from inboxd.core.headings import fields_of
from inboxd.core.ratings import find_severity


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("What attacker gains:", ("impact",)),
        ("What an Attacker Could Do", ("impact",)),
        ("4. What this means in practice", ("impact",)),
        ("4. Repercusión", ("impact",)),
        ("How I triggered it", ("reproduction_steps",)),
        ("III. CHEMINEMENT", ("reproduction_steps",)),
        ("Ce qui ne va pas", ("description",)),
        ("6. Getting back to me", ("contact",)),
        ("Erreichbarkeit", ("contact",)),
        ("Requête utilisée", ("proof_of_concept",)),
        ("Proposed Remedy", ()),
        ("Piste de correction", ()),
        ("See attachments", None),
        ("See also", ()),
    ],
)
def test_headings_that_strangers_used_name_their_field(title, fields):
    assert fields_of(title, marked=True) == fields


def test_a_heading_in_brackets_ends_the_request_above_it():
    request = "GET /v1/export HTTP/1.1\nHost: api.mykonci.com\n"
    text = f"{request}\n[ Impact ]\nEverything can be read."
    ((start, end),) = code_blocks(text)
    assert text[start:end].strip() == request.strip()


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Severity (my guess) | High", "high"),
        ("Gravité estimée : élevée", "high"),
        ("Severity\n\nMedium, I think.", "medium"),
    ],
)
def test_a_severity_is_read_past_who_estimates_it(text, severity):
    assert find_severity(text) == severity
