"""Recording a decision: every change applied, every letter enqueued, deadlines recomputed.

One call, inside one transaction. Deadline rows are a projection of the report's history, written
here and nowhere else, so that recomputing always equals what is stored (invariant 8).
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from inboxd.core import case
from inboxd.core.case import Change, Decision, Promise
from inboxd.core.decide.facts import Reading
from inboxd.core.model import Credit, Found, ReportNumber, SeenUrl, Severity
from inboxd.core.sla import Clocks, deadlines, next_release
from inboxd.store import schema
from inboxd.store.cases import Cases
from inboxd.store.duplicates import Duplicates
from inboxd.store.history import History
from inboxd.store.outbox import Outbox

_MARKS = {
    Promise.ACKNOWLEDGE: "acknowledged_at",
    Promise.DIAGNOSE: "diagnosed_at",
    Promise.FIX: "fixed_at",
    Promise.UPDATE: "last_update_at",
    Promise.DISCLOSE: "disclosed_at",
}


_DELETE_DEADLINES = delete(schema.deadline).where(schema.deadline.c.report == bindparam("number"))


class Record:
    """Applies decisions in one transaction. `entry` is the spool id of the mail at work."""

    def __init__(
        self, connection: Connection, clocks: Clocks, now: datetime, entry: int | None = None
    ) -> None:
        self._c = connection
        self._clocks = clocks
        self._now = now
        self._entry = entry
        self._touched: set[int] = set()

    def apply(self, decision: Decision, reading: Reading | None, received_at: datetime) -> None:
        if reading is not None:
            self._message(reading, decision, received_at)
        for change in decision.changes:
            self._apply(change, reading)
        self.refresh()

    def refresh(self, numbers: set[int] | None = None) -> None:
        """Write the deadline rows of the touched reports anew from their history."""
        cases = Cases(self._c)
        for number, report in cases.load(numbers or self._touched).items():
            self._c.execute(_DELETE_DEADLINES, {"number": number})
            critical = report.severity is Severity.CRITICAL
            all_fired = cases.fired(number)
            rows = []
            for deadline in deadlines(report.clock, self._clocks):
                fired = all_fired.get((deadline.promise, deadline.started_at), {})
                rows.append(
                    {
                        "report": number,
                        "promise": deadline.promise.value,
                        "started_at": deadline.started_at,
                        "due_at": deadline.due_at,
                        "state": deadline.state.value,
                        "met_at": deadline.met_at,
                        "rule": deadline.rule,
                        "next_at": next_release(deadline, self._clocks, fired, critical=critical),
                    }
                )
            self._c.execute(schema.deadline.insert(), rows)

    # --- the message itself ---

    def _message(self, reading: Reading, decision: Decision, received_at: datetime) -> None:
        message = reading.message
        crypto = dataclasses.asdict(message.crypto)
        crypto["signatures"] = [
            {"status": s.status.value, "fingerprint": s.fingerprint, "whole": s.covers_whole}
            for s in message.crypto.signatures
        ]
        self._c.execute(
            schema.message.insert(),
            dict(
                spool_id=self._entry,
                sha256=message.sha256,
                message_id=message.message_id[:320],
                sender=(message.sender.spec if message.sender else "")[:320],
                kind=(decision.kind or reading.verdict.kind).value,
                received_at=received_at,
                crypto=crypto,
                evidence=list(reading.verdict.evidence),
                missing=list(reading.understood.missing),
            ),
        )

    # --- changes ---

    def _apply(self, change: Change, reading: Reading | None) -> None:
        match change:
            case case.OpenReport():
                self._open(change)
            case case.FileMessage(number, role):
                self._file(number, role.value, reading)
            case case.FillFields(number, understood, urls, missing, credit):
                self._fields(number, dict(understood), urls)
                self._report(number, missing=list(missing), **_credit_columns(credit))
                if reading is not None:
                    Duplicates(self._c).add(number, reading.traits)
            case case.Rate(number, severity):
                self._report(number, severity=severity.value)
            case case.Move(number, state):
                self._report(number, state=state.value)
            case case.Mark(number, promise, at):
                self._report(number, **{_MARKS[promise]: at})
            case case.BecameReadable(number, at):
                self._report(number, readable_at=at)
            case case.Close(number, at):
                self._report(number, closed_at=at)
            case case.Wait(number, since, reason):
                values = {"report": number, "since": since, "reason": reason}
                self._c.execute(schema.hold.insert(), values)
                self._touched.add(number)
            case case.Resume(number, at):
                self._resume(number, at)
            case case.Own(number, member):
                self._report(number, owner=member)
            case case.Seal(number, fingerprint):
                self._report(number, sealed=True, fingerprint=fingerprint)
            case case.Escalated(number, promise, started_at, level):
                self._escalated(number, promise, started_at, level)
            case _:
                self._apply_other(change)

    def _apply_other(
        self,
        change: case.LearnKey
        | case.RaiseTask
        | case.Spend
        | case.CancelLetters
        | case.LetterBounced
        | case.Remember
        | case.KeepNote
        | case.TasksTold,
    ) -> None:
        match change:
            case case.LearnKey(fingerprint, address, source):
                values = {
                    "fingerprint": fingerprint,
                    "address": address,
                    "state": "seen",
                    "source": source,
                    "seen_at": self._now,
                }
                self._insert_new(schema.contact_key, values)
            case case.RaiseTask(dedup, number, text):
                values = {"dedup": dedup, "report": number, "text": text, "raised_at": self._now}
                self._insert_new(schema.task, values)
            case case.Spend(digest):
                values = {"digest": digest, "at": self._now}
                self._insert_new(schema.spent, values)
            case case.LetterBounced(message_id):
                Outbox(self._c).bounced(message_id, self._now)
            case case.CancelLetters(number, purpose):
                Outbox(self._c).cancel(number, purpose)
            case case.Remember(kind, report, actor, data):
                History(self._c).append(kind, report, actor, data, self._now)
            case case.KeepNote(number, member, text):
                values = {"report": number, "member": member, "at": self._now, "text": text}
                self._c.execute(schema.note.insert(), values)
            case case.TasksTold(dedups):
                told = update(schema.task).where(schema.task.c.dedup.in_(dedups))
                self._c.execute(told.values(told_at=self._now))
            case _:
                assert_never(change)

    def _open(self, change: case.OpenReport) -> None:
        report = change.report
        self._c.execute(
            schema.report.insert(),
            dict(
                number=report.number,
                state=report.state.value,
                language=report.language,
                title=report.title,
                reporter=report.reporter,
                reporter_name=report.reporter_name,
                fingerprint=report.fingerprint,
                sealed=report.sealed,
                owner=report.owner,
                severity=report.severity.value if report.severity else None,
                received_at=report.clock.received_at,
                readable_at=report.clock.readable_at,
                first_message_id=report.first_message_id,
                last_message_id=report.last_message_id,
                references=list(report.references),
                missing=list(report.missing),
                asked=report.asked,
                facts=dict(change.facts),
                **_credit_columns(report.credit),
            ),
        )
        for address in report.participants:
            self._c.execute(
                schema.participant.insert(), dict(report=report.number, address=address)
            )
        self._fields(report.number, dict(change.understood), change.urls)
        Duplicates(self._c).keep(report.number, change.traits)
        self._touched.add(report.number)

    def _fields(self, number: int, understood: dict[str, Found], urls: tuple[SeenUrl, ...]) -> None:
        """New fields and URLs; a field that is known keeps the words it came in."""
        fields = [
            {
                "report": number,
                "name": name,
                "value": found.value,
                "span_start": found.start,
                "span_end": found.end,
                "how": found.how,
                "spool_id": self._entry,
            }
            for name, found in understood.items()
        ]
        self._insert_new(schema.field, *fields)
        seen = [
            {
                "report": number,
                "url": one.url,
                "host": one.host,
                "scope": one.scope,
                "role": one.role,
                "why": one.why,
            }
            for one in urls
        ]
        self._insert_new(schema.url, *seen)

    def _file(self, number: ReportNumber, role: str, reading: Reading | None) -> None:
        filed = update(schema.message).where(schema.message.c.spool_id == self._entry)
        self._c.execute(filed.values(report=number, role=role))
        if reading is None or role != "reporter" or not reading.message.message_id:
            return
        message_id = reading.message.message_id
        row = self._c.execute(
            select(schema.report.c.references).where(schema.report.c.number == number)
        ).first()
        known = [i for i in (row.references if row else []) if i != message_id]
        self._report(number, last_message_id=message_id, references=[*known, message_id][-40:])

    def _report(self, number: int, **values: Any) -> None:
        changed = update(schema.report).where(schema.report.c.number == number)
        self._c.execute(changed.values(**values))
        self._touched.add(number)

    def _resume(self, number: int, at: datetime) -> None:
        open_holds = (schema.hold.c.report == number) & schema.hold.c.until.is_(None)
        for row in self._c.execute(select(schema.hold).where(open_holds)).all():
            until = max(at, row.since)
            ended = update(schema.hold).where(schema.hold.c.id == row.id)
            self._c.execute(ended.values(until=until))
        self._touched.add(number)

    def _escalated(self, number: int, promise: Promise, started_at: datetime, level: str) -> None:
        key = {
            "report": number,
            "promise": promise.value,
            "started_at": started_at,
            "level": level,
            "at": self._now,
        }
        self._insert_new(schema.escalation, key)
        self._touched.add(number)

    def _insert_new(self, table: Table, *rows: dict[str, Any]) -> None:
        """Insert rows whose key is not there yet."""
        if rows:
            dialect = postgresql if self._c.dialect.name == "postgresql" else sqlite
            self._c.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))


def _credit_columns(credit: Credit) -> dict[str, Any]:
    return {
        "credit_wish": credit.wish.value,
        "credit_name": credit.name,
        "credit_handle": credit.handle,
        "credit_link": credit.link,
    }
