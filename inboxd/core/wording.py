"""Facts in words: instants with their zone, time left, excerpts. English and French.

Templates get these texts, not objects to call, so that wording belongs to the team and no
template can reach into the program.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip


def instant(at: datetime, zone: ZoneInfo, language: str) -> str:
    """An absolute instant for people: `Wednesday 25 November 2026, 14:03 CET (UTC+01:00)`."""
    local = at.astimezone(zone)
    days, months = _DAYS.get(language, _DAYS["en"]), _MONTHS.get(language, _MONTHS["en"])
    offset = local.strftime("%z")
    joiner = " à " if language == "fr" else ", "
    return (
        f"{days[local.weekday()]} {local.day} {months[local.month - 1]} {local.year}{joiner}"
        f"{local:%H:%M} {local.tzname()} (UTC{offset[:3]}:{offset[3:5]})"
    )


def time_left(until: datetime, now: datetime) -> str:
    """`2 days 3 hours left`, or `4 hours late`; internal mails only, so English."""
    gap = until - now
    late = gap < timedelta(0)
    minutes = int(abs(gap).total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = []
    if days:
        parts.append(f"{days} day{'s' * (days != 1)}")
    if hours:
        parts.append(f"{hours} hour{'s' * (hours != 1)}")
    if not days and not hours:
        parts.append(f"{minutes} minute{'s' * (minutes != 1)}")
    return f"{' '.join(parts)} {'late' if late else 'left'}"


def excerpt(text: str, lines: int = 4, width: int = 400) -> str:
    """The beginning of a text, cut at a line or a word, with a mark when something is left out."""
    kept = [line.rstrip() for line in text.strip().split("\n") if line.strip()]
    short = "\n".join(kept[:lines])
    cut = len(kept) > lines
    if len(short) > width:
        short = re.sub(r"\s+\S*$", "", short[:width])
        cut = True
    return f"{short} [...]" if cut else short


def fingerprint_words(fingerprint: str) -> str:
    """A fingerprint in groups of four, as people compare it."""
    return " ".join(fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4))
