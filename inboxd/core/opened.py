"""What opening finds: the opened mail, and the state of one walk through its layers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from inboxd.core.mime import Entity, Key
from inboxd.core.model import Attachment, Crypto, Fingerprint, KeyBlock, Scheme, Signature
from inboxd.core.trust import GpgOutput, sole_signer

MAX_BLOCKS = 10  # gpg runs that the inside of one mail may cost
MAX_PLAIN = 64 * 1024 * 1024  # bytes that all decryptions of one mail may give together


class Keyring(Protocol):
    """What opening needs of gpg; both return whatever gpg said, and never raise for bad input."""

    def decrypt(self, data: bytes) -> GpgOutput: ...

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput: ...


@dataclass(frozen=True, slots=True)
class OpenedText:
    """A text part after inline OpenPGP was undone."""

    text: str
    outside: str = ""  # what stood around the armor and was not protected


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature that lacks its key stood on. `signed` None: both are inside `data`, which
    is encrypted; else `data` is the detached signature."""

    signed: bytes | None = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """A mail with its layers peeled. `inner` is the entity to read; `texts` replaces parts."""

    outer: Entity
    inner: Entity
    crypto: Crypto
    texts: dict[Key, OpenedText] = field(default_factory=dict)  # by Entity.key of the part
    files: tuple[Attachment, ...] = ()  # decrypted attachments
    opened_files: frozenset[Key] = frozenset()  # keys of the parts they came from
    keys: tuple[KeyBlock, ...] = ()
    protected_subject: str | None = None
    unknown_signer: Signed | None = None  # its signature may carry the signer's key
    beside: tuple[Entity, ...] = ()  # parts that a list or a gateway put around the protected one
    unsealed: tuple[Entity, ...] = ()  # mails out of files whose type a gateway had changed
    protected: bool = False  # whether a layer protects `inner`, its headers included


class Walk:
    """State of one walk: what was found so far and how much work is left."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self.scheme = Scheme.NONE
        self.encrypted = False
        self.decrypted = False
        self.reason: str | None = None
        self.signatures: list[Signature] = []
        self.file_signatures: list[Signature] = []  # of attachments: they say nothing of the mail
        self.texts: dict[Key, OpenedText] = {}
        self.files: list[Attachment] = []
        self.opened_files: set[Key] = set()
        self.budget = MAX_BLOCKS
        self.unknown_signer: Signed | None = None
        self.beside: list[Entity] = []
        self.unsealed: list[Entity] = []
        self.protected = False  # whether a layer protects what is inside, headers included
        self.room = MAX_PLAIN

    def crypto(self) -> Crypto:
        whole: Fingerprint | None = None
        around = self.beside or self.unsealed
        if self.signatures and self.reason is None and not around:
            whole = sole_signer(self.signatures)
        signatures = self.signatures
        if around and whole is None:
            signatures = [replace(s, covers_whole=False) for s in signatures]
        return Crypto(
            self.encrypted,
            self.scheme,
            self.decrypted and self.reason is None,
            self.reason,
            (*signatures, *self.file_signatures),
            whole,
        )

    def decrypt(self, data: bytes) -> GpgOutput:
        """What gpg makes of it, within what one mail may grow to."""
        output = self.keyring.decrypt(data)
        self.room -= len(output.data)
        return replace(output, data=b"", failure="too-big") if self.room < 0 else output

    def was_sealed(self) -> None:
        """Note an opened seal. Who signed ciphertext need not know what is in it: only signatures
        inside speak for it."""
        self.decrypted = True
        self.signatures = [replace(s, covers_whole=False) for s in self.signatures]

    def note_unknown(self, found: list[Signature], signed: Signed) -> None:
        if self.unknown_signer is None and any(s.status == "unknown-key" for s in found):
            self.unknown_signer = signed

    def scheme_or(self, scheme: Scheme) -> Scheme:
        return scheme if self.scheme is Scheme.NONE else self.scheme
