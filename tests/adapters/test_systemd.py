"""What systemd hears from us, and when the watchdog goes hungry."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inboxd.adapters.systemd import Heartbeats, Notifier, Watchdog


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Systemd:
    """The receiving end of the notification socket."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self._socket.settimeout(20)

    def next(self) -> list[str]:
        return self._socket.recv(4096).decode().split("\n")

    def heard_nothing(self) -> bool:
        self._socket.setblocking(False)
        try:
            self._socket.recv(4096)
        except BlockingIOError:
            return True
        finally:
            self._socket.settimeout(20)
        return False

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    one = Systemd(str(tmp_path / "notify"))
    yield one
    one.close()


@pytest.fixture
def notifier(systemd: Systemd) -> Notifier:
    return Notifier({"NOTIFY_SOCKET": systemd.address, "WATCHDOG_USEC": "120000000"})


# --- the protocol ---


def test_ready_carries_a_status(systemd: Systemd, notifier: Notifier):
    notifier.ready("reading 2 mailboxes")

    assert systemd.next() == ["READY=1", "STATUS=reading 2 mailboxes"]


def test_an_abstract_socket_is_reached_too():
    systemd = Systemd(f"@inboxd-test-{os.getpid()}-{os.urandom(4).hex()}")

    Notifier({"NOTIFY_SOCKET": systemd.address}).status("hello")

    assert systemd.next() == ["STATUS=hello"]
    systemd.close()


def test_stopping_and_reloading_are_announced(systemd: Systemd, notifier: Notifier):
    notifier.stopping()
    notifier.reloading()

    assert systemd.next() == ["STOPPING=1"]
    word, stamp = systemd.next()
    assert word == "RELOADING=1"
    assert stamp.startswith("MONOTONIC_USEC=") and int(stamp.partition("=")[2]) > 0


def test_a_status_cannot_smuggle_in_an_assignment(systemd: Systemd, notifier: Notifier):
    notifier.status("two\nREADY=1\r\0lines\ud800")

    assert systemd.next() == ["STATUS=two READY=1 lines"]


def test_a_status_is_never_too_long_for_systemd(systemd: Systemd, notifier: Notifier):
    notifier.status("\N{PILE OF POO}" * 10_000)

    assert len(systemd.next()[0].encode()) < 4096


@pytest.mark.parametrize("name", ["", "@", "notify", "vsock:2:1234"])
def test_without_a_socket_of_systemd_nothing_happens(name: str):
    notifier = Notifier({"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "1000000"})

    notifier.ready("x")
    notifier.status("x")
    notifier.reloading()
    notifier.alive()
    notifier.stopping()

    assert not notifier.active


def test_a_vanished_socket_raises_nothing(systemd: Systemd, notifier: Notifier):
    systemd.close()
    notifier.ready("nobody listens")
    Path(systemd.address).unlink()
    notifier.ready("nobody is there")
    Notifier({"NOTIFY_SOCKET": "/" + "long" * 100}).ready("no such address")


# --- the watchdog's interval ---


def test_the_interval_is_read_in_seconds():
    assert Notifier({"WATCHDOG_USEC": "90500000"}).watchdog_seconds == 90.5


def test_the_interval_counts_for_the_named_process_only():
    mine = {"WATCHDOG_USEC": "1000000", "WATCHDOG_PID": str(os.getpid())}
    other = {"WATCHDOG_USEC": "1000000", "WATCHDOG_PID": str(os.getppid())}

    assert Notifier(mine).watchdog_seconds == 1
    assert Notifier(other).watchdog_seconds is None


@pytest.mark.parametrize("text", ["", "0", "-5", "1e6", "soon", "9" * 5000, "٣"])
def test_a_broken_interval_is_no_interval(text: str):
    assert Notifier({"WATCHDOG_USEC": text}).watchdog_seconds is None


def test_without_an_interval_the_watchdog_is_not_fed(systemd: Systemd):
    Notifier({"NOTIFY_SOCKET": systemd.address}).alive()

    assert systemd.heard_nothing()


# --- heartbeats ---


def test_a_part_is_stale_once_it_is_older_than_allowed():
    clock = Clock()
    beats = Heartbeats(clock)
    beats.register("worker", 60)
    beats.register("ticker", 90)

    clock.now += 60
    assert beats.stale() == ()
    clock.now += 1
    assert beats.stale() == ("worker",)
    clock.now += 30
    assert beats.stale() == ("ticker", "worker")
    beats.beat("worker")
    assert beats.stale() == ("ticker",)


def test_the_health_page_says_why_a_part_is_stale():
    clock = Clock()
    beats = Heartbeats(clock)
    beats.register("reader:main", 60)
    beats.register("sender", 300)
    clock.now += 75

    assert beats.parts() == {
        "reader:main": "stale: no sign of life for 75 s, 60 s are allowed",
        "sender": "ok",
    }


def test_a_part_that_ended_on_purpose_is_not_missed():
    clock = Clock()
    beats = Heartbeats(clock)
    beats.register("worker", 60)
    beats.remove("worker")
    beats.remove("worker")
    beats.beat("worker")
    clock.now += 1000

    assert beats.stale() == ()
    assert beats.parts() == {}


def test_parts_come_and_go_while_others_look():
    beats = Heartbeats()
    start = threading.Barrier(5)

    def live(name: str) -> None:
        start.wait()
        for _ in range(500):
            beats.register(name, 60)
            beats.beat(name)
            beats.stale()
            beats.parts()
            beats.remove(name)

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(live, [f"part{n}" for n in range(5)]))

    assert beats.parts() == {}


# --- the watchdog ---


def test_the_watchdog_is_fed_only_while_nothing_is_stale(systemd: Systemd, notifier: Notifier):
    clock = Clock()
    beats = Heartbeats(clock)
    beats.register("reader:main", 60)
    watchdog = Watchdog(notifier, beats)

    assert watchdog.step()
    assert systemd.next() == ["WATCHDOG=1"]
    clock.now += 61
    assert not watchdog.step()
    assert systemd.heard_nothing()
    beats.beat("reader:main")
    assert watchdog.step()
    assert systemd.next() == ["WATCHDOG=1"]


def test_a_stalled_part_is_told_of_once_and_so_is_its_recovery():
    clock = Clock()
    beats = Heartbeats(clock)
    beats.register("sender", 60)
    told: list[tuple[str, ...]] = []
    watchdog = Watchdog(Notifier({}), beats, told.append)

    watchdog.step()
    clock.now += 61
    watchdog.step()
    watchdog.step()
    beats.beat("sender")
    watchdog.step()
    watchdog.step()

    assert told == [("sender",), ()]


def test_it_is_fed_three_times_in_an_interval(notifier: Notifier):
    assert Watchdog(notifier, Heartbeats()).pause == 40


def test_the_thread_feeds_until_it_is_stopped(systemd: Systemd):
    quick = Notifier({"NOTIFY_SOCKET": systemd.address, "WATCHDOG_USEC": "3000"})
    watchdog = Watchdog(quick, Heartbeats())

    watchdog.start()
    assert [systemd.next() for _ in range(3)] == [["WATCHDOG=1"]] * 3
    watchdog.stop()
    watchdog.stop()

    while not systemd.heard_nothing():
        pass  # what it sent before it was stopped
    assert systemd.heard_nothing()


def test_a_stopped_watchdog_does_not_wait_for_its_interval(notifier: Notifier):
    watchdog = Watchdog(notifier, Heartbeats())
    watchdog.start()
    watchdog.stop()

    stop = threading.Event()
    stop.set()
    watchdog.run(stop)
