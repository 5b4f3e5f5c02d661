"""Classes of weaknesses, by the words people use and by CWE. A class is named as people read it.

Rough on purpose: it only helps to see that two reports may be about the same thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_READ = 20_000  # characters of one text that are looked at
MAX_NAMED = 4  # a mail that names more weaknesses than this is a list, and a list says nothing

_CLASSES: tuple[tuple[str, tuple[int, ...], str], ...] = (
    (
        "cross-site scripting",
        (79, 80, 83, 85, 87),
        r"xss|cross[- ]?site[- ]?scripting|html injections?|injections? (?:de )?(?:html|javascript)"
        r"|script injections?",
    ),
    (
        "SQL injection",
        (89, 564, 943),
        r"(?:blind |no)?sqli|(?:no)?sql[- ]injections?|injections? (?:no)?sql|sqlmap",
    ),
    (
        "broken access control (IDOR)",
        (284, 285, 566, 639, 732, 862, 863),
        r"idor|bola|bfla|insecure direct object\w*|broken (?:object[- ]level )?(?:access|authori[sz]ation)"
        r"|access control|(?:missing|improper|lack of|no) authori[sz]ation|privilege escalation"
        r"|controle d'acces|references? directes? (?:non securisees? )?a (?:un objet|des objets)"
        r"|(?:elevation|escalade) de privileges?",
    ),
    ("server-side request forgery", (918,), r"ssrf|server[- ]side request forger\w+"),
    (
        "cross-site request forgery",
        (352,),
        r"csrf|xsrf|cross[- ]site request forger\w+|falsification de requetes?",
    ),
    ("open redirect", (601,), r"open[- ]redirect\w*|unvalidated redirect\w*|redirections? ouvertes?"),
    (
        "path traversal",
        (22, 23, 35, 36, 73, 98),
        r"(?:path|directory)[- ]traversal|lfi|rfi|(?:local|remote) file inclusion|arbitrary file read"
        r"|traversee de (?:repertoires?|chemins?)|inclusion de fichiers?",
    ),
    (
        "code or command injection",
        (77, 78, 88, 94, 95, 96, 917),
        r"rce|remote (?:code|command) execution|(?:os )?command injections?|code injections?"
        r"|injections? de (?:commandes?|code)|execution de code",
    ),
    ("template injection", (1336,), r"ssti|csti|template injections?|injections? de (?:gabarits?|templates?)"),
    ("XML external entities", (611, 776), r"xxe|xml external entit\w+|entites? externes?"),
    ("unsafe deserialization", (502,), r"(?:insecure |unsafe )?deseriali[sz]ation\w*|object injections?"),
    (
        "unrestricted file upload",
        (434,),
        r"(?:unrestricted|arbitrary|malicious|insecure) (?:file )?uploads?|webshell"
        r"|(?:televersement|envoi) (?:arbitraire )?de fichiers?",
    ),
    ("clickjacking", (1021,), r"click-?jacking|ui redress\w*|x-frame-options|frame-ancestors"),
    (
        "email spoofing",
        (290,),
        r"spf|dmarc|dkim|e?-?mail spoof\w+|spoof\w+ e?-?mails?|usurpation d'(?:e-?mail|adresse)\w*",
    ),
    ("subdomain takeover", (), r"(?:sub-?domain|domain|dns) take-?over|prise de controle d'un sous-domaine"),
    ("CORS misconfiguration", (346, 942), r"cors|access-control-allow-origin"),
    (
        "missing rate limit",
        (307, 770, 799, 837),
        r"rate[- ]?limit\w*|brute[- ]?forc\w+|email bomb\w*|limitation de debit|force brute",
    ),
    (
        "denial of service",
        (400, 405, 1333),
        r"denial[- ]of[- ]service|r?e?dos|deni de service|resource exhaustion",
    ),
    (
        "authentication bypass",
        (287, 288, 289, 294, 306, 640),
        r"(?:auth\w*|login|2fa|mfa|otp)[- ]bypass|bypass\w* (?:of )?(?:the )?(?:auth\w*|login|2fa|mfa|otp)"
        r"|account take-?over|broken auth\w*|contournement de l'authentification"
        r"|(?:prise de controle|vol) de comptes?",
    ),
    (
        "session handling",
        (384, 613, 614, 1004),
        r"session (?:fixation|expir\w+|hijack\w+)|cookie\w* without|fixation de session"
        r"|(?:httponly|samesite) (?:flag|attribute)",
    ),
    (
        "hard-coded or leaked secrets",
        (312, 321, 522, 540, 798),
        r"hard-?coded|(?:leaked|exposed) (?:api )?(?:keys?|secrets?|credentials?|tokens?)"
        r"|(?:cles?|secrets?|identifiants?) (?:api )?(?:exposee?s?|divulguee?s?|en dur)",
    ),
    (
        "information disclosure",
        (200, 201, 209, 497, 532, 548),
        r"information (?:disclosure|leak\w*|exposure)|data (?:leak\w*|exposure)|directory listing"
        r"|stack traces?|\.git (?:folder|directory|repository)|(?:divulgation|fuite) d'informations?"
        r"|fuite de donnees",
    ),
    ("request smuggling", (444,), r"(?:http )?(?:request )?smuggling|desync"),
    ("CRLF injection", (93, 113), r"crlf|header injections?|response splitting|injections? d'en-tetes?"),
    ("cache poisoning", (349, 525), r"cache (?:poison\w+|decept\w+)|empoisonnement (?:du|de) cache"),
    ("race condition", (362, 367), r"race[- ]conditions?|toctou|situations? de competition"),
    ("prototype pollution", (1321,), r"prototype pollution|pollution de prototype"),
    ("memory corruption", (119, 120, 121, 122, 125, 416, 787), r"(?:buffer|heap|stack) overflows?|use[- ]after[- ]free"),
)  # fmt: skip

_BY_CWE = {f"CWE-{number}": name for name, numbers, _ in _CLASSES for number in numbers}
_BY_WORD = tuple((name, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for name, _, words in _CLASSES)

# How people describe the commonest flaw without its name; looked at when nothing is named.
_ELSES = re.compile(
    r"\b(?:(?:an)?other|another's|different|any|all) (?:users?|customers?|clients?|people|persons?"
    r"|accounts?|tenants?|companies)\b|\b(?:someone|somebody|anyone) else|\bwithout (?:any )?permissions?"
    r"|\b(?:d'autres?|autres|d'un autre|tous les) (?:utilisat\w+|clients?|comptes?|personnes?)"
    r"|\bsans (?:y )?(?:etre )?autoris\w+"
)

# One flaw is often named after its cause by one person and after its effect by another.
_RELATED = (
    frozenset(
        {
            "broken access control (IDOR)",
            "authentication bypass",
            "information disclosure",
            "session handling",
            "hard-coded or leaked secrets",
        }
    ),
    frozenset(
        {
            "code or command injection",
            "template injection",
            "unsafe deserialization",
            "unrestricted file upload",
            "path traversal",
        }
    ),
    frozenset({"missing rate limit", "denial of service", "authentication bypass"}),
    frozenset({"cross-site scripting", "CRLF injection", "prototype pollution", "cache poisoning"}),
)


def weaknesses(texts: Iterable[str], cwe: Iterable[str]) -> tuple[str, ...]:
    """Names of the weaknesses: those of the first text that names some, and of the CWE ids.

    A CWE id without a class here stands for itself.
    """
    named = {_BY_CWE.get(one, one)[:40] for one in cwe}
    plain = [_plain(text) for text in texts]
    for text in plain:
        found = {name for name, pattern in _BY_WORD if pattern.search(text)}
        if found:
            named |= found
            break
    if not named and any(_ELSES.search(text) for text in plain):
        named = {"broken access control (IDOR)"}
    return tuple(sorted(named)) if len(named) <= MAX_NAMED else ()


def contradict(one: Iterable[str], other: Iterable[str]) -> bool:
    """Both name weaknesses, and these can hardly be the same flaw."""
    first, second = frozenset(one), frozenset(other)
    if not first or not second or first & second:
        return False
    if any(name.startswith("CWE-") for name in first | second):
        return False
    return not any(first & group and second & group for group in _RELATED)


def _plain(text: str) -> str:
    """Lower case without accents and typographic apostrophes."""
    lower = unicodedata.normalize("NFKD", text[:MAX_READ].replace("\u2019", "'").lower())
    return "".join(char for char in lower if not unicodedata.combining(char))
