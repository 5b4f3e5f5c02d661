"""Runs the path on an existing desk and kills itself with SIGKILL at the n-th point.

Arguments: root of the desk, root of the keys, port of the SMTP sink, n (0: never).
"""

import os
import signal
import sys
from pathlib import Path

from inboxd import eventlog
from inboxd.adapters.smtp import SmtpTransport
from inboxd.config import Smtp
from tests.crash_world import load_keys, report_mails
from tests.desk import Desk


def main() -> None:
    eventlog.configure("error")
    root, keys, port, stop_at = (
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        int(sys.argv[3]),
        int(sys.argv[4]),
    )
    passed = 0

    def at(point: str) -> None:
        nonlocal passed
        passed += 1
        if passed == stop_at:
            print(point, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

    desk = Desk(root, load_keys(keys), at=at)
    transport = SmtpTransport(Smtp(host="127.0.0.1", port=port, tls="none"), lambda: "")
    desk.pipeline._transport = transport
    with desk.store.write() as unit:  # what the daemon does at start
        unit.spool.release_all()
        unit.outbox.release_all()
    for key, raw in report_mails(root):
        desk.pipeline.receive("test", key, raw)
    while desk.pipeline.process():
        pass
    while desk.pipeline.send():
        pass
    print("finished", flush=True)


if __name__ == "__main__":
    main()
