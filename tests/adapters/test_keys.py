"""Strangers' keys go through quarantine; secret keys and floods stop there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inboxd.adapters.gpg import (
    Contacts,
    Gpg,
    export_public,
    generate_team_key,
    list_keys,
    quarantine,
    stop_agent,
)
from inboxd.adapters.gpg.keys import MAX_KEY_SIZE, MAX_SUBKEYS, MAX_USER_IDS
from inboxd.core.model import Fingerprint
from inboxd.errors import ConfigError, PermanentError, TransientError
from tests.adapters.test_gpg import in_place_of_gpg
from tests.interop import gpghome
from tests.interop.common import short_root
from tests.pgp_mail import People
from tests.pgp_mail import everyone as everyone

NOBODY = Fingerprint("0" * 40)
_NO_SECRET = ("--pinentry-mode", "loopback", "--passphrase", "")


@pytest.fixture
def home() -> Iterator[Path]:
    with short_root() as root:
        yield root / "h"
        stop_agent(root / "h")


@pytest.fixture
def contacts(home: Path) -> Contacts:
    return Contacts(home)


# --- quarantine ---


@pytest.mark.parametrize("armor", [True, False])
def test_a_public_key_passes_with_its_addresses(people: People, armor: bool):
    key = people.public_key(people.reporter)
    if not armor:
        key = people.gpg("--export", people.reporter)
    clean, [found] = quarantine(key)
    assert clean
    assert found.fingerprint == people.reporter
    assert found.addresses == ("reporter@example.org",)
    assert (found.can_encrypt, found.has_secret, found.expires) == (True, False, None)


def test_secret_key_material_is_refused_even_beside_a_public_key(people: People):
    secret = people.gpg(*_NO_SECRET, "--armor", "--export-secret-keys", people.reporter)
    subkeys = people.gpg(*_NO_SECRET, "--export-secret-subkeys", people.reporter)
    for block in (secret, subkeys, people.public_key(people.member) + secret):
        assert quarantine(block) == (b"", ())


def test_a_flood_of_user_ids_is_refused():
    with gpghome.temporary_home() as home:
        fingerprint = gpghome.make_key(home, "Many", "many@example.org")
        more = "".join(f"adduid\nNumber {n:03}\nn{n}@example.org\n\n" for n in range(MAX_USER_IDS))
        edit = ("--command-fd", "0", "--edit-key", fingerprint)
        gpghome.gpg(home, *_NO_SECRET, *edit, stdin=f"{more}save\n".encode())
        assert quarantine(gpghome.export_public(home, fingerprint)) == (b"", ())


def test_a_flood_of_subkeys_is_refused():
    with gpghome.temporary_home() as home:
        fingerprint = gpghome.make_key(home, "Many", "many@example.org")
        for _ in range(MAX_SUBKEYS):
            gpghome.gpg(home, *_NO_SECRET, "--quick-add-key", fingerprint, "cv25519", "encrypt")
        assert quarantine(gpghome.export_public(home, fingerprint)) == (b"", ())


def test_a_block_larger_than_the_bound_is_refused_without_reading_it(people: People):
    padded = people.public_key(people.reporter) + b"\n" * MAX_KEY_SIZE
    assert quarantine(padded) == (b"", ())


@pytest.mark.parametrize(
    "block",
    [b"", b"\x00", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----",
     b"\x99" * 5000, b"hello"],
)  # fmt: skip
def test_what_is_no_key_is_refused(block: bytes):
    assert quarantine(block) == (b"", ())


def test_random_bytes_and_a_cut_key_are_refused(people: People):
    key = people.gpg("--export", people.reporter)
    assert quarantine(os.urandom(3000)) == (b"", ())
    assert quarantine(key[: len(key) // 3]) == (b"", ())


@pytest.mark.parametrize("who", ["expired", "revoked"])
def test_a_key_that_cannot_encrypt_is_no_usable_key(people: People, who: str):
    block = gpghome.export_public(people.contacts, getattr(people, who))
    assert quarantine(block)[1] == ()


def test_a_message_is_no_key(people: People):
    assert quarantine(people.seal(b"x", people.reporter)) == (b"", ())
    assert quarantine(people.sign(b"x")) == (b"", ())


def test_quarantine_leaves_no_home_and_no_agent_behind(
    people: People, short_tmp: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tempfile.tempdir", str(short_tmp))  # ours alone, whatever else runs
    secret = people.gpg(*_NO_SECRET, "--export-secret-keys", people.reporter)
    quarantine(secret)
    agents = [p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline") if _readable(p)]
    assert list(short_tmp.iterdir()) == []
    assert not [a for a in agents if os.fsencode(short_tmp) in a]


def _readable(path: Path) -> bool:
    try:
        return b"gpg-agent" in path.read_bytes()
    except OSError:
        return False


# --- contacts ---


def test_a_learned_key_is_found_and_can_be_encrypted_to(
    people: People, contacts: Contacts, home: Path
):
    [learned] = contacts.learn(people.public_key(people.stranger))
    assert contacts.find(people.stranger) == learned
    ring = Gpg(people.team, contacts=home)
    sealed = ring.encrypt(b"hello", (people.stranger,), people.us)
    assert gpghome.decrypt(people.outside, sealed)[0] == b"hello"


def test_a_key_that_could_not_be_kept_is_not_taken_for_known(
    people: People, contacts: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    key = people.public_key(people.reporter)
    broken = f'case "$*" in *{contacts.gpg.home}*--import*) exit 2;; esac'
    with monkeypatch.context() as patch:
        in_place_of_gpg(tmp_path, patch, broken)
        with pytest.raises(TransientError):
            contacts.learn(key)
    (learned,) = contacts.learn(key)
    assert contacts.find(learned.fingerprint) is not None


def test_learning_a_key_again_says_the_same_and_changes_nothing(
    people: People, contacts: Contacts, home: Path
):
    block = people.public_key(people.stranger)
    first = contacts.learn(block)
    stamp = (home / "pubring.kbx").stat().st_mtime_ns
    assert contacts.learn(block) == first
    assert (home / "pubring.kbx").stat().st_mtime_ns == stamp


def test_a_secret_key_never_reaches_the_contacts(people: People, contacts: Contacts, home: Path):
    secret = people.gpg(*_NO_SECRET, "--export-secret-keys", people.member)
    assert contacts.learn(secret) == ()
    assert contacts.learn(secret) == ()
    assert contacts.find(people.member) is None
    assert list_keys(contacts.gpg, secret=True) == []
    assert not list(home.glob("private-keys-v1.d/*"))


def test_a_key_nobody_gave_us_is_not_found(contacts: Contacts):
    assert contacts.find(NOBODY) is None
    assert list_keys(contacts.gpg) == []


def test_a_file_without_a_key_is_told_to_the_person_who_chose_it(contacts: Contacts):
    with pytest.raises(ConfigError, match="no usable"):
        contacts.add_trusted(b"hello")


def test_the_revocation_of_a_key_we_know_is_learned(people: People, contacts: Contacts):
    contacts.learn(people.public_key(people.revoked))  # as it was before
    contacts.learn(gpghome.export_public(people.contacts, people.revoked))
    known = contacts.find(people.revoked)
    assert known is not None
    assert not known.can_encrypt


# --- our own key ---


def test_a_team_key_signs_encrypts_and_ends(home: Path):
    fingerprint = generate_team_key(home, "Security", "security@mykonci.com")
    gpg = Gpg(home)
    [key] = list_keys(gpg, secret=True)
    assert (key.fingerprint, key.has_secret, key.can_encrypt) == (fingerprint, True, True)
    assert key.addresses == ("security@mykonci.com",)
    assert key.algorithm == 22, "EdDSA"
    assert key.expires is not None
    assert timedelta(days=700) < key.expires - datetime.now(UTC) < timedelta(days=740)
    assert gpg.decrypt(gpg.encrypt(b"x", (fingerprint,), fingerprint)).data == b"x"


def test_the_public_key_is_exported_without_its_secret(home: Path, people: People):
    fingerprint = generate_team_key(home, "Security", "security@mykonci.com")
    armored = export_public(Gpg(home), fingerprint, armor=True)
    assert armored.startswith(b"-----BEGIN PGP PUBLIC KEY BLOCK-----")
    _, [key] = quarantine(export_public(Gpg(home), fingerprint, armor=False))
    assert key.fingerprint == fingerprint
    with pytest.raises(PermanentError):
        export_public(Gpg(home), NOBODY, armor=True)
