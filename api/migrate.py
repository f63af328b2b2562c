"""Brings a database to the tables of today: `python -m api.migrate` (DATABASE_URL), or `upgrade(url)`.

A migration that was applied somewhere stays as it is: a change adds a numbered one, written from what
`recovery.tables` says and the migrated database does not (DATABASE_URL); read it before you commit it.

    python -m api.migrate --revision "what changes"

`tests/ledger/test_migrations.py` fails while the records and the migrations differ.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from api.migrations.ours import is_ours
from recovery.settings import settings
from recovery.store import psycopg_url
from recovery.tables import Record

HERE = Path(__file__).parent / "migrations"
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
        case ["--revision", message]:
            add_revision(message, settings().database_url)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
