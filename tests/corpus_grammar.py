"""How an `expected.json` is held against what inboxd says; the grammar is in corpus/README.md."""

from collections.abc import Iterator
from typing import Any


def differences(want: Any, got: Any, path: str = "") -> Iterator[str]:
    """Sentences for everything in `got` that is not as `want` says."""
    if path == "/urls":
        for host, value in want["hosts"].items():
            if not any(u["host"] == host and all(u[k] == v for k, v in value.items()) for u in got):
                yield f"{path}: no {host} {value} in {got}"
    elif path == "/missing":
        if set(want) != set(got):
            yield f"{path}: wanted {sorted(want)}, got {sorted(got)}"
    elif path == "/crypto/signatures":
        yield from _signatures(want, got)
    elif path == "/message/attachments":
        names = [one["name"] for one in got]
        if sorted(one if isinstance(one, str) else one["name"] for one in want) != sorted(names):
            yield f"{path}: wanted {want}, got {names}"
        for one in want:
            if not isinstance(one, str) and one not in got:
                yield f"{path}: no {one} in {got}"
    elif isinstance(want, dict) and want and set(want) <= {"contains", "absent"}:
        for phrase in want.get("contains", []):
            if not _holds(phrase, got, path):
                yield f"{path}: no {phrase!r} in {got!r}"
        for phrase in want.get("absent", []):
            if _holds(phrase, got, path):
                yield f"{path}: unwanted {phrase!r} in {got!r}"
    elif isinstance(want, dict):
        if not isinstance(got, dict):
            yield f"{path}: wanted an object, got {got!r}"
            return
        for key, value in want.items():
            if key.startswith("_"):  # notes for the evaluation, such as where a field stood
                continue
            yield from differences(value, got[key], f"{path}/{key}")
    elif want != got:
        yield f"{path}: wanted {want!r}, got {got!r}"


def _holds(phrase: str, got: Any, path: str) -> bool:
    if path == "/flags":
        return any(flag["code"] == phrase for flag in got)
    if isinstance(got, list):
        return any(phrase in item for item in got)
    if path.startswith("/fields/"):  # where a line broke is no part of a field
        return _folded(phrase) in _folded(got or "")
    return phrase in (got or "")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _signatures(want: list[dict[str, str]], got: list[dict[str, str]]) -> Iterator[str]:
    """As many as wanted, each with what is said of one of them; in any order."""
    left = list(got)
    for one in want:
        fitting = next((s for s in left if all(s[k] == v for k, v in one.items())), None)
        if fitting is None:
            yield f"/crypto/signatures: no {one} in {got}"
            return
        left.remove(fitting)
    if left:
        yield f"/crypto/signatures: unwanted {left}"
