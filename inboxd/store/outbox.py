"""The outbox: letters with their words, waiting to be sealed and sent (invariant 3)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from inboxd.core.compose import Rendered
from inboxd.core.letter import Auto, Letter, Protection
from inboxd.core.model import Attachment, Fingerprint, ReportNumber
from inboxd.core.routing import REPORTER, SentLetter
from inboxd.store.schema import blob, outbox

LEASE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One claimed letter."""

    id: int
    attempts: int
    queued_at: datetime
    letter: SentLetter
    mail: Rendered
    sealed: bytes | None  # the bytes of an earlier try: a resend is byte-identical


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A letter as the operator sees it; no content, no researcher's address."""

    id: int
    report: int | None
    purpose: str
    state: str
    attempts: int
    queued_at: datetime
    not_before: datetime
    error: str


class Outbox:
    """Outbox operations of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def enqueue(self, letter: Letter, mail: Rendered, now: datetime) -> bool:
        """Store a letter under its dedup key; False when this effect was enqueued before."""
        known = self._c.execute(select(outbox.c.id).where(outbox.c.dedup == letter.dedup)).first()
        if known is not None:
            return False
        self._c.execute(
            outbox.insert(),
            dict(
                dedup=letter.dedup,
                message_id=mail.message_id,
                report=letter.number,
                purpose=letter.purpose,
                recipient=letter.to,
                party=letter.reply_party,
                auto=letter.auto.value,
                human=letter.human,
                payload=self._payload(mail),
                queued_at=now,
                state="waiting",
                attempts=0,
                not_before=max(letter.not_before or now, now),
                maybe_sent=False,
                # copies of what went outside belong into Sent; notices to the team do not
                filed=not (letter.reply_party == REPORTER or letter.auto is Auto.REPLIED),
            ),
        )
        return True

    def _payload(self, mail: Rendered) -> dict[str, Any]:
        for attachment in mail.attachments:
            self._store(attachment.sha256, attachment.data)
        return {
            "date": mail.date.isoformat(),
            "sender_name": mail.sender_name,
            "sender": mail.sender,
            "subject": mail.subject,
            "text": mail.text,
            "reply_to": mail.reply_to,
            "protection": mail.protection.value,
            "fingerprint": mail.fingerprint,
            "in_reply_to": mail.in_reply_to,
            "references": list(mail.references),
            "attachments": [
                {"name": a.name, "type": a.media_type, "sha256": a.sha256} for a in mail.attachments
            ],
            "autocrypt": base64.b64encode(mail.autocrypt).decode(),
        }

    def _store(self, digest: str, data: bytes) -> None:
        if self._c.execute(select(blob.c.sha256).where(blob.c.sha256 == digest)).first() is None:
            self._c.execute(blob.insert(), dict(sha256=digest, size=len(data), data=data))

    def _load(self, digest: str | None) -> bytes | None:
        if digest is None:
            return None
        return self._c.execute(select(blob.c.data).where(blob.c.sha256 == digest)).scalar()

    def claim(self, now: datetime) -> Outgoing | None:
        """Take the oldest letter that may leave."""
        ready = (
            select(outbox.c.id)
            .where(
                or_(
                    (outbox.c.state == "waiting") & (outbox.c.not_before <= now),
                    (outbox.c.state == "working") & (outbox.c.claimed_until <= now),
                )
            )
            .order_by(outbox.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._c.execute(
            update(outbox)
            .where(outbox.c.id == ready.scalar_subquery())
            .values(state="working", attempts=outbox.c.attempts + 1, claimed_until=now + LEASE)
            .returning(outbox)
        ).first()
        if row is None:
            return None
        mail = self._rendered(row)
        sealed = self._load(row.sealed_sha256)
        return Outgoing(row.id, row.attempts, row.queued_at, _sent_letter(row), mail, sealed)

    def _rendered(self, row: Row[Any]) -> Rendered:
        payload = row.payload
        attachments = []
        for a in payload["attachments"]:
            data = self._load(a["sha256"]) or b""
            attachments.append(Attachment(a["name"], a["type"], len(data), a["sha256"], data))
        return Rendered(
            message_id=row.message_id,
            date=datetime.fromisoformat(payload["date"]),
            sender_name=payload["sender_name"],
            sender=payload["sender"],
            to=row.recipient,
            subject=payload["subject"],
            text=payload["text"],
            reply_to=payload["reply_to"],
            auto=Auto(row.auto),
            protection=Protection(payload["protection"]),
            fingerprint=Fingerprint(payload["fingerprint"]) if payload["fingerprint"] else None,
            in_reply_to=payload["in_reply_to"],
            references=tuple(payload["references"]),
            attachments=tuple(attachments),
            autocrypt=base64.b64decode(payload["autocrypt"]),
        )

    def keep_sealed(self, entry: int, data: bytes) -> None:
        """Remember the exact bytes before they leave."""
        digest = hashlib.sha256(data).hexdigest()
        self._store(digest, data)
        self._c.execute(update(outbox).where(outbox.c.id == entry).values(sealed_sha256=digest))

    def sent(self, entry: int, now: datetime) -> None:
        self._set(entry, state="sent", sent_at=now, claimed_until=None, error=None)

    def later(self, entry: int, until: datetime, error: str, *, maybe_sent: bool) -> None:
        values: dict[str, Any] = {"maybe_sent": True} if maybe_sent else {}
        self._set(
            entry, state="waiting", not_before=until, claimed_until=None, error=error, **values
        )

    def dead(self, entry: int, error: str) -> None:
        self._set(entry, state="dead", claimed_until=None, error=error)

    def _set(self, entry: int, **values: Any) -> None:
        self._c.execute(update(outbox).where(outbox.c.id == entry).values(**values))

    def release_all(self) -> int:
        released = update(outbox).where(outbox.c.state == "working")
        return self._c.execute(released.values(state="waiting", claimed_until=None)).rowcount

    def cancel(self, number: ReportNumber, purpose: str) -> int:
        """Withdraw letters that have not been claimed for sending yet."""
        return self._c.execute(
            update(outbox)
            .where(
                outbox.c.report == number,
                outbox.c.purpose == purpose,
                outbox.c.state == "waiting",
                outbox.c.attempts == 0,
            )
            .values(state="cancelled")
        ).rowcount

    def requeue(self, entry: int, now: datetime) -> bool:
        done = self._c.execute(
            update(outbox)
            .where(outbox.c.id == entry, outbox.c.state.in_(("dead", "waiting")))
            .values(state="waiting", not_before=now, attempts=0, error=None)
        )
        return done.rowcount == 1

    # --- what routing, budgets and people ask ---

    def by_message_ids(self, ids: tuple[str, ...]) -> dict[str, SentLetter]:
        if not ids:
            return {}
        rows = self._c.execute(select(outbox).where(outbox.c.message_id.in_(ids)))
        return {row.message_id: _sent_letter(row) for row in rows}

    def of_report(self, number: ReportNumber) -> tuple[SentLetter, ...]:
        """Letters of a report that the next server accepted, oldest first."""
        rows = self._c.execute(
            select(outbox)
            .where(outbox.c.report == number, outbox.c.state == "sent")
            .order_by(outbox.c.sent_at)
        )
        return tuple(_sent_letter(row) for row in rows)

    def bounced(self, message_id: str, now: datetime) -> None:
        self._c.execute(
            update(outbox).where(outbox.c.message_id == message_id).values(bounced_at=now)
        )

    def automatic_since(self, since: datetime, recipient: str | None = None) -> int:
        """How many automatic answers were queued since an instant, to one address or to all."""
        query = select(func.count()).where(
            outbox.c.auto == Auto.REPLIED.value, outbox.c.queued_at > since
        )
        if recipient is not None:
            query = query.where(outbox.c.recipient == recipient)
        return int(self._c.execute(query).scalar() or 0)

    def told_since(self, since: datetime, purpose: str) -> dict[str, int]:
        query = (
            select(outbox.c.recipient, func.count())
            .where(outbox.c.purpose == purpose, outbox.c.queued_at >= since)
            .group_by(outbox.c.recipient)
        )
        return {recipient: count for recipient, count in self._c.execute(query)}

    def to_file(self, limit: int) -> list[tuple[int, bytes]]:
        """Sent mails whose copy is not in the Sent folder yet."""
        query = (
            select(outbox.c.id, blob.c.data)
            .join(blob, blob.c.sha256 == outbox.c.sealed_sha256)
            .where(outbox.c.state == "sent", outbox.c.filed.is_(False))
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return [(row.id, row.data) for row in self._c.execute(query)]

    def filed(self, entry: int) -> None:
        self._set(entry, filed=True)

    def listing(self, *, state: str | None, limit: int) -> list[OutboxRow]:
        query = select(outbox).order_by(outbox.c.id.desc()).limit(limit)
        if state:
            query = query.where(outbox.c.state == state)
        return [
            OutboxRow(
                r.id, r.report, r.purpose, r.state, r.attempts, r.queued_at, r.not_before,
                r.error or "",
            )
            for r in self._c.execute(query)
        ]  # fmt: skip

    def counts(self) -> dict[str, int]:
        query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        return {state: count for state, count in self._c.execute(query)}

    def next_at(self) -> datetime | None:
        query = select(func.min(outbox.c.not_before)).where(outbox.c.state == "waiting")
        return self._c.execute(query).scalar()


def _sent_letter(row: Row[Any]) -> SentLetter:
    return SentLetter(
        row.message_id,
        ReportNumber(row.report) if row.report is not None else None,
        row.purpose,
        row.recipient,
        row.party,
        row.sent_at,
        row.bounced_at is not None,
    )
