"""Doubts whether a person wrote a mail that no clear mark shows to be a program's.

They decide nothing but the automatic answer: a mail in doubt is answered by a person, and a
withheld answer becomes a task (invariant 7). So a doubt may be wrong, and silence may not: an
automatic answer goes out when somebody tells at first hand of a flaw, or asks us for something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from inboxd.core.armor import without_armor
from inboxd.core.forward import forwarded
from inboxd.core.likeness import (
    CERTAIN,
    DOUBTFUL,
    DOUBTFUL_ANSWER,
    EVEN,
    SURE,
    Likeness,
    signed,
)
from inboxd.core.model import CreditWish, Kind, Message, Understanding
from inboxd.core.notification import notification
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
    FIRST_PERSON,
    GOODBYE,
    GREETING,
    QUOTED_WORDS,
    SECOND_PERSON,
    SINGULAR,
)

MAX_TEXT = 10_000  # characters that are looked at
BRIEF = 300  # characters of a report at first hand that are too few words to weigh

_OURS_BEFORE = re.compile(
    r"\b(?:your|the|votre|vos|ihre|su|vuestra|vostra|sua)\b[^.!?\n]{0,20}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person should answer, and what the mail is when the marks of a program add up."""

    because: str  # without words of the mail: tasks and their letters hold none
    kind: Kind
    words: tuple[str, ...] = ()  # of the mail, that say it


def doubt(
    message: Message,
    understood: Understanding,
    kind: Kind,
    own: str,
    *,
    substance: bool,
    like: Likeness,
) -> Doubt | None:
    """None when a person plainly wrote it.

    `own`: our security address. `substance`: it tells of a flaw in so many fields that single words
    cannot make it noise. `like`: how much it is like a program's mail.
    """
    found = _found(message, understood, kind, own, substance=substance, like=like)
    certain = like.value >= CERTAIN and not formal(understood)
    if found is not None and found.kind is Kind.REPORT and certain:
        return replace(found, kind=Kind.OTHER)  # a person reads it; no case, no clock
    return found


def _found(
    message: Message,
    understood: Understanding,
    kind: Kind,
    own: str,
    *,
    substance: bool,
    like: Likeness,
) -> Doubt | None:
    if message.crypto.encrypted:  # programs do not encrypt to us; some sign
        return _around_unreadable(message, kind, like)
    told = _Told(message, understood, own_words(message))
    frame = notification(message, understood, own.lower())
    if frame is not None:
        somebody = substance or told.voice or like.value < EVEN
        return Doubt(frame, kind if somebody else Kind.BULK)
    on = told.ours and told.shown and forwarded(message.text[:MAX_TEXT], message.subject)
    if on and like.value < EVEN:
        return None  # few programs hand something on
    marks = _weak_marks(message, kind, told)
    if told.plainly(substance=substance) and (told.voice or told.whole or len(marks) < 2):
        marks = []
    if marks:
        because = marks[0][1]
        names = {name for name, _ in marks}
        noise = not told.quotes and told.is_noise(names, substance=substance)
        sells = told.leads and not told.voice and bool(names & _ASKED_BY_PROGRAMS)
        if noise and (len(marks) > 1 or sells) and not told.letter and like.value >= EVEN:
            return Doubt(because, _program(names))
        return Doubt(because, Kind.OTHER if noise and kind is Kind.REPORT else kind)
    nobody = _nobody(message, understood, kind, told, substance=substance)
    if nobody is None:
        if like.value < _bound(kind, told):
            return None
        because = f"its words are like those of programs' mails ({like.value:.2f} of 1)"
        return Doubt(because, kind, like.words)
    named = "" if told.answers else message.subject
    silent = not (told.formal or told.voice or told.quotes or told.says or WEAKNESS.search(named))
    return Doubt(nobody, Kind.OTHER if silent and kind is Kind.REPORT else kind)


def _around_unreadable(message: Message, kind: Kind, like: Likeness) -> Doubt | None:
    """A program may show us what it could not decrypt, and that is what we wrote."""
    said = without_armor(message.new_text).strip()
    if message.crypto.unreadable and said and like.value >= SURE:
        return Doubt("words of a program stand around what is encrypted", kind, like.words)
    return None


def _bound(kind: Kind, told: _Told) -> float:
    """From what likeness on a person answers, though no rule saw a program."""
    if told.alone and told.weak and told.signed and not told.answers and len(told.text) < BRIEF:
        return SURE
    lettered = kind not in (Kind.OTHER, Kind.QUESTION)  # people answer these in any case
    return DOUBTFUL_ANSWER if told.answers and lettered else DOUBTFUL


def _program(names: set[str]) -> Kind:
    """What a program's mail is whose weak marks add up."""
    if names == {"delivery"}:
        return Kind.BOUNCE
    return Kind.AUTO_REPLY if names & {"away", "ticket", "echo"} else Kind.BULK


def speaks_through(message: Message, understood: Understanding, *, substance: bool) -> bool:
    """Whether a person tells of a flaw through a list, a ticket system or a shared address.

    Then it must reach a person; the automatic answer stays withheld (invariant 7).
    """
    told = _Told(message, understood, own_words(message))
    speaks = SINGULAR.search(told.text) is not None or told.letter
    if substance or told.alone:
        return speaks or told.ours
    to_us = SECOND_PERSON.search(told.text) is not None
    return speaks and ((told.shown and to_us) or (told.ours and (to_us or told.signed)))


def own_words(message: Message) -> str:
    """The new text without what it repeats: words in quotes, header lines, the subject."""
    text = QUOTED_WORDS.sub(" ", ECHOED_HEADER.sub(" ", message.new_text[:MAX_TEXT]))
    subject = ECHO.split(message.subject)[-1].strip() if ECHO.search(message.subject) else ""
    return text.replace(subject, " ") if len(subject) > 3 else text


_ASKED_BY_PROGRAMS = {"survey", "unsubscribe", "automatic"}
_HEADED = ("heading", "label", "numbered")


def formal(understood: Understanding) -> bool:
    """Whether it has the form of a report."""
    headed = {name for name, found in understood.fields if found.how in _HEADED}
    return len(headed & _TOLD_IN_REPORTS) >= 2


_TOLD_IN_REPORTS = {"description", "impact", "reproduction_steps", "proof_of_concept"}


class _Told:
    """What of a mail shows that somebody speaks in it."""

    def __init__(self, message: Message, understood: Understanding, text: str) -> None:
        self.text = text
        # A subject alone names our hosts in alerts, too, and so do addresses of mail.
        body = re.sub(r"\S+@\S+", " ", message.text[:MAX_TEXT].lower())
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
        self.speaks = not self.answers and SINGULAR.search(text) is not None  # robots say "I", too
        self.signed = signed(message)
        self.leads = re.search(r"https?://", message.text[:MAX_TEXT]) is not None
        sealed = any(s.status == "good" for s in message.crypto.signatures)
        self.voice = sealed or self.alone or self.signed or SINGULAR.search(text) is not None
        self.weak = WEAKNESS.search(text) is not None
        self.quotes = quotes(message.text[:MAX_TEXT])  # as mail clients of people do
        self.says = self.claims or self.weak
        self.asks = re.search(r"[?？]", text) is not None or WAITS.search(text) is not None
        self.greets = _greets(text)
        programs = (AUTOMATIC, TICKET, SURVEY, UNSUBSCRIBE, AWAY, BOUNCE_TEXT)
        self.letter = self.greets and not any(words.search(text) for words in programs)

    def is_noise(self, marks: set[str], *, substance: bool) -> bool:
        """Whether nothing is told, and nothing asked but what programs ask, too."""
        speaks = self.alone or (self.ours and self.shown and self.speaks)
        asks = self.asks and (self.voice or not marks & _ASKED_BY_PROGRAMS)
        return not (substance or self.whole or speaks or self.says or asks)

    def plainly(self, *, substance: bool) -> bool:
        if MEASURES.search(self.text):
            return False
        told_of_us = self.ours or self.speaks
        shown = self.shown and substance and told_of_us and (self.proved or self.speaks)
        signed = self.ours and self.signed and self.speaks
        return shown or signed or (self.alone and (self.ours or self.shown))


def _nobody(
    message: Message, understood: Understanding, kind: Kind, told: _Told, *, substance: bool
) -> str | None:
    """Why nobody seems to speak in a mail; None when somebody does."""
    text = told.text
    if kind in (Kind.KEY_REQUEST, Kind.PGP_TEST):
        return None
    if kind in (Kind.REPORT, Kind.FOLLOW_UP):
        if _somebody_tells(message, understood, told, substance=substance):
            return None
        return "it may be a program's mail: nobody tells in it what they found"
    if kind is Kind.STATUS_REQUEST and re.search(r"[?？]", text):
        return None
    if kind is Kind.QUESTION:
        if told.quotes or (told.voice and (told.signed or SECOND_PERSON.search(text))):
            return None
        asked = any(SECOND_PERSON.search(one) for one in _QUESTIONS.findall(text))
        if asked and not told.leads:
            return None
        return "it may be a program's mail: nobody in it asks us"
    if kind is Kind.OTHER and not (told.quotes or told.signed):
        return "nobody signs it, and it asks for nothing that we answer by ourselves"
    if told.quotes or (FIRST_PERSON.search(text) and not told.answers):
        return None
    return "it may be a program's mail: nobody speaks for themselves in it"


def _somebody_tells(
    message: Message, understood: Understanding, told: _Told, *, substance: bool
) -> bool:
    """Whether somebody speaks of a flaw in it, at first hand or as only people do."""
    human = any(understood.flag(code) for code in ("physical", "beg-bounty"))
    if told.alone or human or understood.credit.wish is not CreditWish.UNKNOWN:
        return True
    if told.quotes and (told.ours or (told.voice and told.says)):
        return True  # an answer of a mail client
    titled = WEAKNESS.search(message.subject) is not None
    if titled and message.attachments and not told.text.strip():
        return True  # only screenshots
    if told.ours:
        named = told.weak or told.voice or (titled and not told.answers)
        if (told.signed and told.speaks) or (told.shown and named):
            return True
    about = told.ours or told.weak
    claims = (told.claims and (told.ours or told.voice)) or told.speaks or (about and told.voice)
    if claims and (about or (told.shown and told.proved)):  # companies say "we found", too
        return True
    to_us = told.weak and (told.ours or SECOND_PERSON.search(told.text) is not None)
    return substance and (told.whole or told.formal or told.voice or to_us)


_QUESTIONS = re.compile(r"[^.!?？。\n]{0,300}(?:\n[^.!?？。\n]{1,200})?[?？]")


def _greets(text: str) -> bool:
    """Whether it has the form of a letter: a greeting, some sentences to us and a goodbye."""
    formal = GREETING.match(text.strip()) and GOODBYE.search(text)
    return bool(formal) and len(text) > 250 and SECOND_PERSON.search(text) is not None


def _weak_marks(message: Message, kind: Kind, told: _Told) -> list[tuple[str, str]]:
    """(name, what it says) of every weak mark of a program."""
    local = message.sender.spec.partition("@")[0] if message.sender else ""
    subject = "" if told.quotes else message.subject
    whole = f"{subject}\n{told.text}"
    automatic = AUTOMATIC.search(whole)
    numbered = REFERENCE.search(told.text if told.answers else whole)  # "Re: [our number]"
    found = {
        "role": kind is not Kind.KEY_REQUEST and ROLE_LOCAL.fullmatch(local),
        "measures": MEASURES.search(whole),
        "automatic": automatic and not _OURS_BEFORE.search(whole[: automatic.start()]),
        "delivery": BOUNCE_SUBJECT.search(message.subject) or BOUNCE_TEXT.search(whole),
        "survey": SURVEY.search(whole),
        "away": AWAY.search(whole),
        "unsubscribe": UNSUBSCRIBE.search(whole),
        "ticket": (not told.quotes and numbered) or TICKET.search(whole),
    }
    marks = [(name, _SAYS[name]) for name, is_there in found.items() if is_there]
    if marks and told.answers and not told.quotes:
        marks.append(("echo", "it answers and quotes nothing"))
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
