"""Numbers and health for the machine that watches us: Prometheus text and a JSON health page.

Owns the metrics (in a registry of its own) and the small HTTP server that shows them. It promises
that the server is reachable from this machine only, that a slow or silent client holds nothing up,
and that a label is a short word of our own: anything else, such as an address or a line of a
report, is shown as "other" (invariant 10). It never reads the database, decides what healthy
means or writes a log: the daemon hands in `refresh` and `health`.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from inboxd.core.case import Outcome
from inboxd.errors import ConfigError, TransientError

_OTHER = "other"
_WORD = re.compile(r"[a-z0-9][a-z0-9_:-]{0,39}")  # no dot, no @: neither hosts nor addresses
_MAX_WORDS = 100  # different values of one label; the next one is "other"

# gpg makes a mail cost tenths of a second; the upper end is where its bounds of time lie.
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)

_CLIENT_SECONDS = 5.0  # a client that has not asked and taken its answer by then is cut off
_MAX_CLIENTS = 8  # the oldest is cut off for the next one
_POLL_SECONDS = 0.25

JSON_TYPE = "application/json"


class _Words:
    """The values one label has had. Keeps content and unbounded growth out of the metrics."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def take(self, value: str) -> str:
        if value in self._seen:
            return value
        if len(self._seen) >= _MAX_WORDS or _WORD.fullmatch(value) is None:
            return _OTHER
        self._seen.add(value)
        return value


class Metrics:
    """All numbers of one daemon; safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ticked_at = clock()  # a daemon that never ticks shows a growing age
        self._lock = threading.Lock()
        self._words = {name: _Words() for name in ("source", "purpose", "account", "state")}
        self.registry = CollectorRegistry()
        self._count_work(self.registry)
        self._show_state(self.registry)
        # A series that begins at 1 hides its first step from rate() and increase().
        for outcome in Outcome:
            self._processed.labels(outcome.name.lower())
        for kind in ("later", "dead"):
            self._failed.labels(kind)

    def _count_work(self, registry: CollectorRegistry) -> None:
        self._received = Counter(
            "inboxd_mails_received_total",
            "Mails taken into the spool.",
            ["source"],
            registry=registry,
        )
        self._processed = Counter(
            "inboxd_mails_processed_total",
            "Mails worked off, by their one outcome.",
            ["outcome"],
            registry=registry,
        )
        self._seconds = Histogram(
            "inboxd_process_seconds",
            "Seconds of work on one mail, gpg included, waiting not.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._sent = Counter(
            "inboxd_letters_sent_total",
            "Letters that the next mail server accepted.",
            ["purpose"],
            registry=registry,
        )
        self._failed = Counter(
            "inboxd_letters_failed_total",
            "Failed attempts to send: later is tried again, dead waits for a human.",
            ["kind"],
            registry=registry,
        )
        self._breached = Counter(
            "inboxd_deadlines_breached_total",
            "Promises of the policy that were missed.",
            registry=registry,
        )

    def _show_state(self, registry: CollectorRegistry) -> None:
        self._spool = Gauge(
            "inboxd_spool", "Received mails in the spool, by state.", ["state"], registry=registry
        )
        self._outbox = Gauge(
            "inboxd_outbox", "Letters in the outbox, by state.", ["state"], registry=registry
        )
        self._connected = Gauge(
            "inboxd_reader_connected",
            "1 while the mailbox reader is logged in, 0 while it is not.",
            ["account"],
            registry=registry,
        )
        self._tick_age = Gauge(
            "inboxd_last_tick_age_seconds",
            "Seconds since the clock last worked off what was due.",
            registry=registry,
        )
        self._tick_age.set_function(self._seconds_since_tick)
        self._open_reports = Gauge(
            "inboxd_open_reports", "Reports that are not closed.", registry=registry
        )
        self._oldest_waiting = Gauge(
            "inboxd_oldest_waiting_seconds",
            "Age of the oldest mail that waits in the spool; 0 when none does.",
            registry=registry,
        )

    # --- what happened ---

    def mail_received(self, source: str) -> None:
        self._received.labels(self._word("source", source)).inc()

    def mail_processed(self, outcome: Outcome, seconds: float) -> None:
        self._processed.labels(outcome.name.lower()).inc()
        self._seconds.observe(seconds)

    def letter_sent(self, purpose: str) -> None:
        self._sent.labels(self._word("purpose", purpose)).inc()

    def letter_postponed(self) -> None:
        self._failed.labels("later").inc()

    def letter_dead(self) -> None:
        self._failed.labels("dead").inc()

    def reader_connected(self, account: str, connected: bool) -> None:
        self._connected.labels(self._word("account", account)).set(int(connected))

    def ticked(self) -> None:
        self._ticked_at = self._clock()

    def deadline_breached(self) -> None:
        self._breached.inc()

    # --- what is so now: set by the daemon's `refresh` ---

    def set_spool(self, by_state: Mapping[str, int]) -> None:
        """Replaces all counts: a state that is not named holds 0."""
        self._replace(self._spool, by_state)

    def set_outbox(self, by_state: Mapping[str, int]) -> None:
        """Replaces all counts: a state that is not named holds 0."""
        self._replace(self._outbox, by_state)

    def set_open_reports(self, count: int) -> None:
        self._open_reports.set(count)

    def set_oldest_waiting(self, seconds: float) -> None:
        self._oldest_waiting.set(seconds)

    def page(self) -> bytes:
        """Everything in Prometheus' text format (CONTENT_TYPE_LATEST)."""
        return generate_latest(self.registry)

    def _seconds_since_tick(self) -> float:
        return self._clock() - self._ticked_at

    def _word(self, label: str, value: str) -> str:
        with self._lock:
            return self._words[label].take(value)

    def _replace(self, gauge: Gauge, by_state: Mapping[str, int]) -> None:
        counts: dict[str, int] = {}
        for state, count in by_state.items():
            word = self._word("state", state)
            counts[word] = counts.get(word, 0) + count
        for metric in gauge.collect():
            for sample in metric.samples:
                counts.setdefault(sample.labels["state"], 0)
        for word, count in counts.items():
            gauge.labels(word).set(count)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the daemon works: each part is "ok" or "stale: why"; no content, no addresses."""

    ok: bool
    parts: Mapping[str, str]


class MetricsServer:
    """GET /metrics and GET /health on a loopback address, in threads of their own."""

    def __init__(
        self,
        host: str,
        port: int,
        metrics: Metrics,
        health: Callable[[], Health],
        refresh: Callable[[], None],
        *,
        client_seconds: float = _CLIENT_SECONDS,
    ) -> None:
        self.host = _loopback(host)
        self.port = port  # 0 until started: any free port
        self._metrics = metrics
        self._health = health
        self._refresh = refresh
        self._client_seconds = client_seconds
        self._refreshing = threading.Lock()  # never held while a client is written to
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen and serve. Raises ConfigError, or TransientError while the port is taken."""
        try:
            server = _Server(self.host, self.port, self._answer, self._client_seconds)
        except (OSError, OverflowError) as error:
            where = f"metrics: cannot listen on {self.host} port {self.port}"
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                raise TransientError(
                    f"{where}: something else does; choose another port or stop the other program"
                ) from error
            raise ConfigError(f"{where}: {error}; choose another address or port") from error
        self.port = server.server_address[1]
        self._server = server
        self._thread = threading.Thread(
            target=server.serve_forever, args=(_POLL_SECONDS,), name="metrics", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and cut off who is being served; doing so twice is fine."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def _answer(self, path: str) -> tuple[HTTPStatus, str, bytes]:
        if path == "/metrics":
            return self._metrics_page()
        if path == "/health":
            return self._health_page()
        return HTTPStatus.NOT_FOUND, "text/plain", b"try /metrics or /health\n"

    def _metrics_page(self) -> tuple[HTTPStatus, str, bytes]:
        if not self._refreshing.acquire(timeout=self._client_seconds):
            return HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", b"an earlier scrape still runs\n"
        try:
            self._refresh()
            return HTTPStatus.OK, CONTENT_TYPE_LATEST, self._metrics.page()
        except Exception as error:  # noqa: BLE001 - the scraper is told; the text may hold content
            text = f"the numbers could not be read: {type(error).__name__}\n"
            return HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", text.encode()
        finally:
            self._refreshing.release()

    def _health_page(self) -> tuple[HTTPStatus, str, bytes]:
        try:
            health = self._health()
        except Exception as error:  # noqa: BLE001 - as above
            health = Health(False, {"health": f"stale: {type(error).__name__}"})
        body = json.dumps({"ok": health.ok, "parts": dict(health.parts)}) + "\n"
        status = HTTPStatus.OK if health.ok else HTTPStatus.SERVICE_UNAVAILABLE
        return status, JSON_TYPE, body.encode()


_Answer = Callable[[str], tuple[HTTPStatus, str, bytes]]


class _Server(ThreadingHTTPServer):
    """Serves each client in a thread and cuts off the slow, the silent and the too many."""

    daemon_threads = True
    request_queue_size = 64  # a burst waits to be accepted; it is not slowed down by the kernel

    def __init__(self, host: str, port: int, answer: _Answer, client_seconds: float) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.answer = answer
        self._client_seconds = client_seconds
        self._clients: dict[socket.socket, float] = {}  # with the time they came, oldest first
        self._clients_lock = threading.Lock()
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer looks the host's name up here, which may ask the network; nobody needs it.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def get_request(self) -> tuple[socket.socket, object]:
        client, address = self.socket.accept()
        client.settimeout(self._client_seconds)
        with self._clients_lock:
            self._clients[client] = time.monotonic()
            extra = len(self._clients) - _MAX_CLIENTS
            for oldest in list(self._clients)[: max(0, extra)]:
                self._cut(oldest)
        return client, address

    def service_actions(self) -> None:
        """Called by the serving loop between two waits."""
        latest = time.monotonic() - self._client_seconds
        with self._clients_lock:
            for client, came in list(self._clients.items()):
                if came <= latest:
                    self._cut(client)

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        with self._clients_lock:
            self._clients.pop(request, None)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        with self._clients_lock:
            for client in list(self._clients):
                self._cut(client)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is nothing to tell; ours are answered with a 500."""

    def _cut(self, client: socket.socket) -> None:
        self._clients.pop(client, None)
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)  # its thread wakes up and closes it


class _Handler(BaseHTTPRequestHandler):
    """One request, one answer, then the connection ends (HTTP/1.0)."""

    server: _Server

    def do_GET(self) -> None:
        status, content_type, body = self.server.answer(self.path.partition("?")[0])
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        return "inboxd"

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: scrapes come every few seconds, and a request line is the client's text."""


def _loopback(host: str) -> str:
    """The address to bind; refuses all that other machines can reach."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ConfigError(
            f"metrics: {host!r} can be reached from other machines, or is a name; use 127.0.0.1"
            " or ::1 and put a proxy that asks for a password before it"
        )
    return host
