"""What shows whether somebody speaks in a mail: what is true of it, and weak marks of programs.

None of it decides alone. The weights of `likeness` know what each is worth beside all words, and
`doubt` names the marks when a person should answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from inboxd.core.model import Message, Understanding
from inboxd.core.quoting import quotes
from inboxd.core.vocabulary import CLAIM, WEAKNESS
from inboxd.core.words.absence import AWAY, WAITS
from inboxd.core.words.programs import (
    AUTOMATIC,
    MEASURES,
    REFERENCE,
    ROLE_LOCAL,
    SURVEY,
    TICKET,
    UNSUBSCRIBE,
)
from inboxd.core.words.servers import BOUNCE_SUBJECT, BOUNCE_TEXT
from inboxd.core.words.voices import (
    ALONE,
    ECHO,
    ECHOED_HEADER,
    GOODBYE,
    GREETING,
    QUOTED_WORDS,
    SECOND_PERSON,
    SINGULAR,
)

MAX_TEXT = 10_000  # characters that are looked at

_HEADED = ("heading", "label", "numbered")
_TOLD_IN_REPORTS = {"description", "impact", "reproduction_steps", "proof_of_concept"}
_NO_NAME = re.compile(r"https?://|(?i:\b(?:team|crew|[ée]quipe|equipo|squadra)\b)")
_OURS_BEFORE = re.compile(
    r"\b(?:your|the|votre|vos|ihre|su|vuestra|vostra|sua)\b[^.!?\n]{0,20}$", re.IGNORECASE
)


class Manner:
    """What of a mail shows that somebody speaks in it, or that a program may have written it."""

    def __init__(self, message: Message, understood: Understanding) -> None:
        text = self.text = own_words(message)
        shown = message.text[:MAX_TEXT]
        # A subject alone names our hosts in alerts, too, and so do addresses of mail.
        body = re.sub(r"[^\s@]{1,64}@\S{1,255}", " ", shown.lower())
        self.ours = any(
            u.scope == "in" and u.role == "target" and u.host in body for u in understood.urls
        )
        fields = ("reproduction_steps", "proof_of_concept")
        self.shown = any(understood.value(name) for name in fields)
        steps = understood.value("reproduction_steps") or ""
        self.proved = (
            bool(understood.value("proof_of_concept") or understood.value("impact"))
            or "\n" in str(steps).strip()
        )
        self.whole = all(understood.value(name) for name in (*fields, "impact"))
        self.formal = formal(understood)
        self.alone = ALONE.search(text) is not None
        self.claims = CLAIM.search(text) is not None
        self.answers = ECHO.search(message.subject) is not None
        singular = SINGULAR.search(text) is not None
        self.speaks = not self.answers and singular  # robots say "I", too
        self.signed = signed(message)
        self.leads = re.search(r"https?://", shown) is not None
        sealed = any(s.status == "good" for s in message.crypto.signatures)
        self.voice = sealed or self.alone or self.signed or singular
        self.weak = WEAKNESS.search(text) is not None
        self.quotes = quotes(shown)  # as mail clients of people do
        self.says = self.claims or self.weak
        self.asks = re.search(r"[?？]", text) is not None or WAITS.search(text) is not None
        self.greets = _greets(text)
        programs = (AUTOMATIC, TICKET, SURVEY, UNSUBSCRIBE, AWAY, BOUNCE_TEXT)
        self.letter = self.greets and not any(words.search(text) for words in programs)
        self.marks = _weak_marks(message, self)

    def names(self) -> set[str]:
        """The names of all that is true."""
        true = {name for name, value in vars(self).items() if value is True}
        return true | {f"mark {name}" for name in self.marks}


def own_words(message: Message) -> str:
    """The new text without what it repeats: words in quotes, header lines, the subject."""
    text = QUOTED_WORDS.sub(" ", ECHOED_HEADER.sub(" ", message.new_text[:MAX_TEXT]))
    subject = ECHO.split(message.subject)[-1].strip() if ECHO.search(message.subject) else ""
    return text.replace(subject, " ") if len(subject) > 3 else text


def formal(understood: Understanding) -> bool:
    """Whether it has the form of a report."""
    headed = {name for name, found in understood.fields if found.how in _HEADED}
    return len(headed & _TOLD_IN_REPORTS) >= 2


def signed(message: Message) -> bool:
    """Whether the name of the sender stands in the last lines, as people close their letters; the
    name of their site or of a desk there is no person's."""
    if message.sender is None:
        return False
    names = set(re.findall(r"\w{2,}", (message.sender.name or "").casefold()))
    site = f"{message.sender.domain} {message.header('x-mailer') or ''}".casefold()
    lines = [line for line in message.text.strip().split("\n") if line.strip()][-4:]
    last: set[str] = set()
    for line in lines:
        words = re.findall(r"\w{2,}", line.casefold())
        if len(words) > 6:  # a name may end a line, or be a short one
            last.update(words[-1:])
        elif not _NO_NAME.search(line[:200]):
            last.update(words)
    return any(name not in site and not ROLE_LOCAL.fullmatch(name) for name in last & names)


def _greets(text: str) -> bool:
    """Whether it has the form of a letter: a greeting, some sentences to us and a goodbye."""
    formal = GREETING.match(text.strip()) and GOODBYE.search(text)
    return bool(formal) and len(text) > 250 and SECOND_PERSON.search(text) is not None


def _weak_marks(message: Message, told: Manner) -> Mapping[str, str]:
    """The name of every weak mark of a program, and what it says."""
    local = message.sender.spec.partition("@")[0] if message.sender else ""
    subject = "" if told.quotes else message.subject
    whole = f"{subject}\n{told.text}"
    automatic = AUTOMATIC.search(whole)
    numbered = REFERENCE.search(told.text if told.answers else whole)  # "Re: [our number]"
    found = {
        "role": ROLE_LOCAL.fullmatch(local),
        "measures": MEASURES.search(whole),
        "automatic": automatic and not _OURS_BEFORE.search(whole[: automatic.start()]),
        "delivery": BOUNCE_SUBJECT.search(message.subject) or BOUNCE_TEXT.search(whole),
        "survey": SURVEY.search(whole),
        "away": AWAY.search(whole),
        "unsubscribe": UNSUBSCRIBE.search(whole),
        "ticket": (not told.quotes and numbered) or TICKET.search(whole),
    }
    marks = {name: _SAYS[name] for name, is_there in found.items() if is_there}
    if marks and told.answers and not told.quotes:
        marks["echo"] = "it answers and quotes nothing"
    return marks


_SAYS = {
    "role": "its sender may be a program: the address names a role",
    "automatic": "it may be a program's mail: it speaks of something automatic",
    "measures": "it may be a program's mail: it measures, or offers to repair",
    "delivery": "it may be a notice of a mail server: it speaks of a delivery",
    "survey": "it may be a program's mail: it asks how content we are",
    "away": "it may be an absence note: it speaks of leave",
    "unsubscribe": "it may be a program's mail: it says how to unsubscribe",
    "ticket": "it may be a ticket system's mail: it carries a reference",
}
