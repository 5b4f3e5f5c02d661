"""Bytes that look like mail: what hypothesis draws from, and mails built to exhaust a reader."""

from __future__ import annotations

import bz2
import struct
import zlib

from hypothesis import strategies as st

_PIECES = [
    b"\r\n", b"\r\n\r\n", b"\n", b"\n\n", b"\r", b" ", b"\t", b"\x00", b"\xff", b"\xc3\xa9", b"\x0c",
    b"From me Mon\r\n", b"From: a@b.example\r\n", b'From: "x" <a@[ ]>\r\n', b"To: ((((\r\n",
    b"Subject: =?utf-8?B?w6k=?= =?x?Q?=3D?=\r\n", b"Subject: =?utf-7?Q?+2AA-?=\r\n",
    b"Date: Mon, 99 Foo 10000 25:61:61 +9999\r\n", b"Message-ID: <a@[ ]>\r\n", b"References: <\r\n",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n",
    b'Content-Type: multipart/signed; boundary="b"; protocol="application/pgp-signature"\r\n\r\n',
    b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n",
    b"Content-Type: multipart/alternative; boundary=c\r\n\r\n",
    b"Content-Type: multipart/related; boundary*=utf-7''%2B2AA-\r\n\r\n",
    b"Content-Type: multipart/digest; boundary=c\r\n\r\n",
    b"Content-Type: multipart/mixed\r\n\r\n", b"Content-Type: ;;;\r\n",
    b"Content-Type: message/rfc822\r\n\r\n", b"Content-Type: message/delivery-status\r\n\r\n",
    b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
    b"Content-Type: application/pgp-keys\r\n\r\n", b"Content-Type: application/pkcs7-mime\r\n\r\n",
    b"Content-Type: text/html; charset=punycode\r\n\r\n",
    b"Content-Type: text/plain; charset=unicode_escape\r\n\r\n\\ud800",
    b"Content-Type: text/plain; format=flowed; delsp=yes; hp-legacy-display=1\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n",
    b'Content-Disposition: attachment; filename="a.asc"\r\n',
    b"Content-Disposition: attachment; filename*1*=%FF; filename*0*=x''%00\r\n",
    b"--b\r\n", b"--b--\r\n", b"--b", b"--c\r\n", b"--c--\r\n", b"--", b"--b \t\r\n", b"\r\n--b\n",
    b"-----BEGIN PGP MESSAGE-----\r\n", b"-----END PGP MESSAGE-----\r\n",
    b"-----BEGIN PGP SIGNED MESSAGE-----\r\n", b"-----BEGIN PGP SIGNATURE-----\r\n",
    b"-----END PGP SIGNATURE-----\r\n", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
    b"-----END PGP PUBLIC KEY BLOCK-----\n", b"Autocrypt: addr=a; keydata=AAAA====\r\n",
    b"<p hidden>a<ol><li>b</a><!-- <a href='http:", b"&#xD800;&#0;&bogus;", b"=\r\n=zz==", b"YWJj==",
    b"> quoted\r\n", b"On 2026-01-01 A wrote:\r\n", b"-- \r\n",
]  # fmt: skip

mail_bytes = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.binary(max_size=6)), max_size=40).map(b"".join),
)

_BITS = [
    "<a ", "<!--", "-->", "<ol>", "<li>", "</p>", "<p hidden>", "'", '"', ">", "<", "&#xD800;", "\n",
    " ", "> ", "-- ", "On Mon, 1 wrote:", "From: a", "Sent: b", "=?utf-8?q?=C3?=", "=?", "?=", ";",
    "a*0*=", "(", ")", "<a@b.c>", "@", ",", "\\", "\x00", "\u2028", "\U0001f600", "charset=", "=",
]  # fmt: skip

mail_text = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(_BITS), st.text(max_size=4)), max_size=40).map("".join),
)


def nested_messages(depth: int) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * depth + b"Subject: inmost\r\n\r\nbody\r\n"


def many_parts(count: int) -> bytes:
    head = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + b"--b\r\n\r\nx\r\n" * count + b"--b--\r\n"


def compressed_bomb(method: str, size: int) -> bytes:
    """A compressed data packet (RFC 4880 5.6) that unpacks to `size` zero bytes of text."""
    literal = b"\xcb" + b"\xff" + (size + 6).to_bytes(4, "big") + b"b\x00" + bytes(4) + bytes(size)
    if method == "bzip2":
        return b"\xa3\x03" + bz2.compress(literal)
    return b"\xa3\x02" + zlib.compress(literal)


def _tnef_values(count: int) -> bytes:
    """An attribute (MS-OXTNEF 2.1.3) of properties that hold many values of no size each."""
    properties = struct.pack("<HHI", 0x1001, 0x1000, count) * count
    value = struct.pack("<I", count) + properties
    return struct.pack("<BII", 1, 0x9003, len(value)) + value + b"\0\0"


MEGABYTE = 1_000_000
KILLERS = {
    "html-with-void-tags-between": b"Content-Type: text/html\r\n\r\n" + b"<br>x<a>" * 30_000,
    "blanks-of-every-kind": b"Content-Type: text/plain; charset=utf-8\r\n\r\n--"
    + "\u2003\x0b".encode() * 900
    + b"x",
    "a-section-of-punctuation": b"\r\nImpact:\n" + b"=?;.\n" * 30_000,
    "rules-under-rules": b"\r\na\n" + b"~~~\n" * 40_000 + b"x",
    "questions-and-findings": b"\r\n" + b"?could Finding 1\n" * 12_000,
    "a-program-of-many-paragraphs": b"\r\n#!/bin/sh\n" + b"a = 1\n\n" * 28_000,
    "blocks-never-closed": b"\r\n"
    + b"".join(b"cat <<A%d\n#+BEGIN_A%d\n" % (n, n) for n in range(8_000)),
    "undecided-for-ever": b"\r\nCredit: " + b"not sure " * 22_000,
    "ways-to-reach-for-ever": b"\r\n" + b"call +49 30 5550 1234 @abc_1 on signal " * 5_000,
    "columns-of-blanks": b"\r\n" + b"Impact            a\nSteps             b\n" * 5_000,
    "a-word-without-end": b"Subject: s\r\n\r\n" + b"ab.-" * 16_000,
    "a-line-of-30-megabytes": b"Subject: s\r\n\r\n" + b"a" * 30_000_000,
    "a-table-that-never-ends": b"\r\n" + b"| Title | URL | Impact |\n" * 8_000,
    "yaml-of-aliases": b"\r\na: &a [x]\n" + b"b: &b [*a, *a, *a]\n" * 2_000,
    "one-header-of-a-megabyte": b"X: " + b"a" * MEGABYTE + b"\r\nSubject: s\r\n\r\nb",
    "a-hundred-thousand-parts": many_parts(100_000),
    "messages-nested-64-deep": nested_messages(64),
    "multiparts-nested-for-ever": many_parts(0)[:-8] * 10_000,
    "open-armor-lines": b"\r\n" + b"-----BEGIN PGP MESSAGE-----\n" * 20_000,
    "open-armor-and-blank-lines": b"\r\n-----BEGIN PGP MESSAGE-----" + b"\n" * 200_000,
    "open-signed-armor": b"\r\n"
    + b"-----BEGIN PGP SIGNED MESSAGE-----\n" * 5000
    + b"-----BEGIN PGP SIGNATURE-----\n" * 5000,
    "open-key-armor": b"\r\n" + b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n" * 6000,
    "text-in-punycode": b"Content-Type: text/plain; charset=punycode\r\n\r\na-" + b"b" * MEGABYTE,
    "many-unknown-charsets": b"Subject: "
    + b"".join(b"=?x%d?q?a?= " % n for n in range(6000))
    + b"\r\n\r\nb",
    "soft-line-breaks": b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \n" * 300_000,
    "attribution-of-blanks": b"\r\nOn 12345 wrote" + b" " * 200_000 + b"x\n> q\n> r",
    "blanks-in-a-section": b"\r\nImpact:\r\nnone" + b" " * 64_000 + b"x\r\nSteps: y\r\n",
    "marks-of-telephones": b"\r\nHi\r\n" + b"Sent from my phone\r\nand then more\r\n" * 6000,
    "unfinished-html-tags": b"Content-Type: text/html\r\n\r\n" + b"<a" * 100_000,
    "unfinished-html-tags-with-blanks": b"Content-Type: text/html\r\n\r\n" + b"<a " * 70_000,
    "unfinished-html-end-tags": b"Content-Type: text/html\r\n\r\n" + b"</a " * 50_000,
    "unfinished-html-comments": b"Content-Type: text/html\r\n\r\n" + b"<!--" * 50_000,
    "html-quotes-in-tags": b"Content-Type: text/html\r\n\r\n" + b"<a \"'\" b='" * 20_000,
    "html-quotes-with-ends": b"Content-Type: text/html\r\n\r\n" + b"<a \"'\" b='>" * 20_000,
    "html-list-items": b"Content-Type: text/html\r\n\r\n<ol>" + b"<li></li>" * 25_000,
    "html-tags-nested": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 40_000,
    "html-quotes-nested": b"Content-Type: text/html\r\n\r\n"
    + b"<blockquote>" * 99
    + b"x<br>" * 20_000,
    "html-hidden-nested": b"Content-Type: text/html\r\n\r\n"
    + b"<p hidden>" * 99
    + b"x<br>" * 20_000,
    "html-links-nested": b"Content-Type: text/html\r\n\r\n" + b"<a href=http://x>" * 15_000,
    "parentheses-in-from": b"From: " + b"(" * 200_000 + b"\r\n\r\nb",
    "quotes-in-a-parameter": b"Content-Type: text/plain; a=" + b'"\\' * 100_000 + b"\r\n\r\nb",
    "semicolons-in-autocrypt": b"Autocrypt: " + b"; " * 100_000 + b"keydata=!\r\n\r\nb",
    "encoded-words-without-end": b"Subject: " + b"=?a?q?" * 40_000 + b"\r\n\r\nb",
    "uuencoded-files-that-never-end": b"Subject: s\r\n\r\n" + b"begin 644 a\n" * 80_000 + b"end\n",
    "legacy-display-of-empty-fields": b"Content-Type: multipart/mixed; boundary=b;"
    b' protected-headers="v1"\r\n\r\n--b\r\n'
    b'Content-Type: text/plain; protected-headers="v1"\r\n\r\n'
    + b"a:" * 40
    + b"\r\n!\r\n--b\r\n\r\nx\r\n--b--\r\n",
    "winmail-of-values-without-size": b"Content-Type: application/ms-tnef\r\n\r\n"
    b"\x78\x9f\x3e\x22\x00\x00" + _tnef_values(10_000) * 20,
    "a-card-of-many-lines": b"Content-Type: text/vcard\r\n\r\n"
    + b"".join(b"FN:%05x\n" % n for n in range(40_000)),
    "a-million-header-fields": b"a:\n" * MEGABYTE + b"\n\nx",
    "armor-of-no-kind": b"\r\n" + b"-----BEGIN x" * 80_000,
}
