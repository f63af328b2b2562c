"""Alembic's entry. The connection is handed over by `api.migrate`, which is the only caller."""

from alembic import context

from api.migrations.ours import is_ours
from recovery.tables import Record

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Record.metadata, include_object=is_ours, compare_server_default=True
)
with context.begin_transaction():
    context.run_migrations()
