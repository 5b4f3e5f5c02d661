"""THE PATH. Start reading here.

receive   a reader, the listener or a pipe hands over bytes; returning means "safely taken"
process   a worker opens, reads, routes, decides and records one mail
tick      time has passed: what is due now is decided and recorded
send      a worker seals one letter and hands it to the next server

A mail and a tick are the same kind of thing: facts in, one `Decision` out, recorded in one
transaction with the letters it causes. No transaction is ever held across gpg or the network.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from inboxd import eventlog
from inboxd.core import compose, routing
from inboxd.core.case import Decision, Escalated, RaiseTask
from inboxd.core.compose import Rendered, Templates
from inboxd.core.decide.delivery import on_dead, on_sent
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.decide.letters import to_team
from inboxd.core.decide.message import decide_message
from inboxd.core.decide.time import decide_tick
from inboxd.core.letter import Letter, Protection, message_id
from inboxd.core.model import Fingerprint
from inboxd.core.policy import Policy
from inboxd.errors import PermanentError, StorageError, TransientError
from inboxd.isolation import Reader, ReadingStopped
from inboxd.store.outbox import Outgoing
from inboxd.store.spool import MAX_ATTEMPTS, Spooled
from inboxd.store.unit import Store, Unit

RETRY_FIRST = timedelta(seconds=30)
RETRY_MOST = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=3)
OVERTAKEN_WAIT = timedelta(seconds=1)


class Keyring(Protocol):
    """What sealing a letter needs of gpg."""

    def sign(self, data: bytes) -> bytes: ...
    def encrypt(self, data: bytes, recipient: Fingerprint) -> bytes: ...


class Transport(Protocol):
    """Hands bytes to the next server; raises TransientError or PermanentError."""

    def send(self, envelope_from: str, recipient: str, data: bytes) -> None: ...


class Place(Protocol):
    """A position in a mailbox folder."""

    @property
    def account(self) -> str: ...
    @property
    def folder(self) -> str: ...
    @property
    def uidvalidity(self) -> int: ...
    @property
    def uid(self) -> int: ...


class Pipeline:
    """The four calls. Each may run in many threads at once.

    `at(point)` is called after every commit and every effect: the crash tests stop there.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        keyring: Keyring,
        transport: Transport,
        templates: Templates,
        policy: Policy,
        clock: Callable[[], datetime],
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.store = store
        self.policy = policy
        self.reader = reader
        self._keyring = keyring
        self._transport = transport
        self._templates = templates
        self._clock = clock
        self._at = at
        self.work_bell = threading.Event()  # rung when a mail was spooled
        self.send_bell = threading.Event()  # rung when a letter was queued
        self._last_tick: datetime | None = None

    # --- receive -----------------------------------------------------------------------------

    def receive(
        self,
        source: str,
        key: str,
        raw: bytes,
        received_at: datetime | None = None,
        place: Place | None = None,
    ) -> bool:
        """Store raw bytes durably. Returning, with True for a new mail, means "taken".

        `place`: how far a mailbox reader has come with this mail; kept in the same transaction.
        """
        now = self._clock()
        with self.store.write() as unit:
            new = unit.spool.put(source, key, raw, received_at or now, now)
            if place is not None:
                unit.spool.set_cursor(place.account, place.folder, place.uidvalidity, place.uid)
        self._at("received")
        eventlog.message_spooled(source, len(raw), new=new)
        self.work_bell.set()
        return new

    # --- process -----------------------------------------------------------------------------

    def process(self) -> bool:
        """Work off one mail; False when none waits."""
        with self.store.write(durable=False) as unit:
            entry = unit.spool.claim(self._clock())
        if entry is None:
            return False
        self._at("claimed")
        started = time.monotonic()
        try:
            if entry.attempts > MAX_ATTEMPTS:
                self._quarantine(entry, "it ended the daemon or ran out of time again and again")
                return True
            with self.store.read() as unit:
                raw = unit.spool.raw(entry.sha256)
            reading = self.reader.read(raw)
            self._at("read")
            decision = self._decide(entry, reading)
            if decision is not None:
                self._log_processed(entry, decision, reading, time.monotonic() - started)
        except (TransientError, StorageError) as error:
            self._postpone(entry, eventlog.safe(error), timedelta(seconds=20), counts=False)
        except Exception as error:  # noqa: BLE001  the worker's boundary: one bad mail stops nothing
            self._failed(entry, error)
        return True

    def _decide(self, entry: Spooled, reading: Reading) -> Decision | None:
        """Route, decide and record in one transaction; None when the mail has to wait."""
        now, policy = self._clock(), self.policy
        with self.store.write() as unit:
            facts = self._facts(unit, entry, reading, now)
            if facts is None:
                why = "it overtook an earlier mail"
                unit.spool.postpone(entry.id, now + OVERTAKEN_WAIT, why, counts=False)
                eventlog.message_postponed(entry.id, why)
                return None
            decision = decide_message(reading, facts, policy)
            unit.record(
                decision,
                self._render(decision.letters, now),
                policy.clocks,
                now,
                reading=reading,
                received_at=entry.received_at,
                entry=entry.id,
            )
            outcome = decision.outcome.value if decision.outcome else ""
            unit.spool.finish(entry.id, outcome, decision.reason)
        self._at("decided")
        self.send_bell.set()
        return decision

    def _facts(
        self, unit: Unit, entry: Spooled, reading: Reading, now: datetime
    ) -> MessageFacts | None:
        message, policy = reading.message, self.policy
        found = routing.clues(message, policy)
        sent = unit.outbox.by_message_ids((*found.message_ids, *found.bounced))
        mentioned = unit.cases.mentioned(message.in_reply_to + message.references)
        numbers = [*found.numbers, *(s.number for s in sent.values() if s.number), *mentioned]
        reports = unit.cases.load(numbers)
        route = routing.route(message, reading.voice, found, reports, sent, policy, mentioned)
        is_reply = bool(message.in_reply_to) and route.number is None and not mentioned
        if is_reply and not sent and unit.spool.older_at_work(entry.id, now):
            return None
        number = route.number or route.possible or (route.bounced.number if route.bounced else None)
        sender = message.sender.spec if message.sender else ""
        return MessageFacts(
            now=now,
            received_at=entry.received_at,
            route=route,
            report=reports.get(number) if number else None,
            next_number=unit.cases.next_number(),
            known_key=unit.cases.known_key(sender),
            auto_sent_to_sender=unit.outbox.automatic_since(now - timedelta(days=1), sender),
            auto_sent_overall=unit.outbox.automatic_since(now - timedelta(hours=1)),
            same_id_other_bytes=unit.spool.other_bytes_with_id(message.message_id, message.sha256),
            instruction_spent=unit.cases.is_spent(reading.instruction),
            letters=unit.outbox.of_report(number) if number else (),
            fields=unit.cases.fields(number) if number else {},
            alike=() if number else unit.duplicates.like(reading.sought, now),
        )

    def _render(self, letters: tuple[Letter, ...], now: datetime) -> list[tuple[Letter, Rendered]]:
        return [(letter, self._rendered(letter, now)) for letter in letters]

    def _rendered(self, letter: Letter, now: datetime) -> Rendered:
        policy = self.policy
        subject, text = compose.render(letter, self._templates)
        reply_to = None  # an encrypted letter is answered to the plain address, by its keyed id
        number, party = letter.number, letter.reply_party
        if number is not None and party is not None and letter.fingerprint is None:
            reply_to = routing.reply_address(policy, number, party)
        return Rendered(
            message_id=message_id(letter.dedup, policy.secret, policy.domain),
            date=now,
            sender_name=f"{policy.organisation} Security",
            sender=policy.address,
            to=letter.to,
            subject=subject,
            text=text,
            reply_to=reply_to,
            auto=letter.auto,
            protection=letter.protection,
            fingerprint=letter.fingerprint,
            in_reply_to=letter.in_reply_to,
            references=letter.references,
            attachments=letter.attachments,
            autocrypt=policy.autocrypt_key,
        )

    def _log_processed(
        self, entry: Spooled, decision: Decision, reading: Reading, seconds: float
    ) -> None:
        signed = reading.message.crypto.whole_mail_signed_by
        trust = "member" if reading.voice.member else "signed" if signed else "unproven"
        eventlog.message_processed(
            entry.id,
            (decision.kind or reading.verdict.kind).value,
            decision.outcome.value if decision.outcome else "",
            decision.number,
            trust,
            seconds,
        )

    def _failed(self, entry: Spooled, error: Exception) -> None:
        why = str(error) if isinstance(error, ReadingStopped) else type(error).__name__
        eventlog.part_failed("process", error)
        if entry.attempts >= MAX_ATTEMPTS:
            self._quarantine(entry, why)
        else:
            self._postpone(entry, why, timedelta(seconds=5 * entry.attempts), counts=True)

    def _postpone(self, entry: Spooled, why: str, wait: timedelta, *, counts: bool) -> None:
        with self.store.write() as unit:
            unit.spool.postpone(entry.id, self._clock() + wait, why, counts=counts)
        eventlog.message_postponed(entry.id, why)

    def _quarantine(self, entry: Spooled, why: str) -> None:
        """Never dropped: the raw mail stays, and people are told where it is."""
        now, policy = self._clock(), self.policy
        text = f"Mail {entry.id} of the spool could not be processed. See `inboxd spool list`."
        letters = to_team(
            "team-quarantined",
            policy.handlers,
            policy,
            f"quarantined:{entry.id}",
            {"entry": entry.id, "why": why},
            content_free=True,
        )
        task = RaiseTask(f"quarantined:{entry.id}", None, text)
        decision = Decision(None, why, changes=(task,), letters=tuple(letters))
        with self.store.write() as unit:
            unit.record(decision, self._render(decision.letters, now), policy.clocks, now)
            unit.spool.quarantine(entry.id, why)
        self._at("quarantined")
        eventlog.message_quarantined(entry.id, why, entry.attempts)
        self.send_bell.set()

    # --- tick --------------------------------------------------------------------------------

    def tick(self) -> int:
        """Decide and record everything that is due now; returns the number of letters."""
        now, policy = self._clock(), self.policy
        self._note_jump(now)
        with self.store.read() as unit:  # most ticks find nothing and need not hold up writers
            if not unit.cases.due(now) and not unit.cases.untold_tasks():
                return 0
        today = policy.clocks.calendar.add_days(now, 0).astimezone(policy.clocks.calendar.zone)
        midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
        with self.store.write() as unit:
            watched = unit.cases.due(now)
            tasks = unit.cases.untold_tasks()
            told = unit.outbox.told_since(midnight, "escalation")
            decision = decide_tick(watched, tasks, told, policy, now)
            if not decision.changes:
                return 0
            rendered = self._render(decision.letters, now)
            unit.record(decision, rendered, policy.clocks, now)
        self._at("ticked")
        eventlog.ladder_climbed(len(watched), len(decision.letters))
        for change in decision.changes:
            if isinstance(change, Escalated) and change.level == "100":
                eventlog.deadline_breached(change.number, change.promise.value)
        self.send_bell.set()
        return len(decision.letters)

    def _note_jump(self, now: datetime) -> None:
        """Say so when the wall clock went back or the machine slept; rows stay the truth."""
        if self._last_tick is not None:
            gap = (now - self._last_tick).total_seconds()
            if gap < -60 or gap > 600:
                eventlog.clock_jumped(gap)
        self._last_tick = now

    # --- send --------------------------------------------------------------------------------

    def send(self) -> bool:
        """Seal and hand over one letter; False when none may leave now."""
        with self.store.write(durable=False) as unit:
            outgoing = unit.outbox.claim(self._clock())
        if outgoing is None:
            return False
        self._at("letter-claimed")
        started = time.monotonic()
        try:
            data = outgoing.sealed or self._seal(outgoing)
            envelope_from = routing.bounce_address(self.policy, outgoing.mail.message_id)
            self._transport.send(envelope_from, outgoing.mail.to, data)
            self._at("letter-accepted")
            self._sent(outgoing)
            letter = outgoing.letter
            seconds = time.monotonic() - started
            eventlog.letter_sent(outgoing.id, letter.purpose, letter.number, seconds)
        except PermanentError as error:
            self._dead(outgoing, str(error))
        except (TransientError, StorageError) as error:
            self._later(outgoing, error)
        except Exception as error:  # noqa: BLE001  the sender's boundary: one letter stops no other
            eventlog.part_failed("send", error)
            self._later(outgoing, error)
        return True

    def _seal(self, outgoing: Outgoing) -> bytes:
        """Sign, and encrypt when the letter says so. Never less than it says (invariant 4)."""
        # clients call a signature odd whose Date is far from it, so a late letter is dated now
        mail = replace(outgoing.mail, date=self._clock())
        if not compose.is_sendable(mail.to):
            raise PermanentError("the address cannot be written to without SMTPUTF8")
        inner = compose.inner_entity(mail)
        if mail.fingerprint is not None:
            ciphertext = self._keyring.encrypt(inner, mail.fingerprint)
            data = compose.encrypted_message(mail, ciphertext)
        elif mail.protection is Protection.ENCRYPTED:
            raise PermanentError("it must be encrypted and no key of the recipient is known")
        else:
            data = compose.signed_message(mail, inner, self._keyring.sign(inner))
        with self.store.write(durable=False) as unit:
            unit.outbox.keep_sealed(outgoing.id, data)
        self._at("letter-sealed")
        return data

    def _sent(self, outgoing: Outgoing) -> None:
        now, letter = self._clock(), outgoing.letter
        with self.store.write() as unit:
            unit.outbox.sent(outgoing.id, now)
            if letter.number is not None and letter.party == routing.REPORTER:
                report = unit.cases.load([letter.number]).get(letter.number)
                letters = unit.outbox.of_report(letter.number)
                decision = on_sent(replace(letter, sent_at=now), report, letters, self.policy)
                unit.record(decision, [], self.policy.clocks, now)
        self._at("letter-sent")

    def _later(self, outgoing: Outgoing, error: Exception) -> None:
        now = self._clock()
        why = eventlog.safe(error)
        if now - outgoing.queued_at > GIVE_UP_AFTER:
            self._dead(outgoing, f"{why}; given up after {GIVE_UP_AFTER.days} days")
            return
        wait = min(RETRY_FIRST * 2 ** min(outgoing.attempts - 1, 10), RETRY_MOST)
        with self.store.write() as unit:
            maybe = bool(getattr(error, "maybe_sent", False))
            unit.outbox.later(outgoing.id, now + wait, why, maybe_sent=maybe)
        eventlog.letter_deferred(outgoing.id, outgoing.letter.purpose, outgoing.attempts, why)

    def _dead(self, outgoing: Outgoing, why: str) -> None:
        now, letter = self._clock(), outgoing.letter
        with self.store.write() as unit:
            unit.outbox.dead(outgoing.id, why)
            number = letter.number
            report = unit.cases.load([number]).get(number) if number is not None else None
            decision = on_dead(letter, report, why, self.policy)
            unit.record(decision, self._render(decision.letters, now), self.policy.clocks, now)
        self._at("letter-dead")
        eventlog.letter_dead(outgoing.id, letter.purpose, why)
        self.send_bell.set()
