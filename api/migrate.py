"""Brings a database to the tables of today: `python -m api.migrate` (DATABASE_URL), or `upgrade(url)`.

Until the first release there is one migration of our tables, `versions/0002_tables.sql`, written again from
`recovery.tables`
whenever a record changes (it needs no database):

    python -m api.migrate --regenerate

Commit the file it writes. `tests/ledger/test_migrations.py` fails while the records and the migration differ. A
database that
was migrated before the file was written again must be made anew (`rm -rf var/postgres`).
After the first release: `python -m api.migrate --revision "what changes"` adds a numbered migration instead
(DATABASE_URL, migrated).
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, create_mock_engine, text

from api.migrations.ours import is_ours
from recovery.settings import settings
from recovery.store import psycopg_url
from recovery.tables import Record

HERE = Path(__file__).parent / "migrations"
TABLES = HERE / "versions" / "0002_tables.sql"
# Two processes that start together must not migrate together; any number nobody else locks on.
MIGRATION_LOCK = 0x4D4947


def upgrade(url: str, to: str = "head") -> None:
    engine = create_engine(psycopg_url(url))
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        command.upgrade(_config(connection), to)
    engine.dispose()


def drift(url: str) -> list[Any]:
    """What the records say that the migrated database does not; empty where they agree."""
    engine = create_engine(psycopg_url(url))
    with engine.connect() as connection:
        seen = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_server_default": True})
        found = list(compare_metadata(seen, Record.metadata))
    engine.dispose()
    return found


def regenerate() -> None:
    """Write the migration of our tables again, from the records as they are."""
    TABLES.write_text("-- Written by `python -m api.migrate --regenerate`.\n" + statements())


def statements() -> str:
    """The records as SQL, in an order that a new database accepts."""
    lines: list[str] = []

    def keep(statement: Any, *_: Any, **__: Any) -> None:
        compiled = str(statement.compile(dialect=engine.dialect)).strip()
        lines.append("\n".join(line.rstrip() for line in compiled.splitlines()) + ";\n")

    engine = create_mock_engine("postgresql+psycopg://", keep)
    Record.metadata.create_all(engine, checkfirst=False)
    # A table's indexes come in no particular order: sorted, so that the written file changes only where a record did.
    runs = [list(run) for _, run in groupby(lines, key=lambda line: "INDEX" in line.partition(" ON ")[0])]
    return "\n".join(line for run in runs for line in (sorted(run) if "INDEX" in run[0].partition(" ON ")[0] else run))


def add_revision(message: str, url: str) -> None:
    last = max(int(path.name[:4]) for path in (HERE / "versions").glob("0*.py"))
    engine = create_engine(psycopg_url(url))
    with engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=f"{last + 1:04d}")
    engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def main(arguments: list[str]) -> None:
    match arguments:
        case []:
            upgrade(settings().database_url)
        case ["--regenerate"]:
            regenerate()
        case ["--revision", message]:
            add_revision(message, settings().database_url)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
