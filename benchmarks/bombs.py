"""Mails that are made to exhaust a reader: time and peak memory of the process that reads them.

`python -m benchmarks.bombs` reads each hostile mail of the tests, and compression bombs with real
gpg, in a reading process of its own, as the daemon does.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from inboxd import assembly, data
from inboxd.adapters.gpg import Contacts, Gpg, TeamKeyring, generate_team_key, stop_agent
from inboxd.config import load
from inboxd.core.model import Fingerprint
from inboxd.core.policy import Policy
from inboxd.isolation import BoundedReader, ReadingStopped
from tests.hostile_mail import KILLERS, compressed_bomb

MB = 1_000_000


def sealed(gpg: Gpg, fingerprint: Fingerprint, packet: bytes) -> bytes:
    """A PGP/MIME mail around a ready-made packet, as an attacker would build it."""
    armor = gpg.run(
        [
            "--armor",
            "--no-literal",
            "--compress-algo",
            "none",
            "--encrypt",
            "--recipient",
            fingerprint,
        ],
        packet,
    ).data
    head = b"From: a@example.org\r\nTo: security@example.com\r\nSubject: bomb\r\n"
    head += b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r\n\r\n'
    parts = b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    return (
        head
        + parts
        + b"--b\r\nContent-Type: application/octet-stream\r\n\r\n"
        + armor
        + b"\r\n--b--\r\n"
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="ibx-") as folder:
        team, contacts = Path(folder) / "team", Path(folder) / "contacts"
        own = generate_team_key(team, "Security", "security@example.com")
        gpg = Gpg(team)
        rules = assembly.policy(load(data.find("config.example.toml")), b"no secret")
        ring = TeamKeyring(gpg, Contacts(contacts), own)
        mails = dict(KILLERS)
        for size in (200 * MB, 2000 * MB):
            packet = compressed_bomb("zlib", size)
            mails[f"compressed-bomb-of-{size // MB}-megabytes"] = sealed(gpg, own, packet)
        table = Table(
            "mail", "size", "seconds", "peak of the reader", "how it ended", title="bombs"
        )
        for name, raw in mails.items():
            table.add_row(name, f"{len(raw) / MB:.2f} MB", *_read(ring, rules, raw))
        Console(width=140).print(table)
        stop_agent(team)
        stop_agent(contacts)


def _read(ring: TeamKeyring, rules: Policy, raw: bytes) -> tuple[str, str, str]:
    """(seconds, peak memory, outcome) of one mail in a fresh child."""
    reader = BoundedReader(ring, rules)
    reader.read(b"Subject: warm\r\n\r\nup")
    began = time.monotonic()
    try:
        reading = reader.read(raw)
        how = reading.message.crypto.reason or reading.verdict.kind.value
    except ReadingStopped as error:
        how = str(error)
    seconds = time.monotonic() - began
    peak = reader.peak
    reader.close()
    return f"{seconds:.2f}", f"{peak / MB:.0f} MB", how


if __name__ == "__main__":
    main()
