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
from inboxd.core.layout import Style, style_of
from inboxd.core.marks import (
    ALIGNED,
    ANSWER,
    ANSWER_MARK,
    ANSWERED,
    BOLD,
    BULLET,
    CJK_NUMBERED,
    DASHED,
    DOTTED,
    EMOJI,
    LABEL,
    LONG_GAP,
    MARKDOWN,
    NUMBERED,
    PLACEHOLDER,
    QUESTION,
    SIDE,
    STARRED,
    SURE_MARK,
    UNDERLINE,
    WRAPPED,
    ZINE,
    looks_like_label,
    unlisted,
)

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
    while "\n" in body and UNDERLINE.match(body[body.rindex("\n") + 1 :]):  # a rule before the next
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
    style = style_of(lines)
    for index, line in enumerate(lines):
        if not inside(at, code) and _may_be_heading(line):
            around = _Around(
                lines[index - 1] if index else "",
                lines[index + 1] if index + 1 < len(lines) else "",
                bool(found) and found[-1].how in ("label", "numbered"),
                any(heading.how == "heading" for heading in found[-3:]),
                bool(found) and _steps_follow(text, found[-1]),
                _mark_of(text, found[-1]) if found else "",
                index > 0 and inside(at - 1, code) and bool(lines[index - 1].strip()),
                sum(_is_plain(text, heading) for heading in found[-3:]) >= 2,
                style,
            )
            heading = _heading(line, around, at)
            if heading:
                found.append(heading)
        at += len(line) + 1
    return found


def _mark_of(text: str, heading: _Heading) -> str:
    """The mark that the line of a heading begins with: "[", "=", or its number."""
    begins = re.match(
        r"\s*(\d[\d.]*|[IVX]{1,4}(?=[.)]\s)|\S)?", text[heading.line_at : heading.line_at + 200]
    )
    return (begins[1] or "").rstrip(".") if begins else ""


def _is_plain(text: str, heading: _Heading) -> bool:
    """Whether a heading is a line of words alone, without any mark."""
    line = text[heading.line_at : heading.line_at + 100].partition("\n")[0]
    return heading.how == "heading" and line.strip() == heading.title


def _steps_follow(text: str, heading: _Heading) -> bool:
    """Whether a heading of steps has its points below it: what they are numbered by is no list of
    headings."""
    if "reproduction_steps" not in heading.fields:
        return False
    below = text[heading.body_at : heading.body_at + 200]
    point = NUMBERED.match(below.partition("\n")[0]) is not None
    return heading.how == "heading" or below[:1] in ("", "\n") or point


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
    below_code: bool  # the line before is code
    plain: bool  # the last headings were lines of words without a mark
    style: Style


def _may_be_heading(line: str) -> bool:
    """Short enough for the patterns below, whose cost grows with runs of blanks."""
    stripped = line.strip()
    if not stripped or stripped.startswith(">") or UNDERLINE.match(line):
        return False
    return len(line) <= 2000 and not LONG_GAP.search(line)


def _heading(line: str, around: _Around, at: int) -> _Heading | None:
    marked = _marked_heading(line, around, at)
    if marked or (around.in_steps and _is_point(line, around) and not line.isupper()):
        return marked  # a point of the steps
    aligned = _aligned(line, at) if around.style.aligned else None
    return aligned or _labelled(line, around, at) or _row(line, at) or _bare(line, around, at)


def _is_point(line: str, around: _Around) -> bool:
    """A point of a list below a heading that is no point of such a list itself."""
    if around.mark[:1].isdigit():
        below = rf"\s*(?:{re.escape(around.mark)}\.\d{{1,2}}\b|[a-z][.)]\s)"
        return re.match(below, line) is not None
    if re.fullmatch("[IVX]+", around.mark) and re.match(r"\s*[IVX]{1,4}[.)]\s", line):
        return False  # the next heading of the same kind
    bullet = BULLET.match(line) is not None and line.lstrip()[:1] != around.mark
    return bullet or NUMBERED.match(line) is not None


def _marked_heading(line: str, around: _Around, at: int) -> _Heading | None:
    after = at + len(line) + 1
    markdown = MARKDOWN.match(line)
    if markdown and not (around.style.listed and markdown.group(1) == "#"):
        titled = _titled(markdown.group(2), line, after, at)
        remark = markdown.group(1) == "#" and (around.before.startswith("# ") or around.below_code)
        return titled if titled.known or not remark else None  # a comment of several lines
    starred = STARRED.match(line) if around.style.org else None
    other = starred or ZINE.match(line)
    if other:
        return _titled(other.group(1), line, after, at)
    question = QUESTION.match(line)
    if question and (told := asked(normalise(question[1]))):
        answered = ANSWER_MARK.match(around.after)
        below = after + (answered.end() if answered else 0)
        return _Heading(question[1], () if told == "other" else (told,), "label", below, at)
    bold = BOLD.match(line)
    if bold:
        title, rest = bold.group(2).strip(" :：*_"), bold.group(3)
        fields = fields_of(title, marked=True)
        label = LABEL.match(bold.group(2))
        if fields is None and label and fields_of(label.group(1), marked=True) is not None:
            return _titled(bold.group(2), line, after, at)
        if fields is not None and (fields or not rest or bold.group(1) != "*"):
            return _Heading(title, fields, "heading", at + bold.start(3) if rest else after, at)
        if (
            not rest
            and (bold.group(1) == "**" or around.mark == "*")
            and len(title.split()) <= 8
            and title[-1:] not in ".!?,"
        ):
            return _Heading(title, (), "heading", after, at, known=False)
    below_text = around.before.strip() and not UNDERLINE.match(around.before)
    if (
        UNDERLINE.match(around.after)
        and not below_text
        and len(line) < 90
        and line.strip()[-1:] not in ".!,;"
    ):
        fields = fields_of(line.strip(" *_:：|"), marked=True)
        below = after + len(around.after) + 1
        return _Heading(line.strip(), fields or (), "heading", below, at, fields is not None)
    wrapped = WRAPPED.match(line) if len(line) <= 120 else None
    if wrapped and not PLACEHOLDER.match(line):
        fields = fields_of(wrapped.group(1), marked=True)
        sure = SURE_MARK.match(line) and len(wrapped.group(1)) <= 40
        if fields is not None or sure or line.lstrip()[:1] == around.mark:
            return _Heading(
                wrapped.group(1), fields or (), "heading", after, at, fields is not None
            )
    side = SIDE.match(line)
    if side:
        fields = fields_of(side.group(1), marked=True)
        if fields is not None:
            return _Heading(side.group(1), fields, "heading", at + side.start(2), at)
    return None


def _titled(title: str, line: str, after: int, at: int) -> _Heading:
    """A sure heading: `Impact`, `Impact: the value`, or the title of something else."""
    title = title.strip("*_ ")
    label = LABEL.match(title)
    if label and label.group(2):
        fields = fields_of(label.group(1), marked=True)
        if fields is not None:
            start = line.rindex(label.group(2)) if label.group(2) in line else len(line)
            return _Heading(label.group(1).strip(), fields, "heading", at + start, at)
    fields = fields_of(title.rstrip(":： "), marked=True)
    return _Heading(title, fields or (), "heading", after, at, fields is not None)


def _labelled(line: str, around: _Around, at: int) -> _Heading | None:
    """`Label: value`, also in a list, and `Label - value`."""
    how, inner, offset = unlisted(line)
    if inner is line and line[:1].islower() and _flows_on(around):
        return None
    dotted = DOTTED.match(inner)
    if dotted and (fields := fields_of(dotted.group(1), marked=False)):
        return _Heading(dotted.group(1), fields, how, at + offset + dotted.start(2), at)
    label = LABEL.match(inner)
    glued = label and label.group(2) and re.match(r"[:=]\S", inner[label.end(1) :].lstrip())
    if label and glued and (inner[:1].islower() or not inner[:1].isalpha()):
        return None  # root:x:0:0, a line of some file
    words = normalise(label.group(1)) if label else ""
    if label and "{" not in label.group(1) and (len(words.split()) <= 9 or asked(words)):
        title = label.group(1).strip("*_. ")
        fields = fields_of(title, marked=how == "numbered" or not label.group(2))
        start = at + offset + label.start(2)
        listed = how == "numbered" and not (around.in_list and not label.group(2))
        if fields or (fields is not None and not listed):
            return _Heading(title, fields, how, start, at)
        if fields is None and around.in_list and looks_like_label(title, line):
            return _Heading(title, (), "label", start, at)
        return None
    question = ANSWERED.match(inner)
    if question and '"' not in question[1] and (answered := asked(normalise(question.group(1)))):
        fields = () if answered == "other" else (answered,)
        return _Heading(question.group(1), fields, how, at + offset + question.start(2), at)
    dashed = dotted or DASHED.match(inner)
    if dashed:
        fields = fields_of(dashed.group(1), marked=False)
        if fields or (dotted and fields is not None and around.in_list):
            return _Heading(dashed.group(1), fields or (), how, at + offset + dashed.start(2), at)
    return None


def _flows_on(around: _Around) -> bool:
    """Whether the line before is the beginning of a sentence, and no label of a list."""
    before = around.before.rstrip()
    return not around.in_list and len(before) > 40 and before[-1].isalnum()


def _row(line: str, at: int) -> _Heading | None:
    """A table row of two cells whose first one is a heading."""
    between = "|" if "|" in line else "\t"
    if between not in line:
        return None
    cells = [cell.strip() for cell in line.strip().strip("|").split(between)]
    if len(cells) != 2 or not all(cells) or len(cells[0]) > 60:
        return None
    return _celled(cells, line, at, marked=True)


def _aligned(line: str, at: int) -> _Heading | None:
    """`Label      value`, where the text has several such lines one below the other."""
    aligned = ALIGNED.match(line)
    return _celled([aligned[1], aligned[2]], line, at, marked=False) if aligned else None


def _celled(cells: list[str], line: str, at: int, *, marked: bool) -> _Heading | None:
    fields = fields_of(cells[0].strip("*_ "), marked=marked)
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
    how, inner, _ = unlisted(line)
    bare = inner.strip().strip("*_-=#|: ")
    after = at + len(line) + 1
    if not (around.before.strip() or around.after.strip()):  # a point of a long form
        point = asked(normalise(bare)) if len(bare) <= 140 and len(bare.split()) > 2 else None
        if point and bare[-1] not in ".!,;":
            return _Heading(bare, () if point == "other" else (point,), "heading", after, at)
    words = bare.split()
    if (
        not bare
        or ANSWER.match(bare)
        or len(words) > (10 if bare[-1] == "?" else 8)
        or bare[-1] in ".!,;"
    ):
        return None
    alone = not around.before.strip() or UNDERLINE.match(around.before) is not None
    alone = alone or CJK_NUMBERED.match(line) is not None
    over = alone and bool(around.after.strip())  # right above its text
    formal = around.style.form and alone
    asks_of_us = alone and bool(fields_of(bare, marked=True)) and len(words) > 1
    if bare[-1] == "?" and not (over or formal or asks_of_us):
        return None
    if how == "label" and inner is not line and not EMOJI.match(line):
        return None  # one item of a list
    shouts = bare.isupper() and sum(c.isalpha() for c in bare) >= 4
    numbered = how == "numbered"
    among = alone and around.headed and len(words) <= 4 and bare[:1].isupper()
    listed = NUMBERED.match(around.after) and _numbers(around.after) == _numbers(line)
    heads = alone and numbered and bool(around.after.strip()) and not listed
    heads = heads or (alone and bool(EMOJI.match(line)))
    fields = fields_of(bare, marked=shouts or among or heads)
    goes_on = line[:1].isspace() and bare[:1].islower()  # the rest of a point above
    if fields and (alone or shouts or numbered or (len(words) <= 3 and not goes_on)):
        return _Heading(bare, fields, "numbered" if numbered else "heading", after, at)
    asks = bare[-1] == "?" and (formal or (numbered and not listed))
    asks = asks or (heads and numbered and around.mark[:1].isdigit())
    if asks and fields is None:  # a question of a form that is none of ours
        return _Heading(bare, (), "heading", after, at, known=False)
    if fields is not None and alone and (not numbered or around.in_list):
        return _Heading(bare, (), "heading", after, at)
    if around.plain and over and how == "label" and len(words) <= 6 and bare[:1].isupper():
        return _Heading(bare, (), "heading", after, at, known=False)  # as the last ones were
    if shouts and alone and (numbered or len(words) <= 5) and not re.search(r"[<>{}=/\\]", bare):
        return _Heading(bare, (), "heading", after, at, known=False)
    return None
