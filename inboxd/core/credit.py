"""The credit wish: yes, no or unknown, only from words that say so.

A signature block with a name and a link is not a wish, and a refusal anywhere wins over a yes:
a name published without consent cannot be taken back (invariant 11).
"""

from __future__ import annotations

import re

from inboxd.core.model import Credit, CreditWish
from inboxd.core.scope import restore
from inboxd.core.sections import Section

_WORD = r"(?:credit\w*|cr[ée]dit\w*|acknowledg\w*|recogni[sz]\w*|hall of fame|attribution|mention\w*|named?|nomm[ée]e?)"

_NO = re.compile(
    r"\b(?:do not|don['’]t|dont|please no|no need (?:for|to)|rather not|prefer not|would not|wouldn['’]t"
    r"|not (?:be|want|wish|like|need)|without|no|never|decline|refuse)\b[^.!?\n]{0,40}\b"
    + _WORD
    + r"\b"
    r"|\b(?:stay|remain|keep me|be|kept) (?:\w+ )?anonymous\w*|\banonym(?:ously|ity)\b"
    r"|\banonymous (?:please|only|report(?:er)?)\b|\bplease[^.!?\n]{0,20}anonymous\b"
    r"|\b(?:rester|demeurer|garde[rz]|conserver)[^.!?\n]{0,25}anonym\w*|\bl['’]anonymat\b|\banonymement\b"
    r"|\b(?:pas|aucun|sans|ne)\b[^.!?\n]{0,40}\b(?:cr[ée]dit\w*|mentionn?\w*|remerci\w*|cit[ée]e?|nom|appara[iî]\w*)\b"
    r"|\b(?:leave|keep) my name out\b|\bnot (?:needed|wanted|necessary)\b[^.\n]{0,20}(?:credit|name|thanks)?"
    r"|\bi (?:do not|don['’]t) (?:want|need) (?:any |a |public )?(?:credit|recognition|acknowledg\w+)",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:please|you (?:can|may)|feel free to|i(?:['’]d| would) (?:like|love|appreciate|be happy|be glad)|i want|i wish"
    r"|kindly|happy to be|glad to be|yes)\b[^.!?\n]{0,60}\b(?:credit(?:ed)?|acknowledge[d]?|acknowledgement|recognition|hall of fame)\b"
    r"|\b(?:happy|glad|like|love|pleased) to be (?:listed|named|mentioned|thanked|credited)\b"
    r"|\bplease credit\b|\bcredit (?:for (?:all|both|this|these|it)[^:.\n]{0,20})?:\s*[^.\n]{0,60}\b(?:yes|please|oui)\b"
    r"|\b(?:credit|list|name|acknowledge) me\b(?! (?:not|if|unless))|\bcredit (?:to|goes to|as|should go to)\b"
    r"|\bpublic credit\s*[:?]?\s*(?:yes|wanted|welcome|please)\b|\bcredit (?:is )?(?:wanted|welcome|requested)\b"
    r"|\b(?:je (?:souhaite(?:rais)?|voudrais|veux|aimerais|serais (?:heureu\w+|ravi\w*))|vous pouvez|merci de|veuillez|oui)\b[^.!?\n]{0,60}"
    r"\b(?:cr[ée]dit\w*|mentionn\w+|remerci\w*|cit(?:er|[ée]e?)|hall of fame|page de reconnaissance)\b"
    r"|\bcr[ée]dit(?:ez|er)[- ]moi\b|\bcr[ée]dit public\s*[:?]?\s*(?:oui|souhait[ée])\b",
    re.IGNORECASE,
)
_SAYS_YES = re.compile(
    r"(?:^\W*(?:yep|sure|ok|ja|s[íi]|sim)\b|\b(?:yes|oui|please)\b)", re.IGNORECASE
)
_BARE_NO = re.compile(
    r"^\W*(?:no|none|nope|non|not wanted|n/a|anonym\w*|nein|niet|aucun\w*)\b", re.IGNORECASE
)
_ASKS = re.compile(r"\b(?:do you|is it possible|can i|could i|est-ce que|puis-je)\b", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?<![\w@./+-])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,37}[A-Za-z0-9_])?)(?!@|\.\w+/)"
)
_LABEL = re.compile(
    r"(?im)^\W{0,4}(?P<what>(?:full |real )?name|handle|alias|nickname|username|pseudo(?:nym\w*)?|nom(?: complet)?|link|lien|url|website|twitter"
    r"|profile|profil|site)\b\W{0,3}[:=]\s*(?P<value>\S[^\n]*)$"
)
_AS = re.compile(
    r"\b(?:credit(?:ed)?|list(?:ed)?|name[d]?|acknowledge[d]?|mention\w*|cr[ée]dit\w*|cit\w+)\b[^.!?\n]{0,40}?"
    r"\b(?:as|to|under the name(?: of)?|sous le nom(?: de)?|en tant que|comme)\s*:?\s*[\"'“«]?\s*"
    r"(?P<who>[^\n,.;:()\"”»<]{2,60})",
    re.IGNORECASE,
)
_CAP = r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f][\w'\u2019.-]+"
_FULL = rf"(?P<who>{_CAP}(?: {_CAP}){{0,3}})"
_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:name|nom))\s*[:=]?\s+{_FULL}",
        rf"(?i:\bcredit(?:er|ez)?|cr[\u00e9e]dite[rz]?)\s+(?!Me\b|To\b|As\b|Yes\b|No\b){_FULL}",
        rf"(?i:\b(?:credit|cr[\u00e9e]dit)\w*[^.:\n]{{0,40}}:)\s*(?i:yes\W+|oui\W+)?{_FULL}",
        rf"^\W*(?i:yes|oui|sure|ja)\W+(?i:please\W+)?(?i:as |under |sous le nom de )?[\"'\u201c\u00ab ]*{_FULL}",
        rf"(?i:\byes|\boui)\s*:\s*{_FULL}",
        rf"^\W*(?!Yes|Oui|Please|No|Not|Name){_FULL}\s*(?:[,(@\u2013-]|(?i:yes|please|oui)\b|\.?$)",
    )
)
_LINK = re.compile(r"https?://[^\s<>\"'),;]+", re.IGNORECASE)


def find_credit(text: str, sections: list[Section]) -> Credit:
    """The wish with name, handle and link, or unknown."""
    own = [s for s in sections if s.field == "credit"]
    for section in own:
        answer = section.body.strip()
        refused = _BARE_NO.match(answer) or _NO.search(answer)
        if refused:
            return Credit(CreditWish.NO, evidence=_line(answer, refused.start()))
    refusal = _first(_NO, text)
    if refusal:
        return Credit(CreditWish.NO, evidence=refusal)
    for section in own:
        if not section.body or _ASKS.search(section.body):
            continue
        details = _details(section.body)
        said = f"{section.title}: {section.body}"
        if _SAYS_YES.search(section.body) or _YES.search(said) or any(details):
            nearby = _details(text[section.start :].partition("\n\n")[0])
            name, handle, link = (own or near for own, near in zip(details, nearby, strict=True))
            return Credit(CreditWish.YES, name, handle, link, _line(section.body, 0))
    wish = _YES.search(text)
    if wish:
        sentence = _line(text, wish.start())
        if not (_ASKS.search(sentence) and "?" in sentence):
            name, handle, link = _details(_around(text, wish.start()))
            return Credit(CreditWish.YES, name, handle, link, sentence)
    return Credit()


def is_wish(sentence: str) -> bool:
    """Whether a sentence speaks about credit, so that it is no part of another field."""
    return bool(_YES.search(sentence) or _NO.search(sentence))


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return _line(text, match.start()) if match else None


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()[:300]


def _around(text: str, at: int) -> str:
    """The paragraph of an offset: wish, handle and link usually stand together."""
    start = text.rfind("\n\n", 0, at) + 1
    end = text.find("\n\n", at)
    return text[max(start, 0) : end if end >= 0 else len(text)].strip()


def _details(block: str) -> tuple[str | None, str | None, str | None]:
    name = handle = None
    link = None
    for match in _LABEL.finditer(block):
        what, value = match["what"].lower(), match["value"].strip(" *_`\t")
        if _BARE_NO.match(value):
            continue
        if (
            what.endswith("name")
            and what != "username"
            and what != "nickname"
            or what.startswith("nom")
        ):
            name = name or value
        elif what in ("link", "lien", "url", "website", "profile", "profil", "site"):
            link = link or value
        else:
            handle = handle or value
    found_handle = _HANDLE.search(block)
    if handle is None and found_handle:
        handle = "@" + found_handle.group(1)
    found_link = _LINK.search(restore(block))
    if link is None and found_link:
        link = found_link.group().rstrip(".,;")
    if name is None:
        name = _name_of(block)
    return name, handle, link


_NOT_NAMES = {"yes", "no", "please", "me", "public", "credit", "thanks", "oui", "non"}


def _name_of(block: str) -> str | None:
    flat = re.sub(r"\s*\n\s*", " ", block)
    match = _AS.search(flat)
    if match:
        who = re.split(
            r"\s+(?:and|with|et|avec|on|in|sur|dans|if|once|when|please)\s|\s[-–—]\s", match["who"]
        )[0]
        who = re.sub(r"\s*@.*$", "", who).strip(" *_`'\"")
        if who and not who.startswith("@") and who.lower() not in ("me", "follows", "suit", "the"):
            return who
    for pattern in _NAMES:
        found = pattern.search(flat)
        if found and found["who"].rstrip(".").lower() not in _NOT_NAMES:
            return found["who"].rstrip(".")
    return None
