"""Which report a mail belongs to. Invariant 5: a number grants nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inboxd.core.case import Report
from inboxd.core.model import Address, Message, ReportNumber
from inboxd.core.policy import Policy
from inboxd.core.routing import (
    REPORTER,
    TOKEN_LENGTH,
    Clues,
    Route,
    SentLetter,
    bounce_address,
    clues,
    internal_party,
    relay_party,
    reply_address,
    reply_token,
    route,
)
from inboxd.core.trust import Voice
from tests.core.builders import (
    EVE,
    EVE_KEY,
    MONA,
    OMAR,
    RITA,
    RITA_KEY,
    SECRET,
    SECURITY,
    SEVEN,
    from_reporter,
    letter_id,
    mail,
    policy,
    report,
    sent,
    signed_by,
    strong,
    weak,
)

POLICY = policy()
EIGHT = ReportNumber(8)
REPORTS = {7: report(), 8: report(number=EIGHT, reporter="other@example.net")}
RECEIPT = letter_id("receipt")
NOTICE = letter_id("team-report")
NOTICE_TO_MONA = sent("team-report", to=MONA.address, party=relay_party(MONA.address))


def where(
    message: Message,
    voice: Voice | None = None,
    reports: dict[int, Report] | None = None,
    letters: Iterable[SentLetter] = (),
    rules: Policy = POLICY,
    mentioned: tuple[int, ...] = (),
) -> Route:
    known = {letter.message_id: letter for letter in letters}
    found = clues(message, rules)
    return route(message, voice or Voice(), found, reports or REPORTS, known, rules, mentioned)


def proven(found: Route) -> tuple[ReportNumber | None, str | None]:
    return found.number, found.party


def to(address: str, **more: Any) -> Message:
    return mail("Hello", recipients=(address,), **more)


# --- reply addresses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "party",
    [
        REPORTER,
        relay_party(MONA.address),
        internal_party(MONA.address),
        relay_party(OMAR.address),
        internal_party(OMAR.address),
    ],
)
def test_the_reply_address_of_a_party_leads_to_the_report_as_that_party(party: str):
    found = where(to(reply_address(POLICY, 7, party)))
    assert proven(found) == (SEVEN, party)


def test_a_reply_address_has_the_form_of_the_design():
    token = reply_token(SECRET, 7, REPORTER)
    assert reply_address(POLICY, 7, REPORTER) == f"security+7.{token}@example.org"


def test_every_party_of_every_report_has_its_own_token():
    parties = [REPORTER]
    for member in (MONA, OMAR):
        parties += [relay_party(member.address), internal_party(member.address)]
    tokens = {reply_token(SECRET, number, party) for number in (7, 8, 77) for party in parties}
    assert len(tokens) == 15


def test_another_secret_gives_other_tokens():
    assert reply_token(b"x" * 32, 7, REPORTER) != reply_token(SECRET, 7, REPORTER)


def test_the_reply_address_works_for_whoever_knows_it():
    found = where(mail("Hi", EVE, recipients=(reply_address(POLICY, 7, REPORTER),)))
    assert proven(found) == (SEVEN, REPORTER)


def test_a_wrong_token_only_points_at_the_report():
    found = where(to("security+7.aaaaaaaaaaaaaaaa@example.org"))
    assert (proven(found), found.possible) == ((None, None), SEVEN)


def test_the_token_of_another_report_proves_nothing():
    token = reply_token(SECRET, 8, REPORTER)
    found = where(to(f"security+7.{token}@example.org"))
    assert (proven(found), found.possible) == ((None, None), SEVEN)


def test_the_token_of_somebody_who_is_no_member_any_more_proves_nothing():
    address = reply_address(POLICY, 7, relay_party("gone@example.org"))
    assert proven(where(to(address))) == (None, None)


def test_a_token_for_a_report_that_does_not_exist_leads_nowhere():
    found = where(to(reply_address(POLICY, 99, REPORTER)))
    assert (proven(found), found.possible) == ((None, None), None)


@pytest.mark.parametrize(
    "address",
    [
        "security+7.{token}@example.com",
        "secur1ty+7.{token}@example.org",
        "security+7{token}@example.org",
        "security+7.{token}x@example.org",
        "security+7.{token}.x@example.org",
        "security+x7.{token}@example.org",
        "security+-7.{token}@example.org",
        "security+7.{short}@example.org",
        "security+7.@example.org",
    ],
)
def test_an_address_that_only_resembles_a_reply_address_proves_nothing(address: str):
    token = reply_token(SECRET, 7, REPORTER)
    found = where(to(address.format(token=token, short=token[:-1])))
    assert proven(found) == (None, None)


@settings(max_examples=150, deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=TOKEN_LENGTH, max_size=TOKEN_LENGTH))
def test_a_guessed_token_never_routes(token: str):
    assert proven(where(to(f"security+7.{token}@example.org"))) == (None, None)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, TOKEN_LENGTH - 1), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_token_with_one_other_letter_never_routes(at: int, letter: str):
    token = reply_token(SECRET, 7, REPORTER)
    changed = token[:at] + letter + token[at + 1 :]
    expected = (SEVEN, REPORTER) if changed == token else (None, None)
    assert proven(where(to(f"security+7.{changed}@example.org"))) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_recipient_gives_clues_without_failing_and_never_a_route(local: str):
    assert proven(where(to(f"security+{local}@example.org"))) == (None, None)


# --- references to our mail ----------------------------------------------------------------------


def test_a_participant_who_refers_to_a_mail_of_ours_is_the_reporter():
    message = mail("Hi", in_reply_to=(RECEIPT,))
    assert proven(where(message, letters=[sent("receipt")])) == (SEVEN, REPORTER)


def test_the_references_field_counts_like_in_reply_to():
    message = mail("Hi", references=("<x@example.net>", RECEIPT))
    assert proven(where(message, letters=[sent("receipt")])) == (SEVEN, REPORTER)


def test_a_stranger_who_refers_to_a_mail_of_ours_is_only_a_possible_follow_up():
    found = where(mail("Hi", EVE, in_reply_to=(RECEIPT,)), letters=[sent("receipt")])
    assert (proven(found), found.possible) == ((None, None), SEVEN)


def test_a_reference_that_we_never_sent_leads_nowhere():
    found = where(mail("Hi", in_reply_to=(letter_id("never sent"),)))
    assert (proven(found), found.possible) == ((None, None), None)


def test_a_reference_to_the_reporters_own_mail_leads_nowhere():
    found = where(mail("Hi", in_reply_to=("<first@example.net>",)), letters=[sent("receipt")])
    assert (proven(found), found.possible) == ((None, None), None)


@pytest.mark.parametrize("sender", [RITA, EVE], ids=["the reporter", "a stranger"])
def test_a_reference_to_a_mail_that_we_only_received_is_a_hint_and_no_proof(sender: Address):
    found = where(mail("Hi", sender, in_reply_to=("<first@example.net>",)), mentioned=(7,))
    assert (proven(found), found.possible) == ((None, None), SEVEN)


def test_a_participant_of_another_report_is_a_stranger_here():
    message = mail("Hi", Address("other@example.net"), in_reply_to=(RECEIPT,))
    found = where(message, letters=[sent("receipt")])
    assert (proven(found), found.possible) == ((None, None), SEVEN)


@pytest.mark.parametrize("voice", [strong(), weak()], ids=["signed", "authenticated"])
def test_a_member_who_answers_the_notice_to_them_speaks_as_its_party(voice: Voice):
    message = mail("Hi", Address(MONA.address), in_reply_to=(NOTICE,))
    found = where(message, voice, letters=[NOTICE_TO_MONA])
    assert proven(found) == (SEVEN, relay_party(MONA.address))


def test_a_member_who_refers_to_the_notice_to_another_member_proves_nothing():
    message = mail("Hi", Address(OMAR.address), in_reply_to=(NOTICE,))
    found = where(message, weak(OMAR), letters=[NOTICE_TO_MONA])
    assert (proven(found), found.possible) == ((None, None), SEVEN)


def test_an_unproven_member_who_refers_to_the_notice_is_heard_as_unproven():
    message = mail("Hi", Address(MONA.address), in_reply_to=(NOTICE,))
    found = where(message, Voice(claims_member=MONA), letters=[NOTICE_TO_MONA])
    assert (found.number, found.party) == (SEVEN, relay_party(MONA.address))


def test_a_reporter_who_refers_to_a_notice_to_a_member_proves_nothing():
    found = where(mail("Hi", in_reply_to=(NOTICE,)), letters=[NOTICE_TO_MONA])
    assert (proven(found), found.possible) == ((None, None), SEVEN)


# --- subject tags, signatures ------------------------------------------------------------------------


def test_a_subject_tag_alone_is_only_a_possible_follow_up():
    found = where(mail("Hi", subject="Re: [Example #7] XSS"))
    assert (proven(found), found.possible) == ((None, None), SEVEN)


def test_a_subject_tag_of_a_report_that_does_not_exist_is_no_hint():
    assert where(mail("Hi", subject="[Example #99] XSS")).possible is None


def test_a_protected_subject_is_the_one_that_counts():
    message = mail("Hi", subject="[Example #7]", protected_subject="[Example #8]")
    assert where(message).possible == EIGHT


def test_a_subject_tag_with_the_signature_of_the_participant_is_proof():
    reports = {7: report(fingerprint=RITA_KEY)}
    message = mail("Hi", EVE, subject="[Example #7]", crypto=signed_by(RITA_KEY))
    assert proven(where(message, reports=reports)) == (SEVEN, REPORTER)


def test_a_reference_with_the_signature_of_the_participant_is_proof():
    reports = {7: report(fingerprint=RITA_KEY)}
    message = mail("Hi", EVE, in_reply_to=(RECEIPT,), crypto=signed_by(RITA_KEY))
    found = where(message, reports=reports, letters=[sent("receipt")])
    assert proven(found) == (SEVEN, REPORTER)


def test_a_signature_by_another_key_is_no_proof():
    reports = {7: report(fingerprint=RITA_KEY)}
    message = mail("Hi", EVE, subject="[Example #7]", crypto=signed_by(EVE_KEY))
    found = where(message, reports=reports)
    assert (proven(found), found.possible) == ((None, None), SEVEN)


def test_an_unsigned_mail_is_no_proof_for_a_report_without_a_key():
    found = where(mail("Hi", EVE, subject="[Example #7]"))
    assert proven(found) == (None, None)


def test_a_signature_by_the_reporters_key_without_any_hint_ties_to_nothing():
    reports = {7: report(fingerprint=RITA_KEY)}
    assert where(mail("Hi", crypto=signed_by(RITA_KEY)), reports=reports) == Route()


def test_a_mail_without_any_clue_ties_to_nothing():
    assert where(mail("Hi")) == Route()


def test_a_mail_without_a_sender_ties_to_nothing():
    found = where(mail("Hi", None, in_reply_to=(RECEIPT,)), letters=[sent("receipt")])
    assert proven(found) == (None, None)


# --- bounces ---------------------------------------------------------------------------------------


def test_a_bounce_to_the_return_path_of_a_letter_names_that_letter():
    letter = sent("receipt")
    found = where(to(bounce_address(POLICY, RECEIPT), sender=None), letters=[letter])
    assert found.bounced == letter


def test_a_bounce_that_quotes_the_message_id_names_the_letter():
    letter = sent("receipt")
    parts = (("text/rfc822-headers", f"Message-ID: {RECEIPT}\nSubject: x"),)
    assert where(mail("", report_parts=parts), letters=[letter]).bounced == letter


def test_a_bounce_of_a_letter_that_we_never_sent_names_none():
    assert where(to(bounce_address(POLICY, letter_id("never sent")))).bounced is None


def test_a_bounce_address_grants_no_report():
    found = where(to(bounce_address(POLICY, RECEIPT)), letters=[sent("receipt")])
    assert proven(found) == (None, None)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_guessed_bounce_address_names_no_letter(digest: str):
    assert where(to(f"security+b.{digest}@example.org"), letters=[sent("receipt")]).bounced is None


# --- without sub-addressing ------------------------------------------------------------------------

PLAIN = policy(sub_addressing=False)


def test_without_sub_addressing_every_reply_address_is_the_plain_one():
    parties = [REPORTER, relay_party(MONA.address), internal_party(MONA.address)]
    assert {reply_address(PLAIN, 7, party) for party in parties} == {SECURITY}


def test_without_sub_addressing_the_return_path_is_the_plain_address():
    assert bounce_address(PLAIN, RECEIPT) == SECURITY


def test_without_sub_addressing_the_reference_still_leads_to_the_report():
    message = mail("Hi", in_reply_to=(RECEIPT,))
    assert proven(where(message, letters=[sent("receipt")], rules=PLAIN)) == (SEVEN, REPORTER)


def test_without_sub_addressing_the_notice_still_tells_relayed_from_internal():
    message = mail("Hi", Address(MONA.address), in_reply_to=(NOTICE,))
    internal = sent("team-report", to=MONA.address, party=internal_party(MONA.address))
    assert where(message, weak(), letters=[internal], rules=PLAIN).is_internal is True


# --- clues -----------------------------------------------------------------------------------------


def test_a_foreign_message_id_is_no_clue():
    message = mail("Hi", in_reply_to=("<0123456789abcdef0123456789abcdef@example.com>",))
    assert clues(message, POLICY) == Clues()


def test_the_plain_address_is_no_clue():
    assert clues(mail("Hi"), POLICY) == Clues()


def test_every_number_that_a_mail_names_is_to_be_looked_up():
    message = mail(
        "Hi", subject="[Example #8]", recipients=("security+7.aaaaaaaaaaaaaaaa@example.org",)
    )
    assert clues(message, POLICY).numbers == (7, 8)


def test_a_relay_address_is_not_internal():
    assert [from_reporter().is_internal, Route(SEVEN, relay_party("x")).is_internal] == [
        False,
        False,
    ]
