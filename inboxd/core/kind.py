"""What a mail is for, with the evidence, and whether a robot may answer it.

Machine mail is told first. When unsure between a report and noise it is a report; robots are
never answered (invariant 7), and people are always answered or given to a human.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.doubt import doubt, own_words, speaks_through
from inboxd.core.machine import ECHO, machine_kind
from inboxd.core.model import Kind, Message, Understanding
from inboxd.core.trust import Voice
from inboxd.core.vocabulary import CLAIM, VAGUE_OFFER, WEAKNESS


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: Kind
    evidence: tuple[str, ...]
    no_reply_because: str | None = None

    @property
    def may_auto_reply(self) -> bool:
        return self.no_reply_because is None


_PGP = r"(?:pgp|gpg|openpgp|gnupg)"
_KEY_NOUN = (
    r"(?:keys?|fingerprint|cl[ée]s?|empreinte|schl[üu]ssel\w*|clave|llave|huella|chiave|chiavi|impronta|chave|sleutel\w*|vingerafdruk|nyckel\w*|n[øo]kkel\w*|n[øo]gle\w*|avain\w*|avaim\w*|klucz\w*|kl[íi][čc]\w*|kulcs\w*"
    r"|anahtar\w*|cheie|cheia|ключ\w*|отпечат\w*|公钥|密钥|公開鍵|鍵|키|공개키|κλειδ\w*|מפתח|مفتاح)"
)
_KEY_WORDS = (
    rf"(?:{_PGP}[ -]?(?:public |open |açık |publi\w+ |öffentliche\w* )?{_KEY_NOUN}|{_KEY_NOUN}[ -]?(?:publi\w+ |p[úu]blica |pubblica |público )?(?:de |di |da |для )?{_PGP}"
    rf"|(?:public|encryption|[öo]ffentliche\w*|publieke|publika|offentlig\w*|julkinen|ve[řr]ejn\w+|genel) {_KEY_NOUN}|{_KEY_NOUN} (?:publi\w+|p[úu]blica|pubblica|de chiffrement|de cifrado|publicznego|publiczny)|(?:открыт\w+|публичн\w+) {_KEY_NOUN}|\b{_PGP}\b|公钥|公開鍵)"
)
_NAMES_KEY = re.compile(rf"\b{_KEY_NOUN}", re.IGNORECASE)
_ASKS_FOR = (
    r"(?:send|share|provide|give|need|get|have|obtain|request\w*|where|find|what|which|want|looking for|publish|tell|confirm|point me|envoy\w+|fournir|transmettre|communiquer|partager|donner|avoir|obtenir|besoin|o[ùu]|quelle"
    r"|schicken|schickt|senden|sendet|brauche|ben[öo]tige|wo|gibt es|habt|haben sie|h[äa]tte|enviar\w*|env[íi]\w*|mandar\w*|necesito|podr[íi]a\w*|d[óo]nde|tienen|compartir|inviar\w*|mandare|dove|avete|posso|potete|vorrei|onde|preciso|poderia\w*|podem|t[êe]m"
    r"|ontvang\w*|stuur\w*|sturen|graag|waar|hebben|skicka\w*|sende|kan|finns|hvor|har|l[äa]hett[äa]\w*|prosz[ęe]|przes[łl]a\w*|gdzie|po[šs]l\w*|kde|k[üu]ldje\w*|g[öo]nder\w*|nerede|trimit\w*|пришл\w*|отправ\w*|нужен|где|дайте|请|發|发|送って|送付|いただけ|ください|教えて|보내|pouvez|could|can|please|merci|bitte|por favor|per favore)"
)
_KEY_REQUEST = re.compile(
    rf"(?:\b{_ASKS_FOR}\b|请|送)[^?!\n。]{{0,120}}{_KEY_WORDS}"
    rf"|\b(?:answer|reply|repond\w+|répond\w+) with yours\b|{_KEY_WORDS}[^.!?\n。]{{0,60}}(?:\b(?:please|pls|plz|request|available|on request|s'il vous pla[iî]t|svp|bitte|por favor|per favore|prosz[ęe]|lütfen|пожалуйста|g[öo]nder\w*|zenden|sturen|schicken|senden|zukommen|inviar\w*|mandar\w*|enviar\w*)\b|发给|發給|送って|いただけ|ください|보내)",
    re.IGNORECASE,
)
_ASKS_FOR_KEY = re.compile(rf"\b{_ASKS_FOR}\b[^?!\n。]{{0,60}}\b{_KEY_NOUN}", re.IGNORECASE)
_KEY_SUBJECT = re.compile(
    r"^\W*(?:re:\s*)?(?:request(?: for)?(?: your)?|need|your|send|votre|demande de|the)?\W*(?:pgp|gpg|openpgp)\W*(?:public)?\W*(?:key|cl[ée]|schl[üu]ssel)?\W*"
    r"(?:request|please|svp)?\W*$|^\W*(?:public key|encryption key|cl[ée] (?:pgp|publique))\W*(?:request|please)?\W*$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:any (?:update|news|progress)|status (?:of|on|update|request)|what(?:'s| is) the (?:status|state)|follow(?:ing)? up on my (?:report|mail)"
    r"|haven't heard|have not heard|no (?:answer|reply|response) (?:yet|so far)|o[ùu] en est|o[ùu] en [êe]tes|des nouvelles|[ée]tat d'avancement|any(?:thing)? new|still waiting|checking in|gentle reminder|just (?:a )?reminder|is (?:it|this) fixed|has (?:it|this) been fixed|when will (?:it|this) be fixed"
    r"|did (?:you|my (?:report|mail|email)) (?:get|receive|arrive|reach)\w*(?: (?:my|to) (?:report|mail|email|you))?|(?:re[çc]u|bien re[çc]u) mon (?:rapport|mail|message|signalement)|stand der dinge|wie ist der (?:aktuelle )?stand|etwas neues|gibt es (?:schon )?(?:neuigkeiten|neues)|haben sie meine? (?:meldung|mail|nachricht)"
    r"|alguna novedad|hay novedades|en qu[ée] estado|han recibido mi|novit[àa] (?:su|sul|sulla|riguardo)|a che punto|avete ricevuto (?:la mia|il mio)|alguma novidade|novidades sobre|receberam (?:o meu|meu|a minha)|enig nieuws|stand van zaken|hebben jullie mijn|какой статус|есть ли новости|получили ли вы|有进展|进展如何|处理进度|進捗|状況(?:は|を))(?!\w)",
    re.IGNORECASE,
)
_PITCH = re.compile(
    r"\b(?:our (?:company|team|agency|services?|solution|platform|experts) (?:offers?|provides?|can help|helps)|we (?:offer|provide|specialize|deliver)"
    r"|book a (?:call|demo|meeting)|schedule a (?:call|demo|meeting)|free (?:trial|demo|quote|consultation|audit)|special offer|limited time|pricing"
    r"|seo|backlinks?|guest post|lead generation|grow your (?:business|revenue)|increase your (?:traffic|sales)|discount|nos services|notre agence"
    r"|\d{1,3} ?% (?:off|discount|guaranteed|rabatt|de r[ée]duction)|100 ?% guarantee\w*|only this week|limited (?:offer|spots|seats)|new customers|our consultants?|get (?:iso|soc|pci|certified)\b|iso[ -]?27001 certif\w*|first page (?:of|on) google|rank(?:ing)?s? (?:on|in) google|buy now|order now|act now|unsubscribe here|click to unsubscribe|to (?:unsubscribe|opt[ -]out)|web ?design|mobile app development|outsourc\w+|dedicated developers|hire (?:our|dedicated)|email list|verified leads|decision makers|roi\b"
    r"|attendees?(?:['’]s?)? (?:list|contacts?)|visitors? list|contacts? list|page one|organic (?:traffic|search)|first page|\b(?:rank|ranking)s?\b|interested in (?:acquiring|purchasing|buying)|let me know your (?:thoughts|interest)|are you interested|floating this|top of your inbox|(?:see|get|read) my (?:last|previous|earlier) (?:note|mail|e-?mail|message)|happy to send (?:some )?times|would you be (?:open|interested)|no prescription|sin receta|env[íi]o (?:gratis|discreto)|oferta|discreet"
    r"|prendre rendez-vous|devis gratuit|on behalf of our clients|partnership opportunity|15[- ]minute call|quick call)\b",
    re.IGNORECASE,
)
_PHISH = re.compile(
    r"\b(?:your (?:mailbox|account|password|e-?mail|storage)(?: \w+){0,3} (?:is|has been|will be|expires?|was) (?:\w+ )?(?:full|suspended|expir\w+|locked|disabled|limited|closed|deactivated)"
    r"|verify your (?:account|identity|mailbox|password)|confirm your (?:password|account|identity)|click (?:here|below|the link) to (?:verify|restore|confirm|avoid|keep|update|release)"
    r"|i (?:have )?(?:hacked|infected|recorded) (?:you|your|a video)|through (?:the|your) (?:camera|webcam)|\b(?:btc|bitcoins?)\b[^.]{0,40}\b(?:wallet|address|within)|wallet bc1|send (?:the )?(?:video|recording) to (?:all )?your contacts|(?:votre|un) colis[^.]{0,60}(?:attente|frais|livr|suspendu)|frais de (?:livraison|douane)|your (?:parcel|package|delivery)[^.]{0,60}(?:fee|pending|suspended|held)|gift cards?|are you (?:available|at your desk)|next of kin|beneficiary|million (?:dollars|usd|euros)|(?:docusign|sharepoint|onedrive) (?:document|file)[^.]{0,30}(?:review|sign)"
    r"|(?:mailbox|e-?mail|storage|account)(?: \w+){0,4} (?:quota|storage|limit)[^.]{0,60}(?:exceed|full|reached)|(?:upgrade|validate|re-?activate|update|verify) your (?:mailbox|account|e-?mail)|keep (?:using )?(?:your )?(?:same|current) password|late (?:husband|client|father)|deceased|fund transfer|inheritance|guaranteed (?:profits?|returns?)|crypto (?:invest|trading|wallet)\w*|viagra|cialis|pharmacy|farmacia|pastillas|casino"
    r"|rechnung[^.]{0,60}(?:[üu]berf[äa]llig|offen|anhang|beigef[üu]gt)|mahnung|inkasso|konto[^.]{0,30}(?:gesperrt|eingeschr[äa]nkt)|su cuenta[^.]{0,30}(?:suspendida|bloqueada)|il (?:suo|tuo) (?:account|conto)[^.]{0,30}(?:sospeso|bloccato)"
    r"|unusual (?:sign-?in|activity)|invoice (?:is )?attached|you have won|lottery|wire transfer|inheritance|bitcoin wallet|votre compte (?:a été|sera|est) (?:suspendu|bloqué|limité))\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?(?=[\s\"')\]]|$)|？|\b(?:i (?:would like|want) to know|could you (?:tell|clarify|confirm)|question|je voudrais savoir|est-ce que|pouvez-vous)\b",
    re.IGNORECASE,
)
_PGP_TEST = re.compile(
    r"\b(?:test(?:ing)?|trying|check(?:ing)?|essai|v[ée]rifi\w+)\b[^.\n]{0,60}\b(?:pgp|gpg|encrypt\w*|chiffr\w*)\b"
    r"|\b(?:pgp|gpg|encrypt\w*|chiffrement)\b[^.\n]{0,30}\b(?:test|rehearsal|essai)\b|\b(?:can|could) you (?:read|decrypt|open) this\b|\b(?:test|try)\b[^.\n]{0,40}\bdecrypt\b|pouvez-vous (?:lire|d[ée]chiffrer) (?:ce|cela)|k[öo]nn(?:t ihr|en sie) das (?:lesen|entschl[üu]sseln)",
    re.IGNORECASE,
)


_CAN_YOU_READ = re.compile(
    r"\b(?:can|could|do) you (?:read|decrypt|open) (?:this|it|me)\b", re.IGNORECASE
)


def classify(message: Message, understood: Understanding, voice: Voice, own: str) -> Verdict:
    """Kind, evidence and whether an automatic answer may go out. `own`: our security address."""
    told = [name for name, _ in understood.fields if name not in ("description", "contact")]
    whole = f"{message.true_subject}\n{message.new_text}"
    ours = any(u.scope == "in" and u.role == "target" for u in understood.urls)
    tells = ours or _substance(understood, whole, told)
    machine = machine_kind(message, tells=tells)
    kind, evidence_list = _human(message, understood, voice)
    if machine:
        sent = f"a program sent it: {machine.because}"
        substance = _substance(understood, whole, told)
        if machine.tool and speaks_through(message, understood, substance=substance):
            return Verdict(kind, (*evidence_list, f"a person speaks; {machine.because}"), sent)
        fraud = machine.kind is Kind.BULK and _PHISH.search(whole)
        return Verdict(Kind.SPAM if fraud else machine.kind, (machine.because,), sent)
    because = _no_reply(message, kind, own)
    if because is None and kind is not Kind.MEMBER:
        found = doubt(message, understood, kind, substance=_substance(understood, whole, told))
        if found is not None:
            because = found.because
            evidence_list = evidence_list if found.kind is kind else [because]
            kind = found.kind
    return Verdict(kind, tuple(evidence_list), because)


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
    text = " ".join(
        _ARMOR.sub(" ", message.new_text).split()
    )  # cues must not care where lines were broken
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
    if not substance and _rehearses(message):
        return Kind.PGP_TEST, ["it says that it is a test of encryption"]
    if not substance and _is_key_request(subject, text, message.text):
        return Kind.KEY_REQUEST, ["it asks for our OpenPGP key"]
    if not substance and _PHISH.search(whole) and not _first_hand(understood):
        return Kind.SPAM, ["its words are those of account fraud"]
    pitch = _PITCH.findall(whole)
    if len(pitch) >= 2 and not substance:
        return Kind.SPAM, [f"its words are those of an offer ({len(pitch)} marks)"]
    if not substance and _STATUS.search(whole) and len(text) < 1500:
        return Kind.STATUS_REQUEST, ["it asks for the state of an earlier report"]
    return _report_or_question(message, understood, whole, told)


def _first_hand(understood: Understanding) -> bool:
    """Whether it shows how, on a host of ours: fraud never does."""
    ours = any(u.scope == "in" and u.role == "target" for u in understood.urls)
    return ours and understood.value("reproduction_steps") is not None


_ARMOR = re.compile(
    r"-----BEGIN PGP [^-\n]{3,30}-----(?:(?!-----)[^\0]){0,100000}(?:-----END PGP [^-\n]{3,30}-----)?"
)


def _substance(understood: Understanding, whole: str, told: list[str]) -> bool:
    """Whether a text tells enough of a flaw that no word of noise can outweigh it."""
    headed = [n for n, f in understood.fields if f.how in ("heading", "numbered", "label")]
    if len(headed) >= 2:
        return True
    ours = any(u.scope == "in" and u.role == "target" for u in understood.urls)
    telling = len(set(told) - {"components"})
    return telling >= 2 and (ours or WEAKNESS.search(whole) is not None)


def _rehearses(message: Message) -> bool:
    """A short mail that says that it tries out encryption."""
    text = " ".join(
        re.sub(r"-----BEGIN[^\0]{0,20000}?-----END[^\n]*", " ", message.new_text).split()
    )
    whole = f"{message.true_subject}\n{text}"
    about_key = _NAMES_KEY.search(whole) and not _CAN_YOU_READ.search(text)
    return len(text) < 400 and bool(_PGP_TEST.search(whole)) and not about_key


def _is_key_request(subject: str, text: str, whole: str) -> bool:
    if _KEY_SUBJECT.match(subject) and len(text) < 300:
        return True
    if len(text) > 1200:
        return False
    if _KEY_REQUEST.search(text) or _KEY_REQUEST.search(subject):
        return True
    if re.search(_KEY_WORDS, subject, re.IGNORECASE) and _ASKS_FOR_KEY.search(text):
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
    if not text and not message.attachments and not told:
        if WEAKNESS.search(message.true_subject):
            return Kind.REPORT, ["its subject names a weakness"]
        return Kind.OTHER, ["it is empty"]
    # a claim ("I found a bug") counts; a sentence that only asks about the policy does not
    claims = VAGUE_OFFER.search(whole) is not None or bool(weakness and CLAIM.search(whole))
    asks = _QUESTION.search(message.new_text) is not None
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
