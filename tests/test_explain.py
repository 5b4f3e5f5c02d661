"""`inboxd explain` as people and programs call it: every key, any home, any folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from inboxd.cli.explain import explain_all
from inboxd.dryrun import Explainer
from inboxd.isolation import Limits
from tests.pgp_mail import People, encrypted, text_part
from tests.pgp_mail import everyone as everyone

HELLO = b"From: rita@example.org\r\nSubject: hello\r\n\r\nHello"
KEYS = {
    "file", "kind", "evidence", "may_auto_reply", "no_reply_because", "message", "crypto", "fields",
    "missing", "urls", "cvss", "cwe", "severity_claim", "findings", "flags", "decision",
}  # fmt: skip


def explained(capsys, *paths: Path, home: Path | None = None, limits: Limits | None = None):
    with Explainer(None, home, limits) as explainer:
        explain_all(explainer, paths, as_json=True)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_mail_that_meets_a_bound_has_all_the_keys_too(tmp_path, capsys):
    (tmp_path / "a.eml").write_bytes(HELLO)
    (read,) = explained(capsys, tmp_path)
    (stopped,) = explained(capsys, tmp_path, limits=Limits(seconds=0.001))
    assert set(read) == KEYS
    assert set(stopped) == KEYS | {"quarantined"}
    assert stopped["may_auto_reply"] is False
    assert stopped["decision"] == {"outcome": "quarantined", "would_send": []}
    assert stopped["message"].keys() == read["message"].keys()


def test_a_folder_is_its_eml_files_or_all_files_as_in_a_maildir(tmp_path, capsys):
    maildir = tmp_path / "cur"
    maildir.mkdir()
    (maildir / "1767600000.M1P1.host:2,S").write_bytes(HELLO)
    assert [Path(one["file"]).name for one in explained(capsys, tmp_path)] == [
        "1767600000.M1P1.host:2,S"
    ]
    (tmp_path / "a.eml").write_bytes(HELLO)
    assert [Path(one["file"]).name for one in explained(capsys, tmp_path)] == ["a.eml"]


def test_a_home_whose_path_is_too_long_for_the_agent_opens_mails_all_the_same(
    people: People, tmp_path, capsys
):
    long = tmp_path / ("d" * 90)
    shutil.copytree(people.team, long, ignore=shutil.ignore_patterns("S.*"))
    mail = tmp_path / "a.eml"
    mail.write_bytes(encrypted(people.seal(text_part("the form is open"))))
    (found,) = explained(capsys, mail, home=long)
    assert found["crypto"]["decrypted"] is True
    assert found["message"]["text"] == "the form is open"
    assert not list(long.glob("S.*"))  # nothing was started in there
