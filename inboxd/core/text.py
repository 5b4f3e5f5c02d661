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
MAX_CSS = 50_000  # characters of style sheets
MAX_TAGS = 20_000  # the text behind further ones is read without them
MAX_OPEN = 200  # tags open at once; the parser walks all of them for every element
MAX_MARKS = 4  # hidden or quoted elements inside each other that are marked as such

_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "table", "tr", "ul", "ol", "dl", "dt",
    "dd", "blockquote", "pre", "form", "fieldset", "address", "figure", "main", "center", "body",
}  # fmt: skip
_CELLS = ("td", "th")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|mso-hide\s*:\s*all|max-(?:height|width)\s*:\s*0(?![.\d])|(?:text-indent|left|top)\s*:\s*-\d{3,}"
    r"|(?<!-)color\s*:\s*transparent"
)
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
    hiding = _hiding_classes(html)
    at = opened = dropped = tags = 0
    last_close = html.rfind("-->")
    while match := _MARKUP.search(html, at):
        out.append(html[at : match.start()])
        piece, at = match.group(), match.end()
        if piece == "<!--" and match.start() + 2 <= last_close:
            at = html.index("-->", match.start() + 2) + 3
        elif piece in ("<", "<!--"):
            out.append("&lt;" + piece[1:])
        elif name := match["name"]:
            closing, void = name.startswith("/"), name.lower() in _VOID or piece.endswith("/>")
            tags += 1
            if tags > MAX_TAGS:
                out.append(" ")
            elif closing and dropped:
                dropped -= 1
            elif closing:
                opened = max(0, opened - 1)
                out.append(f"<{name}>")
            elif opened >= MAX_OPEN and not void:
                dropped += 1
            else:
                opened += not void
                out.append(f"<{name}{_attributes(piece[len(name) + 1 :], hiding)}>")
    return "".join(out) + html[at:]


def _attributes(rest: str, hiding: frozenset[str]) -> str:
    """The attributes that are read, of what follows the name in a tag."""
    found = _ATTRIBUTE.findall(rest)
    values = [(name, value.strip("\"'")[:2000].replace('"', "&quot;")) for name, value in found]
    classes = " ".join(value for name, value in values if name.lower() == "class").split()
    hidden = " hidden" if hiding.intersection(classes) else ""
    return "".join(f' {name}="{value}"' for name, value in values) + hidden


def _hiding_classes(html: str) -> frozenset[str]:
    """Classes whose own rule in a style sheet hides; rules for some media only do not count."""
    css = _style_sheets(html)
    found: set[str] = set()
    depth = begin = body = 0
    for brace in re.finditer(r"[{}]", css):
        if brace.group() == "{":
            depth += 1
            body = brace.end() if depth == 1 else body
        elif depth:
            depth -= 1
            if depth == 0:
                selectors = css[begin : body - 1].split(",")
                if _HIDDEN_STYLE.search(css[body : brace.start()].lower()):
                    found.update(s.strip().partition(".")[2] for s in selectors if "@" not in s)
                begin = brace.end()
    return frozenset(found - {""})


def _style_sheets(html: str) -> str:
    """The text of the style elements, up to a bound."""
    lower, sheets, at = html.lower(), "", 0
    while len(sheets) < MAX_CSS and (at := lower.find("<style", at)) >= 0:
        begin, end = lower.find(">", at) + 1, lower.find("</style", at)
        if not begin or end < begin:
            break
        sheets += html[begin:end]
        at = end
    return sheets[:MAX_CSS]


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
    if name in _CELLS:
        cell: list[str] = []
        _render(tag, cell, depth, pre=pre, marks=marks)
        out.append("".join(cell).strip(" \n") if not pre else "".join(cell))
        if tag.find_next_sibling(_CELLS) or tag.find_previous_sibling(_CELLS):
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


_LANGUAGES = {
    language: frozenset(words.split())
    for language, words in {
        "fr": "le la les des une est dans pour avec sur pas vous nous je votre cette qui que sont par au"
        " aux bonjour merci vulnérabilité faille peut être été ainsi mais ou où du en ce il ne sans vos"
        " j d l qu n s c mon ma mes et un on elle leur nos puis sécurité ai avez de",
        "en": "the is in for with on not you we your this that are by and of to it can be was hello"
        " thanks vulnerability please have which an as from or if at would has when will my i hi our"
        " me but they there what where how do does a user found",
        "de": "der die das und ist nicht ein eine einen mit für von auf ich sie wir ihre den dem des im"
        " zu zur wird werden kann über bei durch auch wenn oder sich als noch nach hallo danke bitte",
        "es": "el los las una que es en para con por del al se su sus no un como pero más este esta hola"
        " gracias puede desde sin muy usted cuando está usuario y lo le si ha he son de la vulnerabilidad",
        "it": "il lo gli una che è per con del della dei delle di non sono come più questo questa ciao"
        " grazie può dal dalla nel nella si ho ha anche ma un vostra vostro buongiorno e la le utente",
        "pt": "os as uma que é em para com por do da dos das não se um como mais este esta olá obrigado"
        " pode sua seu ao no na nos nas foi são você vocês sem quando e o de à usuário",
        "nl": "de het een en van is niet dat op te met voor zijn ik u jullie onze deze wordt kan door ook"
        " als bij of maar naar hallo bedankt",
        "sv": "och att det som en är på för med inte jag ni vi er av till den har kan hej tack om din vår",
        "tr": "ve bir bu için ile değil mi da de ben siz çok var merhaba lütfen olarak nasıl",
        "pl": "i w nie na jest się z do to że proszę dziękuję czy o jak jego oraz ale przez dzień dobry",
    }.items()
}


def language_of(text: str, fallback: str = "en") -> str:
    """Language to answer in: "fr" or "en", by counting small words of ten languages.

    English for people who write in a language we have no letters in; `fallback` when the text has
    too few words to tell.
    """
    plain = (word for word in text[:20_000].lower().split() if "@" not in word and "/" not in word)
    words = re.findall(r"[^\W\d_]+", " ".join(plain))
    counts = {name: sum(word in known for word in words) for name, known in _LANGUAGES.items()}
    best = max(counts.values())
    if best == 0:
        others = re.search(r"[\u0370-\u1fff\u3040-\ud7ff]", text)
        return "en" if others else fallback
    leaders = [name for name, count in counts.items() if count == best]
    if "en" in leaders and "fr" in leaders:
        return fallback
    return "fr" if leaders == ["fr"] or (counts["fr"] == best and "en" not in leaders) else "en"
