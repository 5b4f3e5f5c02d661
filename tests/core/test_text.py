"""HTML to text, flowed text, new text against quotes: total on anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.quoting import new_text
from inboxd.core.text import html_to_text, language_of, unflow
from tests.hostile_mail import mail_text


@given(mail_text)
def test_no_reader_of_text_raises_on_any_text(text: str):
    html_to_text(text).encode("utf-8", "replace")
    new_text(text)
    unflow(text, delsp=True)
    assert language_of(text) in ("en", "fr")


@given(st.text(alphabet="abc ,.é\n", max_size=80))
def test_text_without_markup_keeps_its_words_as_html(text: str):
    assert html_to_text(text).split() == text.split()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("1 <2 <b>bold</b>", "1 <2 bold"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<ol><li>x</li>\n<li>y</li></ol>", "1. x\n2. y"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ("<a href='https://e.example/?a=1&amp;b=2'>l</a>", "l <https://e.example/?a=1&b=2>"),
        ('<a title="x > y" href=https://e.example/>l</a>', "l <https://e.example/>"),
        ("<a href='javascript:alert(1)'>l</a>", "l"),
        ("<h2>Impact</h2>big", "## Impact\n\nbig"),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("a<!-- no --> b<!--> c<!DOCTYPE x> d<?php e ?> f", "a b c d f"),
        ("<script>if (a<b) x('</p>')</script>t", "t"),
        ("<head><style>a{}</style>\n<title>T</title></head><body style='x'>t</body>", "t"),
        ("<style media=a>p{}</style ><abbr hidden-not title='hidden'>t</abbr>", "t"),
        ("<pre>a\nb</pre>", "a\nb"),
        ("caf&eacute; &lt;b&gt; &#9731; &#xD800;", "café <b> ☃ \ufffd"),
        ("unfinished <a href='x", "unfinished <a href='x"),
        ("unfinished <!-- comment", "unfinished <!-- comment"),
    ],
)
def test_html_becomes_what_a_person_reads(html: str, text: str):
    got = html_to_text(html)
    assert [" ".join(line.split()) for line in got.split("\n")] == text.split("\n")


@pytest.mark.parametrize(
    "tag",
    ["<p hidden>", "<p style='display: none'>", '<p STYLE="color:red;visibility:hidden">',
     "<p style=font-size:0px>", "<p style='opacity: 0'>", "<p style='mso-hide:all'>",
     "<p style='position:absolute;left:-9999px'>", "<p style='max-height:0;overflow:hidden'>"],
)  # fmt: skip
def test_text_that_a_browser_hides_is_kept_and_marked(tag: str):
    assert html_to_text(f"seen {tag}secret</p>").split("\n")[0].strip() == (
        "seen  [hidden text: secret]"
    )


def test_text_that_a_style_sheet_hides_is_marked_and_what_hides_on_paper_only_is_not():
    css = "<style>.pre, p.far {display:none} @media print {.seen {display:none}}</style>"
    html = f"{css}<p class='pre'>one</p><p class='a far'>two</p><p class=seen>three</p>"
    assert html_to_text(html).split() == "[hidden text: one] [hidden text: two] three".split()


def test_a_row_of_a_table_is_a_line_and_a_table_that_only_lays_out_is_none():
    cells = "<tr><td><p>Severity</p></td><td><p>High</p></td></tr>"
    assert html_to_text(f"<table>{cells}</table>").strip() == "Severity | High |"
    frame = "<table><tr><td><p>Hello</p><p>Rita</p></td></tr></table>"
    assert html_to_text(frame).split() == ["Hello", "Rita"]


@pytest.mark.parametrize(
    "tag", ["<blockquote>", "<div class='gmail_quote'>", '<div class="x yahoo_quoted">']
)
def test_what_html_quotes_is_quoted_in_the_text(tag: str):
    assert new_text(html_to_text(f"<p>new</p>{tag}old</div>")) == "new"


def test_quotes_inside_quotes_do_not_multiply_the_text():
    text = html_to_text("<blockquote>" * 90 + "x<br>" * 1000)
    assert len(text) < 20_000
    assert text.count("x") == 1000


def test_nothing_remote_is_in_the_text_of_pictures():
    assert html_to_text("<img src='https://tracker.example/x.png' alt=''>seen") == "seen"


# --- quotes and signatures ---


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("answer\n\nOn Mon, 5 Jan 2026, Team wrote:\n> old\n> older", "answer"),
        ("answer\n\nOn Mon, 5 Jan 2026,\nTeam wrote:\n> old\n", "answer"),
        ("Le lun. 5 janv. 2026, Équipe a écrit :\n> vieux\nréponse", "réponse"),
        ("> question\nanswer\n> question two\nanswer two", "answer\nanswer two"),
        ("answer\n-- \nAda\nhttps://ada.example.org", "answer"),
        ("answer\n-----Original Message-----\nFrom: x", "answer"),
        ("answer\n\nFrom: Team <a@b.example>\nSent: Monday\nTo: me\n\nold", "answer"),
        ("> only\n> quotes", ""),
        ("On the login page I wrote:\nalert(1)", "On the login page I wrote:\nalert(1)"),
        ("From: is the parameter\nit is reflected", "From: is the parameter\nit is reflected"),
    ],
)
def test_new_text_is_what_was_typed_now(text: str, new: str):
    assert new_text(text) == new


def test_flowed_lines_are_joined_and_the_signature_mark_is_not():
    assert unflow("one \ntwo\n> three \n> four\n-- \nAda", delsp=False) == (
        "one two\n> three four\n-- \nAda"
    )
    assert unflow("日本 \n語", delsp=True) == "日本語"


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=5), min_size=1, max_size=6))
def test_fixed_lines_stay_as_they_are(lines: list[str]):
    assert unflow("\n".join(lines), delsp=False) == "\n".join(lines)
