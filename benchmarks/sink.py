"""The next server of the benchmarks: takes mail by SMTP in a process of its own and keeps it.

Lean on purpose, since its processor time comes off the cores that inboxd is measured on. The
count and the instant of the last mail are shared memory; the mails come out on request.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

LOOPBACK = "127.0.0.1"
_EHLO = b"250-sink.example\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SIZE 134217728\r\n"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One mail that was answered with 250, and when (CLOCK_MONOTONIC, the same everywhere)."""

    at: float
    recipient: str
    content: bytes


class _Session(asyncio.Protocol):
    """One SMTP connection."""

    def __init__(self, kept: list[Accepted], count: Any) -> None:
        self._kept = kept
        self._count = count
        self._buffer = b""
        self._recipient = ""
        self._in_data = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink.example\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            mark = b"\r\n.\r\n" if self._in_data else b"\r\n"
            head, found, rest = self._buffer.partition(mark)
            if not found:
                return
            self._buffer = rest
            self._taken(head + b"\r\n") if self._in_data else self._command(head)

    def _taken(self, content: bytes) -> None:
        self._in_data = False
        unstuffed = content.replace(b"\r\n..", b"\r\n.")
        now = time.monotonic()
        self._kept.append(Accepted(now, self._recipient, unstuffed))
        with self._count.get_lock():
            self._count.value += 1
        self._answer(b"250 2.0.0 kept\r\n")

    def _command(self, line: bytes) -> None:
        match line[:4].upper():
            case b"EHLO" | b"HELO":
                self._answer(_EHLO)
            case b"RCPT":
                self._recipient = line.partition(b"<")[2].partition(b">")[0].decode().lower()
                self._answer(b"250 2.1.5 ok\r\n")
            case b"DATA":
                self._in_data = True
                self._answer(b"354 go on\r\n")
            case b"QUIT":
                self._answer(b"221 2.0.0 bye\r\n")
                assert self._transport is not None
                self._transport.close()
            case _:
                self._answer(b"250 2.0.0 ok\r\n")

    def _answer(self, line: bytes) -> None:
        assert self._transport is not None
        self._transport.write(line)


def _serve(pipe: Connection, count: Any) -> None:
    """The child's life: serve SMTP, and answer the parent's requests on the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kept: list[Accepted] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        over = asyncio.Event()
        server = await loop.create_server(lambda: _Session(kept, count), LOOPBACK, 0)
        pipe.send(server.sockets[0].getsockname()[1])

        def asked() -> None:
            try:
                question = pipe.recv()
            except EOFError:
                question = "stop"
            if question == "stop":
                over.set()
                return
            pipe.send(list(kept))
            kept.clear()
            count.value = 0

        loop.add_reader(pipe.fileno(), asked)
        await over.wait()
        server.close()

    asyncio.run(main())


class Sink:
    """The parent's end of it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._count: Any = context.Value("q", 0)
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._count), daemon=True)
        self.port = 0

    def __enter__(self) -> Sink:
        self._process.start()
        if not self._pipe.poll(30):
            raise RuntimeError("the mail sink did not start")
        self.port = self._pipe.recv()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pipe.send("stop")
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def count(self) -> int:
        """Mails accepted since the last `take`."""
        return int(self._count.value)

    def take(self) -> list[Accepted]:
        """The mails so far, in the order they were accepted; counting starts anew."""
        self._pipe.send("take")
        mails: list[Accepted] = self._pipe.recv()
        return mails
