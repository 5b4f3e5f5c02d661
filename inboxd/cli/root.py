"""The command line: verbs are registered here, each group in a file of its own; no logic."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from inboxd import __version__, eventlog
from inboxd.config import Config, load
from inboxd.errors import Exit, InboxdError

DEFAULT_CONFIG = Path("/etc/inboxd/config.toml")


class Context:
    """What every command may ask for; the configuration is read when first needed."""

    def __init__(self, path: Path | None) -> None:
        self.given = path
        self.path = path or DEFAULT_CONFIG

    def config(self) -> Config:
        return load(self.path)


pass_context = click.make_pass_decorator(Context)


VERBS = {
    "run": "service:run",
    "check": "service:check",
    "migrate": "service:migrate_command",
    "explain": "explain:explain",
    "ingest": "intake:ingest",
    "process": "intake:process",
    "reports": "reports:reports",
    "tasks": "tasks:tasks",
    "spool": "queues:spool",
    "outbox": "queues:outbox",
    "key": "key:key",
    "sandbox": "sandbox:sandbox",
    "init": "init:init",
}
"""Where each verb lives; it is imported when it is called, so that every one starts quickly."""


class Verbs(click.Group):
    """The verbs, loaded on demand; --config may stand before or behind them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        found = getattr(import_module(f"inboxd.cli.{module}"), name)
        assert isinstance(found, click.Command)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for index, word in enumerate(args):
            if word == "--":
                break
            if word in ("--config", "-c") and index + 1 < len(args):
                args = [*args[index : index + 2], *args[:index], *args[index + 2 :]]
                break
            if word.startswith("--config="):
                args = [word, *args[:index], *args[index + 1 :]]
                break
        return super().parse_args(ctx, args)


@click.group(
    cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="INBOXD_CONFIG",
    help=f"Configuration file  [default: {DEFAULT_CONFIG}; environment: INBOXD_CONFIG]",
)
@click.version_option(__version__, prog_name="inboxd")
@click.pass_context
def cli(click_context: click.Context, config: Path | None) -> None:
    """The daemon behind a company's security@ address.

    It takes vulnerability reports by mail, opens OpenPGP, answers with signed receipts, keeps
    every clock the disclosure policy promises, and escalates before a promise breaks.

    New here? `inboxd sandbox --once` shows all of it on this machine, and `inboxd init` writes a
    configuration step by step.
    """
    click_context.obj = Context(config)


def main() -> None:
    """Run a command and leave with an exit code of sysexits.h."""
    eventlog.configure("warning")
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else Exit.OK)
    except click.UsageError as error:
        error.show()
        sys.exit(Exit.USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.DATA)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(Exit.FAILED)
    except InboxdError as error:
        click.echo(f"inboxd: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(Exit.IO)
    except Exception as error:  # noqa: BLE001  the last boundary: a bug, said without mail content
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
        click.echo(f"inboxd: a bug: {type(error).__name__} at {where}; please report it", err=True)
        sys.exit(Exit.BUG)
