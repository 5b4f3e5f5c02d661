"""The history: append-only, each row carrying the hash of the one before it.

Whoever alters or removes a row breaks the chain from there on; `verify` says where.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from inboxd.store.schema import history

GENESIS = "0" * 64


class History:
    """History operations of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def append(
        self, kind: str, report: int | None, actor: str, data: Mapping[str, str], at: datetime
    ) -> None:
        previous = self.head()
        values = {"at": at, "report": report, "kind": kind, "actor": actor, "data": dict(data)}
        digest = _digest(previous, kind, report, actor, data, at)
        self._c.execute(history.insert(), dict(**values, previous=previous, digest=digest))

    def head(self) -> str:
        """Digest of the newest row; 64 zeros for an empty history."""
        query = select(history.c.digest).order_by(history.c.id.desc()).limit(1)
        return self._c.execute(query).scalar() or GENESIS

    def of_report(self, number: int) -> list[tuple[datetime, str, str, dict[str, str]]]:
        query = select(history).where(history.c.report == number).order_by(history.c.id)
        return [(r.at, r.kind, r.actor, r.data) for r in self._c.execute(query)]

    def verify(self) -> int | None:
        """Id of the first row that breaks the chain, or None when it holds."""
        previous = GENESIS
        for row in self._c.execute(select(history).order_by(history.c.id)):
            digest = _digest(previous, row.kind, row.report, row.actor, row.data, row.at)
            if row.previous != previous or row.digest != digest:
                return int(row.id)
            previous = digest
        return None


def _digest(
    previous: str, kind: str, report: int | None, actor: str, data: Mapping[str, str], at: datetime
) -> str:
    row = [previous, at.astimezone(UTC).isoformat(timespec="microseconds"), kind, report, actor]
    text = json.dumps([*row, dict(data)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
