"""The configuration: one TOML file, typed, unknown keys refused with their path.

Secrets stand in it by reference only: `{ file = ".." }`, `{ credential = ".." }` (systemd),
`{ env = ".." }` or `{ command = [".."] }`. `config.example.toml` shows every key with its default
and its reason, and a test holds the two together.
"""

from __future__ import annotations

import difflib
import hashlib
import ipaddress
import os
import subprocess
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from inboxd.core.model import Fingerprint
from inboxd.core.trust import as_fingerprint
from inboxd.errors import ConfigError


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _lower_address(value: str) -> str:
    if value.count("@") != 1 or not all(value.split("@")):
        raise ValueError("expected an address like security@example.com")
    return value.lower()


def _full_fingerprint(value: str) -> str:
    if value and as_fingerprint(value) is None:
        raise ValueError("expected a full fingerprint: 40 hexadecimal digits, not a short key id")
    return as_fingerprint(value) or ""


Address = Annotated[str, AfterValidator(_lower_address)]
FullFingerprint = Annotated[str, AfterValidator(_full_fingerprint)]
Days = Annotated[int, Field(ge=1, le=3650)]
Port = Annotated[int, Field(ge=1, le=65535)]
Tls = Literal["implicit", "starttls", "none"]


class Secret(Section):
    """A reference to a secret; exactly one way of finding it."""

    file: Path | None = None
    credential: str | None = None
    env: str | None = None
    command: list[str] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Secret:
        if sum(v is not None for v in (self.file, self.credential, self.env, self.command)) != 1:
            raise ValueError("name exactly one of file, credential, env, command")
        return self

    def read(self, what: str) -> str:
        """The secret, without the final line break. Raises ConfigError naming `what`."""
        try:
            return self._read().removesuffix("\n").removesuffix("\r")
        except (OSError, KeyError, subprocess.SubprocessError, UnicodeError) as error:
            raise ConfigError(f"{what}: {self._hint(error)}") from error

    def _read(self) -> str:
        if self.file is not None:
            return self.file.read_text(encoding="utf-8")
        if self.credential is not None:
            folder = os.environ["CREDENTIALS_DIRECTORY"]
            return (Path(folder) / self.credential).read_text(encoding="utf-8")
        if self.env is not None:
            return os.environ[self.env]
        assert self.command is not None
        done = subprocess.run(self.command, check=True, capture_output=True, text=True, timeout=30)
        return done.stdout

    def _hint(self, error: Exception) -> str:
        if self.file is not None:
            return f"cannot read {self.file}: {getattr(error, 'strerror', error)}"
        if self.credential is not None:
            return (
                f"the systemd credential {self.credential!r} is not there; add"
                f" LoadCredential={self.credential}:/path to the unit, or use {{ file = .. }}"
            )
        if self.env is not None:
            return f"the environment variable {self.env} is not set"
        return f"the command {self.command and self.command[0]!r} failed ({type(error).__name__})"


class Organisation(Section):
    name: str = Field(min_length=1, max_length=100)
    policy_url: str = ""
    policy_updated: str = ""
    policy_file: Path | None = None
    languages: list[Literal["en", "fr"]] = ["en", "fr"]


class Identity(Section):
    security: Address
    sub_addressing: bool = True
    authserv_id: str = ""


class Storage(Section):
    database: Path = Path("/var/lib/inboxd/inboxd.db")
    url: str = ""


class Pgp(Section):
    home: Path = Path("/var/lib/inboxd/team")
    contacts: Path = Path("/var/lib/inboxd/contacts")
    fingerprint: FullFingerprint = ""
    passphrase: Secret | None = None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Server(Section):
    host: str = Field(min_length=1)
    tls: Tls = "implicit"
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=30, gt=0, le=600)
    username: str = ""
    password: Secret | None = None

    @model_validator(mode="after")
    def _verified(self) -> Server:
        if self.tls == "none" and not _is_loopback(self.host):
            raise ValueError(
                'tls = "none" is allowed on the loopback only: set "implicit" or "starttls"'
            )
        return self


class Mailbox(Server):
    name: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    port: Port = 993
    folder: str = "INBOX"
    after: Literal["keyword", "move", "nothing"] = "keyword"
    keyword: str = Field(default="InboxdTaken", pattern=r"^[A-Za-z$][A-Za-z0-9$_-]{0,40}$")
    done_folder: str = "Processed"
    first_sync_days: int = Field(default=3, ge=-1, le=3650)
    file_sent: bool = True
    sent_folder: str = ""
    idle_seconds: int = Field(default=60, ge=1, le=1500)
    poll_seconds: int = Field(default=30, ge=1, le=3600)
    max_bytes: int = Field(default=60_000_000, ge=100_000)


class Smtp(Server):
    port: Port = 465


class Lmtp(Section):
    listen: str = ""
    max_bytes: int = Field(default=60_000_000, ge=100_000)
    socket_mode: str = Field(default="0660", pattern=r"^0[0-7]{3}$")


Role = Literal["handler", "lead", "management"]


class Member(Section):
    address: Address
    name: str = ""
    fingerprint: FullFingerprint = ""
    key_file: Path | None = None
    roles: list[Role] = ["handler"]
    language: Literal["en", "fr"] = "en"


class SubProcessorEntry(Section):
    name: str
    hosts: list[str]
    report_to: str


class ScopeSection(Section):
    inside: list[str] = []
    outside: list[str] = []
    sub_processor: list[SubProcessorEntry] = []


class PerSeverity(Section):
    critical: Days
    high: Days
    medium: Days
    low: Days


class ClocksSection(Section):
    zone: str = "Europe/Paris"
    country: str = "FR"
    subdivision: str = ""
    closed_days: list[date] = []
    acknowledge_hours: int = Field(default=48, ge=1, le=1000)
    acknowledge_by: Literal["receipt", "human"] = "receipt"
    diagnose_business_days: Days = 7
    fix_days: PerSeverity = PerSeverity(critical=7, high=30, medium=60, low=90)
    update_days: PerSeverity = PerSeverity(critical=3, high=7, medium=14, low=14)
    disclose_days: Days = 90
    digest_slots: list[time] = [time(9, 30), time(14, 0), time(17, 0)]
    daily_cap: int = Field(default=6, ge=1)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("unknown time zone; use a name like Europe/Paris") from error
        return value


class BudgetsSection(Section):
    per_address_day: int = Field(default=10, ge=1)
    global_hour: int = Field(default=200, ge=1)


class DaemonSection(Section):
    workers: int = Field(default=0, ge=0, le=64)
    senders: int = Field(default=0, ge=0, le=64)
    tick_seconds: int = Field(default=30, ge=1, le=3600)
    relay_hold_seconds: int = Field(default=120, ge=0, le=3600)
    templates: Path | None = None
    metrics: str = "127.0.0.1:9464"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_json: bool = False


class Config(Section):
    organisation: Organisation
    address: Identity
    storage: Storage = Storage()
    pgp: Pgp = Pgp()
    mailbox: list[Mailbox] = []
    smtp: Smtp
    lmtp: Lmtp = Lmtp()
    member: list[Member]
    scope: ScopeSection = ScopeSection()
    clocks: ClocksSection = ClocksSection()
    budgets: BudgetsSection = BudgetsSection()
    daemon: DaemonSection = DaemonSection()

    @model_validator(mode="after")
    def _makes_sense(self) -> Config:
        if not any("handler" in member.roles for member in self.member):
            raise ValueError("member: at least one member needs the role handler")
        names = [mailbox.name for mailbox in self.mailbox]
        if len(set(names)) != len(names):
            raise ValueError("mailbox: two mailboxes have the same name")
        addresses = [member.address for member in self.member]
        if len(set(addresses)) != len(addresses):
            raise ValueError("member: two members have the same address")
        if self.address.security in addresses:
            raise ValueError("member: the security address cannot be a member: mail would loop")
        return self

    @property
    def policy_version(self) -> str:
        """Short hash of the policy in force, quoted in every receipt."""
        if self.organisation.policy_file is not None:
            try:
                data = self.organisation.policy_file.read_bytes()
            except OSError as error:
                raise ConfigError(
                    f"organisation.policy_file: cannot read {self.organisation.policy_file}:"
                    f" {error.strerror}"
                ) from error
        else:
            data = (self.scope.model_dump_json() + self.clocks.model_dump_json()).encode()
        return hashlib.sha256(data).hexdigest()[:12]

    def team_fingerprint(self) -> Fingerprint | None:
        return as_fingerprint(self.pgp.fingerprint)


def load(path: Path) -> Config:
    """Read and check a file. Raises ConfigError that names the key and says what to do."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"cannot read the configuration {path}: {error.strerror};"
            " write one with `inboxd init`, or name it with --config"
        ) from error
    except UnicodeError as error:
        raise ConfigError(f"{path} is not UTF-8 text") from error
    return parse(text, str(path))


def parse(text: str, name: str = "config") -> Config:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: not valid TOML: {error}") from error
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        lines = "\n".join(f"  {_sentence(detail, data)}" for detail in error.errors())
        raise ConfigError(f"{name}:\n{lines}") from error


def _sentence(detail: Any, data: dict[str, Any]) -> str:
    """One problem as `path: what is wrong; what to do`."""
    where = [str(part) for part in detail["loc"]]
    path = ".".join(where) or "config"
    if detail["type"] == "extra_forbidden":
        known = _known_keys(detail["loc"][:-1])
        near = difflib.get_close_matches(where[-1], known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
        return f"{path}: unknown key; {hint}"
    if detail["type"] == "missing":
        return f"{path}: missing; it has no default"
    message = str(detail["msg"]).removeprefix("Value error, ")
    given = detail.get("input")
    shown = f", got {given!r}" if isinstance(given, str | int | float | bool) else ""
    if "password" in path or "passphrase" in path:
        shown = ""
        if detail["type"] in ("model_type", "model_attributes_type"):
            message = 'a secret stands here by reference only, like { file = "/path" }'
    return f"{path}: {message}{shown}"


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    """Names of the keys of the section at a location."""
    model: type[BaseModel] = Config
    for part in location:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[str(part)].annotation
        for candidate in (annotation, *getattr(annotation, "__args__", ())):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                model = candidate
                break
    return list(model.model_fields)
