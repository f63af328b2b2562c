"""The job queue's application: what the worker runs.

Anything may enqueue (recovery.session.jobs); only the worker fetches.
"""

from __future__ import annotations

from typing import Any

from procrastinate import App, PsycopgConnector
from psycopg_pool import AsyncConnectionPool

from recovery.settings import settings


def _connections(**given: Any) -> AsyncConnectionPool:
    """Without the check at every use: a connection that broke ends the run, and the worker begins another."""
    return AsyncConnectionPool(**{**given, "check": None})


# For fetching and finishing jobs; the work itself has the pool of recovery.store.
app = App(
    connector=PsycopgConnector(conninfo=settings().database_url, min_size=2, max_size=4, pool_factory=_connections)
)
