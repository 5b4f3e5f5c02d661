"""A real `inboxd run` in a process of its own, started and ended by a benchmark."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

PATIENCE = 60.0  # seconds without any progress before a benchmark gives up


class Daemon:
    """`ready_at` is when it said READY=1 (CLOCK_MONOTONIC); the log is kept in a file."""

    def __init__(self, config: Path, folder: Path) -> None:
        self._config = config
        name = secrets.token_hex(4)
        self._log = folder / f"daemon-{name}.log"
        self._socket_path = folder / f"n{name}"
        self._process: subprocess.Popen[bytes] | None = None
        self.ready_at = 0.0

    def __enter__(self) -> Daemon:
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notified,
            self._log.open("wb") as log,
        ):
            notified.bind(str(self._socket_path))
            notified.settimeout(PATIENCE)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "inboxd", "--config", str(self._config), "run"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"NOTIFY_SOCKET": str(self._socket_path)},
            )
            try:
                while b"READY=1" not in notified.recv(4096):
                    pass
            except TimeoutError:
                self.kill()
                raise RuntimeError(f"the daemon did not become ready:\n{self.said()}") from None
            self.ready_at = time.monotonic()
        self._socket_path.unlink()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.kill()
        else:
            self.stop()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """End it as systemd does; anything but a clean end is an error."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError(f"the daemon did not stop:\n{self.said()}") from None
        if code != 0:
            raise RuntimeError(f"the daemon ended with {code}:\n{self.said()}")

    def kill(self) -> None:
        """End it as a crash does."""
        process = self._process
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait(30)

    def said(self) -> str:
        """The end of its log."""
        return self._log.read_text("utf-8", "replace")[-3000:]

    def alarms(self) -> str:
        """The lines of its log that report something wrong."""
        lines = self._log.read_text("utf-8", "replace").split("\n")
        return "\n".join(ln for ln in lines if "level=warning" in ln or "level=error" in ln)[-2000:]

    def wait(self, count: Callable[[], int], wanted: int, what: str, pause: float = 0.01) -> None:
        """Until `count` reaches `wanted`; fails when nothing moves for a minute."""
        last, moved_at = -1, time.monotonic()
        while (now := count()) < wanted:
            if now != last:
                last, moved_at = now, time.monotonic()
            assert self._process is not None
            if self._process.poll() is not None:
                raise RuntimeError(f"the daemon ended by itself:\n{self.said()}")
            if time.monotonic() - moved_at > PATIENCE:
                raise RuntimeError(f"only {now} of {wanted} {what}:\n{self.said()}")
            time.sleep(pause)
