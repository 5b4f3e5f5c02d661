"""Starting, stopping, what survives a restart, who may connect, TLS."""

from __future__ import annotations

import smtplib
import socket
import ssl
import stat
import subprocess
import threading
from pathlib import Path

import pytest
from imapclient import IMAPClient

from inboxd.errors import TransientError
from inboxd.sandbox.server import Account, MailServer
from tests.sandbox.conftest import ACCOUNTS, Wire, wait_for
from tests.sandbox.hostile import MAILS


def test_mail_flags_uids_and_folders_survive_a_restart(tmp_path: Path):
    with MailServer(tmp_path, ACCOUNTS) as first:
        for raw in MAILS.values():
            first.deliver("security", raw, flags=("\\Seen", "$Triage"))
        client = IMAPClient("127.0.0.1", first.imap_port, ssl=False, timeout=4)
        client.login("security", "s3cret")
        client.create_folder("Für später/x")
        client.subscribe_folder("Für später/x")
        client.select_folder("INBOX")
        client.move([1], "Für später/x")
        last = len(MAILS)
        client.delete_messages([last])
        client.uid_expunge([last])
        before = client.folder_status("INBOX")
        flags = first.flags("security")
        mails = first.messages("security")
        client.shutdown()

    with MailServer(tmp_path, ACCOUNTS) as second:
        client = IMAPClient("127.0.0.1", second.imap_port, ssl=False, timeout=4)
        client.login("security", "s3cret")
        assert client.folder_status("INBOX") == before
        assert second.flags("security") == flags
        assert second.messages("security") == mails == list(MAILS.values())[1:-1]
        assert second.messages("security", "Für später/x") == [next(iter(MAILS.values()))]
        assert "Für später/x" in [name for _, _, name in client.list_sub_folders()]
        assert second.deliver("security", b"new") == last + 1, "no uid is used twice"
        client.shutdown()


def test_a_server_can_be_stopped_twice_read_after_and_started_again(tmp_path: Path):
    server = MailServer(tmp_path, ACCOUNTS)
    uid = server.deliver("security", b"before the start")
    server.start()
    server.stop()
    server.stop()

    assert server.messages("security") == [b"before the start"]
    with pytest.raises(RuntimeError, match="closed"):
        server.deliver("security", b"x")

    with server:
        assert server.deliver("security", b"x") == uid + 1
        socket.create_connection(("127.0.0.1", server.imap_port), timeout=4).close()
        with pytest.raises(RuntimeError, match="running already"):
            server.start()


def test_stopping_ends_idle_and_stalled_connections_and_threads(tmp_path: Path):
    before = threading.active_count()
    server = MailServer(tmp_path, ACCOUNTS)
    server.start()
    wires = [Wire(server.imap_port), Wire(server.imap_port), Wire(server.smtp_port)]
    for wire in wires:
        wire.line()
    wires[0].command(b"LOGIN security s3cret")
    wires[0].send(b"t IDLE\r\n")
    wires[0].line()
    server.faults.imap.stall = True
    wires[1].send(b"t NOOP\r\n")

    server.stop()

    for wire in wires:
        assert wire.at_end()
        wire.close()
    assert threading.active_count() == before


def test_files_and_directories_are_private(tmp_path: Path):
    root = tmp_path / "new" / "mail"
    with MailServer(root, ACCOUNTS) as server:
        server.deliver("security", b"secret")
        paths = [root, *root.rglob("*")]

        assert {stat.S_IMODE(p.stat().st_mode) for p in paths if p.is_dir()} == {0o700}
        assert {stat.S_IMODE(p.stat().st_mode) for p in paths if p.is_file()} == {0o600}
        assert any(p.read_bytes() == b"secret" for p in paths if p.is_file())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.test", ""])
def test_other_than_loopback_addresses_are_refused(tmp_path: Path, host: str):
    with pytest.raises(ValueError, match="only binds loopback addresses"):
        MailServer(tmp_path, ACCOUNTS, host=host)


def test_localhost_means_the_ipv4_loopback(tmp_path: Path):
    with MailServer(tmp_path, ACCOUNTS, host="localhost") as server:
        socket.create_connection(("127.0.0.1", server.imap_port), timeout=4).close()


def test_a_taken_port_is_reported_and_can_be_retried(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = MailServer(tmp_path, ACCOUNTS, smtp_port=port)
        with pytest.raises(OSError, match="address already in use"):
            server.start()
    with server:
        assert server.smtp_port == port


def test_a_second_server_on_the_same_directory_is_refused(tmp_path: Path):
    with (
        MailServer(tmp_path, ACCOUNTS),
        pytest.raises(TransientError, match="another sandbox running"),
    ):
        MailServer(tmp_path, ACCOUNTS)


def test_an_account_added_later_gets_its_folders(tmp_path: Path):
    MailServer(tmp_path, ACCOUNTS).stop()
    with MailServer(tmp_path, [*ACCOUNTS, Account("new", "x", ("new@example.test",))]) as server:
        assert "Sent" in server.folders("new")


def test_delivering_to_a_folder_that_is_not_there_says_so(server: MailServer):
    with pytest.raises(KeyError, match="no folder Nowhere of security"):
        server.deliver("security", b"x", folder="Nowhere")


def test_deliveries_from_many_threads_get_distinct_uids(server: MailServer):
    uids: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: uids.extend(server.deliver("security", b"x") for _ in range(20))
        )
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(uids) == list(range(1, 101))
    wait_for(lambda: len(server.messages("security")) == 100)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(path), "-out", str(path) + "c"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + Path(f"{path}c").read_bytes())
    return path


def test_with_a_certificate_both_ports_speak_tls(tmp_path: Path, certificate: Path):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with MailServer(tmp_path, ACCOUNTS, ssl_context=serving) as server:
        with smtplib.SMTP_SSL("127.0.0.1", server.smtp_port, timeout=4, context=trusting) as smtp:
            smtp.login("reporter", "hunter2")
            smtp.sendmail("finder@research.test", ["security@example.test"], b"a: b\r\n\r\nx\r\n")
        client = IMAPClient("127.0.0.1", server.imap_port, ssl_context=trusting, timeout=4)
        client.login("security", "s3cret")
        client.select_folder("INBOX")
        big = bytes(range(256)) * 4096
        uid = server.deliver("security", big)
        client.idle()
        client.idle_check(timeout=4)
        client.idle_done()
        assert client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"] == big
        client.logout()
