"""run, check, migrate: the verbs of whoever operates the daemon."""

from __future__ import annotations

import sys

import click

from inboxd import assembly, eventlog
from inboxd.checks import run_checks
from inboxd.cli.root import Context, pass_context
from inboxd.daemon import Daemon
from inboxd.errors import Exit
from inboxd.store import migrate


@click.command()
@click.option("--migrate", "upgrade", is_flag=True, help="Upgrade the database first, if needed.")
@pass_context
def run(context: Context, upgrade: bool) -> None:
    """Serve until SIGTERM: read, answer, keep the clocks."""
    config = context.config()
    eventlog.configure(config.daemon.log_level, json=config.daemon.log_json)
    if upgrade:
        migrate.upgrade(assembly.store(config, check=False).database, assembly.migrations())
    Daemon(config).run()


@click.command()
@click.option("--offline", is_flag=True, help="Leave out what needs the network.")
@pass_context
def check(context: Context, offline: bool) -> None:
    """Open everything for real and say for each failure what to do."""
    failed = 0
    for result in run_checks(context.config(), offline=offline):
        mark = click.style("ok", fg="green") if result.ok else click.style("FAILED", fg="red")
        click.echo(f"{result.name:<24} {mark}  {result.said}")
        failed += not result.ok
    if failed:
        click.echo(f"\n{failed} of the checks failed.", err=True)
        sys.exit(Exit.CONFIG)


@click.command("migrate")
@pass_context
def migrate_command(context: Context) -> None:
    """Make or upgrade the database; on SQLite a copy of the old one is kept beside it."""
    opened = assembly.store(context.config(), check=False)
    before, after = migrate.upgrade(opened.database, assembly.migrations())
    if before == after:
        click.echo(f"The database is up to date ({after}).")
    else:
        click.echo(f"The database was {'made' if before is None else 'upgraded'} ({after}).")
    opened.close()
