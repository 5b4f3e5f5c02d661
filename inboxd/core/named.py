"""The name, the handle and the link that a wish to be named gives."""

from __future__ import annotations

import re

from inboxd.core.scope import restore
from inboxd.core.words.credits import BARE_NO
from inboxd.core.words.names import (
    AKA,
    CALLED,
    HANDLE,
    LINK,
    NAME_LABEL,
    NAMES,
    NICK,
    NICK_ALONE,
    NOT_NAMES,
    QUOTED,
    SEVERAL,
    SOCIAL,
)

MAX_NAMES = 14  # words of an answer that is nothing but names and links


def details_of(block: str) -> tuple[str | None, str | None, str | None]:
    """(name, handle, link) as a wish or an answer gives them."""
    block = restore(block).replace("**", "")
    name = handle = link = None
    for match in NAME_LABEL.finditer(block):
        what, value = match["what"].lower(), match["value"].strip(' *_`\t"“”«»')
        if BARE_NO.match(value):
            continue
        if (
            what.endswith(("name", "nome"))
            and what not in ("username", "nickname")
            or what.startswith(("nom",))
        ):
            name = name or value
        elif what in ("link", "lien", "url", "website", "profile", "profil", "site"):
            link = link or value
        else:
            handle = handle or value.rstrip(".")
    found_handle = HANDLE.search(block)
    social = SOCIAL.search(block)
    called = CALLED.search(block) or NICK_ALONE.match(block)
    aka = AKA.search(block)
    if handle is None and found_handle:
        handle = "@" + found_handle.group(1)
    elif handle is None and called and not NOT_NAMES.match(called["nick"]):
        handle = called["nick"]
    elif handle is None and aka:
        handle = aka["nick"] or aka["yes"]
    elif handle is None and social:
        handle = social.group(1)
    found_link = LINK.search(block)
    if link is None and found_link:
        link = found_link.group().rstrip(".,;")
    name = name or _name_of(block)
    if name and handle is None and re.fullmatch(NICK, name):
        handle = name
    return name, handle, link


def _name_of(block: str) -> str | None:
    flat = re.sub(r"\s*\n\s*", " ", block)
    bare = LINK.sub(" ", flat)
    quoted = QUOTED.search(bare)
    if quoted:
        return _without_extras(quoted["who"])
    for pattern in NAMES:
        for found in pattern.finditer(bare):
            who = found.groupdict().get("who") or found.groupdict().get("nick") or ""
            words = who.split()
            while words and NOT_NAMES.match(words[0].rstrip(".")):
                words.pop(0)
            who = " ".join(words)
            if who:
                who = who if re.search(r"\b[A-Z]\.$", who) else who.rstrip(".")
                return (_joined(bare, who) if " " in who else _in_full(bare)) or who
    return _in_full(bare)


def _joined(block: str, who: str) -> str | None:
    """The names of several people, of which `who` is the first."""
    several = (found["who"] for found in SEVERAL.finditer(block))
    return next(
        (names for names in several if names.startswith(f"{who} ") and _AND.search(names)), None
    )


_AND = re.compile(r" (?:and|&|et|und|y|e) ")


def _in_full(block: str) -> str | None:
    """The first run of words that can only be the names of people or of a firm."""
    for found in SEVERAL.finditer(block):
        words = found["who"].split()
        while words and NOT_NAMES.match(words[0].strip(".,")):
            words.pop(0)
        if len(words) > 1 and not _TOPICS.search(" ".join(words)):
            return " ".join(words)
    return None


_TOPICS = re.compile(
    r"\b(?:Hall|Fame|Wall|MyKonci|Security|Bug|Bounty|CVE|Public|Page|Thanks|Credits?|Kind|Best|Mit|Bien|Regards|Advisory|XSS|SQL|API|I)\b"
)


def _without_extras(who: str) -> str | None:
    who = re.sub(
        r"(?i)^(?:yes|oui|ja|s[íi]|sim)?\W*(?:thanks to|as|comme|als|como|come)\s+", "", who
    )
    return re.split(r"\s[(/|@]|\s[-–—]\s|\s(?:of|from|at)\s", who)[0].strip(" ,;") or None


def only_names(line: str) -> bool:
    """Whether a line is nothing but names, handles and links, as an answer to "credit"."""
    line = re.split(r"[.!?;]\s", line)[0]
    bare = LINK.sub(" ", _OPAQUE.sub(" Xx ", line))
    words = re.findall(r"[^\W_][\w'’.-]*", bare)
    if (
        _ROLE.match(line)
        or not words
        or len(words) > MAX_NAMES
        or (len(words) == 1 and line.strip().endswith("."))
    ):
        return False
    if NOT_NAMES.match(words[0].strip(".")) and len(words) < 3:
        return False
    strange = [
        w for w in words if w[0].islower() and w.lower() not in _BETWEEN and not _NICK.match(w)
    ]
    return len(strange) <= (0 if words[0][0].isupper() else 1)


_ROLE = re.compile(
    r"\W*(?:research|development|analysis|discovery|exploit\w*|report\w*)\b[^:\n]{0,20}:",
    re.IGNORECASE,
)  # "Research: E. Varga" tells who did it
_OPAQUE = re.compile(r"(?<=\w) / [\w.-]{3,30}|[\"“«„][^\"”»“\n]*[\"”»“]|\([^()\n]*\)|@\S+|\S+@\S+")
_NICK = re.compile(r"(?=\w*[\d_-])[\w.-]{3,}$")
_BETWEEN = frozenset(
    "of from at and et und y e i de du des von van der den del della di da do dos la le aka alias"
    " the with link as comme als como come for in or please thanks merci mit by handle name nick nom thx ty cheers valeu pls plz simplement tout just spelled"
    " pseudo website site twitter github linkedin mastodon bluesky on sur auf link lien to".split()
)
