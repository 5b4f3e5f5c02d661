"""A case of the corpus: how its mail is made, and what a careful expert says of it.

Names of people stand for their fingerprints in labels until the case is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .rig import Rig

Make = Callable[["Rig"], bytes]
Label = dict[str, Any]
UNSAID: Final = "(unsaid)"


@dataclass(frozen=True)
class Case:
    """`maker`: the program whose bytes these are at heart ("gpg", "neomutt", ...)."""

    name: str
    maker: str
    make: Make
    label: Label


class Cases:
    """The cases of one module, in the order they were written down."""

    def __init__(self, maker: str) -> None:
        self.maker = maker
        self.all: list[Case] = []

    def add(self, name: str, make: Make, label: Label, *, maker: str = "") -> None:
        self.all.append(Case(name, maker or self.maker, make, label))

    def case(self, name: str, label: Label) -> Callable[[Make], Make]:
        """The function below makes this case."""

        def keep(make: Make) -> Make:
            self.add(name, make, label)
            return make

        return keep


def label(
    crypto: str = "",
    signatures: Iterable[str] | None = None,
    by: str | None = UNSAID,
    *,
    kind: str | Label | None = "report",
    says: Iterable[str] = (),
    never: Iterable[str] = (),
    subject: str | None = UNSAID,
    protected: str | None = UNSAID,
    attachments: list[str] | None = None,
    **note: str,
) -> Label:
    """What is wanted. `crypto`: words like "pgp-mime opened", "pgp-inline shut" or "none".

    `signatures`: each a status, perhaps with "whole" or "part" and a person ("good whole rita").
    `says` and `never`: phrases of the text.
    """
    wanted: Label = {"kind": kind} if kind is not None else {}
    message: Label = {}
    if subject != UNSAID:
        message["subject"] = subject
    if protected != UNSAID:
        message["protected_subject"] = protected
    says, never = list(says), list(never)
    if says or never:
        message["text"] = _phrases(says, never)
    if says:
        message["new_text"] = _phrases(says, [])
    if attachments is not None:
        message["attachments"] = attachments
    if message:
        wanted["message"] = message
    words = _crypto(crypto)
    if signatures is not None:
        words["signatures"] = [_signature(one) for one in signatures]
    if by != UNSAID:
        words["whole_mail_signed_by"] = by
    if words:
        wanted["crypto"] = words
    return wanted | {f"_{name}": value for name, value in note.items()}


def _phrases(says: list[str], never: list[str]) -> Label:
    return ({"contains": says} if says else {}) | ({"absent": never} if never else {})


def _crypto(words: str) -> Label:
    found: Label = {}
    for word in words.split():
        if word == "opened":
            found |= {"encrypted": True, "decrypted": True}
        elif word == "shut":
            found |= {"encrypted": True, "decrypted": False}
        elif word == "clear":
            found |= {"encrypted": False, "decrypted": False}
        elif word == "not-decrypted":
            found |= {"decrypted": False}
        else:
            found["scheme"] = word
    return found


def _signature(words: str) -> Label:
    status, *rest = words.split()
    found: Label = {"status": status}
    for word in rest:
        found["covers" if word in ("whole", "part") else "fingerprint"] = word
    return found


def resolved(wanted: Label, fingerprints: dict[str, str]) -> Label:
    """The label with people replaced by their keys."""
    crypto = dict(wanted.get("crypto", {}))
    if crypto.get("whole_mail_signed_by") is not None:
        crypto["whole_mail_signed_by"] = fingerprints[crypto["whole_mail_signed_by"]]
    if "signatures" in crypto:
        crypto["signatures"] = [
            one
            | ({"fingerprint": fingerprints[one["fingerprint"]]} if "fingerprint" in one else {})
            for one in crypto["signatures"]
        ]
    return wanted | ({"crypto": crypto} if crypto else {})
