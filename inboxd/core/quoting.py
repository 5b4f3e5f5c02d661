"""What a person typed now against what they quoted: replies of all common clients and languages."""

from __future__ import annotations

import re

from inboxd.core.forward import is_header_block
from inboxd.core.words.quotes import ATTRIBUTION, DIVIDER, TELEPHONE, WROTE

_MAX_ATTRIBUTION = 500  # characters; longer lines are no attribution


def _is_attribution(line: str) -> bool:
    """Whether a joined line says who wrote what follows: a verb of writing beside a date, or a form
    that some client uses without a verb."""
    dated = re.search(r"[\d@]", line) or re.match(r"\W*(?:On|Le|Am|El|Il|Em|Op|Den)\b", line)
    return bool(dated and WROTE.search(line)) or ATTRIBUTION.match(line) is not None


MAX_LINES = 50_000  # that are looked at; the rest of the text stays with the last
MOST_BELOW = 20  # characters of a name or a phone number under the mark of a telephone


_SENT = re.compile(r"\s*>\s?(?:[A-Z]{3,8} \S{1,2000} HTTP/\d|[\w-]{2,40}: ?\S|\s*$)")
_ANSWERED = re.compile(r"\s*<\s?(?:HTTP/\d|[\w-]{2,40}: ?\S|\s*$)")
_DASHES = ("-- ", "--", "-- \u00a0")  # RFC 3676 4.3; many clients drop the blank


def quotes(text: str) -> bool:
    """Whether a mail carries old mail, or the line that a telephone adds: clients of people do."""
    lines = text.split("\n", MAX_LINES)
    return any(
        line.lstrip().startswith((">", "|>", "\u203a "))
        or TELEPHONE.match(line[:300])
        or (DIVIDER.match(line[:300]) and _history(lines, index + 1, line))
        or (index and is_header_block(lines, index))
        or _attribution(lines, index)
        for index, line in enumerate(lines)
    )


def new_text(text: str) -> str:
    """What the writer typed now: quotes, the history below them and the signature cut away.

    Answers typed between quoted lines are kept. If nothing would be left, nothing is returned:
    a mail of quotes alone says nothing new.
    """
    lines = text.split("\n", MAX_LINES)
    shown = _exchanges(lines)
    kept: list[str] = []
    marks: list[int] = []  # where a telephone said that it sent this, in kept
    skip = 0
    said = False
    for index, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if line in _DASHES and index > 0:
            break
        if DIVIDER.match(line[:300]) and _history(lines, index + 1, line):
            break
        if said and is_header_block(lines, index):
            break
        if line.lstrip().startswith((">", "|>", "\u203a ")) and index not in shown:
            continue
        folded = _attribution(lines, index)
        if folded and _quoted_below(lines, index + folded):
            skip = folded - 1
            continue
        if folded and said and _top_posted(lines, index, folded):
            break
        if said and TELEPHONE.match(line[:300]):
            marks.append(len(kept))
        kept.append(line)
        said = said or bool(line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_until_mark(kept, marks))).strip()


def _exchanges(lines: list[str]) -> set[int]:
    """Lines of requests and answers as `curl -v` marks them: they are shown, not quoted."""
    shown: set[int] = set()
    run: list[int] = []
    for index, line in enumerate([*lines, "end"]):
        if _SENT.match(line) or _ANSWERED.match(line):
            run.append(index)
            continue
        marked = "\n".join(lines[at] for at in run)
        if re.search(r"(?m)^\s*>\s?[A-Z]{3,8} \S+ HTTP/", marked) and re.search(
            r"(?m)^\s*<\s?HTTP/", marked
        ):
            shown.update(run)
        run = []
    return shown


def _until_mark(kept: list[str], marks: list[int]) -> list[str]:
    """Up to the first mark of a telephone with next to nothing below it; lines there stay."""
    end, below = len(kept), 0
    for mark in reversed(marks):
        below += sum(len(line.strip()) for line in kept[mark + 1 : end])
        if below > MOST_BELOW:
            break
        end = mark
    return kept[:end]


def _history(lines: list[str], at: int, divider: str) -> bool:
    """Whether old mail follows a dividing line; a rule may be decoration, except Outlook's own."""
    if not re.match(r"^\s*(?:_{20,}|={20,})\s*$", divider) or divider.strip() == "_" * 32:
        return True
    following = [index for index in range(at, min(at + 4, len(lines))) if lines[index].strip()]
    return bool(following) and is_header_block(lines, following[0])


def _attribution(lines: list[str], at: int) -> int:
    """How many lines the "On ... wrote:" that begins here takes; 0 when none does."""
    here = lines[at].strip()
    if not here or len(here) > _MAX_ATTRIBUTION:
        return 0
    joined = here
    for count in range(1, 4):
        if _is_attribution(joined) and (joined[-1] in ":：" or count > 1 or "@" in joined):
            return count
        if (
            at + count >= len(lines)
            or not lines[at + count].strip()
            or len(joined) > _MAX_ATTRIBUTION
        ):
            return 0
        joined = f"{joined} {lines[at + count].strip()[:_MAX_ATTRIBUTION]}"
    return 0


def _quoted_below(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.lstrip().startswith((">", "|>", "\u203a "))


def _top_posted(lines: list[str], at: int, count: int) -> bool:
    """An attribution with unmarked history below: it names an address or ends a dated line."""
    said = " ".join(lines[at : at + count])
    return (
        bool(re.search(r"@|\d{4}", said))
        and said.rstrip()[-1:] in ":："
        and at + count < len(lines)
    )
