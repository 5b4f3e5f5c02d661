"""Mails that break servers which parse and re-serialise: the sandbox must serve them exactly."""

from __future__ import annotations

NESTED = (
    b"From: Finder <finder@research.test>\r\n"
    b"To: security@example.test\r\n"
    b"Subject: =?utf-8?B?UsOpc3Vtw6k=?=\r\n  folded \t oddly\r\n"
    b"X-Blank: \r\n"
    b"Message-ID: <1@research.test>\r\n"
    b'Content-Type: multipart/mixed; boundary="o"; charset=x\r\n'
    b"\r\n"
    b"preamble --o not a boundary\r\n"
    b"--o  \t\r\n"
    b'Content-Type: multipart/signed; micalg=pgp-sha256;\r\n\tprotocol="application/pgp-signature";'
    b" boundary=in\r\n"
    b"\r\n"
    b"--in\r\n"
    b"content-type:text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n"
    b"trailing blanks =20  \r\n"
    b"-- \r\n"
    b"--ins is not the delimiter\r\n"
    b"\r\n"
    b"--in\r\n"
    b"Content-Type: application/pgp-signature; name=signature.asc\r\n"
    b"\r\n"
    b"-----BEGIN PGP SIGNATURE-----\r\n"
    b"--in--\r\n"
    b"\r\n"
    b"--o\r\n"
    b"Content-Type: message/rfc822\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.eml\r\n"
    b"\r\n"
    b"Subject: inner\r\n"
    b"From: inner@research.test\r\n"
    b"\r\n"
    b"inner body\xff\x00\r\n"
    b"--o--\r\n"
    b"epilogue\r\n"
)

MAILS = {
    "nested": NESTED,
    "lf only": NESTED.replace(b"\r\n", b"\n"),
    "mixed line ends": b"Subject: a\nFrom: b\r\nTo: c\r\r\n\r\nx\ry\nz\r\n",
    "no header": b"\r\nbody only",
    "no blank line": b"Subject: never ends",
    "junk": bytes(range(256)) * 8,
    "mbox line": b"From someone Mon Jan  1\r\nSubject: a\r\n\r\nFrom here\r\n",
    "no closing boundary": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx",
    "boundary never used": b"Content-Type: multipart/mixed; boundary=b\r\n\r\nplain",
    "multipart without boundary": b"Content-Type: multipart/mixed\r\n\r\nplain",
    "boundary with regex": b'Content-Type: multipart/mixed; boundary="(a+)+$"\r\n\r\n--(a+)+$\r\n\r\nx',
    "empty parts": b"Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n--b\r\n--b--\r\n",
    "parentheses": b"From: " + b"(" * 5000 + b"\r\nSubject: x\r\n\r\n",
    "broken id": b"Message-ID: <a@[ ]>\r\nDate: not a date\r\n\r\n",
    "bad charset": b"Content-Type: text/plain; charset=no-such\r\nSubject: =?no-such?q?x?=\r\n\r\nx",
    "bad base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!",
    "quotes": b'Subject: a"b\\c\r\nFrom: "unclosed <x@y>, z\r\nContent-Type: a/b; n="x\r\n\r\n',
    "eight bit": "Subject: naïve\r\nFrom: Größe <ü@example.test>\r\n\r\nü\r\n".encode(),
    "many parameters": b"Content-Type: text/plain;" + b" a=b;" * 3000 + b"\r\n\r\n",
    "blank parameters": b"Content-Type: text/plain;" + b" " * 200_000 + b"\r\n\r\n",
    "deep": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300)
    ),
    "deep mails": b"Content-Type: message/rfc822\r\n\r\n" * 300,
    "many parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 9000,
    "group": b"To: undisclosed-recipients:;\r\nCc: Team: a@b, c@d;, <@r:e@f>\r\n\r\n",
}
