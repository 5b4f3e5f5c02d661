"""What happens to one received mail. Invariants 2, 4, 5 and 7."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inboxd.core.case import (
    BecameReadable,
    Decision,
    FileMessage,
    FillFields,
    Hold,
    LearnKey,
    OpenReport,
    Outcome,
    RaiseTask,
    Remember,
    Report,
    Resume,
    Role,
    Seal,
)
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.message import decide_message
from inboxd.core.letter import Auto, Letter, Protection
from inboxd.core.model import (
    Credit,
    CreditWish,
    Crypto,
    Flag,
    Kind,
    SeenUrl,
    Understanding,
)
from inboxd.core.routing import Route
from inboxd.core.scope import Scope, SubProcessor
from inboxd.core.trust import Voice
from tests.core.builders import (
    DAY,
    ENCRYPTED,
    EVE,
    EVE_KEY,
    HOUR,
    MONA,
    MONA_KEY,
    OMAR,
    RECEIVED,
    RITA,
    RITA_KEY,
    SECRET_WORDS,
    SEVEN,
    UNREADABLE,
    acts,
    attachment,
    changes,
    clock,
    facts,
    from_reporter,
    mail,
    policy,
    purposes,
    reading,
    report,
    sent_to,
    signed_by,
    strong,
    to_relay,
    to_rita,
    understood,
    weak,
)

POLICY = policy()
POSSIBLE = Route(None, None, "it points at a report without proof", possible=SEVEN)

TO_REPORTER = {
    "receipt", "receipt-withheld", "receipt-unreadable", "key", "pgp-test", "status", "need-key",
    "ack", "confirmed", "rejected", "severity", "fixed", "relay",
}  # fmt: skip
"""Every purpose that may go to a researcher; all others are internal."""


def decide(read: Reading, known: MessageFacts | None = None) -> Decision:
    return decide_message(read, known or facts(), POLICY)


def encrypted_report(**more: Any) -> Reading:
    message = mail(SECRET_WORDS, crypto=ENCRYPTED, protected_subject="secret title")
    return reading(Kind.REPORT, message, understood=understood(), **more)


def unreadable_report(**more: Any) -> Reading:
    return reading(Kind.REPORT, mail("", crypto=UNREADABLE, subject="..."), **more)


def clear_report() -> Reading:
    return reading(Kind.REPORT, mail(SECRET_WORDS), understood=understood())


# --- one outcome each ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (Kind.REPORT, Outcome.OPENED),
        (Kind.FOLLOW_UP, Outcome.OPENED),  # claims to follow up, but nothing ties it to a report
        (Kind.KEY_REQUEST, Outcome.ANSWERED),
        (Kind.PGP_TEST, Outcome.ANSWERED),
        (Kind.QUESTION, Outcome.SET_ASIDE),
        (Kind.STATUS_REQUEST, Outcome.SET_ASIDE),
        (Kind.SPAM, Outcome.SET_ASIDE),
        (Kind.OTHER, Outcome.SET_ASIDE),
        (Kind.BOUNCE, Outcome.MACHINE),
        (Kind.AUTO_REPLY, Outcome.MACHINE),
        (Kind.BULK, Outcome.MACHINE),
    ],
)
def test_a_mail_that_is_tied_to_nothing_ends_by_its_kind(kind: Kind, outcome: Outcome):
    assert decide(reading(kind)).outcome is outcome


@pytest.mark.parametrize(
    "kind", [k for k in Kind if not k.is_machine and k is not Kind.MEMBER], ids=str
)
def test_whatever_the_reporter_sends_to_the_reply_address_is_filed(kind: Kind):
    decision = decide(reading(kind), facts(report=report()))
    assert (decision.outcome, changes(decision, FileMessage)) == (
        Outcome.FILED,
        [FileMessage(SEVEN, Role.REPORTER)],
    )


@pytest.mark.parametrize("kind", [Kind.AUTO_REPLY, Kind.BULK])
def test_machine_mail_to_a_reply_address_is_filed_as_machine_mail_and_does_nothing_else(kind: Kind):
    decision = decide(reading(kind), facts(report=report()))
    assert (decision.outcome, decision.changes, decision.letters) == (
        Outcome.MACHINE,
        (FileMessage(SEVEN, Role.MACHINE),),
        (),
    )


@pytest.mark.parametrize("kind", [k for k in Kind if not k.is_machine], ids=str)
def test_a_possible_follow_up_is_only_shown_to_people(kind: Kind):
    decision = decide(reading(kind), facts(report=report(), route=POSSIBLE))
    assert (
        decision.outcome,
        acts(decision),
        changes(decision, FileMessage),
        to_rita(decision),
    ) == (
        Outcome.SET_ASIDE,
        [],
        [],
        [],
    )


def test_a_possible_follow_up_makes_a_task():
    decision = decide(reading(Kind.REPORT), facts(report=report(), route=POSSIBLE))
    (task,) = changes(decision, RaiseTask)
    assert (task.number, task.text) == (
        SEVEN,
        "A mail may belong to report 7; nothing proves it. Read the notice.",
    )


def test_what_is_set_aside_goes_to_every_handler_and_makes_a_task():
    decision = decide(reading(Kind.QUESTION))
    assert ([letter.to for letter in decision.letters], len(changes(decision, RaiseTask))) == (
        [MONA.address, OMAR.address],
        1,
    )


def test_spam_is_listed_for_people_but_not_mailed_to_them():
    decision = decide(reading(Kind.SPAM))
    assert (decision.letters, len(changes(decision, RaiseTask))) == ((), 1)


def test_a_mail_to_a_members_reply_address_without_proof_of_the_member_does_nothing():
    message = mail("/reject nonsense", EVE)
    decision = decide(reading(Kind.REPORT, message), facts(report=report(), route=to_relay()))
    assert (decision.outcome, acts(decision), purposes(sent_to(decision, MONA.address))) == (
        Outcome.SET_ASIDE,
        [],
        ["member-unproven"],
    )


def test_the_same_message_id_with_other_bytes_is_a_new_mail_with_a_warning():
    decision = decide(clear_report(), facts(same_id_other_bytes=True))
    kinds = [change.kind for change in changes(decision, Remember)]
    assert (decision.outcome, kinds) == (
        Outcome.OPENED,
        ["report.opened", "message.same-id-other-bytes"],
    )


# --- opening a report --------------------------------------------------------------------------------


def opened(decision: Decision) -> Report:
    (change,) = changes(decision, OpenReport)
    return change.report


def test_a_report_in_clear_is_opened_and_gets_the_whole_receipt():
    (letter,) = to_rita(decide(clear_report()))
    assert (letter.purpose, letter.auto, letter.protection, letter.subject) == (
        "receipt",
        Auto.REPLIED,
        Protection.SIGNED,
        "Re: XSS in the search",
    )


def test_the_clocks_start_when_the_mail_reached_the_mail_server():
    decision = decide(clear_report(), facts(now=RECEIVED + DAY, received_at=RECEIVED))
    assert opened(decision).clock == clock(received_at=RECEIVED, readable_at=RECEIVED)


def test_an_unreadable_report_starts_the_clocks_but_not_the_disclosure():
    assert opened(decide(unreadable_report())).clock == clock(readable_at=None)


def test_answers_go_to_from_even_when_reply_to_names_somebody_else():
    read = reading(Kind.REPORT, mail(SECRET_WORDS, reply_to=(EVE,)))
    decision = decide(read)
    assert (opened(decision).reporter, sent_to(decision, EVE.spec)) == (RITA.spec, [])


def test_an_encrypted_report_with_a_known_key_gets_the_whole_receipt_encrypted():
    (letter,) = to_rita(decide(encrypted_report(), facts(known_key=RITA_KEY)))
    assert (letter.purpose, letter.protection, letter.fingerprint) == (
        "receipt",
        Protection.ENCRYPTED,
        RITA_KEY,
    )


@pytest.mark.parametrize(
    ("crypto", "told"),
    [
        (signed_by(RITA_KEY, encrypted=True), True),
        (signed_by(EVE_KEY, encrypted=True), False),  # Eve's words, sent on to be read
        (ENCRYPTED, False),
    ],
    ids=["signed by the key that is answered to", "signed by another", "unsigned"],
)
def test_decrypted_words_go_back_only_to_the_key_that_signed_them(crypto: Crypto, told: bool):
    message = mail(SECRET_WORDS, crypto=crypto, protected_subject="secret title")
    read = reading(Kind.REPORT, message, understood=understood())
    (letter,) = to_rita(decide(read, facts(known_key=RITA_KEY)))
    words = f"{letter.facts} {letter.subject}"
    assert (letter.facts["quotes"], SECRET_WORDS in words, "secret title" in words) == (told,) * 3


def test_an_encrypted_report_without_a_key_gets_a_content_free_receipt():
    (letter,) = to_rita(decide(encrypted_report()))
    facts_without_content = {"understood", "credit_as", "missing", "text"}.isdisjoint(letter.facts)
    assert (letter.purpose, letter.subject, facts_without_content) == (
        "receipt-withheld",
        None,
        True,
    )


def test_an_encrypted_report_without_a_key_makes_a_task():
    (task,) = changes(decide(encrypted_report()), RaiseTask)
    assert task.dedup == "no-key:7"


def test_a_key_that_came_with_the_report_is_used_and_learned():
    decision = decide(encrypted_report(offered_key=RITA_KEY))
    (letter,) = to_rita(decision)
    assert (letter.purpose, letter.fingerprint, changes(decision, LearnKey)) == (
        "receipt",
        RITA_KEY,
        [LearnKey(RITA_KEY, RITA.spec, "signature")],
    )


def test_a_key_that_comes_later_does_not_replace_the_known_one():
    decision = decide(encrypted_report(offered_key=EVE_KEY), facts(known_key=RITA_KEY))
    assert opened(decision).fingerprint == RITA_KEY


def test_an_unreadable_report_is_answered_with_the_reason_and_no_content():
    (letter,) = to_rita(decide(unreadable_report()))
    assert (letter.purpose, letter.facts["reason"], letter.subject) == (
        "receipt-unreadable",
        "other-key",
        None,
    )


@pytest.mark.parametrize("read", [encrypted_report(), unreadable_report()], ids=["no key", "shut"])
def test_a_content_free_receipt_may_leave_without_a_key_and_is_an_automatic_answer(read: Reading):
    (letter,) = to_rita(decide(read))
    assert (letter.protection, letter.fingerprint, letter.auto) == (
        Protection.SIGNED,
        None,
        Auto.REPLIED,
    )


def test_an_unreadable_report_of_a_known_key_is_answered_encrypted():
    (letter,) = to_rita(decide(unreadable_report(), facts(known_key=RITA_KEY)))
    assert (letter.protection, letter.fingerprint) == (Protection.ENCRYPTED, RITA_KEY)


def test_the_receipt_says_that_there_is_no_money_only_when_it_was_asked_for():
    asking = understood(flags=(Flag("bounty-ask", "how much do you pay?"),))
    letters = [
        to_rita(decide(reading(Kind.REPORT, understood=found)))[0]
        for found in (asking, understood())
    ]
    assert [letter.facts["no_money"] for letter in letters] == [True, False]


def test_the_policy_version_in_force_stands_in_the_receipt():
    decision = decide_message(clear_report(), facts(), policy(policy_version="ab12"))
    assert to_rita(decision)[0].facts["policy_version"] == "ab12"


def test_a_target_at_a_sub_processor_gets_the_pointer_to_report_there():
    processor = SubProcessor("Shop", ("shop.example.com",), "security@shop.example.com")
    rules = policy(scope=Scope(sub_processors=(processor,)))
    url = SeenUrl("https://shop.example.com/x", "shop.example.com", "out", "target", "excluded")
    read = reading(Kind.REPORT, understood=understood(urls=(url,)))
    assert to_rita(decide_message(read, facts(), rules))[0].facts["sub_processors"] == [
        {"name": "Shop", "report_to": "security@shop.example.com"}
    ]


def test_a_report_without_a_sender_is_opened_and_a_person_is_asked_to_answer():
    read = reading(
        Kind.REPORT, mail(SECRET_WORDS, None), no_reply_because="it has no usable sender address"
    )
    decision = decide(read)
    assert (decision.outcome, len(changes(decision, RaiseTask))) == (Outcome.OPENED, 1)


@pytest.mark.parametrize("kind", [Kind.KEY_REQUEST, Kind.PGP_TEST])
def test_a_request_without_a_sender_has_an_outcome_like_every_mail(kind: Kind):
    read = reading(kind, mail("Key?", None), no_reply_because="it has no usable sender address")
    decision = decide(read)
    assert (decision.letters, len(changes(decision, RaiseTask))) == ((), 1)


def test_a_status_request_without_a_sender_is_filed():
    read = reading(
        Kind.STATUS_REQUEST, mail("News?", None), no_reply_because="it has no usable sender address"
    )
    assert decide(read, facts(report=report())).outcome is Outcome.FILED


# --- follow-ups ------------------------------------------------------------------------------------


def test_any_reply_of_the_reporter_ends_a_hold():
    held = report(clock=clock(holds=(Hold(RECEIVED, None, "for a log"),)))
    later = RECEIVED + DAY
    decision = decide(reading(Kind.OTHER), facts(report=held, received_at=later))
    assert changes(decision, Resume) == [Resume(SEVEN, later)]


def test_an_absence_note_of_the_reporter_does_not_end_a_hold():
    held = report(clock=clock(holds=(Hold(RECEIVED, None, "for a log"),)))
    assert changes(decide(reading(Kind.AUTO_REPLY), facts(report=held)), Resume) == []


def test_a_follow_up_fills_in_what_was_missing_and_nothing_else():
    found = understood()
    known = report(missing=("impact", "components"))
    decision = decide(reading(Kind.REPORT, understood=found), facts(report=known))
    (filled,) = changes(decision, FillFields)
    assert (dict(filled.understood), filled.missing) == (
        {"impact": dict(found.fields)["impact"]},
        ("components",),
    )


def test_the_first_readable_mail_of_an_unreadable_case_starts_the_disclosure():
    case = report(sealed=True, clock=clock(readable_at=None))
    decision = decide(clear_report(), facts(report=case, received_at=RECEIVED + HOUR))
    assert changes(decision, BecameReadable) == [BecameReadable(SEVEN, RECEIVED + HOUR)]


def test_a_second_readable_mail_does_not_move_the_disclosure():
    decision = decide(clear_report(), facts(report=report(), received_at=RECEIVED + HOUR))
    assert changes(decision, BecameReadable) == []


def test_an_encrypted_follow_up_seals_a_report_that_came_in_clear():
    decision = decide(encrypted_report(), facts(report=report()))
    assert changes(decision, Seal) == [Seal(SEVEN, None)]


def test_a_follow_up_in_clear_never_unseals():
    sealed = report(sealed=True, fingerprint=RITA_KEY)
    assert changes(decide(clear_report(), facts(report=sealed)), Seal) == []


def test_a_key_sent_later_opens_the_way_for_sealed_answers():
    read = reading(Kind.OTHER, mail("my key"), offered_key=RITA_KEY)
    decision = decide(read, facts(report=report(sealed=True)))
    assert changes(decision, Seal) == [Seal(SEVEN, RITA_KEY)]


def test_a_key_sent_by_somebody_else_is_not_taken_for_the_reporters():
    read = reading(Kind.OTHER, mail("use this key", EVE), offered_key=EVE_KEY)
    decision = decide(read, facts(report=report(sealed=True)))
    assert [change.fingerprint for change in changes(decision, Seal)] == []


def test_a_later_credit_wish_wins():
    read = reading(Kind.OTHER, understood=Understanding(credit=Credit(CreditWish.NO)))
    known = report(credit=Credit(CreditWish.YES, "Rita"))
    (filled,) = changes(decide(read, facts(report=known)), FillFields)
    assert filled.credit == Credit(CreditWish.NO)


def test_silence_about_credit_changes_nothing():
    known = report(credit=Credit(CreditWish.YES, "Rita"))
    assert changes(decide(reading(Kind.OTHER), facts(report=known)), FillFields) == []


def test_the_team_is_told_when_an_unknown_person_uses_the_reply_address():
    decision = decide(reading(Kind.OTHER, mail("me too", EVE)), facts(report=report()))
    (notice,) = sent_to(decision, MONA.address)
    assert notice.facts["known_participant"] is False


def test_a_status_request_of_the_reporter_is_answered():
    decision = decide(reading(Kind.STATUS_REQUEST), facts(report=report()))
    assert purposes(to_rita(decision)) == ["status"]


# --- robots, budgets --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.BOUNCE, Kind.AUTO_REPLY, Kind.BULK])
@pytest.mark.parametrize("route", [Route(), from_reporter(), to_relay(), POSSIBLE])
def test_robots_are_never_answered(kind: Kind, route: Route):
    known = facts(report=report(), route=route)
    assert [x for x in decide(reading(kind), known).letters if x.auto is Auto.REPLIED] == []


def test_an_answer_that_a_robot_would_get_becomes_a_task():
    decision = decide(reading(Kind.REPORT, no_reply_because="it says so"))
    (task,) = changes(decision, RaiseTask)
    assert (to_rita(decision), decision.outcome, task.text) == (
        [],
        Outcome.OPENED,
        "An automatic answer (receipt) was not sent: it says so. Answer by hand.",
    )


def test_the_notice_of_a_mail_says_that_nothing_answered_it():
    told = decide(reading(Kind.REPORT, no_reply_because="it says so"))
    assert {one.facts["unanswered"] for one in told.letters if one.purpose == "team-report"} == {
        "it says so"
    }
    answered = decide(reading(Kind.REPORT))
    assert {
        one.facts["unanswered"] for one in answered.letters if one.purpose == "team-report"
    } == {""}


@pytest.mark.parametrize(
    ("to_sender", "overall", "answered"),
    [(9, 199, 1), (10, 0, 0), (0, 200, 0), (11, 201, 0)],
)
def test_budgets_hold(to_sender: int, overall: int, answered: int):
    known = facts(auto_sent_to_sender=to_sender, auto_sent_overall=overall)
    decision = decide(clear_report(), known)
    assert (len(to_rita(decision)), len(changes(decision, RaiseTask))) == (answered, 1 - answered)


def test_a_withheld_answer_leaves_the_notices_to_the_team():
    decision = decide(clear_report(), facts(auto_sent_to_sender=99))
    assert [letter.to for letter in decision.letters] == [MONA.address, OMAR.address]


# --- letters to the team -----------------------------------------------------------------------------


def test_a_member_with_a_key_gets_the_report_encrypted_to_it():
    (notice,) = sent_to(decide(encrypted_report()), MONA.address)
    assert (notice.purpose, notice.protection, notice.fingerprint) == (
        "team-report",
        Protection.ENCRYPTED,
        MONA_KEY,
    )


def test_a_member_without_a_key_gets_a_bare_notice():
    read = reading(Kind.REPORT, mail(SECRET_WORDS, attachments=(attachment(),)))
    (notice,) = sent_to(decide(read), OMAR.address)
    assert (notice.purpose, notice.subject, notice.attachments, "text" in notice.facts) == (
        "team-bare",
        None,
        (),
        False,
    )


# --- properties over everything that can come together -----------------------------------------------

PEOPLE = [k for k in Kind if not k.is_machine and k is not Kind.MEMBER]


@st.composite
def situations(draw: st.DrawFn) -> tuple[Reading, MessageFacts]:
    kind = draw(st.sampled_from(Kind))
    crypto = draw(st.sampled_from([Crypto(), ENCRYPTED, UNREADABLE]))
    sender = draw(st.sampled_from([RITA, RITA, EVE]))
    text = draw(st.sampled_from([SECRET_WORDS, f"/ack\n{SECRET_WORDS}", f"/reject {SECRET_WORDS}"]))
    voice = draw(st.sampled_from([Voice(), strong(), weak()])) if kind is Kind.MEMBER else Voice()
    message = mail(
        "" if crypto.unreadable else text,
        sender,
        crypto=crypto,
        protected_subject=SECRET_WORDS if crypto.decrypted else None,
        attachments=draw(st.sampled_from([(), (attachment(),)])),
    )
    read = reading(
        kind,
        message,
        voice,
        draw(st.sampled_from([None, None, "it says so"])),
        understood=Understanding() if crypto.unreadable else understood(),
        offered_key=draw(st.sampled_from([None, EVE_KEY])),
    )
    case = draw(st.sampled_from([None, (False, None), (True, None), (True, RITA_KEY)]))
    known = facts(
        report=None if case is None else report(sealed=case[0], fingerprint=case[1]),
        route=(
            Route()
            if case is None
            else draw(st.sampled_from([from_reporter(), to_relay(), to_relay(OMAR), POSSIBLE]))
        ),
        known_key=draw(st.sampled_from([None, RITA_KEY])),
        auto_sent_to_sender=draw(st.sampled_from([0, 10])),
    )
    return read, known


def says_a_secret(letter: Letter) -> bool:
    return SECRET_WORDS in f"{letter.facts} {letter.subject}" or bool(letter.attachments)


@settings(max_examples=100, deadline=None)
@given(situations())
def test_nothing_of_a_sealed_case_travels_in_clear(situation: tuple[Reading, MessageFacts]):
    """Invariant 4: no letter that may leave unencrypted carries a word of a sealed case."""
    read, known = situation
    if known.report is not None and known.report.sealed:  # else its title came in clear
        known = replace(known, report=replace(known.report, title=SECRET_WORDS))
    sealed = read.message.crypto.encrypted or (known.report is not None and known.report.sealed)
    leaks = [
        letter.purpose
        for letter in decide(read, known).letters
        if sealed
        and letter.fingerprint is None
        and says_a_secret(letter)
        # a member who signs may send in clear what they wrote encrypted
        and not (read.voice.strong and known.report and not known.report.sealed)
    ]
    assert leaks == []


@settings(max_examples=100, deadline=None)
@given(situations())
def test_a_signed_only_letter_to_the_reporter_says_nothing_of_a_sealed_case(
    situation: tuple[Reading, MessageFacts],
):
    read, known = situation
    decision = decide(read, known)
    cases = [change.report for change in changes(decision, OpenReport)]
    cases += [known.report] if known.report else []
    if not any(case.sealed for case in cases):
        cases = []
    leaks = [
        letter.purpose
        for letter in decision.letters
        if cases and letter.to == RITA.spec and letter.protection is Protection.SIGNED
        if {"text", "understood"} & set(letter.facts) or letter.subject or letter.attachments
    ]
    assert leaks == []


@settings(max_examples=100, deadline=None)
@given(situations())
def test_letters_to_members_are_encrypted_to_them_or_hold_no_content(
    situation: tuple[Reading, MessageFacts],
):
    members = {MONA.address: MONA_KEY, OMAR.address: None}
    read, known = situation
    wrong = [
        letter.purpose
        for letter in decide(read, known).letters
        if letter.to in members
        if letter.fingerprint != members[letter.to]
        or (letter.fingerprint is None) != (letter.protection is Protection.SIGNED)
        or (letter.fingerprint is None and known.report is None and says_a_secret(letter))
    ]
    assert wrong == []


@settings(max_examples=100, deadline=None)
@given(situations())
def test_a_researcher_never_gets_an_internal_letter(situation: tuple[Reading, MessageFacts]):
    read, known = situation
    outside = [x for x in decide(read, known).letters if x.to not in (MONA.address, OMAR.address)]
    assert [x.purpose for x in outside if x.purpose not in TO_REPORTER] == []


@settings(max_examples=100, deadline=None)
@given(situations())
def test_a_team_member_never_gets_the_reporters_reply_address(
    situation: tuple[Reading, MessageFacts],
):
    read, known = situation
    inside = [x for x in decide(read, known).letters if x.to in (MONA.address, OMAR.address)]
    assert [x.purpose for x in inside if x.reply_party == "reporter"] == []


@settings(max_examples=100, deadline=None)
@given(situations())
def test_every_mail_has_an_outcome_a_reason_and_distinct_effects(
    situation: tuple[Reading, MessageFacts],
):
    decision = decide(*situation)
    dedups = [letter.dedup for letter in decision.letters]
    assert (isinstance(decision.outcome, Outcome), bool(decision.reason), len(dedups)) == (
        True,
        True,
        len(set(dedups)),
    )


@settings(max_examples=100, deadline=None)
@given(situations())
def test_the_same_facts_give_the_same_decision(situation: tuple[Reading, MessageFacts]):
    assert decide(*situation) == decide(*situation)


@settings(max_examples=100, deadline=None)
@given(situations())
def test_a_suppressed_answer_always_becomes_a_task(situation: tuple[Reading, MessageFacts]):
    read, known = situation
    free = replace(read, verdict=replace(read.verdict, no_reply_because=None))
    would_send = decide(free, replace(known, auto_sent_to_sender=0)).letters
    promised = [letter.dedup for letter in would_send if letter.auto is Auto.REPLIED]
    decision = decide(read, known)
    kept = [letter.dedup for letter in decision.letters]
    tasks = [task.dedup for task in changes(decision, RaiseTask)]
    lost = [one for one in promised if one not in kept and f"withheld:{one}" not in tasks]
    assert lost == []


@settings(max_examples=100, deadline=None)
@given(situations(), st.sampled_from(PEOPLE))
def test_only_a_member_or_the_ladder_changes_the_state_of_a_report(
    situation: tuple[Reading, MessageFacts], kind: Kind
):
    read, known = situation
    stranger = replace(read, voice=Voice(), verdict=replace(read.verdict, kind=kind))
    allowed = {"OpenReport", "FillFields", "Seal", "BecameReadable", "Resume"}
    done = {type(change).__name__ for change in acts(decide(stranger, known))}
    assert done - allowed == set()
