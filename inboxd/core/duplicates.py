"""Which earlier reports may be the same as a new one. A suggestion to people, never an action.

What is compared are traits: places (host and path), weaknesses, wording, files. They are computed
while a mail is read, kept in rows (`keys`) and looked up by those, so that the cost of a look does
not grow with the number of reports.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from inboxd.core.model import Attachment, Message, ReportNumber, SeenUrl, Understanding
from inboxd.core.weakness import contradict, weaknesses

MOST = 3  # suggestions in one notice
ENOUGH = 3.0  # points that make a suggestion
MAX_PLACES = 12
MAX_HOSTS = 3  # that are looked up together with a weakness
MAX_FILES = 8
MAX_PLACE = 240  # characters
MAX_WORDS = 3000
MAX_READ = 60_000  # characters of text that are looked at
RUN = 5  # words of one shingle
FEWEST_RUNS = 20  # a shorter text says nothing by its wording
BUCKETS = 64  # min-hashes of one text
BAND = 2  # neighbouring min-hashes that are one key
SMALL_FILE = 512  # bytes
SMALL_IMAGE = 20_000  # bytes; below it may be the logo of a signature


@dataclass(frozen=True, slots=True)
class Traits:
    """What one report is recognised by. Empty for a mail that could not be read."""

    places: tuple[str, ...] = ()  # "host/path", or "host" alone
    weaknesses: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()  # BUCKETS min-hashes as hexadecimal digits, or none
    files: tuple[str, ...] = ()  # sha256


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier report, as far as it matters here."""

    number: ReportNumber
    state: str
    traits: Traits


@dataclass(frozen=True, slots=True)
class Similarity:
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An earlier report that may be the same, and what speaks for it."""

    number: ReportNumber
    state: str
    evidence: tuple[str, ...]


# --- reading the traits ----------------------------------------------------------------------------


def fingerprint(message: Message, understood: Understanding) -> Traits:
    """The traits of a mail. Total; the same mail gives the same traits in every process."""
    if message.crypto.unreadable:
        return Traits()
    text = (message.new_text or message.text)[:MAX_READ]
    told = [value.value for _, value in understood.fields if value.value not in text]  # in a file
    whole = "\n".join((text, *told))[:MAX_READ]
    described = understood.value("description") or ""
    return Traits(
        places=_places(understood.urls),
        weaknesses=weaknesses((message.true_subject, described, whole), understood.cwe),
        wording=_wording(whole),
        files=_files(message.attachments),
    )


_ENTRANCE = re.compile(r"/(?:log-?in|sign-?in|log-?out|sign-?up|register|connexion|inscription)\b")
_VERSION = re.compile(r"v\d{1,2}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?=[a-f]*\d)[0-9a-f]{16,}|\d+")


def _places(urls: Iterable[SeenUrl]) -> tuple[str, ...]:
    """Hosts and paths that the report is about; the way in only where nothing else is named."""
    found = dict.fromkeys(_place(url) for url in urls if url.role == "target")
    inside = [place for place in found if not _ENTRANCE.search(place)]
    if any("/" in place for place in inside):
        return tuple(inside[:MAX_PLACES])
    return tuple(found)[:MAX_PLACES]


def _place(url: SeenUrl) -> str:
    """`app.example.com/users/{n}`: no query, and numbers folded, as each tester has their own."""
    whole = url.url if "://" in url.url else f"//{url.url}"
    try:
        path = unquote(urlsplit(whole).path)
    except ValueError:  # brackets that are no IPv6 address
        path = ""
    clean = "".join(char for char in path.lower() if char.isprintable() and not char.isspace())
    parts = [part for part in clean.split("/") if part]
    folded = [part if _VERSION.fullmatch(part) else _ID.sub("{n}", part) for part in parts]
    return "/".join((url.host.lower(), *folded))[:MAX_PLACE]


_WORD = re.compile(r"\w+")


def _wording(text: str) -> tuple[str, ...]:
    """Min-hashes of all runs of five words: one hash a run, its lowest digits name the bucket.

    A bucket that stays empty takes what its next neighbour has, so short texts compare as well.
    """
    found = (match.group() for match in islice(_WORD.finditer(text.casefold()), MAX_WORDS))
    words = ["0" if word.isdecimal() else word for word in found]
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    if len(runs) < FEWEST_RUNS:
        return ()
    lowest: dict[int, int] = {}
    for run in runs:
        digest = hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=5).digest()
        bucket, value = digest[0] % BUCKETS, int.from_bytes(digest[1:])
        lowest[bucket] = min(value, lowest.get(bucket, value))
    filled = [lowest.get(bucket, -1) for bucket in range(BUCKETS)]
    for at in range(2 * BUCKETS - 1, -1, -1):
        if filled[at % BUCKETS] < 0:
            filled[at % BUCKETS] = filled[(at + 1) % BUCKETS]
    return tuple(f"{value:08x}" for value in filled)


def _files(attachments: Iterable[Attachment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.sha256 for a in attachments if _tells(a)))[:MAX_FILES]


def _tells(attachment: Attachment) -> bool:
    """Whether it can be about the flaw: no key, no card, no logo of a signature."""
    kind = attachment.media_type
    if kind.startswith("application/p") and ("pgp" in kind or "pkcs7" in kind):
        return False
    if kind in ("text/vcard", "text/x-vcard", "text/calendar") or b"BEGIN PGP" in attachment.data[:200]:  # fmt: skip
        return False
    return attachment.size >= (SMALL_IMAGE if kind.startswith("image/") else SMALL_FILE)


# --- rows ------------------------------------------------------------------------------------------


def keys(traits: Traits) -> tuple[str, ...]:
    """Keys that reports with something telling in common share: what is looked up."""
    hosts = dict.fromkeys(_host(place) for place in traits.places)
    bands = range(0, len(traits.wording), BAND)
    return (
        *(f"place:{place}" for place in traits.places if "/" in place),
        *(f"both:{host} {name}" for host in tuple(hosts)[:MAX_HOSTS] for name in traits.weaknesses),
        *(f"file:{sha256}" for sha256 in traits.files),
        *(f"text:{at:02}:{''.join(traits.wording[at : at + BAND])}" for at in bands),
    )


def rows(traits: Traits) -> tuple[str, ...]:
    """All that is kept of a report: its keys, and what alone is no reason to look."""
    bare = (f"host:{place}" for place in traits.places if "/" not in place)
    return (*keys(traits), *bare, *(f"weak:{name}" for name in traits.weaknesses))


def traits_of(kept: Iterable[str]) -> Traits:
    """The traits that rows were made of, in any order."""
    found: dict[str, list[str]] = {}
    for row in sorted(kept):
        kind, _, value = row.partition(":")
        found.setdefault(kind, []).append(value)
    wording = "".join(band.partition(":")[2] for band in found.get("text", ()))
    return Traits(
        places=(*found.get("place", ()), *found.get("host", ())),
        weaknesses=tuple(found.get("weak", ())),
        wording=tuple(wording[at : at + 8] for at in range(0, len(wording), 8)),
        files=tuple(found.get("file", ())),
    )


# --- comparing -------------------------------------------------------------------------------------


def similar(new: Traits, known: Traits) -> Similarity | None:
    """Whether two reports may be the same, with sentences for people; a host alone or a weakness
    alone is nothing, and contradictions (another path, another weakness) weigh against it."""
    score, evidence = 0.0, []
    paths = [place for place in new.places if "/" in place and place in known.places]
    hosts = {_host(place) for place in known.places}
    host = next((_host(place) for place in new.places if _host(place) in hosts), None)
    both_paths = _has_path(new.places) and _has_path(known.places)
    both_hosts = bool(new.places and known.places)
    apart = not paths and (both_paths or (both_hosts and host is None))
    if paths:
        score += 3
        evidence.append(f"same host and path: {paths[0]}")
    elif host is not None and not apart:
        score += 1
        evidence.append(f"same host: {host}")
    shared = [name for name in new.weaknesses if name in known.weaknesses]
    if shared:
        score += 2
        evidence.append(f"both name {' and '.join(shared)}")
    same = _same_wording(new.wording, known.wording)
    if same >= 0.3:
        score += 6 * same
        evidence.append(f"about {round(same * 10) * 10} % of the wording is the same")
    files = [sha256 for sha256 in new.files if sha256 in known.files]
    if files:
        score += 4
        evidence.append(f"same attachment (sha256 {files[0][:16]}\u2026)")
    score -= 2 * apart + 2 * contradict(new.weaknesses, known.weaknesses)
    return Similarity(score, tuple(evidence)) if score >= ENOUGH else None


def suggest(new: Traits, known: Iterable[Known]) -> tuple[Suggestion, ...]:
    """The most similar reports; of equal ones the earliest, as it may be the first of them all."""
    found = [(similar(new, one.traits), one) for one in known]
    ranked = sorted(
        ((alike, one) for alike, one in found if alike is not None),
        key=lambda pair: (-round(pair[0].score), pair[1].number),
    )
    return tuple(Suggestion(one.number, one.state, alike.evidence) for alike, one in ranked[:MOST])


def _host(place: str) -> str:
    return place.partition("/")[0]


def _has_path(places: tuple[str, ...]) -> bool:
    return any("/" in place for place in places)


def _same_wording(new: tuple[str, ...], known: tuple[str, ...]) -> float:
    """Share of the runs of words that two texts have in common, 0 to 1, from their min-hashes."""
    if not new or len(new) != len(known):
        return 0.0
    overlap = sum(a == b for a, b in zip(new, known, strict=True)) / len(new)
    return 2 * overlap / (1 + overlap)
