"""Bringing a database to the schema of this program, and refusing any other.

On SQLite a copy of the file is kept first, and foreign keys are off while tables are rebuilt: a
batch alter of a parent table would otherwise delete all child rows without an error.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from inboxd.errors import StorageError
from inboxd.store.database import Database


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def current(database: Database) -> str | None:
    """Revision of the database, or None for an empty one."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head(scripts: Path) -> str:
    found = ScriptDirectory.from_config(_config(scripts)).get_current_head()
    if found is None:
        raise StorageError(f"no migrations in {scripts}; the installation is damaged")
    return found


def check(database: Database, scripts: Path) -> None:
    """Raise StorageError unless the database has exactly this program's schema."""
    have, want = current(database), head(scripts)
    if have is None:
        raise StorageError("the database is empty: run `inboxd migrate` first")
    if have != want:
        known = {s.revision for s in ScriptDirectory.from_config(_config(scripts)).walk_revisions()}
        if have in known:
            raise StorageError("the database is of an older version: run `inboxd migrate`")
        raise StorageError(
            f"the database is of a newer version ({have}); install that version of inboxd,"
            " or restore the copy that `inboxd migrate` kept"
        )


def upgrade(database: Database, scripts: Path) -> tuple[str | None, str]:
    """Upgrade to head; returns (revision before, revision after)."""
    before, after = current(database), head(scripts)
    if before == after:
        return before, after
    if before is not None and database.path is not None:
        _keep_copy(database.path, before)
    config = _config(scripts)
    if database.path is None:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return before, after
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys=OFF")  # before BEGIN; inside it has no effect
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise StorageError(f"the migration broke {len(broken)} references; undone")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")
    return before, after


def _keep_copy(path: Path, revision: str) -> None:
    copy = path.with_name(f"{path.name}.before-{revision}")
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    copy.chmod(0o600)
