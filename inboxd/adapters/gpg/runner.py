"""Hardened runner for the gpg calls that face hostile bytes or bear a verdict.

Status lines travel on their own pipe, input through an anonymous file (so nothing can dead-lock),
output is capped, time is bounded, the environment is fixed, keys are named by full fingerprint.
It reports what gpg said and never judges: `core.trust` does. Two homes: `team` holds the secret
key, `contacts` only public keys; nothing from a mail is ever imported into `team`.
"""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from inboxd.core.model import Fingerprint
from inboxd.core.trust import GpgOutput
from inboxd.errors import ConfigError, PermanentError, TransientError

MAX_HOME_PATH = 85  # bytes: the agent's socket must fit into sockaddr_un
MAX_OUTPUT = 64 * 1024 * 1024  # bytes of decrypted content
MAX_STATUS = 1024 * 1024
WALL_SECONDS = 60.0
CPU_SECONDS = 30

_AGENT_CONF = """\
# written by inboxd: a passphrase is never kept by the agent, and nothing asks for one
default-cache-ttl 0
max-cache-ttl 0
allow-loopback-pinentry
no-allow-external-cache
s2k-count 65536
"""


def prepare_home(home: Path) -> None:
    """Make a private home with the agent's settings; check that its path is short enough."""
    if len(os.fsencode(home.absolute())) > MAX_HOME_PATH:
        raise ConfigError(
            f"pgp: the path {home} is longer than {MAX_HOME_PATH} bytes, so gpg-agent could not"
            " make its socket there; choose a shorter one"
        )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    conf = home / "gpg-agent.conf"
    if not conf.exists():
        conf.write_text(_AGENT_CONF)
        conf.chmod(0o600)


def stop_agent(home: Path) -> None:
    """End the agent of a home; a missing gpgconf or agent is nothing to report."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(
            ["gpgconf", "--homedir", str(home), "--kill", "all"],
            check=False,
            capture_output=True,
            timeout=10,
        )


def gpg_version() -> tuple[int, int, int]:
    """Version of the gpg on PATH. Raises ConfigError when there is none."""
    if shutil.which("gpg") is None:
        raise ConfigError("gpg is not installed; install GnuPG 2.2.40 or newer (package gnupg)")
    out = subprocess.run(
        ["gpg", "--version"], check=True, capture_output=True, text=True, timeout=20
    )
    numbers = out.stdout.split("\n")[0].split()[-1].split("-")[0].split(".")
    major, minor, patch = (*map(int, numbers[:3]), 0, 0)[:3]
    return major, minor, patch


class Gpg:
    """One home, and optionally other homes whose public keys are read."""

    def __init__(
        self,
        home: Path,
        *,
        contacts: Path | tuple[Path, ...] = (),
        passphrase: bytes | None = None,
        max_output: int = MAX_OUTPUT,
        wall_seconds: float = WALL_SECONDS,
    ) -> None:
        self.home = home
        self._contacts = contacts if isinstance(contacts, tuple) else (contacts,)
        self._passphrase = passphrase
        self._max_output = max_output
        self._wall_seconds = wall_seconds

    # --- the four calls ---

    def decrypt(self, data: bytes) -> GpgOutput:
        return self.run(["--decrypt"], data, secret=True)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        """Detached form only, always two files: gpg then refuses inline tricks (2.2.40)."""
        with _anonymous_file(signature) as fd:
            return self.run(["--verify", f"/dev/fd/{fd}", "-"], signed, pass_fds=(fd,))

    def sign(self, data: bytes, signer: Fingerprint) -> bytes:
        """Armored detached signature, SHA-512. Raises PermanentError or TransientError."""
        args = ["--armor", "--digest-algo", "SHA512", "--local-user", signer, "--detach-sign"]
        output = self.run(args, data, secret=True)
        if output.exit_code != 0 or not output.has("SIG_CREATED") or output.failure:
            raise _seal_error("sign", output)
        return output.data

    def encrypt(
        self, data: bytes, recipients: tuple[Fingerprint, ...], signer: Fingerprint
    ) -> bytes:
        """Armored, signed and encrypted. An unusable recipient fails the whole; never less."""
        args = ["--armor", "--digest-algo", "SHA512", "--compress-algo", "none"]
        args += ["--local-user", signer, "--sign", "--encrypt"]
        for recipient in dict.fromkeys(recipients):
            args += ["--recipient", recipient]
        output = self.run(args, data, secret=True)
        complete = output.has("END_ENCRYPTION") and output.has("SIG_CREATED")
        if output.exit_code != 0 or not complete or output.has("INV_RECP") or output.failure:
            raise _seal_error("encrypt", output)
        return output.data

    # --- the runner ---

    def run(
        self,
        arguments: list[str],
        data: bytes = b"",
        *,
        secret: bool = False,
        pass_fds: tuple[int, ...] = (),
    ) -> GpgOutput:
        """Run gpg once within its bounds. Raises TransientError only if it cannot be started."""
        status_read, status_write = os.pipe()
        inherited = [status_write, *pass_fds]
        command = self._command(status_write)
        passphrase_fd: int | None = None
        if secret and self._passphrase is not None:
            passphrase_fd = _memfd(self._passphrase + b"\n")
            inherited.append(passphrase_fd)
            command += ["--pinentry-mode", "loopback", "--passphrase-fd", str(passphrase_fd)]
        else:
            command += ["--pinentry-mode", "error"]
        try:
            with _anonymous_file(data) as stdin:
                process = subprocess.Popen(
                    command + arguments,
                    stdin=stdin,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    pass_fds=inherited,
                    env=self._environment(),
                    start_new_session=True,
                )
        except OSError as error:
            os.close(status_read)
            raise TransientError(f"gpg could not be started: {error.strerror}") from error
        finally:
            os.close(status_write)
            if passphrase_fd is not None:
                os.close(passphrase_fd)
        with contextlib.suppress(OSError, ValueError):  # it may be over already
            # never RLIMIT_CORE: gpg sets it itself, and ends if it changes between its two calls
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
        return self._collect(process, status_read)

    def _command(self, status_fd: int) -> list[str]:
        command = [
            "gpg", "--homedir", str(self.home), "--batch", "--no-tty", "--no-options",
            "--no-auto-key-retrieve", "--no-auto-check-trustdb", "--display-charset", "utf-8",
            "--status-fd", str(status_fd), "--trust-model", "always",
        ]  # fmt: skip
        for home in self._contacts:
            command += ["--keyring", str(home / "pubring.kbx")]
        return command

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LC_ALL": "C.UTF-8",
            "GNUPGHOME": str(self.home),
        }

    def _collect(self, process: subprocess.Popen[bytes], status_read: int) -> GpgOutput:
        """Read both pipes until they end, a cap is hit or the time is up."""
        assert process.stdout is not None
        out, status = bytearray(), bytearray()
        sizes = {
            process.stdout.fileno(): (out, self._max_output),
            status_read: (status, MAX_STATUS),
        }
        failure: str | None = None
        deadline = time.monotonic() + self._wall_seconds
        with selectors.DefaultSelector() as selector:
            for fd in sizes:
                selector.register(fd, selectors.EVENT_READ)
            while selector.get_map() and failure is None:
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                if not ready:
                    failure = "timeout"
                for key, _ in ready:
                    block = os.read(key.fd, 65536)
                    buffer, cap = sizes[key.fd]
                    buffer += block
                    if not block:
                        selector.unregister(key.fd)
                    elif len(buffer) > cap:
                        failure = "too-big" if buffer is out else "too-much"
        if failure is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        os.close(status_read)
        exit_code = process.wait()
        lines = status.decode("utf-8", "replace").split("\n")
        prefix = "[GNUPG:] "
        return GpgOutput(
            tuple(line[len(prefix) :] for line in lines if line.startswith(prefix)),
            exit_code,
            b"" if failure else bytes(out),
            failure,
        )


def _seal_error(what: str, output: GpgOutput) -> PermanentError | TransientError:
    reasons = {
        "0": "no specific reason",
        "1": "the key is not in the keyring",
        "4": "the key is revoked",
        "5": "the key is expired",
        "10": "the key is not trusted",
        "11": "the key is missing",
    }
    for words in output.words("INV_RECP") + output.words("INV_SGNR"):
        why = reasons.get(words[1] if len(words) > 1 else "", "the key cannot be used")
        key = words[2] if len(words) > 2 else "?"
        return PermanentError(f"gpg could not {what}: {why} ({key})")
    if output.has("KEYEXPIRED", "KEYREVOKED"):
        return PermanentError(f"gpg could not {what}: the key is expired or revoked")
    if output.failure == "timeout":
        return TransientError(f"gpg could not {what}: it took too long")
    return TransientError(f"gpg could not {what} (exit {output.exit_code}); is the agent running?")


def _memfd(data: bytes) -> int:
    fd = os.memfd_create("inboxd", os.MFD_CLOEXEC)
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


@contextlib.contextmanager
def _anonymous_file(data: bytes) -> Iterator[int]:
    fd = _memfd(data)
    try:
        yield fd
    finally:
        os.close(fd)
