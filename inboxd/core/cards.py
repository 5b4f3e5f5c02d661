"""Calendar entries and visiting cards as lines that a person can read.

Both are content lines of the same form (RFC 5545 section 3.1, RFC 6350 section 3.2). Only what
tells a reader something is shown; the file itself stays attached.
"""

from __future__ import annotations

import quopri
import re

from inboxd.core.headers import decode_bytes

CARD_TYPES = (
    "text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory",
)  # fmt: skip
MAX_CARD = 64 * 1024  # characters
_SHOWN = {
    "SUMMARY": "Event",
    "DTSTART": "Begins",
    "DTEND": "Ends",
    "LOCATION": "Place",
    "ORGANIZER": "Organiser",
    "STATUS": "Status",
    "DESCRIPTION": "",
    "COMMENT": "",
    "FN": "Name",
    "ORG": "Organisation",
    "TITLE": "Title",
    "EMAIL": "E-mail",
    "TEL": "Telephone",
    "URL": "Link",
    "NOTE": "",
}
_LINE = re.compile(r"^(?:[\w-]+\.)?([A-Za-z-]{2,30})((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)$")
_ESCAPED = re.compile(r"\\([nN,;\\])")


def readable_card(text: str) -> str:
    """The telling lines of an iCalendar or vCard text, each once; "" when there are none."""
    found: dict[str, None] = {}
    for line in re.sub(r"\n[ \t]", "", text[:MAX_CARD]).split("\n"):
        match = _LINE.match(line[:20_000].rstrip())
        if match is None or match[1].upper() not in _SHOWN:
            continue
        label, value = _SHOWN[match[1].upper()], match[3]
        if "QUOTED-PRINTABLE" in match[2].upper():  # vCard 2.1
            value = decode_bytes(quopri.decodestring(value.encode()))
        value = _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value).strip()
        value = re.sub(r"(?i)^mailto:", "", value)
        shown = f"{label}: {value}" if label else value
        if value:
            found[shown] = None
    return "\n".join(found)


def calendar_method(text: str) -> str:
    """What an iCalendar object is for (RFC 5546 section 1.4), in capitals; "" when unsaid."""
    found = re.search(r"^METHOD:([A-Z-]{2,20})\r?$", text[:MAX_CARD], re.MULTILINE | re.IGNORECASE)
    return found[1].upper() if found else ""
