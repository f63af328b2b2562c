"""Creditors' own systems are told of payments and proposals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("creditor", sa.Column("notify_url", sa.String(), nullable=True))
    op.create_table(
        "creditor_notice",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("creditor_id", sa.Uuid(), sa.ForeignKey("creditor.id"), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), sa.ForeignKey("debtor.id"), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("line", "creditor_id"),
    )
    op.create_index("ix_creditor_notice_creditor_id", "creditor_notice", ["creditor_id"])
    op.create_index("ix_creditor_notice_debtor_id", "creditor_notice", ["debtor_id"])
    op.create_table(
        "news_read",
        sa.Column("reader", sa.String(), primary_key=True),
        sa.Column("line", sa.BigInteger(), nullable=False),
    )
    # What happened before creditors could be told is no news.
    op.execute("insert into news_read select 'creditors', coalesce(max(id), 0) from audit_line")


def downgrade() -> None:
    op.drop_table("news_read")
    op.drop_table("creditor_notice")
    op.drop_column("creditor", "notify_url")
