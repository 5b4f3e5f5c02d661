"""A report given as JSON or YAML: a whole text, a fenced block, or a bare {...} block in a mail.

The schema is docs/report-format.md. Total and bounded. Of YAML only the parser's events are read:
nothing is constructed, aliases cannot multiply, numbers and dates stay the words they came in.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from inboxd.core.model import FIELD_NAMES, Credit, CreditWish
from inboxd.core.vocabulary import SEVERITY_WORDS
from inboxd.core.words import pattern

MAX_JSON, MAX_YAML = 1_000_000, 50_000  # characters; a longer text is not read at all
MAX_DEPTH = 20  # lists and objects inside each other
MAX_BLOCKS = 20  # places of one text where a bare block may begin


@dataclass(frozen=True, slots=True)
class Structured:
    """A report in the schema. `span`: where in the text it stood; `findings`: how many in it."""

    fields: tuple[tuple[str, str], ...]
    components: tuple[str, ...]
    credit: Credit
    severity: str | None
    cwe: tuple[str, ...]
    cvss: str | None
    span: tuple[int, int]
    findings: int


class _Map(tuple[tuple[str, object], ...]):
    """The pairs of an object in order; a key may stand twice and loses nothing."""


_Found = defaultdict[str, list[object]]
_Block = tuple[object, tuple[int, int]]

_KEY = pattern(  # without case, accents and separators
    r"""
    (?P<title>title|titre|intitule)
    (?P<summary>summary|resume|synthese)
    (?P<description>descriptions?|details?|overview|explication)
    (?P<components>
        (?:affected|vulnerable|impacted)?(?:
            ur[li]|endpoint|asset|target|component|host|hostname|domain
        )s?
        affected|location
        (?:url|composant|cible|hote|domaine|element)s?(?:(?:concerne|affecte|touche)e?s?)?
    )
    (?P<reproduction_steps>
        (?:repro(?:duction)?)?steps?(?:to(?:reproduce|replicate|recreate))?
        (?:howto|to)?reproduce|repro(?:duction)?|etapes?(?:(?:de|pour)?repro\w+)?
        (?:comment)?reproduire
    )
    (?P<impact>(?:business|security)?impacts?|consequences?|risks?|risques?)
    (?P<proof_of_concept>
        pocs?|proofs?(?:ofconcepts?)?|payloads?|evidence|exploit(?:code)?|preuves?(?:deconcept)?
    )
    (?P<contact>contacts?|(?:contact|reporter|researcher)?e?mail|courriel|coordonnees)
    (?P<credit>
        credits?(?:me|to|as|wish|wanted|public)?
        (?:public|wants?|souhaite)credit|halloffame|attribution|acknowledge(?:me)?
        acknowledge?ment|remerciements?|mentionpublique
    )
    (?P<anonymous>(?:stay|rester)?anonym(?:ous|e))
    (?P<severity>
        severity(?:rating)?|risk(?:rating|level)|criticality|gravite|severite|criticite
    )
    (?P<cwe>cwes?(?:ids?)?|weakness(?:es)?|faiblesses?)
    (?P<cvss>cvss(?:v?[34]\d?)?(?:vector|string)?|vect(?:or|eur)\w*)
    (?P<report>report|vulnerability|finding|rapport|vulnerabilite|faille|signalement)
    (?P<person>reporter|researcher|submitter|chercheur|chercheuse|rapporteur)
    (?P<findings>findings|vulnerabilities|issues|vulnerabilites|failles)
    """,
    0,
)
_DETAIL = re.compile(  # of a person or of a credit wish
    r"(?P<name>(?:full|real)?name|nom(?:complet)?)|(?P<handle>handle|alias|(?:nick|user)name|pseudo(?:nyme?)?)"
    r"|(?P<link>link|url|website|site|profile|lien|profil|siteweb)|(?P<wish>wish|wanted|public|consent|souhait)"
)
_LINE_KEY = re.compile(
    r"(?:^|[{,])[ \t-]*+[\"']?([^\W\d_][\w -]{0,40})[\"']?[ \t]*+:(?=\s|$)", re.MULTILINE
)
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)[ \t]*+(\w*+)[ \t\r]*+$", re.MULTILINE)
_BARE = re.compile(r"^\ufeff?[ \t]{0,3}[{\[](?=\s*+[\"{\[])", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]++#.*+")  # behind a plain YAML value: perhaps the end of a payload
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NOTHING = re.compile(r"\W*+(?i:n/?a|none|null|todo|tbd|yes|no|oui|non|true|false|aucune?)?\W*+")
_WORDS = re.compile(r"[^\W\d_]|\d[.:]")  # a bare number tells nothing
_CWE = re.compile(r"\bCWE[-_\s:#]{0,2}(\d{1,5})\b|^\s*(\d{1,5})\s*$", re.IGNORECASE)
_VECTOR = re.compile(r"\b(?:CVSS:[34]\.[01]/)?AV:[NALP]/AC:[LH]/[A-Za-z:/]{10,200}")
_YES = re.compile(
    r"(?i:yes|y|true|oui|sure|wanted|requested)\b[\s,;:.!]*(?i:please\b|merci\b)?[\s,.!]*(?i:as )?"
)
_NO = re.compile(
    r"(?is)\W*(?:no|n$|none|nope|non|not|never|false|nein|niet|aucune?|jamais|pas|ne|do ?n['’]?t|do not)\b|.*anonym"
)
_NO_NAME = pattern(  # answers that put off, and words of a form that nobody filled in
    r"""
    (?i)\b(?:
        if|unless|but|only|after|once|when|until|not|maybe|perhaps|later|ask|first|discuss\w*
        pending|tb[cd]|todo|undecided|unsure|unknown|depends|negotiable|optional|see|below|above
        contact|via|please|yes|your?|name|handle|example|null|nil|nda|default|private
        confidential|internal|secret|hidden|redacted|withheld|declined|refused|required
        preferred|any(?:one|thing)?|whatever|nothing|nobody|public|full|partial|bounty|reward
        money|cash|paypal|researcher|reporter|me|my|myself|same|to|up|without|thanks?|under|no
        true|credit\w*|si|mais|apr[eè]s|quand|peut|plus|voir|selon|inconnue?|priv[ée]e?|votre
        nom|moi|rien|personne|merci|oui
    )\b
    """,
    0,
)
_WHO = re.compile(r"([^@(),:;!?<>\"/\d]*?)[\s,(]*((?<![\w.])@\w[\w.-]{0,38})?\)?")


def structured_report(text: str) -> Structured | None:
    """The first report in the schema that stands in a text, or None. Any text gives a value."""
    if len(text) > MAX_JSON:
        return None
    whole = _trim(text, 0, len(text))
    for value, span in _blocks(text, whole):
        found: _Found = defaultdict(list)
        _collect(value, found)
        if report := _report(found, span, whole=span == whole):
            return report
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end].lstrip("\ufeff \t\r\n")
    return end - len(inner), end - len(inner) + len(inner.rstrip())


def _blocks(text: str, whole: tuple[int, int]) -> Iterator[_Block]:
    is_json = text.startswith(("{", "["), whole[0])  # nearly all JSON is YAML too, but slower
    yield from () if is_json else _yaml_block(text, whole)
    yield from _json_blocks(text)
    yield from _yaml_block(text, whole) if is_json else ()
    fences = _FENCE.finditer(text)
    for opened in fences:
        closed = next(fences, None)
        if closed and opened[1].lower() in ("json", "yaml", "yml"):
            yield from _yaml_block(text, _trim(text, opened.end(), closed.start()))


_DECODER = json.JSONDecoder(  # not strict: a mail program may have broken long lines
    strict=False,
    object_pairs_hook=_Map,
    parse_int=str,
    parse_float=str,
    parse_constant=lambda _: None,
)


def _json_blocks(text: str) -> Iterator[_Block]:
    """JSON that begins at the start of a line; what fails to parse is paid from one budget."""
    budget, end = 2 * MAX_JSON, 0
    for _ in range(MAX_BLOCKS):
        match = _BARE.search(text, end)
        if match is None or budget < 0:
            return
        start, end = match.end() - 1, match.end()
        try:
            value, end = _DECODER.raw_decode(text, start)
        except (RecursionError, ValueError) as error:
            budget -= getattr(error, "pos", MAX_JSON) - start
        else:
            if not _too_deep(value, MAX_DEPTH):
                yield value, (start, end)


def _too_deep(value: object, left: int) -> bool:
    inner = [v for _, v in value] if isinstance(value, _Map) else value
    return isinstance(inner, list) and (left == 0 or any(_too_deep(v, left - 1) for v in inner))


def _yaml_block(text: str, span: tuple[int, int]) -> Iterator[_Block]:
    block = text[span[0] : span[1]] if span[1] - span[0] <= MAX_YAML else ""
    if sum(bool(_named(_KEY, match[1])) for match in _LINE_KEY.finditer(block)) < 2:
        return
    try:
        value = _yaml(block)
    except Exception:  # noqa: BLE001  hostile YAML must never stop a mail (invariant 12)
        return
    yield value, span


def _yaml(text: str) -> object:
    """The list of documents of a YAML text; ValueError for what is refused."""
    levels: list[tuple[list[object], bool]] = [([], False)]
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None) is not None or len(levels) > MAX_DEPTH + 1:
            raise ValueError("anchors, aliases and deep nesting are not read")
        if isinstance(event, yaml.CollectionStartEvent):
            levels.append(([], isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            items, is_map = levels.pop()
            pairs = zip(map(str, items[::2]), items[1::2], strict=True) if is_map else ()
            levels[-1][0].append(_Map(pairs) if is_map else items)
        elif isinstance(event, yaml.ScalarEvent):
            mark = event.end_mark if event.style is None else None
            after = _COMMENT.match(text, mark.index) if mark is not None else None
            levels[-1][0].append(event.value + (after.group() if after else ""))
    return levels[0][0]


def _named(table: re.Pattern[str], key: str) -> str | None:
    letters = unicodedata.normalize("NFKD", key[:60].lower())
    match = table.fullmatch("".join(c for c in letters if c.isalnum()))
    return match.lastgroup if match else None


def _collect(value: object, found: _Found) -> None:
    """Sort what stands under known keys into `found`; lists of objects are findings."""
    if isinstance(value, list):
        objects = [v for v in value if isinstance(v, (_Map, list))]
        found["findings"] += objects if len(objects) > 1 else []
        for each in objects:
            _collect(each, found)
    for key, inner in value if isinstance(value, _Map) else ():
        what = _named(_KEY, key) or ""
        if what in ("report", "findings") and isinstance(inner, (_Map, list)):
            found["mark"].append(key)
            _collect(inner, found)
        elif what == "person" and isinstance(inner, _Map):
            found["mark"].append(key)
            for about, said in inner:
                topic = _named(_KEY, about)
                if topic in ("contact", "credit", "anonymous"):
                    found[topic].append(said)
                found[f"person's {_named(_DETAIL, about)}"].append(said)
        elif what == "impact" and _text(inner).lower() in SEVERITY_WORDS:
            found["severity"].append(inner)
        else:
            found[what].append(inner)


def _text(value: object) -> str:
    if isinstance(value, _Map):
        said = {_text(key): _text(inner) for key, inner in value}
        worded = [f"{key}: {text}" for key, text in said.items() if _WORDS.search(text)]
        return worded[0].partition(": ")[2] if len(worded) == 1 else "\n".join(worded)
    if isinstance(value, list):
        return "\n".join(text for text in map(_text, value) if text)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return _CONTROL.sub("", text).strip()


def _said(values: list[object]) -> list[str]:
    texts = dict.fromkeys(map(_text, values))
    return [text for text in texts if _WORDS.search(text) and not _NOTHING.fullmatch(text)]


def _components(values: list[object]) -> list[str]:
    found = []
    for item in (i for v in values for i in (v if isinstance(v, list) else [v])):
        pairs = item if isinstance(item, _Map) else ()
        named = [v for k, v in pairs if _named(_KEY, k) == "components" or k.lower() == "name"]
        found += [line.strip() for line in "\n".join(_said(named or [item])).split("\n")]
    return [line for line in dict.fromkeys(found) if line]


def _report(found: _Found, span: tuple[int, int], *, whole: bool) -> Structured | None:
    told = {name: _said(found[name]) for name in FIELD_NAMES}
    order = ("title", "summary", "report", "description")
    told["description"] = _said([value for name in order for value in found[name]])
    told["components"] = _components(found["components"])
    told["contact"] += [text for text in _said(found["person"]) if re.search("@|://", text)]
    have = {name for name in FIELD_NAMES if told[name] and name != "contact"}
    credit = _credit(found)
    claims = [re.findall(r"[^\W\d_]+", _text(v).lower()) for v in found["severity"]]
    levels = {next((SEVERITY_WORDS[w] for w in c if w in SEVERITY_WORDS), "") for c in claims}
    severity = next((s for s in ("critical", "high", "medium", "low") if s in levels), None)
    lines = [line for value in found["cwe"] for line in _text(value).split("\n")]
    cwe = [f"CWE-{int(m[1] or m[2])}" for line in lines for m in _CWE.finditer(line)]
    vector = _VECTOR.search("\n".join(map(_text, (*found["cvss"], *found["severity"]))))
    # The body of a request that somebody shows has a title, a URL or a payload too.
    marked = found["mark"] or severity or cwe or vector or credit.wish is not CreditWish.UNKNOWN
    clear = marked or len(have) > 2 or have & {"reproduction_steps", "impact"}
    if len(have) < 2 or not (clear or (whole and "description" in have)):
        return None
    joined = {n: ("\n" if n == "components" else "\n\n").join(told[n]) for n in FIELD_NAMES}
    return Structured(
        fields=tuple((name, value) for name, value in joined.items() if value),
        components=tuple(told["components"]),
        credit=credit,
        severity=severity,
        cwe=tuple(dict.fromkeys(cwe)),
        cvss=vector.group().rstrip("/:") if vector else None,
        span=span,
        findings=max(1, len(found["findings"])),
    )


def _credit(found: _Found) -> Credit:
    """A refusal anywhere wins; yes only if every answer says so."""
    answers = [answer for value in found["credit"] for answer in _answers(value)]
    if any(_YES.match(_text(value)) for value in found["anonymous"]):
        answers.append(Credit(CreditWish.NO, evidence="anonymous"))
    refused = [answer for answer in answers if answer.wish is CreditWish.NO]
    if refused or not answers or any(a.wish is CreditWish.UNKNOWN for a in answers):
        return refused[0] if refused else Credit()
    first = answers[0]
    if first.name or first.handle:
        names = ", ".join(dict.fromkeys(a.name for a in answers if a.name))
        return replace(first, name=names or None)
    name, handle, link = (
        next(iter(_said(found[f"person's {what}"])), None) for what in ("name", "handle", "link")
    )
    return replace(first, name=name, handle=handle, link=first.link or link)


def _answers(value: object) -> list[Credit]:
    if isinstance(value, list):
        return [answer for inner in value for answer in _answers(inner)]
    if not isinstance(value, _Map):
        return [_answer(_text(value))]
    told: _Found = defaultdict(list)
    for key, inner in value:
        told[_named(_DETAIL, key) or _named(_KEY, key) or ""].append(inner)
    name, handle, link = (next(iter(_said(told[w])), None) for w in ("name", "handle", "link"))
    hidden = any(_YES.match(_text(v)) for v in told["anonymous"])
    if hidden or re.search("(?i)anonym", f"{name} {handle}"):
        return [Credit(CreditWish.NO, evidence=_text(value)[:300])]
    answers = [_answer(_text(v)) for v in told["wish"] + told["credit"] or [name]]
    if refusals := [answer for answer in answers if answer.wish is CreditWish.NO]:
        return refusals
    if any(a.wish is CreditWish.UNKNOWN for a in answers) or _NO_NAME.search(name or ""):
        return [Credit()]
    return [replace(a, name=name or a.name, handle=handle or a.handle, link=link) for a in answers]


def _answer(text: str) -> Credit:
    line = re.sub(r"\s#.*+", "", text).strip()
    if _NO.match(line):
        return Credit(CreditWish.NO, evidence=line[:300])
    yes = _YES.match(line)
    rest = line[yes.end() :] if yes else line
    if yes and not rest:
        return Credit(CreditWish.YES, evidence=line[:300])
    who = _WHO.fullmatch(rest) if 0 < len(rest) <= 60 and not _NO_NAME.search(rest) else None
    if who is None or not _is_name(who[1].split()):
        return Credit()
    return Credit(CreditWish.YES, who[1] or None, who[2], evidence=line)


def _is_name(words: list[str]) -> bool:
    """Capitals, with small words such as "van der" between them; none at all beside a handle."""
    ends = words[:1] + words[-1:]
    return all(w[0].isupper() for w in ends) and all(w[0].isupper() or len(w) < 4 for w in words)
