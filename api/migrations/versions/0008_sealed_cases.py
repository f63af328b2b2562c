"""Closed cases whose words are put away, then destroyed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "sealed_case",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("debtor_id", sa.Uuid(), sa.ForeignKey("debtor.id"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("destroy_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("words", JSONB(), nullable=False),
        sa.Column("files", JSONB(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_sealed_case_debtor_id", "sealed_case", ["debtor_id"])


def downgrade() -> None:
    op.drop_table("sealed_case")
    op.drop_column("conversation", "sealed_at")
