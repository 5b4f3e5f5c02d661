"""Figures and the table they are printed in."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the values of all rounds, the number to reach, and a remark."""

    group: str
    name: str
    unit: str
    values: tuple[float, ...]
    reach: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"median": self.median}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of its own under the figures (where the time goes)."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark found."""

    figures: tuple[Figure, ...]
    tables: tuple[Table, ...] = ()


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: with few samples p99 is the largest."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def number(value: float) -> str:
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return (
        f"{value:.3g}" if abs(value) < 1 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    )


def _values(figure: Figure) -> str:
    low, middle, high = min(figure.values), figure.median, max(figure.values)
    if len(figure.values) == 1:
        return f"**{number(middle)}**"
    return f"{number(low)} / **{number(middle)}** / {number(high)}"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that reads as text too: columns padded to the same width."""
    every = [list(head), *[list(row) for row in rows]]
    widths = [max(len(row[n]) for row in every) for n in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return "| " + " | ".join(padded) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line(every[0]), rule, *[line(row) for row in every[1:]]])


def render(results: Sequence[Result], machine: dict[str, str], settings: str) -> str:
    """The whole report as Markdown."""
    rows = [
        (f.name, _values(f), f.unit, f.reach, f.note) for result in results for f in result.figures
    ]
    parts = [
        "Machine: " + "; ".join(f"{name} {value}" for name, value in machine.items()) + ".",
        settings,
    ]
    if rows:
        parts.append(markdown(("what", "min / **median** / max", "unit", "reach", "remark"), rows))
    for result in results:
        for table in result.tables:
            text = f"{table.title}\n\n{markdown(table.head, table.rows)}"
            parts.append(f"{text}\n\n{table.note}" if table.note else text)
    return "\n\n".join(parts)
