"""`python -m benchmarks.understanding` counts what it says it counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import understanding
from benchmarks.understanding_count import Answer, Ratio, count
from tests.interop import gpghome
from tests.test_corpus import explain

REPORT = """\
Description
The search box runs scripts of the visitor.

Impact
Sessions of other customers can be stolen.

Credit: Yes, please name me as Mia Moss
"""
KEY_REQUEST = "Hello,\n\nplease send me your PGP public key.\n\nOmar\n"
# The labels are wrong on purpose where the program is to be found wrong.
SET: dict[str, tuple[str, dict[str, Any]]] = {
    "reports/named-against-the-will": (
        REPORT,
        {
            "kind": "report",
            "may_auto_reply": True,
            "fields": {
                "description": {"contains": ["runs scripts of the visitor"]},
                "reproduction_steps": None,
                "impact": {"contains": ["Sessions of other"], "absent": ["can be stolen"]},
                "proof_of_concept": {"contains": ["nothing of the kind"]},
                "credit": {"wish": "no", "name": {"contains": ["Mia Moss"]}},
            },
            "_how": {"description": "heading", "impact": "heading", "proof_of_concept": "prose"},
        },
    ),
    "kinds/robot": (KEY_REQUEST, {"kind": "auto-reply", "may_auto_reply": False}),
    "kinds/lost": ("I am out of the office until Monday.\n", {"kind": "other"}),
    "kinds/person": (
        KEY_REQUEST,
        {"kind": "key-request", "may_auto_reply": True, "fields": {"contact": None}},
    ),
}


def _mail(text: str) -> bytes:
    head = (
        "From: Mia <mia@example.org>\nTo: security@mykonci.com\nSubject: hello\n"
        "Message-ID: <1@example.org>\nDate: Mon, 05 Jan 2026 10:00:00 +0000\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    return (head + text).replace("\n", "\r\n").encode()


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    for name, (text, label) in SET.items():
        case = tmp_path / "set" / name
        case.mkdir(parents=True)
        (case / "message.eml").write_bytes(_mail(text))
        (case / "expected.json").write_text(json.dumps(label))
    return tmp_path / "set"


def test_the_counts_are_those_of_the_labels(labelled: Path):
    figures = count(understanding.read(labelled, explain).answers)
    assert (figures.mails, figures.as_labelled) == (4, Ratio(1, 4))
    assert figures.kinds["report"].recall == Ratio(1, 1)
    assert figures.kinds["auto-reply"].confused == {"key-request": 1}
    assert figures.kinds["key-request"].precision == Ratio(1, 2)
    assert (figures.robots, figures.answered_robots) == (Ratio(1, 1), ["kinds/robot"])
    assert figures.people == Ratio(0, 2)
    assert (figures.lost, figures.lost_people) == (Ratio(1, 3), ["kinds/lost"])
    assert figures.wishes == {"no": {"yes": 1}}
    assert figures.false_yes == ["reports/named-against-the-will"]
    assert figures.credit["name"] == Ratio(1, 1)
    described = figures.fields["description"]
    assert (described["heading"].tp, described["prose"].tp, described["all"].tp) == (1, 0, 1)
    assert figures.fields["reproduction_steps"]["null"].tn == 1
    impact = figures.fields["impact"]["heading"]
    assert (impact.tp, impact.fn, impact.fp, impact.swallowed) == (0, 0, 1, 1)
    assert figures.fields["proof_of_concept"]["prose"].recall == Ratio(0, 1)
    assert figures.fields["contact"]["null"].precision == Ratio(0, 0)
    assert figures.sets["charset (text parts)"] == {"utf-8": 4}


def test_the_tables_and_files_are_written(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out, misses = tmp_path / "out.json", tmp_path / "misses"
    arguments = [str(labelled), "--failures", "--json", str(out), "--write", str(misses)]
    assert understanding.main(arguments) == 0
    shown = capsys.readouterr().out
    assert "robots answered: 1, of 1: kinds/robot" in shown
    assert "false yes: 1: reports/named-against-the-will" in shown
    assert "wholly as labelled 0.250 (1/4)" in shown
    found = json.loads(out.read_text())["sets"][str(labelled)]
    assert found["robots"] == {"hits": 1, "total": 1}
    assert found["wishes"] == {"no": {"yes": 1}}
    lines = misses.read_text().splitlines()
    assert f"{labelled}/kinds/robot /may_auto_reply: wanted False, got True" in lines
    assert shown.endswith(misses.read_text())


def test_a_crash_and_a_bad_label_are_named_and_the_rest_is_counted(labelled: Path):
    (labelled / "kinds/robot/expected.json").write_text('{"no such key": 1}')

    def fragile(raw: bytes) -> dict[str, Any]:
        if b"Credit" in raw:
            raise ValueError("too much credit")
        return explain(raw)

    reading = understanding.read(labelled, fragile)
    assert [answer.name for answer in reading.answers] == ["kinds/lost", "kinds/person"]
    assert reading.crashed == ["reports/named-against-the-will: ValueError: too much credit"]
    assert reading.unusable == ["kinds/robot: KeyError: 'no such key'"]


def test_a_label_that_only_excludes_says_nothing_of_presence():
    got = explain(_mail(KEY_REQUEST))
    want = {"kind": {"absent": ["report"]}, "fields": {"impact": {"absent": ["PGP"]}}}
    figures = count([Answer("one", want, got)])
    assert figures.anything_but == Ratio(1, 1)
    assert figures.fields["impact"]["all"].recall == Ratio(0, 0)
    assert str(Ratio(123, 129)) == "0.953 (123/129)"


def test_a_sealed_mail_is_opened_with_the_given_keys(tmp_path: Path):
    reason = gpghome.available()
    if reason is not None:
        pytest.skip(reason)
    with gpghome.temporary_home() as home:
        ours = gpghome.make_key(home, "Security", "security@mykonci.com")
        secret = gpghome.gpg(home, "--armor", "--export-secret-keys", ours)
        sealed = gpghome.encrypt(home, REPORT.encode(), [ours], None)
    (tmp_path / "team.asc").write_bytes(secret)
    with understanding.explainer_with(tmp_path) as explain_with_keys:
        found = explain_with_keys(_mail(sealed.decode()))
    assert (found["kind"], found["crypto"]["decrypted"]) == ("report", True)
    assert explain(_mail(sealed.decode()))["crypto"]["decrypted"] is False
