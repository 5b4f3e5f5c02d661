"""The credit wish: yes, no or unknown, only from words that say so.

A signature block with a name and a link is not a wish, a refusal anywhere wins over a yes, and a
yes beside anything that may limit it is none: a name published without consent cannot be taken
back (invariant 11, docs/adr/0020-limited-yes.md).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice

from inboxd.core.consent import limited_around, open_answer, sentence_at
from inboxd.core.headings import fields_of
from inboxd.core.model import Credit, CreditWish
from inboxd.core.named import details_of, only_names
from inboxd.core.sections import Section
from inboxd.core.vocabulary import WEAKNESS
from inboxd.core.wish import DENIES, leaning, topics
from inboxd.core.words.consents import (
    AGREES,
    BESIDE,
    CONSENTS,
    GENERIC,
    GRANTED,
    OF_OTHERS,
    ON_TERMS,
    OTHER_SENSE,
    REFUSES,
    UNDECIDED,
    WILLING,
)
from inboxd.core.words.credits import (
    ASKS_ABOUT,
    ASKS_AS,
    BARE_NO,
    BEGINS_YES,
    CLAUSE,
    MONEY,
    NAMING,
    NO,
    SAYS_YES,
    YES,
)
from inboxd.core.words.limits import WITHDRAWS
from inboxd.core.words.names import NAME_LABEL
from inboxd.core.words.naming import DECLINES

MAX_ANSWER = 600  # characters below a credit heading that are looked at
MAX_WISHES = 40  # places in running text that speak of one


def find_credit(text: str, sections: list[Section]) -> Credit:
    """The wish with name, handle and link, or unknown."""
    text = _unfolded(_MEANT_OTHERWISE.sub(lambda found: " " * len(found.group()), text))
    found = _find(text, sections)
    changed = WITHDRAWS.search(text)
    if changed and (
        found.wish is CreditWish.YES or _find(text[changed.start() :], []).wish is not found.wish
    ):
        return replace(found, wish=CreditWish.UNKNOWN)
    return found


def _unfolded(text: str) -> str:
    """The text, as long as it was, with a blank where a line was only broken for its length."""
    return _SOFT_BREAK.sub(" ", text)


_OUR_WORDS = r"(?<!\w)[\"“«»„](?=[^\"”»«“\n]{15})(?=[^\"”»«“\n]{0,200}\b(?:you|your|vous|votre|sie|ihr\w{0,2}|(?:researcher|finder|chercheur)s? (?:accepts?|accepte|agrees?|may|can|will|doit|peut|sera))\b)[^\"”»«“\n]{15,300}[\"”»«“]"
_SOFT_BREAK = re.compile(r"(?<=[^\n]{45})(?<![.!?:;|\n])\n(?=[^\W\d_])(?![^\n:]{2,30}:)")
_MEANT_OTHERWISE = re.compile(  # struck out, hidden, quoted from us, or about something else
    rf"{_OUR_WORDS}|~~[^~\n]{{1,200}}~~|<(?:s|del|strike)>[^<]{{1,200}}</|<!--.{{1,600}}?-->|{OTHER_SENSE.pattern}",
    re.IGNORECASE | re.DOTALL,
)


def _find(text: str, sections: list[Section]) -> Credit:
    text = _LABEL_FIRST.sub(_answer_of_boxes, text)
    text = _UNTICKED.sub(lambda found: " " * len(found.group()), text)
    own = [
        replace(s, body=_without_money(_ticked(s.body or _below(text, sections[at + 1 :], s))))
        for at, s in enumerate(sections)
        if s.field == "credit" or "credit" in s.fields
    ]
    for section in own:
        answer = section.body.strip()[:MAX_ANSWER]
        refused = _refused(section, answer)
        on_terms = ON_TERMS.search(answer.partition("\n\n")[0]) and not BARE_NO.match(answer)
        if refused and not on_terms:
            return Credit(CreditWish.NO, evidence=_line(answer, refused.start()))
    plain = _blanked(_without_titles(text, [s for s in own if _ANONYMITY.search(s.title)]))
    refusal = _declined(plain)
    if refusal:
        return Credit(CreditWish.NO, evidence=_line(text, refusal.start()))
    named = [s for s in sections if s.field == "reporter" and not WEAKNESS.search(s.body[:200])]
    authors = "\n".join(
        f"{s.title if NAME_LABEL.match(f'{s.title}: -') else 'Reporter'}: {s.body.partition(chr(10))[0]}"
        for s in named
    )
    if any(_is_open(section) for section in own):
        return _with(Credit(), authors)
    for section in [*own, *(s for s in named if YES.search(s.body))]:
        found = _answered(section)
        if found is not None:
            nearby = text[section.start :].partition("\n\n")[0]
            if found.name is None:
                return _with(_with(found, nearby), authors)
            return _with(found, "\n".join(label.group() for label in NAME_LABEL.finditer(nearby)))
    said = _said(text, plain, own, authors)
    if said.wish is not CreditWish.UNKNOWN:
        return said
    return _leaning(text, authors) or _with(_with(said, authors), _found_by(own))


def _said(text: str, plain: str, own: list[Section], authors: str) -> Credit:
    """What the first sentence that speaks of a wish says beyond doubt; else the name that one gives
    on terms ("you may name me as N if it is fixed"), with the wish left open."""
    on_terms = Credit()
    told = _without_titles(text, own)
    said = chain.from_iterable(words.finditer(told) for words in (AGREES, YES, CONSENTS))
    for wish in islice(said, MAX_WISHES):
        sentence = sentence_at(text, wish.start(), wish.end())
        asks = ASKS_ABOUT.search(sentence) and "?" in sentence and not ASKS_AS.search(sentence)
        if wish.re is not AGREES and DENIES.search(_clause(plain, wish.start(), wish.end())):
            continue
        own_no = _answered_no(text, wish.end()) if "?" in sentence else None
        if own_no:  # "Do I want to be named? No, thanks."
            return Credit(CreditWish.NO, evidence=own_no)
        if not asks and not limited_around(text, wish.start(), wish.end()):
            found = Credit(CreditWish.YES, *details_of(_around(text, wish.start())), sentence)
            return found if found.name or found.handle else _with(found, authors)
        if not asks and on_terms.name is None:
            on_terms = _with(on_terms, _around(text, wish.start()))
    return on_terms


def _found_by(own: list[Section]) -> str:
    """The lines under credit headings that only tell who found it."""
    answers = [_unwrapped(section.body[:MAX_ANSWER]) for section in own]
    told = (found.group() for answer in answers for found in OF_OTHERS.finditer(answer))
    return "\n".join(line for line in told if _FOUND_BY.search(line))


def _blanked(text: str) -> str:
    """The text, as long as it was, without denials that agree or deny something else."""
    for words in (AGREES, BESIDE):
        text = words.sub(lambda found: " " * len(found.group()), text)
    pieces, at = [], 0
    for found in UNDECIDED.finditer(text):
        near = max(at, found.start() - MAX_ANSWER)
        begin = max(near, *(text.rfind(mark, near, found.start()) + 1 for mark in ".!?\n"))
        stop = _ENDS.search(text, found.end(), found.end() + MAX_ANSWER)
        end = stop.start() if stop else found.end()
        pieces += [text[at:begin], " " * (end - begin)]
        at = end
    return "".join(pieces) + text[at:]


_ENDS = re.compile(r"[.!?\n]")


def _without_titles(text: str, sections: list[Section]) -> str:
    """The text, as long as it was, without headings that ask: the question is no answer."""
    for asked in sections:
        if _ASKS.search(asked.title) or _HOW.match(asked.title):
            text = text[: asked.line] + " " * (asked.start - asked.line) + text[asked.start :]
    return text


def _is_open(section: Section) -> bool:
    """Whether an answer under a heading that asks for credit leaves it open."""
    answer = section.body.strip()[:MAX_ANSWER]
    if section.how == "label":
        answer = _NEXT_ITEM.split(answer)[0]
    if _ANONYMITY.search(section.title):
        answer = BARE_NO.sub("", answer)  # "Anonymity: not needed, name me"
    return open_answer(answer)


_NEXT_ITEM = re.compile(r"\n\s*(?:[-*•+]|\d+[.)])\s")
_ANONYMITY = re.compile(r"\b(?:anonym|anonim|an[óo]nim|anoniem)", re.IGNORECASE)
_ASKS = re.compile(rf"[?(]|\bcredited\b|{_ANONYMITY.pattern}", re.IGNORECASE)
_HOW = re.compile(r"\W*(?:how|whether|do|would|should|may|can)\b", re.IGNORECASE)


def _refused(section: Section, answer: str) -> re.Match[str] | None:
    """Where an answer under a heading that asks for credit, or for anonymity, refuses."""
    plain = _blanked(answer)
    if _ANONYMITY.search(section.title) and not _ANONYMITY.search(answer):
        wanted = BEGINS_YES.match(plain) or _WANTED.match(plain)
        return wanted or NO.search(plain)
    return BARE_NO.match(plain) or _declined(plain) or _denied(section, plain)


def _declined(plain: str) -> re.Match[str] | None:
    found = (words.search(plain) for words in (NO, REFUSES, GENERIC, DECLINES))
    return next((match for match in found if match), None)


def _unwrapped(answer: str) -> str:
    """An answer with the lines of a paragraph joined, where a sentence goes on."""
    return re.sub(r"(?<![.:!?;,\n])\n(?=[^\s\W])(?![\w ]{2,20}\s?[:=])", " ", answer)


_WANTED = re.compile(
    r"\W*(?:please|required|requested|wanted|desired|souhait|imp[ée]rati|n[ée]cessaire|demand|erw[üu]nscht|bitte|graag)",
    re.IGNORECASE,
)
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
        if (sentence := sentence_at(text, match.start(), match.end()))
    ]
    for _, sentence, leans in said:
        if leans is CreditWish.NO and not _undecided(sentence):
            return Credit(leans, evidence=sentence[:300])
    for match, sentence, leans in said:
        if leans is CreditWish.YES and not limited_around(text, match.start(), match.end()):
            found = Credit(leans, *details_of(_around(text, match.start())), sentence[:300])
            return found if found.name or found.handle else _with(found, authors)
    return None


def _undecided(sentence: str) -> bool:
    return bool(UNDECIDED.search(sentence) or ON_TERMS.search(sentence))


_LABEL_FIRST = re.compile(  # Yes [ ] No [x]
    r"(?im)^(?P<before>[^\[\n]{0,60}?)\b(?P<yes>yes|oui|ja|y|s[íi]|sim) {0,3}\[(?P<box>[ _xX✓✔]?)\] {0,5}(?:/ ?)?(?P<no>no|non|nein|n|n[ãa]o|nee) {0,3}\[(?P<box2>[ _xX✓✔]?)\]"
)


def _answer_of_boxes(found: re.Match[str]) -> str:
    chosen = [word for word, box in (("yes", "box"), ("no", "box2")) if found[box].strip(" _")]
    said = found[chosen[0]] if len(chosen) == 1 else ""
    return f"{found['before']}{said}".ljust(len(found.group()))


_UNTICKED = re.compile(  # boxes, not "roles[]"
    r"(?<![\w\])])\[[ _]?\][ \t]*(?=[^\W\d_])[^\[\n.!?]{1,60}|[☐□][^☐□☑☒\n.!?]{1,40}"
)


def _ticked(body: str) -> str:
    """An answer in boxes, "[x] Yes [ ] No", without what was not chosen."""
    chosen = _UNTICKED.sub("", body[:MAX_ANSWER])
    return re.sub(r"\[[xX✓✔]\]|[☑☒✅]", "", chosen) + body[MAX_ANSWER:]


def _without_money(answer: str) -> str:
    """An answer without what it says of no money, when more is left: "no reward, but name me"."""
    rest = MONEY.sub(lambda said: "" if _NONE.search(said[0]) else said[0], answer[:MAX_ANSWER])
    return rest + answer[MAX_ANSWER:] if rest.strip() else answer


_NONE = re.compile(rf"{DENIES.pattern}|\bout of scope\b", re.IGNORECASE)


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
    flat = _unwrapped(answer)
    first = OF_OTHERS.sub("", flat).strip().partition("\n\n")[0]
    if not first or "?" in first or re.match(r"[\[<(](?!@)", first):
        return None
    if _is_open(section):
        return None
    if fields_of(first, marked=False) is not None and not BEGINS_YES.match(first):
        return None  # the next heading, in a list of contents
    agrees = AGREES.search(first) or CONSENTS.search(first) or YES.search(first)
    if _ANONYMITY.search(section.title) and not agrees:
        return None  # "Anonymity: no" names nobody yet
    details = details_of(first)
    if re.fullmatch(r"@?(?=[\w.-]*[\d_])[A-Za-z][\w.-]{2,30}", first.strip()):  # a nickname, sure
        return Credit(CreditWish.YES, None, first.strip(), None, _line(answer, 0))
    if agrees:
        return Credit(CreditWish.YES, *details, _line(answer, 0))
    if DENIES.search(_blanked(first)) and not BEGINS_YES.match(first):
        return None
    named = (
        any(details)
        and not _tells_roles(section.title, first)
        and bool(WILLING.search(first) or only_names(first.partition("\n")[0]))
        and not _THANKS_TO.match(flat)
    )
    granted = GRANTED.match(first) or SAYS_YES.search(first)
    told = first if _ASKS.search(section.title) else f"{section.title}: {first}"
    if granted or YES.search(told) or named:
        return Credit(CreditWish.YES, *details, _line(answer, 0))
    return None


_THANKS_TO = re.compile(  # what follows is a signature
    r"\W*(?:(?:many |special )?thanks (?:to|for)|thank you|merci (?:[àa]|pour)|dank an|danke|vielen dank|gracias a|grazie a|obrigad[oa] a)\b(?! (?:me|us)\b)",
    re.IGNORECASE,
)


def _tells_roles(title: str, first: str) -> bool:
    """Whether an advisory says who did what: "Credits & Authors", "N. Obi (analyst)"."""
    return "author" in title.casefold() or _ROLES.match(first) is not None


_ROLES = re.compile(
    r"\W*[^\W\d_a-z][\w'-]+ [^\W\d_a-z][^@\n(]{1,60}\((?:finder|analyst|reporter|researcher|discoverer)\)"
)


def _with(credit: Credit, told: str) -> Credit:
    """Name, handle and link of author lines, where the wish itself gives none."""
    name, handle, link = details_of(told[:MAX_ANSWER])
    return replace(
        credit,
        name=credit.name or name,
        handle=credit.handle or handle,
        link=credit.link or link,
    )


@lru_cache(maxsize=512)  # every walk over a text asks it of each sentence
def is_wish(sentence: str) -> bool:
    """Whether a sentence speaks about credit, so that it is no part of another field."""
    says = (YES, NO, AGREES, REFUSES, CONSENTS, DECLINES)
    if any(words.search(sentence) for words in says):
        return True
    return leaning(sentence) is not CreditWish.UNKNOWN


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()[:300]


def _around(text: str, at: int) -> str:
    """From the wish to the end of its paragraph: name, handle and link usually follow."""
    start = max(text.rfind("\n\n", 0, at) + 2, text.rfind(". ", 0, at) + 2, 0)
    end = text.find("\n\n", at)
    return text[min(start, at) : end if end >= 0 else len(text)].strip()[:MAX_ANSWER]


_FOUND_BY = re.compile(r"\b(?:by|par|von|por|da|door)\b", re.IGNORECASE)
