"""Where a text is not prose: fenced code, HTTP dumps, commands, markup. Spans, in order.

A line inside such a block is never a heading, and the block is what proofs are made of.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from inboxd.core.headings import fields_of

Span = tuple[int, int]

MAX_BLOCKS = 400
MAX_CLOSER = 60  # characters of a line that closes a block

_FENCE = re.compile(
    r"^\s{0,3}(`{3,}|~~~|\{(?:code|noformat)\b[^{}\n]{0,60}\}|#\+(?i:begin)_\w+)(?!.*`)[ \t]*[\w.+-]*\s*$"
)
_HEREDOC = re.compile(r"[^<\n]{1,300}<<-?\s?['\"]?([A-Za-z_]\w{0,19})['\"]?\s*$")
_SCRIPT = re.compile(r"^\s*(?:#!/|(?:import|from) \w|#include\b|<\?php)")
_REQUEST = re.compile(
    r"^\s*(?:[>$]\s?)?(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE|PROPFIND)\s+\S+(?:\s+HTTP/\d(?:\.\d)?)\s*$"
)
_RESPONSE = re.compile(r"^\s*(?:<\s?)?HTTP/\d(?:\.\d)?\s+\d{3}\b")
_COMMAND = re.compile(
    r"^\s*(?:(?:[$#>]|PS>|\w+@[\w-]+:[^\s]*[$#])\s+)?(?:sudo\s+)?(?:curl|wget|nc|ncat|nmap|sqlmap|python3?|ruby|perl|php|node|ffuf"
    r"|dig|nslookup|openssl|ssh|git|docker|kubectl|aws|adb|redis-cli|mysql|psql|echo|printf|cat|httpx|nuclei|gobuster|hydra|grpcurl"
    r"|msfconsole|xxd|base64|javac?|gcc|bash|sh|export|for|while)\s+(?:-|[\w./~:'\"$@]+[^.!?]*$)"
)
_SURE_COMMAND = re.compile(
    r"^\s*(?:[$#]|PS>|\w+@[\w-]+:\S*[$#])\s+\S|.*(?:\s--?\w|\\\s*$|\|\s*\w+|https?://)"
)
_MARKUP = re.compile(
    r"^\s*(?:<(?:!DOCTYPE|\?xml|html|head|body|form|input|script|iframe|svg|img|a|div|meta|style|/?\w+[:>])\b.*"
    r"|(?:import|from) \w[\w.]*(?:(?:, \w[\w.]*)+| import .*| as \w+)?$|(?:var|let|const|def|function|public|class) .*[;:{(].*|[{}\[\]]\s*,?$"
    r"|[\[{]{1,2}\s*\"[\w$@.-]+\"\s*:.*|\[[\w:-]+\]\s+\[\w+\]\s.*|\$\s+[a-z][\w./-]*(?:\s.*)?$|[-dl][rwx-]{9}\s.*|\"[\w-]+\"\s*:\s*\S.*|print\(.*|fetch\(.*|[\w.]+\(.*\);?$|[}\])]+[;,)]*$|//\s.*|#!/.*)"
)
_STATEMENT = re.compile(  # only below a line that is surely code
    r"\s*(?:(?:for|while|if|with|try|elif|else|except)\b[^.!?]*[:{]\s*$|[\w.\[\]\"']{1,40}(?:, \w+)? ?= ?[\w.\[\]{}\"'(]\S*.*$)"
)
_HEADER = re.compile(r"^\s*(?:[<>]\s?)?[A-Za-z][\w-]{1,40}:\s?\S.*$")


def code_blocks(text: str) -> list[Span]:
    """Spans (start, end) of whole lines that are code, requests or output. Linear."""
    lines = text.split("\n")
    spans: list[Span] = []
    closers = _Closers(lines)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    index = 0
    while index < len(lines) and len(spans) < MAX_BLOCKS:
        end = _block_end(lines, index, closers)
        if end > index:
            spans.append((offsets[index], min(offsets[end], len(text))))
            index = end
        else:
            index += 1
    return spans


def _block_end(lines: list[str], at: int, closers: _Closers) -> int:
    """The line after the block that begins here; `at` itself when none begins."""
    line = lines[at][:2000]
    fence = _FENCE.match(line)
    if fence:
        return closers.after(at, _closer(fence.group(1)))
    heredoc = _HEREDOC.match(line)
    if heredoc and (end := closers.after(at, heredoc[1])) > at:
        return end
    if _REQUEST.match(line) or _RESPONSE.match(line):
        return _dump_end(lines, at + 1)
    if _COMMAND.match(line) and _SURE_COMMAND.match(line):
        while lines[at].rstrip().endswith("\\") and at + 1 < len(lines):
            at += 1
        return at + 1
    if _MARKUP.match(line):
        end = at + 1
        while end < len(lines) and (
            _MARKUP.match(lines[end][:2000])
            or _continues(lines[end])
            or _STATEMENT.match(lines[end][:2000])
        ):
            end += 1
        if _SCRIPT.match(line):
            return _script_end(lines, end)
        return end
    return at


class _Closers:
    """Where blocks may end, by the words of the line, so that what is never closed costs nothing."""

    def __init__(self, lines: list[str]) -> None:
        self._at: dict[str, list[int]] = {}
        for index, line in enumerate(lines):
            bare = line.strip()
            if len(bare) <= MAX_CLOSER:
                for key in _keys(bare):
                    self._at.setdefault(key, []).append(index)

    def after(self, at: int, closer: str) -> int:
        """The line after the first `closer` below `at`; `at` itself when there is none."""
        indices = self._at.get(closer, [])
        below = bisect_right(indices, at)
        return indices[below] + 1 if below < len(indices) else at


def _keys(bare: str) -> list[str]:
    """What a line may close: a fence closes those that were opened by as many marks or fewer."""
    if len(bare) >= 3 and not bare.strip("`~"):
        return [bare[:length] for length in range(3, len(bare) + 1)]
    return [bare.lower() if bare[:2] == "#+" else bare]


def _closer(mark: str) -> str:
    """The line that ends what this mark began: "```", "{code}", "#+end_src"."""
    if mark[0] == "{":
        return f"{{{mark[1:].partition(':')[0].rstrip('}')}}}"
    return f"#+end_{mark.partition('_')[2]}".lower() if mark[0] == "#" else mark


def _script_end(lines: list[str], end: int) -> int:
    """Past the blank lines of a program that goes on below them."""
    at = end
    while at < len(lines):
        if lines[at].strip():
            if not _is_statement(lines[at][:2000]):
                break
            end = at + 1
        at += 1
    return end


def _is_statement(line: str) -> bool:
    if _LABELLED.match(line):
        return False
    return bool(_MARKUP.match(line) or _STATEMENT.match(line) or _continues(line))


_LABELLED = re.compile(r"\s*[A-Z][\w ]{2,30} ?[:=] \S+ \S+ \S+ \S")  # "Impact = anyone can ..."


def _dump_end(lines: list[str], at: int) -> int:
    """Past the header lines of an HTTP message, and past a body that directly follows it."""
    while at < len(lines) and _HEADER.match(lines[at][:2000]) and not _is_told(lines[at]):
        at += 1
    follows = at + 1 if at < len(lines) and not lines[at].strip() else at
    if follows < len(lines) and _looks_like_body(lines[follows]):
        at = follows + 1
        while at < len(lines) and (_looks_like_body(lines[at]) or _continues(lines[at])):
            at += 1
    return at


def _is_told(line: str) -> bool:
    """A `Label: words of a person` line right below a dump, not one more header of it."""
    label, _, value = line.partition(":")
    fields = fields_of(label, marked=False) or ()
    people = {"impact", "description", "credit", "reproduction_steps", "proof_of_concept"}
    return bool(people & set(fields)) and (value.count(" ") >= 3 or not value.strip())


def _looks_like_body(line: str) -> bool:
    bare = line.strip()[:500]
    if not bare or (bare[0] == "[" and bare[-1] == "]" and fields_of(bare[1:-1], marked=True)):
        return False  # "[ Impact ]"
    if re.match(r"\[[+*!#>-]\]\s", bare):
        return False  # "[+] How to reproduce"
    return bool(re.match(r"[{\[<]|[\w.%\[\]-]+=[^\s=]", bare)) and not bare.endswith(".")


def _continues(line: str) -> bool:
    """Indented under a line of code."""
    return bool(re.match(r"(?:\t| {2,})\S", line)) and not re.match(r"\s*(?:[-*•]|\d+[.)])\s", line)


def inside(at: int, spans: list[Span]) -> bool:
    """Whether an offset lies in one of the spans, which are in order and do not overlap."""
    index = bisect_right(spans, (at, 1 << 60)) - 1
    return index >= 0 and at < spans[index][1]
