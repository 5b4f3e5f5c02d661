"""From bytes to a `Reading`: open with gpg, then everything that follows from bytes and policy.

No database and no clock, so `inboxd explain` and the worker read a mail in exactly the same way.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Protocol

from inboxd import data
from inboxd.core.decide.facts import Reading
from inboxd.core.duplicates import fingerprint
from inboxd.core.extract import understand
from inboxd.core.kind import classify
from inboxd.core.likeness import Learned, Telling, Weights, parse
from inboxd.core.message import read_message
from inboxd.core.model import Fingerprint, Message, SignatureStatus
from inboxd.core.opening import Keyring, Opened, open_message
from inboxd.core.scope import Scope
from inboxd.core.text import language_of
from inboxd.core.trust import KnownMember, hear


class UsableKey(Protocol):
    """A public key that came out of quarantine."""

    @property
    def fingerprint(self) -> Fingerprint: ...
    @property
    def addresses(self) -> tuple[str, ...]: ...


class ReadingKeyring(Keyring, Protocol):
    """What reading needs of gpg."""

    def learn(self, block: bytes) -> tuple[UsableKey, ...]: ...

    def learn_from_signature(self, signed: bytes | None, data: bytes) -> tuple[UsableKey, ...]: ...


class Rules(Protocol):
    """What reading needs of the policy; nothing of it is secret."""

    @property
    def address(self) -> str: ...
    @property
    def scope(self) -> Scope: ...
    @property
    def members(self) -> tuple[KnownMember, ...]: ...
    @property
    def authserv_id(self) -> str | None: ...
    @property
    def languages(self) -> tuple[str, ...]: ...


@lru_cache(maxsize=1)
def learned_weights() -> Learned:
    """What the labelled mails taught of the words of programs and people."""

    return Learned(_weights("programs"), _weights("reports"), _weights("statuses"))


@lru_cache(maxsize=1)
def learned_telling() -> Telling:
    """What the labelled reports taught of the words of sentences."""
    return Telling(_weights("steps"), _weights("impacts"))


def _weights(name: str) -> Weights:
    return parse(data.find(f"learned/{name}.tsv").read_text("utf-8"))


def read_mail(raw: bytes, keyring: ReadingKeyring, policy: Rules) -> Reading:
    """Read one mail. Raises TransientError only, when gpg could not be run."""
    opened = open_message(raw, keyring)
    learned = [key for block in opened.keys for key in keyring.learn(block.data)]
    if not learned and opened.unknown_signer is not None:
        unknown = opened.unknown_signer
        learned = list(keyring.learn_from_signature(unknown.signed, unknown.data))
    if _signed_by_one_of(opened, learned):
        opened = open_message(raw, keyring)  # its signature can be verified now
    message = read_message(opened, raw)
    understood = understand(message, policy.scope, learned_telling())
    voice = hear(message, policy.members, policy.authserv_id)
    verdict = classify(message, understood, voice, policy.address, learned_weights())
    ids = [s.id for s in message.crypto.signatures]
    instruction = "|".join(ids)
    if not (voice.strong and ids and all(ids)):  # headers may be added to a mail that is replayed
        sender = message.sender.spec if message.sender else ""
        instruction = "|".join((sender, message.message_id, message.new_text))
    text = f"{message.true_subject}\n{message.new_text or message.text}"
    return Reading(
        message,
        understood,
        voice,
        verdict,
        language_of(text, policy.languages[0]),
        _offered_key(message, learned),
        hashlib.sha256(instruction.encode()).hexdigest(),
        fingerprint(message, understood),
    )


def _signed_by_one_of(opened: Opened, learned: list[UsableKey]) -> bool:
    """Whether a signature that could not be verified may be by a key that came with the mail."""
    known = {key.fingerprint for key in learned}
    return bool(known) and any(
        s.status is SignatureStatus.UNKNOWN_KEY
        and (s.fingerprint is None or s.fingerprint in known)
        for s in opened.crypto.signatures
    )


def _offered_key(message: Message, learned: list[UsableKey]) -> Fingerprint | None:
    """The key to answer with, among those that came along: one that names the sender, else the
    only one, when the mail is signed with it."""
    sender = message.sender.spec if message.sender else ""
    for key in learned:
        if sender and sender in key.addresses:
            return key.fingerprint
    if len(learned) == 1 and message.crypto.whole_mail_signed_by == learned[0].fingerprint:
        return learned[0].fingerprint
    return None
