"""Questions that head a field of a report: "What can an attacker do?" has no fixed words.

Tables per field, with a pattern per language, and one function; `headings` asks it.
"""

from __future__ import annotations

import re


def _any(**by_language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in by_language.values()))


_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "credit",
        _any(
            en=r"(?:can|may|should|shall) we (?:publicly )?(?:credit|name|mention|thank|list|acknowledge) you\b.{0,30}|(?:do you want|would you like|do you wish|how (?:do|would) you (?:want|like)) to be (?:publicly )?(?:credited|named|mentioned|thanked|listed|acknowledged)\b.{0,30}",
            fr=r"(?:souhaitez|voulez|desirez|acceptez)[- ]vous (?:d')?(?:etre|apparaitre|figurer)\b.{0,40}|(?:pouvons|peut)[- ](?:nous|on) vous (?:citer|nommer|remercier|mentionner)\b.{0,30}",
            de=r"(?:durfen|sollen|konnen) wir (?:sie|dich|euch|ihren namen|deinen namen)\b.{0,20}(?:nennen|erwahnen|veroffentlichen)|(?:mochten|wollen|wunschen) sie (?:namentlich )?(?:genannt|erwahnt)\b.{0,20}",
            es=r"(?:podemos|quiere|desea)s? (?:que le |que te |ser )?(?:nombrar|mencion|citar|acredit)\w*\b.{0,30}",
        ),
    ),
    (
        "impact",
        _any(
            en=r"(?:what|how) (?:can |could |would |might |does |do )?(?:an? |the |any )?(?:attackers?|hackers?|adversar(?:y|ies)|intruders?|bad guys?|someone|somebody|anyone)\b.{0,40}"
            r"|what (?:this|that|it) means(?: (?:in|for) .{1,30})?|who is affected|what (?:is|are) the (?:impact|risks?|consequences?|damage)\b.{0,30}|how bad is (?:it|this)",
            fr=r"(?:qu'est-ce |ce )qu'un (?:attaquant|pirate|tiers)\b.{0,40}|que (?:peut|pourrait) (?:faire )?un (?:attaquant|pirate|tiers)\b.{0,30}|quel(?:le)?s? (?:est|sont) (?:le|la|les|l') ?(?:risque|impact|consequence|danger|portee)s?\b.{0,30}|qui est concerne|en quoi est-ce grave",
            de=r"was (?:kann )?(?:ein|der) angreifer\b.{0,40}|welche (?:folgen|auswirkungen|risiken|gefahren)\b.{0,40}|wer ist betroffen|wie schlimm ist (?:es|das)",
            es=r"(?:lo )?que (?:puede|podria) hacer\b.{0,30}|(?:cual es|que tiene) (?:el )?(?:impacto|riesgo)\b.{0,20}|que (?:impacto|consecuencias) tiene\b.{0,20}",
            it=r"cosa (?:puo|potrebbe) fare\b.{0,30}|qual e (?:il rischio|l'impatto)\b.{0,20}",
            pt=r"o que (?:um atacante|alguem)\b.{0,30}|qual (?:e )?o (?:impacto|risco)\b.{0,20}",
        ),
    ),
    (
        "contact",
        _any(
            en=r"(?:how |where |best |when |way |ways |to |and )*(?:get(?:ting)?|writ(?:e|ing)|com(?:e|ing)|reach(?:ing)?|find(?:ing)?|answer(?:ing)?|call(?:ing)?|ping) (?:back to |to )?me(?: back)?|how can we (?:reach|contact) you",
            fr=r"comment (?:me|vous) (?:joindre|contacter)",
            de=r"wie (?:sie mich erreichen|konnen wir sie erreichen|bin ich (?:zu )?erreich(?:en|bar))",
        ),
    ),
    (
        "reproduction_steps",
        _any(
            en=r"how (?:can|could|may|is|was) (?:it|this|that|the \w+) (?:be )?(?:trigger|reproduc|recreat|replicat|found|exploit|repeat|test|verif)\w*|how (?:did|can|do|could) (?:you|i|we|one|anyone) (?:\w+ )?(?:trigger|reproduce|recreate|replicate|find|exploit|replay|repeat|test|verify|check|discover|see)(?: (?:it|this|that|the \w+))?"
            r"|how (?:i|we|you|to|one can) (?:\w+ ){0,2}(?:trigger|reproduc|recreat|replicat|found|find|exploit|replay|repeat|test|verif|check|got|get there|discover)\w*(?: (?:it|this|that|the \w+|there|here|in))?",
            fr=r"comment (?:le |la |l'|les |peut-on (?:le |la |l')?|puis-je (?:le |la )?|avez-vous |faire pour )?(?:reprodui|refai|verifi|test|exploit|declench|trouve|decouv)\w*(?: (?:le |la |l'|cette |ce )?\w+)?",
            de=r"wie (?:lasst|kann|wird|haben sie|ist)\b.{0,30}(?:nachstell|nachvollzieh|reproduzier|ausnutz|ausgenutzt|gefunden|prufen|nachmach)\w*",
            es=r"como (?:se )?(?:puede )?(?:reproduc|explot|comprob|verific|encontr|repet)\w*(?: \w+){0,2}",
            it=r"come (?:si )?(?:puo )?(?:riprodu|sfrutta|verifica|trova|ripete)\w*(?: \w+){0,2}",
        ),
    ),
    (
        "components",
        _any(
            en=r"where (?:(?:is|was|are|does|did|do|has) )?(?:it|this|that|they|i|you|we|the \w+)\b.{0,20}(?:happen|occur|appear|find|found|locat|seen|saw|is|was|show)\w*(?: (?:it|this))?|which (?:urls?|systems?|components?|pages?|products?|versions?) (?:is|are)\b.{0,20}",
            fr=r"ou (?:cela|ca|est-ce que|se|c'est|le|la|l')\b.{0,40}|quel(?:le)?s? (?:page|url|adresse|composant|systeme)s?\b.{0,30}",
            de=r"wo (?:tritt|ist|liegt|befindet|besteht|haben sie|wurde)\b.{0,40}|welche (?:seiten?|systeme?|adressen?|urls?)\b.{0,30}",
            es=r"(?:en )?donde (?:ocurre|esta|se|lo|aparece)\b.{0,30}",
            it=r"dove (?:si|e|accade|l'ho|succede)\b.{0,30}",
            pt=r"onde (?:ocorre|esta|fica|acontece|se|o)\b.{0,30}",
        ),
    ),
    (
        "description",
        _any(
            en=r"what (?:did|have) (?:you|i|we) (?:find|found|discover\w*|see|seen|notice\w*)|what (?:is|was) (?:it|this|that) (?:all )?about|what (?:is|was) the (?:problem|issue|bug|flaw|vulnerability|weakness|matter)",
            fr=r"de quoi s'agit-il|qu'avez-vous (?:trouve|constate|decouvert)|quel est le (?:probleme|souci|defaut)|c'est quoi(?: le probleme)?",
            de=r"worum (?:geht|handelt) es(?: sich)?|was (?:ist|war) (?:das problem|los|passiert)|was haben sie (?:gefunden|entdeckt|beobachtet)|um was geht es",
            es=r"de que se trata|cual es (?:el problema|la vulnerabilidad|el fallo)|que (?:ha encontrado|encontro|encontre|pasa|ocurre)",
            it=r"di cosa si tratta|qual e (?:il problema|la falla|la vulnerabilita)|cosa (?:ha|ho) trovato",
            pt=r"do que se trata|qual (?:e )?(?:o problema|a falha)|o que (?:encontrou|encontrei)",
        ),
    ),
    (
        "other",
        _any(
            en=r"(?:what (?:do|would) you (?:suggest|recommend|propose)|anything else|what should be done)\b.{0,40}|how (?:to|can (?:it|this|we)|should (?:it|this)|could (?:it|this)) (?:be )?fix(?:ed)?(?: it| this)?",
            fr=r"(?:que|qu'est-ce que vous) (?:proposez|conseillez|recommandez|suggerez)(?:-vous)?\b.{0,20}|comment (?:le |la )?corriger\b.{0,20}|autre chose",
            de=r"was (?:schlagen sie vor|empfehlen sie|sollte getan werden)\b.{0,20}|wie (?:lasst|kann)\b.{0,20}(?:beheb|abstell|schliess)\w*|sonst noch etwas",
            es=r"que (?:propone|recomienda|sugiere)s?\b.{0,20}|como (?:se )?(?:arregla|corrige|soluciona)\w*\b.{0,20}",
            it=r"cosa (?:propone|consiglia|suggerisce)\b.{0,20}",
        ),
    ),
)


def asked(plain: str) -> str | None:
    """The field that a normalised heading asks for; "other" for one that we do not keep."""
    return next((field for field, pattern in _ASKED if pattern.fullmatch(plain)), None)
