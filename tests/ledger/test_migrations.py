"""The migrated database and the records say the same, and what is written stays written."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.migrate import TABLES, drift, statements
from recovery.audit import record_act
from recovery.clock import Clock
from tests import cast


def test_records_and_migrations_agree(database_url: str) -> None:
    """Fails? A record changed: `python -m api.migrate --regenerate`, and commit the file."""
    assert drift(database_url) == []


def test_the_written_migration_is_that_of_the_records() -> None:
    """Sees what the comparison above does not: a partial index's condition, a check constraint."""
    assert sorted(TABLES.read_text().splitlines()[1:]) == sorted(statements().splitlines())


@pytest.mark.parametrize(
    "statement", ["update entry set amount_cents = 0", "delete from entry", "truncate entry cascade"]
)
def test_entries_are_append_only(session: Session, statement: str) -> None:
    cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))


def test_the_audit_trail_is_append_only(session: Session, clock: Clock) -> None:
    record_act(session, clock, "system", "test.done", "nothing:0")
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text("update audit_line set actor = 'nobody'"))


def test_the_queue_is_there(session: Session) -> None:
    assert session.scalar(text("select count(*) from procrastinate_jobs")) == 0
