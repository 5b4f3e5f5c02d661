"""Reports given as JSON or YAML: what is read, what is no report, and what hostile text costs."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.model import FIELD_NAMES, CreditWish
from inboxd.core.structured import Structured, structured_report
from tests.hostile_mail import mail_text

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "report-format.md"
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def read(text: str) -> Structured:
    report = structured_report(text)
    assert report is not None
    return report


def with_(**more: object) -> str:
    return json.dumps({"title": "Stored XSS", "impact": "Takeover"} | more)


def credit(**more: object) -> tuple[str, str | None, str | None]:
    found = read(with_(**more)).credit
    return found.wish.value, found.name, found.handle


# --- what is read --------------------------------------------------------------------------------


def test_both_examples_of_the_guide_are_read_whole():
    text = GUIDE.read_text("utf-8")
    in_json, in_yaml = (
        read(block) for block in re.findall(r"^```(?:json|yaml)\n(.*?)^```", text, re.M | re.S)
    )
    assert [name for name, _ in in_json.fields] == list(FIELD_NAMES)
    assert [name for name, _ in in_yaml.fields] == list(FIELD_NAMES)
    assert (in_json.credit.wish, in_json.credit.name) == (CreditWish.YES, "Jane Doe")
    assert (in_yaml.credit.wish, in_yaml.credit.name) == (CreditWish.NO, None)
    assert (in_json.severity, in_json.cwe, in_json.cvss) == (
        "high", ("CWE-79",), "CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N",
    )  # fmt: skip
    assert (in_yaml.severity, in_yaml.cwe, in_yaml.cvss) == ("critical", ("CWE-89",), None)


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("stepsToReproduce", "reproduction_steps"),
        ("Steps to reproduce", "reproduction_steps"),
        ("how-to-reproduce", "reproduction_steps"),
        ("REPRODUCTION_STEPS", "reproduction_steps"),
        ("Étapes de reproduction", "reproduction_steps"),
        ("PoC", "proof_of_concept"),
        ("proof_of_concept", "proof_of_concept"),
        ("preuve de concept", "proof_of_concept"),
        ("affected_urls", "components"),
        ("composants concernés", "components"),
        ("hôte", "components"),
        ("Conséquences", "impact"),
        ("risque", "impact"),
        ("e-mail", "contact"),
        ("coordonnées", "contact"),
        ("Résumé", "description"),
    ],
)
def test_a_key_is_known_in_every_spelling(key: str, field: str):
    report = read(json.dumps({"title": "XSS", "steps": "a", "impact": "b", key: "the value"}))
    assert "the value" in dict(report.fields)[field].split("\n")


def test_the_title_stands_before_the_description():
    fields = dict(read('{"details": "c", "summary": "b", "title": "a", "impact": "i"}').fields)
    assert fields["description"] == "a\n\nb\n\nc"


def test_lists_are_joined_one_item_a_line_in_their_own_words():
    fields = dict(read(with_(steps=["1. Log in", {"step": 2, "action": "Post it"}])).fields)
    assert fields["reproduction_steps"] == "1. Log in\nPost it"


def test_components_are_found_in_texts_lists_and_objects():
    report = read(with_(url="https://a.example", assets=["b", {"name": "c", "version": "1.x"}]))
    assert report.components == ("https://a.example", "b", "c")


def test_a_report_may_stand_inside_another_object():
    text = json.dumps(
        {"report": json.loads(with_(cvss={"vector": VECTOR, "score": 9.8})),
         "reporter": {"name": "Jane", "contact": "jane@x.example"}}
    )  # fmt: skip
    report = read(text)
    assert report.cvss == VECTOR
    assert dict(report.fields)["contact"] == "jane@x.example"
    assert report.credit.wish is CreditWish.UNKNOWN


@pytest.mark.parametrize("key", ["findings", "vulnerabilities", "issues", "failles"])
def test_several_findings_are_counted_and_joined(key: str):
    report = read(
        json.dumps(
            {key: [{"title": "a", "severity": "low", "cwe": 79, "url": "/a"},
                   {"title": "b", "severity": "élevée", "cwe": ["CWE-89: SQL"], "impact": "i"}]}
        )
    )  # fmt: skip
    assert report.findings == 2
    assert dict(report.fields)["description"] == "a\n\nb"
    assert (report.severity, report.cwe) == ("high", ("CWE-79", "CWE-89"))


@pytest.mark.parametrize(
    ("before", "block", "after"),
    [
        ("", "title: XSS\nimpact: bad", "\n"),
        ("", "---\ntitle: XSS\nimpact: bad", "\n"),
        ("\ufeff", with_(), "\r\n"),
        ("Hello\n\n```yaml\n", "title: XSS\nimpact: bad", "\n```\nBye"),
        ("Hello\r\n\r\n``` json\r\n", with_(), "\r\n```\r\nBye"),
        ("~~~yml\n", "title: XSS\nimpact: bad", "\n~~~\n"),
        ("```json\n", '{"title": "a comma too many", "impact": "bad",}', "\n```"),
        ("Hello,\nbelow is my report.\n", with_(), "\n-- \nJane"),
        ("POST /x\n\n" + '{"title": "a", "url": "b"}\n', with_(), ""),
        ("```sh\nls\n```\n```yaml\n", "title: XSS\nimpact: bad", "\n```"),
    ],
)
def test_the_span_is_where_the_block_stood(before: str, block: str, after: str):
    start, end = read(before + block + after).span
    assert (before + block + after)[start:end] == block


def test_a_payload_that_looks_like_a_comment_is_kept():
    assert dict(read("title: a\npayload: 1' OR 1=1 #").fields)["proof_of_concept"] == "1' OR 1=1 #"


def test_a_line_that_a_mail_program_broke_is_read():
    assert (
        dict(read('{"title": "long\nline", "impact": "i"}').fields)["description"] == "long\nline"
    )


def test_a_bare_severity_is_no_impact():
    report = read('{"title": "a", "url": "b", "risk": "High"}')
    assert (report.severity, "impact" in dict(report.fields)) == ("high", False)


# --- what is no report ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, I found an XSS.",
        '{"name": "x", "version": "1", "description": "a package", "repository": {"url": "u"}}',
        '{"user": "a", "password": "b"}',
        '{"url": "https://10.0.0.1/", "payload": "x"}',
        '{"target": 5, "steps": 3, "title": "a"}',
        'POST /api HTTP/1.1\n\n{"title": "x", "url": "y"}\n',
        '{"title": "only one field"}',
        '{"title": "a", "impact": "n/a", "steps": [], "poc": null}',
        "title: a\nimpact: [unclosed",
        "title: a: b\nimpact: c",
        "[1, 2, 3]",
        '{"title": "a", "impact": "b"',
    ],
)
def test_what_is_no_report_gives_none(text: str):
    assert structured_report(text) is None


# --- credit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, ("yes", None, None)),
        ("Yes, please", ("yes", None, None)),
        ("oui", ("yes", None, None)),
        ("Jane Doe", ("yes", "Jane Doe", None)),
        ("Jan van der Berg (@jan)", ("yes", "Jan van der Berg", "@jan")),
        ("yes, as Jane Doe", ("yes", "Jane Doe", None)),
        ({"wish": "yes", "handle": "jane_x"}, ("yes", None, "jane_x")),
        ({"name": "Jane Doe"}, ("yes", "Jane Doe", None)),
        ([{"name": "Jane Doe"}, "Bob Li"], ("yes", "Jane Doe, Bob Li", None)),
        (False, ("no", None, None)),
        ("Non merci", ("no", None, None)),
        ("Anonymous", ("no", None, None)),
        ("I stay anonymous", ("no", None, None)),
        ({"wish": False, "name": "Jane Doe"}, ("no", None, None)),
        ({"wish": True, "name": "anonymous"}, ("no", None, None)),
        ({"anonymous": True, "name": "Jane Doe"}, ("no", None, None)),
        ([True, "no"], ("no", None, None)),
    ],
)
def test_a_clear_credit_wish_is_read(value: object, expected: tuple[str, str | None, str | None]):
    assert credit(credit=value) == expected


@pytest.mark.parametrize(
    "value",
    [None, "", "maybe", "Later", "Ask Me First", "Yes, but not my name", "Yes if you publish", "TBD",
     "Your Name", "Undecided", "jane@x.example", "5", 5, {}, {"wish": None, "name": "Jane Doe"},
     {"wish": "perhaps", "name": "Jane Doe"}, {"link": "https://x.example"}, ["Jane Doe", "maybe"],
     {"wish": True, "name": "ask me"}],
)  # fmt: skip
def test_an_unclear_credit_wish_is_never_a_yes(value: object):
    assert credit(credit=value) == ("unknown", None, None)


def test_a_name_is_a_wish_only_under_a_key_that_says_so():
    assert credit(reporter={"name": "Jane Doe"}, author="Jane Doe")[0] == "unknown"
    assert credit(acknowledge="Jane Doe") == ("yes", "Jane Doe", None)
    assert credit(reporter={"name": "Jane Doe"}, credit="yes") == ("yes", "Jane Doe", None)
    assert credit(reporter={"name": "Jane Doe"}, anonymous=True) == ("no", None, None)


# --- hostile text --------------------------------------------------------------------------------

_BITS = [
    "title", "impact", "steps", "credit", "cvss", "findings", "report", "reporter", "name", "yes",
    '"', "'", ":", ": ", ",", "{", "}", "[", "]", "- ", "\n", "\n  ", "```json\n", "```yaml\n",
    "\n```\n", "&a ", "*a", "!!python/object:os.system ", "|\n", ">\n", "#", " #", "? ", "%YAML 9\n",
    "---\n", "...\n", "\\ud800", "\\UFFFFFFFF", "\\u0000", "NaN", "-Infinity", "1e999", "~", "\t",
    '{"title": "a", "impact": "b"', "title: a\nimpact: b\n", "<<: ", "\u2028", "\x85", "\ufeff",
]  # fmt: skip
_blocks = st.lists(st.one_of(st.sampled_from(_BITS), st.text(max_size=3)), max_size=40)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(_BITS[:10]) | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(st.one_of(mail_text, _blocks.map("".join), _json.map(json.dumps)))
def test_any_text_gives_a_report_that_can_be_stored_or_none_quickly(text: str):
    started = time.monotonic()
    report = structured_report(text)
    assert time.monotonic() - started < 2
    if report is not None:
        start, end = report.span
        assert 0 <= start < end <= len(text) and report.findings >= 1
        assert {name for name, _ in report.fields} <= set(FIELD_NAMES)
        assert all(value.strip() and value.encode() for _, value in report.fields)
        assert ("components" in dict(report.fields)) == bool(report.components)
        c = report.credit
        assert c.wish is CreditWish.YES or (c.name, c.handle, c.link) == (None, None, None)


@pytest.mark.parametrize(
    "extra",
    ["poc: &a [x]\nurl: *a", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]", "poc: *nowhere",
     "poc: " + "[" * 30 + "]" * 30, "poc: " + "[" * 40_000, 'poc: "\\UFFFFFFFF"', "poc: !<"],
)  # fmt: skip
def test_yaml_with_aliases_or_made_to_break_a_parser_is_not_read(extra: str):
    assert structured_report(f"title: a\nimpact: b\n{extra}") is None


def test_tags_construct_nothing():
    report = read("title: !!python/object/apply:os.system [echo x]\nimpact: !!binary aGk=\nurl: u")
    assert dict(report.fields)["description"] == "echo x"
    assert dict(report.fields)["impact"] == "aGk="


@pytest.mark.parametrize("levels", [19, 20, 21])
def test_twenty_levels_are_read_and_no_more(levels: int):
    inner = "[" * (levels - 1) + '"x"' + "]" * (levels - 1)
    for text in (
        f'{{"title": "a", "impact": "b", "z": {inner}}}',
        f"title: a\nimpact: b\nz: {inner}",
    ):
        assert (structured_report(text) is not None) == (levels <= 20)


def test_a_duplicate_key_loses_nothing_and_a_refusal_wins():
    for text in (
        '{"title": "a", "title": "b", "impact": "i", "credit": "no", "credit": "yes"}',
        "title: a\ntitle: b\nimpact: i\ncredit: no\ncredit: yes",
    ):
        report = read(text)
        assert dict(report.fields)["description"] == "a\n\nb"
        assert report.credit.wish is CreditWish.NO


def test_numbers_that_are_none_are_no_words():
    report = read('{"title": "a", "impact": "b", "poc": NaN, "cwe": 1e999, "severity": -Infinity}')
    assert [name for name, _ in report.fields] == ["description", "impact"]
    assert (report.severity, report.cwe) == (None, ())


def test_text_that_no_database_takes_is_cleaned():
    fields = dict(read('{"title": "a\\ud800\\u0000b", "impact": "\\ud83d\\ude00 i"}').fields)
    assert fields == {"description": "ab", "impact": "\U0001f600 i"}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 999_000,
        '{"a":' * 190_000,
        '{"a\n' * 190_000,
        "[\n" * 20 + "1," * 490_000,
        "```json\n" * 120_000,
        ("```" + " " * 300_000 + "x y\n") * 3,
        '{"title": "t", "impact": "i", "severity": ' + "9" * 900_000 + "}",
        '{"title": "t", "impact": "i", "poc": "' + "-" * 900_000 + 'x"}',
        '{"title": "t", "impact": "i", "credit": "' + "(" * 900_000 + '"}',
        '{"title": "t", "impact": "i", "poc": [' + "[1]," * 240_000 + "1]}",
        "{" + '"title": "t",' * 70_000 + '"impact": "i"}',
        "title: a\nimpact: b\nz: {" + "a: b," * 9_900 + "}",
        "title: a\nimpact: b\n" + "- " * 24_000,
        "title: a\nimpact: b\n" + "? " * 24_000,
        "title: a\nimpact: b\n" + "-" * 49_000,
        with_() + " " * 1_000_000,
    ],
    ids=range(16),
)
def test_text_made_to_exhaust_the_reader_takes_no_long_time(text: str):
    started = time.monotonic()
    structured_report(text)
    assert time.monotonic() - started < 10  # about a second on an idle machine


def test_what_is_too_long_is_not_read():
    assert structured_report(with_(poc="x" * 1_000_000)) is None
    assert structured_report("title: a\nimpact: b\npoc: " + "x" * 50_000) is None
    assert structured_report(with_(poc="x" * 900_000)) is not None
