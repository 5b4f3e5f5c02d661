"""ASCII armor in texts (RFC 9580 section 6.2): finding blocks, and undoing what mail did to them.

Only encrypted blocks are repaired: their content guards itself. The bytes of a signed text are
evidence and stay as they came.
"""

from __future__ import annotations

import re

ENCRYPTED_BLOCK = (b"BEGIN PGP MESSAGE", b"END PGP MESSAGE")
SIGNED_BLOCK = (b"BEGIN PGP SIGNED MESSAGE", b"BEGIN PGP SIGNATURE", b"END PGP SIGNATURE")
KEY_BLOCK = (b"BEGIN PGP PUBLIC KEY BLOCK", b"END PGP PUBLIC KEY BLOCK")


def find_armor(data: bytes, labels: tuple[bytes, ...], at: int = 0) -> slice | None:
    """The first run of lines from the first label to the last, in order. Linear in any bytes."""
    start: int | None = None
    for label in labels:
        line = re.compile(rb"^-----" + label + rb"-----[ \t]*\r?$", re.MULTILINE).search(data, at)
        if line is None:
            return None
        start, at = line.start() if start is None else start, line.end()
    return None if start is None else slice(start, at)


def all_armor(data: bytes, labels: tuple[bytes, ...], most: int) -> list[bytes]:
    """Up to `most` such runs, one after the other."""
    found: list[bytes] = []
    block = find_armor(data, labels)
    while block is not None and len(found) < most:
        found.append(data[block])
        block = find_armor(data, labels, block.stop)
    return found


_LOOSE = re.compile(
    "^[>| \\t\\r\u00a0\ufeff\u200b]*[-\u2010-\u2015\u2212]{2,5} ?BEGIN PGP MESSAGE ?[-\u2010-\u2015\u2212]{2,5}",
    re.MULTILINE,
)
_LOOSE_END = re.compile(r"END PGP MESSAGE ?[-\u2010-\u2015\u2212]{2,5}")
_DASHES = re.compile(
    r"^[-\u2010-\u2015\u2212]{2,5} ?((?:BEGIN|END) PGP MESSAGE) ?[-\u2010-\u2015\u2212]{2,5}$"
)
_ARMOR_HEADER = re.compile(r"^(?:Version|Comment|MessageID|Hash|Charset): ?")
MAX_REPAIRED = 5_000_000  # bytes


def is_quoted(text: str) -> bool:
    """Whether an encrypted block stands behind quote marks: it is somebody else's, handed on."""
    found = _LOOSE.search(text[:MAX_REPAIRED])
    return found is not None and found.group().lstrip().startswith((">", "|"))


def says_more(text: str) -> bool:
    """Whether a text says something besides what it quotes and who wrote that."""
    own = (line.strip() for line in text.split("\n") if not line.lstrip().startswith((">", "|")))
    return len(re.findall(r"\w+", " ".join(line for line in own if line[-1:] != ":"))) > 2


def without_armor(text: str) -> str:
    """A text without its blocks of armor; one that never ends takes the rest. Linear."""
    kept: list[str] = []
    at = 0
    while (begin := text.find("-----BEGIN PGP ", at)) >= 0:
        kept.append(text[at:begin])
        end = text.find("-----END PGP ", begin)
        at = text.find("\n", end) if end >= 0 else len(text)
        at = len(text) if at < 0 else at
    return " ".join([*kept, text[at:]])


def around_armor(data: bytes) -> str:
    """The lines before and after the first encrypted block, however damaged its own are."""
    text = data[:MAX_REPAIRED].decode("utf-8", "replace")
    begin = _LOOSE.search(text)
    end = _LOOSE_END.search(text, begin.end()) if begin else None
    return f"{text[: begin.start()]}{text[end.end() :]}".strip() if begin and end else ""


def repaired(data: bytes) -> bytes | None:
    """The first encrypted block with the commonest damage undone; None when there is none.

    Known damage: byte order marks, no-break spaces, indentation, bare CR, long dashes, an encoding
    as quoted-printable that nobody undid, and a lost blank line behind the armor header.
    """
    text = data[:MAX_REPAIRED].decode("utf-8", "replace")
    if _LOOSE.search(text) is None or is_quoted(text):
        return None
    text = re.sub(r"=20(?=\r?$)", "", text.replace("=3D", "="), flags=re.MULTILINE)
    plain = re.sub("[\u00a0\ufeff\u200b]", " ", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = [_DASHES.sub(r"-----\1-----", line.strip()) for line in plain.split("\n")]
    try:
        begin = lines.index("-----BEGIN PGP MESSAGE-----")
        end = lines.index("-----END PGP MESSAGE-----", begin)
    except ValueError:
        return None
    inside = [line for line in lines[begin + 1 : end]]
    headers = 0
    while headers < len(inside) and _ARMOR_HEADER.match(inside[headers]):
        headers += 1
    body = [line for line in inside[headers:] if line]
    block = [lines[begin], *inside[:headers], "", *body, lines[end], ""]
    return "\n".join(block).encode("utf-8")
