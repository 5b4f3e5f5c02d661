"""Who speaks in a text: first and second person, words told on, marks of an answer."""

from __future__ import annotations

import re

from inboxd.core.words import pattern

SINGULAR = re.compile(
    r"(?<![\w./@-])(?:i|i['’](?:m|ve|d|ll)|my|me|je|j['’]\w+|mon|ma|mes|moi|ich|mein\w*|mir|mich|yo|mi|mis|he(?= \w{2,}(?:ado|ido|to|cho)\b)|io|mio|mia|ho(?= \w{2,}to\b)|eu|meu|minha|ik|mijn|jag|jeg|(?<!\d )min|mitt|я|мне|мой|моя)(?![\w/-]|\.\w)|我|私|僕|저는|제가",
    re.IGNORECASE,
)
QUOTED_WORDS = re.compile(r"[\"“«„][^\"”»“\n]{1,200}[\"”»“]")  # somebody else's, told on
ECHO = re.compile(
    r"\b(?:re|aw|sv|antw|odp|r[ée]f|rif|res|ynt|vs)(?:\[\d+\])?\s*[:：]|^\W*(?:回复|答复|回覆|返信|ответ|απ|vá|מענה|رد)\W{0,3}[:：]",
    re.IGNORECASE,
)
ANSWERS_NOTE = re.compile(r"^\s*(?:re|aw|sv|antw|odp)\s*:", re.IGNORECASE)
FIRST_HAND = re.compile(
    r"\b(?:i (?:(?:could|can) (?!receive|not|help|assist|be of|offer|get back|reply|answer|respond|only)\w+|was able to|found|discovered|noticed|changed|set my)|attackers?|alert\(|an attacker|proof of concept|steps\s*:|j['’]ai (?:pu|trouv[ée]|d[ée]couvert)|attaquant)",
    re.IGNORECASE,
)
ECHOED_HEADER = re.compile(
    r"^[ \t>*]*(?:subject|betreff|objet|asunto|oggetto|assunto|onderwerp|[äa]mne|emne|aihe|temat|p[řr]edm[ěe]t|t[áa]rgy|konu|тема|θέμα|件名|主题|主旨|제목|to|an|[àa]|para|from|von|de|da)[ \t]*[:：][^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
SECOND_PERSON = re.compile(
    r"(?<![\w-])(?:you|your|yours|u|ur|vous|votre|vos|tu|ton|tes|sie|ihre?\w?|ihnen|euch|eure?\w?|su|sus|usted\w*|vuestr\w+|tuo|vostr\w+|voi|seu|sua|voc[êe]s?|jullie|je|jouw|uw|ni|din|вы|вас|вам|ваш\w*)(?![\w-])|您|你|貴社|御社|귀사",
    re.IGNORECASE,
)
ALONE = pattern(  # one person's own finding
    r"""
    (?<![\w-])i(?:['’]ve| have| just| also)? (?:\w+ly )?(?:
        found|discovered|noticed|identified|observed|came across|detected|stumbled|spotted|saw
        managed|was able|tested|tried|opened|changed
        (?:could|can) (?!
            receive|not|help|assist|be of|offer|get back|reply|answer|respond|only
        )\w+
    )\b
    \bj['’]ai (?:\w+ )?(?:trouv|d[ée]couvert|constat|remarqu|identifi|rep[ée]r|pu|test)
    \bich (?:habe|konnte)\b
    \b(?:just so you know|fyi|heads[- ]up)\b
    \b(?:
        he (?:encontrado|descubierto|visto|notado)
        encontr[ée]|descubr[íi]|ho (?:trovato|scoperto|notato)|mi sono accort\w|encontrei
        descobri|percebi|notei|reparei|ik (?:heb|vond|kon)|jag (?:hittade|kunde|har)
        znalaz[łl][ea]m|zauwa[żz]y[łl][ea]m|g[öo]rd[üu]m|na[šs]el jsem|buldum|fark ettim
    )\b
    я (?:\w+ )?(?:наш[её]л|обнаружил|заметил)
    我(?:们)?(?:发现|在)|を(?:見つけ|発見)
    """,
)
GREETING = re.compile(  # of a letter
    r"(?:TLP\S{1,20}\s+)?(?:dear|hello|good (?:day|morning|afternoon|evening)|to (?:the|whom)|madame|monsieur|bonjour|sehr geehrte|guten (?:tag|morgen)|hallo|geachte|estimad|buenos|gentil|spett|buongiorno|prezad|exm)",
    re.IGNORECASE,
)
GOODBYE = re.compile(
    r"(?im)^[^\w\n]{0,9}(?:(?:kind|best|warm|with (?:kind|best)) (?:regards|wishes)|regards|yours|sincerely|cordialement|bien [àa] vous|salutations|veuillez agr[ée]er|mit (?:freundlichen|besten)|freundliche|sch[öo]ne|met vriendelijke|atentamente|un saludo|cordiali|distinti|atenciosamente|cumprimentos)\b"
)
