"""Mutations of bytes that look like mail; one in a few repeats a token until the input is full."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.fuzz.watch import MAX_INPUT


class Mutator:
    """Makes inputs of other inputs and of the tokens that a reader looks for."""

    def __init__(self, rng: Random, tokens: Sequence[bytes], others: Sequence[bytes]) -> None:
        self.rng = rng
        self.tokens = tokens or (b"\x00", b"\n")
        self.others = others or (b"",)

    def mutate(self, data: bytes, limit: int = MAX_INPUT) -> bytes:
        """One to four changes, one after the other."""
        changes = (
            self._flip, self._cut, self._double, self._insert, self._insert, self._splice,
            self._repeat, self._lines,
        )  # fmt: skip
        for _ in range(self.rng.choice((1, 1, 2, 3, 4))):
            data = self.rng.choice(changes)(data)[:limit]
        return data

    def _at(self, data: bytes) -> int:
        return self.rng.randint(0, len(data))

    def _range(self, data: bytes) -> tuple[int, int]:
        start = self._at(data)
        return start, min(len(data), start + self.rng.choice((1, 2, 8, 64, 512, 8192)))

    def _flip(self, data: bytes) -> bytes:
        if not data:
            return data
        changed = bytearray(data)
        for _ in range(self.rng.choice((1, 1, 4, 16))):
            changed[self.rng.randrange(len(changed))] = self.rng.randrange(256)
        return bytes(changed)

    def _cut(self, data: bytes) -> bytes:
        start, end = self._range(data)
        return data[:start] + data[end:]

    def _double(self, data: bytes) -> bytes:
        start, end = self._range(data)
        return data[:end] + data[start:end] * self.rng.choice((1, 1, 2, 50)) + data[end:]

    def _insert(self, data: bytes) -> bytes:
        at = self._at(data)
        return data[:at] + self.rng.choice(self.tokens) + data[at:]

    def _splice(self, data: bytes) -> bytes:
        other = self.rng.choice(self.others)
        return data[: self._at(data)] + other[self._at(other) :]

    def _lines(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        first, second = self.rng.randrange(len(lines)), self.rng.randrange(len(lines))
        lines[first], lines[second] = lines[second], lines[first]
        return b"\n".join(lines)

    def _repeat(self, data: bytes) -> bytes:
        """A token or two, up to as often as there is room: what quadratic readers choke on."""
        piece = b"".join(self.rng.choice(self.tokens) for _ in range(self.rng.choice((1, 1, 2, 3))))
        if not piece:
            return data
        at = self._at(data)
        most = max((MAX_INPUT - len(data)) // len(piece), 1)
        count = self.rng.choice((10, 100, 1000, most, most))
        return data[:at] + piece * min(count, most) + data[at:]
