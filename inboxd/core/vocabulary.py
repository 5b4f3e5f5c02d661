"""Words of flaws: weaknesses, claims, severities, flags. Tables only, no logic.

English and French are first class; headings of other languages are recognised so that a report
written under them is still sorted into the policy's fields.
"""

from __future__ import annotations

import re

from inboxd.core.words import pattern

WEAKNESS = pattern(
    r"""
    \b(?:
        (?:
            data|messages?|mails|files|invoices?|profiles?|accounts?|documents?|photos?|orders?
        ) of (?:another|other|a different|some(?:one|body) else|strangers?)\b
        (?:donn[ée]es|messages|factures|documents|photos|comptes?) d['’]un autre\b
        vulnerab\w+|vuln\b|exploit\w*|xss|cross[- ]site|csrf|ssrf|xxe|sqli|sql injection
        injections?|idor|bola|rce|remote code|lfi|rfi|path traversal|directory traversal
        open redirect\w*|clickjack\w*|privilege escalation|auth\w* bypass|bypass\w*|takeover
        (?<!responsible )(?<!coordinated )disclos(?:e[sd]?|ing|ures?)\b(?! (?:polic\w+|programs?|programme|process|guidelines?|dates?|deadline|timeline))
        leak\w*|expos\w+|misconfigur\w+|deserial\w+|prototype pollution|race condition
        (?:buffer|heap|stack|integer)[- ](?:buffer[- ])?overflow
        use[- ]after[- ]free|out[- ]of[- ]bounds|memory corruption|double[- ]free|hard-?coded
        (?:api|live|secret) (?:keys?|secrets?)
        catastrophic backtracking|unauthenticated|unauthorized|session fixation|token
        security (?:issue|flaw|bug|hole|problem|vulnerability|weakness)
        faille\w*|vulnérabilit\w+|fuite|injection sql|contourn\w+|élévation de privil\w+
        redirection ouverte|inject\w*|brute[- ]?forc\w+|rate[- ]?limit\w*|\bcors\b|hijack\w*
        smuggling|poisoning|enumerat\w+|unescaped|unsanitized
        (?:not|n['’]t) (?:properly |correctly )?(?:
            validated?|escaped?|sanitized?|checked?|verif(?:y|ied)|authenticated|encod(?:ed?|es)
        )
        never (?:checks?|verif\w+|validat\w+|looks? at)
        (?:does|do)(?: not|n['’]t) (?:check|verify|validate|look at|escape|encode)
        without (?:any )?(?:
            login|authenticat\w+|password|authori[sz]ation|encoding|escaping|checks?
        )\b
        plain ?text|back ?door|\bspf\b|\bdmarc\b|x-frame-options|missing (?:security )?headers?
        dnssec|default (?:password|credentials)|brute|pops? (?:an|up an) alert
        security (?:report|finding|concern|advisory)
        insecure
        weak (?:password|cipher|encryption|hash)
        directory listing|privesc|privileges?\b
        (?:steal|read|see|access|delete|change)\w* (?:the )?(?:
            data|orders?|invoices?|accounts?|files?|messages?
        ) of (?:other|another|any|all)
        non authentifi\w+
        sans (?:authentification|mot de passe|contr[ôo]le|v[ée]rification|[ée]chappement)
        en clair
        d['’](?:autres|un autre) (?:utilisateur|client)s?
        schwachstelle\w*|sicherheitsl[üu]cken?|sicherheitsproblem|l[üu]cke
        ohne (?:anmeldung|passwort|pr[üu]fung)
        vulnerabilidad\w*|inyecci[óo]n|fallo de seguridad
        sin (?:autenticaci[óo]n|contrase[ñn]a)
        vulnerabilit[àa]\w*|falla|iniezione|senza (?:autenticazione|password)|vulnerabilidade\w*
        falha de seguran[çc]a|inje[çc][ãa]o|sem (?:autentica[çc][ãa]o|senha)|уязвимост\w+
        инъекци\w+|без (?:авторизации|пароля)|漏洞|注入|(?:频率|速率|次数)限制|越权|未授权|脆弱性|パスワードなし|認証なし|ログイン(?:なし|せず)
        セキュリティ上の問題
    )
    """,
)

FLAG_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, pattern(cue))
    for code, cue in (
        (
            "denial-of-service",
            r"""
                \b(?:
                    denial[- ]of[- ]service|d?dos\b(?!\.)|flood(?:ing|ed)?|slowloris
                    déni de service|resource exhaustion
                    take (?:the|your) (?:site|server) down
                    catastrophic backtracking
                    (?:keep|tie|use)(?:s|ing)? (?:up )?all (?:the |your )?workers
                    (?:rend\w*|devient) (?:le (?:site|service) )?indisponible
                    (?:ne r[ée]pond(?:ait|ent|u)?|n['’]a plus r[ée]pondu) plus
                    out of memory|memory exhaustion
                    (?:crash(?:es|ed)?|hangs?|freezes?|exhausts?|starves?) (?:the|your|all) (?:\w+ )?(?:
                        servers?|services?|workers?|process(?:es)?|sites?|nodes?|pool
                    )
                    (?:decompression|zip|xml|image|pixel|png) bomb
                    billion laughs|redos
                )
            """,
        ),
        (
            "social-engineering",
            r"""
                \b(?:
                    social engineering|phish(?:ing|ed)?|vishing|pretext\w*|ingénierie sociale
                    hameçonnage
                    (?:called|tricked|convinced) (?:your|an?) (?:employee|support|help ?desk|agent)
                )
            """,
        ),
        (
            "physical",
            r"""
                \b(?:
                    bo[îi]tiers? [àa] cl[ée]s?|key ?(?:safe|box|lock ?box)s?|lock[- ]?pick\w*
                    physical access
                    physically (?:access|present|enter)\w*
                    usb (?:key|stick|drive)
                    unlocked (?:laptop|computer|workstation|phone)
                    accès physique|data ?cent(?:er|re)s?|centres? de données
                    power (?:supply|cable|line)s?|tailgat\w+|badge clon\w+
                )
            """,
        ),
        (
            "theoretical",
            r"""
                \b(?:
                    theoretical(?:ly)?|théorique(?:ment)?|in theory|en théorie
                    i (?:have|did) not (?:test|verif|tr)\w*
                    no (?:working )?(?:poc|proof)|je n['’]ai pas (?:testé|vérifié)
                    best practices?|missing (?:security )?headers?
                )
            """,
        ),
        (
            "bounty-ask",
            r"""
                \b(?:
                    bount(?:y|ies)|reward|recompensa\w*|r[ée]compens\w+|ricompens\w+
                    remunerat\w+|compensation|paid for|payment|payout|paypal|bitcoin
                    (?:une |de |la )prime|récompense|rémunér\w+
                    combien (?:vous )?(?:payez|payer|offrez|donnez)
                    gagner (?:de l.argent|qqch|quelque chose)
                    (?:qq|quelque) ?chose (?:a|à) gagner
                    recompense|how much (?:do|will|would) you pay|do you pay
                )\b
            """,
        ),
        (
            "bulk-data",
            r"""
                \b(?:
                    wget -r|have \d[\d,. ]{3,}files|dump(?:ed)? (?:the|your|all|whole)
                    downloaded (?:all|the whole|your|the entire|\d[\d,. ]{3,})
                    extracted (?:all|the whole|the entire|\d[\d,. ]{3,})
                    (?:full|entire|whole) database|toute la base
                    téléchargé (?:toute?s?|l['’]ensemble)
                )
            """,
        ),
    )
)

VAGUE_OFFER = re.compile(
    r"\b(?:found|discovered|identified|noticed|have (?:an?|some|to report)|trouvé|découvert)\b[^.\n]{0,60}"
    r"\b(?:bugs?|vulnerabilit\w+|issues?|problems?|failles?|vulnérabilités?)\b",
    re.IGNORECASE,
)

SEVERITY_WORDS = {
    "critical": "critical", "critique": "critical", "kritisch": "critical", "severe": "critical",
    "crítica": "critical", "crítico": "critical", "critica": "critical", "критическая": "critical",
    "p1": "critical", "s1": "critical", "严重": "critical", "緊急": "critical",
    "high": "high", "élevée": "high", "elevee": "high", "élevé": "high", "haute": "high",
    "hoch": "high", "important": "high", "importante": "high", "grave": "high", "alta": "high",
    "alto": "high", "p2": "high", "s2": "high", "высокая": "high", "высокий": "high", "高危": "high", "高": "high",
    "medium": "medium", "moderate": "medium", "moyenne": "medium", "moyen": "medium",
    "modérée": "medium", "mittel": "medium", "media": "medium", "média": "medium", "p3": "medium",
    "средняя": "medium", "中危": "medium", "中": "medium",
    "low": "low", "faible": "low", "basse": "low", "minor": "low", "mineure": "low", "p4": "low",
    "p5": "low", "kritiek": "critical", "hoog": "high", "middel": "medium", "gemiddeld": "medium", "laag": "low", "критический": "critical", "критично": "critical", "средний": "medium", "низкий": "low", "informational": "low", "info": "low", "niedrig": "low", "baja": "low",
    "bassa": "low", "baixa": "low", "низкая": "low", "低危": "low", "低": "low",
}  # fmt: skip

SEVERITY_TITLE = re.compile(  # of a section or a column
    r"\b(?:severity|risk|gravit|s[ée]v[ée]rit|criticit|schwere|severidad|severidade|gravedad|gravidade)|严重性|深刻度",
    re.IGNORECASE,
)
_LEVELS = "|".join(SEVERITY_WORDS)
SEVERITY_CLAIM = pattern(
    rf"""
    \b(?:
        ernst|оценка|опасности|prioridade(?: sugerida)?|prioridad|severity|gravit[éeà]|s[ée]v[ée]rit[ée]|criticit[ée]|criticality|risk(?: level| rating)?
        priority|niveau|schweregrad|einstufung|kritikalität|gravedad|severidade?|severidad
        criticidad|criticidade|gravidade|rating|серьезность|критичность|vrt
    )\b(?:
        [ ]?\([^()\n]{{1,25}}\)
        [ ]estim[ée]e?
        [ ]propos[ée]e?
    )?[^\w\n]{{0,20}}\n{{0,2}}[^\w\n]{{0,12}}(?:is |est |level |of |rating |ist |es |é |è |as )?[^\w\n]{{0,6}}(?:[\w/. :]{{0,40}}[(>|,] ?)?({_LEVELS})(?![\w-])
    (?:严重性|严重程度|危害等级|风险等级|风险评级|漏洞等级|深刻度|重要度)\W{{0,4}}({_LEVELS})
    \b({_LEVELS})[- ](?:severity|risk|impact|priority)\b
    \b(?:
        rate|rated|consider|classif\w+|priori\w+|assess\w*|call|put
    )(?: (?:it|this|the \w+|them))?(?: (?:as|at|to be|a))? \W?({_LEVELS})(?![\w-])
    \bcvss[^\n]{{0,60}}\b\d\d?\.\d\W{{1,4}}({_LEVELS})(?![\w-])
    \b({_LEVELS})\W{{1,3}}\d\d?\.\d\b
    \b(?:
        gravit[ée]|s[ée]v[ée]rit[ée]|faille|vulnérabilité|vulnerability|issue|bug
    ) (?:est |is |jugée |considered )?({_LEVELS})(?![\w-])
    \b(?:
        severity should be|treat (?:it|this) as
        (?:think|believe|opinion|guess|my view)\b[^.!?\n]{{0,30}}\b(?:is|be|as)
        for me (?:it['’]?s|this is)|makes? (?:it|this|the matter)|pour moi,? c['’]est
        selon moi,? c['’]est
    ) ({_LEVELS})(?![\w-])
    \b(?:
        i['’]d (?:say|call (?:it|this)|rate (?:it|this))(?: as)?
        i would say|ich stufe\b[^.!?\n]{{0,30}}\bals|considero\b[^.!?\n]{{0,30}}
    ) ({_LEVELS})(?![\w-])
    \b({_LEVELS}) (?:
        in my (?:book|opinion|view|eyes)
        i (?:suppose|guess|think|would say)
        from my point of view
    )\b
    \b({_LEVELS}) (?:vulnerability|bug|issue|flaw|finding|(?:data )?leak)\b
    \b(?:this|it) is ({_LEVELS})[.!,]
    """,
)

CLAIM = pattern(
    r"""
    \b(?:
        i(?:['’]ve| have)?\s+(?:
            found|discovered|noticed|identified|observed|came across|detected|stumbled|spotted
            saw
        )
        it is possible to|there is an?
        we (?:have |also |just )?(?:
            found|discovered|identified|noticed|observed|came across|detected
        )
        (?:j['’]ai|nous avons|on a)\s+(?:\w+ )?(?:
            trouv[ée]|d[ée]couvert|constat[ée]|remarqu[ée]|identifi[ée]|rep[ée]r[ée]
        )
        il est possible d|il y a un[e]? (?:faille|vuln)
        (?:ich habe|wir haben)\b[^.]{0,60}(?:gefunden|entdeckt|bemerkt|festgestellt)
        (?:he|hemos) (?:encontrado|descubierto|detectado|visto)
        (?:ho|abbiamo) (?:trovato|scoperto|notato)
        encontrei|encontramos|descobri|descobrimos|я (?:наш[её]л|обнаружил\w?)
    )
    """,
)
