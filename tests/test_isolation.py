"""Reading in a child process: the same answers, and bounds that hold from outside (invariant 12)."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from inboxd import assembly
from inboxd.cli.explain import explain_all
from inboxd.dryrun import Explainer
from inboxd.isolation import BoundedReader, HereReader, Limits, ReadingStopped
from tests.desk import RITA, Desk

REPORT = "I found an IDOR at https://app.mykonci.com/a\n\nImpact: invoices can be read.\n"


@pytest.fixture
def bounded(desk):
    made = BoundedReader(assembly.keyring(desk.config), desk.pipeline.policy)
    yield made
    made.close()


def children() -> set[int]:
    command = ["pgrep", "-P", str(os.getpid()), "-f", "inboxd.isolation"]
    listing = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return {int(pid) for pid in listing.split()}


def test_a_child_reads_as_we_do_here_keys_and_signatures_included(desk, bounded):
    here = HereReader(assembly.keyring(desk.config), desk.pipeline.policy)
    for raw in (
        desk.plain(RITA, "IDOR", REPORT),
        desk.sealed("rita", "IDOR", REPORT),
        desk.sealed("rita", "IDOR", REPORT, key=False, key_in_signature=True),
        desk.sealed("mona", "x", "/ack\n", encrypt=False),
        b"",
        b"\xff" * 1000,
    ):
        assert bounded.read(raw) == here.read(raw)
    assert len(children()) == 1  # one caller at a time needs one child


def test_a_child_sees_none_of_the_passwords_in_our_environment(desk, bounded, monkeypatch):
    monkeypatch.setenv("INBOXD_SMTP_PASSWORD", "hunter2")
    bounded.read(desk.plain(RITA, "IDOR", REPORT))
    (child,) = children()
    assert b"hunter2" not in Path(f"/proc/{child}/environ").read_bytes()


def test_two_callers_have_a_child_each(desk, bounded):
    raw = desk.sealed("rita", "IDOR", REPORT)
    got = []
    threads = [threading.Thread(target=lambda: got.append(bounded.read(raw))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 2
    assert got[0] == got[1]


def test_a_mail_that_takes_too_long_costs_its_child_and_the_next_is_read(desk):
    bounded = BoundedReader(
        assembly.keyring(desk.config), desk.pipeline.policy, Limits(seconds=0.001)
    )
    with pytest.raises(ReadingStopped, match=r"longer than 0\.001 s"):
        bounded.read(desk.plain(RITA, "IDOR", REPORT))
    assert children() == set()
    bounded._limits = Limits()
    assert bounded.read(desk.plain(RITA, "IDOR", REPORT)).message.subject == "IDOR"
    bounded.close()
    assert children() == set()


def stopped_child(bounded, raw, limits):
    """A child that has read `raw` before, and now stands still under these limits."""
    bounded.read(raw)
    child = bounded._idle.get()
    child._limits = limits
    bounded._idle.put(child)
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)
    return pid


def test_a_child_that_waits_for_a_busy_machine_has_its_whole_time_still(desk, bounded):
    raw = desk.plain(RITA, "IDOR", REPORT)
    pid = stopped_child(bounded, raw, Limits(seconds=0.4))
    waking = threading.Timer(0.8, os.kill, (pid, signal.SIGCONT))
    waking.start()
    assert bounded.read(raw).message.subject == "IDOR"
    waking.join()


def test_a_child_that_stands_still_is_given_up_after_a_while(desk, bounded):
    raw = desk.plain(RITA, "IDOR", REPORT)
    stopped_child(bounded, raw, Limits(seconds=0.05))
    with pytest.raises(ReadingStopped, match=r"within 1 s on the clock"):
        bounded.read(raw)
    assert children() == set()
    assert bounded.read(raw).message.subject == "IDOR"


def test_a_mail_that_keeps_gpg_busy_for_too_long_is_stopped_too(desk):
    bounded = BoundedReader(
        assembly.keyring(desk.config), desk.pipeline.policy, Limits(gpg_seconds=0.0001)
    )
    with pytest.raises(ReadingStopped, match=r"gpg worked on it for more than 0\.0001 s"):
        bounded.read(desk.sealed("rita", "IDOR", REPORT))
    assert bounded.read(b"Subject: IDOR\r\n\r\nno gpg is needed").message.subject == "IDOR"
    bounded.close()


def test_a_mail_that_needs_too_much_memory_is_refused_by_the_kernel_not_by_the_machine(desk):
    bounded = BoundedReader(
        assembly.keyring(desk.config), desk.pipeline.policy, Limits(memory=200 * 1024 * 1024)
    )
    large = desk.plain(RITA, "IDOR", REPORT) + b"<p>word</p>\r\n" * 8_000_000
    with pytest.raises(ReadingStopped, match="200 MiB of memory"):
        bounded.read(large)
    assert bounded.read(desk.plain(RITA, "IDOR", REPORT)).message.subject == "IDOR"
    bounded.close()


def test_a_child_that_is_killed_is_told_and_replaced(desk, bounded):
    raw = desk.plain(RITA, "IDOR", REPORT)
    bounded.read(raw)
    (child,) = children()
    os.kill(child, signal.SIGKILL)
    time.sleep(0.2)
    with pytest.raises(ReadingStopped, match="SIGKILL"):
        bounded.read(raw)
    assert bounded.read(raw).message.subject == "IDOR"


def test_a_mail_that_cannot_be_read_in_bounds_is_quarantined_with_the_reason(short_tmp, keys):
    desk = Desk(
        short_tmp,
        keys,
        reader=lambda ring, policy: BoundedReader(ring, policy, Limits(seconds=0.001)),
    )
    desk.receive(desk.plain(RITA, "IDOR", REPORT))
    for _ in range(4):
        while desk.pipeline.process():
            pass
        desk.now = desk.now.replace(minute=desk.now.minute + 1)
    assert desk.rows("SELECT state FROM spool")[0].state == "quarantined"
    while desk.pipeline.send():
        pass
    (told,) = [m for m in desk.mails("mona") if "could not be processed" in m.true_subject]
    assert "longer than 0.001 s" in told.text
    desk.close()


def test_explain_says_what_would_go_into_quarantine(tmp_path, capsys):
    mail = tmp_path / "a.eml"
    mail.write_bytes(b"From: rita@example.org\r\n\r\nHello")
    with Explainer(None, None, Limits(seconds=0.001)) as explainer:
        for as_json in (True, False):
            explain_all(explainer, (mail,), as_json=as_json)
    shown = capsys.readouterr().out
    assert '"quarantined": "reading it took longer than 0.001 s"' in shown
    assert "would go into quarantine: reading it took longer than 0.001 s" in shown
