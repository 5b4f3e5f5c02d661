"""Traits of reports: kept as keys when a report is opened, looked up when the next one is.

Of each key only the newest holders are looked at, so that a key which
many reports share costs no more than any other.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from inboxd.core.duplicates import Known, Traits, keys, rows, traits_of
from inboxd.core.model import ReportNumber
from inboxd.store.schema import report, trait

CLOSED_FOR = timedelta(days=180)  # a report that was closed longer ago is not named
NEWEST = 20  # holders of one key that are looked at
MOST_KEYS = 200  # of one report, whatever its reporter sends
CANDIDATES = 12  # reports that are compared: those that share most keys


class Duplicates:
    """Keeping and finding traits inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def keep(self, number: int, traits: Traits) -> None:
        found = [{"report": number, "key": key} for key in dict.fromkeys(rows(traits))]
        if found:
            dialect = postgresql if self._c.dialect.name == "postgresql" else sqlite
            self._c.execute(dialect.insert(trait).on_conflict_do_nothing(), found)

    def add(self, number: int, traits: Traits) -> None:
        """What a later mail of the report adds; its wording is that of the first mail."""
        held = select(func.count()).select_from(trait).where(trait.c.report == number)
        if (self._c.execute(held).scalar() or 0) < MOST_KEYS:
            self.keep(number, replace(traits, wording=()))

    def like(self, traits: Traits, now: datetime) -> tuple[Known, ...]:
        """Reports that are open or were closed lately and share keys with these traits."""
        wanted = dict.fromkeys(keys(traits))
        if not wanted:
            return ()
        values: dict[str, Any] = {f"key{at}": key for at, key in enumerate(wanted)}
        found = self._c.execute(_look(len(wanted)), values | {"since": now - CLOSED_FOR})
        return tuple(
            Known(ReportNumber(number), state, traits_of(kept.split("\n")))
            for number, state, kept in found
        )


@functools.cache
def _look(count: int) -> Select[Any]:
    """The statement for so many keys."""
    newest = [
        select(trait.c.report)
        .where(trait.c.key == bindparam(f"key{at}"))
        .order_by(trait.c.report.desc())
        .limit(NEWEST)
        .subquery()
        for at in range(count)
    ]
    held = union_all(*(select(one.c.report) for one in newest)).subquery()
    candidates = (
        select(held.c.report)
        .join(report, report.c.number == held.c.report)
        .where(or_(report.c.closed_at.is_(None), report.c.closed_at >= bindparam("since")))
        .group_by(held.c.report)
        .order_by(func.count().desc(), held.c.report)
        .limit(CANDIDATES)
        .subquery()
    )
    return (
        select(report.c.number, report.c.state, func.aggregate_strings(trait.c.key, "\n"))
        .join(candidates, candidates.c.report == report.c.number)
        .join(trait, trait.c.report == report.c.number)
        .group_by(report.c.number, report.c.state)
    )
