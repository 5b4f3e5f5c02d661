"""Reports as the core knows them, read from their rows; what the ticker must look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from inboxd.core.case import ClockFacts, Hold, Promise, Report, State
from inboxd.core.decide.time import OpenTask, Watched
from inboxd.core.model import (
    Credit,
    CreditWish,
    Fingerprint,
    Found,
    ReportNumber,
    Severity,
)
from inboxd.store.schema import (
    contact_key,
    deadline,
    escalation,
    field,
    hold,
    message,
    note,
    participant,
    report,
    spent,
    task,
    url,
)

TASKS_IN_ONE_LETTER = 50


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    promise: str
    due_at: datetime
    state: str
    met_at: datetime | None
    rule: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """One line of `reports list`."""

    number: int
    state: str
    severity: str
    received_at: datetime
    owner: str
    next_promise: str
    next_due: datetime | None


class Cases:
    """Reading reports inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def next_number(self) -> ReportNumber:
        highest = self._c.execute(select(func.max(report.c.number))).scalar()
        return ReportNumber((highest or 0) + 1)

    def load(self, numbers: Iterable[int]) -> dict[int, Report]:
        wanted = list(dict.fromkeys(numbers))
        if not wanted:
            return {}
        rows = self._c.execute(select(report).where(report.c.number.in_(wanted)))
        return {row.number: self._report(row) for row in rows}

    def _report(self, row: Row[Any]) -> Report:
        people = self._c.execute(
            select(participant.c.address).where(participant.c.report == row.number)
        ).scalars()
        holds = self._c.execute(
            select(hold).where(hold.c.report == row.number).order_by(hold.c.since)
        )
        severity = Severity(row.severity) if row.severity else None
        clock = ClockFacts(
            received_at=row.received_at,
            readable_at=row.readable_at,
            severity=severity,
            acknowledged_at=row.acknowledged_at,
            diagnosed_at=row.diagnosed_at,
            fixed_at=row.fixed_at,
            disclosed_at=row.disclosed_at,
            closed_at=row.closed_at,
            last_update_at=row.last_update_at,
            holds=tuple(Hold(h.since, h.until, h.reason) for h in holds),
        )
        credit = Credit(
            CreditWish(row.credit_wish), row.credit_name, row.credit_handle, row.credit_link
        )
        return Report(
            number=ReportNumber(row.number),
            state=State(row.state),
            language=row.language,
            title=row.title,
            reporter=row.reporter,
            reporter_name=row.reporter_name,
            participants=frozenset(people),
            fingerprint=Fingerprint(row.fingerprint) if row.fingerprint else None,
            sealed=row.sealed,
            owner=row.owner,
            severity=severity,
            clock=clock,
            first_message_id=row.first_message_id,
            last_message_id=row.last_message_id,
            references=tuple(row.references),
            missing=tuple(row.missing),
            asked=row.asked,
            credit=credit,
        )

    # --- the ticker ---

    def due(self, now: datetime) -> tuple[Watched, ...]:
        """Reports with a rung of the ladder that is released by `now`."""
        query = select(deadline.c.report).where(deadline.c.next_at <= now).distinct()
        numbers = list(self._c.execute(query).scalars())
        reports = self.load(numbers)
        return tuple(Watched(reports[n], self.fired(n)) for n in numbers if n in reports)

    def fired(self, number: int) -> Mapping[tuple[Promise, datetime], Mapping[str, datetime]]:
        fired: dict[tuple[Promise, datetime], dict[str, datetime]] = {}
        rows = self._c.execute(select(escalation).where(escalation.c.report == number))
        for row in rows:
            levels = fired.setdefault((Promise(row.promise), row.started_at), {})
            levels[row.level] = max(row.at, levels.get(row.level, row.at))
        return fired

    def untold_tasks(self) -> tuple[OpenTask, ...]:
        query = (
            select(task)
            .where(task.c.told_at.is_(None), task.c.done_at.is_(None))
            .order_by(task.c.raised_at)
            .limit(TASKS_IN_ONE_LETTER)
        )
        return tuple(
            OpenTask(r.dedup, ReportNumber(r.report) if r.report else None, r.text, r.raised_at)
            for r in self._c.execute(query)
        )

    def tasks(self, limit: int) -> tuple[OpenTask, ...]:
        """Open tasks, the oldest first."""
        query = select(task).where(task.c.done_at.is_(None)).order_by(task.c.raised_at).limit(limit)
        return tuple(
            OpenTask(r.dedup, ReportNumber(r.report) if r.report else None, r.text, r.raised_at)
            for r in self._c.execute(query)
        )

    def finish_task(self, dedup: str, now: datetime) -> bool:
        done = task.update().where(task.c.dedup == dedup, task.c.done_at.is_(None))
        return self._c.execute(done.values(done_at=now)).rowcount == 1

    def open_tasks(self) -> int:
        query = select(func.count()).select_from(task).where(task.c.done_at.is_(None))
        return int(self._c.execute(query).scalar() or 0)

    # --- what deciding asks ---

    def known_key(self, address: str) -> Fingerprint | None:
        """The key to answer an address with: a confirmed one, else the first that was seen.

        A newer key never replaces an older one by itself: an attacker could send it.
        """
        query = (
            select(contact_key.c.fingerprint)
            .where(
                contact_key.c.address == address,
                contact_key.c.state.in_(("seen", "confirmed")),
            )
            .order_by(contact_key.c.state, contact_key.c.seen_at)
            .limit(1)
        )
        found = self._c.execute(query).scalar()
        return Fingerprint(found) if found else None

    def mentioned(self, message_ids: tuple[str, ...]) -> list[int]:
        """Reports that hold a mail with one of these claimed Message-IDs."""
        if not message_ids:
            return []
        query = (
            select(message.c.report)
            .where(message.c.message_id.in_(message_ids[-50:]), message.c.report.is_not(None))
            .distinct()
        )
        return [int(n) for n in self._c.execute(query).scalars()]

    def is_spent(self, digest: str) -> bool:
        query = select(spent.c.digest).where(spent.c.digest == digest)
        return self._c.execute(query).first() is not None

    def fields(self, number: int) -> dict[str, Found]:
        rows = self._c.execute(select(field).where(field.c.report == number))
        return {r.name: Found(r.value, r.span_start, r.span_end, r.how) for r in rows}

    # --- what people ask ---

    def overview(self, *, only_open: bool, limit: int) -> list[Overview]:
        """Reports with their next deadline, the most urgent first."""
        running = (
            select(deadline.c.report, func.min(deadline.c.due_at).label("due"))
            .where(deadline.c.state == "running", deadline.c.promise != "disclose")
            .group_by(deadline.c.report)
            .subquery()
        )
        query = (
            select(report, running.c.due)
            .outerjoin(running, running.c.report == report.c.number)
            .order_by(running.c.due.is_(None), running.c.due, report.c.number.desc())
            .limit(limit)
        )
        if only_open:
            query = query.where(or_(report.c.closed_at.is_(None), running.c.due.is_not(None)))
        found = []
        for row in self._c.execute(query):
            promise = ""
            if row.due is not None:
                named = select(deadline.c.promise).where(
                    deadline.c.report == row.number, deadline.c.due_at == row.due
                )
                promise = self._c.execute(named).scalar() or ""
            found.append(
                Overview(
                    row.number, row.state, row.severity or "", row.received_at, row.owner or "",
                    promise, row.due,
                )
            )  # fmt: skip
        return found

    def open_count(self) -> int:
        query = select(func.count()).select_from(report).where(report.c.closed_at.is_(None))
        return int(self._c.execute(query).scalar() or 0)

    def deadlines(self, number: int) -> list[DeadlineRow]:
        query = select(deadline).where(deadline.c.report == number).order_by(deadline.c.due_at)
        return [
            DeadlineRow(r.promise, r.due_at, r.state, r.met_at, r.rule, r.next_at)
            for r in self._c.execute(query)
        ]

    def details(self, number: int) -> dict[str, Any]:
        """Everything parsed of a report, for `reports show`."""
        fields = self._c.execute(select(field).where(field.c.report == number))
        urls = self._c.execute(select(url).where(url.c.report == number).order_by(url.c.id))
        mails = self._c.execute(
            select(message).where(message.c.report == number).order_by(message.c.id)
        )
        notes = self._c.execute(select(note).where(note.c.report == number).order_by(note.c.id))
        facts = self._c.execute(select(report.c.facts).where(report.c.number == number)).scalar()
        return {
            "fields": {
                f.name: {"value": f.value, "span": [f.span_start, f.span_end], "how": f.how}
                for f in fields
            },
            "urls": [
                {"url": u.url, "host": u.host, "scope": u.scope, "role": u.role} for u in urls
            ],
            "messages": [
                {
                    "received": m.received_at.isoformat(),
                    "kind": m.kind,
                    "role": m.role,
                    "sha256": m.sha256,
                    "crypto": m.crypto,
                }
                for m in mails
            ],
            "notes": [{"at": n.at.isoformat(), "member": n.member, "text": n.text} for n in notes],
            "facts": facts or {},
        }
