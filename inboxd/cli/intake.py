"""ingest and process: mail from pipes and files into the spool, and working it off."""

from __future__ import annotations

import hashlib
import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from inboxd import assembly, eventlog
from inboxd.adapters.smtp import SmtpTransport
from inboxd.cli.root import Context, pass_context
from inboxd.store.unit import Store


@click.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--mbox", is_flag=True, help="PATH is an mbox file with many mails.")
@pass_context
def ingest(context: Context, path: Path, mbox: bool) -> None:
    """Put a mail into the spool: from a file, a folder of .eml files, an mbox, or - for a pipe.

    Exit codes are those of sysexits.h (0 taken, 75 try again), so a mail server can pipe to it.
    The running daemon, or `inboxd process --once`, does the rest.
    """
    opened = assembly.store(context.config())
    taken = known = 0
    try:
        for raw in _mails(path, mbox=mbox):
            if _put(opened, raw):
                taken += 1
            else:
                known += 1
    finally:
        opened.close()
    if str(path) != "-":
        click.echo(f"{taken} taken, {known} were known before")


def _put(opened: Store, raw: bytes) -> bool:
    now = assembly.now()
    with opened.write() as unit:
        return unit.spool.put("pipe", hashlib.sha256(raw).hexdigest(), raw, now, now)


def _mails(path: Path, *, mbox: bool) -> Iterator[bytes]:
    if str(path) == "-":
        yield sys.stdin.buffer.read()
    elif mbox:
        box = mailbox.mbox(path, create=False)
        try:
            keys = box.keys()
        except (OSError, mailbox.Error) as error:
            raise click.ClickException(f"cannot read the mbox {path}: {error}") from error
        with Progress(console=Console(stderr=True), transient=True) as progress:
            for key in progress.track(keys, description="reading"):
                yield box.get_bytes(key)
    elif path.is_dir():
        for file in sorted(path.rglob("*.eml")):
            yield file.read_bytes()
    else:
        try:
            yield path.read_bytes()
        except OSError as error:
            raise click.ClickException(f"cannot read {path}: {error.strerror}") from error


@click.command()
@click.option("--once", is_flag=True, required=True, help="Work off spool and outbox, then stop.")
@pass_context
def process(context: Context, once: bool) -> None:
    """Work off what waits in the spool and the outbox without the daemon, then stop."""
    config = context.config()
    eventlog.configure(config.daemon.log_level, json=config.daemon.log_json)
    opened = assembly.store(config)
    opened.database.lock()
    transport = SmtpTransport(
        config.smtp, assembly.secret_reader(config.smtp.password, "smtp.password")
    )
    pipeline = assembly.pipeline(config, opened, transport)
    with opened.write() as unit:
        unit.spool.release_all()
        unit.outbox.release_all()
    mails = letters = 0
    try:
        while pipeline.process():
            mails += 1
        pipeline.tick()
        while pipeline.send():
            letters += 1
        with opened.read() as unit:
            counts = unit.outbox.counts()
    finally:
        pipeline.reader.close()
        transport.close()
        opened.close()
    waiting = counts.get("waiting", 0)
    click.echo(f"{mails} mails processed, {letters} letters tried, {waiting} letters wait")
