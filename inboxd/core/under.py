"""Sections to fields: what stands under a heading fills the field that the heading and it mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from inboxd.core.blocks import Span, code_blocks
from inboxd.core.credit import is_wish
from inboxd.core.headings import normalise
from inboxd.core.marks import PLACEHOLDER
from inboxd.core.model import Found
from inboxd.core.prose import steps_inside
from inboxd.core.sections import Section
from inboxd.core.units import is_small_talk
from inboxd.core.vocabulary import SEVERITY_WORDS

MAX_JOINED = 20_000  # characters of one field that several sections give
PROOF_FILES = (
    ".py", ".sh", ".html", ".js", ".har", ".pcap", ".mp4", ".webm", ".mov", ".zip", ".txt", ".http",
    ".gif", ".png", ".jpg", ".jpeg", ".svg", ".xml", ".csv", ".rb", ".php", ".go", ".c", ".mkv", ".avi",
)  # fmt: skip
_NOTHING = re.compile(
    r"^\W*(?:(?:none|nothing|nessun[oa]|ninguno|aucune?|keine?|nenhum) (?:besides|beyond|other than|oltre|aparte|en dehors|au[sß]er|al[ée]m)\b[^.]{0,60}|n/?a|none|todo|tbd|to do|à compléter|a completer|true|false|néant|neant|sans objet|non calculée?|aucune?|keine?|ninguno|nessuno|nenhum|-+)?\W*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"\n[ \t]*(?:[-=_*~#]{8,}|[\u2500-\u257f]{8,})[ \t]*(?:\n|\Z)")
ITEMS = re.compile(r"(?m)^[ \t]*(?:\(?\d{1,2}[.)]|[-*•]|[a-z][.)])\s+\S")
_CHANNEL = re.compile(
    r"(?:signal|telegram|matrix|jabber|xmpp|threema|discord|keybase|whatsapp|wire|session|twitter|mastodon)\b.{0,20}",
    re.IGNORECASE,
)
_SCENARIO = re.compile(r"s[cz]+enari|attack vectors?$")
_STORY = re.compile(r"(?:(?:attack|exploit|exploitation|abuse) )?s[cz]+enari")
_EXPLOITING = frozenset({"exploitation", "exploit", "attack vectors", "attack"})
_IMPERATIVE = re.compile(
    r"(?:to exploit|send|open|create|call|request|log ?in|upload|visit|inject|submit|an attacker (?:sends|opens|creates|calls|uploads))\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"(?m)(?:^[ \t]*|(?<=[.;]) )\(?(?:\d{1,2}|[a-z])[.)/]\s+\S")
_BULLETS = re.compile(r"(?m)^[ \t]*[-*•]\s+\S")
_FILES = re.compile(r"attach|joint|anh[aä]ng|adjunt|allegat|anexo|влож|附件|添付", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\S+@\S+\.\w|\+?\d[\d ().-]{6,}|\b(?:signal|telegram|matrix|jabber|threema)\b", re.IGNORECASE
)


def from_sections(cut: Iterable[Section]) -> tuple[dict[str, Found], list[Span]]:
    """Fields under headings, and the spans that are no free prose any more."""
    fields: dict[str, Found] = {}
    owned: list[Span] = []
    for section in _with_scenario(list(_with_parents(cut))):
        if section.title:
            owned.append((section.line, section.end if section.known else section.start))
        body = _trimmed(_filled(_value(section)))
        if not section.fields or is_nothing(body):
            continue
        if section.how != "numbered" or body != section.body:
            owned[-1] = (section.line, section.start + len(body))
        for field in _meant(section, body):
            end = section.start + len(body)
            known = fields.get(field)
            if field == "contact" and _CHANNEL.fullmatch(section.title):
                body = f"{section.title}: {body}"  # a name means little without its service
            if known is None:
                fields[field] = Found(body, section.start, end, section.how)
            elif (
                len(known.value) < MAX_JOINED and body not in known.value
            ):  # "Summary" and "Details" both describe
                fields[field] = replace(known, value=f"{known.value}\n\n{body}")
    return fields, owned


_PART = re.compile(r"\W*(\d{1,2})\.\d{1,2}\b")
_WHOLE = re.compile(r"\W*(\d{1,2})\b(?!\.\d)")


def _with_parents(cut: Iterable[Section]) -> Iterable[Section]:
    """The sections; one whose words nobody knows has the fields of that whose number it carries
    ("3.1 Confidentiality" under "3 Impact")."""
    parents: dict[str, Section] = {}
    for section in cut:
        part, whole = _PART.match(section.title), _WHOLE.match(section.title)
        if whole:
            parents[whole[1]] = section
        above = parents.get(part[1]) if part else None
        unknown = not (section.fields or section.known)
        yield replace(section, fields=above.fields) if above and unknown else section


def _with_scenario(cut: list[Section]) -> list[Section]:
    """The sections; a scenario beside an impact, where no other tells the steps, tells them."""
    heads = Counter(section.field for section in cut if section.body)
    if heads["impact"] < 2 or heads["reproduction_steps"]:
        return cut
    return [
        replace(section, fields=("reproduction_steps",))
        if section.field == "impact" and _STORY.match(normalise(section.title))
        else section
        for section in cut
    ]


def is_nothing(body: str) -> bool:
    return len(body) < 100 and _NOTHING.match(body) is not None


def repeated(cut: list[Section]) -> int:
    """How many findings the headings tell: steps and impact both come again and again, or any two
    of the titles that tell of one."""
    asked = ("reproduction_steps", "impact")
    both = min(sum(section.field == field for section in cut if section.body) for field in asked)
    told = ("description", "components", "impact")
    titles = Counter(
        normalise(section.title) for section in cut if section.field in told and section.body
    )
    return max(both, *sorted(titles.values(), reverse=True)[1:2], 0)


def _meant(section: Section, body: str) -> tuple[str, ...]:
    """The fields that a section fills, for its heading and what stands there."""
    if section.field == "reporter":
        return ("contact",) if re.search(r"\S+@\S+\.\w", body) else ()
    if section.field == "credit":
        with_contact = re.search(r"contact|coordonn|kontakt|contat", section.title, re.IGNORECASE)
        return ("contact",) if with_contact and body else ()
    if section.field == "impact" and _only_level(body):
        return ()
    if section.field == "impact" and _tells_steps(section, body):
        return ("reproduction_steps",)
    if section.field == "reproduction_steps" and re.fullmatch(r"<?https?://\S+", body):
        return ("proof_of_concept",)  # "Video of all steps: ..."
    if section.field == "reproduction_steps" and re.match(r"[A-Z]{3,7}(?: /\S*)?\s*(?:\n|$)", body):
        return ()  # "Method: GET"
    if normalise(section.title) in _EXPLOITING and _orders(body):
        return ("reproduction_steps", "proof_of_concept")[: 1 + bool(code_blocks(body))]
    if section.field == "proof_of_concept" and _names_no_proof(section, body):
        return ()
    about = normalise(section.title).startswith(("about", "a propos", "my details", "uber mich"))
    if section.field == "contact" and about and not _ADDRESS.search(body):
        return ()
    return tuple(field for field in section.fields if field not in ("credit", "reporter"))


def _tells_steps(section: Section, body: str) -> bool:
    """A scenario of several points or orders: what an attacker does, one thing after another."""
    points = len(_ORDERED.findall(body)) >= 2 or len(_BULLETS.findall(body)) >= 3
    title = normalise(section.title)
    return (points and bool(_SCENARIO.search(title))) or (
        title in _EXPLOITING and (points or _orders(body))
    )


def _orders(body: str) -> bool:
    told = steps_inside(body, [], code_blocks(body)) is not None
    return told or len(_ORDERED.findall(body)) >= 2 or _IMPERATIVE.match(body) is not None


def _names_no_proof(section: Section, body: str) -> bool:
    """A list of attachments without a file that shows something."""
    listed = any(ending in body.lower() for ending in PROOF_FILES)
    return bool(_FILES.search(section.title)) and not listed


def _value(section: Section) -> str:
    """The body; after a label the first paragraph of it, unless a list or code goes on below."""
    body = section.body
    if section.field == "contact":  # disclaimers and signatures stand below a rule
        body = _RULE.split(body)[0].rstrip()
    first, blank, rest = body.partition("\n\n")
    one = section.beside and section.field in (
        "impact",
        "contact",
        "components",
        "credit",
        "reporter",
        "proof_of_concept",
    )
    one = one or (section.beside and section.field == "reproduction_steps" and len(first) > 80)
    if not blank or not one or ITEMS.match(rest) or code_blocks(rest[:500])[:1]:
        return body
    return first


def _filled(body: str) -> str:
    """A section without the lines of its template that nobody filled in."""
    lines = body.split("\n")
    kept = [line for line in lines if len(line) > 400 or not PLACEHOLDER.match(line)]
    return body if len(kept) == len(lines) else "\n".join(kept).strip()


def _only_level(body: str) -> bool:
    words = re.findall(r"[^\W\d_]+", body.lower())
    return 0 < len(words) <= 3 and words[0] in SEVERITY_WORDS


def _trimmed(body: str) -> str:
    """A section without what follows it: wishes, thanks, questions about money, a goodbye."""
    parts = re.split(r"(\n[ \t]*\n)", body)
    for index in range(2, len(parts), 2):
        if is_wish(parts[index]) or is_small_talk(parts[index]):
            body = "".join(parts[:index]).rstrip()
            break
    return body.rstrip(" \t").removesuffix("|").rstrip(" \t")
