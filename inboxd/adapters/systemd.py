"""What inboxd tells systemd: ready, status, stopping, reloading, and that it still works.

Owns the notification socket, the heartbeats of the daemon's parts and the thread that feeds the
watchdog. It promises that the watchdog is fed only while every registered part has beaten in time,
that nothing is done when systemd did not start us, and that a vanished or jammed socket never
raises or blocks for long. It never restarts or judges a part: systemd does the first, the daemon
hears of a stalled part through `on_change`.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_SEND_SECONDS = 2.0  # a jammed socket costs no more than this
_MAX_STATUS = 500  # characters; systemd drops a datagram of more than 4096 bytes
_CHECK_SECONDS = 20.0  # how often parts are looked at when there is no watchdog to feed


class Notifier:
    """The sd_notify protocol, by hand: datagrams to the socket that systemd named."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        environment = os.environ if environment is None else environment
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self.watchdog_seconds = _watchdog_seconds(environment)

    @property
    def active(self) -> bool:
        """Whether systemd (or what plays it) listens; all methods do nothing otherwise."""
        return self._address is not None

    def ready(self, status: str) -> None:
        """The daemon serves; also ends a reload. `status` holds no report content."""
        self._send("READY=1", _status(status))

    def status(self, text: str) -> None:
        """One line for `systemctl status`; no report content."""
        self._send(_status(text))

    def stopping(self) -> None:
        self._send("STOPPING=1")

    def reloading(self) -> None:
        """A reload has begun; `ready` ends it."""
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._send("RELOADING=1", f"MONOTONIC_USEC={now}")

    def alive(self) -> None:
        """Feed the watchdog once; nothing where none is set."""
        if self.watchdog_seconds is not None:
            self._send("WATCHDOG=1")

    def _send(self, *assignments: str) -> None:
        if self._address is None:
            return
        data = "\n".join(assignments).encode()
        with contextlib.suppress(OSError), _datagram_socket() as channel:
            channel.sendto(data, self._address)


def _datagram_socket() -> socket.socket:
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
    channel.settimeout(_SEND_SECONDS)
    return channel


def _address(name: str) -> bytes | None:
    """Address of the socket. Only paths and abstract names are for us; vsock is for machines."""
    if name.startswith("@") and len(name) > 1:
        return b"\0" + os.fsencode(name[1:])
    return os.fsencode(name) if name.startswith("/") else None


def _status(text: str) -> str:
    # A line break would begin another assignment; systemd drops what holds a NUL.
    printable = "".join(char if char.isprintable() else " " for char in text[:_MAX_STATUS])
    return "STATUS=" + " ".join(printable.split())


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    """The watchdog's interval, where it is set and meant for this process."""
    microseconds = _number(environment.get("WATCHDOG_USEC", ""))
    if not microseconds:
        return None
    if "WATCHDOG_PID" in environment and _number(environment["WATCHDOG_PID"]) != os.getpid():
        return None
    return microseconds / 1_000_000


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,20}", text) else None


@dataclass(slots=True)
class _Part:
    max_age: float
    beaten_at: float


class Heartbeats:
    """When each part of the daemon last showed that it works; safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._parts: dict[str, _Part] = {}

    def register(self, name: str, max_age: float) -> None:
        """Watch a part from now on: it goes stale `max_age` seconds after its last beat."""
        with self._lock:
            self._parts[name] = _Part(max_age, self._clock())

    def remove(self, name: str) -> None:
        """Stop watching a part that ended on purpose; an unknown one is nothing to report."""
        with self._lock:
            self._parts.pop(name, None)

    def beat(self, name: str) -> None:
        """The part works. A name that is not registered is ignored: a part may end meanwhile."""
        with self._lock:
            part = self._parts.get(name)
            if part is not None:
                part.beaten_at = self._clock()

    def stale(self) -> tuple[str, ...]:
        """Names of the parts that have not beaten in time, sorted."""
        with self._lock:
            now = self._clock()
            return tuple(
                sorted(
                    name
                    for name, part in self._parts.items()
                    if now - part.beaten_at > part.max_age
                )
            )

    def parts(self) -> dict[str, str]:
        """Every part with "ok" or "stale: why", for the health page."""
        with self._lock:
            now = self._clock()
            return {
                name: _state(part, now - part.beaten_at)
                for name, part in sorted(self._parts.items())
            }


def _state(part: _Part, age: float) -> str:
    if age <= part.max_age:
        return "ok"
    return f"stale: no sign of life for {age:.0f} s, {part.max_age:.0f} s are allowed"


class Watchdog:
    """Feeds systemd's watchdog while all parts are alive, in a thread of its own.

    `on_change` is called in that thread with the stale parts each time they change, () when all
    are well again; it also is without systemd, so that a stalled part is always told of.
    """

    def __init__(
        self,
        notifier: Notifier,
        heartbeats: Heartbeats,
        on_change: Callable[[tuple[str, ...]], None] | None = None,
    ) -> None:
        self._notifier = notifier
        self._heartbeats = heartbeats
        self._on_change = on_change
        self._known: tuple[str, ...] = ()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def pause(self) -> float:
        """Seconds between two looks: a third of the interval, so that one lost is no harm."""
        interval = self._notifier.watchdog_seconds
        return interval / 3 if interval is not None else _CHECK_SECONDS

    def step(self) -> bool:
        """Look once; feed the watchdog if nothing is stale. Returns whether that was so."""
        stale = self._heartbeats.stale()
        if not stale:
            self._notifier.alive()
        if stale != self._known:
            self._known = stale
            if self._on_change is not None:
                self._on_change(stale)
        return not stale

    def run(self, stop: threading.Event) -> None:
        """Step until told to stop; the first step is at once."""
        self.step()
        while not stop.wait(self.pause):
            self.step()

    def start(self) -> None:
        self._stop.clear()
        self._thread = threading.Thread(
            target=self.run, args=(self._stop,), name="watchdog", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the thread; doing so twice, or before it was started, is fine."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
