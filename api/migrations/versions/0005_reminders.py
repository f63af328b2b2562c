"""Coming payments recalled to debtors, each once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), sa.ForeignKey("debtor.id"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("message_id", sa.Uuid(), sa.ForeignKey("message.id"), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("subject", "due_on"),
    )
    op.create_index("ix_reminder_debtor_id", "reminder", ["debtor_id"])


def downgrade() -> None:
    op.drop_table("reminder")
