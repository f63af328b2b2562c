"""Plans that a commission or a judge has imposed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan", sa.Column("imposed", JSONB(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("plan", "imposed")
