"""Text to the policy's fields, each in the writer's own words with the span it was found in.

Fields under their own heading first, tables and machine-readable reports, prose for the rest. What
is not there is missing and is asked for once; nothing is invented or rephrased.
"""

from __future__ import annotations

import re
from dataclasses import replace

from inboxd.core.blocks import Span, code_blocks
from inboxd.core.components import add_components, listed
from inboxd.core.contacts import find_contact
from inboxd.core.credit import find_credit, is_wish
from inboxd.core.forward import forwarded
from inboxd.core.headers import decode_bytes
from inboxd.core.likeness import UNTAUGHT, Telling
from inboxd.core.model import (
    Attachment,
    Credit,
    CreditWish,
    Found,
    Message,
    SeenUrl,
    Understanding,
)
from inboxd.core.prose import (
    impact_inside,
    payload_inside,
    proof_inside,
    read_prose,
    steps_inside,
)
from inboxd.core.quoted_form import answers_under_quotes, quoted_report
from inboxd.core.ratings import count_findings, find_cvss, find_cwe, find_flags, find_severity
from inboxd.core.scope import Scope, find_urls
from inboxd.core.sections import Section, sections
from inboxd.core.structured import Structured, structured_report
from inboxd.core.tables import Table, tables
from inboxd.core.under import ITEMS, PROOF_FILES, from_sections, is_nothing, repeated
from inboxd.core.units import sentences_with
from inboxd.core.vocabulary import SEVERITY_TITLE, SEVERITY_WORDS, WEAKNESS
from inboxd.core.words import pattern

SHORT_BODY = 200  # characters of a body that may only point to its subject
MAX_READ = 200_000  # characters that are looked at
_ATTACHED = pattern(
    r"""
    \b(?:attached|attach|attachments?|enclosed|annexed?|ci-joint\w*|en pi[èe]ces? jointes?|en pj|jointe?s?)\b
    \b(?:anbei|im anhang|angeh[äa]ngt|beigef[üu]gt|adjunt\w+|allegat[oaie]|em anexo|anexad[oa]s?|anexo)\b
    添付|附件|во вложении|прикреп\w+
    """,
)
_TEXT_FILES = (".md", ".txt", ".json", ".yaml", ".yml", ".markdown", ".rst")


def understand(message: Message, scope: Scope, telling: Telling) -> Understanding:
    """Read the report in a message: a forwarded one, the new text, then text that is attached.

    `telling`: the weights that say what a sentence tells.
    """
    domain = message.sender.domain if message.sender else ""
    texts = [text[:MAX_READ] for text in report_texts(message)]
    read = [read_text(text, scope, domain, telling) for text in texts]
    read.sort(key=_under_headings, reverse=True)  # a whole report may be attached to two lines
    merged = read[0]
    for extra in read[1:]:
        merged = merge(merged, extra)
    fields = dict(merged.fields)
    shown = [a.name for a in message.attachments if _is_proof(a)]
    known = fields.get("proof_of_concept")
    if shown and (known is None or known.how == "prose"):
        fields["proof_of_concept"] = _with_files(known, message.new_text[:MAX_READ], shown)
    merged = _with_subject(message, fields, merged, find_urls(message.true_subject, scope, domain))
    subject = message.true_subject
    cwe = tuple(dict.fromkeys((*merged.cwe, *find_cwe(subject))))
    hosts = {seen.host for seen in merged.urls}
    below = "\n".join(
        li for li in message.text[:MAX_READ].split("\n") if not li.lstrip().startswith(">")
    )
    signed = (seen for seen in find_urls(below, scope, domain) if seen.host not in hosts)
    merged = replace(merged, urls=(*merged.urls, *(s for s in signed if s.role == "reference")))
    severity = merged.severity_claim or find_severity(subject)
    return _complete(fields, replace(merged, cwe=cwe, severity_claim=severity))


def _with_subject(
    message: Message, fields: dict[str, Found], merged: Understanding, titled: tuple[SeenUrl, ...]
) -> Understanding:
    """What the subject tells, which may be all: "see subject". `titled`: the URLs in it."""
    subject, told = message.true_subject, fields.get("description")
    targets = tuple(seen.url for seen in titled if seen.scope == "in")
    if WEAKNESS.search(subject) or targets:
        short = len(message.new_text) < SHORT_BODY and not _under(fields)
        if told is None and WEAKNESS.search(subject):
            fields["description"] = Found(subject, 0, 0, "subject")
        elif short:
            both = f"{subject}\n{told.value}" if told else subject
            fields["description"] = Found(both, 0, 0, "subject")
    if targets and "components" not in fields:
        fields["components"] = Found("\n".join(targets), 0, 0, "subject")
        merged = replace(merged, components=targets)
    return replace(merged, urls=(*merged.urls, *(u for u in titled if u not in merged.urls)))


def _with_files(known: Found | None, text: str, names: list[str]) -> Found:
    """The proof with the files that show something, and the sentences that speak of them."""
    stems = (re.escape(re.sub(r"\.\w+$", "", name)) for name in names[:20])
    named = (stem for stem in stems if len(stem) > 2)
    spoken = re.compile("|".join((_ATTACHED.pattern, *named)), re.IGNORECASE)
    told = known.value if known else ""
    said = [one for one in sentences_with(text, spoken, 3) if one not in told]
    rest = [name for name in names if name not in "\n".join((told, *said))]
    value = "\n".join(filter(None, (told, *said, *rest)))
    return replace(known, value=value) if known else Found(value, 0, 0, "attachment")


def report_texts(message: Message) -> list[str]:
    """The texts a report may stand in, the likeliest first; at least one."""
    inside = forwarded(message.text[:MAX_READ], message.true_subject)
    own = answers_under_quotes(message.text[:MAX_READ]) or message.new_text
    pasted = None if message.in_reply_to or inside else quoted_report(message.text[:MAX_READ])
    texts = [one for one in (inside, pasted) if one]
    texts += [own] if own or inside else [message.text]
    for file in message.attachments:
        if _is_text(file):
            text = decode_bytes(file.data[:MAX_READ])
            texts += [text] if "BEGIN PGP" not in text[:200] else []
    return texts[:12]


def _is_text(file: Attachment) -> bool:
    known = file.media_type in ("text/plain", "text/markdown", "application/json", "text/yaml")
    return known or file.name.lower().endswith(_TEXT_FILES)


def _is_proof(file: Attachment) -> bool:
    if file.media_type.startswith(("image/", "video/")):
        return True
    return file.name.lower().endswith(PROOF_FILES) and file.media_type != "application/pgp-keys"


def _under_headings(understood: Understanding) -> int:
    return sum(found.how in ("heading", "label", "numbered") for _, found in understood.fields)


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
    return _complete(fields, merged)


_ASKED = ("description", "components", "reproduction_steps", "impact", "proof_of_concept")


def _complete(fields: dict[str, Found], rest: Understanding) -> Understanding:
    missing = [name for name in _ASKED if name not in fields]
    if rest.credit.wish is CreditWish.UNKNOWN:
        missing.append("credit")
    return replace(rest, fields=tuple(fields.items()), missing=tuple(missing))


def read_text(
    text: str, scope: Scope, sender_domain: str = "", telling: Telling = UNTAUGHT
) -> Understanding:
    """Understand one text. Total and deterministic."""
    machine = structured_report(text) if _MACHINE.search(text) else None
    whole = text
    text = _without_closing(text)
    cut = sections(text)
    code = code_blocks(text)
    fields, owned = from_sections(cut)
    _from_severity(cut, fields)
    urls = find_urls(whole, scope, sender_domain)
    found_tables = tables(text)
    rows = _from_tables(found_tables, fields, owned)
    if machine:
        told = _from_machine(machine)
        fields = told | fields if _under(fields) else fields | told
    else:
        _from_prose(text, fields, sorted(owned), code, telling)
        _from_unknown(text, fields, cut, code, telling)
        for section in cut:
            if section.body and section.field != "components" and is_nothing(section.body):
                _drop_told(fields, section.field or "")  # "Impact: TBD" says that there is none yet
    add_components(text, urls, fields)
    contact = _CONTACT_LINE.search(text)
    if contact and "contact" not in fields:
        fields["contact"] = Found(contact[1], contact.start(1), contact.end(1), "label")
    elif (reach := _REACH.search(text)) and "contact" not in fields:
        fields["contact"] = Found(reach[1], reach.start(1), reach.end(1), "prose")
    if "contact" not in fields:
        taken = [found.value for name, found in fields.items() if name != "description"]
        ways = find_contact(text, code, taken)
        fields |= {"contact": ways} if ways else {}
    credit = find_credit(whole, cut)
    if machine and machine.credit.wish is not CreditWish.UNKNOWN:
        credit = machine.credit
    rated = (SEVERITY_WORDS.get(t.severity.lower()) for t in found_tables)
    level = find_severity(text) or next(filter(None, rated), None)
    rest = Understanding(
        components=machine.components if machine and machine.components else listed(fields),
        credit=credit,
        urls=urls,
        cvss=find_cvss(machine.cvss or text) if machine else find_cvss(text),
        cwe=tuple(dict.fromkeys((*(machine.cwe if machine else ()), *find_cwe(text)))),
        severity_claim=(machine.severity if machine else None) or level,
        findings=max(count_findings(text), rows, repeated(cut), machine.findings if machine else 1),
        flags=tuple(find_flags(text, urls, fields)),
    )
    return _complete(fields, rest)


# JSON, a fenced block, or YAML as programs write it. People's `Impact: ...` lines are labels.
_MACHINE = re.compile(r"\A\s*(?:[\[{]|---\s|[a-z_]+:\s)|^\s{0,3}(?:[{\[]|```|~~~)", re.MULTILINE)


_CONTACT_LINE = re.compile(r"\bcontact\s*[:=]\s*(\S{1,80}@[\w.-]{1,80}\.\w{2,20})", re.IGNORECASE)
_REACH = re.compile(  # also under a heading of another topic
    r"\b(?:reach(?:able|ed)?|contact(?:able|ed)?|joignable|erreichbar|write to|e-?mail|get back to)(?: (?:me|us))?(?: (?:at|on|via|under|by|[àa]|unter|through))?:? (?:e-?mail )?<?([^\s=\x22'<>]{1,80}@[\w.-]{1,80}\.\w{2,20})",
    re.IGNORECASE,
)


def _from_severity(cut: list[Section], fields: dict[str, Found]) -> None:
    """What stands under "Severity" and rates nothing tells the impact, if nothing else does."""
    for section in cut:
        titled = len(section.title.split()) <= 2 and SEVERITY_TITLE.match(section.title)
        if titled and len(section.body.split()) >= 4 and not _RATES.search(section.body):
            found = Found(section.body, section.start, section.end, section.how)
            fields.setdefault("impact", found)


_RATES = re.compile(  # a level or a score, or whose it is to say
    rf"\b(?:{'|'.join(SEVERITY_WORDS)}|cvss|scores?|i|we|you|je|nous|vous|ich|wir|sie|yo|io|eu)\b",
    re.IGNORECASE,
)


def _under(fields: dict[str, Found]) -> bool:
    return sum(found.how in ("heading", "numbered") for found in fields.values()) >= 2


def _from_machine(machine: Structured) -> dict[str, Found]:
    start, end = machine.span
    return {name: Found(value, start, end, "label") for name, value in machine.fields}


def _from_tables(found: list[Table], fields: dict[str, Found], owned: list[Span]) -> int:
    """Columns of tables into fields; returns the number of findings they list."""
    rows = 1
    for table in found:
        owned.append(table.span)
        cells = dict(table.cells)
        if len(cells.get("description", ())) > 1:
            rows = max(rows, table.rows)
        for name, values in table.cells:
            if name in ("credit", "reporter", "contact") or not values:
                continue
            if name not in fields or fields[name].start in range(*table.span):
                fields[name] = Found("\n".join(values), *table.span, "label")
    return rows


_CLOSING = re.compile(
    r"^(?:(?:kind|best|warm|many) (?:regards|wishes|thanks)|regards|cheers|thanks|thank you|thx|sincerely|yours|respectfully|have a (?:nice|good|great)|all the best|best[,!]?$"
    r"|merci|cordialement|bien [àa] vous|bonne (?:journ[ée]e|soir[ée]e|r[ée]ception)|salutations|mit freundlichen|viele gr[üu][ßs]|freundliche gr|beste gr|danke|mfg|gru[sß]"
    r"|saludos|un saludo|atentamente|gracias|cordiali saluti|distinti saluti|grazie|saluti|atenciosamente|abra[çc]os|obrigad|cumprimentos|с уважением|спасибо|よろしくお願い|谢谢|此致|以上)",
    re.IGNORECASE,
)


def _without_closing(text: str) -> str:
    """The text without "Regards, ..." and the few short lines after it."""
    lines = text.rstrip().split("\n")
    for index in range(len(lines) - 1, max(len(lines) - 10, 0), -1):
        rest = [line for line in lines[index:] if line.strip()]
        if _CLOSING.match(lines[index].strip(" *_")) and all(len(line) < 70 for line in rest):
            if any(is_wish(line) for line in rest):
                continue
            return "\n".join(lines[:index])
    return text


def _from_prose(
    text: str, fields: dict[str, Found], owned: list[Span], code: list[Span], telling: Telling
) -> None:
    """Fields without a heading from the text that no heading claims, then from inside others."""
    if "description" in fields:  # under headings: what stands before them is a greeting
        free = read_prose(text, owned, code, set(fields), telling)
        free = {
            name: found
            for name, found in free.items()
            if name in ("contact", "proof_of_concept")
            or (name == "impact" and not _under(fields))
            or len(fields) <= 2
        }
    else:
        free = read_prose(text, owned, code, set(fields), telling)
    for name, found in free.items():
        fields.setdefault(name, found)
    if "reproduction_steps" not in fields:
        steps = steps_inside(text, owned, code)
        if steps:
            fields["reproduction_steps"] = steps
    proof = fields.get("proof_of_concept")
    if proof and "reproduction_steps" not in fields and len(ITEMS.findall(proof.value)) >= 2:
        fields["reproduction_steps"] = proof  # "PoC: 1. log in 2. open ..." tells both
    if proof is None:
        proof = proof_inside(text, code)
        if proof:
            fields["proof_of_concept"] = proof
    if "proof_of_concept" not in fields:
        payload = payload_inside(text)
        if payload:
            fields["proof_of_concept"] = payload
    if "impact" not in fields:
        impact = impact_inside(text, code)
        if impact:
            fields["impact"] = impact


def _drop_told(fields: dict[str, Found], name: str) -> None:
    if name in fields and fields[name].how == "prose":
        del fields[name]


def _from_unknown(
    text: str, fields: dict[str, Found], cut: list[Section], code: list[Span], telling: Telling
) -> None:
    """What is missing yet from sections whose headings say nothing to us, by their sentences."""
    strange = [section for section in cut if section.title and not section.known]
    if not strange:
        return
    others = [0, *(at for s in strange for at in (s.start, s.end)), len(text)]
    owned = list(zip(others[::2], others[1::2], strict=True))
    known = set(fields) | {"description", "contact"}
    told = read_prose(text, owned, code, known, telling)
    for name, found in told.items():
        fields.setdefault(name, found)
    listed_steps = (s for s in strange if len(ITEMS.findall(s.body)) >= 2)
    steps = next(listed_steps, None)
    if steps is not None and "reproduction_steps" not in fields:
        value = Found(steps.body, steps.start, steps.end, "heading")
        fields["reproduction_steps"] = value


def credit_of(understood: Understanding, known: Credit) -> Credit:
    """The credit to keep: a later clear word wins, silence changes nothing."""
    return known if understood.credit.wish is CreditWish.UNKNOWN else understood.credit
