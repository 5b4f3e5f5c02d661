"""Configuration to objects: the policy value, the store, the keyring, the pipeline.

Shared by the daemon and by every command that works on the same parts. Nothing is started here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from inboxd import data
from inboxd.adapters.gpg import Contacts, Gpg, TeamKeyring, export_public, prepare_home
from inboxd.adapters.templates import TemplateFolder
from inboxd.config import ClocksSection, Config, Secret
from inboxd.core.model import Severity
from inboxd.core.policy import Budgets, Policy
from inboxd.core.scope import Scope, SubProcessor
from inboxd.core.sla import Calendar, Clocks
from inboxd.core.trust import KnownMember, as_fingerprint
from inboxd.errors import ConfigError, PermanentError
from inboxd.isolation import BoundedReader, Reader
from inboxd.pipeline import Pipeline, Transport
from inboxd.store import migrate
from inboxd.store.unit import Store


def now() -> datetime:
    return datetime.now(UTC)


def secret_reader(secret: Secret | None, what: str) -> Callable[[], str]:
    """Reads a secret when it is needed, so that a rotated one is picked up."""
    return lambda: secret.read(what) if secret is not None else ""


def calendar(section: ClocksSection) -> Calendar:
    """Business days of the configured place. Raises ConfigError for an unknown country."""
    try:
        public = holidays.country_holidays(
            section.country, subdiv=section.subdivision or None, expand=True
        )
    except NotImplementedError as error:
        raise ConfigError(
            f"clocks.country: no holidays are known for {section.country!r}"
            f" {section.subdivision!r}; use an ISO 3166 code like FR, and list other days in"
            " clocks.closed_days"
        ) from error
    closed = frozenset(section.closed_days)

    @cache
    def is_holiday(day: date) -> bool:
        return day in closed or day in public

    return Calendar(ZoneInfo(section.zone), is_holiday)


def clocks(section: ClocksSection) -> Clocks:
    return Clocks(
        calendar=calendar(section),
        acknowledge=timedelta(hours=section.acknowledge_hours),
        diagnose_business_days=section.diagnose_business_days,
        fix_days={s: getattr(section.fix_days, s.value) for s in Severity},
        update_days={s: getattr(section.update_days, s.value) for s in Severity},
        disclose_days=section.disclose_days,
        slots=tuple(section.digest_slots),
        daily_cap=section.daily_cap,
        ack_by_human=section.acknowledge_by == "human",
    )


def scope(config: Config) -> Scope:
    return Scope(
        tuple(h.lower() for h in config.scope.inside),
        tuple(h.lower() for h in config.scope.outside),
        tuple(
            SubProcessor(p.name, tuple(h.lower() for h in p.hosts), p.report_to)
            for p in config.scope.sub_processor
        ),
    )


def members(config: Config) -> tuple[KnownMember, ...]:
    return tuple(
        KnownMember(
            m.address, m.name, as_fingerprint(m.fingerprint), frozenset(m.roles), m.language
        )
        for m in config.member
    )


def policy(config: Config, secret: bytes, keyring: TeamKeyring | None = None) -> Policy:
    """The policy value; with a keyring, our public key is in it to be handed out."""
    armored = binary = b""
    if keyring is not None and keyring.fingerprint is not None:
        try:
            armored = export_public(keyring.team, keyring.fingerprint, armor=True)
            binary = export_public(keyring.team, keyring.fingerprint, armor=False)
        except PermanentError as error:
            raise ConfigError(
                f"pgp.fingerprint: {error}; run `inboxd key generate`, or correct the fingerprint"
            ) from error
    return Policy(
        organisation=config.organisation.name,
        address=config.address.security,
        clocks=clocks(config.clocks),
        scope=scope(config),
        members=members(config),
        secret=secret,
        fingerprint=config.team_fingerprint(),
        public_key=armored,
        autocrypt_key=binary,
        languages=tuple(config.organisation.languages),
        authserv_id=config.address.authserv_id or None,
        sub_addressing=config.address.sub_addressing,
        policy_url=config.organisation.policy_url,
        policy_version=config.policy_version,
        policy_updated=config.organisation.policy_updated,
        budgets=Budgets(config.budgets.per_address_day, config.budgets.global_hour),
        relay_hold_seconds=config.daemon.relay_hold_seconds,
    )


def keyring(config: Config) -> TeamKeyring:
    """The two homes, members' keys learned from their files."""
    prepare_home(config.pgp.home)
    contacts = Contacts(config.pgp.contacts)
    passphrase = None
    if config.pgp.passphrase is not None:
        passphrase = config.pgp.passphrase.read("pgp.passphrase").encode()
    team = Gpg(config.pgp.home, contacts=config.pgp.contacts, passphrase=passphrase)
    found = TeamKeyring(team, contacts, config.team_fingerprint())
    for member in config.member:
        if member.key_file is None:
            continue
        try:
            keys = contacts.add_trusted(member.key_file.read_bytes())
        except OSError as error:
            raise ConfigError(
                f"member {member.address}: cannot read key_file {member.key_file}: {error.strerror}"
            ) from error
        if member.fingerprint not in {key.fingerprint for key in keys}:
            raise ConfigError(
                f"member {member.address}: {member.key_file} does not hold the key"
                f" {member.fingerprint or '(set fingerprint)'}"
            )
    return found


def templates(config: Config) -> TemplateFolder:
    packaged = data.find("templates") / "mail"
    own = config.daemon.templates
    return TemplateFolder([own, packaged] if own is not None else [packaged])


def store(config: Config, *, check: bool = True) -> Store:
    """The database; `check` refuses one that is not of this program's version."""
    found = Store(config.storage.url or config.storage.database)
    if check:
        migrate.check(found.database, data.find("migrations"))
    return found


def pipeline(
    config: Config,
    opened: Store,
    transport: Transport,
    *,
    clock: Callable[[], datetime] = now,
    at: Callable[[str], None] = lambda _: None,
    reader: Callable[[TeamKeyring, Policy], Reader] = BoundedReader,
) -> Pipeline:
    """The path on real parts. Close its reader when done."""
    ring = keyring(config)
    with opened.write() as unit:
        secret = unit.secret()
    rules = policy(config, secret, ring)
    return Pipeline(
        opened, reader(ring, rules), ring, transport, templates(config), rules, clock, at
    )


def migrations() -> Path:
    return data.find("migrations")
