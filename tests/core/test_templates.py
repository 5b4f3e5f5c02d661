"""The words of every mail: each letter that the deciding code writes renders, and says its facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inboxd.adapters.templates import TemplateFolder
from inboxd.core.case import Decision, Hold, Promise, Report, State
from inboxd.core.compose import render
from inboxd.core.decide.delivery import on_dead
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.letters import to_team
from inboxd.core.decide.message import decide_message
from inboxd.core.decide.time import OpenTask, Watched, decide_tick
from inboxd.core.kind import classify
from inboxd.core.letter import Letter
from inboxd.core.model import (
    Address,
    Credit,
    CreditWish,
    Crypto,
    Flag,
    Found,
    Kind,
    ReportNumber,
    Scheme,
    SeenUrl,
    Severity,
    Signature,
    SignatureStatus,
    Understanding,
)
from inboxd.core.policy import Policy
from inboxd.core.routing import REPORTER, Route, internal_party, relay_party
from inboxd.core.scope import Scope, SubProcessor
from inboxd.core.trust import KnownMember, Voice
from inboxd.reading import learned_weights
from tests.core import builders
from tests.core.builders import ENCRYPTED, MONA, OMAR, RITA_KEY, SEVEN, UNREADABLE

FOLDER = Path(__file__).parents[2] / "templates" / "mail"
TEMPLATES = TemplateFolder([FOLDER])

TO_RESEARCHER = {
    "ack", "confirmed", "fixed", "key", "need-key", "pgp-test", "receipt", "receipt-unreadable",
    "receipt-withheld", "rejected", "relay", "severity", "status",
}  # fmt: skip
RECEIPTS = {"receipt", "receipt-withheld", "receipt-unreadable"}
CONTENT_FREE = {"receipt-withheld", "receipt-unreadable", "need-key"}

RECEIVED = datetime(2026, 9, 28, 12, 3, tzinfo=UTC)  # a Monday in summer time
POLICY = builders.policy(
    organisation="MyKonci",
    scope=Scope(
        inside=("mykonci.com",),
        sub_processors=(SubProcessor("Stripe", ("*.stripe.com",), "https://stripe.com/security"),),
    ),
    public_key=b"armored key",
    policy_url="https://mykonci.com/security",
    policy_version="sha256:6f1ed002ab55",
    policy_updated="2026-04-02",
)
TEXT = "Invoices of other people can be read.\n\nChange the id in the URL."
MESSAGE = builders.mail(
    TEXT,
    subject="IDOR in invoices",
    attachments=(builders.attachment("poc.py", "text/x-python"),),
    defects=("DEFECT-INSIDE",),
)
UNDERSTOOD = Understanding(
    fields=(
        ("description", Found("Invoices of other people can be read.", 0, 37, "prose")),
        ("reproduction_steps", Found("1. Log in.\n2. Change the id.", 40, 60, "heading")),
    ),
    credit=Credit(CreditWish.YES, "Rita Researcher", "@rita", "https://rita.example"),
    urls=(
        SeenUrl("https://app.mykonci.com/i/1", "app.mykonci.com", "in", "target", "it is named"),
        SeenUrl("https://js.stripe.com", "js.stripe.com", "out", "target", "a sub-processor"),
    ),
    cwe=("CWE-639",),
    severity_claim="high",
    findings=2,
    flags=(Flag("bounty-ask", "FLAG-INSIDE"),),
    missing=("components", "impact", "proof_of_concept"),
)
PLAIN = Understanding(missing=("impact", "credit"))
CLOCK = builders.clock(received_at=RECEIVED, readable_at=RECEIVED)
REPORT = builders.report(
    state=State.ACKNOWLEDGED,
    title="IDOR in invoices",
    owner=MONA.address,
    clock=replace(CLOCK, acknowledged_at=RECEIVED),
)
SEALED = replace(REPORT, sealed=True)
SENT = builders.sent("receipt", RECEIVED)


# --- every letter, through the public deciding functions -------------------------------------------


def reading(
    kind: Kind = Kind.REPORT,
    language: str = "en",
    understood: Understanding = UNDERSTOOD,
    member: KnownMember | None = None,
    **message: Any,
) -> Reading:
    voice = builders.strong(member) if member else Voice()
    opened = replace(MESSAGE, **message)
    read = builders.reading(kind, opened, voice, understood=understood)
    return replace(read, language=language)


def facts(report: Report | None = None, route: Route | None = None, **more: Any) -> MessageFacts:
    more = {"now": RECEIVED, "received_at": RECEIVED, **more}
    return builders.facts(report=report, route=route or Route(), **more)


def first_mail(language: str, policy: Policy = POLICY, **message: Any) -> Decision:
    return decide_message(reading(language=language, **message), facts(), policy)


def unreadable(language: str, reason: str) -> Decision:
    crypto = replace(UNREADABLE, reason=reason)
    return first_mail(language, crypto=crypto, text="", new_text="", subject="hello")


def asked(kind: Kind, language: str, report: Report | None = None, **message: Any) -> Decision:
    route = Route(report.number, REPORTER, "proven") if report else Route()
    crypto = message.pop("crypto", Crypto())
    known_key = message.pop("known_key", None)
    return decide_message(
        reading(kind, language, crypto=crypto, **message),
        facts(report, route, known_key=known_key),
        POLICY,
    )


def said(words: str, report: Report, *, internal: bool = False, **message: Any) -> Decision:
    party = internal_party(MONA.address) if internal else relay_party(MONA.address)
    return decide_message(
        reading(Kind.MEMBER, member=MONA, text=words, new_text=words, **message),
        facts(report, Route(report.number, party, "proven")),
        POLICY,
    )


def bounced() -> Decision:
    route = Route(SEVEN, REPORTER, bounced=SENT)
    return decide_message(reading(Kind.BOUNCE), facts(REPORT, route, letters=(SENT,)), POLICY)


def quarantined() -> Decision:
    told = {"entry": 3, "why": "ValueError"}
    handlers = POLICY.with_role("handler")
    letters = to_team("team-quarantined", handlers, POLICY, "q:3", told, content_free=True)
    return Decision(None, "it could not be processed", letters=tuple(letters))


def unproven(report: Report | None, **message: Any) -> Decision:
    route = Route(SEVEN, relay_party(MONA.address))
    return decide_message(reading(Kind.OTHER, **message), facts(report, route), POLICY)


def tick(after: timedelta, *reports: Report, tasks: tuple[OpenTask, ...] = ()) -> Decision:
    watched = tuple(Watched(report, {}) for report in reports)
    return decide_tick(watched, tasks, {}, POLICY, RECEIVED + after)


def letters_of_every_kind(language: str) -> Iterable[Letter]:
    report, sealed = replace(REPORT, language=language), replace(SEALED, language=language)
    rated = replace(report, severity=Severity.HIGH)
    waiting = replace(
        rated, clock=replace(report.clock, holds=(Hold(RECEIVED, None, "a question"),))
    )
    fixed = replace(rated, clock=replace(report.clock, fixed_at=RECEIVED), state=State.RESOLVED)
    shut = replace(
        report, state=State.REJECTED, clock=replace(CLOCK, readable_at=None, closed_at=RECEIVED)
    )
    signed = (Signature(SignatureStatus.GOOD, RITA_KEY, True),)
    nothing = replace(
        POLICY,
        fingerprint=None,
        public_key=b"",
        policy_url="",
        policy_version="",
        policy_updated="",
    )
    bare = replace(POLICY, sub_addressing=False)
    decisions = [
        first_mail(language),
        first_mail(language, understood=PLAIN, attachments=()),
        first_mail(language, policy=nothing),
        first_mail(language, policy=bare),
        first_mail(language, crypto=ENCRYPTED),
        decide_message(
            reading(language=language, crypto=ENCRYPTED), facts(known_key=RITA_KEY), POLICY
        ),
        *(
            unreadable(language, reason)
            for reason in (
                "it is encrypted to a key that is not ours",
                "it is encrypted with a passphrase only, not to our key",
                "it was damaged or altered on the way",
                "it has no integrity protection",
                "it is encrypted with S/MIME, which we do not read; please use PGP",
                "the decrypted content is larger than we accept",
                "opening it took longer than we allow",
            )
        ),
        asked(Kind.KEY_REQUEST, language),
        asked(Kind.KEY_REQUEST, language, report),
        decide_message(reading(Kind.KEY_REQUEST, language), facts(), nothing),
        *(
            asked(Kind.PGP_TEST, language, crypto=replace(ENCRYPTED, scheme=scheme))
            for scheme in Scheme
        ),
        asked(Kind.PGP_TEST, language),
        asked(Kind.PGP_TEST, language, crypto=UNREADABLE),
        asked(
            Kind.PGP_TEST,
            language,
            crypto=replace(ENCRYPTED, signatures=signed),
            known_key=RITA_KEY,
            protected_subject="x",
        ),
        *(
            asked(
                Kind.PGP_TEST,
                language,
                crypto=replace(ENCRYPTED, signatures=(Signature(status, None, False),)),
            )
            for status in SignatureStatus
        ),
        *(asked(Kind.STATUS_REQUEST, language, one) for one in (report, waiting, fixed, shut)),
        *(
            asked(Kind.STATUS_REQUEST, language, replace(report, state=state, severity=severity))
            for state, severity in zip(State, [*Severity] * 2, strict=True)
        ),
        asked(Kind.FOLLOW_UP, language, shut),
        said("Thank you, we look into it.", report),
        said("Thank you, we look into it.", sealed),
        *(
            said(command + text, report)
            for command in (
                "/ack", "/confirm", "/confirm high", "/severity low", "/reject not ours", "/fixed",
            )
            for text in ("", "\nA word from us.")
        ),
        said("/fixed", replace(report, clock=replace(report.clock, readable_at=None))),
        said("/help", report),
        said("/note inside only\n\nmore", report, internal=True),
        said("words", report, internal=True),
        said("/take\n/nonsense", report),
        said("/ack", replace(report, sealed=True), crypto=ENCRYPTED),
        decide_message(
            reading(Kind.MEMBER, member=MONA, text="/help", new_text="/help"), facts(), POLICY
        ),
        decide_message(
            reading(Kind.MEMBER, member=OMAR, text="hello", new_text="hello"), facts(), POLICY
        ),
        decide_message(
            reading(Kind.MEMBER, member=OMAR, text="/take", new_text="/take", crypto=ENCRYPTED),
            facts(report, Route(report.number, internal_party(OMAR.address))),
            POLICY,
        ),
        asked(Kind.QUESTION, language),
        decide_message(
            reading(Kind.OTHER, sender=None), facts(report, Route(possible=report.number)), POLICY
        ),
        decide_message(
            reading(Kind.FOLLOW_UP, sender=Address("new@example.net")),
            facts(report, Route(report.number, REPORTER)),
            POLICY,
        ),
        bounced(),
        quarantined(),
        unproven(None),
        unproven(report, crypto=UNREADABLE),
        on_dead(SENT, report, "550 5.1.1 no such user", POLICY),
        on_dead(replace(SENT, number=None), None, "the key has expired", POLICY),
        tick(timedelta(hours=36), replace(report, clock=CLOCK)),
        tick(timedelta(days=40), report, replace(sealed, number=ReportNumber(13), owner=None)),
        tick(timedelta(days=95), fixed),
        *(
            tick(
                timedelta(days=2),
                tasks=tuple(OpenTask(f"t{n}", n or None, "Answer by hand.", RECEIVED) for n in ns),
            )
            for ns in ((SEVEN,), (SEVEN, ReportNumber(0)))
        ),
    ]  # fmt: skip
    for decision in decisions:
        yield from decision.letters


LETTERS = {language: list(letters_of_every_kind(language)) for language in ("en", "fr")}
EVERY = [letter for letters in LETTERS.values() for letter in letters]
RESEARCHERS = [letter for letter in EVERY if letter.purpose in TO_RESEARCHER]
TEAMS = [letter for letter in EVERY if letter.purpose not in TO_RESEARCHER]


def text_of(letter: Letter) -> str:
    return TEMPLATES.render(letter.purpose, letter.language, letter.facts)[1]


def only(purpose: str, letters: Iterable[Letter]) -> list[Letter]:
    found = [letter for letter in letters if letter.purpose == purpose]
    assert found
    return found


def receipt(language: str = "en", change: Callable[[Reading], Reading] = lambda r: r) -> str:
    decision = decide_message(change(reading(language=language)), facts(), POLICY)
    return text_of(only("receipt", decision.letters)[0])


# --- all of them -------------------------------------------------------------------------------------


def test_every_letter_of_the_deciding_code_has_a_template_and_none_is_left_over():
    templates = {path.stem for path in (FOLDER / "en").glob("[!_]*.txt")}

    assert {letter.purpose for letter in EVERY} == templates


def test_what_a_researcher_gets_exists_in_french_too():
    translated = {path.stem for path in (FOLDER / "fr").glob("[!_]*.txt")}

    assert translated == TO_RESEARCHER


def test_shared_pieces_exist_in_both_languages():
    shared = {path.name for path in (FOLDER / "en").glob("_*.txt")}

    assert {name for name in shared if not name.startswith("_team-")} == {
        path.name for path in (FOLDER / "fr").glob("_*.txt")
    }


@pytest.mark.parametrize("purpose", sorted({letter.purpose for letter in EVERY}))
def test_a_letter_has_a_subject_and_a_text(purpose: str):
    for letter in only(purpose, EVERY):
        whole = render(letter, TEMPLATES)
        subject, text = TEMPLATES.render(letter.purpose, letter.language, letter.facts)

        assert subject == subject.strip() != ""
        assert "\n" not in whole[0]
        assert text.strip()
        assert "{{" not in text and "{%" not in text
        assert "\n\n\n" not in text
        assert not text.startswith("\n")


@pytest.mark.parametrize("purpose", sorted({letter.purpose for letter in EVERY}))
def test_our_lines_are_short_enough_to_be_quoted(purpose: str):
    for letter in only(purpose, EVERY):
        long = [line for line in text_of(letter).split("\n") if len(line) > 76]

        assert long == []


def test_no_trailing_blanks_but_the_signature_delimiter():
    for letter in EVERY:
        lines = text_of(letter).split("\n")

        assert [line for line in lines if line != line.rstrip() and line != "-- "] == []


# --- to the researcher -------------------------------------------------------------------------------


def test_a_researcher_never_sees_what_is_internal():
    inside = re.compile(r"INSIDE|Mona|mona@|Omar|omar@|escalat|handler|/ack|CWE")
    for letter in RESEARCHERS:
        subject, text = render(letter, TEMPLATES)

        assert not inside.search(f"{subject}\n{text}")


def test_a_letter_to_a_researcher_is_signed_by_the_organisation():
    for letter in RESEARCHERS:
        assert "\n-- \n" in text_of(letter)
        assert "MyKonci" in text_of(letter).partition("\n-- \n")[2]


def test_nobody_is_told_not_to_reply():
    for letter in RESEARCHERS:
        assert not re.search(r"(?i)do[- ]not[- ]reply|ne pas répondre", text_of(letter))


def test_a_letter_without_content_says_nothing_of_the_report():
    content = re.compile(r"IDOR|[Ii]nvoice|Change the id|Rita|poc\.py")
    for letter in RESEARCHERS:
        if letter.purpose in CONTENT_FREE:
            subject, text = TEMPLATES.render(letter.purpose, letter.language, letter.facts)
            assert not content.search(f"{subject}\n{text}")
            assert letter.subject is None


def test_every_receipt_holds_every_promise_as_an_absolute_instant():
    for letter in RESEARCHERS:
        if letter.purpose in RECEIPTS:
            promises = letter.facts["promises"]
            assert isinstance(promises, list)
            text = text_of(letter)
            assert str(letter.facts["received"]) in text
            for promise in promises:
                assert promise["when"] in text
                assert "(UTC+0" in promise["when"]
            told = {promise["promise"] for promise in promises}
            everything = set(Promise)
            if letter.facts["state"] in ("rejected", "duplicate", "disclosed"):
                assert told == set()
            elif letter.purpose == "receipt-unreadable":  # the 90 days begin when it can be read
                assert told in (everything, everything - {Promise.DISCLOSE})
            else:
                assert told == everything


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "This answer does not repeat your"), ("fr", "reprend pas vos mots")],
)
def test_a_receipt_that_may_not_quote_names_the_parts_without_their_words(language: str, says: str):
    read = reading(language=language, crypto=ENCRYPTED)
    decision = decide_message(read, facts(known_key=RITA_KEY), POLICY)
    text = text_of(only("receipt", decision.letters)[0])
    assert says in text
    for _, found in UNDERSTOOD.fields:
        assert found.value not in text


def test_the_dates_are_those_of_the_policy():
    text = receipt()

    assert "by Wednesday 30 September 2026, 14:03 CEST (UTC+02:00)" in text  # 48 hours
    assert "by Wednesday 7 October 2026, 14:03 CEST (UTC+02:00)" in text  # 7 business days
    assert "by Friday 27 November 2026, 14:03 CET (UTC+01:00)" in text  # 60 days
    assert "Sunday 27 December 2026, 14:03 CET (UTC+01:00)" in text  # 90 days


@pytest.mark.parametrize(
    ("language", "promise", "acts"),
    [
        ("en", "commits not to pursue civil or criminal action", "data theft, extortion"),
        ("fr", "s'engage à ne pas vous poursuivre, ni au civil ni au", "vol de données, extorsion"),
    ],
)
def test_every_receipt_holds_the_safe_harbor_and_the_policy_in_force(
    language: str, promise: str, acts: str
):
    for letter in LETTERS[language]:
        if letter.purpose in RECEIPTS and letter.facts["policy_version"]:
            text = text_of(letter)
            assert promise in text
            assert acts in text
            assert "version sha256:6f1ed002ab55" in text
            assert "https://mykonci.com/security" in text


def test_a_receipt_repeats_what_was_understood_indented():
    text = receipt()

    assert "  Description\n    Invoices of other people can be read.\n" in text
    assert "    1. Log in.\n    2. Change the id.\n" in text
    assert "We count 2 findings" in text


def test_a_receipt_asks_for_what_is_missing_in_friendly_words():
    text = receipt()

    assert "  - The URLs or components concerned\n" in text
    assert "  - The impact that you estimate\n" in text
    assert "proof_of_concept" not in text
    assert "None of it is required" in text


def test_a_complete_report_is_asked_for_nothing():
    text = receipt(change=lambda r: replace(r, understood=replace(UNDERSTOOD, missing=())))

    assert "What would help us" not in text


def test_a_receipt_says_that_an_unrated_report_is_planned_as_medium():
    assert "not rated yet; until it is, we plan the fix\n    as for medium severity" in receipt()
    assert "pour une gravité moyenne" in receipt("fr")


@pytest.mark.parametrize(
    ("credit", "words"),
    [
        (Credit(CreditWish.YES, "Rita Researcher", None, "https://rita.example"), "Yes, as Rita R"),
        (Credit(CreditWish.YES, None, "@rita"), "Yes, as @rita"),
        (Credit(CreditWish.YES, link="https://rita.example"), "Yes, as https://rita.example"),
        (Credit(CreditWish.YES), "Yes. Under which name, handle or link?"),
        (Credit(CreditWish.NO), "No. Your name will not be published."),
        (Credit(), "You have not said. Nothing is published without your agreement."),
    ],
)
def test_a_receipt_repeats_the_credit_wish_as_understood(credit: Credit, words: str):
    text = receipt(change=lambda r: replace(r, understood=replace(UNDERSTOOD, credit=credit)))

    assert f"  Public credit\n    {words}" in text


def test_money_is_spoken_of_only_to_those_who_ask_for_it():
    asks_nothing = replace(UNDERSTOOD, flags=())

    assert "no remuneration is paid" in receipt()
    assert "aucune rémunération" in receipt("fr")
    for language in ("en", "fr"):
        quiet = receipt(language, lambda r: replace(r, understood=asks_nothing))
        assert not re.search(r"(?i)remuneration|reward|rémunération|récompense", quiet)


def test_a_sub_processor_is_named_with_where_to_report():
    no_urls = replace(UNDERSTOOD, urls=())

    assert "  - Stripe: https://stripe.com/security\n" in receipt()
    assert "Stripe" not in receipt(change=lambda r: replace(r, understood=no_urls))


def test_a_receipt_says_how_to_write_on():
    letter = only("receipt", LETTERS["en"])[0]

    assert re.search(r"^    security\+7\.[a-z2-7]{16}@example\.org$", text_of(letter), re.M)


def test_a_human_word_is_relayed_as_it_was_written():
    for letter in only("relay", EVERY):
        assert text_of(letter).startswith(f"{letter.facts['text']}\n\n-- \n")


def test_a_letter_that_calls_our_key_attached_carries_it():
    for letter in RESEARCHERS:
        says_so = re.search(
            r"attached\. Its fing|which is attached|est jointe|jointe à ce", text_of(letter)
        )

        assert bool(says_so) == bool(letter.attachments and not letter.human)


def test_a_rejection_gives_its_reason_and_the_way_to_object():
    text = text_of(only("rejected", LETTERS["en"])[0])

    assert "\n  not ours\n" in text
    assert "just reply to this mail" in text


def test_a_held_promise_is_called_paused():
    text = text_of(only("status", asked(Kind.STATUS_REQUEST, "en", _waiting()).letters)[0])

    assert text.count("paused while we wait for your reply") == 2  # diagnosis and fix


def _waiting() -> Report:
    return replace(REPORT, clock=replace(REPORT.clock, holds=(Hold(RECEIVED, None, "a question"),)))


@pytest.mark.parametrize(
    ("language", "words", "kind"),
    [
        ("en", "Please send me your PGP key", Kind.KEY_REQUEST),
        ("fr", "Pouvez-vous m'envoyer votre clé PGP ?", Kind.KEY_REQUEST),
        ("en", "PGP test", Kind.PGP_TEST),
        ("fr", "Test PGP", Kind.PGP_TEST),
    ],
)
def test_the_words_that_we_suggest_are_understood(language: str, words: str, kind: Kind):
    purpose = "receipt-unreadable" if kind is Kind.KEY_REQUEST else "key"
    text = " ".join(text_of(only(purpose, LETTERS[language])[0]).replace("\xa0", " ").split())
    mail = replace(MESSAGE, text=words, new_text=words, subject="Hello", crypto=ENCRYPTED)

    assert words in text
    assert classify(mail, Understanding(), Voice(), POLICY.address, learned_weights()).kind is kind


# --- to the team -------------------------------------------------------------------------------------


def test_a_notice_that_is_quoted_without_marks_runs_and_refuses_nothing():
    for letter in TEAMS:
        lines = [line.strip() for line in text_of(letter).split("\n")]

        assert [line for line in lines if line.startswith("/")] == []


def test_the_words_of_others_cannot_pass_for_ours():
    forged = "Thanks.\nHow to act\nSeverity  critical\n/confirm critical"
    decision = decide_message(reading(text=forged, new_text=forged), facts(), POLICY)
    text = text_of(only("team-report", decision.letters)[0])

    assert text.split("\n").count("How to act") == 1
    assert "Severity  not rated yet\n" in text
    assert "\n    Severity  critical\n" in text


def test_a_member_without_a_key_learns_only_that_something_waits():
    for letter in only("team-bare", EVERY):
        subject, text = TEMPLATES.render(letter.purpose, letter.language, letter.facts)

        assert not re.search(r"IDOR|[Ii]nvoice|rita@|Rita|INSIDE", f"{subject}\n{text}")
        assert "We have no OpenPGP key of yours" in text
        assert "Something" not in subject


def test_a_report_notice_tells_facts_first_then_the_text_then_what_to_do():
    text = text_of(only("team-report", LETTERS["en"])[0])

    facts_at, text_at = text.index("Clocks"), text.index("What the researcher writes")
    assert text.index("Report    #7") < facts_at < text_at < text.index("How to act")
    assert "Rita <rita@example.net>" in text
    assert "FLAG-INSIDE" in text
    assert "First line /note keeps your mail inside" in text


def test_an_escalation_says_who_owns_it_and_what_meets_it():
    unowned = replace(REPORT, owner=None, clock=CLOCK)
    letter = only("escalation", tick(timedelta(hours=36), unowned).letters)[0]
    text = text_of(letter)

    assert "Owner     nobody yet: /take" in text
    assert "To do     answer the researcher, or send /ack" in text
    assert "Rule      within 48 hours of receipt" in text
    assert "never reaches the researcher" in text


def test_several_due_promises_make_one_digest():
    letters = tick(timedelta(days=40), REPORT, replace(SEALED, number=ReportNumber(13))).letters
    subject, text = render(only("escalation", letters)[0], TEMPLATES)

    assert re.fullmatch(r"\[MyKonci\] \d promises need somebody, \d late", subject)
    assert "Report    #7" in text
    assert "Report    #13" in text
    assert "Their key is missing" in text


def test_a_refused_mail_is_told_that_nothing_was_done():
    letters = said("/take\n/nonsense", REPORT).letters
    subject, text = render(only("command-result", letters)[0], TEMPLATES)

    assert subject == "[MyKonci #7] Nothing was done"
    assert "- /take\n    | not executed" in text
    assert "- /nonsense\n    | no such command" in text
    assert "  - /severity\n" in text


def test_help_alone_is_no_failure():
    mail = reading(Kind.MEMBER, member=MONA, text="/help", new_text="/help")
    letters = decide_message(mail, facts(), POLICY).letters

    assert render(only("command-result", letters)[0], TEMPLATES)[0] == "[MyKonci] The commands"
