"""What a mail is for, with the evidence, and whether a robot may answer it.

Machine mail is told first. When unsure between a report and noise it is a report; robots are
never answered (invariant 7), and people are always answered or given to a human.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.armor import without_armor
from inboxd.core.doubt import doubt, speaks_through
from inboxd.core.likeness import (
    CERTAIN,
    DOUBTFUL,
    EVEN,
    TOLD,
    TOLD_BY_WORDS,
    UNLIKE,
    Learned,
    Likeness,
    facts,
    weigh,
    words,
)
from inboxd.core.machine import machine_kind
from inboxd.core.manner import Manner, own_words
from inboxd.core.model import Kind, Message, Understanding
from inboxd.core.trust import Voice
from inboxd.core.vocabulary import CLAIM, VAGUE_OFFER, WEAKNESS
from inboxd.core.words.noise import EXTORTION, PHISH, PITCH
from inboxd.core.words.requests import (
    ASKS,
    ASKS_FOR_KEY,
    CAN_YOU_READ,
    KEY_REQUEST,
    KEY_SUBJECT,
    KEY_WORDS,
    NAMES_KEY,
    ONLY_A_TEST,
    PGP_TEST,
    QUESTION,
    REMINDS,
    SECRECY,
    STATUS,
)
from inboxd.core.words.voices import ECHO


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: Kind
    evidence: tuple[str, ...]
    no_reply_because: str | None = None
    words: tuple[str, ...] = ()  # of the mail, that programs use; shown, never kept

    @property
    def shown(self) -> list[str]:
        """The evidence for a person who may read the mail itself."""
        used = [f"programs use its words: {', '.join(self.words)}"] if self.words else []
        return [*self.evidence, *used]

    @property
    def may_auto_reply(self) -> bool:
        return self.no_reply_because is None


def classify(
    message: Message, understood: Understanding, voice: Voice, own: str, learned: Learned
) -> Verdict:
    """Kind, evidence and whether an automatic answer may go out. `own`: our security address;
    `learned`: the weights of words."""
    told = [name for name, _ in understood.fields if name not in ("description", "contact")]
    whole = f"{message.true_subject}\n{message.new_text}"
    ours = any(u.scope == "in" and u.role == "target" for u in understood.urls)
    substance = _substance(understood, whole, told)
    machine = machine_kind(message, tells=ours or substance)
    manner = Manner(message, understood)
    said = words(message), facts(message, understood, manner)
    like = weigh(*said, learned.programs)
    kind, evidence_list = _human(message, understood, voice)
    if message.new_text.strip() and not (message.crypto.unreadable or manner.formal):
        report, status = weigh(*said, learned.reports), weigh(*said, learned.statuses)
        status = status if like.value < EVEN else Likeness(0.0)  # programs ask for nothing
        if like.value >= CERTAIN:  # the weights of reports know people's mails alone
            report = Likeness(min(report.value, EVEN))
        offer = kind is Kind.SPAM and like.value < DOUBTFUL  # of a person, then
        seen = _by_words(
            message, Kind.OTHER if offer else kind, report, status, substance=substance
        )
        kind, evidence_list = seen or (kind, evidence_list)
    if machine:
        sent = f"a program sent it: {machine.because}"
        mild = machine.words or machine.tool
        personal = mild and like.value < EVEN
        if personal or (machine.tool and speaks_through(manner, substance=substance)):
            return Verdict(kind, (*evidence_list, f"a person speaks; {machine.because}"), sent)
        fraud = machine.kind is not Kind.BOUNCE and PHISH.search(whole)
        return Verdict(Kind.SPAM if fraud else machine.kind, (machine.because,), sent)
    because = _no_reply(message, kind, own)
    used: tuple[str, ...] = ()
    if because is None and kind is not Kind.MEMBER:
        found = doubt(message, understood, kind, own, manner, substance=substance, like=like)
        if found is not None:
            because, used = found.because, found.words
            evidence_list = evidence_list if found.kind is kind else [because]
            kind = found.kind
    return Verdict(kind, tuple(evidence_list), because, used)


def _no_reply(message: Message, kind: Kind, own: str) -> str | None:
    """Why an automatic answer must not go to a mail that a person may have written."""
    if message.sender is None:
        return "it has no usable sender address"
    if message.sender.spec == own.lower():
        return "it claims to come from our own address"
    suppress = (message.header("x-auto-response-suppress") or "").lower()
    if re.search(r"\b(?:all|autoreply)\b", suppress):
        return "it asks for no automatic reply (X-Auto-Response-Suppress)"
    if (message.header("x-spam-flag") or "").strip().lower() == "yes":
        return "the mail server marked it as spam"
    if kind is Kind.SPAM:
        return "it looks like unsolicited advertising or fraud"
    return None


# --- people --------------------------------------------------------------------------------------


def _human(message: Message, understood: Understanding, voice: Voice) -> tuple[Kind, list[str]]:
    if voice.member is not None:
        return Kind.MEMBER, [
            f"a member of the team: {'signed' if voice.strong else 'authenticated'}"
        ]
    if message.crypto.unreadable and not _rehearses(message):
        return Kind.REPORT, [f"encrypted and not readable: {message.crypto.reason}"]
    plus = [r.partition("@")[0].partition("+")[2] for r in message.recipients]
    if "pgptest" in plus:
        return Kind.PGP_TEST, ["it was sent to the +pgptest address"]
    text = " ".join(without_armor(message.new_text).split())  # wherever lines were broken
    subject = message.true_subject
    whole = f"{subject}\n{text}"
    if ECHO.search(subject):  # what stands behind "Re:" is told by nobody now
        whole = " ".join(own_words(message).split())
    told = [
        n
        for n in ("components", "reproduction_steps", "impact", "proof_of_concept")
        if understood.value(n)
    ]
    if "key" in plus or "sendkey" in plus:
        return Kind.KEY_REQUEST, ["it was sent to the key address"]
    substance = _substance(understood, whole, told)
    if (not substance or ONLY_A_TEST.search(whole)) and _rehearses(message):
        return Kind.PGP_TEST, ["it says that it is a test of encryption"]
    shown = understood.value("proof_of_concept") or _ours(understood)
    if not (substance and shown) and _is_key_request(subject, text, message.text):
        return Kind.KEY_REQUEST, ["it asks for our OpenPGP key"]
    if not substance and PHISH.search(whole) and not _first_hand(understood):
        return Kind.SPAM, ["its words are those of account fraud"]
    if EXTORTION.search(whole) and not understood.value("proof_of_concept"):
        return Kind.SPAM, ["its words are those of extortion"]
    pitch = PITCH.findall(whole)
    if len(pitch) >= 2 and not substance:
        return Kind.SPAM, [f"its words are those of an offer ({len(pitch)} marks)"]
    asks_state = len(text) < 1500 and (not substance or REMINDS.search(whole))
    if asks_state and STATUS.search(whole):
        return Kind.STATUS_REQUEST, ["it asks for the state of an earlier report"]
    return _report_or_question(message, understood, whole, told)


def _by_words(
    message: Message, kind: Kind, report: Likeness, status: Likeness, *, substance: bool
) -> tuple[Kind, list[str]] | None:
    """What a mail is for by all its words (ADR 18), where no rule knows, or one is plainly wrong.

    `report`, `status`: how much it is like people's mails that tell of a flaw, or ask for news.
    """
    wrong = kind is Kind.REPORT and report.value < UNLIKE and not substance
    if not (wrong or kind in (Kind.QUESTION, Kind.OTHER)):
        return None
    like = max(report, status, key=lambda one: one.value)
    if like.value >= TOLD_BY_WORDS and len(like.words) == TOLD:  # words, not a lack of them
        if like is report:
            return Kind.REPORT, [f"{_LIKE} who tell of a flaw ({like.value:.2f} of 1)"]
        return Kind.STATUS_REQUEST, [f"{_LIKE} who ask how a report goes ({like.value:.2f} of 1)"]
    if wrong:
        asks = QUESTION.search(message.new_text) is not None
        because = (
            f"its words are unlike those of people who tell of a flaw ({report.value:.2f} of 1)"
        )
        return Kind.QUESTION if asks else Kind.OTHER, [because]
    return None


_LIKE = "its words are like those of people"


def _first_hand(understood: Understanding) -> bool:
    """Whether it shows how, on a host of ours: fraud never does."""
    ours = any(u.scope == "in" and u.role == "target" for u in understood.urls)
    return ours and understood.value("reproduction_steps") is not None


def _substance(understood: Understanding, whole: str, told: list[str]) -> bool:
    """Whether a text tells enough of a flaw that no word of noise can outweigh it."""
    headed = {n for n, f in understood.fields if f.how in ("heading", "numbered", "label")}
    if len(headed - {"contact"}) >= 2 and headed - {"contact", "components"}:
        return True
    ours = any(u.scope == "in" and u.role == "target" for u in understood.urls)
    telling = len(set(told) - {"components"})
    described = f"{whole}\n{understood.value('description')}"
    return (telling >= 2 and WEAKNESS.search(described) is not None) or (telling >= 3 and ours)


def _rehearses(message: Message) -> bool:
    """A short mail that says that it tries out encryption."""
    text = " ".join(without_armor(message.new_text).split())
    whole = f"{message.true_subject}\n{text}"
    sure = CAN_YOU_READ.search(text) or ONLY_A_TEST.search(whole)
    about_key = NAMES_KEY.search(whole) and not sure
    return len(text) < (700 if sure else 400) and bool(PGP_TEST.search(whole)) and not about_key


def _is_key_request(subject: str, text: str, whole: str) -> bool:
    if KEY_SUBJECT.match(subject) and len(text) < 300:
        return True
    if len(text) > 1200:
        return False
    if any(KEY_REQUEST.search(told) for told in (text, subject, f"{subject} {text}"[:600])):
        return True
    if _asks_about_key(f"{subject}\n{text}"):
        return True
    if re.search(KEY_WORDS, subject, re.IGNORECASE) and ASKS_FOR_KEY.search(text):
        return True
    # a short question under our own policy text, quoted
    asks_for_it = re.search(
        r"\b(?:have|send|get|need|envoyer|avoir)\b[^.\n]{0,20}\b(?:it|that|this|la)\b", text
    )
    quoted = "\n".join(line for line in whole.split("\n") if line.startswith(">"))
    return bool(len(text) < 200 and asks_for_it and re.search(KEY_WORDS, quoted, re.IGNORECASE))


def _asks_about_key(whole: str) -> bool:
    """Whether a short mail about encryption asks, and what it asks for is a key."""
    if len(whole) > 1000 or not SECRECY.search(whole) or not re.search(r"[?？]|\bplease\b", whole):
        return False
    return bool(NAMES_KEY.search(whole) and ASKS.search(whole))


def _ours(understood: Understanding) -> bool:
    return any(u.scope == "in" and u.role == "target" for u in understood.urls)


_ATTACKS = {"denial-of-service", "social-engineering", "physical"}


def _report_or_question(
    message: Message, understood: Understanding, whole: str, told: list[str]
) -> tuple[Kind, list[str]]:
    evidence = [f"it tells: {', '.join(told)}"] if told else []
    weakness = WEAKNESS.search(whole)
    if weakness:
        evidence.append("it names a weakness")
    if understood.cvss or understood.cwe:
        evidence.append("it rates or classifies a weakness")
    if any(u.scope == "in" and u.role == "target" for u in understood.urls):
        evidence.append("it names a host in scope")
    if message.crypto.decrypted:
        evidence.append("it came encrypted")
    attacks = [f.code for f in understood.flags if f.code in _ATTACKS]
    evidence += [f"it speaks of an attack: {code}" for code in attacks]
    text = message.new_text.strip()
    if not text and not message.attachments and not told:
        if WEAKNESS.search(message.true_subject):
            return Kind.REPORT, ["its subject names a weakness"]
        return Kind.OTHER, ["it is empty"]
    # a claim ("I found a bug") counts; a sentence that only asks about the policy does not
    claims = VAGUE_OFFER.search(whole) is not None or bool(weakness and CLAIM.search(whole))
    titled = message.subject.rstrip().endswith("?") and not ECHO.search(message.subject)
    asks = titled or QUESTION.search(message.new_text) is not None
    first_hand = {"reproduction_steps", "proof_of_concept"} & set(told)
    strong = bool(first_hand and (weakness or "components" in told))
    strong = strong or len(told) >= (3 if asks and not weakness else 2)
    strong = strong or bool(attacks and not asks)
    if strong or understood.cvss or claims or (weakness and not asks):
        return Kind.REPORT, evidence or ["it claims a weakness"]
    if asks:
        return Kind.QUESTION, ["it asks a question and reports nothing"]
    only_shows = told == ["proof_of_concept"] and len(evidence) == 1  # "my papers are attached"
    if evidence and not only_shows and (weakness or understood.value("description")):
        return Kind.REPORT, evidence
    return Kind.OTHER, ["it neither reports, asks nor answers anything we know"]
