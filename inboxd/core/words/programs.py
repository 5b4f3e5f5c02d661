"""How programs that write mail look and speak: addresses, headers, phrases, last lines."""

from __future__ import annotations

import re

from inboxd.core.words import pattern

ROBOT_LOCAL = pattern(
    r"""
    ^(?:
        mailer-daemon|mail-daemon|maildaemon|postmaster|no[-_.]?reply\b.*
        do[-_.]?not[-_.]?reply.*|ne[-_.]?pas[-_.]?repondre.*|nepasrepondre.*
        nicht[-_.]?antworten.*|noreply.*|.*[-_.+]no-?reply|bounces?(?:[+=_.-].*)?|listserv
        majordomo|mailman|notifications?(?:[+-].*)?|notify|alerts?|mailer|autoresponder
        auto-?reply.*|robot|daemon|cron|nagios|owner-.*|.*-request|.*-owner
        .*-bounces?(?:[+=].*)?|returns?|mdaemon|symantec.*|quarantine|dmarc.*|abuse-?reports?
        fbl|feedbackloop|newsletter
    )$
    """,
)
DAEMON_LOCAL = re.compile(r"(?i)mailer-?daemon|mail-?daemon|postmaster|mdaemon|mail-?system")
AUTOMATIC_TEXT = pattern(
    r"""
    \bthis is an? (?:automatic|automated|auto[- ]generated)(?: \w+)? ?(?:
        reply|response|message|e-?mail|notification|mail
    )
    \bautomatically generated (?:message|e-?mail|reply|mail|response)
    \b(?:message|e-?mail|mail|reply|response|ticket) (?:has been|was|is) (?:
        automatically (?:generated|created|sent)
        (?:generated|created|sent) automatically
    )\b
    \b(?:please )?do not (?:reply|respond) to this (?:e-?mail|message|acknowledge?ment|notice|notification|receipt|letter|address)
    \bne pas r[ée]pondre [àa] ce(?:t|tte)? (?:e-?mail|message|courriel|mail)
    \b(?:
        ceci est un|(?<!votre )(?<!une )message
        (?<!votre )(?<!une )(?<!la )r[ée]ponse
    ) (?:message |r[ée]ponse |courriel )?(?:envoy[ée]e? )?automatique\w*
    \bdies ist eine automatisch\w*
    \bautomatisch (?:erzeugte|generierte|erstellte)\b
    \bautomatisch (?:erzeugt|generiert|erstellt|versendet|verschickt)\b
    \bbitte antworten sie nicht auf diese\b
    \b(?:g[ée]n[ée]r[ée]|envoy[ée])e? automatiquement\b
    \bgenerad[oa] autom[áa]ticamente\b|\bgenerat[oa] automaticamente\b
    \bgerad[oa] automaticamente\b|\bautomatisch gegenereerd\b|\bwygenerowan\w+ automatycznie\b
    \bсоздано автоматически\b|由系统自动
    \b(?:
        este es un|esta es una|este [ée] um|esta [ée] uma
    ) (?:mensaje|respuesta|mensagem|resposta|e-?mail) autom[áa]tic\w
    \b(?:questo [èe] un|questa [èe] una) (?:messaggio|risposta|e-?mail) automatic\w
    \bdit is een automatisch\w*|\bdetta [äa]r ett automatiskt
    это (?:автоматический|автоматическое)
    これは自動
    """,
)
TICKET = pattern(
    r"""
    \b(?:
        (?:
            we have received|we (?:just )?got
            confirming that we (?:got|received)
        ) your (?:request|message|e-?mail|inquiry|ticket|query|enquiry)
        your (?:request|ticket|case|inquiry|enquiry|message) (?:\W?#?[\w-]+\W? )?(?:has been|was|is) (?:
            received|created|opened|registered|assigned|updated|closed|resolved|logged
        )
        thank you for (?:contacting|reaching out to|your (?:request|e-?mail|message|report))[^.]{0,60}(?:
            support|help ?desk|team|customer|service|\b[a-z]?cert\b|psirt|csirt
        )
        support ticket (?:opened|created|updated)
        request (?:for (?:support|help|assistance) )?has been (?:
            created|opened|logged|received|assigned
        )
        a representative will
        (?:nous avons|on a) bien re[çc]u votre (?:message|demande|e-?mail|courriel)
        un (?:ticket|dossier) a [ée]t[ée] (?:cr[ée][ée]|ouvert)
        un (?:conseiller|agent) (?:vous|va vous) (?:r[ée]pond\w+|recontact\w+)
        (?:a )?(?:new )?(?:support )?ticket (?:\W?#?[\w-]+\W? )?has been (?:created|opened|assigned)
        (?:vielen dank|danke) f[üu]r ihre (?:anfrage|nachricht|e-?mail)[^.]{0,40}\.
        (?<!meine )(?:ticketnummer|vorgangsnummer|bearbeitungsnummer)
        (?<!mon )num[ée]ro de (?:ticket|dossier|demande)
        (?<!mi )(?<!meu )n[úu]mero de (?:ticket|caso|solicitud|chamado|protocolo)
        ##-? ?please (?:type|reply) (?:your reply )?above
        please type your reply above this line
        -+ ?reply above this line
        (?:[ée]crivez|r[ée]pondre|r[ée]pondez) au-dessus de cette ligne
        \[glpi #|ticket (?:id|number|#)\s*[:#]
        \[(?:ticket|case|request|incident|sr)[ #:-]*[\w-]+\]
        votre (?:demande|message|ticket|requ[êe]te) (?:\S+ ){0,3}(?:a (?:bien )?[ée]t[ée]|est) (?:
            re[çc]u|enregistr|cr[ée]|prise? en compte
        )
        ihre (?:anfrage|nachricht|e-?mail) (?:ist|wurde|haben wir)[^.]{0,40}(?:
            eingegangen|erhalten|registriert|aufgenommen|ticket
        )
        hemos recibido (?:su|tu) (?:solicitud|mensaje|consulta)
        abbiamo ricevuto la (?:sua|tua|vostra) (?:richiesta|segnalazione)
        recebemos (?:a sua|sua|o seu) (?:solicita[çc][ãa]o|mensagem|pedido)
    )
    \b(?:wij|we) hebben uw (?:bericht|vraag|melding|e-?mail) ontvangen|\bontvangstbevestiging\b|\bgeregistreerd onder (?:zaak)?nummer\b|\b(?:su )?solicitud (?:ha sido|fue) (?:registrada|recibida)|\bcon el folio\b
    \bconfirmons la bonne r[ée]ception de votre\b|\bticket portant le num[ée]ro\b|\b(?:abbiamo )?preso in carico la (?:sua|vostra) richiesta\b|\bpresa in carico\b(?! ?\?)|\bwir haben ihre (?:anfrage|meldung|nachricht) erhalten\b|\bihre meldung (?:wurde|ist) (?:erfasst|eingegangen)
    """,
)
ASSISTANT = pattern(  # a program that answers for somebody says so
    r"""
    \b(?:i['’]?m|i am|this is|it['’]?s|you(?:['’]ve| have) reached|meet|my name is \w+[,.]? (?:and )?i['’]?m)\b[^.!?\n]{0,40}\b(?:ai|a\.i\.|artificial|virtual|digital|automated|automatic|robot|chat|scheduling|mail|e-?mail|inbox|smart)[\w -]{0,20}\b(?:assistant|agent|bot|secretary|helper|concierge|co-?pilot|responder)\b
    \bi['’]?(?:m| am) \w+, the (?:ai|bot|robot|program|script|assistant|software|machine)\b|\b(?:ai|bot|assistant|program|script|software) (?:that|which|who) (?:looks after|sorts|reads|answers|guards|handles|watches|minds|manages)\b
    \b(?:my|a|this) (?:\d+-line )?(?:\w+ )?(?:script|program|bot|robot|filter) (?:lets|will let|answers|replies|wrote|writes|sends|sorts|deletes)\b|\bcanned (?:answer|reply|response|message|text)\b|\b(?:gmail|outlook|thunderbird|my (?:mail )?(?:server|computer|program|client|laptop)) (?:wrote|writes|is writing|answers|sends|sent) (?:this|for me|you)\b
    \b(?:i['’]?m|i am) (?:the|an?|\w+['’]s) (?:\w+ )?(?:assistant|bot|chat-?bot|agent|program|script)\b[^.!?\n]{0,30}\b(?:that|which|sorts|answers|reads|handles|for)\b
    ['’]s (?:ai|virtual|digital|automated|robot|mail|e-?mail|inbox|scheduling|[\w-]+ )?[\w -]{0,24}\b(?:assistant|bot|agent|secretary) (?:here|speaking|writing|replying)\b
    \b(?:written|generated|answered|sent|drafted|composed|produced|handled|created|prepared) (?:by (?:an? )?(?:ai|a\.i\.|bot|robot|machine|software|program|language model|assistant|computer)|without (?:a |any )?(?:human|person))\b
    \b(?:read|seen|monitored|answered) (?:only )?by (?:software|machines?|a program|no ?body|robots?|no human)\b|\bno human (?:has|was|is|will|reads|looked|being)\b|\bwithout a human\b
    \b(?:the |our )?team (?:usually|typically|normally) (?:repl|respond|answer)\w*\b|\bwe (?:typically|usually|normally) (?:reply|respond|answer) (?:in|within)\b|\bdid (?:this|one of these|that) (?:help|answer)\b
    \bjoined because (?:it|he|she) was invited\b|\b(?:receives?|gets?) (?:several |many |a few )?(?:hundreds?|thousands?|\d{3,})(?: of)? (?:messages|e-?mails|letters|mails)\b
    \bje suis (?:l['’]|un )?(?:assistant|agent|robot)\w* (?:virtuel|num[ée]rique|ia\b|de messagerie|conversationnel|automati)|\bassistante? (?:virtuel|num[ée]rique|ia\b)\w*|\br[ée]ponse (?:r[ée]dig[ée]e|g[ée]n[ée]r[ée]e) par (?:une ia|un robot|une machine|un assistant)
    \b(?:ki|virtuelle[rn]?|digitale[rn]?)[- ](?:assistent|helfer|agent|mitarbeiter|kolleg)\w*|\b(?:aide|agent|conseiller) (?:virtuel|num[ée]rique)\b|\b(?:ayudante|agente) (?:virtual|digital)\b|\bnon io\b(?=[.!]?\s*$)|\bl['’]ha scritto (?:gmail|outlook|il (?:computer|server|programma))|\b(?:dein|ihr) anliegen (?:leider )?nicht verstanden\b|\b(?:i )?(?:did not|didn['’]t) (?:quite )?(?:understand|get|catch) (?:your|that)\b[^.\n]{0,30}\b(?:did you mean|choose|pick|type)\b
    \bvon einer (?:ki|maschine) (?:erstellt|verfasst|erzeugt)|\basistente virtual\b|\bassistente virtual\w*\b|\bassistente digitale\b|\bvirtuele assistent\b|виртуальн\w+ (?:ассистент|помощник)|智能助手|机器人客服|AIアシスタント
    """,
)
CHALLENGE = pattern(
    r"""
    \b(?:
        confirm (?:that )?(?:
            you are (?:a )?(?:human|real|not)|your (?:message|e-?mail|delivery)
        )
        (?:until|show|prove)(?: (?:they|you|that|show|prove|confirm))* are (?:a )?(?:human|real|person)\b
        challenge[- /]response|tmda|boxtrapper|spamarrest
        your (?:message|e-?mail|mail) (?:
            requires|is awaiting|has not been delivered yet|is being held|awaits
        )\b[^.]{0,40}(?:verification|confirmation|moderat\w+|approval)?
        verification required
        to have your (?:message|e-?mail) delivered
        it is being held
        click (?:the|this|on the) (?:following )?link (?:below )?to (?:
            deliver|release
            verify your (?:message|e-?mail|address)
        )
        held (?:for|until) (?:approval|moderat\w+|you)
        (?:is|was|are) being held\b
        list of (?:known|approved|allowed) senders
        approval(?: is)? required|whitelist
    )
    \brecopiez le mot affich[ée]|\bvous demande de vous authentifier\b|\bprot[ée]g[ée]e? par \w+ contre les courriels\b
    """,
)
UNSUBSCRIBE = pattern(
    r"""
    \b(?:
        unsubscribe|opt[- ]out|-leave@|-unsubscribe@
        to (?:stop|leave|be removed|get off|end|cancel)\b[^.\n]{0,40}\b(?:mail|e-?mail|write|send|reply|answer|text)\b|(?:write|reply|send|answer|text)(?: with)? ["“']?stop\b
        you (?:get|got|receive|received|have received|were sent|are getting|see) th(?:is|ese)\b[^.\n]{0,30}\bbecause\b
        (?:vous|tu) (?:recevez|re[çc]ois) (?:ce|cet|cette)\b[^.\n]{0,30}\b(?:car|parce)\b|pour (?:ne plus recevoir|vous d[ée]sinscrire|quitter la liste)
        manage (?:your )?(?:subscription|preferences)
        email preferences
        stop (?:receiving|getting) (?:these|this|such)
        view (?:this (?:e-?mail )?)?(?:in (?:your )?browser|online)
        you (?:are )?receiv(?:e|ing) this (?:e-?mail|message|newsletter|letter|because)
        se d[ée]sinscrire|d[ée]sabonne\w*
        vous recevez (?:cette|ce) (?:lettre|e-?mail|message|newsletter)
        abbestellen|newsletter abmelden|vom newsletter
        sie erhalten diese (?:e-?mail|nachricht|newsletter)
        darse de baja
        cancelar (?:la |su )?suscripci[óo]n
        disiscri\w+|annulla (?:l['’])?iscrizione|descadastr\w+
        cancelar (?:a )?(?:sua )?inscri[çc][ãa]o
        afmelden|uitschrijven|avprenumerera|wypisz|отписаться|退订|取消订阅|配信停止
    )(?!\w)
    \breply ['\"]?stop\b|\bhier abmelden\b|\bno longer want these\b|\bleave a review\b
    \bne plus recevoir (?:nos|ces|ce|cette|d['’])|\br[ée]pondez (?:[àa] ce (?:mail|message) )?(?:par )?stop\b|\bno (?:more|further) e-?mails?\b[^.\n]{0,40}\bstop\b
    """,
)
SYSTEM_SUBJECT = re.compile(
    r"^\W*(?:\[?(?:resolved|firing|alerting|recovery|recovered|triggered|acknowledged)\b\]?[\s:]|\[?report domain:|.*\bdmarc (?:aggregate )?report\b|cron <|cron daemon|logwatch|.*\btls[- ]?(?:rpt|report)\b|.*\bsmtp tls reporting\b|(?:new |missed )?(?:voice ?mail|voice message|fax|missed call) (?:message )?from\b|new voice(?:mail| message)|certificate expir\w+|subscription (?:confirm|request)|confirm(?:ation)? (?:of )?(?:your )?(?:subscription|unsubscri)|welcome to the \W?[\w-]+\W? mailing list)",
    re.IGNORECASE,
)
RECEIPT_SUBJECT = pattern(  # what mail clients answer by themselves
    r"""
    ^\W*(?:
        (?:
            (?:not )?read|(?:un)?gelesen|lu|le[íi]d[oa]|letto|lid[oa]?|gelezen|l[äaæ]st|lest
            luettu|przeczytan[oa]|p[řr]e[čc]ten[oaá]|pre[čc][íi]tan[ée]|pro[čc]itan[oa]
            elolvasva|okundu|citit[ăa]?|đã đọc|прочитано|прочтено|прочетено|прочитане|διαβάστηκε
            已读|已讀|既読|開封済み|읽음|נקרא|تمت القراءة|مقروءة
        )\s*[:：]
        (?:
            accepted|declined|tentative|canceled|cancelled|updated invitation|zugesagt|abgelehnt
            accept[ée]|refus[ée]|annul[ée]
        )\s*:
        (?:deleted|gel[öo]scht|supprim[ée]|eliminado|eliminato)\s*[:：]
    )
    """,
)
LIST_HEADERS = (
    "list-id", "list-unsubscribe", "list-post", "list-help", "list-subscribe", "x-mailman-version", "x-campaign", "x-campaignid", "x-campaign-id",
    "x-mailgun-tag", "x-mailgun-sid", "x-mailchimp-id", "x-mc-user", "x-csa-complaints", "x-sg-eid", "x-mailer-recptid", "x-job", "x-hs-cid", "x-listmember", "x-google-group-id",
    "x-github-reason", "x-github-sender", "x-gitlab-project", "x-gitlab-project-id", "x-jira-fingerprint", "x-discourse-topic-id", "x-ses-outgoing-bulk", "x-mandrill-user", "x-mlist", "x-loop-list",
)  # fmt: skip
NOTICE_HEADERS = ("x-cron-env", "x-facebook-notify", "x-fc-machinegenerated", "x-intercom-bin", "x-agent", "x-ebay-mailtracker", "x-nabble", "wks-phase", "wks-draft-version", "autocrypt-setup-message")  # fmt: skip
AUTO_HEADERS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-autogenerated", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply", "x-vacation",
    "x-helpscout-thread", "x-otrs-loop", "x-rt-loop-prevention", "x-ticket-id", "x-zendesk-from-account-id", "x-freshdesk", "x-helpscout-autoreply", "x-jsd", "x-servicenow-generated", "x-amavis-alert", "x-mdarrival-auto",
    "x-tmda-fingerprint", "x-boxtrapper", "x-ms-exchange-inbox-rules-loop", "x-notes-autoreply", "x-php-originating-script-auto",
)  # fmt: skip
CONTACT_FORM = re.compile(  # names such a sender has
    r"\b(?:(?:contact|web|report)[ -]?forms?|formulaire|kontaktformular|formulario|modulo (?:di )?contatto|contactformulier)\b",
    re.IGNORECASE,
)
MAILING_LIBRARY = re.compile(  # no person's client, but of sites' forms and of mass mailings
    r"\b(?:PHPMailer|Swift ?Mailer|nodemailer|Symfony|ActionMailer|JavaMail|smtplib|WPMailSMTP|PHP/\d)",
    re.IGNORECASE,
)
CLIENT = re.compile(
    r"(?i)thunderbird|mutt|apple mail|iphone mail|ipad mail|outlook|evolution|gnus|k-?9|claws|kmail|the bat|fairemail|mailmate|roundcube|becky"
)  # X-Mailer and User-Agent of clients in which a person types
INVITATION = re.compile(
    r"\bhas (?:tentatively )?(?:accepted|declined) (?:this|your|the) invitation\b", re.IGNORECASE
)
ROLE_LOCAL = pattern(
    r"""
    (?:no-?)?(?:
        support|help|helpdesk|service|servicedesk
        customer[._-]?(?:care|service|support|success)
        kunden\w*|info|contact|kontakt|team|hello|billing|accounts?|invoices?|sales|marketing
        news|updates?|feedback|survey\w*|orders?|shop|store|office|admin\w*|webmaster|hostmaster
        root|system|server|service|monitor\w*|status|backups?|scan\w*|printer|fax|voicemail
        calendar|events?|forms?|website|jobs|hr|careers|tickets?|desk|jira|git\w*|ci|build\w*
        deploy\w*
        security-?(?:alerts?|notice|scan\w*)
        report(?:s|ing)|digest|mail|post|web|www-data|nobody|apache|wordpress|member(?:s|ship)
        verify|verification|account-\w+|auto\w*|bot|.*[._-]bot|privacy|gdpr|dpo|legal|it|ai
        p?cert|psirt|csirt|soc|tracker|notif\w+|board|www|sms|flows?|links|portal|watch|review
        cve|lists?|assistant|transcripts?|grafana|prometheus|alertmanager|zabbix|icinga2?|sentry|datadog|newrelic
        pingdom|uptime\w*|kuma|jenkins|bamboo|teamcity|nessus|qualys|openvas|wazuh|splunk|kibana
        elastic\w*|chat\w*|robot\w*|gatekeeper|concierge|operator|reception\w*|agent
    )
    """,
)
AUTOMATIC = pattern(
    r"""
    \b(?:
        auto(?:
            matic|mated|matically
            mat(?!or|ion|e\b|iser|isier)\w{0,12}
            [- ]?generated|[- ]?reply|[- ]?responder|svar
        )
        otomatik\w*|no-?reply
        (?:virtual|ai|digital) (?:assistant|agent)
        assistant (?:virtuel\w*|ia)
        (?:asistente|assistente) virtual\w*
        (?:virtuell\w*|digital\w*|ki-?) ?assistent\w*
        chat ?bot\w*|assistant bot|['’]s (?:\w+ )?assistant\b|written by a machine
        in the (?:last|past) \d+ ?(?:h|hours|days)\b
        \d+ (?:violations|alerts|events|new issues)\b
        transcript of (?:your|the)|copy of your (?:chat|conversation)
        \bthis is the [\w-]+ (?:program|robot|server|daemon|list manager|software)\b
        empty (?:reply|message|e-?mail) to
        \bresults of your (?:e-?mail )?commands?\b
        (?:joined|left) the chat|chat ended|content scanner
        (?:notification|message|notice|e-?mail) (?:was|is|has been) (?:produced|generated|created) by
    )\b(?!['’]?s? (?:scan|tool|test|script|request|update|attack|crawl|check))
    автомат\w*|αυτ[όο]ματ\w*|自动|自動|자동|تلقائي|אוטומטי
    \b\d+ (?:open |new |critical |high |unread )?(?:reports?|findings?|vulnerabilities|problems|certificates?|domains|assets|alerts?|issues) (?:are|is|await|need|were|was|have|require|out of|detected|found)\b
    \bout of sla\b|\bsla (?:reminder|breach|warning)\b
    """,
)
MEASURES = re.compile(  # in a person's voice, and no person's
    r"\bmachine transcript|\((?:limit|threshold) \d|\bi can (?:fix|improve|speed up|optimi[sz]e) (?:that|this|it|them|your \w+) for you\b|\b\d{1,3} ?/ ?100\b",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    r"\bn[°ºr]\.? ?\d{3,}|(?:编号|單號|单号|番号|번호)\D{0,4}\d{3,}|\[[^\]\n]{0,20}#?[A-Z]{0,6}-?\d{3,}\]|\((?:ref|case|ticket|id)?[ #:.]*\d{4,}\)|#\d{4,}|\b(?:ticket|case|request|incident|ref(?:erence)?|vorgang|dossier|caso|chamado)\b[ :#.№°-]{1,4}[A-Z]{0,6}-?\d{3,}",
    re.IGNORECASE,
)
FOOT = pattern(
    r"""
    \b(?:
        you(?:['’]re| are) receiving this
        approve it\W+(?:trash|spam|reject|delete)
        view (?:
            it|this
            the (?:thread|issue|report|message|document)
        )? ?(?:on|at|in|online|here)\b
        (?:reply|respond) to this (?:e-?mail|message) directly
        unwatch|un-?follow this
        view (?:it|this|the \w+)?\s*:\s*https?
        (?:manage|change|update|edit|adjust) (?:your )?(?:e-?mail |notification )?(?:notifications?|settings|preferences)
        reply in [A-Z]\w+|going\?\W+yes
        (?:log|sign) in to (?:see|view|read|review)
        mailing list\b|\d+ (?:members|subscribers)\b|this conversation ended
        (?:
            commented on|assigned|mentioned you|invited you
            shared (?:a|an|the|this) \w+ with you
        )\b
        vous recevez (?:ce|cet|cette)
        (?:voir|g[ée]rer) (?:sur|en ligne|vos (?:pr[ée]f[ée]rences|notifications))
        sie erhalten diese|benachrichtigungseinstellungen|recibe este (?:correo|mensaje)
        riceve questa|recebeu (?:este|esta)
    )
    """,
)
HEAD = pattern(  # a first line that tells what somebody did in some program
    r"""
    \W*[^\W\d][\w.'’-]{1,25}(?: [\w.'’-]{2,25}){0,2} (?:
        commented on
        changed the (?:page|status|severity)
        (?:re)?assigned|mentioned you|invited you
        submitted (?:a|an|the)[ ]
        wrote a comment|requested changes|approved (?:this|the|your)|replied (?:to|in|on)
        shared (?:a|an|the) \w+ with you|declined (?:this|your)|accepted (?:this|your)
        (?:re)?opened (?:a|an|the) (?:issue|ticket|pull)
        closed (?:a|an|the)[ ]
        a comment[ée]
        hat (?:kommentiert|\S+ (?:zugewiesen|ge[äa]ndert))
    )
    """,
)
SURVEY = re.compile(
    r"\bquestionnaires?\b|\b(?:our|this|short|minute) (?:survey|study)\b|\bsurvey\b[^.\n]{0,40}https?:|\bsondage\b|\bumfrage\b|\bencuesta\b|\b(?:did (?:that|this|we) (?:answer|solve|help)|how (?:did we do|would you rate|was your|satisfied))|\brate (?:us|your|the (?:help|support|service))\b|satisfaction|[ée]valuer|bewerten|zufrieden",
    re.IGNORECASE,
)
INVITES = re.compile(
    r"^\W*(?:go to|read|open|see|view|verify|review|manage|track|start|join|download|listen|look|answer|reply|have a look|lire|voir|ouvrir|r[ée]pondre|lesen|ansehen|[öo]ffnen|ver|leer|leggi|apri)\b[^\n]{0,80}https?://([^\s/:]+)",
    re.IGNORECASE | re.MULTILINE,
)
TRANSCRIPT = re.compile(r"(?m)^\s*\[?\d{1,2}:\d\d(?::\d\d)?\]? \S{2,30}(?: \S{1,20})?: \S")
"""A line of a recorded conversation; some of them are a transcript, which programs send."""
