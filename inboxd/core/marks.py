"""The marks that people give to headings, labels and points of lists, as patterns of one line."""

from __future__ import annotations

import re

MARKDOWN = re.compile(r"^\s{0,3}(#{1,6}(?!\.\s)|h[1-6]\.(?=\s))\s*(?=\S)(.+?)\s*#*\s*$")
BOLD = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:\d{1,2}[.)]\s*)?(\*\*|__|\*)(?=[^\s*])(.{2,130}?)\1(?!\*)\s*[:：]?\s*(.*)$"
)
WRAPPED = re.compile(
    r"^\s*(?:={2,4}|\[|【|\*{3}|-{2,}|>{2,3}|<{1,2}|■|□|●|◆|◇|▼|▶|★|※)\s*([^=\[\]【】\n]{2,60}?)\s*"
    r"(?:={2,}|\]|】|\*{3}|-{2,}|<{2,3}|>{1,2})?\s*[:：]?\s*$"
)
SURE_MARK = re.compile(r"^\s*[【■□●◆◇▼▶★※]")
SIDE = re.compile(r"^\s*(?:\[|【)\s*([^\[\]【】\n]{2,50}?)\s*(?:\]|】)\s*[:：]?\s*(\S.*)$")
NUMBERED = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})?[.):]|\d{1,2}(?:\.\d{1,2}){2,4}|\d{1,2}(?=\s{3})|\d{1,2}\s*[-–]|[a-f][.)]|[IVX]{1,4}(?:[.)]|\s[-–—]))\s+(.+)$"
)
CJK_NUMBERED = re.compile(r"^\s*[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]\s*(\S.*)$")
BULLET = re.compile(r"^\s*[-*•·▪►+>o]\s+(.+)$")
LABEL = re.compile(
    r"^([^\n:：=|]{2,100}?)\s*(?:[:：]-?(?=\s|$)|[:：]|\s?=\s|=>|->|→)(?:\s+|$|(?=[^\s/]))(.*)$"
)
ANSWERED = re.compile(r"^([^\n?？]{8,80}[?？])\s+(\S.*)$")  # a question and its answer on one line
QUESTION = re.compile(r"^\s*(?:Q|F|P|D|Question|Frage)\s?\d{0,2}\s?[:.)]\s+(\S.{5,120}[?？])\s*$")
ANSWER_MARK = re.compile(r"\s*(?:A|R|Answer|Antwort|R[ée]ponse)\s?\d{0,2}\s?[:.)]\s+")
ZINE = re.compile(r"^\s*-{1,3}\[\s*(?:0x)?[0-9a-fA-F.]{1,4}\s*[-–:.]?\s+(\S.{0,60}?)\s*(?:\]-*)?$")
DOTTED = re.compile(r"^\s*([^\W\d_][^\n.]{1,38}?)\s?\.{3,}\s?:?\s*(\S.*)$")
DASHED = re.compile(  # "Impact - all accounts", "IMPACT- all accounts"
    r"^(.{2,40}?)(?:\s+|(?<=[A-Z]{3}))[-\u2013\u2014]\s+(\S.*)$"
)
ALIGNED = re.compile(r"^([^\W\d_][^\s:|]{1,20}(?: [^\s:|]{1,16}){0,3}) {2,}(\S.*)$")
WIKI = re.compile(r"^(?:h[1-6]\. \S|={1,4} \S.{0,80} ={1,4}\s*$)")
ANSWER = re.compile(
    r"(?:yes|yep|yeah|no|nope|oui|non|ja|nein|sim|s[íìi]|n[ãa]o|tak|nie|да|нет|evet|hay[ıi]r|g[äa]rna|gerne?|volontiers|graag|sure|n/a)(?![\w'])|[是否](?=[,，。、]|$)|はい|いいえ",
    re.IGNORECASE,
)
"""How an answer begins, which is no heading."""
STARRED = re.compile(r"^\*{1,3} (\S.{1,60})$")  # of Emacs' org mode
UNDERLINE = re.compile(r"^\s*([=\-~*_#])\1{3,}\s*$")
PLACEHOLDER = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)?[\[<({](?:add|list|describe|insert|provide|your|fill|please|enter|explain|e\.g|step|write|put|d[ée]crire|ajouter|hier)\b[^\])>}]{0,300}[\])>}]\W*$",
    re.IGNORECASE,
)
"""A line of a template that nobody filled in."""
LONG_GAP = re.compile(r"\s{40}")
EMOJI = re.compile(
    "^\\s*[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f300-\U0001faff]*\\s+(?=\\S)"
)


def unlisted(line: str) -> tuple[str, str, int]:
    """("numbered" or "label", the line without its list mark, offset of that)."""
    marks = ((NUMBERED, "numbered"), (CJK_NUMBERED, "numbered"), (BULLET, "label"))
    for pattern, name in (*marks, (EMOJI, "label")):
        listed = pattern.match(line)
        if listed:
            if pattern is EMOJI:
                return name, line[listed.end() :], listed.end()
            return name, listed.group(1), listed.start(1)
    return "label", line, 0


def looks_like_label(title: str, line: str) -> bool:
    """A short capitalised `Key: value` in the middle of labels ends the value before it."""
    return (
        bool(re.match(r"[A-Z\u00c0-\u024f\u0400-\u042f]", title))
        and len(title.split()) <= 3
        and not line[:1].isspace()
        and not re.search(r"^https?$|[{}<>\[\]\"=]", title)
        and title.lower() not in _PROTOCOL
        and title.count("(") == title.count(")")
        and not ANSWER.match(title)
    )


# Headers of mails and requests, which are shown as evidence.
_PROTOCOL = frozenset(
    """received return-path from to cc subject date message-id dkim-signature authentication-results
    received-spf host cookie set-cookie accept user-agent authorization content-type content-length
    origin referer location server connection cache-control access-control-allow-origin etag via
    x-forwarded-for x-forwarded-host x-powered-by upgrade transfer-encoding""".split()
)
