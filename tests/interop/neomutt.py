"""neomutt without a person, in a private tmux (its batch mode has no cryptography)."""

from __future__ import annotations

import email.policy
import os
import shlex
import subprocess
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType

from . import gpghome
from .common import LOOPBACK, RigError, missing, program, run, wait_until

_WIDTH, _HEIGHT = 120, 300  # tall, so that a whole message is on the screen
_SHOWN = "ix-shown"
_LISTED = "ix-listed"
_COMPOSED = "ix-composed"
_ENDED = "ix-ended"


class Neomutt:
    """A reporter's or a team member's neomutt with one IMAP and one SMTP account.

    root: directory for its files (short path). gpg keys come from gnupghome; the key that signs
    is signer, or the home's only secret key. The class is a context manager: leaving it ends the
    tmux server (agents belong to whoever made the gpg home).
    """

    def __init__(
        self,
        root: Path,
        imap_port: int,
        smtp_port: int,
        login: str,
        password: str,
        address: str,
        gnupghome: Path,
        *,
        signer: str | None = None,
        real_name: str = "Robin Reporter",
        smtp_auth: bool = False,
    ) -> None:
        self.root = root
        self.address = address
        self._gnupghome = gpghome.prepare_home(gnupghome)
        self._signer = signer or _only_secret_key(gnupghome)
        self._sessions = 0
        root.mkdir(parents=True, exist_ok=True)
        self._rc = root / "neomuttrc"
        self._rc.touch(mode=0o600)
        sender = f"{login}:{password}@" if smtp_auth else ""
        self._rc.write_text(
            f'set realname = "{real_name}"\n'
            + _settings(address, login, password, imap_port, self._signer)
            + f'set smtp_url = "smtp://{sender}{LOOPBACK}:{smtp_port}/"\n',
            "utf-8",
        )

    @staticmethod
    def available() -> str | None:
        """Return why neomutt cannot be used here, or None when it can."""
        return missing("neomutt", "tmux") or gpghome.available()

    def __enter__(self) -> Neomutt:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the tmux server and with it any neomutt still open."""
        if self._sessions:
            self._tmux("kill-server", check=False)

    def send(
        self,
        to: str,
        subject: str,
        body: str,
        *,
        encrypt_to: str | None = None,
        sign: bool = False,
        attachments: tuple[Path, ...] = (),
        headers: tuple[tuple[str, str], ...] = (),
        timeout: float = 15.0,
    ) -> None:
        """Write a new mail and send it; PGP/MIME when encrypted (to a fingerprint) or signed."""
        draft = EmailMessage(policy=email.policy.SMTP.clone(linesep="\n"))
        for name, value in (("To", to), ("Subject", subject), *headers):
            draft[name] = value
        draft.set_content(body)
        path = self.root / "draft.eml"
        path.write_bytes(draft.as_bytes())
        arguments = ["-H", str(path)]
        if attachments:
            arguments += ["-a", *(str(one) for one in attachments), "--"]
        extra = self._crypto(to, encrypt_to, sign)
        self._start(extra, arguments)
        try:
            self._wait_for(_COMPOSED, timeout)
            self._tmux("send-keys", "-t", "ix", "y")
            screen = self._wait_for(_ENDED, timeout)
            if f"{_ENDED} 0" not in screen:
                raise RigError(f"neomutt did not send; it shows:\n{screen}")
        finally:
            self.close()

    def read(self, which: int | str, *, folder: str = "INBOX", timeout: float = 15.0) -> str:
        """Open a message by its number (from 1) or a piece of its subject; return the screen.

        The screen shows the headers, neomutt's words on decryption and signatures, the text.
        """
        self._open(which, folder, ["<display-message>"], [])
        try:
            return self._wait_for(_SHOWN, timeout)
        finally:
            self.close()

    def listing(self, *, folder: str = "INBOX", timeout: float = 15.0) -> list[str]:
        """Return the index as neomutt draws it, one line a message, threads with their arrows."""
        self._open(None, folder, [], [])
        try:
            screen = self._wait_for(_LISTED, timeout)
        finally:
            self.close()
        return [line for line in screen.splitlines() if line.strip() and _LISTED not in line]

    def reply(
        self,
        which: int | str,
        body: str,
        *,
        folder: str = "INBOX",
        encrypt_to: tuple[str, str] | None = None,
        sign: bool = False,
        timeout: float = 15.0,
    ) -> None:
        """Open a message and answer it, quoting it; encrypt_to is (address, fingerprint)."""
        text = self.root / "reply.txt"
        text.write_text(body, "utf-8")
        editor = self.root / "editor"
        editor.write_text(
            f'#!/bin/sh\n{{ echo; cat {shlex.quote(str(text))}; }} >> "$1"\n', "utf-8"
        )
        editor.chmod(0o700)
        address, fingerprint = encrypt_to or ("", None)
        extra = [f'set editor = "{editor}"', *self._crypto(address, fingerprint, sign)]
        self._open(which, folder, ["<display-message><reply>"], extra)
        try:
            self._wait_for(_COMPOSED, timeout)
            self._tmux("send-keys", "-t", "ix", "y")
            self._wait_for(_SHOWN, timeout)  # back in the open message: it is sent
        finally:
            self.close()

    def _crypto(self, address: str, encrypt_to: str | None, sign: bool) -> list[str]:
        extra = []
        if encrypt_to is not None:
            extra += [
                "set crypt_auto_encrypt = yes",
                f"crypt-hook {_exactly(address)} {encrypt_to}",
            ]
        if sign:
            extra.append("set crypt_auto_sign = yes")
        return extra

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.root),
            "TMPDIR": str(self.root),
            "GNUPGHOME": str(self._gnupghome),
            "LC_ALL": "C.UTF-8",
            "SHELL": "/bin/sh",
            "TERM": "screen",
        }

    def _open(
        self, which: int | str | None, folder: str, keys: list[str], extra: list[str]
    ) -> None:
        if isinstance(which, int):
            keys = [f"<jump>{which}<enter>", *keys]
        elif which is not None:
            # A regular expression in which whatever means something to neomutt is any character.
            words = "".join(c if c.isalnum() or c == " " else "." for c in which)
            keys = [f"<limit>~s '{words}'<enter><first-entry>", *keys]
        pushed = "".join(keys)
        lines = [*extra, f'set spool_file = "+{folder}"']
        if pushed:
            lines.append(f'push "{pushed}"')
        self._start(lines, [])

    def _start(self, lines: list[str], arguments: list[str]) -> None:
        command = [program("neomutt"), "-n", "-F", str(self._rc)]
        for line in lines:
            command += ["-e", line]
        # What neomutt says before it ends (a bad setting, say) stays on the screen.
        line = f"{shlex.join([*command, *arguments])}; echo {_ENDED} $?; exec sleep 600"
        self.close()
        self._sessions += 1  # a server that is ending may still hold its socket
        size = ("-x", str(_WIDTH), "-y", str(_HEIGHT))
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "ix", *size, line)

    def _wait_for(self, mark: str, timeout: float) -> str:
        before = ""

        def drawn() -> str:
            nonlocal before
            last, before = before, self._screen()
            return before if mark in before and before == last else ""

        try:
            return wait_until(drawn, "neomutt", timeout)
        except TimeoutError as error:
            shown = "\n".join(line for line in self._screen().splitlines() if line.strip())
            raise TimeoutError(f"awaited {mark}, but neomutt shows:\n{shown}") from error

    def _screen(self) -> str:
        screen = self._tmux("capture-pane", "-p", "-t", "ix", check=False)
        return screen.stdout.decode("utf-8", "replace")

    def _tmux(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        environment = self._environment()
        return run(
            [program("tmux"), "-S", self.root / f"tmux{self._sessions}", *words],
            env=environment,
            check=check,
            timeout=10,
        )


def _only_secret_key(home: Path) -> str | None:
    listed = gpghome.gpg(home, "--with-colons", "--list-secret-keys").decode("utf-8", "replace")
    primary = [
        after.split(":")[9]
        for line, after in _with_fingerprint(listed.splitlines())
        if line.startswith("sec:")
    ]
    return primary[0] if len(primary) == 1 else None


def _with_fingerprint(lines: list[str]) -> list[tuple[str, str]]:
    return [
        (line, next(after for after in lines[at:] if after.startswith("fpr:")))
        for at, line in enumerate(lines)
        if line.startswith("sec:")
    ]


def _exactly(address: str) -> str:
    """A regular expression for this address, safe inside neomutt's command line."""
    return "'^" + "".join(c if c.isalnum() or c in "@-_" else f"[{c}]" for c in address) + "$'"


def _settings(address: str, login: str, password: str, imap_port: int, signer: str | None) -> str:
    key = f'set pgp_default_key = "{signer}"\nset pgp_sign_as = "{signer}"\n' if signer else ""
    return f"""\
set from = "{address}"
set use_from = yes
set envelope_from_address = "{address}"
set use_envelope_from = yes
set hostname = "{address.partition("@")[2]}"
set charset = "utf-8"
set send_charset = "us-ascii:utf-8"

set folder = "imap://{LOOPBACK}:{imap_port}/"
set imap_user = "{login}"
set imap_pass = "{password}"
set ssl_starttls = no
set ssl_force_tls = no
set spool_file = "+INBOX"
set record = "+Sent"
set postponed = "+Drafts"
set mail_check = 1

set crypt_use_gpgme = yes
set crypt_auto_pgp = yes
set crypt_auto_smime = no
set crypt_confirm_hook = no
set crypt_opportunistic_encrypt = no
set crypt_protected_headers_read = yes
set crypt_protected_headers_write = yes
set crypt_protected_headers_subject = "..."
set crypt_verify_sig = yes
set pgp_self_encrypt = yes
{key}
set editor = "true"
set abort_nosubject = no
set abort_unmodified = no
set abort_noattach = no
set fast_reply = yes
set include = yes
set reply_to = yes
set recall = no
set postpone = no
set quit = yes
set wait_key = no
set confirm_append = no
set confirm_create = no
set delete = no
set move = no
set mark_old = no
set sleep_time = 0
set beep = no
set help = no
set sort = threads
set pager_index_lines = 0
set pager_read_delay = 0
set tilde = no
set markers = no
set mailcap_path = "/dev/null"
set pager_format = "{_SHOWN} %C/%m (%P)"
set compose_format = "{_COMPOSED}"
set status_format = "{_LISTED} %f %m"
ignore *
unignore from to cc subject date reply-to auto-submitted
"""
