"""Figures for Prometheus: what this process served, and what the database says of the whole when it is asked."""

from __future__ import annotations

import time

from prometheus_client import Counter, Gauge, Histogram
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recovery.settings import settings
from recovery.store import engine_for

REQUESTS = Counter("entente_http_requests_total", "Requests served", ["method", "path", "status"])
SECONDS = Histogram("entente_http_request_seconds", "Time to the first byte of the answer", ["method", "path"])
JOBS = Gauge("entente_jobs", "Jobs of the queue", ["state"])
UNANSWERED = Gauge("entente_messages_waiting", "Messages of debtors whose turn is not over")
OLDEST = Gauge("entente_oldest_message_waiting_seconds", "Age of the oldest of them")
HANDOVERS = Gauge("entente_handovers_waiting", "Hand-overs nobody has taken")
NOTICES = Gauge("entente_creditor_notices", "Notices to creditors that are late (waiting for a day) or dead", ["state"])
DELIVERIES = Gauge("entente_deliveries", "Messages on their way out", ["state"])

_JOBS = text("select status::text, count(*) from procrastinate_jobs group by status")
_UNANSWERED = text(
    "select count(*), coalesce(extract(epoch from now() - min(sent_at)), 0) from message"
    " where author = 'debtor' and handled_at is null"
)
_HANDOVERS = text("select count(*) from handover where state = 'waiting'")
_DELIVERIES = text("select state, count(*) from delivery where state in ('waiting', 'failed', 'dead') group by state")

# CPCEx R124-5: told at once; a day is what the design gives itself.
_NOTICES = text(
    "select state, count(*) from creditor_notice"
    " where state = 'dead' or (state = 'waiting' and created_at < now() - interval '24 hours') group by state"
)


def refresh_measures() -> None:
    with engine_for(settings().database_url).connect() as connection:
        for state in ("todo", "doing", "failed"):
            JOBS.labels(state).set(0)
        for state, count in connection.execute(_JOBS):
            JOBS.labels(state).set(count)
        waiting, oldest = connection.execute(_UNANSWERED).one()
        UNANSWERED.set(waiting)
        OLDEST.set(float(oldest))
        HANDOVERS.set(connection.scalar(_HANDOVERS) or 0)
        for state, count in connection.execute(_DELIVERIES):
            DELIVERIES.labels(state).set(count)
        for state in ("waiting", "dead"):
            NOTICES.labels(state).set(0)
        for state, count in connection.execute(_NOTICES):
            NOTICES.labels(state).set(count)


class Measured:
    """Counts requests by the route that served them, never by the address asked (which anybody can make up)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                path = getattr(scope.get("route"), "path", "other")
                REQUESTS.labels(scope["method"], path, message["status"]).inc()
                SECONDS.labels(scope["method"], path).observe(time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, send_and_count)
