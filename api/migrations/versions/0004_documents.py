"""Documents made by us, and for whom a mandated collector recovers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LINES = ("kind", "number", "name", "language")


def upgrade() -> None:
    op.add_column("debt", sa.Column("on_behalf_of", sa.String(), nullable=True))
    op.add_column("debt", sa.Column("on_behalf_of_address", sa.String(), nullable=True))
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in LINES),
        sa.Column("debtor_id", sa.Uuid(), sa.ForeignKey("debtor.id"), nullable=False),
        sa.Column("creditor_id", sa.Uuid(), sa.ForeignKey("creditor.id"), nullable=True),
        sa.Column("payment_id", sa.Uuid(), sa.ForeignKey("payment.id"), nullable=True),
        sa.Column("plan_id", sa.Uuid(), sa.ForeignKey("plan.id"), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("debtor_id", "kind", "sha256"),
    )
    for column in ("debtor_id", "payment_id", "plan_id"):
        op.create_index(f"ix_document_{column}", "document", [column])


def downgrade() -> None:
    op.drop_table("document")
    op.drop_column("debt", "on_behalf_of_address")
    op.drop_column("debt", "on_behalf_of")
