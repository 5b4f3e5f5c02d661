"""The policy as the deciding code needs it: a value, built from the configuration."""

from __future__ import annotations

from dataclasses import dataclass, field

from inboxd.core.model import Fingerprint
from inboxd.core.scope import Scope
from inboxd.core.sla import Clocks
from inboxd.core.trust import KnownMember


@dataclass(frozen=True, slots=True)
class Budgets:
    """Bounds on automatic answers, so that no loop can grow (RFC 3834 section 2)."""

    per_address_day: int = 10
    global_hour: int = 200


@dataclass(frozen=True, slots=True)
class Policy:
    organisation: str
    address: str  # the security address, lower-case, without sub-address
    clocks: Clocks
    scope: Scope
    members: tuple[KnownMember, ...]
    secret: bytes = field(repr=False)  # keys reply tokens and Message-IDs; lives in the database
    fingerprint: Fingerprint | None = None  # of the team key
    public_key: bytes = field(default=b"", repr=False)  # armored, handed out on request
    autocrypt_key: bytes = field(default=b"", repr=False)  # binary, minimal
    languages: tuple[str, ...] = ("en", "fr")
    authserv_id: str | None = None
    sub_addressing: bool = True
    policy_url: str = ""
    policy_version: str = ""
    policy_updated: str = ""
    budgets: Budgets = Budgets()
    relay_hold_seconds: int = 120

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def local(self) -> str:
        return self.address.rpartition("@")[0]

    def language(self, wanted: str) -> str:
        return wanted if wanted in self.languages else self.languages[0]

    def with_role(self, role: str) -> tuple[KnownMember, ...]:
        return tuple(m for m in self.members if role in m.roles)

    @property
    def handlers(self) -> tuple[KnownMember, ...]:
        """Who does the daily work; everybody, where nobody was named."""
        return self.with_role("handler") or self.members

    def member(self, address: str) -> KnownMember | None:
        return next((m for m in self.members if m.address == address), None)
