"""The migrated database and the records say the same, and what is written stays written."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.migrate import drift
from recovery.audit import record_act
from recovery.clock import Clock
from recovery.tables import Record
from tests import cast

INDEXES = "select indexdef from pg_indexes where schemaname = :schema and tablename in :ours"
CONSTRAINTS = """
    select concat(conrelid::regclass::text, ' ', contype, ' ', pg_get_constraintdef(oid)) from pg_constraint
    where connamespace = cast(:schema as regnamespace) and contype in ('c', 'u', 'f')
    and (select relname::text from pg_class where oid = conrelid) in :ours
"""


def test_records_and_migrations_agree(database_url: str) -> None:
    """Fails? A record changed: `python -m api.migrate --revision "what changes"`, and commit the file."""
    assert drift(database_url) == []


def test_what_the_comparison_does_not_see_agrees_too(session: Session) -> None:
    """A partial index's condition, a check, a deferred key: against tables made from the records, in a schema beside."""
    migrated = _definitions(session, "public")
    session.execute(text("create schema fresh"))
    session.execute(text("set local search_path to fresh"))
    Record.metadata.create_all(session.connection())
    assert migrated == _definitions(session, "fresh")


def _definitions(session: Session, schema: str) -> set[str]:
    ours = list(Record.metadata.tables)
    return {
        row.replace(f"{schema}.", "").replace('"', "")
        for asked in (INDEXES, CONSTRAINTS)
        for row in session.scalars(
            text(asked).bindparams(bindparam("ours", expanding=True)), {"schema": schema, "ours": ours}
        )
        if "_pkey" not in row
    }


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
