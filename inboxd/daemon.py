"""The daemon: which threads run, in which order they start and stop, what tells that they live.

Threads: one reader per mailbox, workers, senders, the ticker, the LMTP listener, metrics and the
watchdog. They share nothing but the pipeline's four calls, each with its own transaction.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from inboxd import __version__, assembly, eventlog
from inboxd.adapters.gpg import stop_agent
from inboxd.adapters.imap import ImapReader, Position
from inboxd.adapters.lmtp import LmtpListener
from inboxd.adapters.metrics import Health, Metrics, MetricsServer
from inboxd.adapters.smtp import SmtpTransport
from inboxd.adapters.systemd import Heartbeats, Notifier, Watchdog
from inboxd.config import Config, Mailbox
from inboxd.core.case import Outcome
from inboxd.pipeline import Pipeline

ALIVE_WITHIN = 180.0  # seconds: longer than the longest silence of a healthy part
IDLE_WAIT = 2.0  # seconds between looks for work when nobody rang


class MailboxIntake:
    """What a reader calls, on the pipeline and its store."""

    def __init__(self, pipeline: Pipeline, account: str) -> None:
        self._pipeline = pipeline
        self._source = f"imap:{account}"

    def position(self, account: str, folder: str) -> tuple[int, int] | None:
        with self._pipeline.store.read() as unit:
            return unit.spool.cursor(account, folder)

    def restart(self, place: Position) -> None:
        with self._pipeline.store.write() as unit:
            unit.spool.set_cursor(place.account, place.folder, place.uidvalidity, place.uid)

    def first_sync(self, account: str, folder: str, days: int) -> datetime | None:
        """The instant before which mail is left alone, fixed at the very first sync; None takes
        everything. It is kept, so that a rebuilt mailbox does not bring old mail back."""
        if days < 0:
            return None
        name = f"first-sync:{account}:{folder}"[:60]
        with self._pipeline.store.write() as unit:
            known = unit.setting(name)
            if known is None:
                since = assembly.now() - timedelta(days=days)
                unit.set_setting(name, since.isoformat().encode())
                return since
        return datetime.fromisoformat(known.decode())

    def taken(self, account: str, folder: str, uids: list[int]) -> list[int]:
        position = self.position(account, folder)
        if position is None:
            return []
        keys = {f"{folder}/{position[0]}/{uid}": uid for uid in uids}
        with self._pipeline.store.read() as unit:
            known = unit.spool.among_taken(self._source, list(keys))
        return [uid for key, uid in keys.items() if key in known]

    def take(self, place: Position, raw: bytes, received_at: datetime) -> None:
        key = f"{place.folder}/{place.uidvalidity}/{place.uid}"
        self._pipeline.receive(self._source, key, raw, received_at, place)

    def to_file(self) -> list[tuple[int, bytes]]:
        with self._pipeline.store.read() as unit:
            return unit.outbox.to_file(limit=50)

    def filed(self, entry: int) -> None:
        with self._pipeline.store.write() as unit:
            unit.outbox.filed(entry)


class Daemon:
    """All parts of a running inboxd. `start`, then `stop`; `run` does both around signals."""

    def __init__(
        self,
        config: Config,
        *,
        clock: Callable[[], datetime] = assembly.now,
        intake: Callable[[Pipeline, str], MailboxIntake] = MailboxIntake,
    ) -> None:
        self.config = config
        self._clock = clock
        self._intake = intake
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._readers: list[ImapReader] = []
        self._transports: list[SmtpTransport] = []
        self.notifier = Notifier()
        self.heartbeats = Heartbeats()
        self.watchdog = Watchdog(self.notifier, self.heartbeats, self._stale_changed)
        self.metrics = Metrics()
        self.metrics_server: MetricsServer | None = None
        self.lmtp: LmtpListener | None = None
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self.store = assembly.store(config)
        self.store.database.lock()
        self.pipeline = assembly.pipeline(config, self.store, self._transport(), clock=clock)

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._signalled)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # no reload: a restart is cheap
        self.start()
        try:
            while not self._stop.wait(1.0):
                pass
        finally:
            self.stop()

    def _signalled(self, number: int, _frame: object) -> None:
        eventlog.daemon_stopping(signal.Signals(number).name)
        self._stop.set()

    def _stale_changed(self, names: tuple[str, ...]) -> None:
        for name in names:
            eventlog.part_stale(name)

    # --- start and stop ---

    def start(self) -> None:
        """Give back what a killed daemon held, then start from the end of the path to its head."""
        config = self.config
        workers = config.daemon.workers or os.cpu_count() or 1
        eventlog.daemon_started(__version__, workers, len(config.mailbox))
        eventlog.subscribe(self._count)
        with self.store.write() as unit:
            unit.spool.release_all()
            unit.outbox.release_all()
        self._refresh_deadlines()
        for index in range(config.daemon.senders or workers):
            self._loop(f"sender:{index}", self._send_one, self.pipeline.send_bell)
        for index in range(workers):
            self._loop(f"worker:{index}", self.pipeline.process, self.pipeline.work_bell)
        self._start_ticker()
        self._start_metrics()
        if config.lmtp.listen:
            self.lmtp = LmtpListener(config.lmtp, config.address.security, self._receive)
            self.lmtp.start()
        for mailbox in config.mailbox:
            self._start_reader(mailbox)
        self.watchdog.start()
        self.notifier.ready(self._status())
        eventlog.daemon_ready()

    def stop(self) -> None:
        """Intake first, then work in hand, then the rest; what is left waits in the database."""
        self._stop.set()
        self.notifier.stopping()
        for reader in self._readers:
            reader.stop()
        if self.lmtp is not None:
            self.lmtp.stop()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self.pipeline.work_bell.set()
        self.pipeline.send_bell.set()
        for thread in self._threads:
            thread.join(timeout=30)
        self.watchdog.stop()
        if self.metrics_server is not None:
            self.metrics_server.stop()
        for transport in self._transports:
            transport.close()
        eventlog.unsubscribe(self._count)
        self.pipeline.reader.close()
        self.store.close()
        for home in (self.config.pgp.home, self.config.pgp.contacts):
            stop_agent(home)
        eventlog.daemon_stopped()

    def _refresh_deadlines(self) -> None:
        """Deadlines follow the policy in force: recompute those of open reports at start."""
        with self.store.write() as unit:
            numbers = {line.number for line in unit.cases.overview(only_open=True, limit=100_000)}
            unit.refresh_deadlines(self.pipeline.policy.clocks, self._clock(), numbers)

    def _transport(self) -> SmtpTransport:
        smtp = self.config.smtp
        transport = SmtpTransport(smtp, assembly.secret_reader(smtp.password, "smtp.password"))
        self._transports.append(transport)
        return transport

    # --- parts ---

    def _loop(self, name: str, work: Callable[[], bool], bell: threading.Event) -> None:
        self.heartbeats.register(name, ALIVE_WITHIN)

        def body() -> None:
            while not self._stop.is_set():
                self.heartbeats.beat(name)
                try:
                    if work():
                        continue
                except Exception as error:  # noqa: BLE001  the loop's boundary: log, breathe, go on
                    eventlog.part_failed(name, error)
                    self._stop.wait(5.0)
                bell.wait(IDLE_WAIT)
                bell.clear()

        self._thread(name, body)

    def _thread(self, name: str, body: Callable[[], None]) -> None:
        thread = threading.Thread(target=body, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _send_one(self) -> bool:
        return self.pipeline.send()

    def _start_ticker(self) -> None:
        self.heartbeats.register("ticker", max(ALIVE_WITHIN, self.config.daemon.tick_seconds * 3))

        def body() -> None:
            try:
                self.pipeline.tick()
                self.metrics.ticked()
                self.heartbeats.beat("ticker")
                self.notifier.status(self._status())
            except Exception as error:  # noqa: BLE001  the ticker's boundary
                eventlog.part_failed("ticker", error)

        seconds = self.config.daemon.tick_seconds
        self._scheduler.add_job(body, "interval", seconds=seconds, next_run_time=assembly.now())
        self._scheduler.start()

    def _start_reader(self, mailbox: Mailbox) -> None:
        name = f"reader:{mailbox.name}"
        self.heartbeats.register(name, max(ALIVE_WITHIN, mailbox.idle_seconds * 2.0))
        reader = ImapReader(
            mailbox,
            assembly.secret_reader(mailbox.password, f"mailbox {mailbox.name}: password"),
            self._intake(self.pipeline, mailbox.name),
            beat=lambda: self.heartbeats.beat(name),
        )
        self._readers.append(reader)
        self._thread(name, reader.run)

    def _receive(self, source: str, key: str, raw: bytes) -> object:
        return self.pipeline.receive(source, key, raw)

    # --- telling the truth ---

    def _start_metrics(self) -> None:
        listen = self.config.daemon.metrics
        if not listen:
            return
        host, _, port = listen.rpartition(":")
        self.metrics_server = MetricsServer(
            host, int(port), self.metrics, self.health, self._refresh_metrics
        )
        self.metrics_server.start()

    def health(self) -> Health:
        """Every part with what is wrong with it; `ok` only when nothing is."""
        parts = dict(self.heartbeats.parts())
        for mailbox, reader in zip(self.config.mailbox, self._readers, strict=False):
            if not reader.connected:
                parts[f"reader:{mailbox.name}"] = f"not connected: {reader.last_error}"
        with self.store.read() as unit:
            outbox, spool = unit.outbox.counts(), unit.spool.counts()
        if outbox.get("dead"):
            parts["outbox"] = f"{outbox['dead']} letters could not be sent"
        if spool.get("quarantined"):
            parts["spool"] = f"{spool['quarantined']} mails in quarantine"
        return Health(all(state == "ok" for state in parts.values()), parts)

    def _refresh_metrics(self) -> None:
        with self.store.read() as unit:
            self.metrics.set_spool(unit.spool.counts())
            self.metrics.set_outbox(unit.outbox.counts())
            self.metrics.set_open_reports(unit.cases.open_count())
            oldest = unit.spool.oldest_waiting()
        waiting = (self._clock() - oldest).total_seconds() if oldest else 0.0
        self.metrics.set_oldest_waiting(max(0.0, waiting))
        for mailbox, reader in zip(self.config.mailbox, self._readers, strict=False):
            self.metrics.reader_connected(mailbox.name, reader.connected)

    def _status(self) -> str:
        connected = sum(reader.connected for reader in self._readers)
        return f"{connected} of {len(self._readers)} mailboxes connected"

    def _count(self, event: str, facts: Mapping[str, object]) -> None:
        """Events become counters; no label holds content or an address."""
        match event:
            case "message.spooled":
                self.metrics.mail_received(str(facts["source"]))
            case "message.processed":
                outcomes = {o.value: o for o in Outcome}
                outcome = outcomes.get(str(facts["outcome"]))
                if outcome is not None:
                    self.metrics.mail_processed(outcome, float(str(facts["seconds"])))
            case "letter.sent":
                self.metrics.letter_sent(str(facts["purpose"]))
            case "letter.deferred":
                self.metrics.letter_postponed()
            case "letter.dead":
                self.metrics.letter_dead()
            case "deadline.breached":
                self.metrics.deadline_breached()
            case _:
                pass
