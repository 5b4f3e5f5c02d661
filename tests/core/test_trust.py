"""Judgement of recorded gpg status lines, and of what our own MX says about a sender."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inboxd.core.message import read_message
from inboxd.core.model import Fingerprint, Message, Signature
from inboxd.core.opening import open_message
from inboxd.core.trust import (
    GpgOutput,
    KnownMember,
    as_fingerprint,
    from_is_authenticated,
    hear,
    judge_decryption,
    judge_signatures,
    sole_signer,
)

A = "A" * 40
B = "B" * 40


def valid(fingerprint: str, digest: str = "10") -> str:
    return f"VALIDSIG {fingerprint} 2026-01-05 1767607200 0 4 0 22 {digest} 00 {fingerprint}"


GOOD = ("NEWSIG", f"GOODSIG {A[-16:]} Ada", valid(A))
OTHER = ("NEWSIG", f"GOODSIG {B[-16:]} Bob", valid(B))
UNKNOWN = ("NEWSIG", f"ERRSIG 0123 22 10 00 1767607200 9 {B}", "NO_PUBKEY 0123")
OPENED = ("ENC_TO 0 18 0", "BEGIN_DECRYPTION", "DECRYPTION_INFO 2 9 0", "PLAINTEXT 62 0 ")
CLOSED = ("DECRYPTION_OKAY", "GOODMDC", "END_DECRYPTION")


def judged(*status: str, exit_code: int = 0, whole: bool = True) -> list[Signature]:
    return judge_signatures(GpgOutput(status, exit_code), covers_whole=whole, detached=True)


# --- signatures ---


@pytest.mark.parametrize(
    ("status", "verdict", "fingerprint"),
    [
        (GOOD, "good", A),
        (("NEWSIG", "EXPKEYSIG 0 Ada", valid(A)), "expired", A),
        (("NEWSIG", "EXPSIG 0 Ada", valid(A)), "expired", A),
        (("NEWSIG", "REVKEYSIG 0 Ada", valid(A)), "revoked", A),
        (("NEWSIG", "BADSIG 0 Ada"), "bad", None),
        (("NEWSIG", "ERRSIG 0 22 10 00 0 4 -"), "error", None),
        (("NEWSIG", "GOODSIG 0 Ada", valid(A, "2")), "weak", A),
        (("NEWSIG", "GOODSIG 0 Ada", valid(A, "1")), "weak", A),
        (("NEWSIG", "GOODSIG 0 Ada"), "error", None),
        (("NEWSIG", "GOODSIG 0 Ada", "VALIDSIG short"), "error", None),
    ],
)
def test_the_verdict_comes_from_the_sibling_of_validsig(
    status: tuple[str, ...], verdict: str, fingerprint: str | None
):
    [found] = judged(*status)
    assert (found.status.value, found.fingerprint) == (verdict, fingerprint)
    assert found.covers_whole is (verdict == "good")


def test_an_unknown_key_is_told_from_a_broken_signature():
    assert judged(*UNKNOWN, exit_code=2)[0].status == "unknown-key"


def test_an_unknown_key_is_named_by_the_fingerprint_that_gpg_gives():
    assert judged(*UNKNOWN, exit_code=2)[0].fingerprint == B


def test_validsig_alone_proves_nothing():
    assert judged(valid(A)) == []
    assert judged("NEWSIG", valid(A)) == []


@pytest.mark.parametrize("status", [(*GOOD, *UNKNOWN), (*UNKNOWN, *GOOD)])
def test_one_signature_that_is_not_good_spoils_the_coverage_of_all(status: tuple[str, ...]):
    found = judged(*status)
    assert sorted(s.status.value for s in found) == ["good", "unknown-key"]
    assert not any(s.covers_whole for s in found)
    assert sole_signer(found) is None


def test_two_good_verdicts_in_one_block_are_two_signatures():
    found = judged("NEWSIG", f"GOODSIG 0 {valid(B)}", "GOODSIG 0 Bob", valid(B))
    assert [s.status.value for s in found] == ["error", "good"]
    assert sole_signer(found) is None


def test_a_user_id_that_looks_like_status_lines_is_only_a_user_id():
    [found] = judged("NEWSIG", f"BADSIG 0 x [GNUPG:] GOODSIG 0 y [GNUPG:] {valid(A)}")
    assert (found.status.value, found.fingerprint) == ("bad", None)


@pytest.mark.parametrize("extra", ["FAILURE gpg-exit 1", "NODATA 1", "UNEXPECTED 0", "BADSIG 0 x"])
def test_any_sign_of_failure_takes_the_coverage_away(extra: str):
    assert sole_signer(judged(*GOOD, extra)) is None


def test_a_detached_signature_needs_exit_code_zero():
    assert sole_signer(judged(*GOOD, exit_code=2)) is None
    assert sole_signer(judged(*GOOD)) == A


def test_who_is_the_sole_signer():
    assert sole_signer([]) is None
    assert sole_signer(judged(*GOOD, *OTHER)) is None
    assert sole_signer(judged(*GOOD, whole=False)) is None
    assert sole_signer(judged(*GOOD, *GOOD)) == A


@given(st.lists(st.text(max_size=60) | st.sampled_from([*GOOD, *UNKNOWN, *OPENED, *CLOSED])))
def test_any_status_lines_can_be_judged(lines: list[str]):
    output = GpgOutput(tuple(lines), 0)
    found = judge_signatures(output, covers_whole=True, detached=True)
    judge_decryption(output)
    signer = sole_signer(found)
    assert signer is None or any(line.startswith("GOODSIG ") for line in lines)


@given(st.text())
def test_a_fingerprint_is_forty_hexadecimal_digits_or_nothing(text: str):
    got = as_fingerprint(text)
    assert got is None or (len(got) == 40 and got == got.upper())


def test_a_fingerprint_is_read_as_people_write_it():
    assert as_fingerprint("aaaa " * 10) == A
    assert as_fingerprint("a" * 16) is None


# --- decryption ---


@pytest.mark.parametrize(
    ("status", "exit_code"),
    [
        ((*OPENED, *CLOSED), 0),
        ((*OPENED, *UNKNOWN, *CLOSED), 2),
        ((*OPENED, "NEWSIG", "BADSIG 0 x", *CLOSED), 1),
        (("NO_SECKEY 0", *OPENED, *CLOSED), 0),
    ],
)
def test_plaintext_is_taken_when_everything_says_so(status: tuple[str, ...], exit_code: int):
    assert judge_decryption(GpgOutput(status, exit_code)) is None


@pytest.mark.parametrize(
    "output",
    [
        GpgOutput((*OPENED, *CLOSED), 2),
        GpgOutput((*OPENED, *CLOSED), 0, failure="too-big"),
        GpgOutput((*OPENED, *CLOSED), 0, failure="timeout"),
        GpgOutput((*OPENED, "DECRYPTION_OKAY", "END_DECRYPTION"), 0),
        GpgOutput((*OPENED, "DECRYPTION_OKAY", "GOODMDC"), 0),
        GpgOutput((*OPENED, "GOODMDC", "END_DECRYPTION"), 0),
        GpgOutput((*OPENED, "PLAINTEXT 62 0 ", *CLOSED), 0),
        GpgOutput((*OPENED[:-1], *CLOSED), 0),
        GpgOutput((*OPENED, "BADMDC", *CLOSED), 0),
        GpgOutput((*OPENED, "DECRYPTION_FAILED", *CLOSED), 0),
        GpgOutput((*OPENED, "FAILURE gpg-exit 2", *CLOSED), 0),
        GpgOutput((*OPENED, "UNEXPECTED 0", *CLOSED), 0),
        GpgOutput((), 0),
        GpgOutput(GOOD, 0),
    ],
)
def test_plaintext_is_refused_when_anything_is_missing(output: GpgOutput):
    assert judge_decryption(output)


# --- Authentication-Results ---

OURS = "mx.mykonci.com"
ADA = KnownMember("ada@mykonci.com", "Ada", Fingerprint(A))


def message(*results: str, sender: str = "ada@mykonci.com") -> Message:
    head = "".join(f"Authentication-Results: {result}\r\n" for result in results)
    raw = f"{head}From: Ada <{sender}>\r\n\r\ntext".encode()
    return read_message(open_message(raw, Nothing()), raw)


class Nothing:
    def decrypt(self, data: bytes) -> GpgOutput:
        return GpgOutput((), 2)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput((), 2)


@pytest.mark.parametrize(
    "result",
    [
        f"{OURS}; dmarc=pass header.from=mykonci.com",
        f"{OURS} 1; spf=fail smtp.mailfrom=x; dmarc=pass (p=reject) header.from=mykonci.com",
        "MX.mykonci.com;\r\n dkim=pass (2048-bit) header.d=mykonci.com header.s=a",
        f"{OURS}; dkim=pass header.i=@mykonci.com",
    ],
)
def test_our_own_mx_vouches_for_a_sender(result: str):
    assert from_is_authenticated(message(result), OURS)


@pytest.mark.parametrize(
    "result",
    [
        f"{OURS}; dmarc=fail header.from=mykonci.com",
        f"{OURS}; spf=pass smtp.mailfrom=mykonci.com",
        f"{OURS}; dmarc=pass header.from=evil.example",
        f"{OURS}; dkim=pass header.d=evil.example",
        f"{OURS}; dkim=pass header.d=konci.com",
        f"{OURS}; dkim=pass",
        f"{OURS}; none (dmarc=pass header.from=mykonci.com)",
        f"{OURS}; none (a; dmarc=pass header.from=mykonci.com)",
        f"{OURS}.evil.example; dmarc=pass header.from=mykonci.com",
        "mx.evil.example; dmarc=pass header.from=mykonci.com",
        f"evil.example ({OURS}); dmarc=pass header.from=mykonci.com",
        "",
        ";",
    ],
)
def test_nothing_else_vouches_for_a_sender(result: str):
    assert not from_is_authenticated(message(result), OURS)


def test_only_the_topmost_field_counts():
    passed, failed = (f"{OURS}; dmarc={r} header.from=mykonci.com" for r in ("pass", "fail"))
    assert from_is_authenticated(message(passed, failed), OURS)
    assert not from_is_authenticated(message(failed, passed), OURS)
    assert not from_is_authenticated(message("mx.evil.example; none", passed), OURS)


def test_without_a_configured_name_nobody_vouches():
    passed = f"{OURS}; dmarc=pass header.from=mykonci.com"
    assert not from_is_authenticated(message(passed), None)
    assert not from_is_authenticated(message(passed), "")


def test_an_encoded_word_in_a_local_part_does_not_become_syntax():
    sneaky = f"{OURS}; spf=pass smtp.mailfrom==?a?q?=3Bdmarc=3Dpass=3B?=@evil.example"
    assert not from_is_authenticated(message(sneaky), OURS)


@pytest.mark.parametrize(
    "result",
    [
        f'{OURS}; spf=pass smtp.mailfrom="a;dmarc=pass header.from=mykonci.com;"@evil.example',
        f'{OURS}; dkim=pass header.d=evil.example header.i="a header.d=mykonci.com b"@evil.example',
        f"{OURS}; none (a (b); dmarc=pass header.from=mykonci.com; c)",
        f"{OURS}; none (a; dmarc=pass header.from=mykonci.com",
        f"{OURS}; none a); dmarc=pass header.from=mykonci.com",
        f"{OURS}; dmarc=pass",
    ],
)
def test_what_a_stranger_chose_inside_our_own_field_vouches_for_nobody(result: str):
    assert not from_is_authenticated(message(result), OURS)


def test_a_mail_with_two_from_fields_is_nobodys():
    passed = f"{OURS}; dmarc=pass header.from=mykonci.com"
    two = f"Authentication-Results: {passed}\r\nFrom: ada@mykonci.com\r\nFrom: x@evil.example\r\n"
    raw = two.encode() + b"\r\ntext"
    assert not from_is_authenticated(read_message(open_message(raw, Nothing()), raw), OURS)


# --- whose voice ---


def test_from_alone_is_only_a_claim():
    voice = hear(message(), (ADA,), OURS)
    assert (voice.member, voice.claims_member, voice.authenticated) == (None, ADA, False)


def test_an_authenticated_member_has_a_weak_voice():
    voice = hear(message(f"{OURS}; dmarc=pass header.from=mykonci.com"), (ADA,), OURS)
    assert (voice.member, voice.strong) == (ADA, False)


def test_somebody_else_has_no_members_voice():
    voice = hear(message(sender="x@example.org"), (ADA,), OURS)
    assert (voice.member, voice.claims_member) == (None, None)
