"""What is affected, when no heading names it: targets by URL, products, packages, parts by name."""

from __future__ import annotations

import re
from dataclasses import replace

from inboxd.core.model import Found, SeenUrl

_COMPONENT_WORDS = re.compile(
    r"\b(?:the|your|on|in|of|la|le|les|votre|vos|sur|dans|de|du|l['’]|der|die|das|im|ihre[rmn]?)\s?((?:[\w'’-]+ ){0,3}?(?:page|endpoint|form|api|dashboard|module|plug-?in|app|application"
    r"|portal|formulaire|tableau de bord|portail|parameter|paramètre|service|feature|widget|login|upload|editor|field|client|console|function|functionality|link|mechanism|integration|extension|server|interface|importer|export|import)(?: (?:mobile|ios|android|web))*(?: (?:ios|android))?(?:['’]s (?:\w+ ){0,2}(?:page|endpoint|form|function|feature|export))?)\b",
    re.IGNORECASE,
)


_PACKAGE = re.compile(r"\b(?:com|org|io|net|fr|de)\.[a-z]\w*(?:\.\w+)+\b(?!/)")
_PRODUCT = re.compile(  # a package, a bucket by name, a product with its version
    r"\b(?:com|org|io|net|fr|de)\.[a-z]\w*(?:\.\w+)+\b(?!/)|(?<=bucket )[a-z0-9][a-z0-9.-]{4,60}"
    r"|\b(?!(?:CVSS|Android|iOS|iPhone|Windows|Firefox|Chrome|Safari|Edge|TLS|HTTP|Python|Ubuntu|Debian|macOS|version|level|section|score|Version)\b)"
    r"(?:[A-Z][\w-]{2,30}|[a-z]{1,30}-[a-z-]{1,40})(?: [A-Z][a-z]\w{1,20}){0,2} v?\d+\.\d+(?:\.\d+)*\b"
)
_PATH = re.compile(
    r"(?<![\w/])(?:~/|/)?(?:[\w.-]{1,40}/){1,6}[\w-]{0,40}\.(?:json|env|conf|ya?ml|js|php|log|db|sqlite|xml|kt|java|py|sock)\b"
)


def add_components(text: str, urls: tuple[SeenUrl, ...], fields: dict[str, Found]) -> None:
    targets = [u.url for u in urls if u.role == "target" and u.scope == "in"]
    told = fields.get("components")
    if told:
        if targets and not any(u.host in told.value.lower() for u in urls):  # a product by name
            fields["components"] = replace(told, value="\n".join((told.value, *targets)))
        return
    targets = [u.url for u in urls if u.role == "target"]
    package = _PACKAGE.search(text)
    targets += [package.group()] if package and targets else []
    if targets:
        at = max(text.find(targets[0]), 0)
        value = "\n".join(dict.fromkeys(targets))
        fields["components"] = Found(value, at, at + len(targets[0]), "prose")
        return
    named = _PRODUCT.search(text) or _COMPONENT_WORDS.search(text) or _PATH.search(text)
    if named and "description" in fields:
        at, end = named.span(named.lastindex or 0)
        fields["components"] = Found(text[at:end], at, end, "prose")


def listed(fields: dict[str, Found]) -> tuple[str, ...]:
    found = fields.get("components")
    if found is None:
        return ()
    lines = (re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", "", line) for line in found.value.split("\n"))
    return tuple(line.strip(" `*|\t") for line in lines if line.strip(" `*|\t"))[:50]
