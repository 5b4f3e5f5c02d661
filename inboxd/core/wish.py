"""Whether a sentence asks to be thanked in public, or asks not to be: what it speaks of, what it
wants and what it denies are told apart, each in a table of words per language.

A yes needs all of it in one sentence: a word that can only mean public thanks, a word of will, and
nothing that denies, puts off or sets a condition (invariant 11).
"""

from __future__ import annotations

import re

from inboxd.core.model import CreditWish
from inboxd.core.words import by_language

_THANKS = by_language(
    en=r"""
        \bcredited\b|\bcredit me\b
        \bfor (?:the )?credits?\b(?! card| balance| note)
        \b(?:in|on|for) (?:the|your|any|an) acknowledge?ments?\b(?! of)
        \backnowledge?ments? (?:page|list|section)
        \bhall of fame\b
        \b(?:thanks?|thank[- ]?you|credits?) (?:page|list|section)\b
        \blist of thanks\b|\bon (?:the|your) wall\b
        \bbe(?:ing)? (?:named|mentioned|thanked)\b
        \b(?:name|mention|cite) me\b|\ba mention\b
        \bappear (?:under|as|in|on) (?:the|your)\b
        \bthank (?:the )?researchers\b|\bshout-?outs?\b|\bwalls? of (?:thanks|fame)\b
        \bcredit as\b|\bmention as\b
        \bsame (?:name|handle|credit) (?:again|as (?:last|before))\b
    """,
    fr=r"""
        \b(?:dans|sur|parmi|page de|pour) (?:les |vos |votre page de )?remerciements\b
        \bme (?:citer|cr[ée]diter|mentionner|nommer)\b
        \b[êe]tre (?:cit|cr[ée]dit|mentionn|nomm|remerci)[ée]+\b
        \bpour le cr[ée]dit\b|\bpour (?:la|une) mention\b
        \bmon nom (?:peut|pourrait) (?:appara[iî]tre|figurer|[êe]tre (?:cit|mentionn|publi)[ée])
        \bcr[ée]dit (?:bienvenu|souhait[ée]|public)\b
        \bremerciements? publics?\b
        \b(?:publiez|tenez|avez) (?:des|une (?:page|liste) de) remerciements\b
    """,
    de=r"""
        \bdanksagung\w*|\bnamentlich\w*
        \b(?:genannt|erw[äa]hnt) (?:zu )?werden\b
        \bnamensnennung\b|\bnennt mich\b|\bnennen sie mich\b
    """,
    es=r"""
        \b(?:en (?:los|sus|vuestros) |public[áa]is )agradecimientos\b
        \b(?:aparecer|salir) (?:en|como)\b|\b(?:ser |me )mencion\w+|\b(?:en|dar(?:me)?) (?:los |sus )?cr[ée]ditos\b(?! d[aeo])
    """,
    it=r"""
        \bringraziarmi\b|\bcitarmi\b|\bmenzionarmi\b
        \b(?:nei|tra i|fra i) (?:vostri )?ringraziamenti\b
    """,
    pt=r"""
        \b(?:me )?(?:dar|d[êe]em?) (?:o )?cr[ée]dito\b
        \bnos (?:seus |vossos )?agradecimentos\b
        \b(?:me mencionar|ser mencionad[oa]|me citar)\b
    """,
)
_NAMING = by_language(
    en=r"""
        \bmentions?\b|\bmy (?:real |full )?name\b|\bpublicity\b|\bpublicly named\b|\bnamed\b
        \bcredit\b(?! card)
    """,
    fr=r"\bmention\b|\bmon (?:nom|identit[ée])\b|\bremerciements?\b|\bpublicit[ée]\b",
    de=r"\bnamen?s?(?:nennung)?\b|\bnennung\b|\berw[äa]hnung\b",
    es=r"\bmi nombre\b|\bmenci[óo]n\b",
    it=r"\bil mio nome\b|\bmenzione\b",
    pt=r"\bmeu nome\b|\bmen[çc][ãa]o\b",
)
_WANTS = by_language(
    en=r"""
        \b(?:
            like|love|enjoy|glad|happy|delighted|hono[u]?red|proud|pleased|please|pls|kindly
            feel free|welcome|appreciated?|sure|put|same name
        )\b
        \b(?:you|u) (?:may|can|could)\b
        \bwould be (?:nice|cool|great|lovely)\b
        \bmy nick\w*\b|\bcredit as\b
    """,
    fr=r"""
        \b(?:
            inscrivez|mettez|notez|citez|ajoutez|ravie?|heureu(?:x|se)|contente?|volontiers|oui
            peut|pourrait|bienvenu|plaisir|si possible|ce sera|svp|merci de
        )\b
        \b(?:vous pouvez|tu peux|j['’]aimerais|je (?:voudrais|veux|souhaite(?:rais)?))\b
    """,
    de=r"\b(?:gern\w*|bitte|freu\w+|d[üu]rft|k[öo]nnt)\b",
    es=r"\bme gustar[íi]a\b|\bencantad[oa]\b|\bpued(?:en|es|e)\b|\bpod[ée]is\b|\bpor favor\b",
    it=r"\bse vi va\b|\bpiacere\b|\bvolentieri\b|\bpotete\b",
    pt=r"\bpodem?\b|\bgostaria\b|\bpor favor\b",
)
DENIES = by_language(  # in any language that we met: then it is no clear yes
    en=r"""
        \b(?<!if )(?<!whether or )(?:
            no|not|never|without|none|nothing|nobody|cannot|dont|wont|neither|nor
        )\b(?! (?:only|just|problem|(?:a |any )?links?\b|(?:my )?(?:real|full|last) names?\b))
        n['’]t\b
    """,
    fr=r"\b(?:pas|sans|aucun\w*|jamais|rien|ni)\b(?! (?:seulement|(?:de )?lien|probl[èe]me|souci))",
    de=r"\b(?:nicht|kein\w*|nie|ohne|nein)\b(?! nur)",
    south=r"""
        \b(?:
            sin|nunca|ning[uú]n\w*|n[ãa]o|sem|nenhum\w*|non|senza|nessun\w*
        )\b(?! (?:solo|s[óo]))
    """,
    north=r"\b(?:niet|geen|zonder|ingen|inte|ikke|utan|uten)\b",
    slavic=r"\b(?:bez|не|нет|без|никогда)\b",
    east=r"不|没|無|なし|ない|ません|안 |없",
)
_MATTERS = by_language(  # what is denied is a wish, not a fact
    en=r"""
        \b(?:
            wish(?:es|ed)?|want(?:ed)?|need(?:ed)?|like|interested|necessary|required|rather
            prefer|authori[sz]ed?
        )\b
    """,
    fr=r"""
        \b(?:
            pr[ée]f[èe]re\w*|pr[ée]f[ée]r\w+|n[ée]cessaire|utile|besoin|souhait\w*|d[ée]sire
            veux|voudrais|demande|autorise
        )\b
    """,
    de=r"\b(?:w[üu]nsch\w+|erw[üu]nscht|n[öo]tig|m[öo]chte|will|ver[öo]ffentlich\w+)\b",
    south=r"""
        \b(?:deseo|quiero|autorizo|desejo|quero|voglio|desidero|necesari[oa]|necess[áa]ri[oa])\b
    """,
)
_UNCONDITIONAL = re.compile(  # "but it isn't a condition": no denial
    r"\b(?:but|though|mais) (?:it|this|that|ce)(?: is|['’]s)?(?: not|n['’]t|n['’]est pas)(?: at all)? (?:an?|une?|any) (?:condition|must|requirement|obligation)\b[^.!?]*",
    re.IGNORECASE,
)


def topics(text: str) -> list[re.Match[str]]:
    """The places that speak of thanks in public, or of a name in a way that may refuse it."""
    found = [*_THANKS.finditer(text), *_NAMING.finditer(text)]
    return sorted(found, key=lambda match: match.start())[:40]


def leaning(sentence: str) -> CreditWish:
    """What one sentence wishes; unknown unless it says so beyond doubt."""
    sentence = _UNCONDITIONAL.sub(" ", sentence)
    denied = DENIES.search(sentence) is not None
    thanks = _THANKS.search(sentence) is not None
    if denied and _MATTERS.search(sentence) and (thanks or _NAMING.search(sentence)):
        return CreditWish.NO
    if thanks and not denied and _WANTS.search(sentence) and "?" not in sentence:
        return CreditWish.YES
    return CreditWish.UNKNOWN
