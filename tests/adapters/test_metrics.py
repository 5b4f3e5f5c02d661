"""The numbers, the health page, and what keeps content and slow clients out of both."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from prometheus_client import REGISTRY

from inboxd.adapters.metrics import Health, Metrics, MetricsServer
from inboxd.core.case import Outcome
from inboxd.errors import ConfigError, TransientError

OK = Health(True, {"worker": "ok"})


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


# --- the numbers ---


def test_what_happens_is_counted():
    metrics = Metrics()

    metrics.mail_received("imap:main")
    metrics.mail_received("lmtp")
    metrics.mail_received("imap:main")
    metrics.mail_processed(Outcome.OPENED, 0.2)
    metrics.letter_sent("receipt")
    metrics.letter_postponed()
    metrics.letter_dead()
    metrics.letter_dead()
    metrics.deadline_breached()
    metrics.reader_connected("main", True)
    metrics.reader_connected("old", False)

    assert value(metrics, "inboxd_mails_received_total", source="imap:main") == 2
    assert value(metrics, "inboxd_mails_received_total", source="lmtp") == 1
    assert value(metrics, "inboxd_mails_processed_total", outcome="opened") == 1
    assert value(metrics, "inboxd_process_seconds_count") == 1
    assert value(metrics, "inboxd_process_seconds_sum") == pytest.approx(0.2)
    assert value(metrics, "inboxd_letters_sent_total", purpose="receipt") == 1
    assert value(metrics, "inboxd_letters_failed_total", kind="later") == 1
    assert value(metrics, "inboxd_letters_failed_total", kind="dead") == 2
    assert value(metrics, "inboxd_deadlines_breached_total") == 1
    assert value(metrics, "inboxd_reader_connected", account="main") == 1
    assert value(metrics, "inboxd_reader_connected", account="old") == 0


def test_what_is_so_now_is_shown():
    metrics = Metrics()

    metrics.set_open_reports(7)
    metrics.set_oldest_waiting(12.5)
    metrics.set_spool({"waiting": 3, "working": 1})
    metrics.set_outbox({"dead": 2})

    assert value(metrics, "inboxd_open_reports") == 7
    assert value(metrics, "inboxd_oldest_waiting_seconds") == 12.5
    assert value(metrics, "inboxd_spool", state="waiting") == 3
    assert value(metrics, "inboxd_outbox", state="dead") == 2


def test_a_state_that_is_empty_again_shows_zero():
    metrics = Metrics()
    metrics.set_spool({"waiting": 3, "working": 1})

    metrics.set_spool({"working": 2})

    assert value(metrics, "inboxd_spool", state="waiting") == 0
    assert value(metrics, "inboxd_spool", state="working") == 2


def test_a_clock_that_never_ticks_is_seen():
    now = 100.0
    metrics = Metrics(lambda: now)

    now = 160.0
    assert value(metrics, "inboxd_last_tick_age_seconds") == 60
    metrics.ticked()
    assert value(metrics, "inboxd_last_tick_age_seconds") == 0


def test_outcomes_and_failures_begin_at_zero():
    metrics = Metrics()

    for outcome in Outcome:
        name = outcome.name.lower()
        assert value(metrics, "inboxd_mails_processed_total", outcome=name) == 0
    assert value(metrics, "inboxd_letters_failed_total", kind="dead") == 0


def test_two_daemons_in_one_process_do_not_share_numbers():
    one, two = Metrics(), Metrics()
    one.mail_received("lmtp")

    assert value(two, "inboxd_mails_received_total", source="lmtp") is None
    assert "inboxd_mails_received" not in {m.name for m in REGISTRY.collect()}


@pytest.mark.parametrize(
    "text",
    [
        "researcher@example.org",
        "Stored XSS in the invoice search",
        "www.example.org",
        "x" * 41,
        "a\nb",
        "",
        "naïve",
    ],
)
def test_invariant_10_a_label_holds_neither_content_nor_addresses(text: str):
    metrics = Metrics()

    metrics.mail_received(text)
    metrics.letter_sent(text)
    metrics.reader_connected(text, True)
    metrics.set_spool({text: 1})
    metrics.set_outbox({text: 1, text + "!": 2})

    values = {v for m in metrics.registry.collect() for s in m.samples for v in s.labels.values()}
    assert text not in values
    assert value(metrics, "inboxd_mails_received_total", source="other") == 1
    assert value(metrics, "inboxd_letters_sent_total", purpose="other") == 1
    assert value(metrics, "inboxd_reader_connected", account="other") == 1
    assert value(metrics, "inboxd_outbox", state="other") == 3


def test_labels_do_not_grow_without_bound():
    metrics = Metrics()

    for number in range(1000):
        metrics.letter_sent(f"purpose-{number}")

    assert len(metrics.page().splitlines()) < 400
    assert value(metrics, "inboxd_letters_sent_total", purpose="other") == 900


# --- the server ---

Start = Callable[..., MetricsServer]


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[MetricsServer] = []

    def start_one(
        metrics: Metrics | None = None,
        health: Callable[[], Health] = lambda: OK,
        refresh: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> MetricsServer:
        host = options.pop("host", "127.0.0.1")
        one = MetricsServer(
            host, options.pop("port", 0), metrics or Metrics(), health, refresh, **options
        )
        one.start()
        running.append(one)
        return one

    yield start_one
    for one in running:
        one.stop()


def get(server: MetricsServer, path: str, method: str = "GET") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=20)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read().decode()
    finally:
        connection.close()


def open_and_say(server: MetricsServer, text: bytes) -> socket.socket:
    client = socket.create_connection((server.host, server.port), timeout=20)
    client.sendall(text)
    return client


def ended(client: socket.socket) -> bool:
    """Waits until the server closes this connection; fails after the socket's own timeout."""
    with client:
        try:
            while client.recv(4096):
                pass
        except ConnectionResetError:
            pass
    return True


def test_a_scrape_shows_fresh_numbers(start: Start):
    metrics = Metrics()
    server = start(metrics, refresh=lambda: metrics.set_open_reports(41))

    status, content_type, body = get(server, "/metrics?debug=1")

    assert status == 200
    assert content_type.startswith("text/plain; version=")
    assert "inboxd_open_reports 41.0" in body.splitlines()


def test_health_is_200_while_all_is_well(start: Start):
    status, content_type, body = get(start(), "/health")

    assert (status, content_type) == (200, "application/json")
    assert json.loads(body) == {"ok": True, "parts": {"worker": "ok"}}


def test_health_is_503_when_a_part_is_stale(start: Start):
    ill = Health(False, {"reader:main": "stale: no sign of life for 75 s", "worker": "ok"})

    status, _, body = get(start(health=lambda: ill), "/health")

    assert status == 503
    assert json.loads(body) == {"ok": False, "parts": dict(ill.parts)}


def test_invariant_10_a_failure_is_told_without_its_text(start: Start, capfd):
    def fail() -> Any:
        raise RuntimeError("secret subject of a report")

    server = start(health=fail, refresh=fail)
    scrape, health = get(server, "/metrics"), get(server, "/health")
    server.stop()

    assert scrape[0] == 500
    assert health[0] == 503
    for text in (scrape[2], health[2]):
        assert "RuntimeError" in text and "secret" not in text
    assert capfd.readouterr() == ("", "")


def test_other_paths_and_methods_get_nothing(start: Start):
    server = start()

    assert get(server, "/")[0] == 404
    assert get(server, "/metrics/../etc/passwd")[0] == 404
    assert get(server, "/metrics", "POST")[0] == 501


def test_nothing_is_written_to_the_journal(start: Start, capfd):
    server = start()
    get(server, "/metrics")
    get(server, "/nothing")
    ended(open_and_say(server, b"\x16\x03\x01 nonsense\r\n\r\n"))
    open_and_say(server, b"GET /metrics HTTP/1.1\r\n").close()
    server.stop()

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "metrics.example.org", "", "*"])
def test_a_host_that_others_can_reach_is_refused(host: str):
    with pytest.raises(ConfigError, match="metrics: .*127.0.0.1"):
        MetricsServer(host, 0, Metrics(), lambda: OK, lambda: None)


@pytest.mark.parametrize("host", ["127.0.0.2", "localhost"])
def test_every_loopback_address_will_do(start: Start, host: str):
    assert get(start(host=host), "/health")[0] == 200


def test_ipv6_loopback_will_do(start: Start):
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        pytest.skip(f"no IPv6 loopback here: {error.strerror}")

    assert get(start(host="::1"), "/health")[0] == 200


def test_a_taken_port_may_be_free_later(start: Start):
    with pytest.raises(TransientError, match="choose another port"):
        start(port=start().port)


def test_a_port_that_does_not_exist_is_a_mistake_in_the_configuration(start: Start):
    with pytest.raises(ConfigError, match="choose another address or port"):
        start(port=70_000)


def test_it_can_be_started_again_on_the_same_port(start: Start):
    server = start()
    port = server.port
    get(server, "/health")
    server.stop()
    server.stop()
    server.start()

    assert server.port == port
    assert get(server, "/health")[0] == 200


def test_a_client_that_does_not_finish_its_question_is_cut_off(start: Start):
    server = start(client_seconds=0.1)

    assert ended(open_and_say(server, b"GET /metrics HTTP/1.1\r\nHost:"))


def test_a_silent_client_does_not_hold_up_the_next(start: Start):
    server = start(client_seconds=60)
    silent = open_and_say(server, b"")

    assert get(server, "/health")[0] == 200
    silent.close()


def test_many_silent_clients_are_cut_off_for_those_who_ask(start: Start):
    server = start(client_seconds=60)
    silent = [open_and_say(server, b"GET ") for _ in range(30)]

    assert get(server, "/health")[0] == 200
    assert all(ended(client) for client in silent[:20])
    for client in silent[20:]:
        client.close()


def test_a_slow_refresh_does_not_pile_up_scrapes(start: Start):
    entered, release = threading.Event(), threading.Event()
    calls: list[int] = []

    def refresh() -> None:
        calls.append(1)
        entered.set()
        release.wait(20)

    server = start(refresh=refresh, client_seconds=0.2)
    first = open_and_say(server, b"GET /metrics HTTP/1.0\r\n\r\n")
    assert entered.wait(20)

    assert ended(open_and_say(server, b"GET /metrics HTTP/1.0\r\n\r\n"))
    assert get(server, "/health")[0] == 200
    release.set()
    assert ended(first)
    assert len(calls) == 1


def test_stopping_cuts_off_who_is_still_served(start: Start):
    server = start(client_seconds=60)
    get(server, "/health")
    silent = open_and_say(server, b"GET ")
    get(server, "/health")  # so the silent one was accepted before
    server.stop()

    assert ended(silent)
