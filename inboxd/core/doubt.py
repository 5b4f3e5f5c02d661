"""Doubts whether a person wrote a mail that no clear mark shows to be a program's.

They decide nothing but the automatic answer: a mail in doubt is answered by a person, and a
withheld answer becomes a task (invariant 7). So a doubt may be wrong, and silence may not: an
automatic answer goes out when somebody tells at first hand of a flaw, or asks us for something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.machine import (
    BOUNCE_SUBJECT,
    BOUNCE_TEXT,
    ECHO,
    QUOTED_WORDS,
    SINGULAR,
    TICKET,
    UNSUBSCRIBE,
)
from inboxd.core.model import CreditWish, Kind, Message, Understanding
from inboxd.core.quoting import quotes
from inboxd.core.vocabulary import CLAIM, WEAKNESS

MAX_TEXT = 10_000  # characters that are looked at

_ROLE_LOCAL = re.compile(
    r"(?:no-?)?(?:support|help|helpdesk|service|servicedesk|customer[._-]?(?:care|service|support|success)|kunden\w*|info|contact|kontakt|team|hello|billing|accounts?|invoices?|sales|marketing|news|updates?|feedback|survey\w*|orders?|shop|store|office|admin\w*|webmaster|hostmaster|root|system|server|service|monitor\w*|status|backups?|scan\w*|printer|fax|voicemail|calendar|events?|forms?|website|jobs|hr|careers|tickets?|desk|jira|git\w*|ci|build\w*|deploy\w*|security-?(?:alerts?|notice|scan\w*)|report(?:s|ing)|digest|mail|post|web|www-data|nobody|apache|wordpress|member(?:s|ship)|verify|verification|account-\w+|auto\w*|bot|.*[._-]bot|privacy|gdpr|dpo|legal|it|ai|p?cert|psirt|csirt|soc|tracker|notif\w+|board|www|sms|flows?|links|portal|watch|review|cve|lists?|assistant|transcripts?)",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"\b(?:auto(?:matic|mated|matically|mat(?!or|ion|e\b|iser|isier)\w{0,12}|[- ]?generated|[- ]?reply|[- ]?responder|svar)|otomatik\w*|no-?reply|(?:virtual|ai|digital) assistant|assistant (?:virtuel\w*|ia)|(?:asistente|assistente) virtual\w*|(?:virtuell\w*|digital\w*|ki-?) ?assistent\w*|chat ?bot\w*|assistant bot|['’]s (?:\w+ )?assistant\b|written by a machine|in the (?:last|past) \d+ ?(?:h|hours|days)\b|\d+ (?:violations|alerts|events|new issues)\b|transcript of (?:your|the)|copy of your (?:chat|conversation)|\bthis is the [\w-]+ (?:program|robot|server|daemon|list manager|software)\b|empty (?:reply|message|e-?mail) to|\bresults of your (?:e-?mail )?commands?\b|(?:joined|left) the chat|chat ended|content scanner|(?:notification|message|notice|e-?mail) (?:was|is|has been) (?:produced|generated|created) by)\b(?!['’]?s? (?:scan|tool|test|script|request|update|attack|crawl|check))|автомат\w*|αυτ[όο]ματ\w*|自动|自動|자동|تلقائي|אוטומטי",
    re.IGNORECASE,
)
_MEASURES = re.compile(  # in a person's voice, and no person's
    r"\bmachine transcript|\((?:limit|threshold) \d|\bi can (?:fix|improve|speed up|optimi[sz]e) (?:that|this|it|them|your \w+) for you\b|\b\d{1,3} ?/ ?100\b",
    re.IGNORECASE,
)
_OURS_BEFORE = re.compile(
    r"\b(?:your|the|votre|vos|ihre|su|vuestra|vostra|sua)\b[^.!?\n]{0,20}$", re.IGNORECASE
)
_AWAY = re.compile(
    r"\b(?:vacation|on (?:\w+ )?leave|holidays?|pto|out of office|office hours|absen\w+|cong[ée]s?|urlaub\w*|abwesen\w*|ferien|vacaciones|ausent\w*|f[ée]rias|ferie\w*|vakantie|verlof|semester\w*|ledig|lom(?:a|alla)|(?:f[öo]r[äa]ldra|tj[äa]nst|mamma|pappa|sjuk)ledig\w*|(?:barsels?|for[æe]ldre|pleie|fedre|mammas?)(?:orlov|permisjon)\w*|permisjon\w*|orlov|vanhempainvapa\w*|[äa]itiyslom\w*|hoitovapa\w*|elternzeit|mutterschutz|maternit\w+|paternit\w+|maternidad\w*|maternidade|congedo|macierzy[ńn]sk\w*|mate[řr]sk\w+|rodi[čc]ovsk\w+|(?:l[äa]ser (?:inte|ej)|l[æe]ser ikke) (?:min |mine )?(?:mejl|e-?post|mails?)|lese (?:ich )?(?:derzeit |momentan )?keine (?:e-?)?mails?|ne (?:lis|consulte) pas (?:mes|ma)|no (?:leo|reviso) (?:mi |el )?correo|nie czytam|(?:do not|don['’]t|not|won['’]t) read(?:ing)? (?:my )?(?:e-?)?mails?|urlop\w*|nieobecn\w*|dovolen\w*|szabads[áa]g\w*|concediu\w*|izin\w*|tatil\w*|sabbatical\w*|no longer (?:with|work\w*|employed|at)|limited access|(?:i am|i['’]m|je suis|ich bin|estoy|sono|estou) (?:currently |still |gerade |ahora )?(?:ill|sick|travell?ing|away|hiking|abroad|malade|en d[ée]placement|krank|unterwegs|enferm[oa]|de viaje|in viaggio|doente)|at a conference|when i(?:['’]ll| will| am|['’]m)? (?:be )?(?:back|return)|until further notice|changed jobs|new job|my (?:new|private) (?:e-?mail )?address is|mailbox is (?:changing|no longer)|moved to a new address|only checked (?:once|on)|switched off|vuelvo el|volto (?:na|no|em|dia)|командировк\w*|check (?:my )?e-?mails? (?:only|twice)|plus partie des effectifs|quitt[ée] (?:la|l['’]) ?\w+)\b"
    r"|отпуск\w*|відпуст\w*|άδεια|απουσ\w+|απουσιάζω|חופש\w*|إجازة|휴가|부재|休暇|不在|休假|度假|외출"
    r"|\b(?:tillbaka p[åa] kontoret|(?:jeg har|har|er i|í) fr[ií]i?\b|er even niet|(?:lees|beantwoord) ik (?:mijn|de) (?:mail|post)|mimo kancel[áa]ri[ea]|ngh[ỉi] ph[ée]p|(?:sedang|tengah) cuti|de vacances|oporretan|puhkusel|atva[ļl]in[āa]jum\w*|atostog\w*|godi[šs]nj\w+(?: \w+)? odmor\w*|na odmoru|me pushime|chhutti|ar saoire|reading (?:my )?mail only|i read (?:my )?mail only|ne travaille pas le|arbeite nicht am|nicht im dienst|has left (?:the|our) (?:company|organi[sz]ation|team|firm)|successor|no longer (?:employed|with (?:us|the|our)|monitored)|address is no longer|not (?:being )?monitored|niet meer werkzaam|ne fait plus partie|arbeitet nicht mehr|ya no trabaja)\b|одмору|ลา(?:พักร้อน|หยุด|กิจ|ป่วย)"
    r"|\b(?:(?:aim|try|strive|endeavou?r) to (?:reply|respond|answer|get back)|(?:get back|respond|reply) to you (?:within|as soon|shortly|asap)|with you shortly|check (?:out )?our (?:faq|help)|(?:un agente|un asesor|nuestro equipo) (?:revisar|se pondr|le |te )\w*|retornaremos|entraremos em contato|la ricontatteremo|vi ricontatteremo|nous (?:vous )?(?:r[ée]pond|recontact|reviend)r?ons|wir melden uns|(?:melden|antworten) uns? (?:so )?(?:bald|schnell|umgehend|innerhalb)|in den n[äa]chsten tagen bei ihnen|en un plazo de)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\bn[°ºr]\.? ?\d{3,}|(?:编号|單號|单号|番号|번호)\D{0,4}\d{3,}|\[[^\]\n]{0,20}#?[A-Z]{0,6}-?\d{3,}\]|\((?:ref|case|ticket|id)?[ #:.]*\d{4,}\)|#\d{4,}|\b(?:ticket|case|request|incident|ref(?:erence)?|vorgang|dossier|caso|chamado)\b[ :#.№°-]{1,4}[A-Z]{0,6}-?\d{3,}",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"\b(?:you(?:['’]re| are) receiving this|approve it\W+(?:trash|spam|reject|delete)|view (?:it|this|the (?:thread|issue|report|message|document))? ?(?:on|at|in|online|here)\b|(?:reply|respond) to this (?:e-?mail|message) directly|unwatch|un-?follow this|view (?:it|this|the \w+)?\s*:\s*https?|(?:manage|change|update|edit|adjust) (?:your )?(?:e-?mail |notification )?(?:notifications?|settings|preferences)|reply in [A-Z]\w+|going\?\W+yes|(?:log|sign) in to (?:see|view|read|review)|mailing list\n|this conversation ended|(?:commented on|assigned|mentioned you|invited you|shared (?:a|an|the|this) \w+ with you)\b"
    r"|vous recevez (?:ce|cet|cette)|(?:voir|g[ée]rer) (?:sur|en ligne|vos (?:pr[ée]f[ée]rences|notifications))|sie erhalten diese|benachrichtigungseinstellungen|recibe este (?:correo|mensaje)|riceve questa|recebeu (?:este|esta))",
    re.IGNORECASE,
)
_HEAD = re.compile(  # a first line that tells what somebody did in some program
    r"\W*[^\W\d][\w.'’-]{1,25}(?: [\w.'’-]{2,25}){0,2} (?:commented on|changed the (?:page|status|severity)|(?:re)?assigned|mentioned you|invited you|submitted (?:a|an|the) |wrote a comment|requested changes|approved (?:this|the|your)|replied (?:to|in|on)|shared (?:a|an|the) \w+ with you|declined (?:this|your)|accepted (?:this|your)|(?:re)?opened (?:a|an|the) (?:issue|ticket|pull)|closed (?:a|an|the) |a comment[ée]|hat (?:kommentiert|\S+ (?:zugewiesen|ge[äa]ndert)))",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(
    r"^[ \t>*]*(?:subject|betreff|objet|asunto|oggetto|assunto|onderwerp|[äa]mne|emne|aihe|temat|p[řr]edm[ěe]t|t[áa]rgy|konu|тема|θέμα|件名|主题|主旨|제목|to|an|[àa]|para|from|von|de|da)[ \t]*[:：][^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SURVEY = re.compile(
    r"\bhow (?:did we do|would you rate|was your|satisfied)|\brate (?:us|your|the (?:help|support|service))\b|satisfaction|[ée]valuer|bewerten|zufrieden",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"(?<![\w-])(?:i|i['’](?:m|ve|d|ll)|my|me|we|our|us|je|j['’]\w+|mon|ma|mes|moi|nous|notre|nos|ich|wir|mein\w*|mir|mich|uns\w*|yo|mi|mis|nosotros|he|io|mio|mia|noi|ho|eu|meu|minha|n[óo]s|ik|mijn|wij|jag|jeg|min|mitt|я|мы|мне|мой|моя)(?![\w-])|我|私|僕|저는|제가",
    re.IGNORECASE,
)


_SECOND_PERSON = re.compile(
    r"(?<![\w-])(?:you|your|yours|u|ur|vous|votre|vos|tu|ton|tes|sie|ihre?\w?|ihnen|euch|eure?\w?|su|sus|usted\w*|vuestr\w+|tuo|vostr\w+|voi|seu|sua|voc[êe]s?|jullie|je|jouw|uw|ni|din|вы|вас|вам|ваш\w*)(?![\w-])|您|你|貴社|御社|귀사",
    re.IGNORECASE,
)
_ALONE = re.compile(  # one person's own finding
    r"(?<![\w-])i(?:['’]ve| have| just| also)? (?:\w+ly )?(?:found|discovered|noticed|identified|observed|came across|detected|stumbled|spotted|saw|managed|was able|tested|tried|opened|changed|(?:could|can) (?!receive|not|help|assist|be of|offer|get back|reply|answer|respond|only)\w+)\b|\bj['’]ai (?:\w+ )?(?:trouv|d[ée]couvert|constat|remarqu|identifi|rep[ée]r|pu|test)|\bich (?:habe|konnte)\b|\b(?:just so you know|fyi|heads[- ]up)\b"
    r"|\b(?:he (?:encontrado|descubierto|visto|notado)|encontr[ée]|descubr[íi]|ho (?:trovato|scoperto|notato)|mi sono accort\w|encontrei|descobri|percebi|notei|reparei|ik (?:heb|vond|kon)|jag (?:hittade|kunde|har)|znalaz[łl][ea]m|zauwa[żz]y[łl][ea]m|g[öo]rd[üu]m|na[šs]el jsem|buldum|fark ettim)\b|я (?:\w+ )?(?:наш[её]л|обнаружил|заметил)|我(?:们)?(?:发现|在)|を(?:見つけ|発見)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person should answer, and what the mail is when the marks of a program add up."""

    because: str
    kind: Kind


def doubt(
    message: Message, understood: Understanding, kind: Kind, *, substance: bool
) -> Doubt | None:
    """None when a person plainly wrote it.

    `substance`: it tells of a flaw in so many fields that single words cannot make it noise.
    """
    if message.crypto.encrypted or message.crypto.signatures:
        return None  # programs do not
    if _HEAD.match(message.new_text):
        because = "it may be a program's notification: it begins with what somebody did there"
        return Doubt(because, kind)
    if _invites_home(message) or _FOOT.search(QUOTED_WORDS.sub(" ", _foot(message.text))):
        because = "it may be a program's notification: its last lines are those of one"
        return Doubt(because, kind)
    text = own_words(message)
    told = _Told(message, understood, text)
    marks = [] if told.plainly(substance=substance) else _weak_marks(message, kind, told)
    speaks = told.alone or (told.ours and told.shown and told.speaks)
    noise = not (substance or speaks or WEAKNESS.search(text) or re.search(r"[?？]", text))
    if len(marks) > 1 and noise and not told.quotes:
        names = {name for name, _ in marks}
        return Doubt(marks[0][1], Kind.BOUNCE if names == {"delivery"} else Kind.AUTO_REPLY)
    if marks:  # without a mark it stays a report, when unsure
        return Doubt(marks[0][1], Kind.OTHER if noise and kind is Kind.REPORT else kind)
    nobody = _nobody(message, understood, kind, told, substance=substance)
    return Doubt(nobody, kind) if nobody else None


def speaks_through(message: Message, understood: Understanding, *, substance: bool) -> bool:
    """Whether a person tells of a flaw through a list, a ticket system or a shared address.

    Then it must reach a person; the automatic answer stays withheld (invariant 7).
    """
    told = _Told(message, understood, own_words(message))
    speaks = SINGULAR.search(told.text) is not None
    if substance or told.alone:
        return speaks or told.ours
    to_us = _SECOND_PERSON.search(told.text) is not None
    return speaks and ((told.shown and to_us) or (told.ours and (to_us or told.signed)))


def own_words(message: Message) -> str:
    """The new text without what it repeats: words in quotes, header lines, the subject."""
    text = QUOTED_WORDS.sub(" ", _HEADER_LINE.sub(" ", message.new_text[:MAX_TEXT]))
    subject = ECHO.split(message.subject)[-1].strip() if ECHO.search(message.subject) else ""
    return text.replace(subject, " ") if len(subject) > 3 else text


class _Told:
    """What of a mail shows that somebody speaks in it."""

    def __init__(self, message: Message, understood: Understanding, text: str) -> None:
        self.text = text
        self.ours = any(u.scope == "in" and u.role == "target" for u in understood.urls)
        fields = ("reproduction_steps", "proof_of_concept")
        self.shown = any(understood.value(name) for name in fields)
        steps = understood.value("reproduction_steps") or ""
        self.proved = (
            bool(understood.value("proof_of_concept") or understood.value("impact"))
            or "\n" in str(steps).strip()
        )
        self.whole = all(understood.value(name) for name in (*fields, "impact"))
        self.alone = _ALONE.search(text) is not None
        self.answers = ECHO.search(message.subject) is not None
        self.speaks = not self.answers and SINGULAR.search(text) is not None  # robots say "I", too
        self.signed = _signed(message)
        self.quotes = quotes(message.text[:MAX_TEXT])  # as mail clients of people do

    def plainly(self, *, substance: bool) -> bool:
        if _MEASURES.search(self.text):
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
        human = any(understood.flag(code) for code in ("physical", "beg-bounty"))
        human = human or understood.credit.wish is not CreditWish.UNKNOWN
        human = human or (told.ours and (told.quotes or (told.signed and told.speaks)))
        if told.alone or human or (told.ours and told.shown):
            return None
        about = told.ours or WEAKNESS.search(text)
        voice = told.ours or SINGULAR.search(text)  # companies say "we found", too
        claims = (CLAIM.search(text) and voice) or told.speaks or (about and SINGULAR.search(text))
        if claims and (about or (told.shown and told.proved)):
            return None
        if substance and (
            told.ours or told.whole or SINGULAR.search(text) or _SECOND_PERSON.search(text)
        ):
            return None
        return "it may be a program's mail: nobody tells in it what they found"
    if kind is Kind.STATUS_REQUEST and re.search(r"[?？]", text):
        return None
    if kind is Kind.QUESTION and _SECOND_PERSON.search(text):
        return None
    if kind is Kind.OTHER and not (told.quotes or told.signed):
        return "nobody signs it, and it asks for nothing that we answer by ourselves"
    if told.quotes or (_FIRST_PERSON.search(text) and not told.answers):
        return None
    return "it may be a program's mail: nobody speaks for themselves in it"


def _signed(message: Message) -> bool:
    """Whether the name of the sender stands in the last lines, as people close their letters."""
    name = message.sender.name if message.sender else ""
    lines = [line for line in message.text.strip().split("\n") if line.strip()][-4:]
    last = set(re.findall(r"\w{2,}", " ".join(lines).casefold()))
    return bool(last & set(re.findall(r"\w{2,}", (name or "").casefold())))


_INVITES = re.compile(
    r"^\W*(?:go to|read|open|see|view|verify|review|manage|track|start|join|download|listen|look|answer|reply|have a look|lire|voir|ouvrir|r[ée]pondre|lesen|ansehen|[öo]ffnen|ver|leer|leggi|apri)\b[^\n]{0,80}https?://([^\s/:]+)",
    re.IGNORECASE | re.MULTILINE,
)


def _invites_home(message: Message) -> bool:
    """Whether the last lines lead to the sender's own site: notifications want a visit."""
    domain = message.sender.domain if message.sender else ""
    links = (found[1].lower() for found in _INVITES.finditer(_foot(message.text)))
    return any(domain and (host == domain or host.endswith(f".{domain}")) for host in links)


def _foot(text: str) -> str:
    """The last lines of a mail's own words: notifications say there why they came."""
    own = [line for line in text[-20_000:].split("\n") if not line.lstrip().startswith(">")]
    paragraphs = re.split(r"\n\s*\n", "\n".join(own).strip())
    return "\n\n".join((paragraphs[1:] or paragraphs)[-3:])[-800:]


def _weak_marks(message: Message, kind: Kind, told: _Told) -> list[tuple[str, str]]:
    """(name, what it says) of every weak mark of a program."""
    local = message.sender.spec.partition("@")[0] if message.sender else ""
    subject = "" if told.quotes else message.subject
    whole = f"{subject}\n{told.text}"
    automatic = _AUTOMATIC.search(whole)
    numbered = _REFERENCE.search(told.text if told.answers else whole)  # "Re: [our number]"
    found = {
        "role": kind is not Kind.KEY_REQUEST and _ROLE_LOCAL.fullmatch(local),
        "measures": _MEASURES.search(whole),
        "automatic": automatic and not _OURS_BEFORE.search(whole[: automatic.start()]),
        "delivery": BOUNCE_SUBJECT.search(message.subject) or BOUNCE_TEXT.search(whole),
        "survey": _SURVEY.search(whole),
        "away": _AWAY.search(whole),
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
