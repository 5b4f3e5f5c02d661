"""The workshop: everybody's keys in one gpg home, the corpus on disk, the mail clients."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path
from types import TracebackType

from tests.interop import gpghome
from tests.interop.common import short_root

from . import people
from .case import Case, resolved

PGP = Path(__file__).parents[1] / "corpus" / "pgp"
TEAM = people.ADDRESSES["team"][1]


class Rig:
    """Attributes: home (gpg), keys (person -> fingerprint), stack (for what clients start)."""

    def __init__(self, cases: list[Case]) -> None:
        self.stack = contextlib.ExitStack()
        self.clients: dict[str, object] = {}  # started once, by whoever needs them
        self._cases = {case.name: case for case in cases}
        self._name = ""

    def __enter__(self) -> Rig:
        self.root = self.stack.enter_context(short_root())
        self.home = people.prepare_home(self.root / "gpg")
        self.stack.callback(gpghome.kill_agents, self.home)
        self.keys = people.fill(self.home)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    # --- cases ---

    def write(self, case: Case) -> None:
        self._name = case.name
        raw = case.make(self)
        folder = PGP / case.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "message.eml").write_bytes(raw)
        label = resolved(case.label, self.keys) | {"_maker": case.maker}
        (folder / "expected.json").write_text(
            json.dumps(label, indent=1, ensure_ascii=False) + "\n", "utf-8"
        )

    def mail(self, name: str) -> bytes:
        """The mail of another case, made now if it is not there."""
        path = PGP / name / "message.eml"
        if not path.exists():
            here, self._name = self._name, ""
            self.write(self._cases[name])
            self._name = here
        return path.read_bytes()

    def headers(self, subject: str, sender: str = "rita", **more: str) -> dict[str, str]:
        """Header fields of a mail to the team."""
        name, address = people.ADDRESSES[sender]
        if sender == "evil":
            name = "Eve"
        fields = {
            "From": f"{name} <{address}>",
            "To": TEAM,
            "Subject": subject,
            "Date": "Tue, 06 Jan 2026 10:00:00 +0100",
            "Message-ID": f"<{self._name}@{address.partition('@')[2]}>",
        }
        return fields | {key.replace("_", "-"): value for key, value in more.items()}

    # --- gpg ---

    def gpg(self, *arguments: str, stdin: bytes = b"") -> bytes:
        return gpghome.gpg(self.home, *arguments, stdin=stdin)

    def seal(self, data: bytes, signer: str = "", *options: str, to: str = "team") -> bytes:
        """Armored and encrypted to a person, signed if a signer is named."""
        user = ["--sign", *self._users((signer,))] if signer else []
        recipient = ("--recipient", self.keys[to]) if to else ()
        return self.gpg("--armor", *options, *user, *recipient, "--encrypt", stdin=data)

    def signature(self, data: bytes, *signers: str, digest: str = "SHA512") -> bytes:
        """An armored detached signature."""
        return self.gpg("--armor", *self._users(signers), *_digest(digest), "-b", stdin=data)

    def clearsigned(self, text: str | bytes, *signers: str, digest: str = "SHA512") -> bytes:
        data = text.encode() if isinstance(text, str) else text
        return crlf(self.gpg(*self._users(signers), *_digest(digest), "--clear-sign", stdin=data))

    def public_key(self, person: str) -> bytes:
        return gpghome.export_public(self.home, self.keys[person])

    def _users(self, signers: tuple[str, ...]) -> list[str]:
        users = [word for one in signers for word in ("--local-user", self.keys[one])]
        return users + list(people.LONG_AGO if "expired" in signers else ())


def _digest(name: str) -> tuple[str, ...]:
    return ("--digest-algo", name)


def crlf(data: bytes) -> bytes:
    return re.sub(rb"\r?\n", b"\r\n", data)
