"""The tables of `python -m benchmarks.understanding`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.understanding_count import TEXT_FIELDS, FieldCount, Figures, Ratio

WISHES = ("yes", "no", "unknown")
NAMED = 12  # so many mails are named behind a count


def show(console: Console, title: str, figures: Figures) -> None:
    console.rule(title)
    console.print(f"{figures.mails} mails; wholly as labelled {figures.as_labelled}")
    _kinds(console, figures)
    _fields(console, figures)
    _credit(console, figures)
    _rest(console, figures)
    _sets(console, figures)
    name, seconds = figures.slowest
    console.print(
        f"slowest mail {1000 * seconds:.1f} ms ({name}); "
        f"mean {1000 * figures.seconds / max(1, figures.mails):.1f} ms"
    )


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _often(counter: Counter[str]) -> str:
    return ", ".join(f"{word} {times}" for word, times in counter.most_common())


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f": {', '.join(names[:NAMED])}{more}" if names else ""


def _loud(console: Console, what: str, ratio: Ratio | None, names: Sequence[str]) -> None:
    """A line of its own in bold: what must never happen."""
    style = "bold red" if names else "bold"
    of = f", of {ratio.total}" if ratio else ""
    console.print(f"{what}: {len(names)}{of}{_named(names)}", style=style)


def _kinds(console: Console, figures: Figures) -> None:
    table = _table("kind", "kind", "labelled", "right", "recall", "precision", "taken for")
    for kind, found in sorted(figures.kinds.items(), key=lambda k: (-k[1].recall.total, k[0])):
        if kind == "anything but":
            continue
        recall = found.recall
        row = (str(recall.total), str(recall.hits), str(recall), str(found.precision))
        table.add_row(kind, *row, _often(found.confused))
    every = [found.recall for found in figures.kinds.values()]
    whole = Ratio(sum(r.hits for r in every), sum(r.total for r in every))
    table.add_row("all", str(whole.total), str(whole.hits), str(whole), "", "", style="bold")
    if figures.anything_but.total:
        but, wrong = figures.anything_but, figures.kinds.get("anything but")
        said = _often(wrong.confused) if wrong else ""
        table.add_row("anything but ...", str(but.total), str(but.hits), str(but), "", said)
    console.print(table)
    _loud(console, "robots answered", figures.robots, figures.answered_robots)
    letters = figures.lettered_robots
    console.print(f"robots whose kind a letter answers: {letters.hits}, of {letters.total}")
    _loud(console, "people taken for programs", figures.lost, figures.lost_people)
    people = f"people answered by hand only: {figures.people.hits}, of {figures.people.total}"
    console.print(people + _named(figures.unanswered_people))


def _fields(console: Console, figures: Figures) -> None:
    columns = ("TP", "FN", "FP", "of them swallowed", "TN", "recall", "precision")
    table = _table("text fields", "field", "stood", *columns)
    for name in TEXT_FIELDS:
        for how, found in figures.fields[name].items():
            if how == "all" or found != FieldCount():
                numbers = (found.tp, found.fn, found.fp, found.swallowed, found.tn)
                row = (*map(str, numbers), str(found.recall), str(found.precision))
                table.add_row(name, how, *row, style="bold" if how == "all" else "")
        table.add_section()
    console.print(table)


def _credit(console: Console, figures: Figures) -> None:
    table = _table("credit wish", "label", *(f"program: {wish}" for wish in WISHES), "recall")
    for wish in WISHES:
        row = figures.wishes.get(wish, Counter())
        cells = (str(row[other]) for other in WISHES)
        table.add_row(wish, *cells, str(Ratio(row[wish], row.total())))
    console.print(table)
    _loud(console, "false yes", None, figures.false_yes)
    parts = (f"{name} {ratio}" for name, ratio in figures.credit.items())
    console.print("credit: " + ", ".join(parts))


def _rest(console: Console, figures: Figures) -> None:
    table = _table("other answers", "what", "right", "what is wrong (- lacks, + too much)")
    for name, ratio in figures.urls.items():
        of = " (of those present)" if name in ("scope", "role") else ""
        table.add_row(f"URL hosts: {name}{of}", str(ratio), "")
    table.add_section()
    for name, other in figures.others.items():
        table.add_row(name, str(other.right), _often(other.wrong))
    console.print(table)


def _sets(console: Console, figures: Figures) -> None:
    table = _table("the set", "what", "mails (charsets: text parts)")
    for name, counter in sorted(figures.sets.items()):
        table.add_row(name, _often(counter))
    console.print(table)


def as_json(value: Any) -> Any:
    """Every count as plain data; a ratio as its two numbers, so that they can be added up."""
    if is_dataclass(value):
        return {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {key: as_json(below) for key, below in value.items()}
    return value
