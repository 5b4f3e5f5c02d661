"""sandbox: the whole of inboxd on this machine, for trying it out. Never a product feature."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from inboxd import assembly, eventlog
from inboxd.core.model import Message
from inboxd.core.wording import fingerprint_words
from inboxd.daemon import Daemon
from inboxd.errors import Exit
from inboxd.sandbox.world import SAMPLE_SUBJECT, World
from inboxd.store import migrate


@click.command()
@click.option("--once", is_flag=True, help="Send the sample, show the receipt, stop.")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep mails and keys in this folder (a short path); default: throw away at the end.",
)
@click.option("--imap-port", default=0, help="Port for IMAP on 127.0.0.1; default: a free one.")
@click.option("--smtp-port", default=0, help="Port for SMTP on 127.0.0.1; default: a free one.")
@click.option("--quiet", is_flag=True, help="Do not print the receipt's text.")
def sandbox(once: bool, root: Path | None, imap_port: int, smtp_port: int, quiet: bool) -> None:
    """Run inboxd on its own loopback mail server and send it an encrypted sample report.

    Afterwards it goes on serving, so that you can write to it with a real mail client.
    """
    eventlog.configure("warning")
    click.echo("inboxd sandbox: loopback only, throw-away keys, nothing leaves this machine.\n")
    with World(root, imap_port=imap_port, smtp_port=smtp_port) as world:
        config = world.config()
        opened = assembly.store(config, check=False)
        migrate.upgrade(opened.database, assembly.migrations())
        opened.close()
        daemon = Daemon(config)
        daemon.start()
        try:
            failed = _demonstrate(world, quiet=quiet)
            if not once and failed is None:
                _serve(world, config.storage.database)
        finally:
            daemon.stop()
    if failed is not None:
        click.echo(f"FAILED: {failed}", err=True)
        sys.exit(Exit.FAILED)


def _demonstrate(world: World, *, quiet: bool) -> str | None:
    """Send the sample and follow it; the reason when something did not happen."""
    said = click.style
    began = time.monotonic()
    world.send_sample()
    click.echo(f"1. Rita sent an encrypted, signed report to {world.security.address}")
    receipt = world.wait_for(world.rita, lambda m: SAMPLE_SUBJECT in m.true_subject)
    if receipt is None:
        return "no receipt came within a minute; the lines above say why"
    took = time.monotonic() - began
    problem = _problem(receipt, world)
    if problem:
        return problem
    click.echo(f"2. The receipt came after {took:.2f} s, encrypted and signed;")
    click.echo(
        f"   Rita's own gpg opened it: good signature by "
        f"{fingerprint_words(world.security.fingerprint)}"
    )
    click.echo(f"   Outer subject: {receipt.subject!r}, inner: {receipt.true_subject!r}")
    notice = world.wait_for(world.mona, lambda m: SAMPLE_SUBJECT in m.true_subject)
    if notice is None:
        return "the team was not told within a minute"
    click.echo("3. The team was told, encrypted to each member.\n")
    if not quiet:
        for line in receipt.text.rstrip().split("\n"):
            click.echo(said("   | ", dim=True) + line)
        click.echo("")
    return None


def _problem(receipt: Message, world: World) -> str | None:
    crypto = receipt.crypto
    if not crypto.encrypted:
        return "the receipt came in clear"
    if not crypto.decrypted:
        return f"Rita cannot open the receipt: {crypto.reason}"
    if crypto.whole_mail_signed_by != world.security.fingerprint:
        return "the receipt is not signed by the team key"
    return None


def _serve(world: World, database: Path) -> None:
    server = world.server
    click.echo("Serving on. Point a mail client at it:")
    click.echo(f"  IMAP {server.host} port {server.imap_port}, no TLS (loopback)")
    click.echo(f"  SMTP {server.host} port {server.smtp_port}, no TLS, with the same login\n")
    for person in (world.rita, world.mona, world.omar):
        click.echo(
            f"  {person.name:<14} {person.address:<28} login {person.login:<6}"
            f" password {person.password}"
        )
        click.echo(f"  {'':<14} OpenPGP key: gpg --homedir {person.home} --export-secret-keys")
    click.echo(f"\n  Write to {world.security.address} as Rita; answer as Mona or Omar.")
    click.echo(f"  Database: {database}\n\nCtrl-C stops and throws everything away.")
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        click.echo("\nstopped")
