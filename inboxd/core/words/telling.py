"""What opens, greets, reaches, reveals and observes in running text."""

from __future__ import annotations

import re

from inboxd.core.words import pattern

SMALL_TALK = pattern(
    r"""
    ^\W*sorry (?:again|for)\b|\bpor favor no se\b
    \bif you are not the intended recipient\b|\bconfidential and may be privileged\b
    ^\W*(?:
        (?:
            hi|hello|hey|dear
            good (?:morning|day|afternoon|evening)
            greetings|bonjour|bonsoir|salut|madame|monsieur|hallo|guten tag|sehr geehrte\w*
            liebe[rs]?|hola
            buen[oa]s? (?:d[ií]as?|tardes|noches)
            estimad\w+|buongiorno|buonasera|gentil\w+|salve|ol[áa]|bom dia|boa (?:tarde|noite)
            prezad\w+|caros?|здравствуйте|добрый день|привет|уважаем\w+|您好|你好|お世話になっております|こんにちは
            拝啓
        )\b[^.:!?\n]{0,60}[,.:!?]*$
        (?:kind|best|warm(?:est)?|many|with) (?:regards|wishes|thanks)
        regards|cheers|thanks|thank you|thx|tia|sincerely|yours|respectfully
        have a (?:nice|good|great|lovely|wonderful|pleasant|fine)
        (?:i am |i['’]m )?(?:hoping|looking forward) to hear\w*
        i hope to hear|(?:please )?excuse my|excusez(?:-moi)? (?:mon|le|mes)
        d[ée]sol[ée]e? pour mon|good luck
        (?:i |we )?(?:really )?love (?:the|your) (?:product|service|app|tool|site)
        merci|cordialement|bien [àa] vous
        bonne (?:journ[ée]e|soir[ée]e|r[ée]ception)
        salutations|[àa] bient[ôo]t|mit freundlichen|viele gr[üu]|freundliche|beste gr|danke|mfg
        gru[sß]|saludos|un saludo|atentamente|gracias|cordiali saluti|distinti saluti|grazie
        saluti|atenciosamente|abra[çc]os|obrigad\w+|cumprimentos|с уважением|спасибо|よろしくお願い|谢谢
        此致|はじめまして|突然のご連絡|ぜひお願い|[^。、]{0,30}(?:御中|担当者?様|各位)|[^。、]{1,30}と申します
    )
    \b(?:
        my name is
        i am (?:an? )?(?:\w+ ){0,3}(?:
            researcher|hunter|student|pentester|hacker|engineer|developer|consultant|customer
            user|enthusiast
        )\b
        i['’]?m an? (?:\w+ ){0,3}(?:researcher|hunter|student|pentester|hacker)
        je m['’]appelle
        je suis (?:un[e]? )?(?:\w+ ){0,2}(?:
            chercheu\w+|[ée]tudiant\w*|client\w*|d[ée]veloppeu\w+
        )
        mein name ist
        ich bin (?:\w+ ){0,3}(?:forscher|student|kunde|entwickler)\w*
        mi nombre es|mi chiamo|meu nome [ée]|me llamo
    )
    \bi? ?hope (?:you|this|that|to)\b
    \b(?:let|keep) me (?:know|posted|updated)\b
    \b(?:waiting|wait) for (?:your|a|an)[ ]
    \blooking forward\b|\bfeel free\b|\bdo not hesitate\b|\bdon['’]t hesitate\b
    \b(?:please|kindly|pls) (?:
        confirm|reply|respond|acknowledge|fix|let|tell|advise|treat
        see (?:the )?(?:below|attach)
        find (?:the )?(?:attach|below|enclosed)
    )
    \bi['’]?m not an? \w+|\bwe (?:use|are using) your\b
    \bi (?:love|like|use|am using) (?:your|mykonci)\b[^.]{0,60}$
    \bvery (?:content|happy|satisfied) with\b
    \bhappy to (?:help|provide|answer|test|retest|clarify)
    \bif you (?:have|need) (?:any |more |further )?(?:question|info|detail|help)
    \bi (?:will|would|can) (?:not )?(?:publish|disclose|retest|wait)
    \b(?:i am|i['’]m) (?:reporting|writing|contacting)\b[^.]{0,60}(?:
        policy|programme?|disclosure|you(?: about)?
    )[^.]{0,40}$
    \breport(?:ing)? (?:it |this )?under your\b
    \bhere is (?:my|the|a) report\b
    \bje (?:reste|me tiens) [àa] (?:votre )?disposition
    \bn['’]h[ée]sitez pas\b|\bdans l['’]attente\b|\bbounty\b|\breward\b|\bremunerat
    \br[ée]compense\b|\bhow much\b|\bpaypal\b|\bhall of fame\b|\bfor (?:any )?questions\b
    \b(?:nothing|no data) (?:was|has been|were) (?:\w+ )?(?:
        changed|kept|stored|downloaded|copied|deleted|modified
    )
    \bi (?:have )?(?:not )?(?:kept|deleted|stored) (?:no|any|all|the)\b[^.]{0,30}(?:data|cop)
    ^\W*(?:sent from my|envoy[ée] de(?:puis)? mon|get outlook for|gesendet von)\b
    """,
)
CONTACT = pattern(
    r"""
    \b(?:
        reach|contact|email|e-mail|write(?: to)?|message|call|phone|ping|text|dm
    ) me\b(?! (?:in|your|as|[a-z]\w*_\w+|\S+ in))
    \b(?:you can|best way to) (?:reach|contact)\b
    \b(?:i am|i['’]m|am|be) (?:also |best |always )?reachable\b
    \bi am on (?:signal|telegram|matrix|threema)
    \b(?:hit|add|find) me (?:up )?(?:on|at)\b
    \bon (?:discord|signal|telegram|matrix|threema|wire|keybase|whatsapp)\b[^.]{0,12}\(?\S+
    \b(?:threema|signal|telegram|matrix|discord)\b[^.\n]{0,20}\b(?:id|unter|as|at|sous|under)\b
    \+\d{1,3}[\d ().-]{7,}\d
    \bmy (?:
        contact|e-?mail|phone|signal|telegram|keybase|matrix|pgp|jabber|private
    )\b[^.]{0,40}(?:is\b|:|@|\+\d)
    \b(?:signal|telegram|threema|whatsapp)\s*(?:is|[:@])\s*\S
    \b(?:session|wire) id\s*(?:is|:)\s*\S
    \b(?:reply|answer|write|respond) (?:\w+ ){0,3}to (?:this address |my )?\S+@\S+
    \b(?:
        me contacter|me joindre|me r[ée]pondre|m['’][ée]crire|joignable|mes coordonn[ée]es
        mon (?:
            adresse|t[ée]l[ée]phone|mail|e-?mail|num[ée]ro
        )(?: \w+){0,2}\s*(?:est\b|[:=+]|\d|\S+@)
        (?:me |m['’])(?:rappeler|appeler)\b
        [ée]crivez-moi|erreichbar|chiamarmi|ll[áa]m(?:en|ad)me|get hold of me
        (?:phone|practice|office|mobile|my) number is
        mi (?:telegram|signal|correo|tel[ée]fono) es
        (?:sur|su|auf|en|no|via) (?:
            matrix|signal|telegram|threema|discord|whatsapp
        )\s*[:(]?\s*@?[\w+]
        \bsig(?:nal)?\s*:\s*@\w|contactarme|contattarmi|contatar-me
    )
    """,
)
OPENS = re.compile(
    r"\b(?:i(?:['’]d| would)? (?:like|want) to (?:report|inform|bring|share|disclose)|i am (?:reporting|writing)|i report|this is a report|je (?:souhaite|voudrais|veux|vous) (?:signaler|[ée]cris|informer)|ich m[öo]chte)\b",
    re.IGNORECASE,
)
REVEALS = pattern(
    r"""
    \b(?:and|i|we) (?:found|noticed|realis?zed|saw) that\b
    \bturns? out that\b
    \b(?:is|are|was) (?:not|never) (?:being )?(?:
        checked|validated|escaped|encoded|saniti[sz]ed|verified|filtered|compared
    )\b
    \bdoes not (?:contain|check|validate|verify|escape|compare)\b
    \bresolves external entities\b
    \bn['’]est (?:pas|jamais) (?:v[ée]rifi|contr[ôo]l|[ée]chapp|filtr|valid)[ée]e?\b
    \bne (?:v[ée]rifie|contr[ôo]le|regarde|filtre) pas\b
    \bwird nicht (?:gepr[üu]ft|maskiert|gefiltert|validiert)\b
    \bno se (?:comprueba|valida|filtra)\b
    \bnon viene (?:controllat|verificat|filtrat)\w
    """,
)
OBSERVED = pattern(  # how the system behaved
    r"""
    \b(?:
        show(?:s|ed|n)|display(?:s|ed)|return(?:s|ed)|respond(?:s|ed)|answers|accept(?:s|ed)
        reflect(?:s|ed)|render(?:s|ed)|contain(?:s|ed)|leaks?|it opened|still works?
        came (?:back|up)
        (?:is|are|was|were) (?:built|stored|limited|based|decided|only|clearly|still)
        never|no longer
        without (?:asking|checking|any|an?)
        instead of|even (?:though|if|when)|by prefix|for any|any id|in (?:clear|plain)|turns out
        there (?:is|was|are) no
        (?:is|are|was|were|does|did|do)(?:n['’]t| not)
        i (?:get|got|saw|can see|could see)
    )\b
    \b(?:
        affiche\w*|renvoie\w*|contien\w+|r[ée]pond\b|accept\w+|je vois|je suis tomb[ée]e?
        sans (?:v[ée]rif\w+|contr[ôo]l\w+|demander|aucun\w*)
        n['’]est (?:donc |pas )|n['’](?:est|a)\b|ne \w+ (?:pas|jamais|plus|que)
        il n['’]y a (?:ni|pas)|seule?s? l[ea]|en clair|r[ée]sou[td]
    )\b
    \b(?:
        zeigt|liefert|gibt\b[^.!?]{0,60}\bzur[üu]ck|akzeptiert|enth[äa]lt|nicht|ohne|deaktiviert
        trotzdem
    )\b
    \b(?:
        muestra|devuelve|acepta|deja|contiene|sin|aparece|mostra|restituisce|accetta|senza
        retorna|aceita|sem|deixa
        n[ãa]o (?:aparece|verifica|valida|h[áa])
    )\b
    """,
)
