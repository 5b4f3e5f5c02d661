"""What a delivery, a dead letter and a bounce change. Invariant 9."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inboxd.core.case import (
    Decision,
    FileMessage,
    LetterBounced,
    Mark,
    Move,
    Outcome,
    Promise,
    RaiseTask,
    Remember,
    Role,
    State,
)
from inboxd.core.decide.delivery import met_by, on_dead, on_sent
from inboxd.core.decide.message import decide_message
from inboxd.core.model import Kind
from inboxd.core.policy import Policy
from inboxd.core.routing import Route, SentLetter
from inboxd.core.sla import Clocks
from tests.core.builders import (
    DAY,
    HOUR,
    MONA,
    OMAR,
    RECEIVED,
    SEVEN,
    changes,
    clock,
    facts,
    french_calendar,
    mail,
    policy,
    reading,
    report,
    sent,
    sent_to,
    to_rita,
)

POLICY = policy()
BY_HUMAN = policy(clocks=Clocks(french_calendar(), ack_by_human=True))
RECEIPTS = ["receipt", "receipt-withheld", "receipt-unreadable"]
SOON, LATER = RECEIVED + HOUR, RECEIVED + DAY


def marks(decision: Decision) -> dict[Promise, object]:
    return {mark.promise: mark.at for mark in changes(decision, Mark)}


# --- accepted ------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", RECEIPTS)
def test_a_receipt_meets_the_acknowledgement_when_the_next_server_accepts_it(purpose: str):
    letter = sent(purpose, SOON)
    decision = on_sent(letter, report(), (letter,), POLICY)
    assert decision.changes == (
        Mark(SEVEN, Promise.ACKNOWLEDGE, SOON),
        Move(SEVEN, State.ACKNOWLEDGED),
        Remember("letter.sent", SEVEN, "inboxd", {"purpose": purpose}),
    )


@pytest.mark.parametrize("purpose", RECEIPTS)
def test_a_receipt_that_has_not_left_meets_nothing(purpose: str):
    assert met_by((sent(purpose, None),), POLICY) == {}


@pytest.mark.parametrize("purpose", RECEIPTS)
def test_where_a_human_must_answer_a_receipt_meets_nothing(purpose: str):
    letter = sent(purpose, SOON)
    assert (marks(on_sent(letter, report(), (letter,), BY_HUMAN)), met_by((letter,), BY_HUMAN)) == (
        {},
        {},
    )


@pytest.mark.parametrize("rules", [POLICY, BY_HUMAN], ids=["automatic", "by a human"])
@pytest.mark.parametrize(
    ("purpose", "promises"),
    [
        ("ack", {Promise.ACKNOWLEDGE, Promise.UPDATE}),
        ("relay", {Promise.ACKNOWLEDGE, Promise.UPDATE}),
        ("severity", {Promise.ACKNOWLEDGE, Promise.UPDATE}),
        ("fixed", {Promise.ACKNOWLEDGE, Promise.UPDATE}),
        ("confirmed", {Promise.ACKNOWLEDGE, Promise.DIAGNOSE, Promise.UPDATE}),
        ("rejected", {Promise.ACKNOWLEDGE, Promise.DIAGNOSE, Promise.UPDATE}),
    ],
)
def test_a_human_letter_meets_its_promises(purpose: str, promises: set[Promise], rules: Policy):
    letter = sent(purpose, SOON)
    assert marks(on_sent(letter, report(), (letter,), rules)) == dict.fromkeys(promises, SOON)


@pytest.mark.parametrize(
    "purpose", ["need-key", "status", "key", "team-report", "escalation", "command-result"]
)
def test_other_letters_meet_nothing(purpose: str):
    assert met_by((sent(purpose),), POLICY) == {}


def test_no_letter_meets_the_fix_or_the_disclosure():
    everything = tuple(sent(p) for p in (*RECEIPTS, "ack", "confirmed", "fixed", "rejected"))
    assert {Promise.FIX, Promise.DISCLOSE} & set(met_by(everything, POLICY)) == set()


def test_the_first_letter_counts_for_the_acknowledgement_and_the_last_for_the_news():
    letters = (sent("ack", LATER), sent("relay", SOON), sent("receipt", RECEIVED))
    assert met_by(letters, POLICY) == {Promise.ACKNOWLEDGE: RECEIVED, Promise.UPDATE: LATER}


def test_what_is_stored_already_is_not_marked_again():
    letters = (sent("receipt", RECEIVED), sent("relay", LATER))
    case = report(state=State.ACKNOWLEDGED, clock=clock(acknowledged_at=RECEIVED))
    assert on_sent(letters[1], case, letters, POLICY).changes == (
        Mark(SEVEN, Promise.UPDATE, LATER),
        Remember("letter.sent", SEVEN, "inboxd", {"purpose": "relay"}),
    )


@pytest.mark.parametrize("state", [s for s in State if s is not State.NEW], ids=str)
def test_an_acknowledgement_moves_only_a_new_report(state: State):
    letter = sent("ack")
    assert changes(on_sent(letter, report(state=state), (letter,), POLICY), Move) == []


def test_a_letter_about_no_report_changes_nothing():
    assert on_sent(sent("key", number=None), None, (), POLICY).changes == ()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*RECEIPTS, "ack", "confirmed", "relay", "need-key"]),
            st.none() | st.integers(0, 1000),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_only_letters_that_left_and_came_not_back_meet_anything(
    letters: list[tuple[str, int | None, bool]],
):
    known = tuple(
        sent(purpose, None if hours is None else RECEIVED + hours * HOUR, bounced=bounced)
        for purpose, hours, bounced in letters
    )
    standing = tuple(x for x in known if x.sent_at is not None and not x.bounced)
    assert met_by(known, POLICY) == met_by(standing, POLICY)


# --- dead ------------------------------------------------------------------------------------------


def test_a_dead_letter_makes_a_task_tells_the_handlers_and_meets_nothing():
    decision = on_dead(sent("receipt", None), report(), "550 no such user", POLICY)
    assert (
        [x.to for x in decision.letters],
        len(changes(decision, RaiseTask)),
        marks(decision),
    ) == (
        [MONA.address, OMAR.address],
        1,
        {},
    )


def test_a_member_whose_letter_died_is_not_told_by_another_letter():
    letter = sent("team-report", None, to=MONA.address)
    decision = on_dead(letter, report(), "550 no such user", POLICY)
    assert [x.to for x in decision.letters] == [OMAR.address]


def test_a_notice_about_a_dead_letter_that_dies_itself_makes_no_further_mail():
    letter = sent("team-dead", None, to=MONA.address)
    decision = on_dead(letter, report(), "550 no such user", POLICY)
    assert (decision.letters, len(changes(decision, RaiseTask))) == ((), 1)


# --- bounced -----------------------------------------------------------------------------------------

FAILED = (("message/delivery-status", "Reporting-MTA: dns; x\n\nAction: failed\nStatus: 5.1.1"),)


def bounce(
    letter: SentLetter | None,
    letters: tuple[SentLetter, ...] = (),
    parts: tuple[tuple[str, str], ...] = FAILED,
    subject: str = "Undelivered Mail Returned to Sender",
) -> Decision:
    message = mail("", None, report_parts=parts, subject=subject)
    known = facts(
        report=report(clock=clock(acknowledged_at=SOON)),
        route=Route(bounced=letter),
        letters=letters or ((letter,) if letter else ()),
    )
    return decide_message(reading(Kind.BOUNCE, message), known, POLICY)


def test_a_bounced_receipt_opens_the_acknowledgement_again():
    letter = sent("receipt", SOON)
    assert marks(bounce(letter)) == {Promise.ACKNOWLEDGE: None}


def test_a_bounce_opens_only_what_the_bounced_letter_alone_had_met():
    letters = (sent("receipt", RECEIVED), sent("confirmed", SOON))
    assert marks(bounce(letters[1], letters)) == {Promise.DIAGNOSE: None, Promise.UPDATE: None}


def test_a_bounce_moves_a_clock_to_the_next_letter_that_stands():
    letters = (sent("receipt", RECEIVED), sent("ack", SOON), sent("relay", LATER))
    assert marks(bounce(letters[0], letters)) == {Promise.ACKNOWLEDGE: SOON}


def test_a_bounce_of_the_last_news_goes_back_to_the_news_before():
    letters = (sent("ack", SOON), sent("relay", LATER))
    assert marks(bounce(letters[1], letters)) == {Promise.UPDATE: SOON}


def test_a_second_bounce_of_the_same_letter_opens_nothing_more():
    letter = sent("receipt", SOON, bounced=True)
    other = sent("ack", LATER)
    assert marks(bounce(letter, (letter, other))) == {}


def test_a_bounce_is_recorded_filed_and_told():
    letter = sent("receipt", SOON)
    decision = bounce(letter)
    assert (
        decision.outcome,
        changes(decision, LetterBounced),
        changes(decision, FileMessage),
        [task.dedup for task in changes(decision, RaiseTask)],
        [x.to for x in decision.letters],
    ) == (
        Outcome.MACHINE,
        [LetterBounced(letter.message_id)],
        [FileMessage(SEVEN, Role.MACHINE)],
        [f"bounced:{letter.message_id}"],
        [MONA.address, OMAR.address],
    )


@pytest.mark.parametrize("purpose", ["team-report", "team-bounce", "escalation"])
def test_a_member_whose_mail_bounces_gets_no_mail_about_it(purpose: str):
    """That mail would bounce too, and so on: a loop (invariant 7)."""
    decision = bounce(sent(purpose, SOON, to=MONA.address))
    assert sent_to(decision, MONA.address) == []


def test_a_bounced_bounce_notice_makes_no_further_mail():
    assert bounce(sent("team-bounce", SOON, to=OMAR.address)).letters == ()


def test_a_bounced_letter_to_a_member_opens_nothing():
    letters = (sent("receipt", RECEIVED), sent("team-report", SOON, to=MONA.address))
    assert marks(bounce(letters[1], letters)) == {}


def test_a_bounced_letter_about_no_report_makes_a_task():
    letter = sent("key", SOON, number=None)
    decision = bounce(letter)
    assert (decision.outcome, len(changes(decision, RaiseTask)), marks(decision)) == (
        Outcome.MACHINE,
        1,
        {},
    )


def test_a_bounce_of_no_letter_of_ours_changes_nothing():
    assert bounce(None).changes == ()


@pytest.mark.parametrize(
    "status",
    [
        "Action: delayed",
        "action: DELAYED",
        "Action: relayed",
        "Action: delivered",
        "Action: expanded",
    ],
)
def test_a_notice_of_anything_but_failure_changes_nothing(status: str):
    decision = bounce(sent("receipt"), parts=(("message/delivery-status", status),))
    assert (decision.outcome, decision.changes, decision.letters) == (Outcome.MACHINE, (), ())


def test_one_failed_recipient_among_delayed_ones_is_a_bounce():
    text = "Action: delayed\n\nAction: failed"
    decision = bounce(sent("receipt"), parts=(("message/delivery-status", text),))
    assert len(changes(decision, LetterBounced)) == 1


def test_a_failure_is_a_failure_whatever_the_subject_says():
    decision = bounce(sent("receipt"), subject="Warning: message delayed")
    assert len(changes(decision, LetterBounced)) == 1


def test_without_a_status_the_subject_of_a_delay_notice_counts():
    decision = bounce(sent("receipt"), parts=(), subject="Delivery Status Notification (Delay)")
    assert decision.changes == ()


def test_the_words_of_our_own_subject_do_not_make_a_failure_a_delay():
    decision = bounce(sent("receipt"), parts=(), subject="Undeliverable: Re: Warning page has XSS")
    assert len(changes(decision, LetterBounced)) == 1


@pytest.mark.parametrize("letter", [sent("receipt"), sent("team-report", to=MONA.address), None])
def test_a_bounce_never_makes_mail_to_the_researcher(letter: SentLetter | None):
    assert to_rita(bounce(letter)) == []
