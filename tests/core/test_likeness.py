"""How much a mail is like those of programs: the numbers, and what they decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.likeness import Example, as_table, cross_validated, judged, learn
from inboxd.core.kind import classify
from inboxd.core.likeness import EVEN, Weights, facts, likeness, parse, words
from inboxd.core.message import read_message
from inboxd.core.model import Kind, Message, Understanding
from inboxd.core.opening import open_message
from inboxd.core.trust import Voice
from tests.test_corpus import NoKeys

NOTHING = Understanding()


def mail(text: str, *, sender: str = "Ann Bell <ann@bell.example>", headers: str = "") -> Message:
    raw = f"From: {sender}\r\nTo: security@acme.example\r\n{headers}\r\n{text}".encode()
    return read_message(open_message(raw, NoKeys()), raw)


def example(said: str, *, program: bool, sender: str) -> Example:
    return Example(said, sender, program, frozenset(said.split()), frozenset())


TAUGHT = [
    example(said, program=program, sender=f"{number}@example.org")
    for number in range(8)
    for said, program in (("your ticket waits", True), ("i found it", False))
]


def test_words_that_programs_use_speak_for_a_program():
    weights = learn(TAUGHT)
    assert judged(example("ticket", program=False, sender="x"), weights) > EVEN
    assert judged(example("found", program=True, sender="x"), weights) < EVEN


def test_a_word_that_one_sender_repeats_teaches_nothing():
    talk = [example("zebra", program=True, sender="same@example.org") for _ in range(9)]
    assert "zebra" not in learn([*TAUGHT, *talk]).of


def test_unseen_mails_are_judged_by_what_the_others_taught():
    found = cross_validated(TAUGHT)
    assert len(found) == len(TAUGHT)
    assert all((like > EVEN) is one.program for one, like in found)


def test_a_table_is_read_as_it_was_written():
    weights = Weights(-0.5, {"a b": 1.25, "=signed": -2.0, "#": 0.01})
    assert parse(as_table(weights)) == weights


def test_nobody_is_told_by_a_name():
    met = words(mail("Ann writes to acme.\n\nAnn Bell", headers="Subject: for acme\r\n"))
    assert {"ann", "bell", "acme"}.isdisjoint(met)
    assert {"name", "us", "s:us"} <= met


def test_facts_tell_an_answer_that_its_writer_signs():
    headers = "Subject: Re: bug\r\nUser-Agent: Mozilla Thunderbird\r\n"
    assert {"=answers", "=client", "=signed"} <= facts(
        mail("Yes.\n\nAnn", headers=headers), NOTHING
    )


@given(st.text(max_size=300), st.text("ab\t\n1.- ", max_size=80))
def test_every_mail_is_between_a_persons_and_a_programs(text: str, name: str):
    weights = Weights(0.1, {"a": 900.0, "b": -900.0, "=asks": 1e9})
    assert 0.0 <= likeness(mail(text, sender=f'"{name}" <a@b.example>'), NOTHING, weights) <= 1.0


BRIEF = "I found an XSS on https://app.acme.example/search: it runs my script.\n\nAnn Bell"
REPORT = BRIEF.replace(
    "\n\n",
    "\n\nThe box echoes what one types, and nothing is escaped. " + "I tried it. " * 20 + "\n\n",
)


def verdict(message: Message, bias: float):
    return classify(message, NOTHING, Voice(), "security@acme.example", Weights(bias, {}))


def test_a_report_in_the_words_of_programs_is_answered_by_a_person():
    assert verdict(mail(REPORT), -5.0).may_auto_reply
    found = verdict(mail(REPORT), 5.0)
    assert (found.kind, found.may_auto_reply) == (Kind.REPORT, False)


def test_a_brief_report_at_first_hand_has_too_few_words_to_weigh():
    assert verdict(mail(BRIEF), 1.0).may_auto_reply
    assert not verdict(mail(BRIEF), 5.0).may_auto_reply


@pytest.mark.parametrize(("bias", "kind"), [(5.0, Kind.AUTO_REPLY), (-5.0, Kind.OTHER)])
def test_words_of_absence_are_a_persons_where_all_others_are(bias: float, kind: Kind):
    found = verdict(mail("I am out of the office until Monday, and back then.\n\nAnn"), bias)
    assert (found.kind, found.may_auto_reply) == (kind, False)


def test_a_header_of_programs_is_believed_whatever_the_words_are():
    message = mail(REPORT, headers="Auto-Submitted: auto-replied\r\n")
    assert verdict(message, -5.0).kind is Kind.AUTO_REPLY
