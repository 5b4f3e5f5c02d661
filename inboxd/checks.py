"""`inboxd check`: open everything for real, one sentence for each, with what to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from inboxd import assembly
from inboxd.adapters.gpg import MAX_HOME_PATH, gpg_version, list_keys
from inboxd.adapters.imap import connect
from inboxd.adapters.smtp import SmtpTransport
from inboxd.config import Config, Mailbox
from inboxd.core.decide.letters import base_facts
from inboxd.core.trust import judge_decryption
from inboxd.errors import ConfigError, InboxdError, TransientError

LEAST_GPG = (2, 2, 40)


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    ok: bool
    said: str


def run_checks(config: Config, *, offline: bool = False) -> Iterator[Result]:
    """Every check in the order in which a new installation is set up."""
    checks: list[tuple[str, Callable[[Config], str]]] = [
        ("configuration", _configuration),
        ("clock", _clock),
        ("database", _database),
        ("gpg", _gpg),
        ("team key", _team_key),
        ("contacts", _contacts),
        ("members", _members),
        ("templates", _templates),
        ("holidays", _holidays),
    ]
    for name, check in checks:
        yield _result(name, partial(check, config))
    if offline:
        return
    for mailbox in config.mailbox:
        yield _result(f"mailbox {mailbox.name}", partial(_imap, mailbox))
    yield _result("smtp", lambda: _smtp(config))


def _result(name: str, check: Callable[[], str]) -> Result:
    try:
        return Result(name, True, check())
    except InboxdError as error:
        return Result(name, False, str(error))
    except Exception as error:  # noqa: BLE001  a check that breaks is a failed check
        return Result(name, False, f"{type(error).__name__}: {error}")


def _configuration(config: Config) -> str:
    roles = {role for member in config.member for role in member.roles}
    missing = [role for role in ("lead", "management") if role not in roles]
    hint = f"; nobody has the role {' or '.join(missing)}, handlers are told instead"
    return f"policy {config.policy_version}, {len(config.member)} members" + (
        hint if missing else ""
    )


def _clock(_: Config) -> str:
    now = datetime.now(UTC)
    if now.year < 2026:
        raise ConfigError(f"the clock says {now:%Y-%m-%d}; set it (timedatectl set-ntp true)")
    return f"{now:%Y-%m-%d %H:%M} UTC"


def _database(config: Config) -> str:
    opened = assembly.store(config)
    try:
        with opened.read() as unit:
            broken = unit.history.verify()
            counts = unit.spool.counts()
        if broken is not None:
            raise ConfigError(f"the history was altered: its chain breaks at row {broken}")
        return f"{sum(counts.values())} mails, history chain holds"
    finally:
        opened.close()


def _gpg(config: Config) -> str:
    version = gpg_version()
    if version < LEAST_GPG:
        raise ConfigError(f"gpg {'.'.join(map(str, version))} is too old; install 2.2.40 or newer")
    return ".".join(map(str, version))


def _team_key(config: Config) -> str:
    """That the secret key is there, can decrypt and sign, how dear it is, and when it expires."""
    ring = assembly.keyring(config)
    fingerprint = config.team_fingerprint()
    if fingerprint is None:
        raise ConfigError("pgp.fingerprint is not set: run `inboxd key generate`")
    keys = {key.fingerprint: key for key in list_keys(ring.team, secret=True)}
    if fingerprint not in keys:
        raise ConfigError(
            f"no secret key {fingerprint} in {config.pgp.home}: run `inboxd key generate`,"
            " or import yours with gpg --homedir"
        )
    began = time.monotonic()
    sealed = ring.encrypt(b"check", fingerprint)
    output = ring.decrypt(sealed)
    cost = time.monotonic() - began
    reason = judge_decryption(output)
    if reason is not None or output.data != b"check":
        raise ConfigError(f"the team key cannot decrypt: {reason}; check pgp.passphrase")
    expires = keys[fingerprint].expires
    said = f"decrypts and signs, {cost * 1000:.0f} ms for both"
    if cost > 0.4:
        said += (
            "; slow: the passphrase is stretched on every use. Put `s2k-count 65536` into"
            " gpg-agent.conf and set a long random passphrase anew"
        )
    if expires is not None and expires - datetime.now(UTC) < timedelta(days=90):
        said += f"; expires on {expires:%Y-%m-%d}: extend it now"
    return said


def _contacts(config: Config) -> str:
    length = len(str(config.pgp.contacts.absolute()).encode())
    if length > MAX_HOME_PATH:
        raise ConfigError(f"pgp.contacts: the path is longer than {MAX_HOME_PATH} bytes")
    ring = assembly.keyring(config)
    if list_keys(ring.contacts.gpg, secret=True):
        raise ConfigError(
            "pgp.contacts holds a secret key; remove it, only public keys belong there"
        )
    return f"{len(list_keys(ring.contacts.gpg))} public keys"


def _members(config: Config) -> str:
    ring = assembly.keyring(config)
    without = []
    for member in assembly.members(config):
        if member.fingerprint is None:
            without.append(member.address)
            continue
        key = ring.contacts.find(member.fingerprint)
        if key is None:
            raise ConfigError(
                f"member {member.address}: the key {member.fingerprint} is not known; set key_file"
            )
        if not key.can_encrypt:
            raise ConfigError(f"member {member.address}: the key is expired or cannot encrypt")
    if without and not config.address.authserv_id:
        said = ", ".join(without)
        return (
            f"{said}: no key, and address.authserv_id is not set, so their mails cannot be proven;"
            " they get content-free notices only"
        )
    return "every member with a key can be written to"


def _templates(config: Config) -> str:
    """Render the receipt in every language with sample facts."""
    folder = assembly.templates(config)
    policy = assembly.policy(config, b"check")
    facts: dict[str, Any] = base_facts(policy, None, "en") | {
        "number": 1, "received": "now", "promises": [], "severity": "", "state": "new",
        "reply_address": "a@b", "understood": [], "missing": ["impact"], "credit": "unknown",
        "credit_as": "", "credit_link": "", "no_money": True, "encrypted": False, "findings": 1,
        "sub_processors": [],
    }  # fmt: skip
    for language in config.organisation.languages:
        folder.render("receipt", language, facts)
        folder.render("key", language, facts)
    return f"receipts in {', '.join(config.organisation.languages)}"


def _holidays(config: Config) -> str:
    calendar = assembly.calendar(config.clocks)
    today = datetime.now(UTC).date()
    days = [today + timedelta(days=n) for n in range(370)]
    named = [day for day in days if calendar.is_holiday(day)]
    upcoming = f", next {named[0]:%Y-%m-%d}" if named else ""
    return f"{len(named)} closed days in the coming year{upcoming} ({config.clocks.zone})"


def _imap(mailbox: Mailbox) -> str:
    password = assembly.secret_reader(mailbox.password, f"mailbox {mailbox.name}: password")
    try:
        client = connect(mailbox, password)
        selected = client.select_folder(mailbox.folder, readonly=True)
        idle = "IDLE" if client.has_capability("IDLE") else "polling"
        client.logout()
    except InboxdError:
        raise
    except Exception as error:
        raise TransientError(
            f"{mailbox.host}:{mailbox.port}: {type(error).__name__} {error};"
            " check host, port, tls, username, password and folder"
        ) from error
    return f"{mailbox.folder}: {selected.get(b'EXISTS', 0)} mails, {idle}"


def _smtp(config: Config) -> str:
    secret = assembly.secret_reader(config.smtp.password, "smtp.password")
    transport = SmtpTransport(config.smtp, secret)
    try:
        return f"{config.smtp.host}:{config.smtp.port} accepts us ({transport.check()})"
    finally:
        transport.close()
