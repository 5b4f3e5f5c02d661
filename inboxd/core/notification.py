"""The frame of a program's notification: how it begins and ends, what it left open, what it repeats.

Such a frame is no proof; a mail that has one is answered by a person (`doubt`).
"""

from __future__ import annotations

import re

from inboxd.core.model import Message, Understanding
from inboxd.core.words.programs import FOOT, HEAD, INVITES, MAILING_LIBRARY, TRANSCRIPT
from inboxd.core.words.voices import GOODBYE, GREETING, QUOTED_WORDS

MAX_TEXT = 10_000  # characters that are looked at


def notification(message: Message, understood: Understanding, own: str) -> str | None:
    """Why the frame of a mail is that of a program's notification; `own`: our security address."""
    if HEAD.match(message.new_text):
        return "it may be a program's notification: it begins with what somebody did there"
    lines = message.new_text.strip().split("\n")
    greeting = f"{message.subject}\n{lines[0][:200]}"
    addressed = GREETING.match(lines[0]) and _OPEN_FIELD.search(lines[0][:200])
    unfilled = (
        addressed or _FIELD.search(greeting) or _FORM.search(f"{greeting}\n{lines[-1][:200]}")
    )
    unfilled = unfilled or _CONTACT.search(message.text[:MAX_TEXT])
    if unfilled or _UNFILLED.search(f"{message.subject}\n{message.new_text[:200]}"):
        return "it is a template that a program did not fill in"
    contact = str(understood.value("contact") or "").lower().strip(" <>.\n")
    if contact == own or _we_sign(message, own):
        return "it repeats what we wrote: it names us as those who did"
    if len(TRANSCRIPT.findall(message.new_text[:MAX_TEXT])) >= 3:
        return "it may be a program's mail: it is the transcript of a conversation"
    if _invites_home(message) or FOOT.search(QUOTED_WORDS.sub(" ", _foot(message.text))):
        return "it may be a program's notification: its last lines are those of one"
    return None


def sent_to_many(message: Message) -> str | None:
    """Why the header of a mail that reads like a person's is that of a mailing."""
    if _NOBODY.search(message.header("to") or "") and not message.header("cc"):
        return "it names nobody it is for, as mass mailings do (RFC 3834, section 2)"
    if MAILING_LIBRARY.search(message.header("x-mailer") or ""):
        return "a site's program sent it, as its X-Mailer says"
    return None


_UNFILLED = re.compile(
    r"(?m)^.{0,60}(?:\{\{|%%|\*\||<%=?|\[\[)\s?(?:f(?:irst)?_?name|name|company|domain|firm|contact|website|url)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\{\{\s?[^\W\d][\w. ]{1,30}\}\}")  # in any language: {{civilite}}
_OPEN_FIELD = re.compile(r"(?<![/=\w.{$])\{[^\W\d]\w{0,20}_\w{1,20}\}")  # "Hello {nom_du_site}"
_NOBODY = re.compile(r":\s{0,9};\s{0,9}$")  # a group without members (RFC 5322, 3.4)
_CONTACT = re.compile(r"\{\{\s?(?:contact|lead|prospect|recipient)\.\w")  # of a mailing program
_FORM = re.compile(  # [NOM_DU_SITE]
    r"\[(?:SIGNATURE|[^\W\d_a-z]{2,20}(?:_[^\W\d_a-z]{2,20}){1,4})\]"
)


def _we_sign(message: Message, own: str) -> bool:
    """Whether the name of our own domain stands under the last goodbye."""
    labels = own.rpartition("@")[2].split(".")
    name = re.escape(max(labels[:-1] or labels, key=len))
    goodbyes = [found.end() for found in GOODBYE.finditer(message.new_text[:MAX_TEXT])]
    if not goodbyes:
        return False
    below = message.new_text[goodbyes[-1] :].strip().partition("\n\n")[0]
    return re.search(rf"(?i)(?<![\w.@-]){name}\b(?!\.\w)", below[:300]) is not None


def _invites_home(message: Message) -> bool:
    """Whether the last lines lead to the sender's own site: notifications want a visit."""
    domain = message.sender.domain if message.sender else ""
    links = (found[1].lower() for found in INVITES.finditer(_foot(message.text)))
    return any(domain and (host == domain or host.endswith(f".{domain}")) for host in links)


def _foot(text: str) -> str:
    """The last lines of a mail's own words: notifications say there why they came."""
    own = [line for line in text[-20_000:].split("\n") if not line.lstrip().startswith(">")]
    paragraphs = re.split(r"\n\s*\n", "\n".join(own).strip())
    return "\n\n".join((paragraphs[1:] or paragraphs)[-3:])[-800:]
