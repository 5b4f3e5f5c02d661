"""Whether a sentence asks to be thanked in public, or asks not to be: what it speaks of, what it
wants and what it denies are told apart, each in a table of words per language.

A yes needs all of it in one sentence: a word that can only mean public thanks, a word of will, and
nothing that denies, puts off or sets a condition (invariant 11).
"""

from __future__ import annotations

import re

from inboxd.core.model import CreditWish
from inboxd.core.words import by_language
from inboxd.core.words.naming import ME_NAMED, WILL

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
_NOT_THERE = by_language(  # "... a hall of fame, but I don't want to be in it"
    en=r"""
        \b(?:i|we)(?: do not|['’]d rather not| don['’]?t|['’]ve no| have no| would rather not) (?:want|wish|need|like|care for)(?: to (?:be|appear))?\b(?: (?:in|on|for))?(?: (?:it|that|there|one|any|either)\b|\W*$)
        \b(?:like|want)s? to be (?:named|mentioned|credited), (?:i|we) (?:do not|don['’]t)\b
    """,
    fr=r"\b(?:je )?(?:n['’])?en (?:veux|souhaite|d[ée]sire|demande) pas\b",
    de=r"\bm[öo]chte (?:da|dort|das|es) (?:\w+ )?nicht\b",
)
_ANOTHER = re.compile(  # where something else begins: "no bounty needed, a mention is enough"
    r"[.!?;–—]|\s-\s|,\s*(?=(?:an?|one|just|only|do|please|credit|une?|ein\w*|con|basta)\b)|\b(?:but|mais|aber|pero|mas|ma|except|however)\b",
    re.IGNORECASE,
)
_UNCONDITIONAL = re.compile(  # "but it isn't a condition": no denial
    r"\b(?:but|though|mais) (?:it|this|that|ce)(?: is|['’]s)?(?: not|n['’]t|n['’]est pas)(?: at all)? (?:an?|une?|any) (?:condition|must|requirement|obligation)\b[^.!?]*",
    re.IGNORECASE,
)


def _said(sentence: str) -> str:
    """A sentence without the label that only asks: "Credit wanted: ..."."""
    label = _LABEL.match(sentence)
    return sentence[label.end() :] if label and not _MINE.search(label.group()) else sentence


_LABEL = re.compile(r"\W*[^:.!?\n]{2,45}:\s|\s*#[^\n]*")
_MINE = re.compile(
    r"\b(?:i|me|my|us|we|our|je|j|moi|mon|nous|notre|ich|mich|mein\w*|wir|uns|yo|mi|me|nos|io|il mio|noi|eu|meu|ik|mij|мо[её]|меня)\b|我|私",
    re.IGNORECASE,
)


def _refuses(clause: str) -> bool:
    denied = DENIES.search(clause) is not None and _MATTERS.search(clause) is not None
    return denied and bool(_THANKS.search(clause) or _NAMING.search(clause))


def topics(text: str) -> list[re.Match[str]]:
    """The places that speak of thanks in public, or of a name in a way that may refuse it."""
    found = [found for words in (_THANKS, _NAMING, ME_NAMED) for found in words.finditer(text)]
    return sorted(found, key=lambda match: match.start())[:40]


def leaning(sentence: str) -> CreditWish:
    """What one sentence wishes; unknown unless it says so beyond doubt."""
    sentence = _UNCONDITIONAL.sub(" ", sentence)
    denied = DENIES.search(sentence) is not None
    thanks = _THANKS.search(sentence) is not None
    if (thanks or _NAMING.search(sentence)) and _NOT_THERE.search(sentence):
        return CreditWish.NO
    if denied and any(map(_refuses, _ANOTHER.split(sentence))):
        return CreditWish.NO
    named = ME_NAMED.search(sentence) is not None
    if "?" not in sentence and (thanks or named) and WILL.search(_said(sentence)):
        return CreditWish.YES
    return CreditWish.UNKNOWN
