"""Words that people use in reports: headings, cues in prose, flags. Tables only, no logic.

English and French are first class; headings of other languages are recognised so that a report
written under them is still sorted into the policy's fields.
"""

from __future__ import annotations

import re

HEADING_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(rf"(?:\b|^)(?:{words})(?:\b|$)", re.IGNORECASE))
    for field, words in (
        (
            "proof_of_concept",
            r"pocs?|proofs?[ -](?:of[ -])?concepts?(?: respecting rules above)?|preuves? de concept|exploit(?:ation)?(?: code)?"
            r"|payloads?|demonstration|proof|evidence|preuves?|screenshots?|captures? d.ecran"
            r"|http requests?|requete http|supporting material(?:s|/references)?|prueba de concepto"
            r"|prova de conceito|konzeptnachweis|доказательство концепции|概念验证|概念実証",
        ),
        (
            "reproduction_steps",
            r"reproduction steps|steps?(?: to (?:reproduce|recreate|replicate))?|repro(?:duction|duce|ducing)?"
            r"|repro steps|how to (?:reproduce|exploit)|to reproduce|walkthrough|procedure"
            r"|etapes?(?: (?:de|pour) \w+)?|reproduire|schritte(?: zur reproduktion)?|reproduktion"
            r"|pasos|reproducir|passaggi|riproduzione|passos|reproduzir|шаги|воспроизведени\w*"
            r"|复现步骤|重现步骤|再現手順",
        ),
        (
            "impact",
            r"impacts?(?: \w+)?|consequences?|risk|risks|risque|risques|attack scenario"
            r"|scenario d.attaque|auswirkung(?:en)?|impacto|impatto|влияние|последствия|影响|影響",
        ),
        (
            "credit",
            r"credits?|contacts? credits?|(?:contact )?(?:\w+ ){0,4}would like(?: public)? credit(?: \w+){0,3}|acknowledge?ments?|recognition|attribution|hall of fame|public credit"
            r"|remerciements?|reconnaissance|mention publique|credit public|danksagung|nennung"
            r"|credito|reconocimiento|riconoscimento|credits?/contact|благодарность",
        ),
        (
            "contact",
            r"contacts?(?: (?:details|info|information|me))?|my details|about me|reporter"
            r"|coordonnees|kontakt(?:daten)?|contacto|contatto|contato|контакты?|联系方式|連絡先",
        ),
        (
            "components",
            r"urls?|urls? components?|components?|composants?|endpoints?|end-points?|affected(?: \w+){0,3}"
            r"|(?:vulnerable|impacted) (?:\w+ )?(?:urls?|endpoints?|components?|assets?|hosts?"
            r"|parameters?|pages?)|assets?|targets?|hosts?|domains?|products?|location|where"
            r"|cibles?|perimetre|adresses? concernees?|elements? concernes?|scope|page concernee"
            r"|betroffen\w*(?: \w+)?|komponenten?|componentes?(?: afectad\w+)?|componenti"
            r"|afectad\w+|затронут\w+(?: \w+)?|компоненты?|受影响\w*|影響を受ける\w*",
        ),
        (
            "description",
            r"(?:\w+ )?descriptions?(?: \w+){0,5}|summary|overview|abstract|details?"
            r"|(?:technical|vulnerability|bug|issue) details?|vulnerability|vulnerabilite|faille"
            r"|vulnerability (?:type|class|name)|issue|problem|probleme|the bug|bug|finding"
            r"|introduction|background|contexte|resume|synthese|explication|beschreibung"
            r"|zusammenfassung|schwachstelle|descripcion|resumen|descrizione|riepilogo|sommario"
            r"|descricao|resumo|описание|уязвимость|漏洞描述|描述|説明|概要",
        ),
    )
)

OTHER_HEADINGS = re.compile(
    r"(?:\b|^)(?:references?|links?|remediation|recommend\w*|mitigations?|fix|suggested fix|solution"
    r"|timeline|severity|gravite|severite|cvss(?: \w+)?|cwe|environment|environnement|tested on"
    r"|browser|disclosure|disclaimer|notes?|additional \w+|recommandations?|correctif|correction"
    r"|calendrier|expected (?:result|behaviou?r)|actual (?:result|behaviou?r)|thanks|date|title"
    r"|titre|version|weakness|prerequisites?|pre-?requis|attachments?|pieces jointes)(?:\b|$)",
    re.IGNORECASE,
)

WEAKNESS = re.compile(
    r"\b(?:vulnerab\w+|vuln\b|exploit\w*|xss|cross[- ]site|csrf|ssrf|xxe|sqli|sql injection"
    r"|injections?|idor|bola|rce|remote code|lfi|rfi|path traversal|directory traversal"
    r"|open redirect\w*|clickjack\w*|privilege escalation|auth\w* bypass|bypass\w*|takeover"
    r"|disclos\w+|leak\w*|expos\w+|misconfigur\w+|deserial\w+|prototype pollution|race condition"
    r"|buffer overflow|hard-?coded|unauthenticated|unauthorized|session fixation|token"
    r"|security (?:issue|flaw|bug|hole|problem|vulnerability|weakness)|faille\w*|vulnérabilit\w+"
    r"|fuite|injection sql|contourn\w+|élévation de privil\w+|redirection ouverte"
    r"|schwachstelle|sicherheitslücke|vulnerabilidad\w*|vulnerabilidade\w*|уязвимост\w+|漏洞|脆弱性)",
    re.IGNORECASE,
)

PROSE_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(cue, re.IGNORECASE))
    for field, cue in (
        (
            "reproduction_steps",
            r"\b(?:to reproduce|reproduc\w+|steps? (?:are|is)|you can (?:see|trigger|verify) (?:it|this)"
            r" by|(?:^|[.;] )(?:first|then|next|after that|finally),? |log ?(?:in|ged in) (?:as|with|to|on)"
            r"|just (?:open|visit|send|go)|if you (?:open|visit|send|go|change|log)|when (?:you|i) "
            r"(?:open|visit|send|go|change|log|click|submit|replay|request)"
            r"|pour (?:le |la |les )?reproduire|il suffit d|d.abord|ensuite|puis|connectez|ouvrez"
            r"|envoyez|cliquez|en (?:modifiant|changeant|remplaçant|envoyant|ouvrant)|lorsqu(?:e|')|je me suis connect\w+)",
        ),
        (
            "impact",
            r"(?:\b(?:an|any|the) (?:attacker|adversary|unauthenticated|anonymous|logged[- ]in|user)\w*"
            r"[^.]{0,60}\b(?:can|could|may|might|would|is able|to)\b|\banyone\b[^.]{0,40}\b(?:can|could|to)\b"
            r"|\b(?:allows?|lets?|enables?|lead(?:s|ing)? to|result(?:s|ing)? in)\b|\bimpact\b"
            r"|\battackers?\b[^.]{0,30}\b(?:can|could|may|might)\b|\bconsequences?\b"
            r"|\b(?:un|l['’]|tout) ?(?:attaquant|utilisateur|tiers|pirate)[^.]{0,60}\b(?:peut|pourrait|peuvent|est capable)"
            r"|\bn['’]importe qui\b|\bpermet(?:tant|trait)?\b|\bconséquences?\b|\bl['’]impact\b)",
        ),
        (
            "proof_of_concept",
            r"(?:\bproofs? of concept\b|\bpoc\b|\bpayload\b|\b(?:attached|enclosed)\b|\bscreenshots?\b"
            r"|\b(?:video|recording) (?:is|at|here|link)|\bcurl -|\bpreuves? de concept\b|\bci-joint\w*"
            r"|\ben pièce jointe\b|\bcaptures? d['’]écran\b|\bvoici (?:la requête|le code|l['’]url))",
        ),
        (
            "contact",
            r"(?:\b(?:reach|contact|email|e-mail|write|message|call|phone|ping) me\b"
            r"|\bmy (?:contact|e-?mail|phone|signal|telegram|keybase|matrix|pgp)\b|\b(?:signal|telegram|threema)\s*[:@]"
            r"|\b(?:me contacter|me joindre|me répondre|m['’]écrire|joignable|mes coordonnées|mon (?:adresse|téléphone|mail|e-?mail|numéro)))",
        ),
    )
)

FLAG_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(cue, re.IGNORECASE))
    for code, cue in (
        (
            "denial-of-service",
            r"\b(?:denial[- ]of[- ]service|d?dos\b(?!\.)|flood(?:ing|ed)?|slowloris|déni de service|resource exhaustion"
            r"|take (?:the|your) (?:site|server) down)",
        ),
        (
            "social-engineering",
            r"\b(?:social engineering|phish(?:ing|ed)?|vishing|pretext\w*|ingénierie sociale|hameçonnage"
            r"|(?:called|tricked|convinced) (?:your|an?) (?:employee|support|help ?desk|agent))",
        ),
        (
            "physical",
            r"\b(?:physical access|physically (?:access|present|enter)\w*|usb (?:key|stick|drive)|unlocked (?:laptop|computer|workstation|phone)"
            r"|accès physique|data ?cent(?:er|re)s?|centres? de données|power (?:supply|cable|line)s?|tailgat\w+|badge clon\w+)",
        ),
        (
            "theoretical",
            r"\b(?:theoretical(?:ly)?|théorique(?:ment)?|in theory|en théorie|i (?:have|did) not (?:test|verif|tr)\w*"
            r"|no (?:working )?(?:poc|proof)|je n['’]ai pas (?:testé|vérifié)|best practices?|missing (?:security )?headers?)",
        ),
        (
            "bounty-ask",
            r"\b(?:bount(?:y|ies)|reward|remunerat\w+|compensation|paid for|payment|payout|paypal|bitcoin"
            r"|prime|récompense|rémunér\w+|combien (?:payez|offrez)|how much (?:do|will|would) you pay|do you pay)\b",
        ),
        (
            "bulk-data",
            r"\b(?:dump(?:ed)? (?:the|your|all|whole)|downloaded (?:all|the whole|your|the entire|\d[\d,. ]{3,})"
            r"|extracted (?:all|the whole|the entire|\d[\d,. ]{3,})|(?:full|entire|whole) database|toute la base|téléchargé (?:toute?s?|l['’]ensemble))",
        ),
    )
)

CLAIM = re.compile(
    r"\b(?:i(?:['’]ve| have)?\s+(?:found|discovered|noticed|identified|observed|came across)|it is possible to"
    r"|j['’]ai\s+(?:trouvé|découvert|constaté|remarqué|identifié)|il est possible d)",
    re.IGNORECASE,
)

VAGUE_OFFER = re.compile(
    r"\b(?:found|discovered|identified|noticed|have (?:an?|some|to report)|trouvé|découvert)\b[^.\n]{0,60}"
    r"\b(?:bugs?|vulnerabilit\w+|issues?|problems?|failles?|vulnérabilités?)\b",
    re.IGNORECASE,
)

SEVERITY_WORDS = {
    "critical": "critical", "critique": "critical", "kritisch": "critical", "severe": "critical",
    "high": "high", "élevée": "high", "elevee": "high", "élevé": "high", "haute": "high",
    "hoch": "high", "important": "high", "importante": "high", "grave": "high",
    "medium": "medium", "moderate": "medium", "moyenne": "medium", "moyen": "medium",
    "modérée": "medium", "mittel": "medium",
    "low": "low", "faible": "low", "basse": "low", "minor": "low", "mineure": "low",
    "informational": "low", "info": "low", "niedrig": "low",
}  # fmt: skip

_LEVELS = "|".join(SEVERITY_WORDS)
SEVERITY_CLAIM = re.compile(
    rf"\b(?:severity|gravit[ée]|s[ée]v[ée]rit[ée]|criticit[ée]|risk(?: level| rating)?|priority|niveau)"
    rf"\b[^\n\w]{{0,12}}(?:is |est |level |of |rating )?\W{{0,4}}\b({_LEVELS})\b"
    rf"|\b({_LEVELS})[- ](?:severity|risk|impact)\b"
    rf"|\b(?:gravit[ée]|s[ée]v[ée]rit[ée]) ({_LEVELS})\b",
    re.IGNORECASE,
)
