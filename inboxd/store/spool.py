"""The spool: raw mails that were taken and wait for work. Nothing received is lost (invariant 1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, or_, select, update

from inboxd.store.schema import blob, mailbox, message, spool

LEASE = timedelta(minutes=10)  # longer than the worst mail may take
MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Spooled:
    """One claimed mail."""

    id: int
    source: str
    sha256: str
    received_at: datetime
    attempts: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class SpoolRow:
    """A spooled mail as the operator sees it; no content."""

    id: int
    source: str
    state: str
    attempts: int
    received_at: datetime
    outcome: str
    reason: str


class Spool:
    """Spool operations of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def put(self, source: str, key: str, raw: bytes, received_at: datetime, now: datetime) -> bool:
        """Store raw bytes under a unique key; False when this key or these bytes are known.

        The same bytes under another key (a second intake, a rebuilt mailbox) are noted and not
        processed again: identity is the SHA-256 of the raw bytes (invariant 2).
        """
        if self.has(source, key):
            return False
        digest = hashlib.sha256(raw).hexdigest()
        known = self._c.execute(select(spool.c.id).where(spool.c.sha256 == digest)).first()
        stored = self._c.execute(select(blob.c.sha256).where(blob.c.sha256 == digest)).first()
        if stored is None:
            self._c.execute(blob.insert(), dict(sha256=digest, size=len(raw), data=raw))
        self._c.execute(
            spool.insert(),
            dict(
                source=source,
                key=key,
                sha256=digest,
                received_at=min(received_at, now),
                spooled_at=now,
                state="done" if known else "waiting",
                attempts=0,
                not_before=now,
                outcome="same bytes as before" if known else None,
                reason=f"the same mail as spool entry {known.id}" if known else None,
            ),
        )
        return known is None

    def has(self, source: str, key: str) -> bool:
        query = select(exists().where(spool.c.source == source, spool.c.key == key))
        return bool(self._c.execute(query).scalar())

    def claim(self, now: datetime) -> Spooled | None:
        """Take the oldest mail that may be worked on; attempts are counted before the work."""
        ready = (
            select(spool.c.id)
            .where(
                or_(
                    (spool.c.state == "waiting") & (spool.c.not_before <= now),
                    (spool.c.state == "working") & (spool.c.claimed_until <= now),
                )
            )
            .order_by(spool.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._c.execute(
            update(spool)
            .where(spool.c.id == ready.scalar_subquery())
            .values(state="working", attempts=spool.c.attempts + 1, claimed_until=now + LEASE)
            .returning(
                spool.c.id, spool.c.source, spool.c.sha256, spool.c.received_at, spool.c.attempts
            )
        ).first()
        if row is None:
            return None
        return Spooled(row.id, row.source, row.sha256, row.received_at, row.attempts, b"")

    def raw(self, sha256: str) -> bytes:
        data = self._c.execute(select(blob.c.data).where(blob.c.sha256 == sha256)).scalar()
        return data or b""

    def finish(self, entry: int, outcome: str, reason: str) -> None:
        self._end(entry, "done", outcome, reason)

    def quarantine(self, entry: int, reason: str) -> None:
        self._end(entry, "quarantined", "quarantined", reason)

    def _end(self, entry: int, state: str, outcome: str, reason: str) -> None:
        self._c.execute(
            update(spool)
            .where(spool.c.id == entry)
            .values(state=state, outcome=outcome, reason=reason, claimed_until=None)
        )

    def postpone(self, entry: int, until: datetime, reason: str, *, counts: bool) -> None:
        """Back to waiting. `counts` False gives the attempt back: the mail is not to blame."""
        given_back = 0 if counts else 1
        self._c.execute(
            update(spool)
            .where(spool.c.id == entry)
            .values(
                state="waiting",
                not_before=until,
                reason=reason,
                claimed_until=None,
                attempts=spool.c.attempts - given_back,
            )
        )

    def release_all(self) -> int:
        """Give back what a killed daemon had claimed; for the one daemon of a SQLite file."""
        released = update(spool).where(spool.c.state == "working").values(claimed_until=None)
        return self._c.execute(released.values(state="waiting")).rowcount

    def requeue(self, entry: int, now: datetime) -> bool:
        """A human lets a quarantined mail be tried again, from zero attempts."""
        done = self._c.execute(
            update(spool)
            .where(spool.c.id == entry, spool.c.state.in_(("quarantined", "waiting")))
            .values(state="waiting", attempts=0, not_before=now, outcome=None)
        )
        return done.rowcount == 1

    def listing(self, *, state: str | None, limit: int) -> list[SpoolRow]:
        query = select(spool).order_by(spool.c.id.desc()).limit(limit)
        if state:
            query = query.where(spool.c.state == state)
        return [
            SpoolRow(
                r.id, r.source, r.state, r.attempts, r.received_at, r.outcome or "", r.reason or ""
            )
            for r in self._c.execute(query)
        ]

    def counts(self) -> dict[str, int]:
        query = select(spool.c.state, func.count()).group_by(spool.c.state)
        return {state: count for state, count in self._c.execute(query)}

    def oldest_waiting(self) -> datetime | None:
        query = select(func.min(spool.c.spooled_at)).where(spool.c.state == "waiting")
        return self._c.execute(query).scalar()

    def older_at_work(self, entry: int, now: datetime) -> bool:
        """Whether an earlier mail is being worked on or may be next."""
        query = select(
            exists().where(
                spool.c.id < entry,
                (spool.c.state == "working")
                | ((spool.c.state == "waiting") & (spool.c.not_before <= now)),
            )
        )
        return bool(self._c.execute(query).scalar())

    def other_bytes_with_id(self, message_id: str, sha256: str) -> bool:
        """Whether another mail with the same claimed Message-ID was seen before."""
        if not message_id:
            return False
        query = select(
            exists().where(message.c.message_id == message_id, message.c.sha256 != sha256)
        )
        return bool(self._c.execute(query).scalar())

    # --- where a mailbox reader stands ---

    def among_taken(self, source: str, keys: list[str]) -> set[str]:
        """Which of these keys were spooled."""
        found: set[str] = set()
        for at in range(0, len(keys), 500):
            query = select(spool.c.key).where(
                spool.c.source == source, spool.c.key.in_(keys[at : at + 500])
            )
            found.update(self._c.execute(query).scalars())
        return found

    def cursor(self, account: str, folder: str) -> tuple[int, int] | None:
        """(UIDVALIDITY, last UID spooled) of a folder."""
        row = self._c.execute(
            select(mailbox.c.uidvalidity, mailbox.c.last_uid).where(
                mailbox.c.account == account, mailbox.c.folder == folder
            )
        ).first()
        return (row.uidvalidity, row.last_uid) if row else None

    def set_cursor(self, account: str, folder: str, uidvalidity: int, last_uid: int) -> None:
        where = (mailbox.c.account == account) & (mailbox.c.folder == folder)
        values = {"uidvalidity": uidvalidity, "last_uid": last_uid}
        if self._c.execute(update(mailbox).where(where).values(**values)).rowcount == 0:
            self._c.execute(mailbox.insert(), dict(account=account, folder=folder, **values))
