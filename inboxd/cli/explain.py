"""explain: a dry run on files; nothing is stored or sent."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from inboxd.cli.root import DEFAULT_CONFIG, Context, pass_context
from inboxd.core.explain import unread
from inboxd.dryrun import Explainer
from inboxd.isolation import ReadingStopped


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="GnuPG home to open mails with, instead of the configured one.",
)
@pass_context
def explain(context: Context, paths: tuple[Path, ...], as_json: bool, home: Path | None) -> None:
    """Show how inboxd understands mails and what it would do, and why.

    PATHS are files, folders (every *.eml below them, or every file where there is none, as in a
    Maildir) or - for standard input. The exit code is 0 whatever the mails are.
    """
    chosen = context.given or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None)
    with Explainer(chosen, home) as explainer:
        explain_all(explainer, paths, as_json=as_json)


def explain_all(explainer: Explainer, paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Print the explanation of each mail; one that meets a bound of the reader stops no other."""
    for name, raw in _mails(paths):
        try:
            found = explainer.explain(raw)
        except ReadingStopped as stopped:
            _show_stopped(name, raw, str(stopped), as_json=as_json)
            continue
        if as_json:
            click.echo(json.dumps({"file": name, **found}, ensure_ascii=False))
        else:
            _show(name, found)


def _show_stopped(name: str, raw: bytes, why: str, *, as_json: bool) -> None:
    """A mail that the daemon would try again and then put into quarantine."""
    if as_json:
        found = {"file": name, "quarantined": why, **unread(raw, why)}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(f"{name}\n  would go into quarantine: {why}\n")


def _mails(paths: tuple[Path, ...]) -> Any:
    for path in paths:
        if str(path) == "-":
            yield "-", sys.stdin.buffer.read()
        elif path.is_dir():
            files = sorted(found for found in path.rglob("*") if found.is_file())
            for file in [found for found in files if found.suffix == ".eml"] or files:
                yield str(file), file.read_bytes()
        else:
            try:
                yield str(path), path.read_bytes()
            except OSError as error:
                raise click.ClickException(f"cannot read {path}: {error.strerror}") from error


def _show(name: str, found: dict[str, Any]) -> None:
    console = Console(highlight=False, markup=False)
    table = Table(show_header=False, box=None, padding=(0, 2), title=name, title_justify="left")
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    message, crypto, fields = found["message"], found["crypto"], found["fields"]
    table.add_row("kind", f"{found['kind']}: {'; '.join(found['evidence'])}")
    reply = "may be answered automatically"
    if not found["may_auto_reply"]:
        reply = f"never answered automatically: {found['no_reply_because']}"
    table.add_row("robots", reply)
    table.add_row("from", message["from"] or "(nobody)")
    table.add_row("subject", message["protected_subject"] or message["subject"] or "(none)")
    table.add_row("language", message["language"])
    table.add_row("crypto", _crypto(crypto))
    for field in ("description", "reproduction_steps", "impact", "proof_of_concept", "contact"):
        if fields[field]:
            table.add_row(field.replace("_", " "), fields[field])
    if fields["components"]:
        table.add_row("components", "\n".join(fields["components"]))
    credit = fields["credit"]
    named = " ".join(filter(None, (credit["name"], credit["handle"], credit["link"])))
    table.add_row("credit", f"{credit['wish']} {named}".strip())
    table.add_row("missing", ", ".join(found["missing"]) or "nothing")
    for seen in found["urls"]:
        table.add_row("url", f"{seen['url']}  {seen['scope']}, {seen['role']}: {seen['why']}")
    if found["cvss"]:
        table.add_row("cvss", f"{found['cvss']['vector']} = {found['cvss']['score']}")
    for flag in found["flags"]:
        table.add_row("flag", f"{flag['code']}: {flag['evidence']}")
    if message["defects"]:
        table.add_row("defects", "\n".join(message["defects"]))
    decision = found["decision"]
    sends = [
        f"{s['purpose']} to {s['to']}{' (encrypted)' if s['encrypted'] else ''}"
        for s in decision["would_send"]
    ]
    table.add_row("outcome", decision["outcome"])
    table.add_row("would send", "\n".join(sends) or "nothing")
    console.print(table)
    console.print()


def _crypto(crypto: dict[str, Any]) -> str:
    words = [crypto["scheme"]]
    if crypto["encrypted"]:
        words.append("opened" if crypto["decrypted"] else f"not opened: {crypto['reason']}")
    for signature in crypto["signatures"]:
        signer = signature["fingerprint"] or "an unknown key"
        words.append(f"signature {signature['status']} by {signer}, covers {signature['covers']}")
    return ", ".join(words)
