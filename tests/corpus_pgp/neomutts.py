"""What neomutt (gpgme) sends, caught by a sink."""

from __future__ import annotations

from pathlib import Path

from tests.interop.neomutt import Neomutt
from tests.interop.sinks import Sink

from .case import Cases, label
from .rig import TEAM, Rig
from .texts import CSRF, IDOR, ORDER, ORDER_SAYS, POC, REDIRECT, RESET, SSRF, XSS, Story

CASES = Cases("neomutt")

_GOOD = ["good whole rita"]


class _Client(Neomutt):
    """Takes more settings for a mail, keeps no copy, and can sign in text (traditional PGP)."""

    more: tuple[str, ...] = ()

    def _crypto(self, address: str, encrypt_to: str | None, sign: bool) -> list[str]:
        return [*super()._crypto(address, encrypt_to, sign), "set copy = no", *self.more]


def sent(
    rig: Rig,
    story: Story,
    *settings: str,
    person: str = "rita",
    seal: bool = True,
    sign: bool = True,
    files: tuple[Path, ...] = (),
) -> bytes:
    """The story as a person's neomutt sends it."""
    from .people import ADDRESSES

    name, address = ADDRESSES[person]
    trust = ("--trust-model", "pgp", "--import-ownertrust")
    rig.gpg(*trust, stdin=f"{rig.keys['team']}:6:\n".encode())
    with Sink() as sink:
        account = (1, sink.port, person, "none", address, rig.home)
        client = _Client(rig.root / "mutt", *account, signer=rig.keys[person], real_name=name)
        client.more = settings
        with client:
            key = rig.keys["team"] if seal else None
            client.send(
                TEAM, story.subject, story.body, encrypt_to=key, sign=sign, attachments=files
            )
        return sink.wait_for_mails(1)[0].content


def _file(rig: Rig, name: str, data: bytes) -> Path:
    path = rig.root / name
    path.write_bytes(data)
    return path


# gpgme cannot write traditional PGP, so the old way with commands is taken for it
_GPG = "gpg --no-verbose --batch --quiet --output - --armor --textmode --trust-model always"
_WRAP = "/usr/libexec/neomutt/pgpewrap"  # repeats --recipient before each key
_INLINE = (
    "set crypt_use_gpgme = no",
    "set pgp_use_gpg_agent = yes",
    "set pgp_auto_inline = yes",
    "set pgp_mime_auto = no",
    f"set pgp_clear_sign_command = '{_GPG} --local-user %a --clear-sign %f 2>/dev/null'",
    f"set pgp_encrypt_only_command = '{_WRAP} {_GPG} --encrypt -- --recipient %r -- %f 2>/dev/null'",
    f"set pgp_encrypt_sign_command = '{_WRAP} {_GPG} --local-user %a --sign --encrypt --"
    " --recipient %r -- %f 2>/dev/null'",
    "set pgp_list_pubring_command = 'gpg --no-verbose --batch --quiet --with-colons"
    " --with-fingerprint --with-fingerprint --list-keys %r'",
)
_PLAIN_SUBJECT = ("set crypt_protected_headers_write = no",)


CASES.add(
    "neomutt-encrypted-signed",
    lambda rig: sent(rig, XSS),
    label(
        "pgp-mime opened",
        _GOOD,
        "rita",
        says=[XSS.phrase, XSS.more],
        subject="...",
        protected=XSS.subject,
    ),
)
CASES.add(
    "neomutt-encrypted",
    lambda rig: sent(rig, IDOR, sign=False),
    label("pgp-mime opened", [], None, says=[IDOR.phrase], subject="...", protected=IDOR.subject),
)
CASES.add(
    "neomutt-signed",
    lambda rig: sent(rig, XSS, seal=False),
    label(
        "pgp-mime clear",
        _GOOD,
        "rita",
        says=[XSS.phrase, XSS.more],
        subject=XSS.subject,
        protected=XSS.subject,
    ),
)
CASES.add(
    "neomutt-signed-french",
    lambda rig: sent(rig, CSRF, seal=False, person="ruben"),
    label("pgp-mime clear", ["good whole ruben"], "ruben", says=[CSRF.phrase, CSRF.more]),
)
CASES.add(
    "neomutt-encrypted-signed-with-file",
    lambda rig: sent(rig, IDOR, files=(_file(rig, "poc.py", POC),)),
    label(
        "pgp-mime opened",
        _GOOD,
        "rita",
        says=[IDOR.phrase],
        attachments=["poc.py"],
        protected=IDOR.subject,
    ),
)
CASES.add(
    "neomutt-signed-with-files",
    lambda rig: sent(
        rig,
        SSRF,
        seal=False,
        files=(_file(rig, "poc.py", POC), _file(rig, "shot.png", b"\x89PNG\r\n\x1a\n" + bytes(64))),
    ),
    label("pgp-mime clear", _GOOD, "rita", says=[SSRF.phrase], attachments=["poc.py", "shot.png"]),
)
CASES.add(
    "neomutt-encrypted-signed-subject-not-protected",
    lambda rig: sent(rig, REDIRECT, *_PLAIN_SUBJECT),
    label(
        "pgp-mime opened",
        _GOOD,
        "rita",
        says=[REDIRECT.phrase],
        subject=REDIRECT.subject,
        protected=None,
    ),
)
CASES.add(
    "neomutt-inline-encrypted",
    lambda rig: sent(rig, RESET, *_INLINE, sign=False),
    label("pgp-inline opened", [], None, says=[RESET.phrase, RESET.more]),
)
CASES.add(
    "neomutt-inline-signed",
    lambda rig: sent(rig, RESET, *_INLINE, seal=False),
    label("pgp-inline clear", _GOOD, "rita", says=[RESET.phrase, RESET.more]),
)
CASES.add(
    "neomutt-inline-encrypted-signed",
    lambda rig: sent(rig, SSRF, *_INLINE),
    label("pgp-inline opened", _GOOD, "rita", says=[SSRF.phrase, SSRF.more]),
)
CASES.add(
    "neomutt-encrypted-signed-by-unknown-key",
    lambda rig: sent(rig, RESET, person="nobody"),
    label("pgp-mime opened", ["unknown-key"], None, says=[RESET.phrase], protected=RESET.subject),
)
CASES.add(
    "neomutt-encrypted-signed-with-own-key-attached",
    lambda rig: sent(
        rig, SSRF, person="nils", files=(_file(rig, "nils.asc", rig.public_key("nils")),)
    ),
    label(
        "pgp-mime opened", ["good whole nils"], "nils", says=[SSRF.phrase], attachments=["nils.asc"]
    ),
)
CASES.add(
    "neomutt-member-answers",
    lambda rig: sent(rig, Story("Re: [MyKonci #7]", ORDER, "", ""), person="mona"),
    label("pgp-mime opened", ["good whole mona"], "mona", kind="member", says=[ORDER_SAYS]),
)
CASES.add(
    "neomutt-plain-report-with-encrypted-file",
    lambda rig: sent(
        rig, IDOR, seal=False, sign=False, files=(_file(rig, "poc.py.asc", rig.seal(POC)),)
    ),
    label("pgp-attachment opened", [], None, says=[IDOR.phrase, IDOR.more], attachments=["poc.py"]),
)
