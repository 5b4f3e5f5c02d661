"""Doubts whether a person wrote a mail that no clear mark shows to be a program's.

They decide little but the automatic answer: a mail in doubt is answered by a person, and a
withheld answer becomes a task (invariant 7). So a doubt may be wrong, and silence may not.
"""

from __future__ import annotations

from dataclasses import dataclass

from inboxd.core.armor import without_armor
from inboxd.core.forward import forwarded
from inboxd.core.likeness import (
    CERTAIN,
    DOUBTFUL,
    DOUBTFUL_PERSONAL,
    EVEN,
    SURE,
    Likeness,
)
from inboxd.core.manner import MAX_TEXT, Manner
from inboxd.core.model import Kind, Message, Understanding
from inboxd.core.notification import notification, sent_to_many
from inboxd.core.words.voices import SECOND_PERSON, SINGULAR

BRIEF = 300  # characters of a report at first hand that are too few words to weigh


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
    told: Manner,
    *,
    substance: bool,
    like: Likeness,
) -> Doubt | None:
    """None when a person plainly wrote it.

    `own`: our security address. `substance`: it tells of a flaw in so many fields that single words
    cannot make it noise. `like`: how much it is like a program's mail.
    """
    if message.crypto.encrypted:  # programs do not encrypt to us; some sign
        return _around_unreadable(message, kind, like)
    frame = notification(message, understood, own.lower())
    if frame is not None:
        somebody = substance or told.voice or like.value < EVEN
        return Doubt(frame, _case(kind, told, like) if somebody else Kind.BULK)
    if like.value < _bound(message, kind, told):
        mailing = sent_to_many(message)
        return Doubt(mailing, kind) if mailing else None
    names = set(told.marks)
    if names:
        because = next(iter(told.marks.values()))
        asked = kind is Kind.KEY_REQUEST  # by no program
        noise = not (told.quotes or asked) and _is_noise(told, substance=substance)
        sells = told.leads and not told.voice and bool(names & _ASKED_BY_PROGRAMS)
        if noise and (len(names) > 1 or sells) and not told.letter and like.value >= EVEN:
            return Doubt(because, _program(names))
        return Doubt(because, _case(kind, told, like), like.words)
    because = f"its words are like those of programs' mails ({like.value:.2f} of 1)"
    return Doubt(because, _case(kind, told, like), like.words)


def _around_unreadable(message: Message, kind: Kind, like: Likeness) -> Doubt | None:
    """A program may show us what it could not decrypt, and that is what we wrote."""
    said = without_armor(message.new_text).strip()
    if message.crypto.unreadable and said and like.value >= SURE:
        return Doubt("words of a program stand around what is encrypted", kind, like.words)
    return None


def _bound(message: Message, kind: Kind, told: Manner) -> float:
    """From what likeness on a person answers."""
    if told.ours and told.shown and forwarded(message.text[:MAX_TEXT], message.subject):
        return EVEN  # few programs hand something on
    if told.alone and told.weak and told.signed and not told.answers and len(told.text) < BRIEF:
        return SURE
    told_to_us = told.ours and told.shown and told.voice and not (told.answers or told.marks)
    quotes = told.quotes and kind not in (Kind.OTHER, Kind.QUESTION)  # absence notes do, too
    personal = told_to_us or quotes or kind in (Kind.KEY_REQUEST, Kind.PGP_TEST)
    return DOUBTFUL_PERSONAL if personal else DOUBTFUL


def _case(kind: Kind, told: Manner, like: Likeness) -> Kind:
    """A report opens no case and starts no clock when a program certainly wrote it."""
    none = kind is Kind.REPORT and like.value >= CERTAIN and not told.formal
    return Kind.OTHER if none else kind  # a person reads it


def _program(names: set[str]) -> Kind:
    """What a program's mail is whose weak marks add up."""
    if names == {"delivery"}:
        return Kind.BOUNCE
    return Kind.AUTO_REPLY if names & {"away", "ticket", "echo"} else Kind.BULK


def speaks_through(told: Manner, *, substance: bool) -> bool:
    """Whether a person tells of a flaw through a list, a ticket system or a shared address.

    Then it must reach a person; the automatic answer stays withheld (invariant 7).
    """
    speaks = SINGULAR.search(told.text) is not None or told.letter
    if substance or told.alone:
        return speaks or told.ours
    to_us = SECOND_PERSON.search(told.text) is not None
    return speaks and ((told.shown and to_us) or (told.ours and (to_us or told.signed)))


_ASKED_BY_PROGRAMS = {"survey", "unsubscribe", "automatic"}


def _is_noise(told: Manner, *, substance: bool) -> bool:
    """Whether nothing is told, and nothing asked but what programs ask, too."""
    speaks = told.alone or (told.ours and told.shown and told.speaks)
    asks = told.asks and (told.voice or not set(told.marks) & _ASKED_BY_PROGRAMS)
    return not (substance or told.whole or speaks or told.says or asks)
