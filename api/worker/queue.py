"""The job queue's application: what the worker runs.

Anything may enqueue (recovery.session.jobs); only the worker fetches.
"""

from __future__ import annotations

from procrastinate import App, PsycopgConnector

from recovery.settings import settings

# Connections are for fetching and finishing jobs; the work itself has the pool of recovery.store.
app = App(connector=PsycopgConnector(conninfo=settings().database_url, min_size=1, max_size=4))
