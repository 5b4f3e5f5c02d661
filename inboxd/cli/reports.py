"""reports list|show: what is open, what is due next, and one report whole."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from inboxd import assembly
from inboxd.cli.root import Context, pass_context
from inboxd.core.wording import time_left
from inboxd.errors import PermanentError


@click.group()
def reports() -> None:
    """Look at reports and their clocks."""


@reports.command("list")
@click.option("--all", "everything", is_flag=True, help="Closed reports too.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_context
def list_reports(context: Context, everything: bool, limit: int, as_json: bool) -> None:
    """Reports with their next deadline, the most urgent first."""
    opened = assembly.store(context.config())
    with opened.read() as unit:
        lines = unit.cases.overview(only_open=not everything, limit=limit)
        tasks = unit.cases.open_tasks()
    opened.close()
    now = assembly.now()
    if as_json:
        for line in lines:
            row = {
                "number": line.number,
                "state": line.state,
                "severity": line.severity or None,
                "received": line.received_at.isoformat(),
                "owner": line.owner or None,
                "next_promise": line.next_promise or None,
                "next_due": line.next_due.isoformat() if line.next_due else None,
            }
            click.echo(json.dumps(row))
        return
    table = Table(title="Reports", title_justify="left")
    for heading in ("#", "state", "severity", "received (UTC)", "owner", "next", "time left"):
        table.add_column(heading)
    for line in lines:
        left = time_left(line.next_due, now) if line.next_due else ""
        table.add_row(
            str(line.number), line.state, line.severity or "not rated",
            f"{line.received_at:%Y-%m-%d %H:%M}", line.owner or "nobody", line.next_promise, left,
            style="red" if "late" in left else None,
        )  # fmt: skip
    Console().print(table)
    click.echo(f"{len(lines)} reports, {tasks} open tasks")


@reports.command()
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@pass_context
def show(context: Context, number: int, as_json: bool) -> None:
    """One report: fields, URLs against the scope, clocks, mails, history."""
    opened = assembly.store(context.config())
    with opened.read() as unit:
        report = unit.cases.load([number]).get(number)
        if report is None:
            raise PermanentError(f"there is no report {number}; see `inboxd reports list --all`")
        details = unit.cases.details(number)
        deadlines = unit.cases.deadlines(number)
        history = unit.history.of_report(number)
    opened.close()
    data: dict[str, Any] = {
        "number": number,
        "state": report.state.value,
        "title": report.title,
        "language": report.language,
        "severity": report.severity.value if report.severity else None,
        "owner": report.owner,
        "reporter": {"address": report.reporter, "name": report.reporter_name},
        "encrypted": report.sealed,
        "key": report.fingerprint,
        "credit": {
            "wish": report.credit.wish.value,
            "name": report.credit.name,
            "handle": report.credit.handle,
            "link": report.credit.link,
        },
        "missing": list(report.missing),
        "deadlines": [
            {
                "promise": d.promise,
                "due": d.due_at.isoformat(),
                "state": d.state,
                "met": d.met_at.isoformat() if d.met_at else None,
                "rule": d.rule,
            }
            for d in deadlines
        ],
        **details,
        "history": [
            {"at": at.isoformat(), "kind": kind, "actor": actor, "data": facts}
            for at, kind, actor, facts in history
        ],
    }
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print(data, assembly.now())


def _print(data: dict[str, Any], now: datetime) -> None:
    console = Console(highlight=False, markup=False)
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    table.add_row("report", f"{data['number']}  {data['title']}")
    table.add_row("state", f"{data['state']}, severity {data['severity'] or 'not rated'}")
    table.add_row("owner", data["owner"] or "nobody yet")
    reporter = data["reporter"]
    table.add_row("reporter", f"{reporter['name']} <{reporter['address']}>".strip())
    if data["encrypted"]:
        table.add_row("protection", f"encrypted; answers go to key {data['key'] or '(not known)'}")
    credit = data["credit"]
    named = " ".join(filter(None, (credit["name"], credit["handle"], credit["link"])))
    table.add_row("credit", f"{credit['wish']} {named}".strip())
    for name, found in data["fields"].items():
        table.add_row(name.replace("_", " "), found["value"])
    for url in data["urls"]:
        table.add_row("url", f"{url['url']}  ({url['scope']}, {url['role']})")
    for earlier in data["facts"].get("duplicates", ()):
        table.add_row("maybe as", f"#{earlier['number']}: {'; '.join(earlier['evidence'])}")
    table.add_row("missing", ", ".join(data["missing"]) or "nothing")
    console.print(table)
    clocks = Table(title="Clocks", title_justify="left")
    for heading in ("promise", "due (UTC)", "state", "time left", "rule"):
        clocks.add_column(heading)
    for deadline in data["deadlines"]:
        due = datetime.fromisoformat(deadline["due"])
        left = time_left(due, now) if deadline["state"] == "running" else ""
        clocks.add_row(
            deadline["promise"], f"{due:%Y-%m-%d %H:%M}", deadline["state"], left, deadline["rule"]
        )
    console.print(clocks)
    for entry in data["history"]:
        facts = " ".join(f"{k}={v}" for k, v in entry["data"].items())
        console.print(f"{entry['at'][:19]}  {entry['kind']}  {entry['actor']}  {facts}")
