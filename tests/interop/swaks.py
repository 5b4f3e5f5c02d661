"""swaks as a strict LMTP and SMTP client."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .common import LOOPBACK, missing, program, run


def available() -> str | None:
    """Return why swaks cannot be used here, or None when it can."""
    return missing("swaks")


def swaks_lmtp(
    target: str | Path | int, mail_from: str, rcpt: str | Sequence[str], data: bytes
) -> tuple[int, str]:
    """Send one message by LMTP to a socket path, a "host:port" or a loopback port.

    Returns swaks' exit code (0: accepted for every recipient) and the transcript.
    """
    return _swaks("LMTP", target, mail_from, rcpt, data)


def swaks_smtp(
    target: str | Path | int, mail_from: str, rcpt: str | Sequence[str], data: bytes
) -> tuple[int, str]:
    """Send one message by SMTP; otherwise like swaks_lmtp."""
    return _swaks("ESMTP", target, mail_from, rcpt, data)


def _swaks(
    protocol: str, target: str | Path | int, mail_from: str, rcpt: str | Sequence[str], data: bytes
) -> tuple[int, str]:
    recipients = [rcpt] if isinstance(rcpt, str) else list(rcpt)
    command = [program("swaks"), "--protocol", protocol, "--timeout", "10"]
    command += [*_where(target), "--helo", "client.example.test"]
    command += ["--from", mail_from or "<>", "--to", ",".join(recipients)]
    # No fix-up: swaks would replace %TOKENS% and drop a first "From " line, so it also leaves
    # line ends, dots and the final dot to us.
    command += ["--no-data-fixup", "--data", "-"]
    done = run(command, stdin=_on_the_wire(data), check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def _where(target: str | Path | int) -> list[str]:
    if isinstance(target, int):
        return ["--server", LOOPBACK, "--port", str(target)]
    if isinstance(target, Path) or target.startswith("/"):
        return ["--socket", str(target)]
    host, _, port = target.rpartition(":")
    return ["--server", host, "--port", port]


def _on_the_wire(data: bytes) -> bytes:
    lines = data if data.endswith(b"\r\n") else data + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines) + b"."
