"""Tables and their constraints. No behaviour.

Instants are UTC text of fixed width through one column type that refuses naive values, so they
sort as strings on every engine. Raw mails live in `blob`, content-addressed: one file is the
whole state.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant as `2026-11-23T17:46:00.000000Z`."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive instant was about to be stored")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """Canonical JSON text: the same value always gives the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


setting = Table(
    "setting",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

spool = Table(
    "spool",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(100), nullable=False),
    Column("key", String(300), nullable=False),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False),
    Column("received_at", Instant, nullable=False),  # when the mail server got it
    Column("spooled_at", Instant, nullable=False),
    Column("state", String(12), nullable=False),  # waiting, working, done, quarantined
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("outcome", String(40)),
    Column("reason", Text),
    UniqueConstraint("source", "key"),
    Index("ix_spool_state_not_before", "state", "not_before"),
    Index("ix_spool_sha256", "sha256"),
)

mailbox = Table(
    "mailbox",
    metadata,
    Column("account", String(100), primary_key=True),
    Column("folder", String(200), primary_key=True),
    Column("uidvalidity", Integer, nullable=False),
    Column("last_uid", Integer, nullable=False),
)

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("spool_id", ForeignKey("spool.id"), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("message_id", String(320), nullable=False, index=True),
    Column("sender", String(320), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("report", ForeignKey("report.number"), index=True),
    Column("role", String(12)),
    Column("received_at", Instant, nullable=False),
    Column("crypto", Json, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("missing", Json, nullable=False),
    Index("ix_message_sha256", "sha256"),
)

report = Table(
    "report",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(14), nullable=False),
    Column("language", String(5), nullable=False),
    Column("title", Text, nullable=False),
    Column("reporter", String(320), nullable=False),
    Column("reporter_name", String(320), nullable=False),
    Column("fingerprint", String(64)),
    Column("sealed", Boolean, nullable=False),
    Column("owner", String(320)),
    Column("severity", String(10)),
    Column("received_at", Instant, nullable=False),
    Column("readable_at", Instant),
    Column("acknowledged_at", Instant),
    Column("diagnosed_at", Instant),
    Column("fixed_at", Instant),
    Column("disclosed_at", Instant),
    Column("closed_at", Instant),
    Column("last_update_at", Instant),
    Column("first_message_id", String(320), nullable=False),
    Column("last_message_id", String(320), nullable=False),
    Column("references", Json, nullable=False),
    Column("missing", Json, nullable=False),
    Column("asked", Boolean, nullable=False),
    Column("credit_wish", String(8), nullable=False),
    Column("credit_name", Text),
    Column("credit_handle", Text),
    Column("credit_link", Text),
    Column("facts", Json, nullable=False),
    Index("ix_report_state", "state"),
)

participant = Table(
    "participant",
    metadata,
    Column("report", ForeignKey("report.number"), primary_key=True),
    Column("address", String(320), primary_key=True),
)

field = Table(
    "field",
    metadata,
    Column("report", ForeignKey("report.number"), primary_key=True),
    Column("name", String(30), primary_key=True),
    Column("value", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("how", String(12), nullable=False),
    Column("spool_id", ForeignKey("spool.id"), nullable=False),
)

url = Table(
    "url",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("report.number"), nullable=False),
    Column("url", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("scope", String(8), nullable=False),
    Column("role", String(10), nullable=False),
    Column("why", Text, nullable=False),
    UniqueConstraint("report", "url"),
)

trait = Table(  # what a report is recognised by; core.duplicates makes and reads the keys
    "trait",
    metadata,
    Column("key", String(320), primary_key=True),
    Column("report", ForeignKey("report.number"), primary_key=True),
    Index("ix_trait_report", "report"),
)

hold = Table(
    "hold",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("report.number"), nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("reason", Text, nullable=False),
)

deadline = Table(
    "deadline",
    metadata,
    Column("report", ForeignKey("report.number"), primary_key=True),
    Column("promise", String(12), primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    Column("met_at", Instant),
    Column("rule", Text, nullable=False),
    Column("next_at", Instant),  # when the next rung of the ladder is released
    Index("ix_deadline_next_at", "next_at"),
)

escalation = Table(
    "escalation",
    metadata,
    Column("report", ForeignKey("report.number"), primary_key=True),
    Column("promise", String(12), primary_key=True),
    Column("started_at", Instant, primary_key=True),
    Column("level", String(10), primary_key=True),
    Column("at", Instant, primary_key=True),  # again when the deadline has moved away
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dedup", String(200), nullable=False, unique=True),
    Column("message_id", String(320), nullable=False, unique=True),
    Column("report", ForeignKey("report.number"), index=True),
    Column("purpose", String(30), nullable=False),
    Column("recipient", String(320), nullable=False),
    Column("party", String(400)),
    Column("auto", String(20), nullable=False),
    Column("human", Boolean, nullable=False),
    Column("payload", Json, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, working, sent, dead, cancelled
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("sent_at", Instant),
    Column("bounced_at", Instant),
    Column("maybe_sent", Boolean, nullable=False, default=False),
    Column("error", Text),
    Column("sealed_sha256", ForeignKey("blob.sha256")),  # the exact bytes that left
    Column("filed", Boolean, nullable=False, default=False),  # appended to the Sent folder
    Index("ix_outbox_state_not_before", "state", "not_before"),
    Index("ix_outbox_recipient_queued_at", "recipient", "queued_at"),
    Index("ix_outbox_queued_at", "queued_at"),
)

contact_key = Table(
    "contact_key",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("address", String(320), primary_key=True),
    Column("state", String(12), nullable=False),  # seen, confirmed, revoked, replaced
    Column("source", String(20), nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index("ix_contact_key_address", "address"),
)

task = Table(
    "task",
    metadata,
    Column("dedup", String(200), primary_key=True),
    Column("report", ForeignKey("report.number")),
    Column("text", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("done_at", Instant),
    Index("ix_task_told_at", "told_at"),
)

spent = Table(
    "spent",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)

note = Table(
    "note",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("report.number"), nullable=False, index=True),
    Column("member", String(320), nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("report", Integer, index=True),
    Column("kind", String(40), nullable=False),
    Column("actor", String(320), nullable=False),
    Column("data", Json, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
)
