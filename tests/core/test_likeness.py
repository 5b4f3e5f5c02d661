"""How much a mail is like those of programs: the numbers, and what they decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.likeness import Example, as_table, cross_validated, learn
from inboxd.core.extract import understand
from inboxd.core.kind import classify
from inboxd.core.likeness import EVEN, Weights, facts, likeness, parse, weigh, words
from inboxd.core.message import read_message
from inboxd.core.model import Kind, Message, Understanding
from inboxd.core.opening import open_message
from inboxd.core.trust import Voice
from tests.test_corpus import SCOPE, NoKeys

NOTHING = Understanding()


def mail(text: str, *, sender: str = "Ann Bell <ann@bell.example>", headers: str = "") -> Message:
    raw = f"From: {sender}\r\nTo: security@acme.example\r\n{headers}\r\n{text}".encode()
    return read_message(open_message(raw, NoKeys()), raw)


def example(said: str, *, program: bool, sender: str) -> Example:
    return Example(sender, program, frozenset(said.split()), frozenset())


TAUGHT = [
    example(said, program=program, sender=f"{number}@example.org")
    for number in range(8)
    for said, program in (("your ticket waits", True), ("i found it", False))
]


def test_words_that_programs_use_speak_for_a_program():
    weights = learn(TAUGHT)
    assert weigh({"ticket"}, set(), weights).value > EVEN
    assert weigh({"found"}, set(), weights).value < EVEN


def test_the_words_that_say_most_for_a_program_are_named():
    weights = Weights(
        -1.0, {"e:ticket": 9.0, "ticket": 8.0, "we got": 4.0, "i": -9.0, "=firm": 2.0}
    )
    like = weigh({"e:ticket", "ticket", "we got", "i"}, {"=firm"}, weights)
    assert like.words == ("ticket", "we got")


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
    assert (
        0.0 <= likeness(mail(text, sender=f'"{name}" <a@b.example>'), NOTHING, weights).value <= 1.0
    )


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


def test_words_of_the_mail_are_shown_and_neither_kept_nor_told_in_tasks():
    weights = Weights(1.0, {"echoes": 5.0})
    found = classify(mail(REPORT), NOTHING, Voice(), "security@acme.example", weights)
    assert found.shown[-1] == "programs use its words: echoes"
    assert "echoes" not in f"{found.evidence} {found.no_reply_because}"


def test_a_brief_report_at_first_hand_has_too_few_words_to_weigh():
    assert verdict(mail(BRIEF), 1.0).may_auto_reply
    assert not verdict(mail(BRIEF), 5.0).may_auto_reply
    nobody_signs = BRIEF.removesuffix("\n\nAnn Bell")
    assert not verdict(mail(nobody_signs), 1.0).may_auto_reply


@pytest.mark.parametrize(("bias", "kind"), [(5.0, Kind.AUTO_REPLY), (-5.0, Kind.OTHER)])
def test_words_of_absence_are_a_persons_where_all_others_are(bias: float, kind: Kind):
    found = verdict(mail("I am out of the office until Monday, and back then.\n\nAnn"), bias)
    assert (found.kind, found.may_auto_reply) == (kind, False)


def test_a_header_of_programs_is_believed_whatever_the_words_are():
    message = mail(REPORT, headers="Auto-Submitted: auto-replied\r\n")
    assert verdict(message, -5.0).kind is Kind.AUTO_REPLY


DESK = "Auto-Submitted: auto-generated\r\nX-Zendesk-From-Account-Id: 7c2e91\r\n"
RELAY = "A forwarder <noreply-relay@bay.example>"


@pytest.mark.parametrize(
    "message",
    [
        mail(REPORT, headers=DESK),
        mail(REPORT, headers="List-Id: <talk.lists.example>\r\n"),
        mail(REPORT, sender=RELAY),
    ],
)
def test_a_person_is_read_behind_a_desk_a_list_and_a_relay(message: Message):
    found = verdict(message, -5.0)
    assert (found.kind, found.may_auto_reply) == (Kind.REPORT, False)


def test_the_address_of_a_program_is_believed_when_the_words_are_like_it():
    assert verdict(mail(REPORT, sender=RELAY), 5.0).kind is Kind.BULK


@pytest.mark.parametrize(
    "greeting", ["Hello {{company|Team}},", "Dear *|FNAME or company|*,", "Hi %%first_name%%,"]
)
def test_a_template_that_nobody_filled_in_is_not_answered(greeting: str):
    assert not verdict(mail(f"{greeting}\n\n{REPORT}"), -5.0).may_auto_reply


def test_a_key_service_and_a_setup_message_are_programs():
    for header in ("Wks-Phase: confirm", "Autocrypt-Setup-Message: v1"):
        message = mail("Please send me your PGP key.\n\nAnn", headers=f"{header}\r\n")
        assert not verdict(message, -5.0).may_auto_reply


def test_what_a_rule_of_a_mailbox_hands_on_is_not_answered():
    handed_on = (
        "Forwarded by a rule of the mailbox.\n\n-------- Forwarded Message --------\n"
        "From: Bo <bo@b.example>\nTo: info@bell.example\nSubject: bug\n\n"
        "I found an XSS.\n\nSteps: open https://app.mykonci.com/search?q=<svg>\nImpact: theft\n"
    )
    message = mail(handed_on, headers="Subject: Fwd: bug\r\n")
    told = understand(message, SCOPE)
    own = "security@acme.example"
    assert classify(message, told, Voice(), own, Weights(-5.0, {})).may_auto_reply
    assert not classify(message, told, Voice(), own, Weights(5.0, {})).may_auto_reply


UNDECIDED = -2.6  # the score of a likeness of 0.07


@pytest.mark.parametrize(
    ("text", "subject", "may"),
    [
        (REPORT, "XSS", True),
        (REPORT, "Re: your mail", False),
        ("Do you pay for reports?\n\nAnn Bell", "Re: your mail", True),
    ],
)
def test_an_answer_is_doubted_sooner_where_a_letter_would_go_out(
    text: str, subject: str, may: bool
):
    message = mail(text, headers=f"Subject: {subject}\r\n")
    assert verdict(message, UNDECIDED).may_auto_reply is may
