"""spool and outbox: list what waits or failed, and let it be tried again."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click
from rich.console import Console
from rich.table import Table

from inboxd import assembly
from inboxd.cli.root import Context, pass_context
from inboxd.errors import PermanentError


@click.group()
def spool() -> None:
    """Mails that were taken: waiting, done, quarantined."""


@click.group()
def outbox() -> None:
    """Letters to send: waiting, sent, dead, cancelled."""


_limit = click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@spool.command("list")
@click.option("--state", type=click.Choice(["waiting", "working", "done", "quarantined"]))
@_limit
@_json
@pass_context
def list_spool(context: Context, state: str | None, limit: int, as_json: bool) -> None:
    """Newest first; no content is shown."""
    opened = assembly.store(context.config())
    with opened.read() as unit:
        rows = unit.spool.listing(state=state, limit=limit)
    opened.close()
    _print(
        "Spool",
        ("id", "source", "state", "attempts", "received", "outcome", "reason"),
        [
            (
                r.id,
                r.source,
                r.state,
                r.attempts,
                f"{r.received_at:%Y-%m-%d %H:%M}",
                r.outcome,
                r.reason,
            )
            for r in rows
        ],
        as_json=as_json,
    )


@spool.command("requeue")
@click.argument("ids", nargs=-1, required=True, type=int)
@pass_context
def requeue_spool(context: Context, ids: tuple[int, ...]) -> None:
    """Try quarantined mails again."""
    opened = assembly.store(context.config())
    with opened.write() as unit:
        refused = [i for i in ids if not unit.spool.requeue(i, assembly.now())]
    opened.close()
    _said(len(ids), refused, "is neither quarantined nor waiting; see `inboxd spool list`")


@outbox.command("list")
@click.option("--state", type=click.Choice(["waiting", "working", "sent", "dead", "cancelled"]))
@_limit
@_json
@pass_context
def list_outbox(context: Context, state: str | None, limit: int, as_json: bool) -> None:
    """Newest first; no content and no researcher's address is shown."""
    opened = assembly.store(context.config())
    with opened.read() as unit:
        rows = unit.outbox.listing(state=state, limit=limit)
    opened.close()
    _print(
        "Outbox",
        ("id", "report", "purpose", "state", "attempts", "queued", "not before", "error"),
        [
            (
                r.id, r.report or "", r.purpose, r.state, r.attempts,
                f"{r.queued_at:%Y-%m-%d %H:%M}", f"{r.not_before:%Y-%m-%d %H:%M}", r.error,
            )
            for r in rows
        ],
        as_json=as_json,
    )  # fmt: skip


@outbox.command("requeue")
@click.argument("ids", nargs=-1, required=True, type=int)
@pass_context
def requeue_outbox(context: Context, ids: tuple[int, ...]) -> None:
    """Try dead or deferred letters again, now."""
    opened = assembly.store(context.config())
    with opened.write() as unit:
        refused = [i for i in ids if not unit.outbox.requeue(i, assembly.now())]
    opened.close()
    _said(len(ids), refused, "is neither dead nor waiting; see `inboxd outbox list`")


def _said(asked: int, refused: list[int], why: str) -> None:
    if refused:
        raise PermanentError(f"{', '.join(map(str, refused))} {why}")
    click.echo(f"{asked} will be tried again")


def _print(
    title: str, headings: tuple[str, ...], rows: Iterable[tuple[object, ...]], *, as_json: bool
) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps(dict(zip(headings, row, strict=True))))
        return
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console().print(table)
