"""How to reach the reporter besides From, where no heading says so: a sentence that names a way
(a messenger, a telephone, another address) and what to dial or write to there.
"""

from __future__ import annotations

import re

from inboxd.core.blocks import Span
from inboxd.core.credit import is_wish
from inboxd.core.model import Found
from inboxd.core.units import sentences
from inboxd.core.wish import topics
from inboxd.core.words import pattern

MOST = 2  # sentences

_MAIL = r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,20}"
_PHONE = r"(?<![\w.:/-])(?:\+|00|\()?\d(?:[ .()/-]{0,2}\d){8,14}(?![\w/.-]\w)"
_NAME = r"@[\w][\w.:@-]{2,60}|\w{2,30}#\d{4}|\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{8}\b|\b0[0-9a-f]{9,70}\b"
_LINK = r"https?://\S{4,200}"
_PRINT = r"(?:\b[0-9A-F]{4}\b[ ]{0,2}){8,10}|\b(?:0x)?[0-9A-F]{8,40}\b"

_WAYS = pattern(  # a way, and in the same breath what leads there; either may come first
    rf"""
    \b(?:telegram|threema|whats?app|mastodon|discord|keybase|skype|xmpp|jabber|irc|olvid|zulip|simplex|instagram|insta|bluesky|linkedin|twitter|imo|line|viber|wickr|mattermost|rocket\.?chat)\b[^.!?\n]{{0,50}}(?:{_NAME}|{_PHONE}|{_MAIL}|["“«`][\w.@-]{{3,30}}["”»`]|\b(?:pseudo|nick|id|name|user|handle)\W{{1,3}}\w{{3,30}})
    (?:{_NAME}|{_PHONE}|["“«`][\w.@-]{{3,30}}["”»`]|\b[\w.-]{{3,30}}) (?:on|sur|auf|via|en|no|su|op) (?:telegram|threema|whats?app|mastodon|discord|keybase|skype|jabber|zulip|signal|matrix|twitter|linkedin|insta(?:gram)?|bluesky|x|irc|slack(?: connect)?|wire|session)\b
    \b(?:irc|slack connect|discord|xmpp|jabber)\s*[:=]\s*[\w.#@-]{{3,60}}
    \b(?:keybase|telegram|discord|signal|matrix|threema|session|insta(?:gram)?)\s*[:=]\s*[\w.-]*[\d_][\w.-]*
    (?-i:\b(?:Signal|Matrix|Session|Wire|Teams|Slack(?: Connect)?))\b[^.!?\n]{{0,40}}(?:{_NAME}|{_PHONE}|{_MAIL})
    \b(?:dms?|toot|nudge me|ping me|message priv[ée])\b[^.!?\n]{{0,40}}@[\w][\w.:@-]{{2,60}}
    \b(?:phone|mobile|cell|tel(?:ephone)?|call|ring|pager|fax|hotline|extension|number|desk|reach|voice|text me|t[ée]l[ée]phone|portable|num[ée]ro|appele\w*|joindre|joignable|voix|coll[èe]gue|lundi|vendredi|telefon\w*|handy|nummer|anrufen|r[üu]ckruf|tel[ée]fono|llam\w+|chiamat\w+|telefonat\w+|telefone|ligar|liga[çc][ãa]o|bel(?:len)?)\b[^!?\n]{{0,50}}?{_PHONE}
    {_PHONE}[^.!?\n]{{0,40}}\b(?:\(?(?:mobile|cell|phone|office|home|desk|direct|work)\b|does|works?|reaches|puts you|gratuit|erreicht|is my)
    \b(?:simplex|olvid|visio|video call|book a (?:slot|call)|(?:hop on|join) a call|rendez-vous|calendly|meet(?:ing)?)\b[^!?\n]{{0,40}}?{_LINK}
    \b(?:pgp|gpg|openpgp|key|cl[ée]|schl[üu]ssel|empreinte|fingerprint)\b[^!?\n]{{0,60}}?(?:{_PRINT})
    \b(?:writ(?:e|ing)|mail|e-?mail|reach|contact|answer|repl(?:y|ies)|respond|questions?|queries|try|address|prefer|invite|copy|cc|forward|mailbox|inbox|nudge|notify|tell|ask|use|colleague|[ée]cri(?:re|ve[zs]?|s)|r[ée]pond\w*|joindre|contacte\w*|pr[ée]ven\w+|pr[ée]f[ée]r\w+|adresse\w*|bo[iî]te|passer par|plut[ôo]t|coll[èe]gue|question|suit|schreib\w*|antwort\w*|r[üu]ckfragen|erreich\w*|kontakt\w*|bereiken|schrijf\w*|mailen|escrib\w+|respond\w+|contact\w+|scriv\w+|rispond\w+|escrev\w+|fal\w+)\b[^!?\n]{{0,60}}?(?<![\w.+-]){_MAIL}
    """
)
_ACTS = re.compile(  # what an account of a test is used for
    r"\b(?:log(?:ged|ging)?[ -]?in|sign(?:ed|ing)? (?:in|up)|regist(?:er|ered)|create[ds]?|victim|attacker|test account|account of|reset|invite\w* (?:a|the|your|\S+@)|as (?:the )?user|set (?:the|my|your) (?:e-?mail|address)|connect[ée]\w*|inscri\w+|cr[ée]er|compte (?:de )?test|victime|attaquant|anmeld\w+|opfer)\b"
    r"|\b(?:spf|dkim|dmarc|mail from|rcpt to|envelope|spoof\w*|expéditeur)\b",
    re.IGNORECASE,
)


def find_contact(text: str, code: list[Span], taken: list[str]) -> Found | None:
    """The sentences that say how to reach the reporter. `taken`: values of fields that have
    sentences of their own."""
    said = [
        (start, end)
        for start, end in sentences(text, code)
        if leads(text[start:end]) and not any(text[start:end].strip() in one for one in taken)
    ][:MOST]
    if not said:
        return None
    value = "\n".join(text[start:end].strip() for start, end in said)
    return Found(value, said[0][0], said[0][1], "prose")


def leads(sentence: str) -> bool:
    """Whether a sentence names a way to the reporter and what to dial or write to there."""
    if len(sentence) > 600 or not re.search(r"[@\d_]|https?:", sentence):
        return False
    if is_wish(sentence) or topics(sentence):
        return False
    return _WAYS.search(sentence) is not None and not _ACTS.search(sentence)
