"""What a mail is for, with the evidence, and whether a robot may answer it.

Machine mail is told first, from headers that programs set (RFC 3834, 3464, 8098, 5965, 2369) and
then from their typical words. When unsure between a report and noise it is a report; robots are
never answered (invariant 7), and people are always answered or given to a human.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.model import Kind, Message, Understanding
from inboxd.core.trust import Voice
from inboxd.core.vocabulary import VAGUE_OFFER, WEAKNESS


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: Kind
    evidence: tuple[str, ...]
    no_reply_because: str | None = None

    @property
    def may_auto_reply(self) -> bool:
        return self.no_reply_because is None


_ROBOT_LOCAL = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|noreply\+.*|bounces?(?:[+-].*)?|listserv|majordomo"
    r"|mailman|notifications?|alerts?|owner-.*|.*-request|.*-owner|.*-bounces)$",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"^(?:(?:automatic|auto|automated)[- ]?(?:reply|response|antwort)|out of (?:the )?office|away from|on (?:vacation|leave)"
    r"|r[ée]ponse automatique|absence|absent|abwesenheit|automatische antwort|risposta automatica|respuesta autom[áa]tica"
    r"|resposta autom[áa]tica|je suis absent|autoreply|vacation)\b|\bout of (?:the )?office\b",
    re.IGNORECASE,
)
_ABSENCE_TEXT = re.compile(
    r"\b(?:i am|i'm|i will be|je suis|je serai|actuellement)\b[^.\n]{0,40}\b(?:out of (?:the )?office|on (?:annual |parental |sick |maternity )?(?:leave|vacation|holiday)"
    r"|away (?:from|until)|absent\w*|en cong[ée]s?|en vacances)\b",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"^(?:(?:mail )?delivery (?:status notification|failed|failure|has failed)|undeliver(?:able|ed)|returned mail|failure notice"
    r"|mail delivery (?:failed|failure|system)|delayed mail|warning: (?:could not send|message)|nicht zustellbar|non remis|[ée]chec de la remise"
    r"|message not delivered|delivery incomplete)",
    re.IGNORECASE,
)
_BOUNCE_TEXT = re.compile(
    r"\b(?:could not be delivered|delivery to the following recipients? (?:has )?failed|permanent(?: fatal)? errors?"
    r"|undeliverable|user unknown|no such user|mailbox (?:is full|unavailable)|this is the mail system at host"
    r"|i'm afraid i wasn't able to deliver)",
    re.IGNORECASE,
)
_KEY_WORDS = (
    r"(?:(?:pgp|gpg|openpgp|public|encryption|cl[ée]|schl[üu]ssel|clave|chiave|chave)[ -]?(?:pgp|gpg|key|keys|publique|publik\w*|p[úu]blica"
    r"|public|cl[ée]|schl[üu]ssel|de chiffrement|de cifrado)|\bpgp\b|\bgpg\b|cl[ée] publique|ключ)"
)
_NAMES_KEY = re.compile(r"\b(?:keys?|cl[ée]s?|schl[üu]ssel|clave|chiave|chave)\b", re.IGNORECASE)
_KEY_REQUEST = re.compile(
    r"\b(?:send|share|provide|give|need|get|have|obtain|request\w*|where|find|what|want|looking for|publish|envoy\w+|fournir|transmettre|communiquer"
    r"|partager|donner|avoir|obtenir|besoin|schicken|senden|brauche|enviar|necesito|inviare|mandar|pouvez|could|can|please|merci)\b[^?!\n]{0,120}"
    + _KEY_WORDS
    + r"|\b(?:answer|reply|repond\w+|répond\w+) with yours\b|"
    + _KEY_WORDS
    + r"[^.!?\n]{0,60}\b(?:please|pls|plz|request|available|on request|s'il vous pla[iî]t|svp|bitte|por favor)\b",
    re.IGNORECASE,
)
_KEY_SUBJECT = re.compile(
    r"^\W*(?:re:\s*)?(?:request(?: for)?(?: your)?|need|your|send|votre|demande de|the)?\W*(?:pgp|gpg|openpgp)\W*(?:public)?\W*(?:key|cl[ée]|schl[üu]ssel)?\W*"
    r"(?:request|please|svp)?\W*$|^\W*(?:public key|encryption key|cl[ée] (?:pgp|publique))\W*(?:request|please)?\W*$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:any (?:update|news|progress)|status (?:of|on|update|request)|what(?:'s| is) the (?:status|state)|follow(?:ing)? up on my (?:report|mail)"
    r"|haven't heard|have not heard|no (?:answer|reply|response) (?:yet|so far)|o[ùu] en est|des nouvelles|[ée]tat d'avancement"
    r"|did you (?:get|receive) my (?:report|mail|email))\b",
    re.IGNORECASE,
)
_PITCH = re.compile(
    r"\b(?:our (?:company|team|agency|services?|solution|platform|experts) (?:offers?|provides?|can help|helps)|we (?:offer|provide|specialize|deliver)"
    r"|book a (?:call|demo|meeting)|schedule a (?:call|demo|meeting)|free (?:trial|demo|quote|consultation|audit)|special offer|limited time|pricing"
    r"|seo|backlinks?|guest post|lead generation|grow your (?:business|revenue)|increase your (?:traffic|sales)|discount|nos services|notre agence"
    r"|prendre rendez-vous|devis gratuit|on behalf of our clients|partnership opportunity|15[- ]minute call|quick call)\b",
    re.IGNORECASE,
)
_PHISH = re.compile(
    r"\b(?:your (?:mailbox|account|password|e-?mail|storage)(?: \w+){0,3} (?:is|has been|will be|expires?|was) (?:\w+ )?(?:full|suspended|expir\w+|locked|disabled|limited|closed|deactivated)"
    r"|verify your (?:account|identity|mailbox|password)|confirm your (?:password|account|identity)|click (?:here|below|the link) to (?:verify|restore|confirm|avoid|keep|update|release)"
    r"|unusual (?:sign-?in|activity)|invoice (?:is )?attached|you have won|lottery|wire transfer|inheritance|bitcoin wallet|votre compte (?:a été|sera|est) (?:suspendu|bloqué|limité))\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?|\b(?:i (?:would like|want) to know|could you (?:tell|clarify|confirm)|question|je voudrais savoir|est-ce que|pouvez-vous)\b",
    re.IGNORECASE,
)
_PGP_TEST = re.compile(
    r"\b(?:test(?:ing)?|trying|check(?:ing)?|essai|v[ée]rifi\w+)\b[^.\n]{0,60}\b(?:pgp|gpg|encrypt\w*|chiffr\w*)\b"
    r"|\b(?:pgp|gpg|encrypt\w*|chiffrement)\b[^.\n]{0,30}\b(?:test|rehearsal|essai)\b",
    re.IGNORECASE,
)


def classify(message: Message, understood: Understanding, voice: Voice, own: str) -> Verdict:
    """Kind, evidence and whether an automatic answer may go out. `own`: our security address."""
    machine = _machine(message)
    if machine:
        kind, evidence = machine
        return Verdict(kind, (evidence,), f"a program sent it: {evidence}")
    kind, evidence_list = _human(message, understood, voice)
    return Verdict(kind, tuple(evidence_list), _no_reply(message, kind, own))


# --- programs ------------------------------------------------------------------------------------


def _machine(message: Message) -> tuple[Kind, str] | None:
    types = {media_type for media_type, _ in message.report_parts}
    content_type = (message.header("content-type") or "").lower()
    if "message/delivery-status" in types or "report-type=delivery-status" in content_type.replace(
        '"', ""
    ):
        return Kind.BOUNCE, "it holds a delivery status (RFC 3464)"
    if "message/disposition-notification" in types:
        return Kind.AUTO_REPLY, "it is a read receipt (RFC 8098)"
    if "message/feedback-report" in types:
        return Kind.BULK, "it is a feedback report (RFC 5965)"
    local = message.sender.spec.partition("@")[0] if message.sender else ""
    robot = bool(_ROBOT_LOCAL.match(local))
    null_path = message.return_path == ""
    bounce_words = _BOUNCE_SUBJECT.search(message.subject) or (
        _BOUNCE_TEXT.search(message.text[:4000]) and (null_path or robot)
    )
    if bounce_words and (null_path or re.match(r"(?i)mailer-daemon|postmaster", local)):
        return Kind.BOUNCE, "its sender and words are those of a delivery failure notice"
    return _machine_headers(message, robot=robot, null_path=null_path)


def _machine_headers(message: Message, *, robot: bool, null_path: bool) -> tuple[Kind, str] | None:
    absence = _ABSENCE.search(message.subject)
    submitted = (message.header("auto-submitted") or "no").split(";")[0].strip().lower()
    if submitted != "no":
        return Kind.AUTO_REPLY, f"Auto-Submitted: {submitted[:40]} (RFC 3834)"
    for name in ("x-autoreply", "x-autorespond", "x-auto-reply-from", "x-autogenerated"):
        if message.header(name) is not None:
            return Kind.AUTO_REPLY, f"it carries {name}"
    precedence = (message.header("precedence") or "").strip().lower()
    if precedence in ("auto_reply", "auto-reply"):
        return Kind.AUTO_REPLY, f"Precedence: {precedence}"
    for name in (
        "list-id",
        "list-unsubscribe",
        "list-post",
        "x-campaign",
        "feedback-id",
        "x-mailgun-tag",
    ):
        if message.header(name) is not None:
            return Kind.BULK, f"it carries {name} (RFC 2369)"
    if precedence in ("bulk", "junk", "list"):
        return Kind.BULK, f"Precedence: {precedence}"
    if absence and not WEAKNESS.search(message.subject):
        return Kind.AUTO_REPLY, "its subject is that of an absence note"
    note = message.new_text
    if len(note) < 800 and _ABSENCE_TEXT.search(note[:600]) and not WEAKNESS.search(note):
        return Kind.AUTO_REPLY, "its words are those of an absence note"
    if message.header("x-auto-response-suppress") and (absence or robot or null_path):
        return Kind.AUTO_REPLY, "it carries X-Auto-Response-Suppress"
    if re.match(r"(?i)\[?report domain:|.*\bdmarc (?:aggregate )?report\b", message.subject):
        return Kind.BULK, "it is an aggregate report of a mail provider"
    if null_path:
        return Kind.AUTO_REPLY, "its return path is empty (RFC 5321 4.5.5)"
    if robot:
        return Kind.BULK, "its sender is a program's address"
    return None


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
    if message.crypto.unreadable:
        return Kind.REPORT, [f"encrypted and not readable: {message.crypto.reason}"]
    plus = [r.partition("@")[0].partition("+")[2] for r in message.recipients]
    if "pgptest" in plus:
        return Kind.PGP_TEST, ["it was sent to the +pgptest address"]
    text = " ".join(message.new_text.split())  # cues must not care where lines were broken
    subject = message.true_subject
    whole = f"{subject}\n{text}"
    told = [
        n
        for n in ("components", "reproduction_steps", "impact", "proof_of_concept")
        if understood.value(n)
    ]
    if "key" in plus or "sendkey" in plus:
        return Kind.KEY_REQUEST, ["it was sent to the key address"]
    substance = len(set(told) - {"components"}) >= 2 or any(
        f.how in ("heading", "numbered") for _, f in understood.fields
    )
    rehearses = len(text) < 400 and _PGP_TEST.search(whole) and not _NAMES_KEY.search(whole)
    if not substance and rehearses:
        return Kind.PGP_TEST, ["it says that it is a test of encryption"]
    if not substance and _is_key_request(subject, text, message.text):
        return Kind.KEY_REQUEST, ["it asks for our OpenPGP key"]
    if not substance and _PHISH.search(whole) and not understood.value("reproduction_steps"):
        return Kind.SPAM, ["its words are those of account fraud"]
    pitch = _PITCH.findall(whole)
    if len(pitch) >= 2 and not substance:
        return Kind.SPAM, [f"its words are those of an offer ({len(pitch)} marks)"]
    if not substance and _STATUS.search(whole) and len(text) < 1500:
        return Kind.STATUS_REQUEST, ["it asks for the state of an earlier report"]
    return _report_or_question(message, understood, whole, told)


def _is_key_request(subject: str, text: str, whole: str) -> bool:
    if _KEY_SUBJECT.match(subject) and len(text) < 300:
        return True
    if len(text) > 1200:
        return False
    if _KEY_REQUEST.search(text) or _KEY_REQUEST.search(subject):
        return True
    # a short question under our own policy text, quoted
    asks_for_it = re.search(
        r"\b(?:have|send|get|need|envoyer|avoir)\b[^.\n]{0,20}\b(?:it|that|this|la)\b", text
    )
    quoted = "\n".join(line for line in whole.split("\n") if line.startswith(">"))
    return bool(len(text) < 200 and asks_for_it and re.search(_KEY_WORDS, quoted, re.IGNORECASE))


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
    if not text and not message.attachments:
        if WEAKNESS.search(message.true_subject):
            return Kind.REPORT, ["its subject names a weakness"]
        return Kind.OTHER, ["it is empty"]
    # a claim ("I found a bug") counts; a sentence that only asks about the policy does not
    claims = VAGUE_OFFER.search(whole) is not None
    asks = _QUESTION.search(message.new_text) is not None
    first_hand = {"reproduction_steps", "proof_of_concept"} & set(told)
    strong = bool(first_hand and (weakness or "components" in told)) or len(told) >= 2
    strong = strong or bool(attacks and not asks)
    if strong or understood.cvss or claims or (weakness and not asks):
        return Kind.REPORT, evidence or ["it claims a weakness"]
    if asks:
        return Kind.QUESTION, ["it asks a question and reports nothing"]
    if evidence and (weakness or understood.value("description")):
        return Kind.REPORT, evidence
    return Kind.OTHER, ["it neither reports, asks nor answers anything we know"]
