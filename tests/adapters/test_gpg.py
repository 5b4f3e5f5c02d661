"""The hardened runner on real gpg, and the judgement of what gpg says about hostile messages."""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path

import pytest

from inboxd.adapters.gpg import (
    MAX_HOME_PATH,
    Gpg,
    generate_team_key,
    gpg_version,
    prepare_home,
    stop_agent,
)
from inboxd.core.model import Fingerprint, Signature
from inboxd.core.trust import GpgOutput, judge_decryption, judge_signatures, sole_signer
from inboxd.errors import ConfigError, PermanentError
from tests.hostile_mail import compressed_bomb
from tests.interop.common import short_root
from tests.pgp_mail import People, binary
from tests.pgp_mail import everyone as everyone

DATA = b"Content-Type: text/plain\r\n\r\nhello\r\n"


def statuses(found: list[Signature]) -> list[str]:
    return [s.status.value for s in found]


def verified(people: People, signature: bytes, data: bytes = DATA) -> list[Signature]:
    output = people.ring().verify(data, signature)
    return judge_signatures(output, covers_whole=True, detached=True)


def in_place_of_gpg(folder: Path, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    """Put a program before gpg that does something first, as an overloaded machine might."""
    script = folder / "gpg"
    script.write_text(f'#!/bin/sh\n{first}\nexec {shutil.which("gpg")} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


# --- signatures ---


@pytest.mark.parametrize(
    ("who", "status", "whole"),
    [
        ("reporter", "good", True),
        ("expired", "expired", False),
        ("revoked", "revoked", False),
        ("stranger", "unknown-key", False),
    ],
)
def test_the_verdict_on_a_signature_names_its_key(
    people: People, who: str, status: str, whole: bool
):
    signer = getattr(people, who)
    [found] = verified(people, people.sign(DATA, signer))
    assert (found.status.value, found.fingerprint) == (status, signer)
    assert found.covers_whole is whole
    assert sole_signer([found]) == (signer if whole else None)


def test_a_changed_byte_makes_a_bad_signature(people: People):
    [found] = verified(people, people.sign(DATA), DATA.replace(b"hello", b"hullo"))
    assert found.status == "bad"
    assert not found.covers_whole


def test_a_good_signature_beside_an_unknown_one_speaks_for_nothing(people: People):
    found = verified(people, people.sign(DATA, people.reporter, people.stranger))
    assert sorted(statuses(found)) == ["good", "unknown-key"]
    assert not any(s.covers_whole for s in found)
    assert sole_signer(found) is None


def test_two_good_signers_are_both_listed_and_neither_is_the_sole_one(people: People):
    found = verified(people, people.sign(DATA, people.reporter, people.member))
    assert {s.fingerprint for s in found if s.covers_whole} == {people.reporter, people.member}
    assert sole_signer(found) is None


def test_a_signature_over_sha1_is_weak(people: People):
    [found] = verified(people, people.sign(DATA, digest="SHA1"))
    assert (found.status.value, found.covers_whole) == ("weak", False)


def test_each_act_of_signing_has_its_own_id_and_a_replay_has_the_same(people: People):
    first, other = people.sign(DATA), people.sign(DATA + b"more")
    [once], [again] = verified(people, first), verified(people, first)
    [different] = verified(people, other, DATA + b"more")
    assert once.id == again.id
    assert once.id != different.id


@pytest.mark.parametrize("form", ["inline", "clear", "empty", "garbage", "key"])
def test_what_is_no_detached_signature_verifies_nothing(people: People, form: str):
    given = {
        "inline": people.gpg("--armor", "--sign", "-u", people.reporter, stdin=DATA),
        "clear": people.clearsign("hello"),
        "empty": b"",
        "garbage": os.urandom(300),
        "key": people.public_key(people.reporter),
    }[form]
    assert sole_signer(verified(people, given)) is None
    assert "good" not in statuses(verified(people, given))


def test_a_hostile_file_name_inside_a_message_adds_no_status_line(people: People):
    name = "x\n[GNUPG:] GOODSIG 0 forged\n[GNUPG:] VALIDSIG " + people.member
    sealed = people.gpg("--armor", "--set-filename", name, "--encrypt", "-r", people.us, stdin=DATA)
    output = people.ring().decrypt(sealed)
    assert output.data == DATA
    assert judge_decryption(output) is None
    assert judge_signatures(output, covers_whole=True, detached=False) == []


def test_a_hostile_notation_adds_no_status_line(people: People):
    forged = f"note@example.org=[GNUPG:] GOODSIG 0 x [GNUPG:] VALIDSIG {people.member}"
    signature = people.gpg(
        "--armor", "-u", people.stranger, "--sig-notation", forged, "--detach-sign", stdin=DATA
    )
    assert statuses(verified(people, signature)) == ["unknown-key"]


# --- decryption ---


def test_an_encrypted_message_opens_and_tells_its_signer(people: People):
    output = people.ring().decrypt(people.seal(DATA, people.reporter))
    assert judge_decryption(output) is None
    assert output.data == DATA
    found = judge_signatures(output, covers_whole=True, detached=False)
    assert sole_signer(found) == people.reporter


def test_a_first_report_signed_by_a_key_we_lack_is_accepted(people: People):
    output = people.ring().decrypt(people.seal(DATA, people.stranger))
    assert output.exit_code == 2
    assert judge_decryption(output) is None
    assert output.data == DATA
    found = judge_signatures(output, covers_whole=True, detached=False)
    assert statuses(found) == ["unknown-key"]


def _tampered(people: People) -> bytes:
    flat = people.gpg(
        "--compress-algo", "none", "-r", people.us, "--encrypt", stdin=os.urandom(5000)
    )
    packets = bytearray(flat)
    packets[-2500] ^= 1
    return bytes(packets)


def _beside_a_signed_message(people: People) -> bytes:
    """Our ciphertext, then somebody's old signed message, as one stream of packets."""
    old = people.gpg("--sign", "-u", people.member, stdin=b"old words")
    return binary(people.seal(DATA)) + old


REFUSED = {
    "no-integrity-protection": (
        lambda p: p.gpg("--rfc2440", "-r", p.us, "--encrypt", stdin=DATA),
        "it has no integrity protection",
    ),
    "altered": (_tampered, "it was damaged or altered on the way"),
    "passphrase-only": (
        lambda p: p.gpg(
            "--pinentry-mode", "loopback", "--passphrase", "x", "--symmetric", stdin=DATA
        ),
        "it is encrypted with a passphrase only, not to our key",
    ),
    "other-key": (
        lambda p: p.seal(DATA, to=p.stranger),
        "it is encrypted to a key that is not ours",
    ),
    "other-key-hidden": (
        lambda p: p.gpg("--hidden-recipient", p.stranger, "--encrypt", stdin=DATA),
        "it is encrypted to a key that is not ours",
    ),
    "truncated": (lambda p: binary(p.seal(os.urandom(9000)))[:5000], None),
    "truncated-armor": (lambda p: p.seal(os.urandom(9000))[:5000], None),
    "merely-signed": (
        lambda p: p.gpg("--sign", "-u", p.reporter, stdin=DATA),
        "it is not encrypted with OpenPGP in a form that we can read",
    ),
    "merely-packed": (
        lambda p: p.gpg("--store", stdin=DATA),
        "it is not encrypted with OpenPGP in a form that we can read",
    ),
    "two-messages": (_beside_a_signed_message, None),
    "two-messages-the-other-way": (
        lambda p: p.gpg("--sign", "-u", p.member, stdin=b"old") + binary(p.seal(DATA)),
        None,
    ),
    "plain-text": (lambda p: b"hello\n", "it holds no OpenPGP data that we can read"),
    "nothing": (lambda p: b"", None),
    "public-key": (lambda p: p.public_key(p.reporter), None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_no_plaintext_is_taken_from(people: People, name: str):
    make, reason = REFUSED[name]
    said = judge_decryption(people.ring().decrypt(make(people)))
    assert said is not None
    if reason is not None:
        assert said == reason


def test_hidden_recipients_are_tried_with_our_keys(people: People):
    sealed = people.gpg("--hidden-recipient", people.us, "--encrypt", stdin=DATA)
    output = people.ring().decrypt(sealed)
    assert judge_decryption(output) is None
    assert output.data == DATA


@pytest.mark.parametrize("method", ["bzip2", "zlib"])
def test_a_compression_bomb_is_stopped_by_the_cap(people: People, method: str):
    output = people.ring(max_output=1_000_000).decrypt(compressed_bomb(method, 20_000_000))
    assert (output.failure, output.data) == ("too-big", b"")
    assert judge_decryption(output) == "the decrypted content is larger than we accept"


def test_a_bomb_inside_an_encrypted_message_is_stopped_too(people: People):
    sealed = people.seal(bytes(5_000_000))
    assert len(sealed) < 100_000
    output = people.ring(max_output=1_000_000).decrypt(sealed)
    assert (output.failure, output.data) == ("too-big", b"")


def test_a_run_that_takes_too_long_is_ended(people: People):
    output = Gpg(people.team, wall_seconds=0.0).decrypt(people.seal(DATA))
    assert (output.failure, output.data) == ("timeout", b"")
    assert judge_decryption(output) == "opening it took longer than we allow"


# --- sealing ---


def test_what_we_sign_and_encrypt_the_other_side_can_check(people: People):
    ours = people.ring()
    sealed = ours.encrypt(DATA, (people.reporter, people.us), people.us)
    theirs = Gpg(people.outside).decrypt(sealed)
    assert theirs.data == DATA
    found = judge_signatures(theirs, covers_whole=True, detached=False)
    assert sole_signer(found) == people.us
    signature = ours.sign(DATA, people.us)
    output = Gpg(people.outside).verify(DATA, signature)
    [detached] = judge_signatures(output, covers_whole=True, detached=True)
    assert detached.status == "good"
    [valid] = output.words("VALIDSIG")
    assert valid[8] == "10", "SHA-512, as micalg says"


@pytest.mark.parametrize("who", ["expired", "revoked", "stranger"])
def test_a_recipient_whose_key_cannot_be_used_stops_the_whole_letter(people: People, who: str):
    with pytest.raises(PermanentError):
        people.ring().encrypt(DATA, (people.reporter, getattr(people, who)), people.us)


def test_signing_with_a_key_we_do_not_have_is_permanent(people: People):
    with pytest.raises(PermanentError):
        people.ring().sign(DATA, Fingerprint("0" * 40))


def test_a_passphrase_is_needed_each_time_and_a_wrong_one_signs_nothing(
    people: People,
):
    with short_root() as root:
        home = root / "h"
        fingerprint = generate_team_key(home, "Team", "team@example.org", "sesam ☃")
        try:
            right = Gpg(home, passphrase="sesam ☃".encode())
            assert right.sign(DATA, fingerprint).startswith(b"-----BEGIN PGP SIGNATURE")
            for wrong in (Gpg(home, passphrase=b"other"), Gpg(home)):
                with pytest.raises(Exception, match="could not sign"):
                    wrong.sign(DATA, fingerprint)
        finally:
            stop_agent(home)


# --- homes ---


def test_a_home_whose_path_leaves_no_room_for_a_socket_is_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match="shorter"):
        prepare_home(tmp_path / ("x" * MAX_HOME_PATH))


def test_a_home_is_private_and_keeps_a_configuration_that_is_there():
    with short_root() as root:
        home = root / "h"
        home.mkdir(0o755)
        (home / "gpg-agent.conf").write_text("max-cache-ttl 5\n")
        prepare_home(home)
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / "gpg-agent.conf").read_text() == "max-cache-ttl 5\n"


def test_the_version_of_gpg_is_known():
    assert gpg_version() >= (2, 2, 0)


def test_a_home_that_is_not_there_fails_without_raising(tmp_path: Path):
    output = Gpg(tmp_path / "none").decrypt(b"x")
    assert isinstance(output, GpgOutput)
    assert judge_decryption(output) is not None


def test_gpg_is_left_to_set_its_own_limit_on_core_files(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """gpg 2.2.40 reads the limit, then sets it, and ends if we lowered it in between."""
    said = tmp_path / "said"
    in_place_of_gpg(tmp_path, monkeypatch, f"sleep 0.3; ulimit -H -c > {said}")
    people.ring().decrypt(people.seal(DATA))
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    assert said.read_text().strip() == (
        "unlimited" if hard == resource.RLIM_INFINITY else str(hard)
    )


def test_nothing_that_gpg_reads_stays_open_afterwards(people: People):
    ring = people.ring()
    ring.verify(DATA, b"x")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        ring.verify(DATA, b"x")
        ring.decrypt(b"x")
    people.ring(max_output=10).decrypt(people.seal(bytes(100_000)))
    assert len(os.listdir("/proc/self/fd")) == before
