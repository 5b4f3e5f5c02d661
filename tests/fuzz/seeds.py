"""What the fuzzers start from: the corpus, small samples of each reader, and tokens."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests import tnef_maker
from tests.fuzz.keyring import ANSWERS
from tests.fuzz.watch import MAX_INPUT
from tests.hostile_mail import KILLERS

CORPUS = Path(__file__).parents[1] / "corpus"


@cache
def mails() -> list[bytes]:
    """The corpus, and the beginning of each mail that was made to exhaust a reader."""
    found = [path.read_bytes() for path in sorted(CORPUS.glob("**/message.eml"))]
    return [mail[:MAX_INPUT] for mail in (*found, *(k[:4096] for k in KILLERS.values()))]


@cache
def texts() -> list[bytes]:
    """What stands below the headers."""
    return [mail.replace(b"\r\n", b"\n").partition(b"\n\n")[2] for mail in mails()]


@cache
def heads() -> list[bytes]:
    return [mail.replace(b"\r\n", b"\n").partition(b"\n\n")[0] for mail in mails()]


@cache
def pages() -> list[bytes]:
    """HTML: what is in the corpus, and one page of everything that is looked for."""
    page = (
        b"<html><!-- c --><body><h1>Title</h1><p class='gmail_quote' style='display:none'>a</p>"
        b'<ol><li>x<li>y</ol><blockquote>q<br></blockquote><a href="http://a.example">b</a>'
        b"<table><tr><td>1<td>2</table><pre> a\n b</pre><p hidden>z&nbsp;&#x41;&amp;</body>"
    )
    return [page, *(text for text in texts() if b"<" in text)]


def files() -> list[bytes]:
    """A winmail.dat with everything in it, uuencoded files, a calendar entry, a card."""
    return [
        tnef_maker.winmail(
            tnef_maker.file("A~1.PY", b"print(1)", "a long name.py"),
            tnef_maker.file("b.png", b"PNG"),
            text="Hello",
        ),
        b"begin 644 a.txt\n#86)C\n`\nend\nbegin 600 b\n#86)CX\n#86)C\nend\n",
        b'BEGIN:VCALENDAR\nMETHOD:REQUEST\nSUMMARY:a\\nb\n c\nDTSTART;X="a:b":2026\nEND:VCALENDAR',
        b"BEGIN:VCARD\nitem1.EMAIL:a@example.org\nFN;ENCODING=QUOTED-PRINTABLE:R=C3=A9a\nEND:VCARD",
    ]


def vectors() -> list[bytes]:
    return [
        b"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        b"score AV:N/AC:L/Au:N/C:P/I:P/A:P and CVSS:3.0/AV:L/AC:H/PR:H/UI:R/S:C/C:N/I:N/A:N/E:P/RL:O",
        b"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/MAV:N",
    ]


def statuses() -> list[bytes]:
    return ["\n".join(answer).encode() for answer in ANSWERS]


def results() -> list[bytes]:
    return [
        b"mx.mykonci.com; dmarc=pass header.from=example.org; spf=pass smtp.mailfrom=a@example.org",
        b"mx.mykonci.com (a (b) c) ; dkim=pass (x) header.d=example.org header.i=@sub.example.org",
        b'mx.mykonci.com; dkim=fail reason="a \\" ; dmarc=pass" header.d=example.org; arc=none',
        b"other.example; dmarc=pass header.from=example.org",
    ]


def orders() -> list[bytes]:
    return [
        b"/ack\n/severity high\n\nThanks, we look at it.",
        b"/confirm CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n/take\n/note\nfor us",
        b"/wait for the vendor\n/reject.php\n/fixed\n/help me\n/ACK\ntext\n/ack",
    ]


# --- tokens ---------------------------------------------------------------------------------------

_PLAIN = b"\x00|\n|\r\n|\n\n|\r|\t| |    |\xff|\xc3\xa9|\xe2\x80\xa8|\xc2\xa0|=|;|:|,|.|(|)|<|>|[|]|\"|'|\\|/|@|--|a|1"
PLAIN = (*_PLAIN.split(b"|"), b"|")

MAIL = (
    *PLAIN,
    b"From: a@b.example\r\n", b"To: ", b"Subject: ", b"Date: Mon, 05 Jan 2026 10:00:00 +0000\r\n",
    b"Message-ID: <a@b>\r\n", b"References: <a@b> ", b"Return-Path: <>\r\n", b"Reply-To: ", b"\r\n ",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n", b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: multipart/alternative; boundary=b\r\n\r\n", b"; boundary*0*=", b"\n--b\r\n",
    b"Content-Type: multipart/signed; boundary=b\r\n\r\n", b"--b\r\n", b"--b--\r\n", b"--b \t",
    b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n", b"--b\r\n\r\n",
    b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
    b"Content-Type: application/pgp-keys\r\n\r\n", b"Content-Type: message/delivery-status\r\n\r\n",
    b"Content-Type: text/html; charset=utf-7\r\n\r\n", b"; charset=iso-2022-jp", b"; charset=hz",
    b"Content-Type: text/plain; format=flowed; delsp=yes; hp-legacy-display=1\r\n\r\n",
    b"Content-Type: text/plain; charset=utf-16\r\n\r\n", b"; charset=utf-32", b"; charset=cp037",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Disposition: attachment; filename=a.asc\r\n", b"; filename*1*=", b"''%FF",
    b"-----BEGIN PGP MESSAGE-----\n", b"-----END PGP MESSAGE-----\n",
    b"-----BEGIN PGP SIGNED MESSAGE-----\n", b"-----BEGIN PGP SIGNATURE-----\n",
    b"-----END PGP SIGNATURE-----\n", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
    b"-----END PGP PUBLIC KEY BLOCK-----\n", b"Autocrypt: addr=a; keydata=AAAA\r\n",
    b"=?utf-8?q?=C3=A9?=", b"=?utf-7?b?", b"?=", b"=?", b"=\r\n", b"=C3", b"+2AA-", b"From x\r\n",
)  # fmt: skip

HTML = (
    *PLAIN,
    b"<", b">", b"</", b"<a ", b"<a href=http://x>", b"</a>", b"<!--", b"-->", b"<!", b"<?", b"<p>",
    b"<p hidden>", b"<ol>", b"<li>", b"<br>", b"<blockquote>", b"</blockquote>", b"<pre>", b"<div>",
    b"<table><tr><td>", b"<script>", b"</script>", b"<style>", b"<textarea>", b"<title>", b"<svg>",
    b"<plaintext>", b"<![CDATA[", b"]]>", b"<!DOCTYPE html>", b"&", b"&#", b"&#xD800;", b"&#x110000;",
    b"&nbsp;", b"&amp", b" style='display:none'", b" class=gmail_quote", b" href='", b"=\"", b"='",
)  # fmt: skip

TEXT = (
    *PLAIN,
    b"# ", b"## Impact\n", b"**", b"__", b"*", b"==", b"----\n", b"====\n", b"```\n", b"~~~\n", b"> ",
    b"1. ", b"a) ", b"- ", b"\xe2\x80\xa2 ", b"Description: ", b"Steps to reproduce:\n", b"Credit: ",
    b"Impact - ", b"Proof of concept\n", b"Affected components | ", b"Contact: ", b" (", b"-- \n",
    b"On Mon, 5 Jan 2026, A wrote:\n", b"From: a\n", b"Sent: b\n", b"-----Original Message-----\n",
    b"Le 5 janvier, A a \xc3\xa9crit :\n", b"____________________\n", b"please credit me as ", b"no credit ",
    b"anonymous ", b"yes ", b"I would like ", b"not ", b"name: ", b"Rita ", b"Credit to Rita Roe, @rita",
    b"https://", b"hxxps://", b"[.]", b"[://]", b"app.mykonci.com", b"a.", b"example.com/", b"www.",
    b"CVSS:3.1/AV:N/AC:L/", b"CVSS:4.0/AV:N/AC:L/AT:N/", b"PR:N/UI:N/S:U/C:H/I:H/A:H", b"/E:X", b"AV:",
    b"CWE-79 ", b"XSS ", b"SQL injection ", b"severity: high ", b"bounty ", b"how much ", b"vulnerability ",
    b"I found ", b"GET / HTTP/1.1\n", b"Finding 1\n", b"allows an attacker to ", b"could ", b"an ",
    b"the page ", b"public key ", b"please send your ", b"out of office ", b"Regards,\n", b"Hello\n",
    b"your account is suspended ", b"click here to verify ", b"any update ", b"?", b"!", b"-",
)  # fmt: skip

STATUS = (
    *(b"\n", b" ", b"9", b"0", b"1", b"A" * 40, b"E" * 40, b"\xc3\xa9"),
    *sorted({line.split(b" ")[0] + b" " for text in statuses() for line in text.split(b"\n")}),
    *sorted({line + b"\n" for text in statuses() for line in text.split(b"\n")}),
)

RESULTS = (
    *PLAIN, b"mx.mykonci.com", b"dmarc=pass", b"dkim=pass", b"header.from=", b"header.d=", b"header.i=@",
    b"example.org", b"((", b"))", b'\\"', b"; ",
)  # fmt: skip

ORDERS = (
    *PLAIN, b"/ack\n", b"/confirm ", b"/severity ", b"/note ", b"/note\n", b"/reject ", b"/wait ", b"/help\n",
    b"/", b"high", b"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", b"AV:N/AC:L/",
)  # fmt: skip
