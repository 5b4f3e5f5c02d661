"""Real mail programs against the sandbox server."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from inboxd.sandbox.server import MailServer
from tests.sandbox.hostile import MAILS

pytestmark = pytest.mark.interop


def need(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    return path


def test_mbsync_pulls_pushes_and_then_has_nothing_to_do(server: MailServer, tmp_path: Path):
    mbsync = need("mbsync")
    local = tmp_path / "local"
    local.mkdir()
    config = tmp_path / "mbsyncrc"
    config.write_text(
        f"""
IMAPStore remote
Host 127.0.0.1
Port {server.imap_port}
User security
Pass s3cret
SSLType None
AuthMechs PLAIN

MaildirStore local
Path {local}/
Inbox {local}/INBOX
SubFolders Verbatim

Channel all
Far :remote:
Near :local:
Patterns *
Create Both
Expunge Both
SyncState *
""",
        encoding="utf-8",
    )
    # Only mails whose line ends mbsync can convert without harm.
    sent = [raw for name, raw in MAILS.items() if name in ("nested", "eight bit", "group")]
    for raw in sent:
        server.deliver("security", raw, flags=("\\Flagged",))

    def sync() -> None:
        done = subprocess.run(
            [mbsync, "-c", str(config), "-a"], capture_output=True, text=True, timeout=20
        )
        assert done.returncode == 0, done.stderr

    def pulled() -> list[Path]:
        return [path for path in (local / "INBOX").rglob("*") if path.parent.name in ("new", "cur")]

    sync()
    files = pulled()
    assert {path.name.rpartition(",")[2] for path in files} == {"F"}
    # mbsync marks what it copies with a header of its own and keeps LF line ends.
    contents = [re.sub(rb"X-TUID: .*\n", b"", path.read_bytes()) for path in files]
    assert sorted(contents) == sorted(raw.replace(b"\r\n", b"\n") for raw in sent)

    (local / "Archive" / "cur" / "1.local:2,S").write_bytes(b"Subject: pushed\n\nbody\n")
    files[0].rename(files[0].with_name(files[0].name + "T"))
    sync()
    assert len(server.messages("security")) == len(sent) - 1
    (pushed,) = server.messages("security", "Archive")
    assert pushed.startswith(b"Subject: pushed\r\n")
    assert list(server.flags("security", "Archive").values()) == [{"\\Seen"}]

    before = server.flags("security"), server.flags("security", "Archive")
    sync()
    assert (server.flags("security"), server.flags("security", "Archive")) == before


def neomutt_config(server: MailServer, tmp_path: Path) -> Path:
    config = tmp_path / "neomuttrc"
    config.write_text(
        f"""
set ssl_starttls=no ssl_force_tls=no quit=yes confirm_append=no delete=yes
set from="security@example.test" realname="Security" send_charset="utf-8"
set smtp_url="smtp://security:s3cret@127.0.0.1:{server.smtp_port}"
set folder="imap://security:s3cret@127.0.0.1:{server.imap_port}/" spool_file="+INBOX"
set copy=no tmpdir="{tmp_path}" imap_user=security imap_pass=s3cret
""",
        encoding="utf-8",
    )
    return config


def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}


def test_neomutt_logs_in_and_sends(server: MailServer, tmp_path: Path):
    config = neomutt_config(server, tmp_path)
    command = [need("neomutt"), "-n", "-F", str(config), "-s", "Ré", "--", "finder@research.test"]
    done = subprocess.run(
        command,
        input="Grüße\n",
        capture_output=True,
        text=True,
        timeout=20,
        env=environment(tmp_path),
    )

    assert done.returncode == 0, done.stdout + done.stderr
    (received,) = server.messages("reporter")
    assert received.startswith(b"Return-Path: <security@example.test>\r\n")
    assert b"with ESMTPA" in received
    assert "Grüße".encode() in received or b"Gr=C3=BC" in received


def run_in_terminal(command: list[str], env: dict[str, str]) -> None:
    """Run a full-screen program; its screen is read so that it never blocks, and shown on error."""
    master, slave = pty.openpty()
    program = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    watchdog = threading.Timer(4, program.kill)
    watchdog.start()
    screen = b""
    try:
        while piece := os.read(master, 65536):
            screen += piece
    except OSError:
        pass  # how Linux says that the other end of a terminal is closed
    finally:
        code = program.wait()
        watchdog.cancel()
        os.close(master)
    assert code == 0, screen[-3000:]


def test_neomutt_reads_copies_and_deletes(server: MailServer, tmp_path: Path):
    for number in (1, 2, 3):
        server.deliver("security", b"Subject: %d\r\nFrom: a@b.test\r\n\r\nx\r\n" % number)
    config = neomutt_config(server, tmp_path)
    keys = (
        "<first-entry><display-message><exit><copy-message>=Archive<enter>"
        "<last-entry><delete-message><sync-mailbox><quit>"
    )
    run_in_terminal(
        [need("neomutt"), "-n", "-F", str(config), "-e", f"push {keys}"], environment(tmp_path)
    )

    assert server.messages("security", "Archive") == [b"Subject: 1\r\nFrom: a@b.test\r\n\r\nx\r\n"]
    assert list(server.flags("security")) == [1, 2]
    assert "\\Seen" in server.flags("security")[1]
