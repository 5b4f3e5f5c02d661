"""How people away from their desk have a program answer, in some forty languages."""

from __future__ import annotations

from inboxd.core.words import pattern

ABSENCE = pattern(
    r"""
    ^\W*(?:(?:re|aw|sv|rv|antw|odp)\s*:\s*)?\W*(?:
        (?:automatic|auto|automated|autom\w*)[- ]?(?:
            reply|response|answer|antwort|svar|antwoord|acknowledge?ment
        )
        auto[- ]?(?:reply|response|responder|antwort|svar)\b
        out of (?:the )?office|ooo\b|away from|on (?:vacation|leave|holiday)|i am (?:away|out)
        r[ée]ponse automatique|message automatique|absence\b|absent\w*\b|je suis absent
        cong[ée]s?\b|abwesen\w*
        automatische (?:antwort|r[üu]ckantwort|beantwortung)
        abwesenheits\w*|nicht im (?:b[üu]ro|haus)|im urlaub|urlaub\b|risposta automatica
        fuori (?:sede|ufficio)|assen(?:te|za)\b|respuesta autom[áa]tica|fuera de (?:la )?oficina
        ausencia|ausente\b|resposta autom[áa]tica|fora do escrit[óo]rio|aus[êe]ncia|afwezig\w*
        automatisch antwoord|automatisch bericht|niet aanwezig|fr[åa]nvaro\w*|automatiskt? svar
        autosvar|frav[æa]r\w*|ikke til stede|poissa\w*
        automaattinen (?:vastaus|poissaolo\w*)
        autom\w* odpowied[źz]|nieobecno[śs][ćc]|automatick[áa] odpov[ěe][ďd]|nep[řr][íi]tomn\w*
        automatikus v[áa]lasz|otomatik yan[ıi]t|izinde\w*|ofis d[ıi][şs][ıi]nda|автоответ\w*
        автоматический ответ|(?:я )?в отпуске|отсутств\w*|自动回复|自動回覆|自動返信|自動応答|不在(?:通知|のお知らせ|連絡)?
        休假|外出|자동 ?(?:회신|응답)|부재중|vacation\b|on leave|maternity leave|annual leave|parental leave
        r[ée]cemment parti
    )
    \bout of (?:the )?office\b
    \bauto(?:matic)?[- ]?repl(?:y|ies)\b(?=\s*(?::|$|from|-))
    \bautomatische antwort\b|\br[ée]ponse automatique\b|\(auto(?:matic)? ?reply\)
    ^\W*(?:(?:re|aw|sv|tr)\s*:\s*)?\W*(?:fora de l['’]oficina|mimo kancel[áa][řr]|sygemeldt|sykmeldt|sjukskriven|betriebs(?:ferien|urlaub)|εκτός γραφείου|авто?в[іи]дпов[іи]дь|trả lời tự động|poza biurem)
    ^\W*(?:licen[çc]a|baixa por)[ -](?:maternidade|paternidade|m[ée]dica)|^\W*(?:sunt )?[îi]n concediu|\ba quitt[ée] (?:l['’]entreprise|la soci[ée]t[ée])|\bi no longer work (?:at|for|here)\b|^\W*mailbox of\b
    \boffice clos(?:ure|ed)\b|\byour (?:e-?)?mail has been deleted\b|\bslow (?:to reply|replies)\b|\b(?:parental|maternity|paternity|sick) leave\b
    """,
)
ABSENCE_TEXT = pattern(
    r"""
    \b(?:cette (?:adresse|bo[iî]te)|this (?:address|mailbox|account)|diese (?:e-?mail-?)?adresse|esta direcci[óo]n|questo indirizzo|este endere[çc]o|dit adres)\b[^.\n]{0,40}\b(?:supprim|ferm|d[ée]sactiv|delet|clos|shut|deactivat|discontinu|gel[öo]scht|abgeschaltet|eliminad|desactivad|disattivat|cancellat|desativad|verwijderd)\w*
    \bvotre nouvel interlocuteur\b|\byour new contact(?: person)? is\b|\bneue[rn]? ansprechpartner\w* ist\b|\bj['’]ai quitt[ée] (?-i:[A-Z])
    \b(?:i am|i'm|i will be|i['’]ll be|i am currently|je suis|je serai|actuellement|bin ich|ich bin|ich befinde mich|sono|sar[òo]|estoy|estar[ée]|estou|estarei|encontro-me|encontrar-me-ei|me encuentro|mi trovo|ik ben|jag [äa]r|jeg er|jestem|olen|jsem)\b[^.\n]{0,50}\b(?:
        out of (?:the )?office|out of office
        on (?:
            annual[ ]
            parental[ ]
            sick[ ]
            maternity[ ]
            paternity[ ]
            a[ ]
            my[ ]
        )?(?:leave|vacation|holiday|business trip)
        away (?:from|until|on)|travell?ing|absente?s?\w*|en cong[ée]s?|en vacances
        en d[ée]placement
        nicht (?:im b[üu]ro|im haus|erreichbar|am arbeitsplatz|da)
        im urlaub|au[sß]+er haus|abwesend|in elternzeit|fuori (?:sede|ufficio)|in ferie|assente
        fuera de (?:la )?oficina|de vacaciones|ausente|fora do escrit[óo]rio|de f[ée]rias
        afwezig|niet aanwezig|op vakantie|met verlof|p[åa] semester|borta|ledig|p[åa] ferie
        bortreist|poissa|lomalla|na urlopie|poza biurem|nieobecn\w*|na dovolen[ée]
        mimo kancel[áa][řr]
    )\b
    (?:нахожусь|буду|я сейчас|в настоящее время)[^.\n]{0,40}(?:
        в отпуске|вне офиса|отсутств\w*|командировк\w*
    )
    我(?:正在|现在|目前|将)?[^。\n]{0,10}(?:休假|出差|不在|外出)
    (?:来信|邮件)(?:我)?(?:已|我已)(?:收到|经收到)[^。\n]{0,20}(?:回复|自动)
    (?:自动|系统)回复
    (?:不在|休暇|休業|出張)[^。\n]{0,20}(?:しております|いたします|です|中)
    부재중|\bizindeyim\b
    \b(?:this|it) is (?:just )?an automated (?:note|notice)\b
    \b(?:jeg er|jag [äa]r) (?:sygemeldt|sykmeldt|sjukskriven|p[åa] (?:barsel|ferie|semester|orlov))\b|\bsunt plecat[ăa]?\b|\bjsem na (?:konferenci|dovolen[ée]|nemocensk[ée])\b|\bser[ée] fora\b|\bestic de (?:vacances|baixa)\b
    \b(?:απουσιάζω|θα απουσιάζω|είμαι (?:σε άδεια|εκτός))|\bя (?:зараз )?(?:у|в) в[іи]дпустц[іи]\b|\btôi (?:đang |sẽ )?nghỉ\b|\bcông ty (?:chúng tôi )?nghỉ\b
    \bestou de (?:licen[çc]a|f[ée]rias)\b|\bne fait plus partie (?:des effectifs|de)\b|\b(?:has|have) left [^.\n]{2,50} as of\b|\bpassed away\b[^\n]{0,200}\bmailbox\b|\b(?:our )?offices? (?:is|are|will be) closed\b
    \bwir machen betriebs\w+|\bi(?:['’]m| am) (?:offline|on sabbatical|on (?:parental|maternity|paternity|sick) leave)\b|\bi am only a filter rule\b|\bwill be answering (?:e-?)?mails? again\b|\b(?:e-?)?mails? (?:sent to|that arrives? (?:at|in)) [^.\n]{0,60}(?:not (?:being )?read|deleted)\b
    """,
)
WAITS = pattern(  # "I am on holiday from Monday, so please answer by Friday"
    r"""
    \bplease (?:answer|reply|respond|get back to me|let me know)\b[^.\n]{0,20}\b(?:by|before|until|if)\b
    """,
)
AWAY = pattern(
    r"""
    \b(?:
        vacation|on (?:\w+ )?leave|holidays?|pto|out of office|office hours|absen\w+|cong[ée]s?
        urlaub\w*|abwesen\w*|ferien|vacaciones|ausent\w*|f[ée]rias|ferie\w*|vakantie|verlof
        semester\w*|ledig|lom(?:a|alla)
        (?:f[öo]r[äa]ldra|tj[äa]nst|mamma|pappa|sjuk)ledig\w*
        (?:barsels?|for[æe]ldre|pleie|fedre|mammas?)(?:orlov|permisjon)\w*
        permisjon\w*|orlov|vanhempainvapa\w*|[äa]itiyslom\w*|hoitovapa\w*|elternzeit
        mutterschutz|maternit\w+|paternit\w+|maternidad\w*|maternidade|congedo|macierzy[ńn]sk\w*
        mate[řr]sk\w+|rodi[čc]ovsk\w+
        (?:l[äa]ser (?:inte|ej)|l[æe]ser ikke) (?:min |mine )?(?:mejl|e-?post|mails?)
        lese (?:ich )?(?:derzeit |momentan )?keine (?:e-?)?mails?
        ne (?:lis|consulte) pas (?:mes|ma)
        no (?:leo|reviso) (?:mi |el )?correo
        nie czytam
        (?:do not|don['’]t|not|won['’]t) read(?:ing)? (?:my )?(?:e-?)?mails?
        urlop\w*|nieobecn\w*|dovolen\w*|szabads[áa]g\w*|concediu\w*|izin\w*|tatil\w*
        sabbatical\w*
        no longer (?:with|work\w*|employed|at)
        limited access
        (?:i am|i['’]m|je suis|ich bin|estoy|sono|estou) (?:currently |still |gerade |ahora )?(?:
            ill|sick|travell?ing|away|hiking|abroad|malade|en d[ée]placement|krank|unterwegs
            enferm[oa]|de viaje|in viaggio|doente
        )
        back (?:at (?:my|the) desk|in (?:the|my) office|on(?:line| (?:monday|tuesday|wednesday|thursday|friday|the \d|\d))|from (?:vacation|leave|holiday|my trip))
        without (?:a |my |any )?(?:laptop|computer|internet|signal|screen)|(?:left|leave) (?:the|my) laptop|no (?:laptop|signal|internet|reception)\b|off(?: the)? grid|offline until|unplugged
        torno (?:il|quando|luned[ìi]|dopo)|sono al mare|de retour (?:le|lundi|mardi|d[èe]s)|je reviens (?:le|lundi)|zur[üu]ck (?:am|ab)|bin (?:ab|am) \w+ (?:wieder|zur[üu]ck)|vuelvo (?:el|a partir)|regreso el|volto (?:a|dia|na)|terug (?:op|vanaf)|tillbaka (?:den|p[åa])
        at a conference
        when i(?:['’]ll| will| am|['’]m)? (?:be )?(?:back|return)
        until further notice|changed jobs|new job
        my (?:new|private) (?:e-?mail )?address is
        mailbox is (?:changing|no longer)|moved to a new address|only checked (?:once|on)
        switched off|vuelvo el|volto (?:na|no|em|dia)|командировк\w*
        check (?:my )?e-?mails? (?:only|twice)
        plus partie des effectifs|quitt[ée] (?:la|l['’]) ?\w+
    )\b
    отпуск\w*|відпуст\w*|άδεια|απουσ\w+|απουσιάζω|חופש\w*|إجازة|휴가|부재|休暇|不在|休假|度假|외출
    \b(?:
        tillbaka p[åa] kontoret|(?:jeg har|har|er i|í) fr[ií]i?\b|er even niet
        (?:lees|beantwoord) ik (?:mijn|de) (?:mail|post)
        mimo kancel[áa]ri[ea]|ngh[ỉi] ph[ée]p|(?:sedang|tengah) cuti|de vacances|oporretan
        puhkusel|atva[ļl]in[āa]jum\w*|atostog\w*|godi[šs]nj\w+(?: \w+)? odmor\w*|na odmoru
        me pushime|chhutti|ar saoire|reading (?:my )?mail only|i read (?:my )?mail only
        ne travaille pas le|arbeite nicht am|nicht im dienst
        has left (?:the|our) (?:company|organi[sz]ation|team|firm)
        successor
        no longer (?:employed|with (?:us|the|our)|monitored)
        address is no longer|not (?:being )?monitored|niet meer werkzaam|ne fait plus partie
        arbeitet nicht mehr|ya no trabaja
    )\b
    одмору|ลา(?:พักร้อน|หยุด|กิจ|ป่วย)
    \b(?:
        (?:aim|try|strive|endeavou?r) to (?:reply|respond|answer|get back)
        (?:get back|respond|reply) to you (?:within|as soon|shortly|asap)
        with you shortly|check (?:out )?our (?:faq|help)
        (?:un agente|un asesor|nuestro equipo) (?:revisar|se pondr|le |te )\w*
        retornaremos|entraremos em contato|la ricontatteremo|vi ricontatteremo
        nous (?:vous )?(?:r[ée]pond|recontact|reviend)r?ons
        wir melden uns
        (?:melden|antworten) uns? (?:so )?(?:bald|schnell|umgehend|innerhalb)
        in den n[äa]chsten tagen bei ihnen|en un plazo de
    )
    \btaking [^.\n]{0,40}\boff\b|\banswering (?:e-?)?mails? again\b|\bafter (?:eid|christmas|easter|new year|the holidays)\b|\breading (?:e-?)?mails? (?:only )?sporadically\b|\bje suis dans un hamac\b|\bretour le \d
    """,
)
