"""Questions that head a field of a report: "What can an attacker do?" has no fixed words.

Tables per field, with a pattern per language, and one function; `headings` asks it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from inboxd.core.words import by_language
from inboxd.core.words.titles import TITLES
from inboxd.core.words.topics import TOPICS

_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "proof_of_concept",
        by_language(
            flags=0,
            en=r"""
                (?:do you have|have (?:i|you) got) (?:something|anything|any proof|a proof|proof|evidence|any evidence|a screenshot|screenshots)\b.{0,30}
                proof[- ]of[- ]concept or exploit code\b.{0,20}
            """,
            fr=r"(?:avez-vous|as-tu) (?:une |des |quelque )?(?:preuve|chose|capture)s?\b.{0,30}",
            de=r"(?:haben sie|hast du|gibt es) (?:einen |etwas |ein )?(?:beweis|nachweis|bild|zum zeigen|screenshot)\w*\b.{0,30}",
        ),
    ),
    (
        "credit",
        by_language(
            flags=0,
            nl=r"""
                en ik dan
                (?:mag|mogen|willen) (?:we|jullie|ik) .{0,20}(?:naam|vermeld|genoemd)\w*\b.{0,20}
            """,
            en=r"""
                (?:do|would|should) i (?:want|like|wish) to be (?:publicly )?(?:named|credited|mentioned|listed|thanked)\b.{0,30}
                (?:will|would|could) you (?:name|credit|mention|thank|list) me\b.{0,30}
                my name (?:on|in) (?:your|the) .{1,30}
                (?:may|can|will|would|could) you (?:print|publish|use|show|list) my name\b.{0,30}
                (?:should|if) you (?:want|wish|like|decide) to (?:thank|credit|name|mention) me
                (?:can|may|should|shall) we (?:publicly )?(?:
                    credit|name|mention|thank|list|acknowledge
                ) you\b.{0,30}
                (?:
                    do you want|would you like|do you wish|how (?:do|would) you (?:want|like)
                ) to be (?:publicly )?(?:
                    credited|named|mentioned|thanked|listed|acknowledged
                )\b.{0,60}
            """,
            fr=r"""
                si (?:vous souhaitez|tu veux|vous voulez) (?:\w+ )?etre (?:\w+ )?(?:credite|cite|nomme|mentionne)\w*\b.{0,30}
                (?:souhaitez|voulez|acceptez)[- ]vous que (?:votre|ton) (?:nom|pseudo)\b.{0,40}
                (?:est-ce que )?(?:je|tu|vous) (?:veux|voulez|souhaite\w*|aimerai[st]) (?:etre|apparaitre|figurer)\b.{0,40}
                mon (?:nom|pseudo) (?:sur|dans) (?:votre|vos|le|la|les) .{1,30}
                si vous (?:souhaitez|voulez) me (?:remercier|citer|mentionner)
                (?:souhaitez|voulez|desirez|acceptez)[- ]vous (?:d')?(?:etre|apparaitre|figurer)\b.{0,40}
                (?:pouvons|peut)[- ](?:nous|on) vous (?:citer|nommer|remercier|mentionner)\b.{0,30}
            """,
            de=r"""
                (?:mochte|will|soll) ich (?:genannt|erwahnt|namentlich)\b.{0,30}
                (?:wollt ihr|wollen sie|willst du|nennt ihr|nennen sie) (?:mich|meinen namen)\b.{0,20}
                mein name (?:auf|in) (?:ihrer|der|eurer|deiner) .{1,30}
                (?:durfen|sollen|konnen) wir (?:
                    sie|dich|euch|ihren namen|deinen namen
                )\b.{0,20}(?:nennen|erwahnen|veroffentlichen)
                (?:mochten|wollen|wunschen) sie (?:namentlich )?(?:genannt|erwahnt)\b.{0,20}
            """,
            es=r"""
                (?:podemos|quiere|desea)s? (?:que le |que te |ser )?(?:nombrar|mencion|citar|acredit)\w*\b.{0,30}
            """,
        ),
    ),
    (
        "impact",
        by_language(
            flags=0,
            sv=r"""
                vad (?:kan|kunde) .{0,40}
                vad (?:det|detta) (?:innebar|betyder)\b.{0,20}
            """,
            ru=r"""
                чем (?:это )?(?:грозит|опасно)\b.{0,20}
                что (?:может|мог бы) .{0,40}
            """,
            nl=r"""
                wat (?:het|dit|dat) (?:jullie )?(?:kost|betekent)\b.{0,30}
                wat (?:kan|kunnen) (?:een|iemand|kwaadwillenden|aanvallers?)\b.{0,40}
            """,
            en=r"""
                impact of (?:the|this) (?:issue|vulnerability)\b.{0,60}
                what (?:can |could |would |might |does |do )?(?:an? |the |any )?(?:
                    attackers?|hackers?|adversar(?:y|ies)|intruders?|bad (?:guys?|persons?|people)|someone
                    somebody|anyone|thie(?:f|ves)|criminals?|strangers?
                )\b.{0,40}
                what (?:harm|damage|abuse|misuse) (?:can|could|would|might|may|is|does)\b.{0,30}
                why (?:(?:do )?(?:i|we) (?:think|believe|find|consider) )?(?:it|this|that)(?: (?:is|matters|could|can|may|should|would|might)\b.{0,30})
                what (?:this|that|it) means(?: (?:in|for) .{1,30})?
                what (?:is|are|would be) the worst\b.{0,30}
                why (?:it|this|that) (?:is|seems) \w+(?: \w+){0,2}
                who (?:can|could|may|might) (?:exploit|abuse|use) .{2,70}
                who (?:is|gets|could be|would be|could get|can get) (?:affected|hurt|concerned|at risk|harmed)\b.{0,20}
                what (?:it|this|that) (?:could|can|may|might|would) \w+(?: \w+){0,2}
                what (?:is|are) the (?:impact|risks?|consequences?|damage)\b.{0,30}
                how bad is (?:it|this)
            """,
            fr=r"""
                ce que (?:cela|ca) (?:implique|permet|change)\b.{0,30}
                (?:qu'est-ce |ce )qu'un (?:attaquant|pirate|tiers)\b.{0,40}
                que (?:peut|pourrait) (?:faire )?un (?:attaquant|pirate|tiers)\b.{0,30}
                quel(?:le)?s? (?:est|sont) (?:le|la|les|l') ?(?:
                    risque|impact|consequence|danger|portee
                )s?\b.{0,30}
                (?:c'est|est-ce|est-ce que c'est) (?:si )?grave\b.{0,20}
                pourquoi (?:c'est|cela|ca|est-ce)\b.{0,30}
                qu'est-ce qu'on risque\b.{0,30}
                qu'est-ce que (?:ca|cela) (?:risque|peut|pourrait|permet|change)\b.{0,30}
                qui est concerne|en quoi est-ce grave
            """,
            de=r"""
                was (?:konnte|kann|konnen) (?:jemand|man|andere|dritte)\b.{0,40}
                was (?:heisst|bedeutet) das\b.{0,30}
                was (?:kann )?(?:ein|der) angreifer\b.{0,40}
                welche (?:folgen|auswirkungen|risiken|gefahren)\b.{0,40}
                wer ist betroffen|wie schlimm ist (?:es|das)
            """,
            es=r"""
                que (?:supone|implica|significa)\b.{0,30}
                que consecuencias\b.{0,30}
                (?:lo )?que (?:puede|podria) hacer\b.{0,30}
                (?:cual es|que tiene) (?:el )?(?:impacto|riesgo)\b.{0,20}
                que (?:impacto|consecuencias) tiene\b.{0,20}
            """,
            it=r"cosa (?:puo|potrebbe) fare\b.{0,30}|qual e (?:il rischio|l'impatto)\b.{0,20}",
            pt=r"o que (?:um atacante|alguem)\b.{0,30}|qual (?:e )?o (?:impacto|risco)\b.{0,20}",
        ),
    ),
    (
        "contact",
        by_language(
            flags=0,
            en=r"""
                (?:can|could|how can|where can) you (?:reach|contact|find) me
                (?:how |where |best |when |way |ways |to |and )*(?:
                    get(?:ting)?|writ(?:e|ing)|com(?:e|ing)|reach(?:ing)?|find(?:ing)?
                    answer(?:ing)?|call(?:ing)?|ping
                ) (?:back to |to )?me(?: back)?
                how (?:may|should|do|could) (?:we|you|i) (?:reach|contact|answer|get back to)(?: (?:to )?(?:me|you))?
                how can we (?:reach|contact) you
            """,
            fr=r"""
                comment (?:me|vous) (?:joindre|contacter)
                (?:qui|ou) (?:vous|me) (?:rappelle|joindre|contacte)r?
            """,
            de=r"""
                wie (?:
                    sie mich erreichen|konnen wir sie erreichen|bin ich (?:zu )?erreich(?:en|bar)
                    erreich(?:t ihr|en sie|st du) mich
                )
            """,
        ),
    ),
    (
        "reproduction_steps",
        by_language(
            flags=0,
            ru=r"""
                как (?:это )?(?:повторить|воспроизвести|проверить|увидеть|нашел)\b.{0,20}
            """,
            nl=r"""
                (?:zo|hoe) (?:doe|reproduceer|herhaal|krijg) (?:je|ik|jij|u) (?:het|dit|dat)(?: na| zelf)?
                hoe (?:je |ik |wij )?(?:het|dit|dat) .{0,20}(?:na|herhal|reproduc|zien|vond)\w*
            """,
            en=r"""
                how (?:does|can|could|would|might|may) (?:an? |the )?(?:attacker|hacker|adversary)\b.{0,40}
                step[- ]by[- ]step instructions\b.{0,40}
                what to do (?:to|in order to) (?:see|get|reproduce|trigger|try|test|check|verify)\b.{0,20}
                (?:do|try) (?:so|this|it|the following)
                what (?:do|must|should|can) (?:we|you|i|one) (?:have to )?do (?:to|in order to) (?:see|get|reproduce|trigger|try|test|check|verify|notice)\b.{0,20}
                how (?:to|can (?:we|you|one)) (?:see|confirm|notice|observe|retrace)\b.{0,30}
                how (?:can|could|may|is|was) (?:it|this|that|the \w+) (?:be )?(?:
                    trigger|reproduc|recreat|replicat|found|exploit|repeat|test|verif
                )\w*
                how (?:did|can|do|could) (?:you|i|we|one|anyone) (?:\w+ )?(?:
                    trigger|reproduce|recreate|replicate|find|exploit|replay|repeat|test|verify
                    check|discover|see
                )(?: (?:it|this|that|the \w+|(?:your|our)sel(?:f|ves))){0,2}
                how (?:i|we|you|to|one can) (?:\w+ ){0,2}(?:
                    trigger|reproduc|recreat|replicat|found|find|exploit|replay|repeat|test
                    verif|check|see|try|got|get there|discover
                )\w*(?: (?:it|this|that|the \w+|there|here|in|(?:for )?(?:your|our|my)sel(?:f|ves))){0,2}
            """,
            fr=r"""
                comment (?:j'ai|on|je|vous avez|nous avons|vous pouvez) (?:le |la |l')?(?:fai[st]|proced|refai|reprodui|trouv|decouv|verifi|test|exploit)\w*(?: \w+){0,2}
                comment (?:
                    le[ ]
                    la[ ]
                    l'
                    les[ ]
                    peut-on (?:le |la |l')?|puis-je (?:le |la )?
                    avez-vous[ ]
                    faire pour[ ]
                )?(?:
                    reprodui|refai|verifi|test|exploit|declench|trouve|decouv
                )\w*(?: (?:le |la |l'|cette |ce )?\w+){0,3}
            """,
            de=r"""
                wie (?:lasst|kann|wird|haben sie|ist)\b.{0,30}(?:
                    nachstell|nachvollzieh|reproduzier|ausnutz|ausgenutzt|gefunden|prufen
                    nachmach
                )\w*
            """,
            es=r"""
                como (?:lo |la )?(?:vi|encontre|descubri|repetirlo|hacerlo|probarlo)\b.{0,20}
                como (?:se )?(?:puede )?(?:
                    reproduc|explot|comprob|verific|encontr|repet
                )\w*(?: \w+){0,2}
            """,
            it=r"come (?:si )?(?:puo )?(?:riprodu|sfrutta|verifica|trova|ripete)\w*(?: \w+){0,2}",
        ),
    ),
    (
        "components",
        by_language(
            flags=0,
            ru=r"""
                где (?:находится|это|именно)\b.{0,20}
            """,
            nl=r"""
                (?:de plek|waar (?:zit|is|zat|vind) .{0,30})
            """,
            en=r"""
                full paths? of (?:the )?(?:affected )?(?:source )?files?\b.{0,60}
                (?:the )?location of the affected (?:source )?code\b.{0,40}
                what (?:is|are) the affected (?:products?|software|versions?|systems?)\b.{0,40}
                where (?:(?:is|was|are|does|did|do|has) )?(?:it|this|that|they|i|you|we|the \w+)\b.{0,20}(?:
                    happen|occur|appear|find|found|locat|seen|saw|is|was|show
                )\w*(?: (?:it|this))?
                which (?:
                    urls?|systems?|components?|pages?|products?|versions?
                ) (?:is|are)\b.{0,20}
            """,
            fr=r"""
                (?:c'est )?(?:sur|dans) quel(?:le)?s? (?:page|url|adresse|site|ecran)s?\b.{0,30}
                ou (?:cela|ca|est-ce que|se|c'est|le|la|l')\b.{0,40}
                quel(?:le)?s? (?:page|url|adresse|composant|systeme)s?\b.{0,30}
            """,
            de=r"""
                wo (?:tritt|ist|liegt|befindet|besteht|haben sie|wurde)\b.{0,40}
                welche (?:seiten?|systeme?|adressen?|urls?)\b.{0,30}
            """,
            es=r"(?:en )?donde (?:ocurre|esta|se|lo|aparece)\b.{0,30}",
            it=r"dove (?:si|e|accade|l'ho|succede)\b.{0,30}",
            pt=r"onde (?:ocorre|esta|fica|acontece|se|o)\b.{0,30}",
        ),
    ),
    (
        "description",
        by_language(
            flags=0,
            nl=r"""
                (?:het verhaal|wat is er (?:aan de hand|mis)|wat (?:ik|is|heb ik) .{0,10}(?:vond|gevonden|probleem))\b.{0,20}
            """,
            en=r"""
                what (?:is|was) the (?:vulnerability|flaw|weakness)
                type of (?:issue|vulnerability|bug)\b.{0,40}
                (?:so )?what (?:did|have) (?:you|i|we) (?:find|found|discover\w*|see|seen|notice\w*)
                what (?:it|this|that) is (?:all )?about
                what (?:is|was) (?:it|this|that) (?:all )?about
                what (?:is|was) the (?:problem|issue|bug|flaw|vulnerability|weakness|matter)
            """,
            fr=r"""
                de quoi s'agit-il
                qu'est-ce que (?:j'ai|vous avez|tu as) (?:trouve|vu|constate|decouvert|remarque)
                qu'avez-vous (?:trouve|constate|decouvert)
                quel est le (?:probleme|souci|defaut)
                c'est quoi(?: le probleme)?
            """,
            de=r"""
                worum (?:geht|handelt) es(?: sich)?
                was (?:ist|war) (?:das problem|los|passiert)
                was haben sie (?:gefunden|entdeckt|beobachtet)
                um was geht es
            """,
            es=r"""
                de que se trata
                cual es (?:el problema|la vulnerabilidad|el fallo)
                que (?:ha encontrado|encontro|encontre|pasa|ocurre)
            """,
            it=r"""
                di cosa si tratta
                qual e (?:il problema|la falla|la vulnerabilita)
                cosa (?:ha|ho) trovato
            """,
            pt=r"do que se trata|qual (?:e )?(?:o problema|a falha)|o que (?:encontrou|encontrei)",
        ),
    ),
    (
        "other",
        by_language(
            flags=0,
            nl=r"""
                hoe erg\b.{0,20}
            """,
            en=r"""
                how (?:bad|serious|severe)
                (?:any )?special configuration\b.{0,50}
                what i did with (?:it|this|that|them|the \w+)
                how (?:bad|serious|severe) (?:do i think |i think |would i say )?(?:it|this) (?:is|might be|could be)
                how (?:bad|serious|severe) (?:is|do i think|i think)\b.{0,20}
                what (?:i|we) (?:did (?:and|or|but) )?(?:did not|didn't|have not|haven't) (?:do|done|touch|access)\b.{0,30}
                (?:
                    what (?:do|would) you (?:suggest|recommend|propose)
                    anything else|what should be done
                )\b.{0,40}
                how (?:
                    to|can (?:it|this|we)|should (?:it|this)|could (?:it|this)
                ) (?:be )?fix(?:ed)?(?: it| this)?
            """,
            fr=r"""
                (?:que|qu'est-ce que vous) (?:
                    proposez|conseillez|recommandez|suggerez
                )(?:-vous)?\b.{0,20}
                comment (?:le |la )?corriger\b.{0,20}
                autre chose
            """,
            de=r"""
                was (?:wurden? (?:ich|wir)|sollte(?:t ihr|n sie|st du|n wir)?|konnte man) (?:\w+ ){0,2}(?:andern|tun|verbessern|machen|beheben)\b.{0,20}
                was (?:schlagen sie vor|empfehlen sie|sollte getan werden)\b.{0,20}
                wie (?:lasst|kann)\b.{0,20}(?:beheb|abstell|schliess)\w*
                sonst noch etwas
            """,
            es=r"""
                que (?:propone|recomienda|sugiere)s?\b.{0,20}
                como (?:se )?(?:arregla|corrige|soluciona)\w*\b.{0,20}
            """,
            it=r"cosa (?:propone|consiglia|suggerisce)\b.{0,20}",
        ),
    ),
)


@lru_cache(maxsize=2048)  # the lines around a line are asked for again and again
def asked(plain: str) -> str | None:
    """The field that a normalised heading asks for; "other" for one that we do not keep."""
    return next(
        (field for field, words in (*_ASKED, *TITLES, *TOPICS) if words.fullmatch(plain)), None
    )
