"""What mutt (gpgme) sends, caught by a sink. The rig is neomutt's, with mutt's own settings."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from tests.interop.common import LOOPBACK, program
from tests.interop.neomutt import Neomutt
from tests.interop.sinks import Sink

from .case import Cases, label
from .people import ADDRESSES
from .rig import TEAM, Rig
from .texts import CSRF, IDOR, RESET, SSRF, XSS, Story

CASES = Cases("mutt")

_GOOD = ["good whole rita"]

_SETTINGS = """\
set use_from = yes
set use_envelope_from = yes
set hostname = "example.org"
set charset = "utf-8"
set send_charset = "us-ascii:utf-8"
set ssl_starttls = no
set ssl_force_tls = no
set copy = no
set crypt_use_gpgme = yes
set crypt_autopgp = yes
set crypt_autosmime = no
set crypt_confirmhook = no
set crypt_protected_headers_write = yes
set pgp_self_encrypt = yes
set editor = "true"
set abort_nosubject = no
set autoedit = yes
set edit_headers = yes
set abort_unmodified = no
set abort_noattach = no
set wait_key = no
set sleep_time = 0
set beep = no
set help = no
set mailcap_path = "/dev/null"
set compose_format = "ix-composed"
"""


class _Mutt(Neomutt):
    """mutt in neomutt's place; only sending works."""

    def prepare(self, name: str, key: str, smtp_port: int) -> None:
        lines = [
            f'set realname = "{name}"',
            f'set folder = "{self.root}"',
            f'set from = "{self.address}"',
            f'set envelope_from_address = "{self.address}"',
            f'set pgp_default_key = "{key}"',
            f'set pgp_sign_as = "{key}"',
            f'set smtp_url = "smtp://{LOOPBACK}:{smtp_port}/"',
        ]
        self._rc.write_text("\n".join(lines) + "\n" + _SETTINGS, "utf-8")

    def _crypto(self, address: str, encrypt_to: str | None, sign: bool) -> list[str]:
        found = super()._crypto(address, encrypt_to, sign)
        return [line.replace("crypt_auto_", "crypt_auto") for line in found]

    def _start(self, lines: Sequence[str], arguments: Sequence[str]) -> None:
        command = [program("mutt"), "-n", "-F", str(self._rc)]
        for line in lines:
            command += ["-e", line]
        shell = f"{shlex.join([*command, *arguments])}; echo ix-ended $?; exec sleep 600"
        self.close()
        self._sessions += 1
        size = ("-x", "120", "-y", "80")
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "ix", *size, shell)


def sent(
    rig: Rig, story: Story, *, person: str = "rita", seal: bool = True, sign: bool = True
) -> bytes:
    """The story as a person's mutt sends it."""
    name, address = ADDRESSES[person]
    trust = ("--trust-model", "pgp", "--import-ownertrust")
    rig.gpg(*trust, stdin=f"{rig.keys['team']}:6:\n".encode())
    with Sink() as sink:
        account = (1, sink.port, person, "none", address, rig.home)
        client = _Mutt(rig.root / "oldmutt", *account, signer=rig.keys[person])
        client.prepare(name, rig.keys[person], sink.port)
        with client:
            key = rig.keys["team"] if seal else None
            client.send(TEAM, story.subject, story.body, encrypt_to=key, sign=sign)
        return sink.wait_for_mails(1)[0].content


CASES.add(
    "mutt-encrypted-signed",
    lambda rig: sent(rig, SSRF),
    label("pgp-mime opened", _GOOD, "rita", says=[SSRF.phrase, SSRF.more], protected=SSRF.subject),
)
CASES.add(
    "mutt-encrypted",
    lambda rig: sent(rig, IDOR, sign=False),
    label("pgp-mime opened", [], None, says=[IDOR.phrase, IDOR.more], protected=IDOR.subject),
)
CASES.add(
    "mutt-signed",
    lambda rig: sent(rig, RESET, seal=False),
    label("pgp-mime clear", _GOOD, "rita", says=[RESET.phrase, RESET.more], subject=RESET.subject),
)
CASES.add(
    "mutt-signed-french",
    lambda rig: sent(rig, CSRF, seal=False, person="ruben"),
    label("pgp-mime clear", ["good whole ruben"], "ruben", says=[CSRF.phrase, CSRF.more]),
)
CASES.add(
    "mutt-signed-by-unknown-key",
    lambda rig: sent(rig, XSS, seal=False, person="nobody"),
    label("pgp-mime clear", ["unknown-key"], None, says=[XSS.phrase, XSS.more]),
)
