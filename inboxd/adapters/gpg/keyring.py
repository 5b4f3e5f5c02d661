"""The team's keyring as the path uses it: our secret key, and the contacts' public ones."""

from __future__ import annotations

from inboxd.adapters.gpg.keys import Contacts, PublicKey, key_in_signature
from inboxd.adapters.gpg.runner import Gpg
from inboxd.core.model import Fingerprint
from inboxd.core.trust import GpgOutput
from inboxd.errors import PermanentError


class TeamKeyring:
    """Opens and verifies with the team home, reading the contacts; signs as the team.

    `fingerprint` None (no key configured yet) still reads mail; only sealing fails.
    """

    def __init__(self, team: Gpg, contacts: Contacts, fingerprint: Fingerprint | None) -> None:
        self.team = team
        self.contacts = contacts
        self.fingerprint = fingerprint

    def decrypt(self, data: bytes) -> GpgOutput:
        with self.contacts.gate.open():
            return self.team.decrypt(data)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        with self.contacts.gate.open():
            return self.team.verify(signed, signature)

    def learn(self, block: bytes) -> tuple[PublicKey, ...]:
        return self.contacts.learn(block)

    def learn_from_signature(self, signed: bytes | None, data: bytes) -> tuple[PublicKey, ...]:
        """The key that a signature carries (gpg's --include-key-block), through quarantine.

        `signed` None: `data` is encrypted and holds the signature; only its encryption is undone.
        """
        if signed is None:
            with self.contacts.gate.open():
                unwrapped = self.team.run(["--unwrap", "--decrypt"], data, secret=True)
            block = key_in_signature(None, unwrapped.data) if not unwrapped.failure else b""
        else:
            block = key_in_signature(signed, data)
        return self.contacts.learn(block)

    def sign(self, data: bytes) -> bytes:
        return self.team.sign(data, self._own())

    def encrypt(self, data: bytes, recipient: Fingerprint) -> bytes:
        """To the recipient and to ourselves, so that the archive stays readable."""
        own = self._own()
        with self.contacts.gate.open():
            return self.team.encrypt(data, (recipient, own), own)

    def _own(self) -> Fingerprint:
        if self.fingerprint is None:
            raise PermanentError("no team key: run `inboxd key generate` and set pgp.fingerprint")
        return self.fingerprint
