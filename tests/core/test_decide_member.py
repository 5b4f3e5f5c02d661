"""What a member's mail does. Invariants 4, 5 and 6; design section 6."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inboxd.core.case import (
    CancelLetters,
    Close,
    Decision,
    FileMessage,
    Hold,
    KeepNote,
    Mark,
    Move,
    Outcome,
    Own,
    Promise,
    RaiseTask,
    Rate,
    Remember,
    Role,
    Spend,
    State,
    Wait,
)
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.message import decide_message
from inboxd.core.letter import Auto, Letter, Protection
from inboxd.core.model import Address, Crypto, Kind, Severity, Signature, SignatureStatus
from inboxd.core.routing import Route, clues, reply_address, route
from inboxd.core.trust import Voice, hear
from tests.core.builders import (
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
    from_member,
    from_reporter,
    letter_id,
    mail,
    policy,
    purposes,
    reading,
    report,
    sent,
    sent_to,
    signed_by,
    strong,
    to_internal,
    to_relay,
    to_rita,
    weak,
)

POLICY = policy()


def decide(text: str | Reading, **more: object) -> Decision:
    """Mona, signed, answers a notice of report 7 unless told otherwise."""
    read = text if isinstance(text, Reading) else from_member(text)
    known: dict[str, object] = {"report": report(), "route": to_relay(), **more}
    return decide_message(read, facts(**known), POLICY)


def transcript(decision: Decision) -> Letter:
    (letter,) = [x for x in decision.letters if x.purpose == "command-result"]
    return letter


# --- who is heard ------------------------------------------------------------------------------------

AUTHENTIC = "mx.example.org; dmarc=pass header.from=example.org"


def mail_from_mona(results: str, **more: object):
    headers = (("authentication-results", results),)
    return mail("/ack", Address(MONA.address), headers=headers, **more)


def voice_of(results: str) -> Voice:
    return hear(mail_from_mona(results), POLICY.members, "mx.example.org")


def test_a_whole_signature_by_an_enrolled_key_is_a_strong_voice():
    message = mail("/ack", EVE, crypto=signed_by(MONA_KEY))
    assert hear(message, POLICY.members, None) == Voice(MONA, strong=True, claims_member=MONA)


def test_a_from_line_alone_is_only_a_claim():
    message = mail("/ack", Address(MONA.address))
    assert hear(message, POLICY.members, "mx.example.org") == Voice(claims_member=MONA)


@pytest.mark.parametrize(
    "results",
    [
        AUTHENTIC,
        "mx.example.org; spf=fail smtp.mailfrom=x; dmarc=pass (p=reject) header.from=example.org",
        "mx.example.org; dkim=pass header.d=example.org",
        "MX.EXAMPLE.ORG 1; dkim=pass header.i=@example.org",
    ],
)
def test_a_from_line_that_our_own_server_authenticated_is_a_weak_voice(results: str):
    assert voice_of(results) == weak()


@pytest.mark.parametrize(
    "results",
    [
        "mx.example.com; dmarc=pass header.from=example.org",
        "mx.example.org.example.com; dmarc=pass header.from=example.org",
        "mx.example.org; dmarc=fail header.from=example.org",
        "mx.example.org; dmarc=pass header.from=example.com",
        "mx.example.org; dkim=pass header.d=example.com",
        "mx.example.org; dkim=pass header.d=ample.org",
        "mx.example.org; spf=pass smtp.mailfrom=example.org",
        "mx.example.org; spf=none (dmarc=pass header.from=example.org)",
        "mx.example.org; none",
        "",
    ],
)
def test_a_verdict_of_another_server_or_about_another_domain_proves_nothing(results: str):
    assert voice_of(results).member is None


@pytest.mark.parametrize(
    "results",
    [
        'mx.example.org; spf=pass smtp.mailfrom="a; dmarc=pass header.from=example.org b"@example.com',
        'mx.example.org; spf=pass (from "(x); dmarc=pass header.from=example.org y"@example.com)',
        "mx.example.org; spf=pass (a (b) ; dmarc=pass header.from=example.org )",
    ],
)
def test_words_of_the_sender_inside_our_servers_verdict_prove_nothing(results: str):
    assert voice_of(results).member is None


def test_only_the_topmost_verdict_counts():
    headers = (
        ("authentication-results", "mx.example.org; dmarc=fail header.from=example.org"),
        ("authentication-results", AUTHENTIC),
    )
    message = mail("/ack", Address(MONA.address), headers=headers)
    assert hear(message, POLICY.members, "mx.example.org").member is None


@pytest.mark.parametrize(
    "crypto",
    [
        Crypto(),
        signed_by(EVE_KEY),
        Crypto(signatures=(Signature(SignatureStatus.BAD, MONA_KEY, False),)),
        Crypto(signatures=(Signature(SignatureStatus.EXPIRED, MONA_KEY, False),)),
        Crypto(signatures=(Signature(SignatureStatus.GOOD, MONA_KEY, False),)),
    ],
    ids=["none", "another key", "bad", "expired", "covers a part"],
)
def test_a_mail_that_no_member_signed_whole_changes_nothing(crypto: Crypto):
    message = mail("/reject nonsense", Address(MONA.address), crypto=crypto)
    voice = hear(message, POLICY.members, "mx.example.org")
    decision = decide(reading(Kind.REPORT, message, voice))
    assert (decision.outcome, acts(decision), to_rita(decision)) == (Outcome.SET_ASIDE, [], [])


def test_the_member_is_told_of_a_mail_that_nothing_proves_to_be_theirs():
    message = mail("/reject nonsense", Address(MONA.address))
    decision = decide(reading(Kind.REPORT, message, Voice(claims_member=MONA)))
    assert ([x.to for x in decision.letters], len(changes(decision, RaiseTask))) == (
        [MONA.address],
        1,
    )


def routed(text: str, member_voice: Voice, address: str) -> Decision:
    """A member's mail, routed as the pipeline does it."""
    assert member_voice.member is not None
    sender = member_voice.member
    read = from_member(text, sender, member_voice, recipients=(address,))
    case = report()
    found = clues(read.message, POLICY)
    return decide_message(
        read,
        facts(
            report=case,
            route=route(read.message, member_voice, found, {7: case}, {}, POLICY),
        ),
        POLICY,
    )


def test_an_authenticated_member_acts_through_their_own_reply_address():
    decision = routed("/take", weak(), reply_address(POLICY, 7, f"relay:{MONA.address}"))
    assert acts(decision) == [Own(SEVEN, MONA.address)]


@pytest.mark.parametrize("party", [f"relay:{OMAR.address}", f"internal:{OMAR.address}", "reporter"])
def test_an_authenticated_member_does_nothing_through_the_address_of_another(party: str):
    decision = routed("/take", weak(), reply_address(POLICY, 7, party))
    assert acts(decision) == []


def test_an_authenticated_member_is_not_relayed_through_the_address_of_another():
    decision = routed("Hello Rita", weak(), reply_address(POLICY, 7, f"relay:{OMAR.address}"))
    assert to_rita(decision) == []


def test_a_member_who_writes_to_no_report_is_told_so():
    decision = decide_message(from_member("/ack"), facts(), POLICY)
    assert (decision.outcome, acts(decision), transcript(decision).facts["why"]) == (
        Outcome.ANSWERED,
        [],
        "this mail is tied to no report: reply to a notice of the report",
    )


def test_a_member_with_only_a_subject_tag_does_nothing_to_that_report():
    possible = Route(None, None, "it points at a report without proof", possible=SEVEN)
    decision = decide("/reject nonsense", route=possible)
    assert (acts(decision), to_rita(decision)) == ([], [])


def test_a_member_may_ask_for_help_without_a_report():
    decision = decide_message(from_member("/help"), facts(), POLICY)
    listed = transcript(decision).facts["commands"]
    assert isinstance(listed, list)
    assert [c["verb"] for c in listed if c["verb"] in ("ack", "note")] == ["ack", "note"]


# --- all or nothing -------------------------------------------------------------------------------


def test_one_unknown_line_means_that_nothing_is_executed():
    decision = decide("/confirm high\n/publish\n\nThank you Rita")
    assert (acts(decision), to_rita(decision)) == ([], [])


def test_one_unknown_line_is_told_line_by_line():
    lines = transcript(decide("/confirm high\n/publish")).facts["lines"]
    assert isinstance(lines, list)
    assert [line["line"] for line in lines] == ["/confirm high", "/publish"]


def test_a_refused_mail_is_filed_and_remembered():
    decision = decide("/publish")
    assert (decision.outcome, decision.changes) == (
        Outcome.FILED,
        (Remember("command.refused", SEVEN, MONA.address), FileMessage(SEVEN, Role.MEMBER)),
    )


@pytest.mark.parametrize("text", ["/reject nonsense", "/confirm high", "/fixed", "Hello Rita"])
def test_a_replay_does_nothing(text: str):
    decision = decide(text, instruction_spent=True)
    assert (acts(decision), to_rita(decision), changes(decision, Spend)) == ([], [], [])


def test_a_replay_is_told_to_the_member():
    decision = decide("/reject nonsense", instruction_spent=True)
    assert (transcript(decision).to, transcript(decision).facts["why"]) == (
        MONA.address,
        "these signed instructions were used before; a replay does nothing",
    )


def test_what_was_executed_is_spent():
    read = from_member("/ack")
    assert changes(decide(read), Spend) == [Spend(read.instruction)]


# --- each verb -----------------------------------------------------------------------------------------


def test_ack_tells_the_researcher_and_takes_a_free_report():
    decision = decide("/ack\nWe are looking at it.")
    (letter,) = to_rita(decision)
    assert (acts(decision), letter.purpose, letter.facts["text"], letter.human, letter.auto) == (
        [Own(SEVEN, MONA.address)],
        "ack",
        "We are looking at it.",
        True,
        Auto.NO,
    )


def test_ack_does_not_take_a_report_from_its_owner():
    assert acts(decide("/ack", report=report(owner=OMAR.address))) == []


def test_take_takes_a_report_even_from_its_owner():
    decision = decide("/take", report=report(owner=OMAR.address))
    assert (acts(decision), to_rita(decision)) == ([Own(SEVEN, MONA.address)], [])


def test_severity_rates_and_tells_the_researcher_the_new_rating():
    decision = decide("/severity critical")
    (letter,) = to_rita(decision)
    assert (acts(decision), letter.purpose, letter.facts["severity"]) == (
        [Rate(SEVEN, Severity.CRITICAL)],
        "severity",
        "critical",
    )


def test_severity_tells_the_member_the_new_fix_date():
    assert transcript(decide("/severity critical")).facts["lines"] == [
        {
            "line": "/severity critical",
            "result": "the researcher is told; fix due Monday 30 November 2026, 10:00 CET (UTC+01:00)",
        }
    ]


def test_confirm_with_a_rating_rates_moves_and_writes():
    decision = decide("/confirm high\nWe can see it.")
    (letter,) = to_rita(decision)
    assert (acts(decision), letter.purpose, letter.facts["severity"], letter.facts["text"]) == (
        [Rate(SEVEN, Severity.HIGH), Move(SEVEN, State.TRIAGED)],
        "confirmed",
        "high",
        "We can see it.",
    )


def test_confirm_alone_keeps_the_rating():
    assert acts(decide("/confirm")) == [Move(SEVEN, State.TRIAGED)]


def test_a_confirmation_meets_no_clock_before_its_letter_has_left():
    assert changes(decide("/confirm high"), Mark) == []


def test_reject_closes_and_gives_the_reason_to_the_researcher():
    decision = decide("/reject no such host\nPlease look again.")
    (letter,) = to_rita(decision)
    assert (acts(decision), letter.purpose, letter.facts["text"]) == (
        [Move(SEVEN, State.REJECTED), Close(SEVEN, RECEIVED)],
        "rejected",
        "no such host\n\nPlease look again.",
    )


def test_fixed_meets_the_fix_when_the_member_wrote():
    decision = decide("/fixed", received_at=RECEIVED + HOUR, now=RECEIVED + 2 * HOUR)
    assert (acts(decision), purposes(to_rita(decision))) == (
        [Move(SEVEN, State.RESOLVED), Mark(SEVEN, Promise.FIX, RECEIVED + HOUR)],
        ["fixed"],
    )


def test_wait_holds_with_a_reason_and_tells_nobody_outside():
    decision = decide("/wait for a log file")
    assert (acts(decision), to_rita(decision)) == (
        [Wait(SEVEN, RECEIVED, "for a log file")],
        [],
    )


def test_wait_on_a_report_that_waits_already_changes_nothing():
    waiting = report(clock=clock(holds=(Hold(RECEIVED, None, "for a log"),)))
    assert acts(decide("/wait for more", report=waiting)) == []


def test_two_waits_in_one_mail_are_refused():
    assert changes(decide("/wait for a log\n/wait for a key"), Wait) == []


def test_cancel_withdraws_the_held_answers():
    assert acts(decide("/cancel")) == [CancelLetters(SEVEN, "relay")]


def test_the_other_handlers_are_told_what_a_member_did():
    (notice,) = sent_to(decide("/take"), OMAR.address)
    assert notice.facts["what"] == "team-did"


def test_the_same_command_twice_has_one_effect():
    dedups = [letter.dedup for letter in to_rita(decide("/ack\n/ack"))]
    assert len(dedups) == len(set(dedups))


def test_of_two_ratings_in_one_mail_the_researcher_is_told_the_one_that_counts():
    decision = decide("/severity high\n/severity low")
    last = [rate.severity for rate in changes(decision, Rate)][-1:]
    assert [letter.facts["severity"] for letter in to_rita(decision)] == last


# --- text ------------------------------------------------------------------------------------------------


def test_a_reply_to_a_report_answers_the_researcher_after_the_hold():
    (letter,) = to_rita(decide("Thank you Rita", now=RECEIVED + HOUR))
    assert (letter.purpose, letter.facts["text"], letter.not_before, letter.human) == (
        "relay",
        "Thank you Rita",
        RECEIVED + HOUR + timedelta(seconds=120),
        True,
    )


def test_the_hold_of_an_answer_is_configured():
    read = from_member("Thank you Rita")
    rules = policy(relay_hold_seconds=600)
    decision = decide_message(read, facts(report=report(), route=to_relay()), rules)
    assert to_rita(decision)[0].not_before == RECEIVED + timedelta(seconds=600)


def test_the_team_is_told_that_an_answer_is_held():
    assert [x.facts.get("what", x.purpose) for x in decide("Thank you Rita").letters] == [
        "relay",
        "relay-held",
        "relay-held",
    ]


def test_an_answer_carries_its_attachments_but_no_signature_files():
    files = (attachment("log.txt", "text/plain"), attachment("s.asc", "application/pgp-signature"))
    (letter,) = to_rita(decide(from_member("See here", attachments=files)))
    assert [a.name for a in letter.attachments] == ["log.txt"]


def test_an_answer_comes_from_no_personal_address():
    (letter,) = to_rita(decide("Thank you Rita"))
    assert MONA.address not in f"{letter.facts}"


def test_an_answer_quotes_nothing_and_has_no_signature_block():
    text = "Thank you.\n\nOn Mon, 23 Nov 2026 at 10:00, inboxd wrote:\n> internal\n\n-- \nMona"
    assert to_rita(decide(text))[0].facts["text"] == "Thank you."


@pytest.mark.parametrize(
    "text",
    [
        "/note ask Omar first",
        "/note\nRita is wrong here",
        "/note ask Omar\nRita is wrong here",
        "/take\n/note\nRita is wrong here",
    ],
)
def test_a_note_is_never_relayed(text: str):
    assert to_rita(decide(text)) == []


@pytest.mark.parametrize(
    "verb", ["ack", "severity high", "confirm", "fixed", "reject out of scope"]
)
def test_a_note_beside_a_command_that_writes_to_the_researcher_stays_inside(verb: str):
    decision = decide(f"/note\n/{verb}\nRita is wrong here")
    assert [x.purpose for x in to_rita(decision) if "wrong here" in f"{x.facts['text']}"] == []


def test_a_note_is_kept():
    assert changes(decide("/note ask Omar\nbefore noon"), KeepNote) == [
        KeepNote(SEVEN, MONA.address, "ask Omar\nbefore noon")
    ]


def test_a_reply_to_an_escalation_is_kept_as_a_note_and_never_relayed():
    decision = decide("Omar, can you take this?", route=to_internal())
    assert (to_rita(decision), acts(decision)) == (
        [],
        [KeepNote(SEVEN, MONA.address, "Omar, can you take this?")],
    )


@pytest.mark.parametrize("verb", ["ack", "severity high", "confirm", "fixed"])
def test_text_below_a_command_to_an_internal_address_is_never_relayed(verb: str):
    decision = decide(f"/{verb}\nOmar, Rita is wrong here", route=to_internal())
    assert [x.purpose for x in to_rita(decision) if "Omar" in f"{x.facts['text']}"] == []


def test_an_attachment_without_text_is_not_lost_without_a_word():
    read = from_member("", attachments=(attachment("log.txt", "text/plain"),))
    assert [x.to for x in decide(read).letters] != []


def test_a_members_mail_that_could_not_be_opened_is_told_to_the_member():
    read = from_member("", voice=weak(), crypto=UNREADABLE)
    assert MONA.address in [x.to for x in decide(read).letters]


# --- protection ------------------------------------------------------------------------------------


def test_an_answer_to_a_sealed_report_is_encrypted_to_the_researcher():
    (letter,) = to_rita(decide("Thanks", report=report(sealed=True, fingerprint=RITA_KEY)))
    assert (letter.purpose, letter.protection, letter.fingerprint) == (
        "relay",
        Protection.ENCRYPTED,
        RITA_KEY,
    )


@pytest.mark.parametrize(
    "text", ["/ack\nhello", "/confirm high\nhello", "/reject hello", "/fixed\nhello", "hello"]
)
def test_an_answer_to_a_sealed_report_without_a_key_asks_for_the_key_only(text: str):
    (letter,) = to_rita(decide(text, report=report(sealed=True)))
    assert (letter.purpose, letter.subject, "hello" in f"{letter.facts}") == (
        "need-key",
        None,
        False,
    )


def test_a_relay_without_a_key_is_kept_and_makes_a_task():
    decision = decide("hello", report=report(sealed=True))
    assert ([n.text for n in changes(decision, KeepNote)], len(changes(decision, RaiseTask))) == (
        ["hello"],
        1,
    )


def test_a_weak_voice_does_not_send_in_clear_what_came_encrypted():
    read = from_member(SECRET_WORDS, voice=weak(), crypto=ENCRYPTED)
    decision = decide(read)
    assert (to_rita(decision), transcript(decision).purpose) == ([], "command-result")


@pytest.mark.parametrize("verb", ["ack", "severity high", "confirm", "fixed", "reject no"])
def test_a_weak_voice_does_not_send_in_clear_by_a_command_what_came_encrypted(verb: str):
    read = from_member(f"/{verb}\n{SECRET_WORDS}", voice=weak(), crypto=ENCRYPTED)
    leaks = [x.purpose for x in to_rita(decide(read)) if SECRET_WORDS in f"{x.facts}"]
    assert leaks == []


def test_a_signed_voice_may_send_in_clear_what_came_encrypted():
    read = from_member(SECRET_WORDS, crypto=signed_by(MONA_KEY, encrypted=True))
    assert purposes(to_rita(decide(read))) == ["relay"]


def test_a_weak_voice_may_answer_in_clear_what_it_wrote_in_clear():
    assert purposes(to_rita(decide(from_member("Thanks", voice=weak())))) == ["relay"]


def test_a_transcript_of_an_encrypted_mail_is_bare_for_a_member_without_a_key():
    read = from_member(f"/wait {SECRET_WORDS}", OMAR, weak(OMAR), crypto=ENCRYPTED)
    (letter,) = sent_to(decide(read, route=to_relay(OMAR)), OMAR.address)
    assert (letter.purpose, SECRET_WORDS in f"{letter.facts}") == ("team-bare", False)


# --- properties --------------------------------------------------------------------------------------

COMMANDS = (
    "ack", "take", "severity high", "confirm low", "confirm", "reject why", "fixed", "wait why",
    "note", "note why", "cancel", "help",
)  # fmt: skip


@st.composite
def mails(draw: st.DrawFn) -> tuple[Reading, MessageFacts]:
    lines = draw(st.lists(st.sampled_from(COMMANDS), max_size=3, unique=True))
    text = "\n".join([f"/{line}" for line in lines] + [draw(st.sampled_from(["", SECRET_WORDS]))])
    member = draw(st.sampled_from([MONA, OMAR]))
    voice = draw(st.sampled_from([weak(member), *([strong(MONA)] if member is MONA else [])]))
    encrypted = draw(st.booleans())
    crypto = ENCRYPTED if encrypted else Crypto()
    if voice.strong:
        crypto = signed_by(MONA_KEY, encrypted=encrypted)
    read = from_member(text, member, voice, crypto=crypto)
    sealed, key = draw(st.sampled_from([(False, None), (True, None), (True, RITA_KEY)]))
    known = facts(
        report=report(sealed=sealed, fingerprint=key),
        route=draw(st.sampled_from([to_relay(member), to_internal(member)])),
        instruction_spent=draw(st.sampled_from([False, False, True])),
    )
    return read, known


def spoken(decision: Decision) -> list[Letter]:
    """Letters to the researcher that carry the member's words."""
    return [x for x in to_rita(decision) if SECRET_WORDS in f"{x.facts}"]


@settings(max_examples=100, deadline=None)
@given(mails())
def test_a_members_words_never_travel_below_their_protection(mail: tuple[Reading, MessageFacts]):
    read, known = mail
    assert known.report is not None
    sealed = known.report.sealed or (read.message.crypto.encrypted and not read.voice.strong)
    clear = [x.purpose for x in spoken(decide_message(read, known, POLICY)) if not x.fingerprint]
    assert clear == [] or not sealed


@settings(max_examples=100, deadline=None)
@given(mails())
def test_internal_words_never_leave(mail: tuple[Reading, MessageFacts]):
    read, known = mail
    internal = known.route.is_internal or "/note" in read.message.text or known.instruction_spent
    assert not internal or spoken(decide_message(read, known, POLICY)) == []


@settings(max_examples=100, deadline=None)
@given(mails(), st.sampled_from(["/publish", "/rejects x", "/severity", "/take it"]))
def test_one_line_that_is_not_understood_stops_any_mail(
    mail: tuple[Reading, MessageFacts], line: str
):
    read, known = mail
    message = replace(read.message, new_text=f"{line}\n{read.message.new_text}")
    decision = decide_message(replace(read, message=message), known, POLICY)
    assert (acts(decision), to_rita(decision)) == ([], [])


@settings(max_examples=100, deadline=None)
@given(mails())
def test_a_members_mail_is_filed_and_writes_only_to_known_people(
    mail: tuple[Reading, MessageFacts],
):
    read, known = mail
    decision = decide_message(read, known, POLICY)
    people = {MONA.address, OMAR.address, RITA.spec}
    assert (decision.outcome, changes(decision, FileMessage), {x.to for x in decision.letters}) == (
        Outcome.FILED,
        [FileMessage(SEVEN, Role.MEMBER)],
        {x.to for x in decision.letters} & people,
    )


def test_a_reference_to_a_notice_serves_where_there_are_no_reply_addresses():
    rules = policy(sub_addressing=False)
    notice = sent("team-report", to=MONA.address, party=f"relay:{MONA.address}")
    read = from_member("/take", voice=weak(), in_reply_to=(letter_id("team-report"),))
    case = report()
    found = clues(read.message, rules)
    where = route(read.message, weak(), found, {7: case}, {notice.message_id: notice}, rules)
    assert acts(decide_message(read, facts(report=case, route=where), rules)) == [
        Own(SEVEN, MONA.address)
    ]


def test_the_reporters_own_address_does_not_make_a_member_of_the_reporter():
    decision = decide(reading(Kind.REPORT, mail("/reject nonsense")), route=from_reporter())
    assert [c for c in acts(decision) if isinstance(c, Move | Close | Rate | Own | Mark)] == []
