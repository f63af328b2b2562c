"""What is written in the ledger and in the audit trail stays: the database itself refuses to change or remove it."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("entry", "audit_line")

REFUSE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused, write a reversal instead', tg_table_name, lower(tg_op) using
    errcode = 'restrict_violation';
end $$
"""


def upgrade() -> None:
    op.execute(REFUSE)
    for table in APPEND_ONLY:
        op.execute(
            f"create trigger {table}_stays before update or delete or truncate on {table} "
            "for each statement execute function refuse_change()"
        )


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.execute(f"drop trigger {table}_stays on {table}")
    op.execute("drop function refuse_change()")
