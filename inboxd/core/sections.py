"""Cut a text into sections by its headings, in every way that people mark them.

Markdown, bold and capital headings, underlined lines, `Label: value`, numbered points, table rows
and bare heading lines. Nothing inside a block of code is a heading. Every section carries the span
it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.asked import asked
from inboxd.core.blocks import code_blocks, inside
from inboxd.core.headings import fields_of, normalise

__all__ = ["Section", "normalise", "sections"]


@dataclass(frozen=True, slots=True)
class Section:
    """`fields` (): a heading that belongs to no field of the policy, or the text before any."""

    title: str
    fields: tuple[str, ...]
    how: str
    start: int  # span of the body in the text, surrounding blanks excluded
    end: int
    body: str
    line: int = 0  # where the line of the heading starts
    beside: bool = False  # whether the body starts on that line, as after a label
    known: bool = True  # whether the words of the heading are any that we know

    @property
    def field(self) -> str | None:
        return self.fields[0] if self.fields else None


_MARKDOWN = re.compile(r"^\s{0,3}(#{1,6}|h[1-6]\.(?=\s))\s*(?=\S)(.+?)\s*#*\s*$")
_BOLD = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\d{1,2}[.)]\s*)?(\*\*|__|\*)(?=[^\s*])(.{2,80}?)\1(?!\*)\s*[:：]?\s*(.*)$"
)
_WRAPPED = re.compile(
    r"^\s*(?:={2,4}|\[|【|\*{3}|-{2,3}|>{2,3}|<{1,2}|■|□|●|◆|◇|▼|▶|★|※)\s*([^=\[\]【】\n]{2,60}?)\s*"
    r"(?:={2,4}|\]|】|\*{3}|-{2,3}|<{2,3}|>{1,2})?\s*[:：]?\s*$"
)
_SURE_MARK = re.compile(r"^\s*[【■□●◆◇▼▶★※]")
_SIDE = re.compile(r"^\s*(?:\[|【)\s*([^\[\]【】\n]{2,50}?)\s*(?:\]|】)\s*[:：]?\s*(\S.*)$")
_NUMBERED = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})?[.):]|\d{1,2}\s*[-–]|[a-f][.)]|[IVX]{1,4}[.)])\s+(.+)$"
)
_CJK_NUMBERED = re.compile(r"^\s*[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]\s*(\S.*)$")
_BULLET = re.compile(r"^\s*[-*•·▪►+>o]\s+(.+)$")
_LABEL = re.compile(
    r"^([^\n:：=|]{2,70}?)\s*(?:[:：]-?(?=\s|$)|[:：]|\s?=\s|=>|->|→)(?:\s+|$|(?=[^\s/]))(.*)$"
)
_ANSWERED = re.compile(r"^([^\n?？]{8,80}[?？])\s+(\S.*)$")  # a question and its answer on one line
_DOTTED = re.compile(r"^\s*([^\W\d_][^\n.]{1,38}?)\s?\.{3,}\s?:?\s*(\S.*)$")
_DASHED = re.compile(r"^(.{2,40}?)\s+[-\u2013\u2014]\s+(\S.*)$")
_UNDERLINE = re.compile(r"^\s*([=\-~*_#])\1{3,}\s*$")
PLACEHOLDER = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)?[\[<({](?:add|list|describe|insert|provide|your|fill|please|enter|explain|e\.g|step|write|put|d[ée]crire|ajouter|hier)\b[^\])>}]{0,300}[\])>}]\W*$",
    re.IGNORECASE,
)
"""A line of a template that nobody filled in."""
_LONG_GAP = re.compile(r"\s{40}")
_EMOJI = re.compile(
    "^\\s*[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f300-\U0001faff]*\\s+(?=\\S)"
)


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    fields: tuple[str, ...]
    how: str
    body_at: int  # offset where the body starts (rest of the line, or the next line)
    line_at: int
    known: bool = True


def sections(text: str) -> list[Section]:
    """The sections of a text in order; the first may be the text before any heading."""
    headings = _headings(text)
    found: list[Section] = []
    first = headings[0].line_at if headings else len(text)
    found.append(_section(text, _Heading("", (), "prose", 0, 0), first))
    for index, heading in enumerate(headings):
        end = headings[index + 1].line_at if index + 1 < len(headings) else len(text)
        found.append(_section(text, heading, max(end, heading.body_at)))
    return [s for s in found if s.body or s.title]


def _section(text: str, heading: _Heading, end: int) -> Section:
    body = text[heading.body_at : end]
    start = heading.body_at + (len(body) - len(body.lstrip()))
    body = body.strip()
    while "\n" in body and _UNDERLINE.match(
        body[body.rindex("\n") + 1 :]
    ):  # a rule before the next
        body = body[: body.rindex("\n")].rstrip()
    beside = bool(body) and "\n" not in text[heading.line_at : start]
    span = (start, start + len(body))
    return Section(
        heading.title,
        heading.fields,
        heading.how,
        *span,
        body,
        heading.line_at,
        beside,
        heading.known,
    )


def _headings(text: str) -> list[_Heading]:
    found: list[_Heading] = []
    at = 0
    code = code_blocks(text)
    lines = text.split("\n")
    form = (
        sum(_asks(*three) for three in zip(["", *lines], lines, [*lines[1:], ""], strict=False))
        >= 3
    )
    for index, line in enumerate(lines):
        if not inside(at, code) and _may_be_heading(line):
            around = _Around(
                lines[index - 1] if index else "",
                lines[index + 1] if index + 1 < len(lines) else "",
                bool(found) and found[-1].how in ("label", "numbered"),
                any(heading.how == "heading" for heading in found[-3:]),
                bool(found) and _steps_follow(text, found[-1]),
                _mark_of(text, found[-1]) if found else "",
                form,
            )
            heading = _heading(line, around, at)
            if heading:
                found.append(heading)
        at += len(line) + 1
    return found


def _asks(before: str, line: str, after: str) -> bool:
    """Whether a line is a question of a form, by its words or for standing right above a text."""
    bare = line.strip().strip("*_-=#|: ")
    if bare[-1:] != "?" or len(bare.split()) > 8:
        return False
    above = not before.strip() and after.strip()[-1:] not in ("", "?")
    return above or asked(normalise(bare)) is not None


def _mark_of(text: str, heading: _Heading) -> str:
    """The mark that the line of a heading begins with: "[", "=", or its number."""
    begins = re.match(
        r"\s*(\d[\d.]*|[IVX]{1,4}(?=[.)]\s)|\S)?", text[heading.line_at : heading.line_at + 200]
    )
    return (begins[1] or "").rstrip(".") if begins else ""


def _steps_follow(text: str, heading: _Heading) -> bool:
    """Whether a heading of steps has its points below it: what they are numbered by is no list of
    headings."""
    if heading.fields != ("reproduction_steps",):
        return False
    below = text[heading.body_at : heading.body_at + 200]
    return heading.how == "heading" or below[:1] in ("", "\n") or _NUMBERED.match(below) is not None


@dataclass(frozen=True, slots=True)
class _Around:
    """What a line's neighbours say of it. `in_list`: the last heading was a label; `headed`: one of
    the last had a line of its own; `in_steps`: the points of steps stand below the last one."""

    before: str
    after: str
    in_list: bool
    headed: bool
    in_steps: bool
    mark: str  # that the last heading began with
    form: bool  # the text asks for several fields, each on a line of its own


def _may_be_heading(line: str) -> bool:
    """Short enough for the patterns below, whose cost grows with runs of blanks."""
    stripped = line.strip()
    if not stripped or stripped.startswith(">") or _UNDERLINE.match(line):
        return False
    return len(line) <= 2000 and not _LONG_GAP.search(line)


def _heading(line: str, around: _Around, at: int) -> _Heading | None:
    marked = _marked_heading(line, around, at)
    if marked or (around.in_steps and _is_point(line, around) and not line.isupper()):
        return marked  # a point of the steps
    return _labelled(line, around, at) or _row(line, at) or _bare(line, around, at)


def _is_point(line: str, around: _Around) -> bool:
    """A point of a list below a heading that is no point of such a list itself."""
    if around.mark[:1].isdigit():
        return re.match(rf"\s*{re.escape(around.mark)}\.\d{{1,2}}\b", line) is not None
    if re.fullmatch("[IVX]+", around.mark) and re.match(r"\s*[IVX]{1,4}[.)]\s", line):
        return False  # the next heading of the same kind
    bullet = _BULLET.match(line) is not None and line.lstrip()[:1] != around.mark
    return bullet or _NUMBERED.match(line) is not None


def _marked_heading(line: str, around: _Around, at: int) -> _Heading | None:
    after = at + len(line) + 1
    markdown = _MARKDOWN.match(line)
    if markdown:
        return _titled(markdown.group(2), line, after, at)
    bold = _BOLD.match(line)
    if bold:
        title, rest = bold.group(2).strip(" :：*_"), bold.group(3)
        fields = fields_of(title, marked=True)
        label = _LABEL.match(bold.group(2))
        if fields is None and label and fields_of(label.group(1), marked=True) is not None:
            return _titled(bold.group(2), line, after, at)
        if fields is not None and (fields or not rest or bold.group(1) != "*"):
            return _Heading(title, fields, "heading", at + bold.start(3) if rest else after, at)
        if (
            not rest
            and bold.group(1) == "**"
            and len(title.split()) <= 8
            and title[-1:] not in ".!?,"
        ):
            return _Heading(title, (), "heading", after, at, known=False)
    if _UNDERLINE.match(around.after) and len(line) < 90 and line.strip()[-1:] not in ".!,;":
        fields = fields_of(line.strip(" *_:：|"), marked=True)
        below = after + len(around.after) + 1
        return _Heading(line.strip(), fields or (), "heading", below, at, fields is not None)
    wrapped = _WRAPPED.match(line) if len(line) <= 120 else None
    if wrapped and not PLACEHOLDER.match(line):
        fields = fields_of(wrapped.group(1), marked=True)
        sure = _SURE_MARK.match(line) and len(wrapped.group(1)) <= 40
        if fields is not None or sure or line.lstrip()[:1] == around.mark:
            return _Heading(
                wrapped.group(1), fields or (), "heading", after, at, fields is not None
            )
    side = _SIDE.match(line)
    if side:
        fields = fields_of(side.group(1), marked=True)
        if fields is not None:
            return _Heading(side.group(1), fields, "heading", at + side.start(2), at)
    return None


def _titled(title: str, line: str, after: int, at: int) -> _Heading:
    """A sure heading: `Impact`, `Impact: the value`, or the title of something else."""
    title = title.strip("*_ ")
    label = _LABEL.match(title)
    if label and label.group(2):
        fields = fields_of(label.group(1), marked=True)
        if fields is not None:
            start = line.rindex(label.group(2)) if label.group(2) in line else len(line)
            return _Heading(label.group(1).strip(), fields, "heading", at + start, at)
    fields = fields_of(title.rstrip(":： "), marked=True)
    return _Heading(title, fields or (), "heading", after, at, fields is not None)


def _labelled(line: str, around: _Around, at: int) -> _Heading | None:
    """`Label: value`, also in a list, and `Label - value`."""
    how, inner, offset = _unlisted(line)
    if inner is line and line[:1].islower() and _flows_on(around):
        return None
    label = _LABEL.match(inner)
    glued = label and label.group(2) and re.match(r"[:=]\S", inner[label.end(1) :].lstrip())
    if label and glued and not inner[:1].isupper():
        return None  # root:x:0:0, a line of some file
    if label and len(label.group(1).split()) <= 9:
        title = label.group(1).strip("*_. ")
        fields = fields_of(title, marked=how == "numbered" or not label.group(2))
        start = at + offset + label.start(2)
        listed = how == "numbered" and not (around.in_list and not label.group(2))
        if fields or (fields is not None and not listed):
            return _Heading(title, fields, how, start, at)
        if fields is None and around.in_list and _looks_like_label(title, line):
            return _Heading(title, (), "label", start, at)
        return None
    question = _ANSWERED.match(inner)
    if question and (answered := asked(normalise(question.group(1)))):
        fields = () if answered == "other" else (answered,)
        return _Heading(question.group(1), fields, how, at + offset + question.start(2), at)
    dashed = _DOTTED.match(inner) or _DASHED.match(inner)
    if dashed:
        fields = fields_of(dashed.group(1), marked=False)
        ends = fields is not None and around.in_list and _DOTTED.match(inner)
        if fields or ends:
            return _Heading(dashed.group(1), fields or (), how, at + offset + dashed.start(2), at)
    return None


def _flows_on(around: _Around) -> bool:
    """Whether the line before is the beginning of a sentence, and no label of a list."""
    before = around.before.rstrip()
    return not around.in_list and len(before) > 40 and before[-1].isalnum()


def _unlisted(line: str) -> tuple[str, str, int]:
    """("numbered" or "label", the line without its list mark, offset of that)."""
    marks = ((_NUMBERED, "numbered"), (_CJK_NUMBERED, "numbered"), (_BULLET, "label"))
    for pattern, name in (*marks, (_EMOJI, "label")):
        listed = pattern.match(line)
        if listed:
            if pattern is _EMOJI:
                return name, line[listed.end() :], listed.end()
            return name, listed.group(1), listed.start(1)
    return "label", line, 0


def _looks_like_label(title: str, line: str) -> bool:
    """A short capitalised `Key: value` in the middle of labels ends the value before it."""
    return (
        bool(re.match(r"[A-Z\u00c0-\u024f\u0400-\u042f]", title))
        and len(title.split()) <= 3
        and not line[:1].isspace()
        and not re.search(r"^https?$|[{}<>\[\]\"=]", title)
        and title.lower() not in _PROTOCOL
        and title.lower().split()[0].strip(".,!")
        not in ("yes", "oui", "ja", "no", "non", "nein", "sim", "sí")
    )


# Headers of mails and requests, which are shown as evidence.
_PROTOCOL = frozenset(
    """received return-path from to cc subject date message-id dkim-signature authentication-results
    received-spf host cookie set-cookie accept user-agent authorization content-type content-length
    origin referer location server connection cache-control access-control-allow-origin etag via
    x-forwarded-for x-forwarded-host x-powered-by upgrade transfer-encoding""".split()
)


def _row(line: str, at: int) -> _Heading | None:
    """A table row of two cells whose first one is a heading."""
    if "|" not in line:
        return None
    bare = line.strip().strip("|")
    cells = [cell.strip() for cell in bare.split("|")]
    if len(cells) != 2 or not all(cells) or len(cells[0]) > 60:
        return None
    fields = fields_of(cells[0].strip("*_ "), marked=True)
    if fields is None:
        return None
    return _Heading(
        cells[0],
        fields,
        "label",
        at + line.index(cells[1], line.index(cells[0]) + len(cells[0])),
        at,
    )


def _numbers(line: str) -> bool:
    """Whether a point is numbered by digits, not by letters."""
    return line.lstrip(" \t([*_#")[:1].isdigit()


def _bare(line: str, around: _Around, at: int) -> _Heading | None:
    """A line that is nothing but a heading, or a short line in capitals."""
    how, inner, _ = _unlisted(line)
    bare = inner.strip().strip("*_-=#|: ")
    after = at + len(line) + 1
    words = bare.split()
    if not bare or len(words) > 8 or bare[-1] in ".!,;":
        return None
    alone = not around.before.strip() or _UNDERLINE.match(around.before) is not None
    alone = alone or _CJK_NUMBERED.match(line) is not None
    over = alone and bool(around.after.strip())  # right above its text
    formal = around.form and alone
    if bare[-1] == "?" and not (over or formal) and fields_of(bare, marked=True) != ("credit",):
        return None
    if how == "label" and inner is not line and not _EMOJI.match(line):
        return None  # one item of a list
    shouts = bare.isupper() and sum(c.isalpha() for c in bare) >= 4
    numbered = how == "numbered"
    among = alone and around.headed and len(words) <= 4 and bare[:1].isupper()
    listed = _NUMBERED.match(around.after) and _numbers(around.after) == _numbers(line)
    heads = alone and numbered and bool(around.after.strip()) and not listed
    heads = heads or (alone and bool(_EMOJI.match(line)))
    fields = fields_of(bare, marked=shouts or among or heads)
    if fields and (alone or shouts or numbered or len(words) <= 3):
        return _Heading(bare, fields, "numbered" if numbered else "heading", after, at)
    asks = bare[-1] == "?" and (formal or (numbered and not listed))
    asks = asks or (heads and numbered and around.mark[:1].isdigit())
    if asks and fields is None:  # a question of a form that is none of ours
        return _Heading(bare, (), "heading", after, at, known=False)
    if fields is not None and alone and (not numbered or around.in_list):
        return _Heading(bare, (), "heading", after, at)
    if shouts and alone and (numbered or len(words) <= 5) and not re.search(r"[<>{}=/\\]", bare):
        return _Heading(bare, (), "heading", after, at, known=False)
    return None
