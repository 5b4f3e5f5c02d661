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

_ROBOT_LOCAL = re.compile(
    r"^(?:mailer-daemon|mail-daemon|maildaemon|postmaster|no[-_.]?reply\b.*|do[-_.]?not[-_.]?reply.*|ne[-_.]?pas[-_.]?repondre.*|nepasrepondre.*|nicht[-_.]?antworten.*|noreply.*|.*[-_.+]no-?reply|bounces?(?:[+=_.-].*)?|listserv|majordomo"
    r"|mailman|notifications?(?:[+-].*)?|notify|alerts?|mailer|autoresponder|auto-?reply.*|robot|daemon|cron|nagios|owner-.*|.*-request|.*-owner|.*-bounces?(?:[+=].*)?|returns?|mdaemon|symantec.*|quarantine|dmarc.*|abuse-?reports?|fbl|feedbackloop|newsletter)$",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"^\W*(?:(?:re|aw|sv|rv|antw|odp)\s*:\s*)?\W*(?:(?:automatic|auto|automated|autom\w*)[- ]?(?:reply|response|answer|antwort|svar|antwoord|acknowledge?ment)|auto[- ]?(?:reply|response|responder|antwort|svar)\b|out of (?:the )?office|ooo\b|away from|on (?:vacation|leave|holiday)|i am (?:away|out)"
    r"|r[ée]ponse automatique|message automatique|absence\b|absent\w*\b|je suis absent|cong[ée]s?\b|abwesen\w*|automatische (?:antwort|r[üu]ckantwort|beantwortung)|abwesenheits\w*|nicht im (?:b[üu]ro|haus)|im urlaub|urlaub\b|risposta automatica|fuori (?:sede|ufficio)|assen(?:te|za)\b|respuesta autom[áa]tica|fuera de (?:la )?oficina|ausencia|ausente\b"
    r"|resposta autom[áa]tica|fora do escrit[óo]rio|aus[êe]ncia|afwezig\w*|automatisch antwoord|automatisch bericht|niet aanwezig|fr[åa]nvaro\w*|automatiskt? svar|autosvar|frav[æa]r\w*|ikke til stede|poissa\w*|automaattinen (?:vastaus|poissaolo\w*)|autom\w* odpowied[źz]|nieobecno[śs][ćc]|automatick[áa] odpov[ěe][ďd]|nep[řr][íi]tomn\w*"
    r"|automatikus v[áa]lasz|otomatik yan[ıi]t|izinde\w*|ofis d[ıi][şs][ıi]nda|автоответ\w*|автоматический ответ|(?:я )?в отпуске|отсутств\w*|自动回复|自動回覆|自動返信|自動応答|不在(?:通知|のお知らせ|連絡)?|休假|外出|자동 ?(?:회신|응답)|부재중|vacation\b|on leave|maternity leave|annual leave|parental leave|r[ée]cemment parti)"
    r"|\bout of (?:the )?office\b|\bauto(?:matic)?[- ]?repl(?:y|ies)\b(?=\s*(?::|$|from|-))|\bautomatische antwort\b|\br[ée]ponse automatique\b|\(auto(?:matic)? ?reply\)",
    re.IGNORECASE,
)
_ABSENCE_TEXT = re.compile(
    r"\b(?:i am|i'm|i will be|i['’]ll be|i am currently|je suis|je serai|actuellement|bin ich|ich bin|ich befinde mich|sono|sar[òo]|estoy|estar[ée]|estou|estarei|encontro-me|encontrar-me-ei|me encuentro|mi trovo|ik ben|jag [äa]r|jeg er|jestem|olen|jsem)\b[^.\n]{0,50}\b(?:out of (?:the )?office|out of office|on (?:annual |parental |sick |maternity |paternity |a |my )?(?:leave|vacation|holiday|business trip)"
    r"|away (?:from|until|on)|travell?ing|absente?s?\w*|en cong[ée]s?|en vacances|en d[ée]placement|nicht (?:im b[üu]ro|im haus|erreichbar|am arbeitsplatz|da)|im urlaub|au[sß]+er haus|abwesend|in elternzeit|fuori (?:sede|ufficio)|in ferie|assente|fuera de (?:la )?oficina|de vacaciones|ausente|fora do escrit[óo]rio|de f[ée]rias|afwezig|niet aanwezig|op vakantie|met verlof"
    r"|p[åa] semester|borta|ledig|p[åa] ferie|bortreist|poissa|lomalla|na urlopie|poza biurem|nieobecn\w*|na dovolen[ée]|mimo kancel[áa][řr])\b"
    r"|(?:нахожусь|буду|я сейчас|в настоящее время)[^.\n]{0,40}(?:в отпуске|вне офиса|отсутств\w*|командировк\w*)|我(?:正在|现在|目前|将)?[^。\n]{0,10}(?:休假|出差|不在|外出)|(?:来信|邮件)(?:我)?(?:已|我已)(?:收到|经收到)[^。\n]{0,20}(?:回复|自动)|(?:自动|系统)回复|(?:不在|休暇|休業|出張)[^。\n]{0,20}(?:しております|いたします|です|中)|부재중|\bizindeyim\b|\b(?:this|it) is (?:just )?an automated (?:note|notice)\b"
    r"|\bthis is an? (?:automatic|automated|auto[- ]generated)(?: \w+)? ?(?:reply|response|message|e-?mail|notification|mail)|\bautomatically generated (?:message|e-?mail|reply|mail|response)|\b(?:message|e-?mail|mail|reply|response|ticket) (?:has been|was|is) (?:automatically (?:generated|created|sent)|(?:generated|created|sent) automatically)\b|\b(?:please )?do not (?:reply|respond) to this (?:e-?mail|message)|\bne pas r[ée]pondre [àa] ce(?:t|tte)? (?:e-?mail|message|courriel|mail)|\b(?:ceci est un|(?<!votre )(?<!une )message|(?<!votre )(?<!une )(?<!la )r[ée]ponse) (?:message |r[ée]ponse |courriel )?(?:envoy[ée]e? )?automatique\w*"
    r"|\bdies ist eine automatisch\w*|\bautomatisch (?:erzeugte|generierte|erstellte)\b|\bautomatisch (?:erzeugt|generiert|erstellt|versendet|verschickt)\b|\bbitte antworten sie nicht auf diese\b|\b(?:g[ée]n[ée]r[ée]|envoy[ée])e? automatiquement\b|\bgenerad[oa] autom[áa]ticamente\b|\bgenerat[oa] automaticamente\b|\bgerad[oa] automaticamente\b|\bautomatisch gegenereerd\b|\bwygenerowan\w+ automatycznie\b|\bсоздано автоматически\b|由系统自动|\b(?:este es un|esta es una|este [ée] um|esta [ée] uma) (?:mensaje|respuesta|mensagem|resposta|e-?mail) autom[áa]tic\w|\b(?:questo [èe] un|questa [èe] una) (?:messaggio|risposta|e-?mail) automatic\w|\bdit is een automatisch\w*|\bdetta [äa]r ett automatiskt|это (?:автоматический|автоматическое)|これは自動",
    re.IGNORECASE,
)
TICKET = re.compile(
    r"\b(?:(?:we have received|we (?:just )?got|confirming that we (?:got|received)) your (?:request|message|e-?mail|inquiry|ticket|query|enquiry)|your (?:request|ticket|case|inquiry|enquiry|message) (?:\W?#?[\w-]+\W? )?(?:has been|was|is) (?:received|created|opened|registered|assigned|updated|closed|resolved|logged)|thank you for (?:contacting|reaching out to|your (?:request|e-?mail|message|report))[^.]{0,60}(?:support|help ?desk|team|customer|service|\b[a-z]?cert\b|psirt|csirt)|(?:a )?(?:new )?(?:support )?ticket (?:\W?#?[\w-]+\W? )?has been (?:created|opened|assigned)"
    r"|(?:vielen dank|danke) f[üu]r ihre (?:anfrage|nachricht|e-?mail)[^.]{0,40}\.|(?<!meine )(?:ticketnummer|vorgangsnummer|bearbeitungsnummer)|(?<!mon )num[ée]ro de (?:ticket|dossier|demande)|(?<!mi )(?<!meu )n[úu]mero de (?:ticket|caso|solicitud|chamado|protocolo)"
    r"|##-? ?please (?:type|reply) (?:your reply )?above|please type your reply above this line|-+ ?reply above this line|(?:[ée]crivez|r[ée]pondre|r[ée]pondez) au-dessus de cette ligne|\[glpi #|ticket (?:id|number|#)\s*[:#]|\[(?:ticket|case|request|incident|sr)[ #:-]*[\w-]+\]|votre (?:demande|message|ticket|requ[êe]te) (?:\S+ ){0,3}(?:a (?:bien )?[ée]t[ée]|est) (?:re[çc]u|enregistr|cr[ée]|prise? en compte)|ihre (?:anfrage|nachricht|e-?mail) (?:ist|wurde|haben wir)[^.]{0,40}(?:eingegangen|erhalten|registriert|aufgenommen|ticket)"
    r"|hemos recibido (?:su|tu) (?:solicitud|mensaje|consulta)|abbiamo ricevuto la (?:sua|tua|vostra) (?:richiesta|segnalazione)|recebemos (?:a sua|sua|o seu) (?:solicita[çc][ãa]o|mensagem|pedido))",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"\b(?:confirm (?:that )?(?:you are (?:a )?(?:human|real|not)|your (?:message|e-?mail|delivery))|(?:until|show|prove)(?: (?:they|you|that|show|prove|confirm))* are (?:a )?(?:human|real|person)\b|challenge[- /]response|tmda|boxtrapper|spamarrest|your (?:message|e-?mail|mail) (?:requires|is awaiting|has not been delivered yet|is being held|awaits)\b[^.]{0,40}(?:verification|confirmation|moderat\w+|approval)?|verification required|to have your (?:message|e-?mail) delivered|it is being held|click (?:the|this|on the) (?:following )?link (?:below )?to (?:deliver|release|verify your (?:message|e-?mail|address))|held (?:for|until) (?:approval|moderat\w+|you)|(?:is|was|are) being held\b|list of (?:known|approved|allowed) senders|approval(?: is)? required|whitelist)",
    re.IGNORECASE,
)
BOUNCE_SUBJECT = re.compile(
    r"^\W*(?:(?:re|fwd?)\s*:\s*)?\W*(?:(?:mail )?deliver(?:y|ing)(?: status)? (?:notification|failed|failure|has failed|error|report|problem|delayed)|(?:e-?)?mail delivery (?:failed|failure|system|error|problem)|undeliver(?:able|ed)|delivery failure|returned (?:mail|to sender|message)|mail system error|message undelivered|non-?deliver\w+|failure notice|failed (?:mail|delivery|notice)|delayed (?:mail|delivery|e-?mail)|warning: (?:could not send|message|e-?mail)|message (?:not delivered|status|undeliverable|delivery (?:failure|failed|delayed))"
    r"|delivery incomplete|non[- ]?delivery|non remis|non distribu[ée]\w*|non d[ée]livr[ée]\w*|[ée]chec de (?:la )?(?:remise|distribution|livraison|l['’]envoi)|notification d['’][ée]tat de (?:remise|distribution)|remise (?:retard[ée]e|diff[ée]r[ée]e)|retour de courrier|nicht (?:zustellbar|zugestellt)|unzustellbar\w*|zustell(?:ung|fehler|problem)\w*|(?:mail|e-mail|nachricht)\w* (?:konnte )?nicht zugestellt|fehler bei der zustellung|benachrichtigung (?:zum|[üu]ber den) (?:zu|[üu]bermittlungs)\w*"
    r"|no (?:se )?(?:puede|pudo) entregar|no entregado|error de entrega|devuelto|notificaci[óo]n de (?:estado de )?entrega|mancat[oa] (?:recapito|consegna)|impossibile recapitare|notifica (?:di )?(?:stato|mancat\w)|n[ãa]o (?:foi )?(?:entregue|poss[íi]vel entregar)|falha na entrega|onbestelbaar|niet bezorgd|kan inte levereras|olevererbart|ikke leveret|недостав\w*|не доставлен\w*|ошибка доставки|投递失败|退信|系统退信|配信(?:エラー|不能|できません)|送信(?:エラー|できません)"
    r"|(?:mailbox|quota|user|recipient|address) (?:is )?(?:full|exceeded|unknown|not found|rejected)|over ?quota|rejected:|spam quarantine|message blocked|problems? (?:with )?deliver\w+|could ?n['o]t (?:be )?deliver|unable to deliver)",
    re.IGNORECASE,
)
BOUNCE_TEXT = re.compile(
    r"(?:\b|(?<=[\u3040-\u9fff\uac00-\ud7af]))(?:(?:could not|couldn['’]t|cannot|can['’]t|was not|wasn['’]t|not be|has not been) (?:be )?(?:delivered|deliver)|delivery (?:to the following recipients?|has) (?:has )?failed|permanent(?: fatal)? (?:errors?|failure)|unable to deliver|undeliverable|user unknown|unknown user|no such (?:user|recipient|mailbox)|mailbox (?:is full|unavailable|not found|quota)|(?:over|exceeded?) (?:its |the |storage )?quota"
    r"|was not delivered|mailbox (?:full|for)|not listed in|nepoda[řr]ilo se doru[čc]it|nie (?:zosta[łl]a|mo[żz]na|uda[łl]o si[ęe]) (?:dor[ęe]cz\w+)|iletilemedi|お届けできません|配信できません|無法(?:投遞|傳送)|无法(?:投递|送达)|投递失败|전달(?:할 수 없|되지)|this is the mail system at host|qmail-send program|i['’]m afraid i wasn['’]t able to deliver|message that you sent|recipient (?:address )?rejected|message delayed|will (?:be )?(?:keep|re)[- ]?tr(?:y|ied)|returned to sender|n['’]a pas pu [êe]tre (?:remis|distribu|d[ée]livr)\w*|konnte nicht zugestellt|nicht zugestellt werden|no se (?:ha podido|pudo) entregar|non [èe] stato possibile (?:consegnare|recapitare)|n[ãa]o p[ôo]de ser entregue|550[ -]5\.\d|5\.\d\.\d{1,2}\b.{0,80}(?:unknown|full|reject|denied)|не (?:удалось доставить|может быть доставлено))",
    re.IGNORECASE,
)
_MTA = re.compile(  # how mail servers begin (qmail, Postfix, Exim, sendmail, Exchange)
    r"(?im)^\W*(?:hi\. )?(?:this is the (?:mail|qmail-send) (?:program|system)\b|i['’]m (?:afraid|sorry) (?:i wasn['’]t able|to have to inform you)|this message was created automatically by (?:the )?mail|a message that you sent could not|the original message was received at|delivery has failed to these recipients|your message (?:wasn['’]t|could not be|couldn['’]t be) delivered to\b)"
)
_FAILED_TO = re.compile(  # a recipient with what its server said, or the rule above our mail
    r"(?im)^[^\n]{0,20}<?[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,100}>?[^\n]{0,120}(?:\n[^\n]{0,120})?\b(?:[45]\d\d[ -]#?[45]\.\d\.\d|user (?:is )?(?:unknown|not (?:found|listed))|unknown user|mailbox (?:is )?full|over quota|no such (?:user|mailbox)|recipient (?:address )?(?:rejected|unknown))"
    r"|^[^\w\n]{0,40}(?:unknown user|user unknown|invalid (?:receiver|recipient)(?: address)?|(?:user['’]s )?mailbox (?:is )?full)\s*:\s*<?\S{1,64}@"
    r"|(?:delivered to|recipients?(?:\(s\))?|address(?:es)?|users?(?:\(s\))?|empf[äa]nger\w*|destinatari\w*|destinataires?|odbior\w+|адрес\w*|получател\w+|メール|あて先|宛先|收件人|地址)[^\n]{0,60}\n{1,2}[^\w\n]{0,8}[\w.+-]{1,64}@[\w-]{1,63}\."
    r"|\bdelivered to\W{1,3}[\w.+-]{1,64}@"
    r"|^\W{0,40}(?:returned|original|undelivered|failed) (?:message|mail)(?: (?:follows|headers?))?\W{0,40}$"
)
UNSUBSCRIBE = re.compile(
    r"\b(?:unsubscribe|opt[- ]out|manage (?:your )?(?:subscription|preferences)|email preferences|stop (?:receiving|getting) (?:these|this|such)|view (?:this (?:e-?mail )?)?(?:in (?:your )?browser|online)|you (?:are )?receiv(?:e|ing) this (?:e-?mail|message|newsletter|letter|because)|se d[ée]sinscrire|d[ée]sabonne\w*|vous recevez (?:cette|ce) (?:lettre|e-?mail|message|newsletter)"
    r"|abbestellen|newsletter abmelden|vom newsletter|sie erhalten diese (?:e-?mail|nachricht|newsletter)|darse de baja|cancelar (?:la |su )?suscripci[óo]n|disiscri\w+|annulla (?:l['’])?iscrizione|descadastr\w+|cancelar (?:a )?(?:sua )?inscri[çc][ãa]o|afmelden|uitschrijven|avprenumerera|wypisz|отписаться|退订|取消订阅|配信停止)(?!\w)",
    re.IGNORECASE,
)
_SYSTEM_SUBJECT = re.compile(
    r"^\W*(?:\[?report domain:|.*\bdmarc (?:aggregate )?report\b|cron <|cron daemon|logwatch|.*\btls[- ]?(?:rpt|report)\b|.*\bsmtp tls reporting\b|(?:(?:not )?read|(?:un)?gelesen|lu|le[íi]d[oa]|letto|lid[oa]?|gelezen|l[äaæ]st|lest|luettu|przeczytan[oa]|p[řr]e[čc]ten[oaá]|pre[čc][íi]tan[ée]|pro[čc]itan[oa]|elolvasva|okundu|citit[ăa]?|đã đọc|прочитано|прочтено|прочетено|прочитане|διαβάστηκε|已读|已讀|既読|開封済み|읽음|נקרא|تمت القراءة|مقروءة)\s*[:：]|(?:accepted|declined|tentative|canceled|cancelled|updated invitation|zugesagt|abgelehnt|accept[ée]|refus[ée]|annul[ée])\s*:|(?:new |missed )?(?:voice ?mail|voice message|fax|missed call) (?:message )?from\b|new voice(?:mail| message)|certificate expir\w+|subscription (?:confirm|request)|confirm(?:ation)? (?:of )?(?:your )?(?:subscription|unsubscri)|welcome to the \W?[\w-]+\W? mailing list)",
    re.IGNORECASE,
)
_LIST_HEADERS = (
    "list-id", "list-unsubscribe", "list-post", "list-help", "list-subscribe", "x-mailman-version", "x-campaign", "x-campaignid", "x-campaign-id",
    "x-mailgun-tag", "x-mailgun-sid", "x-mailchimp-id", "x-mc-user", "x-csa-complaints", "x-sg-eid", "x-mailer-recptid", "x-job", "x-hs-cid", "x-listmember", "x-google-group-id",
    "x-github-reason", "x-github-sender", "x-gitlab-project", "x-gitlab-project-id", "x-jira-fingerprint", "x-discourse-topic-id", "x-ses-outgoing-bulk", "x-mandrill-user", "x-mlist", "x-loop-list",
)  # fmt: skip
_AUTO_HEADERS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-autogenerated", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply", "x-vacation", "x-cron-env",
    "x-helpscout-thread", "x-otrs-loop", "x-rt-loop-prevention", "x-ticket-id", "x-zendesk-from-account-id", "x-freshdesk", "x-helpscout-autoreply", "x-jsd", "x-servicenow-generated", "x-amavis-alert", "x-mdarrival-auto",
    "x-facebook-notify", "x-tmda-fingerprint", "x-boxtrapper", "x-fc-machinegenerated", "x-ms-exchange-inbox-rules-loop", "x-ebay-mailtracker", "x-nabble", "x-notes-autoreply", "x-php-originating-script-auto",
)  # fmt: skip


class Machine(NamedTuple):
    """What a program's mail is and what shows it."""

    kind: Kind
    because: str
    tool: bool = False  # people write through such a program, too: lists, ticket systems


_CLIENT = re.compile(
    r"(?i)thunderbird|mutt|apple mail|iphone mail|ipad mail|outlook|evolution|gnus|k-?9|claws|kmail|the bat|fairemail|mailmate|roundcube|becky"
)  # X-Mailer and User-Agent of clients in which a person types


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
        return Machine(Kind.AUTO_REPLY, "it is a read receipt (RFC 8098)")
    if "message/feedback-report" in types or "report-type=feedback-report" in content_type:
        return Machine(Kind.BULK, "it is a feedback report (RFC 5965)")
    methods = {calendar_method(text) for name, text in message.report_parts if name in CARD_TYPES}
    if methods & {"REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER", "CANCEL"}:
        return Machine(Kind.AUTO_REPLY, "it answers or takes back an invitation (RFC 5546)")
    if message.header("x-failed-recipients") is not None:
        return Machine(Kind.BOUNCE, "it carries X-Failed-Recipients")
    local = message.sender.spec.partition("@")[0] if message.sender else ""
    robot = bool(_ROBOT_LOCAL.match(local))
    null_path = message.return_path == ""
    daemon = bool(
        re.match(r"(?i)mailer-?daemon|mail-?daemon|postmaster|mdaemon|mail-?system", local)
    )
    words = BOUNCE_SUBJECT.search(message.subject) or (
        BOUNCE_TEXT.search(message.text[:4000]) and (null_path or robot)
    )
    if words and _MTA.search(message.text[:200]) and not _typed(message):
        return Machine(Kind.BOUNCE, "its words are those of a mail server that could not deliver")
    if _fails_to(message) and not (tells or _typed(message)):
        return Machine(Kind.BOUNCE, "it names a recipient whose server took no mail")
    if not null_path and _typed(message):
        words = BOUNCE_SUBJECT.search(message.subject)  # postmasters are people, too
    if words and (null_path or daemon or (robot and BOUNCE_TEXT.search(message.text[:4000]))):
        return Machine(Kind.BOUNCE, "its sender and words are those of a delivery failure notice")
    return _by_headers(message) or _by_words(message, robot=robot, null_path=null_path, tells=tells)


def _fails_to(message: Message) -> bool:
    """Whether nobody speaks in it, and it says which address no mail reaches."""
    text = message.new_text[:2000]
    told = BOUNCE_SUBJECT.search(message.subject) or BOUNCE_TEXT.search(text)
    return bool(told and _FAILED_TO.search(text)) and not SINGULAR.search(text)


def _typed(message: Message) -> bool:
    """Whether a person may stand behind a program's address: a mail client, or who is to be
    answered, says so."""
    client = message.header("user-agent") or message.header("x-mailer") or ""
    locals_ = [address.spec.partition("@")[0] for address in message.reply_to]
    answered = bool(locals_) and not any(_ROBOT_LOCAL.match(local) for local in locals_)
    return answered or _CLIENT.search(client) is not None


def _delivery_status(message: Message) -> Machine:
    told = " ".join(
        text for name, text in message.report_parts if "delivery-status" in name
    ).lower()
    actions = set(re.findall(r"^action\s*:\s*(\w+)", told, re.MULTILINE))
    if actions and not actions & {"failed", "delayed"}:
        return Machine(
            Kind.AUTO_REPLY,
            f"a delivery status that tells of no failure: {', '.join(sorted(actions))[:40]}",
        )
    return Machine(Kind.BOUNCE, "it holds a delivery status (RFC 3464)")


def _by_headers(message: Message) -> Machine | None:
    submitted = (
        (message.header("auto-submitted") or "no").split(";")[0].split("(")[0].strip().lower()
    )
    listed = next((name for name in _LIST_HEADERS if message.header(name) is not None), None)
    ticket = TICKET.search(f"{message.subject}\n{message.text[:1500]}")
    if submitted not in ("no", ""):
        bulk = listed and submitted != "auto-replied" and not ticket
        kind = Kind.BULK if bulk else Kind.AUTO_REPLY
        return Machine(kind, f"Auto-Submitted: {submitted[:40]} (RFC 3834)")
    for name in _AUTO_HEADERS:
        if message.header(name) is not None:
            return Machine(Kind.AUTO_REPLY, f"it carries {name}")
    precedence = (
        (message.header("precedence") or message.header("x-precedence") or "").strip().lower()
    )
    if precedence in ("auto_reply", "auto-reply", "autoreply"):
        return Machine(Kind.AUTO_REPLY, f"Precedence: {precedence}")
    absence = _ABSENCE.search(message.subject)
    if precedence in ("bulk", "junk") and (
        absence or ticket or _ABSENCE_TEXT.search(message.new_text[:600])
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
    return None


def _by_words(message: Message, *, robot: bool, null_path: bool, tells: bool) -> Machine | None:
    absence = _ABSENCE.search(message.subject)
    echoes = ECHO.search(message.subject) is not None  # behind "Re:" stand our words, or theirs
    about_weakness = not echoes and WEAKNESS.search(message.subject) is not None
    answers_us = _ANSWERS_NOTE.match(message.subject) is not None
    if absence and not (tells or about_weakness or answers_us or _long_report(message)):
        return Machine(Kind.AUTO_REPLY, "its subject is that of an absence note")
    note = QUOTED_WORDS.sub(" ", message.new_text or message.text[:1500])
    short = len(note) < 1500 and not about_weakness and not _long_report(message)
    if short and _ABSENCE_TEXT.search(note[:700]):
        return Machine(Kind.AUTO_REPLY, "its words are those of an absence note")
    if short and not tells and "http" in note and UNSUBSCRIBE.search(note):
        return Machine(Kind.BULK, "it says how to unsubscribe", tool=True)
    if short and TICKET.search(f"{message.subject}\n{note[:1500]}") and not message.in_reply_to[1:]:
        return Machine(Kind.AUTO_REPLY, "its words are those of a ticket system", tool=True)
    if len(note) < 600 and _INVITATION.search(note):
        return Machine(Kind.AUTO_REPLY, "it answers an invitation")
    if short and _CHALLENGE.search(f"{message.subject}\n{note}"):
        return Machine(Kind.AUTO_REPLY, "it asks a sender to confirm that they are human")
    if message.header("x-auto-response-suppress") and (absence or robot or null_path):
        return Machine(Kind.AUTO_REPLY, "it carries X-Auto-Response-Suppress")
    if _SYSTEM_SUBJECT.match(message.subject) and not about_weakness:
        return Machine(Kind.BULK, "its subject is that of a program's notice")
    if null_path:
        return Machine(Kind.AUTO_REPLY, "its return path is empty (RFC 5321 4.5.5)")
    if robot:
        return Machine(Kind.BULK, "its sender is a program's address", tool=_typed(message))
    return None


SINGULAR = re.compile(
    r"(?<![\w-])(?:i|i['’](?:m|ve|d|ll)|my|me|je|j['’]\w+|mon|ma|mes|moi|ich|mein\w*|mir|mich|yo|mi|mis|he|io|mio|mia|ho|eu|meu|minha|ik|mijn|jag|jeg|min|mitt|я|мне|мой|моя)(?![\w-])|我|私|僕|저는|제가",
    re.IGNORECASE,
)
QUOTED_WORDS = re.compile(r"[\"“«„][^\"”»“\n]{1,200}[\"”»“]")  # somebody else's, told on
ECHO = re.compile(
    r"\b(?:re|aw|sv|antw|odp|r[ée]f|rif|res|ynt|vs)(?:\[\d+\])?\s*[:：]|^\W*(?:回复|答复|回覆|返信|ответ|απ|vá|מענה|رد)\W{0,3}[:：]",
    re.IGNORECASE,
)
_ANSWERS_NOTE = re.compile(r"^\s*(?:re|aw|sv|antw|odp)\s*:", re.IGNORECASE)
_INVITATION = re.compile(
    r"\bhas (?:tentatively )?(?:accepted|declined) (?:this|your|the) invitation\b", re.IGNORECASE
)
_FIRST_HAND = re.compile(
    r"\b(?:i (?:(?:could|can) (?!receive|not|help|assist|be of|offer|get back|reply|answer|respond|only)\w+|was able to|found|discovered|noticed|changed|set my)|attackers?|alert\(|an attacker|proof of concept|steps\s*:|j['’]ai (?:pu|trouv[ée]|d[ée]couvert)|attaquant)",
    re.IGNORECASE,
)


def _long_report(message: Message) -> bool:
    """A text that names weaknesses more than once is a report, whatever its subject begins with."""
    text = message.new_text[:5000]
    if "http" in text and _FIRST_HAND.search(text):
        return True
    named = {found.lower() for found in WEAKNESS.findall(text)}
    return len(text) > 250 and len(named) >= 2
