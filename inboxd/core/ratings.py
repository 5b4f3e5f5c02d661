"""How a report rates itself: CVSS, CWE, severity words, number of findings, flags for people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cvss import CVSS3, CVSS4, CVSSError  # LGPL, separate dependency

from inboxd.core.model import Cvss, Flag, Found, SeenUrl, Severity
from inboxd.core.vocabulary import FLAG_CUES, SEVERITY_CLAIM, SEVERITY_WORDS, VAGUE_OFFER

_VECTOR = re.compile(
    r"\b(?:CVSS:(?P<version>[34]\.[01])/)?(?P<metrics>AV:[NALP]/AC:[LH]/[A-Za-z:/]{10,200})"
)


def find_cvss(text: str) -> Cvss | None:
    """The first CVSS 3.x or 4.0 vector that the official scoring accepts (FIRST, CVSS v3.1/v4.0)."""
    for match in _VECTOR.finditer(text):
        version = match["version"] or ("4.0" if "/AT:" in match["metrics"] else "3.1")
        vector = f"CVSS:{version}/{match['metrics'].rstrip('/:')}"
        try:
            if version.startswith("4"):
                v4 = CVSS4(vector)
                return Cvss(vector, float(v4.base_score), _band(float(v4.base_score)))
            v3 = CVSS3(vector)
            return Cvss(vector, float(v3.scores()[0]), _band(float(v3.scores()[0])))
        except CVSSError:
            continue
    return None


def _band(score: float) -> Severity:
    if score >= 9.0:
        return Severity.CRITICAL
    if score >= 7.0:
        return Severity.HIGH
    return Severity.MEDIUM if score >= 4.0 else Severity.LOW


def find_cwe(text: str) -> tuple[str, ...]:
    found = re.findall(r"\bCWE(?:[- ]?ID)?[-\s:#]{1,3}(\d{1,5})\b", text, re.IGNORECASE)
    return tuple(dict.fromkeys(f"CWE-{int(n)}" for n in found))


def find_severity(text: str) -> str | None:
    match = SEVERITY_CLAIM.search(text) or SEVERITY_CLAIM.search(_joined(text))
    if not match:
        return None
    word = next(group for group in match.groups() if group).lower()
    return SEVERITY_WORDS.get(word)


def _joined(text: str) -> str:
    """The text with the lines of each paragraph as one: sentences do not care for line ends."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


_FINDING = re.compile(
    r"(?im)^\W{0,6}(?:finding|vulnerability|vulnérabilité|vulnerabilite|issue|bug|faille|problem|problème|report)"
    r"\s*(?:#|n[°o]\.?\s*)?(\d{1,2})\b"
)


def count_findings(text: str) -> int:
    return max(1, len(set(_FINDING.findall(text))))


_DENIED = re.compile(
    r"\b(?:no|not|never|without|didn['’]t|did not|don['’]t|isn['’]t|pas|aucune?|sans|jamais|non|ni|nor|neither|avoid\w*|n['’])\b[^.!?\n]{0,50}$",
    re.IGNORECASE,
)


def find_flags(text: str, urls: tuple[SeenUrl, ...], fields: dict[str, Found]) -> Iterable[Flag]:
    for code, cue in FLAG_CUES:
        for match in cue.finditer(text):
            line_start = text.rfind("\n", 0, match.start()) + 1
            before = text[max(line_start, match.start() - 100) : match.start()]
            if code != "theoretical" and _DENIED.search(before):
                continue
            line = text[max(line_start, match.start() - 100) : match.end() + 60]
            yield Flag(code, line.split("\n")[0].strip()[:200])
            break
    processor = next(
        (u for u in urls if u.scope == "out" and u.role == "target" and "sub-processor" in u.why),
        None,
    )
    if processor:
        yield Flag("sub-processor", f"{processor.host}: {processor.why}")
    asks = any(cue.search(text) for code, cue in FLAG_CUES if code == "bounty-ask")
    told = sum(name in fields for name in ("components", "reproduction_steps", "proof_of_concept"))
    if not asks or len(text) > 2500:
        return
    if _SCANNER.search(text):
        yield Flag("beg-bounty", "asks for money for what a scanner says of every site")
    elif not told and VAGUE_OFFER.search(text):
        yield Flag("beg-bounty", "asks for money and says nothing that could be checked")


_SCANNER = re.compile(
    r"\b(?:spf|dmarc|dkim|dnssec|caa|bimi)\b|x-frame-options|clickjack\w*|missing (?:\w+ )?headers?|strict-transport|x-content-type|content-security-policy|xmlrpc|server (?:version|banner)|directory listing",
    re.IGNORECASE,
)
