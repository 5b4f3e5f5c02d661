"""A keyring that answers anything gpg could print, and much that it would not.

What it gives as plaintext is what stood in the ciphertext, so the fuzzer writes the inside of an
encrypted mail too. The answers follow from the mail alone.
"""

from __future__ import annotations

import re
import zlib
from random import Random

from inboxd.core.trust import GpgOutput

OURS, MEMBER, UNKNOWN = "C" * 40, "A" * 40, "E" * 40
_KEY_ID = "A" * 16

_DECRYPTED = (
    f"ENC_TO {_KEY_ID} 18 0",
    "BEGIN_DECRYPTION",
    f"DECRYPTION_KEY {OURS} {OURS} u",
    "DECRYPTION_INFO 2 9 0",
    "PLAINTEXT 62 1767607200 ",
    "DECRYPTION_OKAY",
    "GOODMDC",
    "END_DECRYPTION",
)
_SIGNED = (
    "NEWSIG",
    "SIG_ID abc 2026-01-05 1767607200",
    f"GOODSIG {_KEY_ID} Mona <mona@mykonci.com>",
    f"VALIDSIG {MEMBER} 2026-01-05 1767607200 0 4 0 22 10 00 {MEMBER}",
)
_UNKNOWN = ("NEWSIG", f"ERRSIG {_KEY_ID} 22 10 00 1767607200 9 {UNKNOWN}", f"NO_PUBKEY {_KEY_ID}")
ANSWERS: tuple[tuple[str, ...], ...] = (
    (),
    _DECRYPTED,
    _DECRYPTED[:5] + _SIGNED + _DECRYPTED[5:],
    _DECRYPTED[:5] + _UNKNOWN + _DECRYPTED[5:],
    _SIGNED,
    _SIGNED + _SIGNED,
    _UNKNOWN,
    (f"ENC_TO {_KEY_ID} 1 0", f"NO_SECKEY {_KEY_ID}", "BEGIN_DECRYPTION", "DECRYPTION_FAILED"),
    ("NEED_PASSPHRASE_SYM 9 3 2", "BEGIN_DECRYPTION", "DECRYPTION_FAILED"),
    ("BADMDC", "DECRYPTION_INFO 0 9 0", "DECRYPTION_FAILED"),
    ("NODATA 1", "NODATA 2", "FAILURE decrypt 4294967295"),
    ("NEWSIG", f"BADSIG {_KEY_ID} x", "UNEXPECTED 0"),
    ("NEWSIG", f"EXPKEYSIG {_KEY_ID} x", f"VALIDSIG {MEMBER}", "ERRSIG", "VALIDSIG", "SIG_ID"),
)
_BODY = re.compile(
    rb"-----BEGIN [^\n]{0,80}\n(?:[^\n]*:[^\n]*\n)*\r?\n?(.*?)(?=-----END |\Z)", re.S
)


class FakeKeyring:
    """`seed`: the mail; the same mail is always answered alike."""

    def __init__(self, seed: bytes) -> None:
        self.rng = Random(zlib.crc32(seed))

    def decrypt(self, data: bytes) -> GpgOutput:
        return self._answer(data)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return self._answer(signed)

    def _answer(self, data: bytes) -> GpgOutput:
        rng = self.rng
        lines = list(rng.choice(ANSWERS))
        if rng.random() < 0.3 and lines:
            lines.pop(rng.randrange(len(lines)))
        if rng.random() < 0.3:
            lines.insert(rng.randint(0, len(lines)), rng.choice(rng.choice(ANSWERS) or ("",)))
        if rng.random() < 0.1:
            rng.shuffle(lines)
        body = _BODY.search(data)
        return GpgOutput(
            tuple(lines),
            rng.choice((0, 0, 0, 1, 2)),
            body.group(1) if body else data,
            rng.choice((None,) * 10 + ("timeout", "too-big")),
        )
