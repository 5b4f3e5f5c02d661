"""Mails that strangers make of other people's signed and encrypted words, on real gpg.

Each was found by somebody who tried to give a command, or to read a secret, without a key. What
must hold: nothing counts as wholly signed of which one shown word is not signed (invariant 4), and
nobody is the author of words that only lay, encrypted, in what they signed.
"""

from __future__ import annotations

import pytest

from inboxd.core.model import Message
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

THANKS = "Thanks, I will look at it tomorrow.\n"
FORGED = b"/reject FORGED this is not a bug"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"

BESIDE = {
    "a multipart without a boundary": b"Content-Type: multipart/mixed\r\n\r\n" + FORGED,
    "a multipart whose boundary never comes": (
        b"Content-Type: multipart/mixed; boundary=never\r\n\r\n" + FORGED
    ),
    "a forwarded mail": b"Content-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\n" + FORGED,
    "a forwarded mail that is a file": (
        b"Content-Type: message/rfc822\r\n\r\nContent-Type: application/x-tool; name=a.exe\r\n\r\n"
        + FORGED
    ),
    "a calendar": b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\nSUMMARY:" + FORGED,
    "a text": PLAIN + FORGED,
}


def inner_entity(kind: str, *parts: bytes) -> bytes:
    """A multipart as a part of another mail: without the mail's own header fields."""
    raw = multipart(kind, *parts, boundary="within")
    return raw[raw.index(b"Content-Type: multipart") :]


def inline(people: People, form: str) -> bytes:
    if form == "clearsigned":
        return crlf(people.clearsign(THANKS, people.member))
    return crlf(people.seal(THANKS.encode(), people.member))


def is_nobodys(message: Message) -> bool:
    whole = [s for s in message.crypto.signatures if s.covers_whole]
    return message.crypto.whole_mail_signed_by is None and not whole


@pytest.mark.parametrize("form", ["clearsigned", "encrypted"])
@pytest.mark.parametrize("what", BESIDE)
@pytest.mark.parametrize("first", [True, False], ids=["before it", "after it"])
def test_a_signed_block_signs_nothing_that_lies_beside_it(
    people: People, form: str, what: str, first: bool
):
    block, beside = PLAIN + inline(people, form), BESIDE[what]
    message = people.read(multipart("mixed", *((beside, block) if first else (block, beside))))
    assert [s.status.value for s in message.crypto.signatures] == ["good"]
    assert is_nobodys(message)


def test_a_part_of_a_digest_is_a_mail_beside_the_block(people: People):
    digest = b"\r\nSubject: s\r\n\r\n" + FORGED
    block = PLAIN + inline(people, "clearsigned")
    assert is_nobodys(people.read(multipart("digest", digest, block)))


@pytest.mark.parametrize("media_type", ["text/calendar", "text/vcard", "text/x-log; name=a.txt"])
@pytest.mark.parametrize("form", ["clearsigned", "encrypted"])
def test_a_block_in_what_is_not_shown_as_text_signs_no_mail(
    people: People, media_type: str, form: str
):
    """Cards show COMMENT lines, and an armor header of that name is signed by nobody."""
    block = inline(people, form)
    for start in (b"SIGNATURE-----\r\n", b"MESSAGE-----\r\n"):
        block = block.replace(start, start + b"Comment: " + FORGED + b"\r\n", 1)
    assert people.read(mail(media_type, block)).crypto.whole_mail_signed_by is None


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "iso-2022-jp", "hz", "cp037"])
def test_a_header_cannot_give_signed_bytes_another_meaning(people: People, charset: str):
    """What a reporter wrote and a member quoted, "+AAo-", is a new line in UTF-7."""
    words = "> thank you +AAo-/reject not a bug+AAo- ~{<:Ky2;~} for your time\n\nWelcome.\n"
    block = crlf(people.clearsign(words, people.member))
    message = people.read(mail(f"text/plain; charset={charset}", block))
    assert "+AAo-/reject" in message.text
    assert "\n/reject" not in message.text


def test_signed_bytes_that_only_a_header_explains_are_read_and_are_nobodys(people: People):
    words = "Der Schlüssel passt.\n".encode("latin-1")
    user = ("--local-user", people.member)
    block = crlf(people.gpg(*user, "--clear-sign", stdin=words))
    message = people.read(mail("text/plain; charset=iso-8859-1", block))
    assert "Schlüssel" in message.text
    assert is_nobodys(message)


def as_sent(text: bytes) -> bytes:
    return b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nX: y\r\n\r\n" + text


@pytest.mark.parametrize("at", [b"1.0\r\n", b"html\r\n", b"y\r\n"])
def test_a_carriage_return_that_gpg_skips_is_signed_by_nobody(people: People, at: bytes):
    """A signature in text mode (class 0x01) ignores it; for a MIME reader it may end a header."""
    inner = as_sent(b"<p>fine</p><!-- /reject FORGED -->\r\n")
    options = ("--textmode", "--digest-algo", "SHA512", "--local-user", people.member)
    signature = people.gpg("--armor", *options, "--detach-sign", stdin=inner)
    assert people.read(signed(inner, signature)).crypto.whole_mail_signed_by == people.member
    changed = inner.replace(at, at.replace(b"\r\n", b"\r\r\r\n"), 1)
    assert people.read(signed(changed, signature)).crypto.whole_mail_signed_by is None


def test_a_line_too_long_for_gpg_in_a_signed_mail_is_no_wholly_signed_one(people: People):
    """gpg 2.2 cuts such a line without a word, so its end is signed by nobody."""
    block = crlf(people.clearsign("a" * 30_000 + "\n", people.member))
    changed = block.replace(b"a\r\n", b"a" + FORGED + b"\r\n", 1)
    assert changed != block
    message = people.read(mail("text/plain", changed))
    assert is_nobodys(message)
    assert FORGED.decode() in message.text


# --- somebody else's ciphertext ---

AROUND = ["signed", "encrypted"]
SECRET = b"SECRET of a stranger: the form of invoices is open\n"


def carried(people: People, how: str) -> bytes:
    cipher = crlf(people.seal(SECRET))
    if how == "in the text":
        return PLAIN + cipher
    return inner_entity("mixed", text_part("see the file"), attached("a.txt.asc", cipher))


@pytest.mark.parametrize("how", ["in the text", "as a file"])
@pytest.mark.parametrize("around", AROUND)
def test_who_signs_ciphertext_did_not_write_what_is_in_it(people: People, how: str, around: str):
    inner = carried(people, how)
    if around == "signed":
        raw = signed(inner, people.sign(inner))
    else:
        raw = encrypted(people.seal(inner, people.reporter))
    assert is_nobodys(people.read(raw))


# --- subjects ---

SPOOFED = text_part("hello", "Subject: [MyKonci #7] SPOOFED").replace(
    b'charset="utf-8"', b'charset="utf-8"; protected-headers="v1"'
)


def wrapper(kind: str, *parts: bytes, hp: str) -> bytes:
    head, _, body = inner_entity(kind, *parts).partition(b"\r\n\r\n")
    subject = b"Subject: [MyKonci #7] SPOOFED\r\n"
    return subject + head + f'; hp="{hp}"'.encode() + b"\r\n\r\n" + body


def unprotected(people: People, how: str) -> bytes:
    if how == "a bad signature":
        return signed(SPOOFED.replace(b"hello", b"other"), people.sign(SPOOFED))
    if how == "no signature":
        return multipart("signed", SPOOFED, text_part("I sign this, honestly."))
    if how == "the wrapper of one part":
        return multipart("mixed", wrapper("signed", PLAIN + b"hi", hp="clear"))
    if how == "the wrapper of three parts":
        inner = text_part("hello")
        proof = attached("s.asc", crlf(people.sign(inner)), "application/pgp-signature")
        return multipart("mixed", wrapper("signed", inner, proof, text_part("x"), hp="clear"))
    shut = attached("e.asc", crlf(people.seal(b"x", to=people.stranger)))
    version = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
    return multipart("mixed", wrapper("encrypted", version, shut, hp="cipher"))


@pytest.mark.parametrize(
    "how",
    [
        "a bad signature", "no signature", "the wrapper of one part",
        "the wrapper of three parts", "a message that stays shut",
    ],
)  # fmt: skip
def test_a_subject_that_no_layer_protects_is_not_the_mails(people: People, how: str):
    message = people.read(unprotected(people, how))
    assert (message.protected_subject, message.true_subject) == (None, "outer subject")


# --- nothing is lost ---


def quoted_armor(people: People) -> str:
    armor = people.seal(b"what you wrote\n").decode()
    return "".join(f"> {line}\n" for line in armor.splitlines())


def test_an_answer_that_quotes_armor_is_read_and_wholly_signed(people: People):
    answer = text_part("Yes, it is fixed.\n\nYou wrote:\n" + quoted_armor(people))
    crypto = people.read(encrypted(people.seal(answer, people.reporter))).crypto
    assert (crypto.decrypted, crypto.unreadable, crypto.reason) == (True, False, None)
    assert crypto.whole_mail_signed_by == people.reporter


def test_a_plain_answer_that_quotes_armor_is_a_readable_mail(people: People):
    words = "I could not open your mail.\n\nYou wrote:\n" + quoted_armor(people)
    message = people.read(mail("text/plain", crlf(words.encode())))
    assert not message.crypto.unreadable
    assert message.new_text.startswith("I could not open your mail.")


def test_a_file_encrypted_to_another_key_leaves_the_mail_around_it_open(people: People):
    file = attached("backup.gpg", crlf(people.seal(b"x", to=people.stranger)))
    inner = inner_entity("mixed", text_part("A hole in the search."), file)
    message = people.read(encrypted(people.seal(inner, people.reporter)))
    assert (message.crypto.decrypted, message.crypto.unreadable) == (True, False)
    assert message.crypto.whole_mail_signed_by == people.reporter
    assert [one.name for one in message.attachments] == ["backup.gpg"]


VERSION = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
WRAPPED = {
    "a banner above": (text_part("CAUTION: mail from outside"), VERSION, b"{}"),
    "an empty page above": (b"Content-Type: text/html\r\n\r\n<html></html>", VERSION, b"{}"),
    "a footer below": (VERSION, b"{}", text_part("a list's footer")),
}


@pytest.mark.parametrize("how", WRAPPED)
def test_a_mail_that_exchange_rewrote_opens_with_what_gateways_add(people: People, how: str):
    sealed = crlf(people.seal(text_part("The search runs scripts."), people.reporter))
    parts = [attached("encrypted.asc", sealed) if p == b"{}" else p for p in WRAPPED[how]]
    message = people.read(multipart("mixed", *parts))
    assert "The search runs scripts." in message.text
    assert "encrypted" not in [one.name for one in message.attachments]


def test_a_page_that_a_gateway_adds_hides_no_encrypted_mail(people: People):
    raw = encrypted(people.seal(text_part("The search runs scripts."), people.reporter))
    inner = raw[raw.index(b"Content-Type: multipart") :]
    footer = b"Content-Type: text/html\r\n\r\n<p>Scanned by the gateway</p>"
    message = people.read(multipart("mixed", inner, footer, boundary="list"))
    assert "The search runs scripts." in message.text
    assert is_nobodys(message)


def test_a_part_added_to_an_encrypted_mail_is_shown_and_not_signed(people: People):
    cipher = crlf(people.seal(text_part("The search runs scripts."), people.reporter))
    extra = text_part("a disclaimer that was added")
    raw = multipart("encrypted", VERSION, attached("encrypted.asc", cipher), extra)
    message = people.read(raw)
    assert "The search runs scripts." in message.text
    assert "a disclaimer that was added" in message.text
    assert is_nobodys(message)


def test_the_words_around_damaged_armor_are_kept(people: People):
    armor = "".join(f"  {line}\n" for line in people.seal(b"inside\n").decode().splitlines())
    text = f"Hello, this comes BEFORE.\n\n{armor}\nand this AFTER.\n"
    message = people.read(mail("text/plain; charset=utf-8", crlf(text.encode())))
    for words in ("BEFORE", "AFTER", "inside"):
        assert words in message.text


def test_decrypted_text_is_bounded_for_a_whole_mail(people: People):
    """Small blocks that unpack to much: one budget for all of them, not one for each."""
    block = crlf(people.seal(bytes(30_000_000)))
    parts = [attached(f"{n}.bin.asc", block) for n in range(5)]
    message = people.read(multipart("mixed", text_part("see the files"), *parts))
    assert sum(len(one.data) for one in message.attachments) < 70_000_000
