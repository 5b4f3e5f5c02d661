"""Reading bounded from outside: hostile mail is read in a child process with hard limits.

The child only computes. It holds no key and no secret and starts no program: what it needs of gpg
it asks of the parent, whose runner has bounds of its own. A mail that hangs, eats memory or kills
the interpreter costs its child, never the worker; the spool counts the attempt and quarantines the
mail in the end (invariant 12).
"""

from __future__ import annotations

import contextlib
import os
import queue
import resource
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import inboxd
from inboxd.core.decide.facts import Reading
from inboxd.core.model import Fingerprint
from inboxd.core.scope import Scope
from inboxd.core.trust import GpgOutput, KnownMember
from inboxd.errors import PermanentError, TransientError
from inboxd.reading import ReadingKeyring, Rules, UsableKey, read_mail

READ_SECONDS = 60.0  # of processor time for one mail; the parent's gpg calls do not count
PATIENCE = 5  # times as many seconds may pass on the clock: other programs want the processor, too
GPG_SECONDS = 60.0  # of all gpg calls for one mail together
MEMORY = 1536 * 1024 * 1024  # bytes of address space
LARGE = 8 * 1024 * 1024  # bytes; a child that read a larger mail is not kept


class ReadingStopped(PermanentError):
    """A mail could not be read within the bounds. The message says which one it met."""


@dataclass(frozen=True, slots=True)
class Limits:
    seconds: float = READ_SECONDS  # of processor time
    memory: int = MEMORY  # bytes
    gpg_seconds: float = GPG_SECONDS

    @property
    def patience(self) -> float:
        """Seconds on the clock; not less than one, for the system counts work in hundredths."""
        return max(1.0, PATIENCE * self.seconds)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The part of the policy that reading needs, as it crosses the pipe."""

    address: str
    scope: Scope
    members: tuple[KnownMember, ...]
    authserv_id: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Key:
    """What crosses the pipe of a key that came out of quarantine."""

    fingerprint: Fingerprint
    addresses: tuple[str, ...]


class Reader(Protocol):
    """Bytes to a `Reading`. Raises TransientError when gpg could not be run."""

    def read(self, raw: bytes) -> Reading: ...

    def close(self) -> None: ...


class HereReader:
    """Reads in this process: for one-off commands and tests."""

    def __init__(self, keyring: ReadingKeyring, policy: Rules) -> None:
        self._keyring = keyring
        self._policy = policy

    def read(self, raw: bytes) -> Reading:
        return read_mail(raw, self._keyring, self._policy)

    def close(self) -> None:
        pass


class BoundedReader:
    """Reads in child processes, as many as there are callers at once; children are reused."""

    def __init__(self, keyring: ReadingKeyring, policy: Rules, limits: Limits = Limits()) -> None:
        self._keyring = keyring
        self._rules = _Rules(
            policy.address, policy.scope, policy.members, policy.authserv_id, policy.languages
        )
        self._limits = limits
        self._idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        self.peak = 0  # bytes of memory that a child had at most, as far as we looked

    def read(self, raw: bytes) -> Reading:
        """Read one mail. Raises ReadingStopped when it met a bound, TransientError like gpg."""
        child = self._take()
        try:
            reading = child.read(raw, self._keyring)
        except (OSError, EOFError) as error:
            raise ReadingStopped(f"the reading process ended: {child.end()}") from error
        except BaseException:
            child.end()
            raise
        self.peak = max(self.peak, child.peak())
        if len(raw) > LARGE:
            child.end()
        else:
            self._idle.put(child)
        return reading

    def _take(self) -> _Child:
        with contextlib.suppress(queue.Empty):
            return self._idle.get_nowait()
        return _Child(self._rules, self._limits)

    def close(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().end()


def _environment() -> dict[str, str]:
    """What Python needs to start, and nothing else: passwords may stand in ours."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONHOME") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(Path(inboxd.__file__).parents[1])}


class _Child:
    """The parent's end of one reading process."""

    def __init__(self, rules: _Rules, limits: Limits) -> None:
        self._limits = limits
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "inboxd.isolation",
                    str(theirs.fileno()),
                    str(limits.memory),
                ],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=_environment(),
            )
        self._pipe = Connection(ours.detach())
        self._pipe.send(rules)

    def read(self, raw: bytes, keyring: ReadingKeyring) -> Reading:
        for_gpg, patience = self._limits.gpg_seconds, self._limits.patience
        until = self._worked() + self._limits.seconds
        self._pipe.send_bytes(raw)
        while True:
            patience -= self._await(until, patience)
            what, value = self._pipe.recv()
            if what == "read":
                reading: Reading = value
                return reading
            if what == "memory":
                size = self._limits.memory // 1024 // 1024
                raise ReadingStopped(f"reading it needs more than {size} MiB of memory")
            if what == "later":
                raise TransientError(value)
            if what == "failed":
                raise ReadingStopped(f"reading it failed: {value}")
            began = time.monotonic()
            answer = _asked(keyring, what, value)
            for_gpg -= time.monotonic() - began
            if for_gpg < 0:
                allowed = self._limits.gpg_seconds
                raise ReadingStopped(f"gpg worked on it for more than {allowed:g} s")
            self._pipe.send(answer)

    def _await(self, until: float, patience: float) -> float:
        """Wait until the child says something; how many seconds it took on the clock.

        Raises ReadingStopped once the child has worked `until` or `patience` seconds have passed.
        """
        began = time.monotonic()
        while True:
            left = until - self._worked()
            waiting = patience - (time.monotonic() - began)
            if self._pipe.poll(max(0.0, min(left, waiting))):
                return time.monotonic() - began
            if left <= 0:
                raise ReadingStopped(f"reading it took longer than {self._limits.seconds:g} s")
            if waiting <= 0:
                allowed = self._limits.patience
                raise ReadingStopped(f"it was not read within {allowed:g} s on the clock")

    def _worked(self) -> float:
        """Seconds of processor time that it has used; of the clock where the system does not say."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{self._process.pid}/stat").read_text("ascii", "replace")
            user, system = fields.rpartition(")")[2].split()[11:13]
            return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        return time.monotonic()

    def peak(self) -> int:
        """Bytes of resident memory that it had at most; 0 where the system does not say."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            status = Path(f"/proc/{self._process.pid}/status").read_text("ascii", "replace")
            return int(status.partition("VmHWM:")[2].split()[0]) * 1024
        return 0

    def end(self) -> str:
        """Stop it for good; says how it had ended, if it had."""
        self._pipe.close()
        try:
            code = self._process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        if code < 0:
            return f"signal {signal.Signals(-code).name}"
        return f"exit code {code}"


def _asked(keyring: ReadingKeyring, what: str, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    """Answer a question of the child: (True, value), or (False, why) when gpg could not be run."""
    try:
        if what == "decrypt":
            return True, keyring.decrypt(*arguments)
        if what == "verify":
            return True, keyring.verify(*arguments)
        found = (
            keyring.learn(*arguments)
            if what == "learn"
            else keyring.learn_from_signature(*arguments)
        )
        return True, tuple(_Key(key.fingerprint, key.addresses) for key in found)
    except TransientError as error:
        return False, str(error)


# --- the child -----------------------------------------------------------------------------------


class _Asking:
    """The keyring as the child sees it: every call is a question to the parent."""

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        self._pipe = pipe

    def _ask(self, what: str, *arguments: object) -> Any:
        self._pipe.send((what, arguments))
        could, value = self._pipe.recv()
        if not could:
            raise TransientError(value)
        return value

    def decrypt(self, data: bytes) -> GpgOutput:
        answer: GpgOutput = self._ask("decrypt", data)
        return answer

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        answer: GpgOutput = self._ask("verify", signed, signature)
        return answer

    def learn(self, block: bytes) -> tuple[UsableKey, ...]:
        keys: tuple[UsableKey, ...] = self._ask("learn", block)
        return keys

    def learn_from_signature(self, signed: bytes | None, data: bytes) -> tuple[UsableKey, ...]:
        keys: tuple[UsableKey, ...] = self._ask("learn_from_signature", signed, data)
        return keys


def serve(pipe: Connection[Any, Any]) -> None:
    """Read mail after mail until the parent closes the pipe."""
    rules: _Rules = pipe.recv()
    keyring = _Asking(pipe)
    while True:
        try:
            raw = pipe.recv_bytes()
        except EOFError:
            return
        try:
            answer: tuple[str, object] = ("read", read_mail(raw, keyring, rules))
            pipe.send(answer)
        except MemoryError:
            del raw
            pipe.send(("memory", None))
            return
        except TransientError as error:
            pipe.send(("later", str(error)))
        except (EOFError, BrokenPipeError):
            return
        except Exception as error:  # noqa: BLE001  the parent decides what becomes of the mail
            pipe.send(("failed", type(error).__name__))  # never its words: they may quote the mail


def main() -> None:
    """Entry point of the child: the descriptor of its pipe, and its memory limit in bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    memory = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(Connection(int(sys.argv[1])))


if __name__ == "__main__":
    main()
