"""URLs and hosts of a report against the policy's scope. Advice to people, never a verdict.

Defanged addresses (hxxps, [.]) are restored for matching only; what is quoted stays as it was
written. Hosts that are not targets (attackers' hosts, documentation, videos) are told apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from inboxd.core.model import SeenUrl

MAX_URLS = 200
MAX_LINE = 20_000  # characters of one line that are searched


@dataclass(frozen=True, slots=True)
class SubProcessor:
    """A company whose service we use and whose flaws are its own to receive (policy section 02)."""

    name: str
    hosts: tuple[str, ...]
    report_to: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Host patterns: `example.com` is that host alone, `*.example.com` every host below it."""

    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    sub_processors: tuple[SubProcessor, ...] = ()

    def judge(self, host: str) -> tuple[str, str]:
        """("in" | "out" | "unknown", why) for one host; the exclusions win."""
        for processor in self.sub_processors:
            if any(matches(host, pattern) for pattern in processor.hosts):
                return (
                    "out",
                    f"{processor.name} is a sub-processor: report to {processor.report_to}",
                )
        for pattern in self.outside:
            if matches(host, pattern):
                return "out", f"the policy excludes {pattern}"
        for pattern in self.inside:
            if matches(host, pattern):
                return "in", f"the policy names {pattern}"
        return "unknown", "the policy does not name this host"

    def sub_processor_of(self, host: str) -> SubProcessor | None:
        for processor in self.sub_processors:
            if any(matches(host, pattern) for pattern in processor.hosts):
                return processor
        return None


def matches(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern


_DEFANG = (
    (re.compile(r"\b[hH][xX*]{2}[pP]([sS]?)(?:\[:\]|:)"), r"http\1:"),
    (re.compile(r"\[://\]"), "://"),
    (re.compile(r"\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))\s?", re.IGNORECASE), "."),
)

_URL = re.compile(
    r"(?P<scheme>https?|wss?|ftp)://(?P<auth>[^\s/@<>\"']{1,80}@)?"
    r"(?P<host>(?:[\w-]{1,63}\.)+[A-Za-z\d-]{2,24}|\d{1,3}(?:\.\d{1,3}){3}|localhost)(?P<port>:\d{1,5})?"
    r"(?P<path>[/?#][^\s<>\"'`|\\^\]]*)?",
    re.IGNORECASE,
)
_TLDS = (
    "com|org|net|io|fr|eu|dev|app|co|uk|de|es|it|pt|nl|be|ch|ai|cloud|info|biz|me|us|ca|jp|cn|ru|in"
    "|example|test|tech|online|site|xyz|shop|tv|gov|edu|int"
)
_HOST = re.compile(
    rf"(?<![\w@./-])(?P<host>(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+(?:{_TLDS}))"
    r"(?P<port>:\d{1,5})?(?P<path>/[^\s<>\"'`|\\^\]]*)?(?![\w@-])",
    re.IGNORECASE,
)
_REFERENCE_HOSTS = (
    "owasp.org", "mitre.org", "nist.gov", "first.org", "portswigger.net", "github.com",
    "githubusercontent.com", "gitlab.com", "youtube.com", "youtu.be", "vimeo.com", "drive.google.com",
    "dropbox.com", "medium.com", "twitter.com", "x.com", "linkedin.com", "mozilla.org", "w3.org",
    "hackerone.com", "bugcrowd.com", "intigriti.com", "yeswehack.com", "wikipedia.org", "ietf.org",
    "rfc-editor.org", "imgur.com", "pastebin.com", "streamable.com", "loom.com", "infosec.exchange",
    "mastodon.social", "keybase.io", "hackerone.com", "snyk.io", "exploit-db.com", "cvedetails.com",
)  # fmt: skip
_ATTACKER = re.compile(
    r"(?:^|[.-])(?:evil|attacker|malicious|hacker|pirate|attaquant|burpcollaborator|oastify|interact"
    r"|oast|webhook|requestbin|xss|canarytokens|ngrok|localhost)(?:[.-]|$)|^example\.(?:com|org|net)$",
    re.IGNORECASE,
)
_REFERENCE_LINE = re.compile(
    r"\b(?:reference|see (?:also)?|source|video|write-?up|blog|credit|link|profile|hall of fame"
    r"|référence|voir|vidéo|lien|profil|crédit|documentation|more info|website|portfolio)\b",
    re.IGNORECASE,
)

_LISTED_REFERENCE = re.compile(
    r"^\W*(?:references?|see also|documentation|docs?|r[ée]f[ée]rences?|voir aussi|referenzen?|siehe auch|referencias?|riferimenti)\s*[:：-]",
    re.IGNORECASE,
)


_NO_SCHEME = re.compile(r"=[/\\]{2,}(?=[\w-]+\.)")  # "?next=//host" leads there, too


def restore(text: str) -> str:
    """The text with defanged URLs made whole, for matching only."""
    for pattern, replacement in _DEFANG:
        text = pattern.sub(replacement, text)
    return text


def find_urls(text: str, scope: Scope, sender_domain: str = "") -> tuple[SeenUrl, ...]:
    """Every distinct URL and bare host with its place in the scope and its role."""
    found: dict[str, SeenUrl] = {}
    for line in restore(text).split("\n"):
        covered = 0  # end of the last URL: hosts inside one are not noted again
        urls = {match.start(): match for match in _URL.finditer(line[:MAX_LINE])}
        hosts = {match.start(): match for match in _HOST.finditer(line[:MAX_LINE])}
        for at in sorted({*urls, *hosts}):
            if len(found) >= MAX_URLS:
                return tuple(found.values())
            match = urls.get(at) or hosts[at]
            if at >= covered:
                _note(found, match, line, scope, sender_domain)
                covered = match.end() if at in urls else covered
                inside = _NO_SCHEME.sub("=http://", unquote(match["path"] or ""))
                for inner in _URL.finditer(inside):
                    if scope.judge(inner["host"].lower())[0] != "in":  # where a redirect leads
                        _note(found, inner, line, scope, sender_domain)
    return tuple(found.values())


def _note(
    found: dict[str, SeenUrl], match: re.Match[str], line: str, scope: Scope, sender_domain: str
) -> None:
    host = match["host"].lower().rstrip(".")
    url = match.group().rstrip(".,;:!?)*_'\u2019\u00bb")
    if url in found:
        return
    place, why = scope.judge(host)
    before = line[max(0, match.start() - 200) : match.start()]
    role, role_why = _role(host, place, before, sender_domain, match["path"] or "")
    found[url] = SeenUrl(url, host, place, role, f"{why}; {role_why}" if role_why else why)


def _role(host: str, place: str, before: str, sender_domain: str, path: str) -> tuple[str, str]:
    if place == "in":
        return (
            ("reference", "its line calls it one")
            if _LISTED_REFERENCE.match(before)
            else ("target", "")
        )
    if any(host == known or host.endswith("." + known) for known in _REFERENCE_HOSTS):
        if place == "out" and not path:
            return "target", ""
        return "reference", "a site that reports refer to"
    if _ATTACKER.search(host):
        return "reference", "the name of an attacker's or example host"
    if place == "out":
        return "target", ""
    if sender_domain and (host == sender_domain or host.endswith("." + sender_domain)):
        return "reference", "the sender's own domain"
    if _REFERENCE_LINE.search(before):
        return "reference", "its line calls it a reference"
    return "reference", "not a host of ours"
