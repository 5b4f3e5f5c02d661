"""Programs that write mail: bounces, absence notes, lists, tickets, receipts, reports of servers.

Told by the headers that programs set (RFC 3834, 3464, 8098, 5965, 2369) and then by their typical
words in many languages. A robot that is answered may answer back for ever (invariant 7).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from inboxd.core.cards import CARD_TYPES, calendar_method
from inboxd.core.model import Kind, Message
from inboxd.core.vocabulary import WEAKNESS
from inboxd.core.words.absence import ABSENCE, ABSENCE_TEXT, WAITS
from inboxd.core.words.programs import (
    ASSISTANT,
    AUTO_HEADERS,
    AUTOMATIC_TEXT,
    CHALLENGE,
    CLIENT,
    CONTACT_FORM,
    DAEMON_LOCAL,
    INVITATION,
    LIST_HEADERS,
    NOTICE_HEADERS,
    RECEIPT_SUBJECT,
    ROBOT_LOCAL,
    SYSTEM_SUBJECT,
    TICKET,
    UNSUBSCRIBE,
)
from inboxd.core.words.servers import BOUNCE_SUBJECT, BOUNCE_TEXT, FAILED_TO, MTA
from inboxd.core.words.voices import ANSWERS_NOTE, ECHO, FIRST_HAND, QUOTED_WORDS, SINGULAR


class Machine(NamedTuple):
    """What a program's mail is and what shows it."""

    kind: Kind
    because: str
    tool: bool = False  # people write through such a program, too: lists, ticket systems
    words: bool = False  # no header shows it, and people may use the same words


def machine_kind(message: Message, *, tells: bool = False) -> Machine | None:
    """The kind of a mail that a program wrote and what shows it; None when a person did.

    `tells`: its text tells so much of a flaw that a link to unsubscribe is part of the story.
    """
    types = {media_type for media_type, _ in message.report_parts}
    content_type = (message.header("content-type") or "").lower().replace('"', "")
    if (
        "message/delivery-status" in types
        or "message/global-delivery-status" in types
        or "report-type=delivery-status" in content_type
    ):
        return _delivery_status(message)
    if (
        "message/disposition-notification" in types
        or "report-type=disposition-notification" in content_type
    ):
        return _disposition(message)
    if "message/feedback-report" in types or "report-type=feedback-report" in content_type:
        return Machine(Kind.BULK, "it is a feedback report (RFC 5965)")
    if any(file.media_type == "application/vnd.gnupg.wks" for file in message.attachments):
        return Machine(Kind.AUTO_REPLY, "a Web Key Service asks to confirm a key")  # draft-koch
    methods = {calendar_method(text) for name, text in message.report_parts if name in CARD_TYPES}
    if methods & {"REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER", "CANCEL"}:
        return Machine(Kind.AUTO_REPLY, "it answers or takes back an invitation (RFC 5546)")
    if message.header("x-failed-recipients") is not None:
        return Machine(Kind.BOUNCE, "it carries X-Failed-Recipients")
    local = message.sender.spec.partition("@")[0] if message.sender else _nameless(message)
    robot = bool(ROBOT_LOCAL.match(local))
    null_path = message.return_path == ""
    daemon = bool(DAEMON_LOCAL.match(local))
    words = BOUNCE_SUBJECT.search(message.subject) or (
        BOUNCE_TEXT.search(message.text[:4000]) and (null_path or robot)
    )
    back = "message/rfc822" in types and not SINGULAR.search(message.new_text[:600])
    if back and BOUNCE_SUBJECT.search(message.subject) and not _typed(message):
        return Machine(Kind.BOUNCE, "it brings back a mail under the subject of a delivery failure")
    if words and MTA.search(message.text[:200]) and not _typed(message):
        return Machine(Kind.BOUNCE, "its words are those of a mail server that could not deliver")
    if _fails_to(message) and not (tells or _typed(message)):
        return Machine(Kind.BOUNCE, "it names a recipient whose server took no mail")
    if not null_path and _typed(message):
        words = BOUNCE_SUBJECT.search(message.subject)  # postmasters are people, too
    if words and (null_path or daemon or (robot and BOUNCE_TEXT.search(message.text[:4000]))):
        return Machine(Kind.BOUNCE, "its sender and words are those of a delivery failure notice")
    marked = _by_headers(message)
    if marked:
        return marked
    said = _by_words(message, robot=robot, null_path=null_path, tells=tells)
    return said._replace(words=not null_path) if said else None


def _fails_to(message: Message) -> bool:
    """Whether nobody speaks in it, and it says which address no mail reaches."""
    text = message.new_text[:2000]
    told = BOUNCE_SUBJECT.search(message.subject) or BOUNCE_TEXT.search(text)
    return bool(told and FAILED_TO.search(text)) and not SINGULAR.search(text)


def _nameless(message: Message) -> str:
    """What stands for the sender's local part where From has no address ("Postmaster <>")."""
    claimed = re.sub(r"[<>\"].*", "", message.header("from") or "").strip().lower()
    return claimed or (message.return_path or "").partition("@")[0]


def _typed(message: Message) -> bool:
    """Whether a person may stand behind a program's address: a mail client, or who is to be
    answered, says so."""
    client = message.header("user-agent") or message.header("x-mailer") or ""
    locals_ = [address.spec.partition("@")[0] for address in message.reply_to]
    answered = bool(locals_) and not any(ROBOT_LOCAL.match(local) for local in locals_)
    return answered or CLIENT.search(client) is not None


def _delivery_status(message: Message) -> Machine:
    told = " ".join(
        text for name, text in message.report_parts if "delivery-status" in name
    ).lower()
    actions = set(re.findall(r"^action\s*:\s*(\w+)", told, re.MULTILINE))
    if actions and actions <= {"delivered", "relayed", "expanded"}:  # RFC 3464 2.3.3
        return Machine(
            Kind.AUTO_REPLY,
            f"a delivery status that tells of no failure: {', '.join(sorted(actions))[:40]}",
        )
    return Machine(Kind.BOUNCE, "it holds a delivery status (RFC 3464)")


def _disposition(message: Message) -> Machine:
    """A read receipt; or the refusal of a filter, which says so in the same form (RFC 5429 2.2)."""
    told = " ".join(
        text for name, text in message.report_parts if "disposition-notification" in name
    )
    if re.search(r"(?im)^disposition\s*:\s*automatic-action/[^;\n]*;\s*deleted\b", told):
        return Machine(Kind.BOUNCE, "a filter of the recipient refused it (RFC 5429)")
    return Machine(Kind.AUTO_REPLY, "it is a read receipt (RFC 8098)")


def _is_ticket(message: Message, text: str) -> bool:
    """Whether it speaks as ticket systems do; behind "Re:" stands what we wrote, or they."""
    subject = "" if ECHO.search(message.subject) else message.subject
    return TICKET.search(f"{subject}\n{text[:1500]}") is not None


def _by_headers(message: Message) -> Machine | None:
    marked = next((name for name in AUTO_HEADERS if message.header(name) is not None), None)
    submitted = (
        (message.header("auto-submitted") or "no").split(";")[0].split("(")[0].strip().lower()
    )
    listed = next((name for name in LIST_HEADERS if message.header(name) is not None), None)
    ticket = _is_ticket(message, message.text)
    if submitted not in ("no", ""):
        answers = submitted == "auto-replied" or marked or _answers(message)
        kind = Kind.AUTO_REPLY if answers and not (listed and not ticket) else Kind.BULK
        desk = submitted == "auto-generated" and any(message.header(name) for name in _AGENTS)
        return Machine(kind, f"Auto-Submitted: {submitted[:40]} (RFC 3834)", tool=desk)
    if marked:
        return Machine(Kind.AUTO_REPLY, f"it carries {marked}", tool=marked in _DESK_HEADERS)
    noted = next((name for name in NOTICE_HEADERS if message.header(name) is not None), None)
    if noted:
        return Machine(Kind.BULK, f"it carries {noted}")
    precedence = (
        (message.header("precedence") or message.header("x-precedence") or "").strip().lower()
    )
    if precedence in ("auto_reply", "auto-reply", "autoreply"):
        return Machine(Kind.AUTO_REPLY, f"Precedence: {precedence}")
    absence = ABSENCE.search(message.subject)
    if precedence in ("bulk", "junk") and (
        absence or ticket or ABSENCE_TEXT.search(message.new_text[:600])
    ):
        return Machine(
            Kind.AUTO_REPLY, f"Precedence: {precedence}, and words of an automatic answer"
        )
    if listed and ticket:
        return Machine(
            Kind.AUTO_REPLY, f"it carries {listed}, and words of a ticket system", tool=True
        )
    if listed:
        return Machine(Kind.BULK, f"it carries {listed} (RFC 2369)", tool=True)
    if precedence in ("bulk", "junk", "list"):
        return Machine(Kind.BULK, f"Precedence: {precedence}", tool=precedence == "list")
    if _LIST_LOCAL.match(message.return_path or "") or _LIST_LOCAL.match(
        (message.header("sender") or "").rpartition("<")[2]
    ):
        return Machine(Kind.BULK, "a mailing list sent it, as its envelope says", tool=True)
    return None


_ASSISTS = re.compile(
    r"\b(?:ai|virtual|digital|mail|inbox) ?(?:assistant|agent|bot|note ?taker|scribe)\b|\bnote ?taker\b|\(bot\)|\[bot\]|\b(?:chat)?bot$",
    re.IGNORECASE,
)
_AGENTS = ("x-jira-fingerprint", "x-zendesk-from-account-id", "x-helpscout-thread", "x-freshdesk")
_DESK_HEADERS = (*_AGENTS, "x-servicenow-generated", "x-ticket-id")  # people write through them
_LIST_LOCAL = re.compile(r"(?i)\s*(?:owner-[\w.+=-]+|[\w.+=-]+-(?:owner|request))@")


def _answers(message: Message) -> bool:
    """Whether a program's mail is an answer, as absence notes are, and no news of its own."""
    noted = ABSENCE.search(message.subject) or ABSENCE_TEXT.search(message.new_text[:600])
    ticket = _is_ticket(message, message.text)
    return bool(noted or ticket or message.in_reply_to or ECHO.search(message.subject))


def _by_words(message: Message, *, robot: bool, null_path: bool, tells: bool) -> Machine | None:
    absence = ABSENCE.search(message.subject)
    echoes = ECHO.search(message.subject) is not None  # behind "Re:" stand our words, or theirs
    about_weakness = not echoes and WEAKNESS.search(message.subject) is not None
    answers_us = ANSWERS_NOTE.match(message.subject) is not None
    if absence and not (tells or about_weakness or answers_us or _long_report(message)):
        return Machine(Kind.AUTO_REPLY, "its subject is that of an absence note")
    note = QUOTED_WORDS.sub(" ", message.new_text or message.text[:1500])
    short = len(note) < 1500 and not about_weakness and not _long_report(message)
    if short and ABSENCE_TEXT.search(note[:700]) and not WAITS.search(note[:700]):
        return Machine(Kind.AUTO_REPLY, "its words are those of an absence note", tool=tells)
    if short and AUTOMATIC_TEXT.search(note[:700]):
        kind = Kind.AUTO_REPLY if _answers(message) else Kind.BULK
        return Machine(kind, "it says that it was made automatically")
    named = message.sender.name or "" if message.sender else ""
    if _ASSISTS.search(named) or (short and not tells and ASSISTANT.search(note[:1500])):
        kind = Kind.AUTO_REPLY if _answers(message) else Kind.BULK
        return Machine(kind, "an assistant program writes, as it says")
    if re.search(r"\bvia\b", named) and re.match(r"\W*(?:re: )?\[", message.subject, re.I):
        return Machine(Kind.BULK, "a mailing list passes it on, as its From says", tool=True)
    if short and not tells and "http" in note and UNSUBSCRIBE.search(note):
        return Machine(Kind.BULK, "it says how to unsubscribe", tool=True)
    if short and _is_ticket(message, note) and not message.in_reply_to[1:]:
        return Machine(Kind.AUTO_REPLY, "its words are those of a ticket system", tool=True)
    if len(note) < 600 and INVITATION.search(note):
        return Machine(Kind.AUTO_REPLY, "it answers an invitation")
    if short and CHALLENGE.search(f"{message.subject}\n{note}"):
        return Machine(Kind.AUTO_REPLY, "it asks a sender to confirm that they are human")
    if message.header("x-auto-response-suppress") and (absence or robot or null_path):
        return Machine(Kind.AUTO_REPLY, "it carries X-Auto-Response-Suppress")
    if RECEIPT_SUBJECT.match(message.subject) and not about_weakness:
        return Machine(
            Kind.AUTO_REPLY, "its subject is that of a receipt or an answered invitation"
        )
    if SYSTEM_SUBJECT.match(message.subject) and not about_weakness:
        return Machine(Kind.BULK, "its subject is that of a program's notice")
    if null_path:
        return Machine(Kind.AUTO_REPLY, "its return path is empty (RFC 5321 4.5.5)")
    if robot:
        form = message.sender and CONTACT_FORM.search(message.sender.name or "")
        tool = form is not None or _typed(message)
        return Machine(Kind.BULK, "its sender is a program's address", tool=tool)
    return None


def _long_report(message: Message) -> bool:
    """A text that names weaknesses more than once is a report, whatever its subject begins with."""
    text = message.new_text[:5000]
    if "http" in text and FIRST_HAND.search(text):
        return True
    named = {found.lower() for found in WEAKNESS.findall(text)}
    return len(text) > 250 and len(named) >= 2
