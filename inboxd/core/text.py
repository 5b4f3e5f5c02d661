"""Text of a mail: HTML to readable text, format=flowed, new text against quotes and signature.

Nothing remote is ever touched; HTML is read, never rendered. Text that a browser would hide is
kept and marked, so that nothing a machine acts on is invisible to the person who reads the notice.
"""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import (
    CData,
    Comment,
    Declaration,
    Doctype,
    NavigableString,
    ProcessingInstruction,
    Tag,
)

warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)

MAX_HTML = 1_000_000  # characters of one HTML part that are read
MAX_HTML_DEPTH = 100
MAX_MARKS = 4  # hidden or quoted elements inside each other that are marked as such

_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "table", "tr", "ul", "ol", "dl", "dt",
    "dd", "blockquote", "pre", "form", "fieldset", "address", "figure", "main", "center", "body",
}  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])")
_QUOTE_CLASS = re.compile(r"\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote)\b")
_SKIPPED = {"script", "style", "head", "title", "meta", "template", "noscript"}
_NO_TEXT = (Comment, Doctype, Declaration, ProcessingInstruction, CData)


_MARKUP = re.compile(
    r"""<!--|<[!?][^<>]*>|<(?P<name>/?[a-zA-Z][^\s/<>"']*+)(?>[^<>"']+|"[^"]*"|'[^']*')*+>|<"""
)
_ATTRIBUTE = re.compile(
    r"""(?i)(?<=[\s"'/])(href|style|hidden|class)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'<>]+))?(?=[\s/>])"""
)


def _simple_markup(html: str) -> str:
    """The markup with nothing in it but text and simple tags; unfinished tags become text.

    The standard library's parser takes quadratic time over what is opened and never closed, and
    over odd quotes. Comments and declarations hold nothing that is read.
    """
    out: list[str] = []
    at = 0
    last_close = html.rfind("-->")
    while match := _MARKUP.search(html, at):
        out.append(html[at : match.start()])
        piece, at = match.group(), match.end()
        if piece == "<!--" and match.start() + 2 <= last_close:
            at = html.index("-->", match.start() + 2) + 3
        elif piece in ("<", "<!--"):
            out.append("&lt;" + piece[1:])
        elif name := match["name"]:
            closing = name.startswith("/")
            out.append(f"<{name}>" if closing else f"<{name}{_attributes(piece[len(name) + 1 :])}>")
    return "".join(out) + html[at:]


def _attributes(rest: str) -> str:
    """The attributes that are read, of what follows the name in a tag."""
    found = _ATTRIBUTE.findall(rest)
    values = ((name, value.strip("\"'")[:2000].replace('"', "&quot;")) for name, value in found)
    return "".join(f' {name}="{value}"' for name, value in values)


def html_to_text(html: str) -> str:
    """Readable plain text of an HTML part; links keep their target, headings become `## `."""
    try:
        soup = BeautifulSoup(_simple_markup(html[:MAX_HTML]), "html.parser")
        out: list[str] = []
        _render(soup, out, 0, pre=False)
        text = "".join(out)
    except Exception:  # noqa: BLE001  hostile markup must never stop a mail (invariant 12)
        text = re.sub(r"<[^<>]{0,2000}>", " ", html[:MAX_HTML])
    lines = [line.rstrip() for line in text.replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _render(node: Tag, out: list[str], depth: int, *, pre: bool, marks: int = 0) -> None:
    items = 0
    for child in node.children:
        if isinstance(child, Tag):
            items += child.name == "li"
            if depth >= MAX_HTML_DEPTH:
                out.append(re.sub(r"\s+", " ", child.get_text()))
            elif child.name not in _SKIPPED:
                marker = f"{items}. " if node.name == "ol" else "- "
                inner_pre = pre or child.name == "pre"
                _render_tag(child, out, depth + 1, pre=inner_pre, marker=marker, marks=marks)
        elif isinstance(child, NavigableString) and not isinstance(child, _NO_TEXT):
            text = str(child)
            out.append(text if pre else re.sub(r"\s+", " ", text))


def _render_tag(
    tag: Tag, out: list[str], depth: int, *, pre: bool, marker: str, marks: int
) -> None:
    """`marks`: how many hidden or quoted elements stand around it; deeper ones are not marked."""
    name = tag.name
    if marks < MAX_MARKS and (
        "hidden" in tag.attrs or _HIDDEN_STYLE.search(str(tag.get("style", "")).lower())
    ):
        inner: list[str] = []
        _render(tag, inner, depth, pre=pre, marks=marks + 1)
        hidden = re.sub(r"\s+", " ", "".join(inner)).strip()
        if hidden:
            out.append(f" [hidden text: {hidden}] ")
        return
    if name == "br":
        out.append("\n")
        return
    is_quote = name == "blockquote" or _QUOTE_CLASS.search(
        " ".join(map(str, tag.get_attribute_list("class")))
    )
    if is_quote and marks < MAX_MARKS:
        quoted: list[str] = []
        _render(tag, quoted, depth, pre=pre, marks=marks + 1)
        lines = re.sub(r"\n{3,}", "\n\n", "".join(quoted)).strip("\n").split("\n")
        out.append("\n" + "\n".join(f"> {line}" for line in lines) + "\n")
        return
    if name in ("td", "th"):
        _render(tag, out, depth, pre=pre, marks=marks)
        out.append(" | ")
        return
    heading = re.fullmatch(r"h([1-6])", name)
    if heading:
        out.append(f"\n\n{'#' * int(heading.group(1))} ")
    elif name == "li":
        out.append("\n" + marker)
    elif name in _BLOCKS:
        out.append("\n")
    _render(tag, out, depth, pre=pre, marks=marks)
    if name == "a":
        target = str(tag.get("href", "")).strip()
        if target.startswith(("http:", "https:")) and target not in tag.get_text():
            out.append(f" <{target}>")
    if heading or name in _BLOCKS:
        out.append("\n\n" if name == "p" or heading else "\n")


def unflow(text: str, *, delsp: bool) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676 section 4)."""
    out: list[list[str]] = []  # pieces of each line
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:].removeprefix(" ")
        soft = body.endswith(" ") and body != "-- "
        piece = body[:-1] if soft and delsp else body
        if open_depth is not None and open_depth == depth and body != "-- ":
            out[-1].append(piece)
        else:
            out.append([(">" * depth + " " if depth else "") + piece])
        open_depth = depth if soft else None
    return "\n".join("".join(pieces) for pieces in out)


_MAX_ATTRIBUTION = 500  # characters; longer lines are no attribution
_ATTRIBUTION = re.compile(
    r"^(?:On\b.{5,200}\bwrote|Le\b.{5,200}\b(?:a \u00e9crit|a ecrit)|Am\b.{5,200}\bschrieb\b.{0,80}"
    r"|El\b.{5,200}\bescribi\u00f3|Il\b.{5,200}\bha scritto|Em\b.{5,200}\bescreveu)\s*:?\s*$",
    re.IGNORECASE,
)
_DIVIDER = re.compile(
    r"^\s*(?:-{2,}\s*(?:Original Message|Message d'origine|Message original|Urspr\u00fcngliche Nachricht"
    r"|Mensaje original)\s*-{2,}|_{20,})\s*$",
    re.IGNORECASE,
)
_OUTLOOK_HEADER = re.compile(r"^\s*\*?(?:From|De|Von)\s?:\*?\s.*\S", re.IGNORECASE)
_OUTLOOK_NEXT = re.compile(
    r"^\s*\*?(?:Sent|Envoy\u00e9|Gesendet|Date|To|\u00c0|An|Subject|Objet|Betreff)\s?:",
    re.IGNORECASE,
)


def new_text(text: str) -> str:
    """What the writer typed now: quotes, the history below them and the signature cut away.

    Answers typed between quoted lines are kept. If nothing would be left, nothing is returned:
    a mail of quotes alone says nothing new.
    """
    lines = text.split("\n")
    kept: list[str] = []
    for index, line in enumerate(lines):
        if line in ("-- ", "--") and index > 0:  # RFC 3676 4.3; many clients drop the blank
            break
        if _DIVIDER.match(line):
            break
        if (
            _OUTLOOK_HEADER.match(line)
            and any(_OUTLOOK_NEXT.match(later) for later in lines[index + 1 : index + 4])
            and kept
            and any(k.strip() for k in kept)
        ):
            break
        if line.lstrip().startswith(">"):
            continue
        if _is_attribution(lines, index):
            continue
        kept.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _is_attribution(lines: list[str], index: int) -> bool:
    """An "On ... wrote:" line, also when it is folded over two lines, followed by a quote."""
    following = [later for later in lines[index + 1 : index + 5] if later.strip()]
    here = lines[index].strip()
    if not here or not following or len(here) > _MAX_ATTRIBUTION:
        return False
    if _ATTRIBUTION.match(here) and following[0].lstrip().startswith(">"):
        return True
    if re.match(r"(?:On|Le|Am|El|Il|Em)\b", here) and len(following) > 1:
        joined = f"{here} {following[0].strip()[:_MAX_ATTRIBUTION]}"
        return bool(_ATTRIBUTION.match(joined)) and following[1].lstrip().startswith(">")
    previous = lines[index - 1].strip() if index else ""
    if 0 < len(previous) <= _MAX_ATTRIBUTION and _ATTRIBUTION.match(f"{previous} {here}"):
        return following[0].lstrip().startswith(">")
    return False


_FRENCH = frozenset(
    "le la les des une est dans pour avec sur pas vous nous je votre cette qui que sont par au aux"
    " bonjour merci vulnérabilité faille peut être été ainsi mais ou où du en ce il".split()
)
_ENGLISH = frozenset(
    "the is in for with on not you we your this that are by and of to it can be was hello thanks"
    " vulnerability please have which an as from or if at would has when will my".split()
)


def language_of(text: str, fallback: str = "en") -> str:
    """Language to answer in, "en" or "fr", by counting small words; `fallback` when undecided."""
    words = re.findall(r"[a-zà-ÿœ]+", text[:20_000].lower())
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if french == english:
        return fallback
    return "fr" if french > english else "en"
