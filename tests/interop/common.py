"""What every rig needs: programs, ports, short directories, deadlines."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

LOOPBACK = "127.0.0.1"
_SYSTEM_DIRS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


class RigError(RuntimeError):
    """A mail program did not do what the rig needs; the text says what it printed."""


def find_program(name: str) -> str | None:
    """Find a program on PATH or in the system directories users often lack on PATH."""
    path = os.environ.get("PATH", os.defpath)
    return shutil.which(name, path=os.pathsep.join((path, *_SYSTEM_DIRS)))


def missing(*names: str) -> str | None:
    """Say which of the programs are absent, or None: the reason a test skips with."""
    absent = [name for name in names if find_program(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else None


def program(name: str) -> str:
    """Return the path of a program that must be there."""
    found = find_program(name)
    if found is None:
        raise RigError(f"not installed: {name}")
    return found


def free_port() -> int:
    """Return a loopback port nobody listens on now; the taker must cope with a lost race."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


@contextlib.contextmanager
def short_root() -> Iterator[Path]:
    """Give a private directory with a path short enough for gpg's and Dovecot's sockets."""
    base = "/tmp" if os.access("/tmp", os.W_OK) else None
    root = Path(tempfile.mkdtemp(prefix="ix.", dir=base))
    try:
        yield root
    finally:
        for _ in range(20):  # a helper process of the rig may still write its last file
            shutil.rmtree(root, ignore_errors=True)
            if not root.exists():
                break
            time.sleep(0.05)


def wait_until(check: Callable[[], T], what: str, timeout: float = 10.0) -> T:
    """Call check until it returns something true; fail with what was awaited."""
    deadline = time.monotonic() + timeout
    pause = 0.01
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {timeout:g} s for {what}")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)


def greeting(port: int, timeout: float = 2.0) -> bytes:
    """Return the first line a loopback server says, or b"" when it does not answer."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout) as peer:
            return peer.makefile("rb").readline(1000)
    except OSError:
        return b""


def run(
    command: Sequence[str | Path],
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    timeout: float = 30.0,
    check: bool = True,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end with captured output; a failure raises with what it printed."""
    done = subprocess.run(
        [str(word) for word in command],
        input=stdin,
        capture_output=True,
        env=None if env is None else dict(env),
        timeout=timeout,
        check=False,
    )
    if check and done.returncode != 0:
        said = (done.stderr + done.stdout).decode("utf-8", "replace")
        raise RigError(f"{command[0]} ended with {done.returncode}: {said.strip()[-2000:]}")
    return done


def end_process(process: subprocess.Popen[bytes], patience: float = 5.0) -> None:
    """End a process this test started: ask, then kill."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
