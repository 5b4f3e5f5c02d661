"""The next server of the benchmarks: takes mail by SMTP in a process of its own and keeps it.

Lean on purpose, since its processor time comes off the cores that inboxd is measured on. The
count and the instant of the last mail are shared memory; the mails come out on request.
"""

from __future__ import annotations

import asyncio
import mmap
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from types import TracebackType

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

    def __init__(self, kept: list[Accepted], count: _Count) -> None:
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


class _Count:
    """A number in memory that both processes see."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, 8)

    @property
    def value(self) -> int:
        return int.from_bytes(self._memory[:8], "little")

    @value.setter
    def value(self, value: int) -> None:
        self._memory[:8] = value.to_bytes(8, "little")


def _serve(pipe: Connection, count: _Count) -> None:
    """The child's life: serve SMTP, and answer the parent's requests on the pipe."""
    kept: list[Accepted] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        over = asyncio.Event()
        server = await loop.create_server(lambda: _Session(kept, count), LOOPBACK, 0)
        pipe.send(server.sockets[0].getsockname()[1])

        def asked() -> None:
            try:
                pipe.recv()
            except EOFError:  # the parent ended
                over.set()
                return
            pipe.send([(mail.at, mail.recipient, mail.content) for mail in kept])
            kept.clear()
            count.value = 0

        loop.add_reader(pipe.fileno(), asked)
        await over.wait()
        server.close()

    asyncio.run(main())


class Sink:
    """The parent's end of it; a context manager."""

    def __init__(self) -> None:
        self.port = 0

    def __enter__(self) -> Sink:
        memory = os.memfd_create("sink")
        os.ftruncate(memory, 8)
        self._count = _Count(memory)
        self._pipe, theirs = Pipe()
        fds = (theirs.fileno(), memory)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.sink", *map(str, fds)],
            pass_fds=fds,
            start_new_session=True,  # Ctrl-C reaches the parent only, which ends us
        )
        theirs.close()
        os.close(memory)
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
        self._pipe.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def count(self) -> int:
        """Mails accepted since the last `take`."""
        return self._count.value

    def take(self) -> list[Accepted]:
        """The mails so far, in the order they were accepted; counting starts anew."""
        self._pipe.send("take")
        return [Accepted(*row) for row in self._pipe.recv()]


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), _Count(int(sys.argv[2])))
