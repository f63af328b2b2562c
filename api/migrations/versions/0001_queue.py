"""The job queue: procrastinate's own schema, as its package gives it.

A later version of procrastinate brings its changes in `SchemaManager.get_migrations_path()`: give each its own
revision.
"""

from __future__ import annotations

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))


def downgrade() -> None:
    raise NotImplementedError("the queue goes with the database")
