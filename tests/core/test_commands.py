"""The grammar of member commands. Invariant 6: quoted text never runs, one bad line stops all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inboxd.core.commands import VERBS, Command, Instructions, parse_commands
from inboxd.core.model import Severity
from inboxd.core.quoting import new_text
from inboxd.core.text import html_to_text

CRITICAL_VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"  # 9.8
LOW_VECTOR = "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"  # 1.6
V4_VECTOR = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"  # 9.3


def only(text: str) -> Command:
    found = parse_commands(text)
    assert found.refusals == ()
    (command,) = found.commands
    return command


def refused(text: str) -> list[str]:
    return [refusal.line for refusal in parse_commands(text).refusals]


# --- every verb --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["ack", "take", "fixed", "cancel", "help", "note", "confirm"])
def test_a_verb_stands_alone(verb: str):
    assert only(f"/{verb}") == Command(verb, "", None, f"/{verb}")


@pytest.mark.parametrize("verb", ["ack", "take", "fixed", "cancel", "help"])
def test_a_verb_without_argument_refuses_one(verb: str):
    assert refused(f"/{verb} now") == [f"/{verb} now"]


@pytest.mark.parametrize("verb", ["reject", "wait"])
def test_a_verb_that_needs_a_reason_takes_the_rest_of_its_line(verb: str):
    assert only(f"/{verb} no such host").argument == "no such host"


@pytest.mark.parametrize("line", ["/reject", "/reject   ", "/wait", "/severity", "/severity 9.8"])
def test_a_verb_that_needs_an_argument_refuses_to_stand_alone(line: str):
    assert refused(line) == [line.strip()]


@pytest.mark.parametrize(
    ("argument", "severity"),
    [
        ("critical", Severity.CRITICAL),
        ("HIGH", Severity.HIGH),
        ("medium", Severity.MEDIUM),
        ("low", Severity.LOW),
        (CRITICAL_VECTOR, Severity.CRITICAL),
        (LOW_VECTOR, Severity.LOW),
        (V4_VECTOR, Severity.CRITICAL),
    ],
)
@pytest.mark.parametrize("verb", ["severity", "confirm"])
def test_a_rating_is_a_word_or_a_vector(verb: str, argument: str, severity: Severity):
    assert only(f"/{verb} {argument}").severity is severity


@pytest.mark.parametrize(
    "line", ["/confirm perhaps", "/severity high please", "/severity CVSS:3.1/AV:N", "/confirm 7"]
)
def test_a_rating_that_is_not_understood_is_refused(line: str):
    assert refused(line) == [line]


def test_a_note_keeps_its_text():
    found = parse_commands("/note ask Omar first\nHe knows this code.")
    assert (found.is_note, found.commands[0].argument, found.text) == (
        True,
        "ask Omar first",
        "He knows this code.",
    )


def test_every_verb_is_explained_and_understood():
    arguments = {"severity": " high", "reject": " why", "wait": " why"}
    assert [only(f"/{verb}{arguments.get(verb, '')}").verb for verb in VERBS] == list(VERBS)


# --- where commands stand ----------------------------------------------------------------------------


def test_several_commands_stand_above_the_text():
    found = parse_commands("/take\n/confirm high\n\nThank you, we can see it.\nMore soon.")
    assert ([c.verb for c in found.commands], found.text, found.refusals) == (
        ["take", "confirm"],
        "Thank you, we can see it.\nMore soon.",
        (),
    )


def test_commands_may_be_written_in_any_case_and_indented():
    assert only("  /ACK  ").verb == "ack"


def test_windows_line_ends_are_no_part_of_a_command():
    assert [c.verb for c in parse_commands("/take\r\n/ack\r\n").commands] == ["take", "ack"]


def test_a_mail_without_commands_is_text():
    assert parse_commands("Thank you.\n\nMona") == Instructions((), "Thank you.\n\nMona", ())


def test_an_empty_mail_says_nothing():
    assert parse_commands(" \n\n ") == Instructions((), "", ())


def test_a_path_at_the_start_of_a_text_line_is_text():
    found = parse_commands("We looked at\n/etc/passwd\nand it is not readable.")
    assert (found.commands, found.refusals) == ((), ())


def test_a_path_in_the_first_line_is_refused_as_an_unknown_command():
    assert refused("/etc/passwd is not readable for us") == ["/etc/passwd is not readable for us"]


@pytest.mark.parametrize(
    "line",
    [
        "/reject.php?id=1 is what you should try",
        "/reject/login shows the flaw",
        "/wait/for/it is a path",
        "/note.txt can be downloaded",
    ],
)
def test_a_path_that_begins_like_a_verb_is_no_command(line: str):
    assert [c.verb for c in parse_commands(line).commands] == []


def test_a_command_below_the_text_is_refused():
    assert refused("Thank you.\n/reject nonsense") == ["/reject nonsense"]


def test_one_unknown_line_is_refused_beside_the_known_ones():
    assert refused("/ack\n/publish now\n/take") == ["/publish now"]


@pytest.mark.parametrize("line", ["/", "//", "/ ack", "/42", "/acknowledge", "/ackk", "/rejéct x"])
def test_what_is_no_verb_is_refused(line: str):
    assert refused(line) == [line]


def test_a_refusal_names_the_known_commands():
    (refusal,) = parse_commands("/publish").refusals
    assert [verb for verb in VERBS if f"/{verb}" not in refusal.why] == []


# --- quoted text never reaches the grammar ---------------------------------------------------------

QUOTING = {
    "quote marks": "Fine.\n\n> /reject spam\n> more",
    "nested quote marks": "Fine.\n\n> > /reject spam",
    "quote marks without a space": "Fine.\n\n>/reject spam",
    "an indented quote": "Fine.\n\n  > /reject spam",
    "an attribution line": "Fine.\n\nOn Mon, 23 Nov 2026 at 10:00, Omar wrote:\n> /reject spam",
    "a French attribution": "Fine.\n\nLe lun. 23 nov. 2026 à 10:00, Omar a écrit :\n> /reject spam",
    "an Outlook divider": "Fine.\n\n-----Original Message-----\nFrom: Omar\n\n/reject spam",
    "a French Outlook divider": "Fine.\n\n-----Message d'origine-----\nDe : Omar\n\n/reject spam",
    "Outlook headers": (
        "Fine.\n\nFrom: Omar <omar@example.org>\nSent: Monday\nTo: Mona\nSubject: x\n\n/reject spam"
    ),
    "a signature block": "Fine.\n-- \n/reject spam",
    "a line of underscores": "Fine.\n\n________________________________\n/reject spam",
}


@pytest.mark.parametrize("text", QUOTING.values(), ids=QUOTING.keys())
def test_quoted_text_never_reaches_the_commands(text: str):
    assert parse_commands(new_text(text)) == Instructions((), "Fine.", ())


@pytest.mark.parametrize("text", [text.removeprefix("Fine.") for text in QUOTING.values()])
def test_a_mail_of_quotes_alone_runs_nothing(text: str):
    assert parse_commands(new_text(text)).commands == ()


def test_a_quote_above_the_answer_runs_nothing():
    assert parse_commands(new_text("> /reject spam\n\nNo, not that.")).commands == ()


def test_a_quote_in_an_html_mail_runs_nothing():
    html = "<blockquote type='cite'><p>/reject spam</p></blockquote><p>No, please not that.</p>"
    assert parse_commands(new_text(html_to_text(html))).commands == ()


def test_a_quote_in_an_html_mail_is_no_new_text():
    html = (
        "<div>Thank you.</div><div>On Mon, 23 Nov 2026 at 10:00, inboxd wrote:</div>"
        "<blockquote type='cite'><div>internal advice: looks like a duplicate</div></blockquote>"
    )
    assert new_text(html_to_text(html)) == "Thank you."


def test_a_command_above_a_quote_runs():
    text = "/take\n\nOn Mon, 23 Nov 2026 at 10:00, Omar wrote:\n> /reject spam"
    assert only(new_text(text)).verb == "take"


# --- properties --------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_parsed_and_commands_come_only_from_its_lines(text: str):
    lines = [line.strip() for line in text.strip().split("\n")]
    assert [c.line for c in parse_commands(text).commands if c.line not in lines] == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\r\n"), max_size=40), max_size=6))
def test_whatever_is_quoted_gives_no_command(lines: list[str]):
    quoted = "\n".join(f"> /{line}" for line in ["reject spam", *lines])
    assert parse_commands(new_text(quoted)) == Instructions((), "", ())


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(VERBS)), st.text("/.-_?=#abcxyz", min_size=1, max_size=12))
def test_a_verb_that_runs_on_into_other_signs_is_never_executed(verb: str, tail: str):
    assert parse_commands(f"/{verb}{tail} and more").commands == ()
