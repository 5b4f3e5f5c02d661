"""Armor that people and programs damaged, in ways that an expert undoes without a thought."""

from __future__ import annotations

import re
from collections.abc import Callable

from .case import Cases, label
from .letters import encrypted, entity, group, html, mail, text
from .rig import Rig, crlf
from .texts import FOOTER, IDOR, REDIRECT, RESET, SSRF, XSS, Story

CASES = Cases("mutation")

_REPAIRED = label("opened", ["good rita"], says=[IDOR.phrase, IDOR.more])
_SAME = label("pgp-inline opened", ["good whole rita"], "rita", says=[IDOR.phrase, IDOR.more])


def _block(rig: Rig, story: Story = IDOR, *options: str, signer: str = "rita") -> str:
    return rig.seal(story.body.encode(), signer, *options).decode("ascii")


def _damaged(
    name: str, change: Callable[[str], str], wanted: dict[str, object] = _REPAIRED
) -> None:
    """Inline armor of a signed report, changed."""

    def make(rig: Rig) -> bytes:
        return mail(rig.headers(IDOR.subject), text(change(_block(rig))))

    CASES.add(name, make, wanted)


def _headed(armor: str) -> str:
    begin = "-----BEGIN PGP MESSAGE-----\n"
    lines = "Version: GnuPG v2.0.22 (GNU/Linux)\nComment: Using GnuPG - https://gnupg.org/\nCharset: utf-8\n"  # fmt: skip
    return armor.replace(begin, begin + lines)


def _body(armor: str, change: Callable[[str], str]) -> str:
    """The armor with its data lines changed."""
    head, data, tail = re.split(r"(?<=\n\n)|(?=\n-----END)", armor, maxsplit=2)
    return head + change(data) + tail


_damaged("armor-version-and-comment", _headed, _SAME)
_damaged("armor-blank-line-lost", lambda a: a.replace("MESSAGE-----\n\n", "MESSAGE-----\n"))
_damaged(
    "armor-blank-line-lost-after-headers", lambda a: _headed(a).replace("utf-8\n\n", "utf-8\n")
)
_damaged("armor-blank-line-of-spaces", lambda a: a.replace("\n\n", "\n   \n", 1), _SAME)
_damaged("armor-damaged-by-quoted-printable", lambda a: _body(a, lambda d: re.sub(r"=(?=.{0,4}\Z|\n)", "=3D", d).replace("\n", "=20\n")))  # fmt: skip
_damaged("armor-equals-signs-as-3d", lambda a: a.replace("=", "=3D"))
_damaged("armor-quoted", lambda a: "Rita wrote:\n" + re.sub(r"(?m)^", "> ", a.strip()) + "\n", label("opened", says=[]) | {"message": {"text": {"contains": [IDOR.phrase, IDOR.more]}}})  # fmt: skip
_damaged("armor-indented", lambda a: re.sub(r"(?m)^(?=.)", "    ", a))
_damaged("armor-with-trailing-spaces", lambda a: a.replace("\n", "  \n"), _SAME)
_damaged("armor-double-spaced", lambda a: _body(a, lambda d: d.replace("\n", "\n\n")))
_damaged("armor-without-checksum", lambda a: re.sub(r"\n=[A-Za-z0-9+/]{4}\n", "\n", a), _SAME)
_damaged("armor-wrapped-at-40-columns", lambda a: _body(a, lambda d: re.sub(r"(.{40})(?=.)", r"\1\n", d.rpartition("\n=")[0]) + "\n=" + d.rpartition("\n=")[2]), _SAME)  # fmt: skip
_damaged("armor-dashes-made-long", lambda a: a.replace("-----", "\u2014\u2013-"))
_damaged("armor-after-byte-order-mark", lambda a: "\ufeff" + a, label("opened", ["good rita"], says=[IDOR.phrase]))  # fmt: skip
_damaged("armor-non-breaking-spaces-around", lambda a: a.replace("MESSAGE-----\n", "MESSAGE-----\u00a0\n"))  # fmt: skip
_damaged("armor-in-old-mac-line-ends-of-cr", lambda a: a.replace("\n", "\r"))

# --- text around it -------------------------------------------------------------------------------

_damaged(
    "text-before-and-after-encrypted",
    lambda a: "Hi, see the sealed part.\n\n" + a + "\nSent from my phone\n",
    label("pgp-inline opened", ["good part rita"], None, says=[IDOR.phrase, "see the sealed part"]),
)
_damaged(
    "list-footer-below-inline-encrypted",
    lambda a: a + FOOTER,
    label("pgp-inline opened", ["good part rita"], None, says=[IDOR.phrase]),
)


@CASES.case(
    "two-encrypted-blocks-in-one-part",
    label("pgp-inline opened", says=[IDOR.phrase, SSRF.phrase, SSRF.more]),
)
def _two(rig: Rig) -> bytes:
    both = _block(rig) + "\n" + _block(rig, SSRF)
    return mail(rig.headers("Two findings"), text(both))


@CASES.case(
    "two-encrypted-blocks-by-two-people",
    label("pgp-inline opened", ["good", "good"], None, says=[IDOR.phrase, SSRF.phrase]),
)
def _two_people(rig: Rig) -> bytes:
    both = _block(rig) + "\n" + _block(rig, SSRF, signer="ruben")
    return mail(rig.headers("Two findings"), text(both))


@CASES.case(
    "two-encrypted-blocks-second-not-ours", label(says=[IDOR.phrase], never=[SSRF.phrase], by=None)
)
def _second_shut(rig: Rig) -> bytes:
    other = rig.seal(SSRF.body.encode(), to="ruben").decode()
    return mail(rig.headers("Two findings"), text(_block(rig) + "\n" + other))


# --- web mailers ----------------------------------------------------------------------------------


def _gmail(armor: str) -> str:
    lines = "".join(f"<div>{line or '<br>'}</div>" for line in armor.splitlines())
    return f'<div dir="ltr">{lines}</div>\n'


@CASES.case(
    "gmail-paste-with-html-twin", label("pgp-inline opened", ["good rita"], says=[RESET.phrase])
)
def _twin(rig: Rig) -> bytes:
    armor = _block(rig, RESET)
    root = group("alternative", text(armor), html(_gmail(armor)), boundary="000000000000b1")
    return mail(rig.headers(RESET.subject), root)


@CASES.case(
    "gmail-paste-html-only", label("opened", ["good rita"], says=[RESET.phrase, RESET.more])
)
def _html_only(rig: Rig) -> bytes:
    return mail(rig.headers(RESET.subject), html(_gmail(_block(rig, RESET))))


@CASES.case("outlook-paste-html-pre", label("opened", ["good rita"], says=[XSS.phrase, XSS.more]))
def _pre(rig: Rig) -> bytes:
    page = f'<html><body><pre class="WordSection1">{_block(rig, XSS)}</pre></body></html>\n'
    return mail(rig.headers(XSS.subject), html(page))


@CASES.case(
    "gmail-paste-clearsigned-with-html-twin",
    label("pgp-inline clear", ["good rita"], says=[REDIRECT.phrase], never=["BEGIN PGP"]),
)
def _clear_twin(rig: Rig) -> bytes:
    armor = rig.clearsigned(REDIRECT.body, "rita").decode().replace("\r\n", "\n")
    root = group("alternative", text(armor), html(_gmail(armor)), boundary="000000000000b2")
    return mail(rig.headers(REDIRECT.subject), root)


@CASES.case(
    "format-flowed-clearsigned",
    label("pgp-inline clear", ["good whole rita"], "rita", says=["From there, anybody can read"]),
)
def _flowed(rig: Rig) -> bytes:
    """Space-stuffed lines (RFC 3676 4.4): the signed text is what was there before stuffing."""
    body = "https://app.mykonci.com/api/invoices/7 does not check who asks (IDOR).\n\nFrom there, anybody can read all invoices.\n"  # fmt: skip
    armor = re.sub(rb"(?m)^(?=From |>)", b" ", rig.clearsigned(body, "rita"))
    root = entity("text/plain; charset=utf-8; format=flowed", armor)
    return mail(rig.headers("IDOR"), root)


@CASES.case(
    "mime-armor-with-text-around-in-ciphertext-part",
    label("pgp-mime opened", ["good rita"], says=[SSRF.phrase, SSRF.more]),
)
def _around(rig: Rig) -> bytes:
    armor = rig.seal(text(SSRF.body), "rita")
    note = b"This part is encrypted.\n\n" + armor + b"\nScanned by the gateway of example.org\n"
    return mail(rig.headers(SSRF.subject), encrypted(crlf(note)))
