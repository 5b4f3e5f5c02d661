"""Kill -9 after every commit and every effect of `receive`, `process` and `send`.

A real process is killed with SIGKILL at the n-th point, for every n, and started again on the same
database. Nothing may be lost, and each letter may leave once; only between the next server's
acceptance and our commit (the SMTP window) may it leave twice, then with the same Message-ID and
the same bytes.
"""

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.crash_world import save_keys
from tests.desk import REPORT, RITA, Desk
from tests.interop.sinks import Sink

POINTS = (
    "received", "received", "claimed", "read", "decided", "claimed", "read", "decided",
    *(("letter-claimed", "letter-sealed", "letter-accepted", "letter-sent") * 4),
)  # fmt: skip
"""Two mails, an encrypted report and a plain one; a receipt and a team notice each."""


@pytest.mark.parametrize("stop_at", range(1, len(POINTS) + 1))
def test_a_kill_at_any_point_loses_nothing_and_repeats_nothing(stop_at, short_tmp, keys):
    save_keys(keys)
    desk = Desk(short_tmp, keys)
    incoming = short_tmp / "incoming"
    incoming.mkdir()
    (incoming / "1.eml").write_bytes(desk.sealed("rita", "IDOR", REPORT))
    (incoming / "2.eml").write_bytes(desk.plain(RITA, "XSS", REPORT + "\nplain\n"))
    with Sink("smtp") as sink:
        killed = _child(short_tmp, keys.root, sink.port, stop_at)
        assert killed.returncode == -signal.SIGKILL
        point = killed.stdout.strip()
        assert point == POINTS[stop_at - 1]
        ended = _child(short_tmp, keys.root, sink.port, 0)
        assert ended.stdout.strip() == "finished"
        letters = [mail.content for mail in sink.mails]
    ids = Counter(_message_id(data) for data in letters)
    twice = [i for i, count in ids.items() if count > 1]
    assert len(ids) == 4
    assert len(twice) == (1 if point == "letter-accepted" else 0)
    assert len(set(letters)) == 4
    assert [tuple(r) for r in desk.rows("SELECT state, outcome FROM spool")] == [
        ("done", "report opened")
    ] * 2
    assert {r.state for r in desk.rows("SELECT state FROM outbox")} == {"sent"}
    assert all(desk.report(n).clock.acknowledged_at for n in (1, 2))
    desk.close()


def _child(root: Path, keys: Path, port: int, stop_at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.crash_child", str(root), str(keys), str(port)]
    return subprocess.run(
        [*command, str(stop_at)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).resolve().parent.parent,
    )


def _message_id(data: bytes) -> str:
    return next(
        line.split(b":", 1)[1].strip().decode()
        for line in data.split(b"\r\n")
        if line.lower().startswith(b"message-id:")
    )
