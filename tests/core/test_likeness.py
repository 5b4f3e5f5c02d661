"""How much a mail is like those of programs: the numbers, and what they decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.learning import Example, as_table, cross_validated, learn
from inboxd.core.extract import understand
from inboxd.core.kind import Verdict, classify
from inboxd.core.likeness import EVEN, UNTAUGHT, Learned, Weights, facts, parse, weigh, words
from inboxd.core.manner import Manner
from inboxd.core.message import read_message
from inboxd.core.model import Kind, Message, Understanding
from inboxd.core.opening import open_message
from inboxd.core.trust import Voice
from tests.test_corpus import SCOPE, NoKeys

NOTHING = Understanding()


def told(message: Message) -> set[str]:
    return facts(message, NOTHING, Manner(message, NOTHING))


def mail(text: str, *, sender: str = "Ann Bell <ann@bell.example>", headers: str = "") -> Message:
    raw = f"From: {sender}\r\nTo: security@acme.example\r\n{headers}\r\n{text}".encode()
    return read_message(open_message(raw, NoKeys()), raw)


def example(said: str, *, yes: bool, sender: str) -> Example:
    return Example(sender, yes, frozenset(said.split()), frozenset())


TAUGHT = [
    example(said, yes=program, sender=f"{number}@example.org")
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
    talk = [example("zebra", yes=True, sender="same@example.org") for _ in range(9)]
    assert "zebra" not in learn([*TAUGHT, *talk]).of


def test_unseen_mails_are_judged_by_what_the_others_taught():
    found = cross_validated(TAUGHT)
    assert len(found) == len(TAUGHT)
    assert all((like > EVEN) is one.yes for one, like in found)


def test_a_table_is_read_as_it_was_written():
    weights = Weights(-0.5, {"a b": 1.25, "=signed": -2.0, "#": 0.01})
    assert parse(as_table(weights)) == weights


def test_nobody_is_told_by_a_name():
    met = words(mail("Ann writes to acme.\n\nAnn Bell", headers="Subject: for acme\r\n"))
    assert {"ann", "bell", "acme"}.isdisjoint(met)
    assert {"name", "us", "s:us"} <= met


def test_facts_tell_an_answer_that_its_writer_signs():
    headers = "Subject: Re: bug\r\nUser-Agent: Mozilla Thunderbird\r\n"
    assert {"=answers", "=client", "=signed"} <= told(mail("Yes.\n\nAnn", headers=headers))


def test_weak_marks_of_programs_are_facts_among_others():
    met = told(mail("Your ticket #4711 was opened. Rate us!", sender="support@b.example"))
    assert {"=mark role", "=mark ticket"} <= met
    assert "=mark away" not in met


@given(st.text(max_size=300), st.text("ab\t\n1.- ", max_size=80))
def test_every_mail_is_between_a_persons_and_a_programs(text: str, name: str):
    weights = Weights(0.1, {"a": 900.0, "b": -900.0, "=asks": 1e9})
    message = mail(text, sender=f'"{name}" <a@b.example>')
    assert 0.0 <= weigh(words(message), told(message), weights).value <= 1.0


BRIEF = "I found an XSS on https://app.acme.example/search: it runs my script.\n\nAnn Bell"
REPORT = BRIEF.replace(
    "\n\n",
    "\n\nThe box echoes what one types, and nothing is escaped. " + "I tried it. " * 20 + "\n\n",
)


NEVER, EVENLY = Weights(-9.0, {}), Weights(0.0, {})


def judge(message: Message, learned: Learned, told: Understanding = NOTHING) -> Verdict:
    return classify(message, told, Voice(), "security@acme.example", learned)


def verdict(message: Message, bias: float, told: Understanding = NOTHING) -> Verdict:
    return judge(message, Learned(Weights(bias, {}), EVENLY, NEVER), told)


def test_a_report_in_the_words_of_programs_is_answered_by_a_person():
    assert verdict(mail(REPORT), -5.0).may_auto_reply
    found = verdict(mail(REPORT), 1.0)
    assert (found.kind, found.may_auto_reply) == (Kind.REPORT, False)


def test_what_is_certainly_in_the_words_of_programs_opens_no_case():
    found = verdict(mail(REPORT), 5.0)
    assert (found.kind, found.may_auto_reply) == (Kind.OTHER, False)


def test_what_has_the_form_of_a_report_opens_a_case_whatever_its_words():
    message = mail(f"## Description\n{REPORT}\n\n## Impact\nAll accounts.\n")
    assert verdict(message, 5.0, understand(message, SCOPE, UNTAUGHT)).kind is Kind.REPORT


CHAT = "Nobody wrote to me since the spring, and I wait for a word of yours.\n\nAnn Bell"


@pytest.mark.parametrize(
    ("reports", "statuses", "kind"),
    [
        (-9, -9, Kind.OTHER),
        (3, -9, Kind.REPORT),
        (-9, 3, Kind.STATUS_REQUEST),
        (0.5, 0, Kind.OTHER),
    ],
)
def test_where_no_rule_knows_what_a_person_wants_all_words_say_it(
    reports: float, statuses: float, kind: Kind
):
    of = dict.fromkeys(("nobody", "wrote", "spring", "word"), 0.01)
    learned = Learned(NEVER, Weights(reports, of), Weights(statuses, of))
    assert judge(mail(CHAT), learned).kind is kind


def test_what_is_like_a_programs_mail_asks_for_no_news_of_a_report():
    asks = Weights(3.0, dict.fromkeys(("nobody", "wrote", "spring", "word"), 0.01))
    assert judge(mail(CHAT), Learned(EVENLY, NEVER, asks)).kind is Kind.OTHER


def test_words_that_nobody_knows_say_nothing_of_what_a_mail_is_for():
    learned = Learned(NEVER, Weights(9.0, {"nobody": 1.0}), Weights(9.0, {}))
    assert judge(mail(CHAT), learned).kind is Kind.OTHER


def test_an_empty_mail_has_no_words_that_say_what_it_is_for():
    learned = Learned(NEVER, Weights(9.0, {}), Weights(9.0, {}))
    assert judge(mail(" "), learned).kind is Kind.OTHER


def test_what_a_rule_took_for_a_report_in_words_that_no_report_has_is_none():
    learned = Learned(NEVER, NEVER, NEVER)
    assert judge(mail(REPORT), learned).kind is Kind.OTHER
    assert judge(mail(f"{REPORT}\nWhat do you think?"), learned).kind is Kind.QUESTION
    text = "I reset it on https://app.mykonci.com/a and the token leaks.\n\ncurl -v https://app.mykonci.com/a\n"
    telling = mail(f"{text}\nSo anybody can take over any account.\n\nAnn Bell")
    assert judge(telling, learned, understand(telling, SCOPE, UNTAUGHT)).kind is Kind.REPORT
    in_form = mail(f"## Description\n{REPORT}\n\n## Impact\nAll accounts.\n")
    assert judge(in_form, learned, understand(in_form, SCOPE, UNTAUGHT)).kind is Kind.REPORT


def test_a_rule_that_knows_what_a_person_wants_is_not_overruled():
    learned = Learned(NEVER, Weights(9.0, {}), Weights(9.0, {}))
    assert judge(mail("Please send me your PGP key.\n\nAnn"), learned).kind is Kind.KEY_REQUEST


def test_words_of_the_mail_are_shown_and_neither_kept_nor_told_in_tasks():
    found = judge(mail(REPORT), Learned(Weights(1.0, {"echoes": 5.0}), EVENLY, NEVER))
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
FORM = "Formulaire de contact <noreply@host.example>"
FILLED = (
    "Nom : Ann Bell\nURL : https://app.mykonci.com/a\nDescription : on lit les messages des autres\n"
    "Étapes : changer le numéro\nImpact : tout se lit\n"
)


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


def test_who_fills_in_a_form_of_a_site_is_read_behind_its_address():
    message = mail(FILLED, sender=FORM)
    found = verdict(message, 5.0, understand(message, SCOPE, UNTAUGHT))
    assert (found.kind, found.may_auto_reply) == (Kind.REPORT, False)


ASIDE = "Customers see the orders of others since Monday, and nobody knows why.\n\nAnn Bell"


@pytest.mark.parametrize(("bias", "kind"), [(-5.0, Kind.REPORT), (5.0, Kind.BULK)])
def test_who_writes_through_a_list_is_told_by_all_words(bias: float, kind: Kind):
    message = mail(ASIDE, headers="List-Id: <talk.lists.example>\r\n")
    assert verdict(message, bias).kind is kind


@pytest.mark.parametrize("bias", [-5.0, 5.0])
@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Hello {{company}},\n\nnew prices are out.", False),
        ("Hello {nom_du_site},\n\nnew prices are out.", False),
        ("How did we do? Your feedback helps. Automatic message.", True),
    ],
)
def test_weak_marks_make_no_program_of_what_is_in_the_words_of_people(
    text: str, may: bool, bias: float
):
    found = verdict(mail(text), bias)
    assert (found.kind.is_machine, found.may_auto_reply) == (bias > 0, may and bias < 0)


def test_the_address_of_a_program_is_believed_when_the_words_are_like_it():
    assert verdict(mail(REPORT, sender=RELAY), 5.0).kind is Kind.BULK


@pytest.mark.parametrize(
    "greeting",
    [
        "Hello {{company|Team}},",
        "Dear *|FNAME or company|*,",
        "Hi %%first_name%%,",
        "Bonjour {{civilite}} {{nom}},",
        "Bonjour [NOM_DU_SITE],",
        "Hello,\n\nI was told to speak with {{contact.firstname}}.",
    ],
)
def test_a_template_that_nobody_filled_in_is_not_answered(greeting: str):
    assert not verdict(mail(f"{greeting}\n\n{REPORT}"), -5.0).may_auto_reply


@pytest.mark.parametrize(
    "headers", ["X-Mailer: PHPMailer 6.9.1 (https://a.example)\r\n", "X-Mailer: PHP/8.2.1\r\n"]
)
def test_what_a_library_of_programs_sent_is_answered_by_a_person(headers: str):
    found = verdict(mail(REPORT, headers=headers), -9.0)
    assert (found.kind, found.may_auto_reply) == (Kind.REPORT, False)


@pytest.mark.parametrize(
    ("to", "may"), [("undisclosed-recipients:;", False), ('"Security team"', True), ("", True)]
)
def test_what_names_nobody_it_is_for_is_answered_by_a_person(to: str, may: bool):
    head = f"Delivered-To: security@acme.example\r\nFrom: Ann <ann@bell.example>\r\nTo: {to}\r\n"
    for copied, is_answered in (("", may), ("Cc: security@acme.example\r\n", True)):
        raw = f"{head}{copied}\r\n{REPORT}".encode()
        message = read_message(open_message(raw, NoKeys()), raw)
        assert verdict(message, -9.0).may_auto_reply is is_answered


@pytest.mark.parametrize(
    "subject", ["SSTI: {user_name} is evaluated", "Log4j ${jndi_lookup}", "IDOR: POST {user_ids}"]
)
def test_a_report_about_a_placeholder_is_no_template(subject: str):
    message = mail(REPORT, headers=f"Subject: {subject}\r\n")
    assert verdict(message, -9.0).may_auto_reply
    message = mail(f"The string {{first_name}} of the invitation is evaluated.\n\n{REPORT}")
    assert verdict(message, -9.0).may_auto_reply


def test_a_code_that_somebody_tried_is_no_field_of_a_template():
    assert verdict(mail(f"Hello, I typed {{{{7*7}}}} there.\n\n{REPORT}"), -5.0).may_auto_reply
    shown = f"Hello,\n\nI typed {{{{config}}}} as [MY_NAME] there.\n\n{REPORT}"
    assert verdict(mail(shown), -5.0).may_auto_reply


def test_what_we_sign_ourselves_is_an_echo():
    echo = REPORT.replace("Ann Bell", "Kind regards\nACME Security")
    message = mail(echo, headers="Subject: Re: a flaw of yours\r\n")
    assert not verdict(message, -5.0).may_auto_reply
    form = "## Contact\nsecurity@acme.example\n"
    copied = mail(f"We received this:\n\n{REPORT}\n{form}")
    assert not verdict(copied, -5.0, understand(copied, SCOPE, UNTAUGHT)).may_auto_reply


@pytest.mark.parametrize(
    ("own", "to", "closing"),
    [
        ("security@acme.example", "security@acme.example", "Ann Bell (ann@acme.example)"),
        ("security@acme.example", "security@acme.example, ann@bellsec.example", "Ann, Bellsec"),
        ("security@acme.co.example", "security@acme.co.example", "Ann Bell & Co"),
    ],
)
def test_what_another_signs_is_no_echo(own: str, to: str, closing: str):
    text = REPORT.replace("Ann Bell", f"Kind regards\n{closing}")
    raw = f"From: Ann <ann@bellsec.example>\r\nTo: {to}\r\n\r\n{text}".encode()
    message = read_message(open_message(raw, NoKeys()), raw)
    learned = Learned(NEVER, EVENLY, NEVER)
    assert classify(message, NOTHING, Voice(), own, learned).may_auto_reply


UNREADABLE = "-----BEGIN PGP MESSAGE-----\n\nhQEMA3k0Vq1m\n-----END PGP MESSAGE-----\n"


@pytest.mark.parametrize(
    ("text", "bias", "may"),
    [
        (f"We could not decrypt this:\n\n{UNREADABLE}", 5.0, False),
        (f"We could not decrypt this:\n\n{UNREADABLE}", -5.0, True),
        (UNREADABLE, 5.0, True),
    ],
)
def test_words_of_a_program_around_what_we_cannot_read_withhold_the_answer(
    text: str, bias: float, may: bool
):
    assert verdict(mail(text), bias).may_auto_reply is may


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
    told = understand(message, SCOPE, UNTAUGHT)
    assert verdict(message, -5.0, told).may_auto_reply
    assert not verdict(message, 5.0, told).may_auto_reply


UNDECIDED = -2.6  # the score of a likeness of 0.07
QUOTED = "> We ask for news.\n> Please write.\n"
ANSWER = f"On Mon, 1 Jun 2026 at 10:00, ACME wrote:\n{QUOTED}\nDo you have any news of my report?\n"
KEY = "Please send me your PGP key.\n"


@pytest.mark.parametrize(
    ("text", "kind", "may"),
    [
        (REPORT, Kind.REPORT, False),
        ("Do you pay for reports?\n\nAnn Bell", Kind.QUESTION, False),
        (ANSWER, Kind.STATUS_REQUEST, True),
        ("Do you have any news of my report?", Kind.STATUS_REQUEST, False),
        (KEY, Kind.KEY_REQUEST, True),
        (f"I am on a boat.\n\nOn Mon, 1 Jun 2026, ACME wrote:\n{QUOTED}", Kind.OTHER, False),
    ],
)
def test_what_programs_hardly_do_is_doubted_later(text: str, kind: Kind, may: bool):
    found = verdict(mail(text), UNDECIDED)
    assert (found.kind, found.may_auto_reply) == (kind, may)


SHOWN = "Open https://app.mykonci.com/a and change the number.\n\nI see the bills of others.\n\nAnn Bell"


@pytest.mark.parametrize(("subject", "may"), [("Bills", True), ("Re: Bills", False)])
def test_who_tells_at_first_hand_how_to_see_it_is_doubted_later(subject: str, may: bool):
    message = mail(SHOWN, headers=f"Subject: {subject}\r\n")
    found = verdict(message, UNDECIDED, understand(message, SCOPE, UNTAUGHT))
    assert (found.kind, found.may_auto_reply) == (Kind.REPORT, may)
