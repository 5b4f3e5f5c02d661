"""The files an operator installs: what systemd itself says of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from inboxd import data
from inboxd.errors import Exit

DEPLOY = data.find("deploy")
UNIT = DEPLOY / "inboxd.service"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    program = command[0]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )


def setting(name: str) -> list[str]:
    """Values the unit gives to a setting, in order."""
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.MULTILINE)


def test_the_unit_exposes_next_to_nothing():
    done = run(
        "systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", str(UNIT)
    )

    if "unrecognized option" in done.stderr:
        pytest.skip("systemd-analyze is older than 250 and cannot judge a file")
    assert done.returncode == 0, done.stdout[-300:] + done.stderr
    overall = re.search(r"Overall exposure level for inboxd.service: ([0-9.]+)", done.stdout)
    assert overall is not None, done.stdout
    assert float(overall[1]) <= 1.5


def test_systemd_understands_every_line_of_the_unit():
    done = run("systemd-analyze", "verify", "--man=no", str(UNIT))

    complaints = [
        line
        for line in (done.stdout + done.stderr).splitlines()
        if line.startswith("inboxd.service") or UNIT.name + ":" in line
    ]
    missing = "inboxd.service: Command /opt/inboxd/bin/inboxd is not executable"
    assert [line for line in complaints if not line.startswith(missing)] == []


def test_a_wrong_configuration_is_not_tried_again_and_all_else_is():
    assert setting("RestartPreventExitStatus") == [str(int(Exit.CONFIG))]
    assert setting("Restart") == ["on-failure"]
    assert setting("StartLimitIntervalSec") == ["0"]


def test_invariant_10_a_crash_leaves_no_core():
    assert setting("LimitCORE") == ["0"]


def test_the_agent_of_gpg_is_reachable_and_ends_with_the_daemon():
    assert "AF_UNIX" in setting("RestrictAddressFamilies")[0].split()
    assert setting("KillMode") == ["control-group"]


def test_one_gpg_that_is_killed_does_not_stop_the_daemon():
    assert setting("OOMPolicy") == ["continue"]


def test_every_secret_of_the_unit_gets_a_private_place():
    tmpfiles = (DEPLOY / "inboxd.tmpfiles.conf").read_text()

    assert {line.partition(":")[0] for line in setting("LoadCredential")} == {
        "imap-password",
        "smtp-password",
        "pgp-passphrase",
    }
    for line in setting("LoadCredential"):
        assert Path(line.partition(":")[2]).parent == Path("/etc/inboxd/credentials")
    assert re.search(r"^d +/etc/inboxd/credentials +0700 +root +root ", tmpfiles, re.MULTILINE)


def test_the_account_is_made_without_a_shell():
    done = run("systemd-sysusers", "--dry-run", str(DEPLOY / "inboxd.sysusers.conf"))

    assert done.returncode == 0, done.stderr
    assert "/usr/sbin/nologin" in (DEPLOY / "inboxd.sysusers.conf").read_text()


def test_the_folders_are_made_with_the_modes_that_keep_secrets(tmp_path: Path):
    # Below another root, in which both accounts are whoever runs this test.
    who = f"{os.getuid()}:{os.getgid()}"
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/passwd").write_text(f"root:x:{who}::/:\ninboxd:x:{who}::/:\n")
    (tmp_path / "etc/group").write_text(f"root:x:{os.getgid()}:\ninboxd:x:{os.getgid()}:\n")
    secret = tmp_path / "etc/inboxd/credentials/imap-password"
    secret.parent.mkdir(parents=True)
    secret.write_text("s3cret")
    secret.chmod(0o644)
    (tmp_path / "etc/inboxd/config.toml").write_text("")

    conf = str(DEPLOY / "inboxd.tmpfiles.conf")
    done = run("systemd-tmpfiles", "--create", f"--root={tmp_path}", conf)

    assert (done.returncode, done.stderr) == (0, "")
    modes = {
        "/etc/inboxd": 0o750,
        "/etc/inboxd/config.toml": 0o640,
        "/etc/inboxd/credentials": 0o700,
        "/etc/inboxd/credentials/imap-password": 0o600,
        "/var/lib/inboxd": 0o700,
    }
    for path, mode in modes.items():
        assert (tmp_path / path.lstrip("/")).stat().st_mode & 0o777 == mode, path
