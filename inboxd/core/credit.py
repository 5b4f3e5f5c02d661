"""The credit wish: yes, no or unknown, only from words that say so.

A signature block with a name and a link is not a wish, and a refusal anywhere wins over a yes:
a name published without consent cannot be taken back (invariant 11).
"""

from __future__ import annotations

import re
from dataclasses import replace

from inboxd.core.model import Credit, CreditWish
from inboxd.core.scope import restore
from inboxd.core.sections import Section
from inboxd.core.vocabulary import WEAKNESS
from inboxd.core.wish import DENIES, leaning, topics
from inboxd.core.words.credits import (
    ASKS_ABOUT,
    ASKS_AS,
    BARE_NO,
    BEGINS_YES,
    CLAUSE,
    CONDITION,
    LATER,
    MONEY,
    NAMING,
    NO,
    SAYS_YES,
    YES,
)
from inboxd.core.words.names import (
    CALLED,
    HANDLE,
    LINK,
    NAME_LABEL,
    NAMES,
    NICK,
    NICK_ALONE,
    NOT_NAMES,
    QUOTED,
    SOCIAL,
)

MAX_ANSWER = 600  # characters below a credit heading that are looked at


def find_credit(text: str, sections: list[Section]) -> Credit:
    """The wish with name, handle and link, or unknown."""
    own = [
        replace(s, body=_without_money(_ticked(s.body or _below(text, sections[at + 1 :], s))))
        for at, s in enumerate(sections)
        if s.field == "credit" or "credit" in s.fields
    ]
    for section in own:
        answer = section.body.strip()[:MAX_ANSWER]
        refused = BARE_NO.match(answer) or NO.search(answer) or _denied(section, answer)
        if refused:
            return Credit(CreditWish.NO, evidence=_line(answer, refused.start()))
    refusal = NO.search(text)
    if refusal:
        return Credit(CreditWish.NO, evidence=_line(text, refusal.start()))
    named = [s for s in sections if s.field == "reporter" and not WEAKNESS.search(s.body[:200])]
    authors = "\n".join(f"{s.title}: {s.body.partition(chr(10))[0]}" for s in named)
    for section in [*own, *(s for s in named if YES.search(s.body))]:
        found = _answered(section)
        if found is not None:
            nearby = text[section.start :].partition("\n\n")[0]
            if found.name is None:
                return _with(_with(found, nearby), authors)
            return _with(found, "\n".join(label.group() for label in NAME_LABEL.finditer(nearby)))
    named_only = Credit()  # "you may name me as N if it is fixed" leaves the wish open
    for wish in YES.finditer(text):
        sentence = _sentence(text, wish.start(), wish.end())
        asks = ASKS_ABOUT.search(sentence) and "?" in sentence and not ASKS_AS.search(sentence)
        if DENIES.search(_clause(text, wish.start(), wish.end())):
            continue
        own_no = _answered_no(text, wish.end()) if "?" in sentence else None
        if own_no:  # "Do I want to be named? No, thanks."
            return Credit(CreditWish.NO, evidence=own_no)
        if not asks and not CONDITION.search(sentence) and not LATER.search(sentence):
            said = Credit(CreditWish.YES, *_details(_around(text, wish.start())), sentence)
            return said if said.name or said.handle else _with(said, authors)
        if not asks and named_only.name is None:
            named_only = _with(named_only, _around(text, wish.start()))
    return _leaning(text, authors) or _with(named_only, authors)


_LINKS = frozenset("link lien url website site web profile profil enlace homepage".split())


def _below(text: str, following: list[Section], heading: Section) -> str:
    """The lines "Name: ..." and "Link: ..." right below a heading that asks for credit."""
    if heading.how == "label":
        return ""  # of a list that goes on with other questions
    lines: list[str] = []
    for section in following:
        link = bool(lines) and section.title.strip().casefold() in _LINKS
        if section.how != "label" or not (section.field == "reporter" or link):
            break
        first = section.body.partition("\n\n")[0]
        lines.append(f"{section.title}: {first}")
    return "\n".join(lines)


def _answered_no(text: str, at: int) -> str | None:
    """The sentence that answers a question of one's own, when it denies."""
    begin = text.find("?", at) + 1
    answer = text[begin : begin + 200].strip().partition("\n")[0] if begin else ""
    return answer if BARE_NO.match(answer) or NO.search(answer) else None


def _leaning(text: str, authors: str) -> Credit | None:
    """What the sentences lean to that speak of thanks in words of their own; a refusal wins."""
    said = [
        (match, sentence, leaning(sentence))
        for match in topics(text)
        if (sentence := _sentence(text, match.start(), match.end()))
    ]
    for wish in (CreditWish.NO, CreditWish.YES):
        for match, sentence, leans in said:
            if leans is not wish:
                continue
            if wish is CreditWish.NO:
                return Credit(wish, evidence=sentence[:300])
            found = Credit(wish, *_details(_around(text, match.start())), sentence[:300])
            return found if found.name or found.handle else _with(found, authors)
    return None


def _ticked(body: str) -> str:
    """An answer in boxes, "[x] Yes [ ] No", without what was not chosen."""
    chosen = re.sub(r"\[[ _]?\][ \t]*[^\[\n]{1,40}|[☐□][^☐□☑☒\n]{1,40}", "", body[:MAX_ANSWER])
    return re.sub(r"\[[xX✓✔]\]|[☑☒✅]", "", chosen) + body[MAX_ANSWER:]


def _without_money(answer: str) -> str:
    """An answer without its sentences on money, when others are left: "no reward, but name me"."""
    rest = MONEY.sub("", answer[:MAX_ANSWER])
    return rest + answer[MAX_ANSWER:] if rest.strip() else answer


def _denied(section: Section, answer: str) -> re.Match[str] | None:
    """A denial under a heading that asks for credit: "Mention: not necessary"."""
    first = answer.partition("\n\n")[0]
    if BEGINS_YES.match(first):
        return None
    denial = DENIES.search(section.title) or DENIES.search(first)
    return denial if denial and NAMING.search(f"{section.title}: {first}") else None


def _clause(text: str, start: int, end: int) -> str:
    """The words before a match that belong to the same clause, and the match."""
    before = text[max(0, start - 100) : start]
    cut = max((found.end() for found in CLAUSE.finditer(before)), default=0)
    return before[cut:] + text[start:end]


def _answered(section: Section) -> Credit | None:
    """What stands under a heading that asks for credit; None when it decides nothing."""
    answer = section.body.strip()[:MAX_ANSWER]
    first = answer.partition("\n\n")[0]
    if not answer or "?" in first or LATER.search(first) or re.match(r"[\[<(](?!@)", first):
        return None
    details = _details(first)
    if re.fullmatch(r"@?(?=[\w.-]*[\d_])[A-Za-z][\w.-]{2,30}", first.strip()):  # a nickname, sure
        return Credit(CreditWish.YES, None, first.strip(), None, _line(answer, 0))
    if DENIES.search(first) and not BEGINS_YES.match(first):
        return None
    if SAYS_YES.search(first) or YES.search(f"{section.title}: {first}") or any(details):
        return Credit(CreditWish.YES, *details, _line(answer, 0))
    return None


def _with(credit: Credit, told: str) -> Credit:
    """Name, handle and link of author lines, where the wish itself gives none."""
    name, handle, link = _details(told[:MAX_ANSWER])
    return replace(
        credit,
        name=credit.name or name,
        handle=credit.handle or handle,
        link=credit.link or link,
    )


def is_wish(sentence: str) -> bool:
    """Whether a sentence speaks about credit, so that it is no part of another field."""
    if YES.search(sentence) or NO.search(sentence):
        return True
    return leaning(sentence) is not CreditWish.UNKNOWN


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()[:300]


_STOP = re.compile(r"(?<![\s\"“«(][A-Z])\. |[!?]|\n\n|\.\n")  # "R. Holzapfel" goes on


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a match, over line breaks."""
    begin = max(
        (text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "\n\n", ".\n")), default=0
    )
    stop = _STOP.search(text, end)
    return text[max(begin + 1, 0) : (stop.start() if stop else len(text)) + 1].strip()[:600]


def _around(text: str, at: int) -> str:
    """From the wish to the end of its paragraph: name, handle and link usually follow."""
    start = max(text.rfind("\n\n", 0, at) + 2, text.rfind(". ", 0, at) + 2, 0)
    end = text.find("\n\n", at)
    return text[min(start, at) : end if end >= 0 else len(text)].strip()[:MAX_ANSWER]


def _details(block: str) -> tuple[str | None, str | None, str | None]:
    """(name, handle, link) as a wish or an answer gives them."""
    block = restore(block)
    name = handle = link = None
    for match in NAME_LABEL.finditer(block):
        what, value = match["what"].lower(), match["value"].strip(' *_`\t"“”«»')
        if BARE_NO.match(value):
            continue
        if (
            what.endswith(("name", "nome"))
            and what not in ("username", "nickname")
            or what.startswith(("nom",))
        ):
            name = name or value
        elif what in ("link", "lien", "url", "website", "profile", "profil", "site"):
            link = link or value
        else:
            handle = handle or value.rstrip(".")
    found_handle = HANDLE.search(block)
    social = SOCIAL.search(block)
    called = CALLED.search(block) or NICK_ALONE.match(block)
    if handle is None and found_handle:
        handle = "@" + found_handle.group(1)
    elif handle is None and called and not NOT_NAMES.match(called["nick"]):
        handle = called["nick"]
    elif handle is None and social:
        handle = social.group(1)
    found_link = LINK.search(block)
    if link is None and found_link:
        link = found_link.group().rstrip(".,;")
    name = name or _name_of(block)
    if name and handle is None and re.fullmatch(NICK, name):
        handle = name
    return name, handle, link


def _name_of(block: str) -> str | None:
    flat = re.sub(r"\s*\n\s*", " ", block)
    bare = LINK.sub(" ", flat)
    quoted = QUOTED.search(bare)
    if quoted:
        return _without_extras(quoted["who"])
    for pattern in NAMES:
        for found in pattern.finditer(bare):
            who = found.groupdict().get("who") or found.groupdict().get("nick") or ""
            words = who.split()
            while words and NOT_NAMES.match(words[0].rstrip(".")):
                words.pop(0)
            who = " ".join(words)
            if who:
                return who if re.search(r"\b[A-Z]\.$", who) else who.rstrip(".")
    return None


def _without_extras(who: str) -> str | None:
    return re.split(r"\s[(/|@]|\s[-–—]\s|\s(?:of|from|at)\s", who)[0].strip(" ,;") or None
