"""Cut a text into sections by its headings, in every way that people mark them.

Markdown and bold headings, underlined lines, `Label: value`, numbered lists that follow the
policy's points, and bare heading lines. Nothing inside a code fence is a heading. Every section
carries the span it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from inboxd.core.vocabulary import HEADING_FIELDS, OTHER_HEADINGS


@dataclass(frozen=True, slots=True)
class Section:
    """`field` None: a heading that belongs to no field of the policy, or the text before any."""

    title: str
    field: str | None
    how: str
    start: int  # span of the body in the text, surrounding blanks excluded
    end: int
    body: str


_MARKDOWN = re.compile(r"^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:\d{1,2}[.)]\s*)?(\*\*|__)(.{2,80}?)\1\s*:?\s*(.*)$")
_ITALIC = re.compile(r"^\s*(\*)([^*\n]{2,60}:)\1\s*(.*)$")
_WIKI = re.compile(r"^\s*(={2,4}|\[)\s*([^=\[\]\n]{2,60}?)\s*(?:={2,4}|\])\s*:?\s*$")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.):]|[a-f][.)])\s+(.+)$")
_BULLET = re.compile(r"^\s*[-*•·▪►]\s+(.+)$")
_LABEL = re.compile(r"^([^\n:：]{2,70}?)\s*[:：](?:\s+|$|(?=[^\s/]))(.*)$")
_UNDERLINE = re.compile(r"^\s*(?:=|-|~|\*){4,}\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")


def normalise(title: str) -> str:
    """Heading text without accents, emoji, numbers and punctuation around it."""
    plain = unicodedata.normalize("NFKD", title)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("\u2019", "'")
    plain = re.sub(r"\([^()]{0,60}\)", " ", plain)
    plain = re.sub(r"^[^\w]*(?:\d{1,2}|[a-f])[.):]\s*", "", plain.strip())
    return re.sub(r"[^\w\s/'&-]+", " ", plain).strip().lower()


_CONNECTIVES = re.compile(
    r"\b(?:the|a|an|of|my|your|and|or|de|du|des|la|le|les|l'|d'|et|ou|estimated|potential|potentiel"
    r"|estime|estimee|detailed|detaillees?|clear|claire|any|useful|utile|possible|security|business"
    r"|technical|technique|full|short|brief|vulnerability|vulnerabilite|concerned|concernes?"
    r"|your|contact details|whether|for|public|requested|wanted|suggested|s)\b|[/&-]"
)


def field_of(title: str) -> tuple[str | None, bool]:
    """(field, is a heading at all) for the text of a heading; (None, True) for other topics."""
    plain = normalise(title)
    if not plain or len(plain.split()) > 12:
        return None, False
    for candidate in (plain, re.sub(r"\s+", " ", _CONNECTIVES.sub(" ", plain)).strip()):
        for field, pattern in HEADING_FIELDS:
            if candidate and pattern.fullmatch(candidate):
                return field, True
    for field, pattern in HEADING_FIELDS:
        match = pattern.search(plain)
        if match and len(plain.split()) <= 6 and len(match.group()) * 2 >= len(plain):
            return field, True
    if OTHER_HEADINGS.match(plain):
        return None, True
    return None, False


def answers_under_quotes(text: str) -> str | None:
    """The text with quoted policy points turned into headings, when answers stand below them."""
    out: list[str] = []
    points = 0
    answered = False
    for line in text.split("\n"):
        if not line.lstrip().startswith(">"):
            answered = answered or bool(points and line.strip())
            out.append(line)
            continue
        point = line.lstrip("> \t").lstrip("-*\u2022 ").rstrip(". ,")
        if field_of(re.sub(r"\([^()]*$", "", point))[0]:
            points += 1
            out.append(f"## {point}")
    return "\n".join(out) if points >= 2 and answered else None


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    field: str | None
    how: str
    body_at: int  # offset where the body starts (rest of the line, or the next line)
    line_at: int


def sections(text: str) -> list[Section]:
    """The sections of a text in order; the first may be the text before any heading."""
    headings = _headings(text)
    found: list[Section] = []
    first = headings[0].line_at if headings else len(text)
    found.append(_section(text, _Heading("", None, "prose", 0, 0), first))
    for index, heading in enumerate(headings):
        end = headings[index + 1].line_at if index + 1 < len(headings) else len(text)
        found.append(_section(text, heading, end))
    return [s for s in found if s.body or s.title]


def _section(text: str, heading: _Heading, end: int) -> Section:
    body = text[heading.body_at : end]
    start = heading.body_at + (len(body) - len(body.lstrip()))
    body = body.strip()
    return Section(heading.title, heading.field, heading.how, start, start + len(body), body)


def _headings(text: str) -> list[_Heading]:
    found: list[_Heading] = []
    at = 0
    fenced = False
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and _may_be_heading(line):
            following = lines[index + 1] if index + 1 < len(lines) else ""
            heading = _heading(line, following, at)
            if heading:
                found.append(heading)
        at += len(line) + 1
    return found


_LONG_GAP = re.compile(r"[ \t]{40}")


def _may_be_heading(line: str) -> bool:
    """Short enough for the patterns below, whose cost grows with runs of blanks."""
    stripped = line.strip()
    if not stripped or stripped.startswith(">"):
        return False
    return len(line) <= 2000 and not _LONG_GAP.search(line)


def _heading(line: str, following: str, at: int) -> _Heading | None:
    after = at + len(line) + 1
    markdown = _MARKDOWN.match(line)
    if markdown:
        title = markdown.group(2).strip("*_ ")
        label = _LABEL.match(title)
        if label and label.group(2) and field_of(label.group(1))[1]:
            rest = line.rindex(label.group(2))
            return _Heading(label.group(1), field_of(label.group(1))[0], "heading", at + rest, at)
        return _Heading(title, field_of(title)[0], "heading", after, at)
    for pattern in (_BOLD, _ITALIC):
        bold = pattern.match(line)
        if bold:
            title = bold.group(2).rstrip(": ")
            field, known = field_of(title)
            if known:
                return _Heading(title, field, "heading", at + bold.start(3), at)
    wiki = _WIKI.match(line)
    if wiki and field_of(wiki.group(2))[1]:
        return _Heading(wiki.group(2), field_of(wiki.group(2))[0], "heading", after, at)
    if _UNDERLINE.match(following) and len(line) < 80 and not _UNDERLINE.match(line):
        field, _ = field_of(line)
        return _Heading(line.strip(), field, "heading", after + len(following) + 1, at)
    return _plain_heading(line, at)


def _row(line: str) -> tuple[str, int] | None:
    """(first cell, offset of the second) of a table row with two cells."""
    bare = line.strip().strip("|")
    cells = [cell.strip() for cell in bare.split("|")]
    if len(cells) != 2 or not all(cells) or len(cells[0]) > 60:
        return None
    return cells[0], line.index(cells[1], line.index(cells[0]) + len(cells[0]))


def _plain_heading(line: str, at: int) -> _Heading | None:
    after = at + len(line) + 1
    how, inner, offset = "label", line, 0
    for pattern, name in ((_NUMBERED, "numbered"), (_BULLET, "label")):
        listed = pattern.match(line)
        if listed:
            how, inner, offset = name, listed.group(1), listed.start(1)
            break
    label = _LABEL.match(inner)
    if label and len(label.group(1).split()) <= 8:
        field, known = field_of(label.group(1))
        if known and (field or not label.group(2)):
            return _Heading(label.group(1).strip(), field, how, at + offset + label.start(2), at)
        if known and how != "numbered":
            return _Heading(label.group(1).strip(), None, how, at + offset + label.start(2), at)
        return None
    row = _row(line)
    if row is not None and field_of(row[0])[0]:
        return _Heading(row[0], field_of(row[0])[0], "label", at + row[1], at)
    dashed = re.match(r"^(.{2,50}?)\s+[-\u2013\u2014]\s+(\S.*)$", inner)
    if dashed and field_of(dashed.group(1))[0]:
        start = at + offset + dashed.start(2)
        return _Heading(dashed.group(1), field_of(dashed.group(1))[0], how, start, at)
    bare = inner.strip().strip("*_-= ")
    if len(bare.split()) <= 6 and not re.search(r"[.!?,;]$", bare):
        field, known = field_of(bare)
        if known and (field or how == "label"):
            return _Heading(bare, field, how, after, at)
    return None
