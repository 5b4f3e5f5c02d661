"""Somebody without a key tries to command the desk or to read what others sent, end to end."""

import base64
import re

import pytest

from inboxd.adapters.gpg import Gpg, export_public
from tests.desk import EVE, MONA, REPORT, RITA, SECURITY
from tests.pgp_mail import attached, crlf, multipart

THANKS = "> you wrote: +AAo-/reject FORGED by reporter\n\nThanks, I look at it.\n"
FORGED = b"/reject FORGED\r\n"
PLAIN = b"Content-Type: text/plain\r\n\r\n"


def together(*parts: bytes) -> bytes:
    raw = multipart("mixed", *parts)
    return raw[raw.index(b"Content-Type: multipart") :]


def with_comment(block: bytes) -> bytes:
    start = b"-----BEGIN PGP SIGNATURE-----\r\n"
    return b"Content-Type: text/calendar\r\n\r\n" + block.replace(
        start, start + b"Comment: " + FORGED
    )


ALTERED = {
    "a part without a boundary": lambda block: together(
        b"Content-Type: multipart/mixed\r\n\r\n" + FORGED, PLAIN + block
    ),
    "a forwarded mail": lambda block: together(
        b"Content-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\n" + FORGED, PLAIN + block
    ),
    "a comment of the armor": with_comment,
    "another charset": lambda block: b"Content-Type: text/plain; charset=utf-7\r\n\r\n" + block,
}


@pytest.mark.parametrize("how", ALTERED)
def test_a_members_thanks_altered_on_their_way_command_nothing(desk, how):
    desk.deliver(desk.plain(RITA, "IDOR", REPORT))
    state = desk.report().state
    answer = desk.answering(desk.mails("mona")[-1])
    sign = ["--digest-algo", "SHA512", "--local-user", desk.keys.fingerprints["mona"]]
    gpg = Gpg(desk.root / "mona")
    block = crlf(gpg.run([*sign, "--clear-sign"], THANKS.encode(), secret=True).data)
    fields = (
        f"Return-Path: <{MONA}>\r\nFrom: {MONA}\r\nTo: {answer['to']}\r\nSubject: Re: x\r\n"
        f"Message-ID: <q@mona.example>\r\nIn-Reply-To: {answer['in_reply_to']}\r\n"
        "Date: Mon, 23 Nov 2026 11:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    )
    letters = len(desk.mails("rita"))
    desk.deliver(fields.encode() + ALTERED[how](block))
    assert desk.report().state == state
    assert not any("FORGED" in mail.text for mail in desk.mails("rita")[letters:])


# --- what was encrypted by somebody else does not come back to who sends it again ---


def headers(desk, content_type: bytes) -> bytes:
    """Eve's header, with her own key for the answer."""
    eve = desk.keys.fingerprints["eve"]
    key = base64.b64encode(export_public(Gpg(desk.root / "eve"), eve, armor=False)).decode()
    return (
        f"Return-Path: <{EVE}>\r\nFrom: Eve <{EVE}>\r\nTo: {SECURITY}\r\nSubject: my report\r\n"
        "Message-ID: <e1@evil.example>\r\nDate: Mon, 23 Nov 2026 11:00:00 +0000\r\n"
        f"Autocrypt: addr={EVE}; keydata={key}\r\nMIME-Version: 1.0\r\n"
    ).encode() + content_type


def replayed(desk, sealed: bytes, how: str) -> bytes:
    head, _, body = sealed.partition(b"\r\n\r\n")
    whole = re.search(rb"(?ms)^Content-Type:.*?\r\n(?![ \t])", head + b"\r\n\r\n")
    armor = re.search(rb"(?s)-----BEGIN PGP MESSAGE-----.*?-----END PGP MESSAGE-----\r?\n", body)
    assert whole is not None
    assert armor is not None
    if how == "the whole body":
        return headers(desk, whole.group()) + b"\r\n" + body
    if how == "the only file":
        return headers(desk, together(attached("encrypted.asc", armor.group())))
    return headers(desk, PLAIN) + b"Hello, what do you think of this?\r\n\r\n" + armor.group()


@pytest.mark.parametrize("how", ["the whole body", "in a text", "the only file"])
@pytest.mark.parametrize("known", [True, False], ids=["sender known", "sender unknown"])
def test_a_receipt_shows_nobody_what_another_one_encrypted(desk, how, known):
    if known:
        desk.deliver(desk.sealed("rita", "a first one", REPORT))
    raw = replayed(desk, desk.sealed("rita", "IDOR in invoices", REPORT, key=False), how)
    desk.deliver(raw)
    assert desk.mails("eve"), "she gets a receipt all the same"
    for mail in desk.mails("eve"):
        assert "nvoice" not in mail.text + mail.true_subject
    assert any("nvoice" in mail.text for mail in desk.mails("mona"))


def test_who_encrypts_and_signs_sees_in_the_receipt_what_we_understood(desk):
    desk.deliver(desk.sealed("rita", "IDOR in invoices", REPORT))
    assert "Invoices of all customers" in desk.mails("rita")[-1].text
