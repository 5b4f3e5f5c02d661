"""tasks list|done: what only a person can do."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from inboxd import assembly
from inboxd.cli.root import Context, pass_context
from inboxd.errors import PermanentError


@click.group()
def tasks() -> None:
    """What only a person can do: withheld answers, bounces, mails set aside."""


@tasks.command("list")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 100_000))
@pass_context
def list_tasks(context: Context, limit: int) -> None:
    """Open tasks, the oldest first."""
    opened = assembly.store(context.config())
    with opened.read() as unit:
        found = unit.cases.tasks(limit)
    opened.close()
    table = Table(title="Tasks", title_justify="left")
    for heading in ("id", "report", "since (UTC)", "what"):
        table.add_column(heading, overflow="fold")
    for task in found:
        raised = f"{task.raised_at:%Y-%m-%d %H:%M}"
        table.add_row(task.dedup[:40], str(task.number or ""), raised, task.text)
    Console().print(table)


@tasks.command()
@click.argument("ids", nargs=-1, required=True)
@pass_context
def done(context: Context, ids: tuple[str, ...]) -> None:
    """Close tasks by id; the beginning of an id is enough where it is unique."""
    opened = assembly.store(context.config())
    with opened.write() as unit:
        known = [task.dedup for task in unit.cases.tasks(100_000)]
        for wanted in ids:
            fits = [dedup for dedup in known if dedup.startswith(wanted)]
            if len(fits) != 1:
                raise PermanentError(f"{wanted}: {len(fits)} open tasks begin so; see the list")
            unit.cases.finish_task(fits[0], assembly.now())
    opened.close()
    click.echo(f"{len(ids)} closed")
