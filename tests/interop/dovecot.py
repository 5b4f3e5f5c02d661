"""A private Dovecot: IMAP and LMTP on loopback ports, run by whoever runs the tests."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import secrets
import smtplib
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from imapclient import IMAPClient

from .common import (
    LOOPBACK,
    RigError,
    end_process,
    free_port,
    greeting,
    missing,
    program,
    run,
    short_root,
    wait_until,
)

SPECIAL_FOLDERS = ("Sent", "Drafts", "Junk", "Archive")
_ATTEMPTS = 5  # a port found free may be taken before Dovecot binds it


def version() -> tuple[int, int]:
    """Return Dovecot's major and minor version: 2.4 reads another grammar than 2.3."""
    said = run([program("dovecot"), "--version"]).stdout.decode("ascii", "replace")
    major, minor, *_ = said.split()[0].split(".")
    return int(major), int(minor)


class Dovecot:
    """Run Dovecot for some users (login -> password) as long as the with block lasts.

    Users log in with the bare login ("security"); LMTP accepts that login at any domain and
    with any +detail. Attributes: imap_port, lmtp_port, imaps_port (with ssl=(cert, key)).
    """

    def __init__(
        self, users: Mapping[str, str], *, ssl: tuple[str | Path, str | Path] | None = None
    ) -> None:
        self.users = dict(users)
        self.imap_port = 0
        self.lmtp_port = 0
        self.imaps_port: int | None = None
        self._ssl = ssl
        self._process: subprocess.Popen[bytes] | None = None
        self._stack = contextlib.ExitStack()

    @staticmethod
    def available() -> str | None:
        """Return why Dovecot cannot be used here, or None when it can."""
        if reason := missing("dovecot", "doveadm", "doveconf"):
            return reason
        # "-d" shows the built-in value, whatever the machine's own configuration says.
        told = run([program("doveconf"), "-d", "-h", "libexec_dir"], check=False)
        libexec = Path(told.stdout.decode().strip() or "/usr/lib/dovecot")
        absent = [name for name in ("imap", "imap-login", "lmtp") if not (libexec / name).exists()]
        return f"Dovecot lacks its parts: {', '.join(absent)}" if absent else None

    def __enter__(self) -> Dovecot:
        self.root = self._stack.enter_context(short_root())
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def log(self) -> str:
        """Return what Dovecot logged so far."""
        path = self.root / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def doveadm(self, *arguments: str) -> str:
        """Run a doveadm command on this instance, for instance ("kick", "security")."""
        done = run([program("doveadm"), "-c", self.config_path, *arguments])
        return done.stdout.decode("utf-8", "replace")

    def deliver(self, login: str, raw: bytes, *, mail_from: str = "reporter@example.net") -> None:
        """Deliver one message by LMTP, in its own transaction.

        The login may carry a +detail and a domain. Dovecot puts Return-Path, Delivered-To and
        Received in front; everything after them is the given message.
        """
        recipient = login if "@" in login else f"{login}@example.test"
        with smtplib.LMTP(LOOPBACK, self.lmtp_port, "client.example.test") as lmtp:
            options = [] if raw.isascii() else ["BODY=8BITMIME"]
            lmtp.sendmail(mail_from, [recipient], raw, mail_options=options)

    def connect(self, login: str) -> IMAPClient:
        """Return a logged-in IMAP connection; use it as a context manager."""
        client = IMAPClient(LOOPBACK, self.imap_port, ssl=False, timeout=10)
        client.login(login, self.users[login])
        return client

    def messages(self, login: str, folder: str = "INBOX") -> list[bytes]:
        """Return the folder's messages as stored, oldest first, without marking them read."""
        with self.connect(login) as client:
            client.select_folder(folder, readonly=True)
            fetched = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
        return [fetched[uid][b"BODY[]"] for uid in sorted(fetched)]

    def wait_for_messages(
        self, login: str, count: int, folder: str = "INBOX", timeout: float = 10.0
    ) -> list[bytes]:
        """Return the folder's messages once there are at least count of them."""

        def enough() -> list[bytes]:
            found = self.messages(login, folder)
            return found if len(found) >= count else []

        return wait_until(enough, f"{count} message(s) in {login}/{folder}", timeout)

    @property
    def config_path(self) -> Path:
        return self.root / "dovecot.conf"

    def _start(self) -> None:
        for name in ("run", "state", "mail"):
            (self.root / name).mkdir()
        users = self.root / "users"
        users.touch(mode=0o600)
        if os.geteuid() == 0:
            who = _identity()
            self.root.chmod(0o711)
            for path in (self.root / "mail", users):
                os.chown(path, who.mail_uid, who.mail_gid)
        users.write_text("".join(f"{u}:{{PLAIN}}{p}::::::\n" for u, p in self.users.items()))
        grammar = _config_24 if version() >= (2, 4) else _config_23
        for _ in range(_ATTEMPTS):
            self.imap_port, self.lmtp_port = free_port(), free_port()
            self.imaps_port = free_port() if self._ssl else None
            # The greeting tells this instance from another one that took the port meanwhile.
            sign = secrets.token_hex(8)
            self.config_path.write_text(grammar(self, sign), "utf-8")
            self._process = subprocess.Popen(
                [program("dovecot"), "-F", "-c", str(self.config_path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=(self.root / "stderr").open("wb"),
            )
            if self._came_up(self._process, sign.encode()):
                return
            end_process(self._process)
        raise RigError(f"Dovecot did not start: {self._complaint()}")

    def _came_up(self, process: subprocess.Popen[bytes], sign: bytes) -> bool:
        def settled() -> str:
            if process.poll() is not None:
                return "ended"
            ready = sign in greeting(self.imap_port) and sign in greeting(self.lmtp_port)
            return "ready" if ready else ""

        return wait_until(settled, "Dovecot's greetings") == "ready"

    def _complaint(self) -> str:
        stderr = self.root / "stderr"
        said = stderr.read_text("utf-8", "replace") if stderr.exists() else ""
        return (said + self.log()).strip()[-2000:]

    def _stop(self) -> None:
        process, self._process = self._process, None
        try:
            if process is not None:
                end_process(process)  # what "doveadm stop" sends, without its wait for the reaper
        finally:
            self._stack.close()

    def ssl_files(self) -> tuple[str, str] | None:
        """Return the certificate and key given for imaps, as absolute paths."""
        if self._ssl is None:
            return None
        certificate, key = self._ssl
        return str(Path(certificate).resolve()), str(Path(key).resolve())


@dataclass(frozen=True)
class _Identity:
    """The accounts Dovecot's processes run as."""

    internal: str
    group: str
    login: str
    mail_uid: int
    mail_gid: int


def _identity() -> _Identity:
    """Everything as oneself; for root, who may not run login processes, as Dovecot's users."""
    if os.geteuid() != 0:
        me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
        return _Identity(me, group, me, os.geteuid(), os.getegid())
    mail = pwd.getpwnam("dovecot")
    group = grp.getgrgid(mail.pw_gid).gr_name
    return _Identity(mail.pw_name, group, "dovenull", mail.pw_uid, mail.pw_gid)


def _listeners(server: Dovecot) -> str:
    imaps = (
        f"address = {LOOPBACK}\n    port = {server.imaps_port}" if server.imaps_port else "port = 0"
    )
    return f"""\
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = {LOOPBACK}
    port = {server.imap_port}
  }}
  inet_listener imaps {{
    {imaps}
  }}
}}
service lmtp {{
  chroot =
  inet_listener lmtp {{
    address = {LOOPBACK}
    port = {server.lmtp_port}
  }}
}}
"""


def _namespace() -> str:
    folders = "".join(
        f"  mailbox {name} {{\n    special_use = \\{name}\n    auto = subscribe\n  }}\n"
        for name in SPECIAL_FOLDERS
    )
    return f"namespace inbox {{\n  inbox = yes\n  separator = /\n{folders}}}\n"


def _common_settings(server: Dovecot, sign: str) -> str:
    who = _identity()
    return f"""\
base_dir = {server.root}/run
state_dir = {server.root}/state
log_path = {server.root}/log
instance_name = {server.root.name}
listen = {LOOPBACK}
protocols = imap lmtp
login_greeting = {sign}
default_internal_user = {who.internal}
default_internal_group = {who.group}
default_login_user = {who.login}
first_valid_uid = 0
first_valid_gid = 0
auth_mechanisms = plain login
recipient_delimiter = +
"""


def _config_23(server: Dovecot, sign: str) -> str:
    files, who = server.ssl_files(), _identity()
    ssl = f"ssl = yes\nssl_cert = <{files[0]}\nssl_key = <{files[1]}\n" if files else "ssl = no\n"
    return (
        _common_settings(server, sign)
        + ssl
        + f"""\
disable_plaintext_auth = no
auth_username_format = %Ln
mail_location = maildir:~/Maildir
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {server.root}/users
}}
userdb {{
  driver = static
  args = uid={who.mail_uid} gid={who.mail_gid} home={server.root}/mail/%u
}}
"""
        + _listeners(server)
        + _namespace()
    )


def _config_24(server: Dovecot, sign: str) -> str:
    """The 2.4 grammar, after its public documentation; only 2.3 was at hand to run."""
    files, who = server.ssl_files(), _identity()
    ssl = (
        f"ssl = yes\nssl_server_cert_file = {files[0]}\nssl_server_key_file = {files[1]}\n"
        if files
        else "ssl = no\n"
    )
    return (
        "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
        + _common_settings(server, sign)
        + ssl
        + f"""\
auth_allow_cleartext = yes
auth_username_format = %{{user | username | lower}}
mail_driver = maildir
mail_path = ~/Maildir
passdb passwd-file {{
  passwd_file_path = {server.root}/users
  default_password_scheme = PLAIN
}}
userdb static {{
  fields {{
    uid = {who.mail_uid}
    gid = {who.mail_gid}
    home = {server.root}/mail/%{{user}}
  }}
}}
"""
        + _listeners(server)
        + _namespace()
    )
