"""Message sets such as `1,3:5,9:*` (RFC 3501 section 9, sequence-set).

A set is resolved against the ascending numbers that exist, so `1:4294967295` costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_STAR = 1 << 40  # above every 32-bit number


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """Ranges of numbers; `*` is kept as a number above all others."""

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def parse(cls, text: str) -> SequenceSet:
        ranges = []
        for piece in text.split(","):
            first, colon, last = piece.partition(":")
            low = _number(first)
            high = _number(last) if colon else low
            ranges.append((min(low, high), max(low, high)))
        return cls(tuple(ranges))

    def resolve(self, existing: Sequence[int]) -> list[int]:
        """The existing numbers that are in the set, ascending, each once."""
        if not existing:
            return []
        found: set[int] = set()
        for one, other in self._without_star(existing[-1]):
            # `*` is the greatest number in use, and `n:*` holds it even when n is beyond it
            # (RFC 3501, seq-range: the order of the two ends does not matter).
            low, high = min(one, other), max(one, other)
            found.update(existing[bisect_left(existing, low) : bisect_right(existing, high)])
        return sorted(found)

    def holds(self, number: int, greatest: int) -> bool:
        """Whether the number is in the set, given the greatest one in use."""
        return any(
            min(one, other) <= number <= max(one, other)
            for one, other in self._without_star(greatest)
        )

    def within(self, count: int) -> bool:
        """Whether every number named exists; a range to `*` may start beyond the last one."""
        return all(high == _STAR or high <= count for _, high in self.ranges)

    def _without_star(self, greatest: int) -> list[tuple[int, int]]:
        return [
            (greatest if low == _STAR else low, greatest if high == _STAR else high)
            for low, high in self.ranges
        ]


def compact(numbers: Iterable[int]) -> str:
    """The numbers as a set, in the order given: `4,5,6,9` becomes `4:6,9`."""
    pieces: list[tuple[int, int]] = []
    for number in numbers:
        if pieces and pieces[-1][1] + 1 == number:
            pieces[-1] = (pieces[-1][0], number)
        else:
            pieces.append((number, number))
    return ",".join(str(low) if low == high else f"{low}:{high}" for low, high in pieces)


def _number(text: str) -> int:
    if text == "*":
        return _STAR
    number = int(text)
    if not 0 < number < 1 << 32:
        raise ValueError("a message number must be from 1 to 4294967295")
    return number
