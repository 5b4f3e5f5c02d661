"""A private Postfix in front of an LMTP listener, as a company's own mail server stands."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from .common import (
    LOOPBACK,
    RigError,
    free_port,
    greeting,
    missing,
    program,
    run,
    short_root,
    wait_until,
)

Target = Path | int | str
_ATTEMPTS = 5
_SERVICES = """\
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Run Postfix as long as the with block lasts; it takes SMTP on a loopback port.

    routes: domain -> where its mail goes by LMTP: a socket's path, a loopback port or
    "host:port". Mail for other domains is refused, and nothing leaves the machine. What cannot be
    delivered bounces to its sender, if the sender's domain has a route. Attributes: port.
    """

    def __init__(self, routes: Mapping[str, Target]) -> None:
        self.port = 0
        self._routes = dict(routes)
        self._stack = contextlib.ExitStack()

    @staticmethod
    def available() -> str | None:
        """Return why Postfix cannot be used here, or None when it can."""
        if reason := missing("postfix", "postconf"):
            return reason
        if os.geteuid() != 0:
            return "Postfix starts only as root"
        try:
            pwd.getpwnam("postfix")
        except KeyError:
            return "no user named postfix"
        return None

    def __enter__(self) -> Postfix:
        self.root = self._stack.enter_context(short_root())
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._postfix("stop", check=False)
            wait_until(lambda: self._postfix("status", check=False) != 0, "Postfix to stop")
        finally:
            self._stack.close()

    def log(self) -> str:
        """Return what Postfix logged so far."""
        path = self.root / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def flush(self) -> None:
        """Try deferred mail again now."""
        self._postfix("flush")

    def _start(self) -> None:
        self.root.chmod(0o711)
        for name in ("etc", "queue", "data"):
            (self.root / name).mkdir(mode=0o755)
        postfix = pwd.getpwnam("postfix")
        os.chown(self.root / "data", postfix.pw_uid, postfix.pw_gid)
        table = "".join(f"{domain} {_transport(to)}\n" for domain, to in self._routes.items())
        (self.root / "etc" / "transport").write_text(table, "utf-8")
        for _ in range(_ATTEMPTS):
            self.port = free_port()
            # The name in the greeting tells this instance from another taker of the port.
            name = f"mx-{secrets.token_hex(6)}.example.test"
            (self.root / "etc" / "main.cf").write_text(self._main(name), "utf-8")
            (self.root / "etc" / "master.cf").write_text(
                f"{LOOPBACK}:{self.port} inet n - n - - smtpd\n{_SERVICES}", "utf-8"
            )
            self._postfix("start", check=False)
            with contextlib.suppress(TimeoutError):
                wait_until(partial(_greets_as, self.port, name), "Postfix's greeting", 5)
                return
            self._postfix("stop", check=False)
        raise RigError(f"Postfix did not start: {self.log()[-2000:]}")

    def _postfix(self, verb: str, *, check: bool = True) -> int:
        # Postfix's own programs are started by name.
        environment = {"PATH": f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"}
        command: list[str | Path] = [program("postfix"), "-c", self.root / "etc", verb]
        return run(command, env=environment, check=check).returncode

    def _main(self, name: str) -> str:
        return f"""\
compatibility_level = 3.6
queue_directory = {self.root}/queue
data_directory = {self.root}/data
maillog_file_prefixes = {self.root}
maillog_file = {self.root}/log
multi_instance_enable = no
myhostname = {name}
mydomain = example.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = {LOOPBACK}
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = {", ".join(self._routes)}
virtual_mailbox_maps =
transport_maps = texthash:{self.root}/etc/transport
default_transport = error:nothing leaves this machine
recipient_delimiter = +
smtpd_relay_restrictions = reject_unauth_destination
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtp_host_lookup = native
lmtp_host_lookup = native
notify_classes =
message_size_limit = 67108864
mailbox_size_limit = 0
biff = no
"""


def _greets_as(port: int, name: str) -> bool:
    return name.encode() in greeting(port)


def _transport(target: Target) -> str:
    if isinstance(target, int):
        return f"lmtp:inet:{LOOPBACK}:{target}"
    if isinstance(target, Path) or target.startswith("/"):
        return f"lmtp:unix:{target}"
    return f"lmtp:inet:{target}"
