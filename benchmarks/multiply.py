"""Many stored mails out of a few real ones: the rows of a small database, copied with new keys.

Going through the pipeline for each would take hours. Copies are closed reports, spread over four
years; raw and sealed mails and letters' words are cut short, so that a million fit on a disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Column, Table

from inboxd.store.schema import Instant, metadata

_SPAN = 1000  # the seed has fewer rows than this of anything
_DAYS = 1460
_NUMBERS = {"id", "number", "spool_id", "report"}
_HASHES = {"sha256", "sealed_sha256"}
_NAMES = {"key", "message_id", "dedup", "digest", "previous", "first_message_id", "last_message_id"}
_CLOSED = {
    ("report", "state"): "'closed'",
    ("report", "closed_at"): "t.received_at",
    ("deadline", "state"): "'met'",
    ("deadline", "next_at"): "NULL",
    ("task", "told_at"): "t.raised_at",
    ("task", "done_at"): "t.raised_at",
}
_SHORT = {
    ("blob", "data"): "zeroblob(300)",
    ("outbox", "payload"): "'{}'",
    ("field", "value"): "substr(t.value, 1, 60)",
}
_LEFT_OUT = {"setting", "mailbox", "contact_key", "spent", "alembic_version"}


def multiply(seed: Path, target: Path, mails: int, *, still_open: int) -> None:
    """Fill `target` (same schema, empty) with the seed's rows again and again."""
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("ATTACH ? AS seed", (str(seed),))
        row = connection.execute("SELECT count(*) FROM seed.spool").fetchone()
        copies, kept = -(-mails // row[0]), -(-still_open // row[0])
        connection.execute("BEGIN")
        connection.execute("INSERT OR REPLACE INTO setting SELECT * FROM seed.setting")
        for table in metadata.sorted_tables:
            if table.name not in _LEFT_OUT:
                _fill(connection, table, range(min(kept, copies)), closed=False)
                _fill(connection, table, range(kept, copies), closed=True)
        connection.execute("COMMIT")
        connection.execute("DETACH seed")
    finally:
        connection.close()


def stored_mails(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM spool").fetchone()[0])
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, table: Table, turns: range, *, closed: bool) -> None:
    if not turns:
        return
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_expressions(table, closed=closed))
    connection.execute(
        f"WITH RECURSIVE n(k) AS (SELECT {turns.start} UNION ALL SELECT k + 1 FROM n"
        f" WHERE k + 1 < {turns.stop})"
        f' INSERT INTO main."{table.name}" ({names})'
        f' SELECT {values} FROM n CROSS JOIN seed."{table.name}" AS t'
    )


def _expressions(table: Table, *, closed: bool) -> Iterable[str]:
    for column in table.columns:
        place, name = (table.name, column.name), f't."{column.name}"'
        if closed and place in _CLOSED:
            value = _CLOSED[place]
            yield _moved(value) if value.startswith("t.") else value
        elif place in _SHORT:
            yield _SHORT[place]
        else:
            yield _renewed(column, name, closed=closed)


def _renewed(column: Column[object], name: str, *, closed: bool) -> str:
    if column.name in _NUMBERS:
        return f"{name} + n.k * {_SPAN}"
    if column.name in _HASHES:
        return f"substr({name}, 1, 54) || printf('%010d', n.k)"
    if column.name in _NAMES:
        return f"substr({name}, 1, 180) || printf('.%d', n.k)"
    if closed and isinstance(column.type, Instant):
        return _moved(name)
    return name


def _moved(name: str) -> str:
    """An instant, some days of the last four years earlier."""
    day = f"strftime('%Y-%m-%dT%H:%M:%S', {name}, printf('-%d days', 1 + n.k % {_DAYS}))"
    return f"{day} || substr({name}, 20)"
