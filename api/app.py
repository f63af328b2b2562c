"""The HTTP side of the service. `uvicorn --factory api.app:create_app`, or `python -m api`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from api import health
from api.desk import routes as desk
from api.hardening import SecurityHeaders, TooLargeAsProblem
from api.ledger import routes as ledger
from api.measures import Measured
from api.payments import routes as payments
from api.payments import webhook as payment_webhook
from api.problems import tell_problems
from api.resume import routes as resume
from api.webhooks import routes as webhooks
from api.widget import routes as widget
from api.widget import stream
from api.widget.origins import KnownOrigins, WidgetCors
from api.widget.wakeups import Wakeups
from api.widget_site import routes as widget_site
from channels.registry import open_channels
from recovery.settings import settings, surroundings

LARGEST_BODY = 1024 * 1024  # bytes; the routes that take files say so themselves (max_body_size)


def create_app() -> FastAPI:
    app = FastAPI(title="Entente", version="1", lifespan=_listening, docs_url=None, redoc_url=None)
    app.state.channels = open_channels(surroundings())
    tell_problems(app)
    for router in (
        health.router,
        widget.router,
        stream.router,
        ledger.router,
        payments.router,
        payment_webhook.router,
        webhooks.router,
        desk.router,
        widget_site.router,
        resume.router,
    ):
        app.include_router(router, max_body_size=LARGEST_BODY)
    app.add_middleware(TooLargeAsProblem)
    app.add_middleware(WidgetCors, allow=KnownOrigins().allow)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Measured)
    return app


@asynccontextmanager
async def _listening(app: FastAPI) -> AsyncIterator[None]:
    app.state.wakeups = Wakeups(settings().database_url)
    listening = asyncio.create_task(app.state.wakeups.listen())
    yield
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
