"""Which earlier reports a new one may be the same as: traits, rows and the comparison."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.duplicates import (
    BUCKETS,
    Known,
    Traits,
    fingerprint,
    keys,
    rows,
    similar,
    suggest,
    traits_of,
)
from inboxd.core.extract import understand
from inboxd.core.likeness import UNTAUGHT
from inboxd.core.model import Attachment, Message, ReportNumber, Understanding
from inboxd.core.scope import Scope
from inboxd.core.weakness import contradict, weaknesses
from tests.core.builders import UNREADABLE, mail

SCOPE = Scope(inside=("mykonci.com", "*.mykonci.com"))
LONG = (
    "While I was testing the export of the accounting module I saw that the server puts the name"
    " of the file into the page without any escaping, so that whoever opens the link runs what I"
    " wrote there. I used a fresh account with the default settings and a current browser, and it"
    " needs no interaction but one click of a person who is logged in at that moment."
)


def read(message: Message) -> Traits:
    return fingerprint(message, understand(message, SCOPE, UNTAUGHT))


def traits(text: str, subject: str = "A report") -> Traits:
    return read(mail(text, subject=subject))


def evidence(one: Traits, other: Traits) -> tuple[str, ...]:
    found = similar(one, other)
    return found.evidence if found else ()


def file(content: bytes, name: str, media_type: str, sha256: str = "a" * 64) -> Attachment:
    return Attachment(name, media_type, len(content), sha256, content)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://app.mykonci.com/export?id=7&x=<b>", "app.mykonci.com/export"),
        ("https://APP.mykonci.com/Users/1042/", "app.mykonci.com/users/{n}"),
        ("https://app.mykonci.com/v1/invoice-77.pdf", "app.mykonci.com/v1/invoice-{n}.pdf"),
        ("hxxps://app[.]mykonci[.]com:8443/a%20b", "app.mykonci.com/ab"),
        (
            "https://app.mykonci.com/d/0b5e1d3c-7c1f-4f0e-9f6b-0a1b2c3d4e5f/raw",
            "app.mykonci.com/d/{n}/raw",
        ),
        ("https://app.mykonci.com/x%0A%00y", "app.mykonci.com/xy"),
        ("app.mykonci.com", "app.mykonci.com"),
        ("https://app.mykonci.com/", "app.mykonci.com"),
    ],
)
def test_a_place_is_a_host_and_a_path_with_numbers_folded(url: str, place: str):
    assert traits(f"There is a flaw here: {url}").places == (place,)


def test_the_way_in_is_no_place_of_a_flaw_unless_nothing_else_is_named():
    both = "Log in at https://app.mykonci.com/login and open https://app.mykonci.com/export"
    assert traits(both).places == ("app.mykonci.com/export",)
    alone = traits("No rate limit on https://app.mykonci.com/login")
    assert alone.places == ("app.mykonci.com/login",)


def test_hosts_that_are_not_ours_are_no_places():
    assert traits("See https://owasp.org/xss and https://evil.example/p.js").places == ()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Stored XSS in the profile", "cross-site scripting"),
        ("SQL injection", "SQL injection"),
        ("Injection SQL dans la recherche", "SQL injection"),
        ("IDOR", "broken access control (IDOR)"),
        ("Défaut de contrôle d\u2019accès", "broken access control (IDOR)"),
        ("I can read the invoices of other customers", "broken access control (IDOR)"),
        ("je vois les factures d\u2019autres clients", "broken access control (IDOR)"),
        ("SSRF", "server-side request forgery"),
        ("redirection ouverte", "open redirect"),
        ("subdomain takeover", "subdomain takeover"),
        ("No SPF record", "email spoofing"),
    ],
)
def test_weaknesses_are_named_in_english_and_french(words: str, name: str):
    assert weaknesses((words,), ()) == (name,)


def test_the_subject_says_it_before_the_text_and_a_cwe_says_it_too():
    texts = ("XSS", "this is not a CSRF, and it also leads to an open redirect")
    assert weaknesses(texts, ()) == ("cross-site scripting",)
    assert weaknesses((), ("CWE-79",)) == ("cross-site scripting",)
    assert weaknesses((), ("CWE-9999",)) == ("CWE-9999",)


def test_a_list_of_everything_names_nothing():
    assert weaknesses(("XSS, CSRF, SSRF, XXE, SQLi and clickjacking",), ()) == ()


def test_cause_and_effect_do_not_contradict_each_other():
    assert contradict(("SQL injection",), ("cross-site scripting",))
    assert not contradict(("broken access control (IDOR)",), ("information disclosure",))
    assert not contradict((), ("SQL injection",))
    assert not contradict(("CWE-9999",), ("SQL injection",))


def test_the_same_flaw_in_other_words_is_similar():
    one = traits("https://app.mykonci.com/export/7 does not escape its file name", "Stored XSS")
    other = traits(
        "Bonjour, une faille : https://app.mykonci.com/export/1042?f=x affiche le nom tel quel.",
        "Cross-site scripting dans l'export",
    )
    assert evidence(one, other) == (
        "same host and path: app.mykonci.com/export/{n}",
        "both name cross-site scripting",
    )


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("A question", "What runs on https://app.mykonci.com/status?"),  # the host alone
        ("XSS", "https://www.mykonci.com/search echoes what I type"),  # the weakness alone
        ("XSS", "https://app.mykonci.com/profile echoes my name"),  # both, in another place
        ("SQL injection", "https://app.mykonci.com/export has an id that is not escaped"),
        ("IDOR", "https://app.mykonci.com/invoices/8 shows invoices"),
        ("Nothing", ""),
    ],
)
def test_a_host_alone_or_a_weakness_alone_or_another_flaw_is_no_suggestion(subject: str, text: str):
    known = traits("https://app.mykonci.com/export echoes the file name", "XSS")
    assert similar(traits(text, subject), known) is None


def test_a_host_and_a_weakness_are_enough_where_no_path_is_named():
    one = traits("Your domain mykonci.com can be spoofed.", "No DMARC record")
    other = traits("I checked mykonci.com: SPF is missing.", "SPF")
    assert evidence(one, other) == ("same host: mykonci.com", "both name email spoofing")


def test_the_same_text_with_small_changes_is_similar_by_its_wording():
    changed = LONG.replace("accounting", "billing").replace("fresh", "new")
    (sentence,) = evidence(traits(LONG), traits(changed))
    assert sentence in {f"about {n}0 % of the wording is the same" for n in (6, 7, 8, 9)}
    assert evidence(traits(LONG), traits(LONG)) == ("about 100 % of the wording is the same",)
    assert similar(traits(LONG), traits(" ".join(reversed(LONG.split())))) is None


def test_a_short_text_says_nothing_by_its_wording():
    assert traits("Hello, I found a bug in your site.").wording == ()


def test_a_template_filled_in_for_another_flaw_is_no_suggestion():
    one = traits(LONG[:150] + " https://app.mykonci.com/a is open. " + "alpha beta " * 40, "XSS")
    two = traits(LONG[:150] + " https://app.mykonci.com/b is shut. " + "gamma delta " * 40, "SSRF")
    assert similar(one, two) is None


def test_the_same_attachment_is_similar_but_a_key_or_a_logo_is_not():
    video = file(b"v" * 5000, "poc.mp4", "video/mp4")
    one, other = (read(mail(t, subject=t, attachments=(video,))) for t in ("Look.", "Voir."))
    assert evidence(one, other) == (f"same attachment (sha256 {'a' * 16}\u2026)",)
    for useless in (
        file(b"-----BEGIN PGP PUBLIC KEY BLOCK-----" + b"k" * 5000, "k.asc", "text/plain"),
        file(b"k" * 5000, "k.asc", "application/pgp-keys"),
        file(b"s" * 5000, "smime.p7s", "application/pkcs7-signature"),
        file(b"l" * 5000, "logo.png", "image/png"),
        file(b"tiny", "a.txt", "text/plain"),
    ):
        assert read(mail("Look.", attachments=(useless,))).files == ()


def test_a_mail_that_could_not_be_read_has_no_traits():
    unread = mail(LONG, crypto=UNREADABLE)
    assert fingerprint(unread, Understanding(cwe=("CWE-79",))) == Traits()


def test_a_report_that_stands_in_a_file_is_read_there():
    whole = file(LONG.encode(), "report.md", "text/markdown")
    attached = read(mail("See the report.", attachments=(whole,)))
    assert attached.wording and evidence(attached, traits(LONG))


def test_traits_are_the_same_in_every_process():
    code = (
        "from tests.core.test_duplicates import LONG, traits;"
        "print(*traits(LONG + ' https://app.mykonci.com/a', 'XSS').wording)"
    )
    here = traits(LONG + " https://app.mykonci.com/a", "XSS").wording
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert tuple(ran.stdout.split()) == here
    assert len(here) == BUCKETS


@given(st.text(max_size=3000), st.text(max_size=100))
def test_any_text_has_traits_that_come_back_from_their_rows(text: str, subject: str):
    found = traits(text, subject)
    kept = rows(found)
    again = traits_of(reversed(kept))
    assert set(keys(found)) <= set(kept)
    assert all(len(row) <= 320 and row.isprintable() for row in kept)
    assert again.wording == found.wording
    for name in ("places", "weaknesses", "files"):
        assert set(getattr(again, name)) == set(getattr(found, name))


def test_at_most_three_are_named_the_best_first_and_of_equal_ones_the_earliest():
    new = traits(LONG + " https://app.mykonci.com/export", "XSS")
    weaker = replace(new, wording=())
    known = [Known(ReportNumber(n), "new", weaker if n < 3 else new) for n in (1, 2, 5, 4)]
    assert [one.number for one in suggest(new, known)] == [4, 5, 1]
    assert suggest(new, ()) == ()
