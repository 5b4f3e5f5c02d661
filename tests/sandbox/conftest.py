"""Fixtures: a running sandbox server, IMAPClient and raw connections to it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from imapclient import IMAPClient

from inboxd.sandbox.server import Account, MailServer

ACCOUNTS = (
    Account("security", "s3cret", ("security@example.test", "psirt@example.test")),
    Account("reporter", "hunter2", ("finder@research.test",)),
)


class Wire:
    """A raw connection: bytes out, whole lines in."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=4)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def line(self) -> bytes:
        """The next line without its end; empty at the end of the stream."""
        return self.file.readline().removesuffix(b"\r\n")

    def until(self, start: bytes) -> list[bytes]:
        """Lines up to and with the first that starts so."""
        lines: list[bytes] = []
        while True:
            line = self.file.readline()
            assert line, f"closed while waiting for {start!r}; got {lines}"
            lines.append(line.removesuffix(b"\r\n"))
            if line.startswith(start):
                return lines

    def command(self, text: bytes) -> list[bytes]:
        """Send a command, return all lines up to its tagged answer."""
        self.send(b"t " + text + b"\r\n")
        return self.until(b"t ")

    def ends_with_bye(self, text: bytes) -> bool:
        """Send a command that is answered with BYE and the end of the connection."""
        self.send(b"t " + text + b"\r\n")
        return self.line().startswith(b"* BYE") and self.at_end()

    def at_end(self) -> bool:
        try:
            return self.file.read(1) == b""
        except ConnectionError:
            return True

    def close(self) -> None:
        self.file.close()
        self.socket.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path / "mail", ACCOUNTS) as running:
        yield running


@pytest.fixture
def connect(server: MailServer) -> Iterator[Callable[[], IMAPClient]]:
    """Makes logged-in IMAP clients; whatever state they end in, they are closed."""
    opened: list[IMAPClient] = []

    def make(login: str = "security", password: str = "s3cret") -> IMAPClient:
        client = IMAPClient("127.0.0.1", server.imap_port, ssl=False, timeout=4)
        opened.append(client)
        client.login(login, password)
        return client

    yield make
    for client in opened:
        client.shutdown()


@pytest.fixture
def client(connect: Callable[[], IMAPClient]) -> IMAPClient:
    one = connect()
    one.select_folder("INBOX")
    return one


@pytest.fixture
def open_wire(server: MailServer) -> Iterator[Callable[[int], Wire]]:
    opened: list[Wire] = []

    def make(port: int) -> Wire:
        opened.append(Wire(port))
        return opened[-1]

    yield make
    for wire in opened:
        wire.close()


@pytest.fixture
def wire(server: MailServer, open_wire: Callable[[int], Wire]) -> Wire:
    """A raw IMAP connection after login."""
    one = open_wire(server.imap_port)
    one.line()
    one.command(b"LOGIN security s3cret")
    return one


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do; the test's own timeout is the limit."""
    deadline = time.monotonic() + 4
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)
