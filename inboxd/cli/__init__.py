"""Verbs of the command line, one file per group; they only call what does the work."""

from __future__ import annotations

import click


def register(cli: click.Group) -> None:
    """Attach every verb. Imports are here so that `--help` of one verb does not load the others'
    libraries twice and so that no file has to know the list."""
    from inboxd.cli import explain, init, intake, key, queues, reports, sandbox, service, tasks

    for command in (
        service.run,
        service.check,
        service.migrate_command,
        explain.explain,
        intake.ingest,
        intake.process,
        reports.reports,
        queues.spool,
        queues.outbox,
        tasks.tasks,
        key.key,
        sandbox.sandbox,
        init.init,
    ):
        cli.add_command(command)
