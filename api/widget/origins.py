"""Which sites may embed the widget: each creditor names its own; one that names none allows any."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recovery.debts.records import Creditor
from recovery.errors import Forbidden
from recovery.session.records import Conversation
from recovery.settings import settings
from recovery.store import transaction

REMEMBERED_SECONDS = 30.0
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Max-Age": "600",
}


def check_origin(origin: str | None, creditor: Creditor | None) -> None:
    """Raises Forbidden where this creditor's conversations are not opened from that site."""
    if (
        origin
        and creditor
        and creditor.allowed_origins
        and origin not in creditor.allowed_origins
        and not _is_our_own(origin)
    ):
        raise Forbidden(f"The widget of {creditor.key} is not opened from {origin}.")


def check_origin_of(session: Session, origin: str | None, conversation: Conversation) -> None:
    """The same for a conversation that has begun: a token that got away is of no use on another site."""
    if origin and conversation.creditor_id:
        check_origin(origin, session.get(Creditor, conversation.creditor_id))


class KnownOrigins:
    """Every site some creditor allows, read again twice a minute."""

    def __init__(self) -> None:
        self._any = False
        self._named: set[str] = set()
        self._read_at = -REMEMBERED_SECONDS

    def allow(self, origin: str) -> bool:
        if time.monotonic() - self._read_at > REMEMBERED_SECONDS:
            with suppress(DBAPIError):  # PostgreSQL is away: what was known still holds, and the request says the rest
                self._read()
        return self._any or origin in self._named or _is_our_own(origin)

    def _read(self) -> None:
        with transaction(settings().database_url) as session:
            lists = list(session.scalars(select(Creditor.allowed_origins)))
        self._any = not lists or not all(lists)
        self._named = {origin for listed in lists for origin in listed}
        self._read_at = time.monotonic()


class WidgetCors:
    """CORS of /widget alone. No cookie is ever involved: the session token travels in a header."""

    def __init__(self, app: ASGIApp, allow: Callable[[str], bool]) -> None:
        self._app = app
        self._allow = allow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = (
            Headers(scope=scope).get("origin")
            if scope["type"] == "http" and scope["path"].startswith("/widget/")
            else None
        )
        if not origin:
            await self._app(scope, receive, send)
            return
        allowed = {"Access-Control-Allow-Origin": origin} if await run_in_threadpool(self._allow, origin) else {}
        if scope["method"] == "OPTIONS":
            answer = Response(status_code=204, headers={**allowed, **(PREFLIGHT if allowed else {}), "Vary": "Origin"})
            await answer(scope, receive, send)
            return

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(allowed)
                headers.add_vary_header("Origin")
            await send(message)

        await self._app(scope, receive, send_with_origin)


def _is_our_own(origin: str) -> bool:
    ours = urlsplit(settings().public_url)
    return origin == f"{ours.scheme}://{ours.netloc}"
