"""Text to the policy's fields, each in the writer's own words with the span it was found in.

Fields under their own heading first, prose cues for the rest. What is not there is missing and is
asked for once; nothing is invented, joined from different places or rephrased.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from cvss import CVSS3, CVSS4, CVSSError  # LGPL, separate dependency

from inboxd.core.credit import find_credit, is_wish
from inboxd.core.headers import decode_bytes
from inboxd.core.model import (
    Credit,
    CreditWish,
    Cvss,
    Flag,
    Found,
    Message,
    SeenUrl,
    Severity,
    Understanding,
)
from inboxd.core.scope import Scope, find_urls
from inboxd.core.sections import Section, answers_under_quotes, normalise, sections
from inboxd.core.vocabulary import (
    CLAIM,
    FLAG_CUES,
    PROSE_CUES,
    SEVERITY_CLAIM,
    SEVERITY_WORDS,
    VAGUE_OFFER,
    WEAKNESS,
)

MAX_READ = 200_000  # characters that are looked at
_NOTHING = re.compile(r"^\W*(?:n/?a|none|todo|tbd|aucune?|-+)?\W*$", re.IGNORECASE)


def understand(message: Message, scope: Scope) -> Understanding:
    """Read the report in a message: its own new text first, then text that is attached."""
    text = answers_under_quotes(message.text[:MAX_READ]) or message.new_text or message.text
    texts = [text[:MAX_READ]]
    texts += [
        decode_bytes(a.data[:MAX_READ])
        for a in message.attachments
        if a.media_type in ("text/plain", "text/markdown")
        or a.name.lower().endswith((".md", ".txt"))
        if "BEGIN PGP" not in decode_bytes(a.data[:200])
    ]
    domain = message.sender.domain if message.sender else ""
    read = [read_text(t, scope, domain) for t in texts]
    read.sort(key=_under_headings, reverse=True)  # a whole report may be attached to two lines
    merged = read[0]
    for extra in read[1:]:
        merged = merge(merged, extra)
    fields = dict(merged.fields)
    if "proof_of_concept" not in fields:
        proof = [a.name for a in message.attachments if _is_proof(a.name, a.media_type)]
        if proof:
            value = "\n".join(proof)
            fields["proof_of_concept"] = Found(value, 0, 0, "attachment")
    subject = message.true_subject
    if "description" not in fields and WEAKNESS.search(subject) and not text.strip():
        fields["description"] = Found(subject, 0, 0, "subject")
    urls = merged.urls
    cwe = tuple(dict.fromkeys((*merged.cwe, *_cwe(subject))))
    return _complete(fields, merged, urls, cwe)


def _under_headings(understood: Understanding) -> int:
    return sum(found.how in ("heading", "label", "numbered") for _, found in understood.fields)


def _is_proof(name: str, media_type: str) -> bool:
    if media_type.startswith(("image/", "video/")):
        return True
    return (
        name.lower().endswith(
            (
                ".py",
                ".sh",
                ".html",
                ".js",
                ".har",
                ".pcap",
                ".mp4",
                ".webm",
                ".mov",
                ".zip",
                ".txt",
                ".http",
            )
        )
        and media_type != "application/pgp-keys"
    )


def merge(first: Understanding, second: Understanding) -> Understanding:
    """What a later text adds; what is already known stays in the words it came in."""
    fields = dict(second.fields) | dict(first.fields)
    credit = first.credit if first.credit.wish is not CreditWish.UNKNOWN else second.credit
    urls = {u.url: u for u in (*second.urls, *first.urls)}
    flags = {f.code: f for f in (*second.flags, *first.flags)}
    merged = Understanding(
        components=tuple(dict.fromkeys((*first.components, *second.components))),
        credit=credit,
        urls=tuple(urls.values()),
        cvss=first.cvss or second.cvss,
        cwe=tuple(dict.fromkeys((*first.cwe, *second.cwe))),
        severity_claim=first.severity_claim or second.severity_claim,
        findings=max(first.findings, second.findings),
        flags=tuple(flags.values()),
    )
    return _complete(fields, merged, merged.urls, merged.cwe)


def _complete(
    fields: dict[str, Found], rest: Understanding, urls: tuple[SeenUrl, ...], cwe: tuple[str, ...]
) -> Understanding:
    missing = [
        name
        for name in (
            "description",
            "components",
            "reproduction_steps",
            "impact",
            "proof_of_concept",
        )
        if name not in fields
    ]
    if rest.credit.wish is CreditWish.UNKNOWN:
        missing.append("credit")
    return Understanding(
        fields=tuple(fields.items()),
        components=rest.components,
        credit=rest.credit,
        urls=urls,
        cvss=rest.cvss,
        cwe=cwe,
        severity_claim=rest.severity_claim,
        findings=rest.findings,
        flags=rest.flags,
        missing=tuple(missing),
    )


def read_text(text: str, scope: Scope, sender_domain: str = "") -> Understanding:
    """Understand one text. Total and deterministic."""
    text = _without_closing(text)
    cut = sections(text)
    fields = _from_sections(cut)
    urls = find_urls(text, scope, sender_domain)
    _from_prose(text, cut, fields)
    _components(text, urls, fields)
    credit = find_credit(text, cut)
    rest = Understanding(
        components=_component_list(fields.get("components")),
        credit=credit,
        urls=urls,
        cvss=find_cvss(text),
        cwe=_cwe(text),
        severity_claim=_severity_claim(text),
        findings=_findings(text),
        flags=tuple(_flags(text, urls, fields)),
    )
    return _complete(fields, rest, urls, rest.cwe)


def _from_sections(cut: Iterable[Section]) -> dict[str, Found]:
    fields: dict[str, Found] = {}
    for section in cut:
        field = section.field
        if field == "credit" and re.search(r"contact|coordonn", normalise(section.title)):
            field = "contact"  # one heading for both, as the policy's sixth point is
        if field in (None, "credit") or _NOTHING.match(section.body):
            continue
        assert field is not None
        body = section.body if field == "contact" else _before_wish(section.body)
        end = section.start + len(body)
        known = fields.get(field)
        if known is None:
            fields[field] = Found(body, section.start, end, section.how)
        else:  # "Summary" and "Details" both describe
            fields[field] = Found(f"{known.value}\n\n{body}", known.start, end, known.how)
    return fields


def _before_wish(body: str) -> str:
    """A section without the paragraphs behind it that have begun to speak about credit."""
    paragraphs = body.split("\n\n")
    for index, paragraph in enumerate(paragraphs[1:], 1):
        if is_wish(paragraph):
            return "\n\n".join(paragraphs[:index]).rstrip()
    return body


_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?:](?=\s|$)|\Z)", re.DOTALL)
_LIST_ITEM = re.compile(r"(?m)^\s*\(?\d{1,2}[.)]\s+\S")
_CODE = re.compile(
    r"(?ms)^```[^\n]*\n.+?^```|^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) /\S* HTTP/\d[^\n]*(?:\n(?!\n\n)[^\n]*)*"
)
_GREETING = re.compile(
    r"^(?:hi|hello|dear|bonjour|salut|madame|monsieur|good (?:morning|day)|greetings|hallo|hola)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:(?:kind|best|warm) regards|regards|cheers|thanks|thank you|merci|cordialement|bien à vous|sincerely|bonne journée)\b",
    re.IGNORECASE,
)


def _without_closing(text: str) -> str:
    """The text without "Regards, ..." and the few short lines after it."""
    lines = text.rstrip().split("\n")
    for index in range(len(lines) - 1, max(len(lines) - 9, 0), -1):
        rest = [line for line in lines[index:] if line.strip()]
        if _CLOSING.match(lines[index].strip()) and all(len(line) < 60 for line in rest):
            return "\n".join(lines[:index])
    return text


def _from_prose(text: str, cut: list[Section], fields: dict[str, Found]) -> None:
    """Fields without a heading, from cues in the paragraphs that no heading claims."""
    owned = [(s.start, s.end) for s in cut if s.field is not None or s.title]
    free = [m for m in _PARAGRAPH.finditer(text) if not _inside(m.start(), owned)]
    free = [m for m in free if not _GREETING.match(m.group()) and not _CLOSING.match(m.group())]
    if "description" not in fields:
        described = next((m for m in free if WEAKNESS.search(m.group())), None)
        described = next((m for m in free if CLAIM.search(m.group())), described)
        if described is not None:
            fields["description"] = _found(described)
    if "reproduction_steps" not in fields:
        listed = next((m for m in free if len(_LIST_ITEM.findall(m.group())) >= 2), None)
        if listed is not None:
            fields["reproduction_steps"] = _found(listed)
    if "proof_of_concept" not in fields:
        code = _CODE.search(text)
        if code:
            fields["proof_of_concept"] = _found(code)
    everywhere = [m for m in _PARAGRAPH.finditer(text) if not _CLOSING.match(m.group())]
    for name, cue in PROSE_CUES:
        if name in fields:
            continue
        # an impact told inside the description is still told; steps and proof want free text
        places = everywhere if name == "impact" else free
        sentences = [
            (paragraph.start() + s.start(), s.group())
            for paragraph in places
            for s in _SENTENCE.finditer(paragraph.group())
            if cue.search(s.group()) and not is_wish(s.group())
        ]
        if sentences:
            start = sentences[0][0]
            end = start + len(sentences[0][1])
            for at, sentence in sentences[1:]:
                if not text[end:at].strip():  # neighbours belong together
                    end = at + len(sentence)
            value = text[start:end].strip()
            fields[name] = Found(value, start, end, "prose")


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the spans, which are in order and do not overlap."""
    index = bisect_right(spans, (at, MAX_READ * 2)) - 1
    return index >= 0 and at < spans[index][1]


def _found(match: re.Match[str]) -> Found:
    return Found(match.group().strip(), match.start(), match.end(), "prose")


_COMPONENT_WORDS = re.compile(
    r"\b(?:the|your|on|in|la|le|votre|sur|dans|de)\s+((?:[\w'’-]+ ){0,3}?(?:page|endpoint|form|api|dashboard|module|plugin|app|application"
    r"|portal|formulaire|tableau de bord|portail|parameter|paramètre|service|feature|widget|login|upload|editor|field))\b",
    re.IGNORECASE,
)


def _components(text: str, urls: tuple[SeenUrl, ...], fields: dict[str, Found]) -> None:
    if "components" in fields:
        return
    targets = [u.url for u in urls if u.role == "target"]
    if targets:
        at = max(text.find(targets[0]), 0)
        fields["components"] = Found(
            "\n".join(dict.fromkeys(targets)), at, at + len(targets[0]), "prose"
        )
        return
    named = _COMPONENT_WORDS.search(text)
    if named and WEAKNESS.search(text):
        fields["components"] = Found(named.group(1), named.start(1), named.end(1), "prose")


def _component_list(found: Found | None) -> tuple[str, ...]:
    if found is None:
        return ()
    lines = (re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", "", line) for line in found.value.split("\n"))
    return tuple(line.strip(" `*\t") for line in lines if line.strip(" `*\t"))[:50]


_VECTOR = re.compile(
    r"\b(?:CVSS:(?P<version>[34]\.[01])/)?(?P<metrics>AV:[NALP]/AC:[LH]/[A-Za-z:/]{10,200})"
)


def find_cvss(text: str) -> Cvss | None:
    """The first CVSS 3.x or 4.0 vector that the official scoring accepts (FIRST, CVSS v3.1/v4.0)."""
    for match in _VECTOR.finditer(text):
        version = match["version"] or ("4.0" if "/AT:" in match["metrics"] else "3.1")
        vector = f"CVSS:{version}/{match['metrics'].rstrip('/:')}"
        try:
            if version.startswith("4"):
                v4 = CVSS4(vector)
                return Cvss(vector, float(v4.base_score), _band(float(v4.base_score)))
            v3 = CVSS3(vector)
            return Cvss(vector, float(v3.scores()[0]), _band(float(v3.scores()[0])))
        except CVSSError:
            continue
    return None


def _band(score: float) -> Severity:
    if score >= 9.0:
        return Severity.CRITICAL
    if score >= 7.0:
        return Severity.HIGH
    return Severity.MEDIUM if score >= 4.0 else Severity.LOW


def _cwe(text: str) -> tuple[str, ...]:
    found = re.findall(r"\bCWE[-\s:#]{1,2}(\d{1,5})\b", text[:MAX_READ], re.IGNORECASE)
    return tuple(dict.fromkeys(f"CWE-{int(n)}" for n in found))


def _severity_claim(text: str) -> str | None:
    match = SEVERITY_CLAIM.search(text)
    if not match:
        return None
    word = next(group for group in match.groups() if group).lower()
    return SEVERITY_WORDS[word]


_FINDING = re.compile(
    r"(?im)^\W{0,6}(?:finding|vulnerability|vulnérabilité|vulnerabilite|issue|bug|faille|problem|problème|report)"
    r"\s*(?:#|n[°o]\.?\s*)?(\d{1,2})\b"
)


def _findings(text: str) -> int:
    return max(1, len(set(_FINDING.findall(text))))


_DENIED = re.compile(
    r"\b(?:no|not|never|without|didn['’]t|did not|don['’]t|isn['’]t|pas|aucune?|sans|jamais|non|ni|nor|neither|avoid\w*|n['’])\b[^.!?\n]{0,50}$",
    re.IGNORECASE,
)


def _flags(text: str, urls: tuple[SeenUrl, ...], fields: dict[str, Found]) -> Iterable[Flag]:
    for code, cue in FLAG_CUES:
        for match in cue.finditer(text):
            line_start = text.rfind("\n", 0, match.start()) + 1
            before = text[max(line_start, match.start() - 100) : match.start()]
            if code != "theoretical" and _DENIED.search(before):
                continue
            line = text[max(line_start, match.start() - 100) : match.end() + 60]
            yield Flag(code, line.split("\n")[0].strip()[:200])
            break
    processor = next(
        (u for u in urls if u.scope == "out" and u.role == "target" and "sub-processor" in u.why),
        None,
    )
    if processor:
        yield Flag("sub-processor", f"{processor.host}: {processor.why}")
    asks = any(cue.search(text) for code, cue in FLAG_CUES if code == "bounty-ask")
    told = sum(name in fields for name in ("components", "reproduction_steps", "proof_of_concept"))
    if asks and not told and VAGUE_OFFER.search(text) and len(text) < 2500:
        yield Flag("beg-bounty", "asks for money and says nothing that could be checked")


def credit_of(understood: Understanding, known: Credit) -> Credit:
    """The credit to keep: a later clear word wins, silence changes nothing."""
    return known if understood.credit.wish is CreditWish.UNKNOWN else understood.credit
