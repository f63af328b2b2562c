"""The desk live: one LISTEN connection a process, one bell a page. While nobody listens, pages look by themselves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import psycopg
from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from api.desk.desk_route import DeskRoute
from api.desk.door import COOKIE, REAL_TIME, NotLoggedIn
from recovery.handover.logins import who_is
from recovery.handover.notices import DESK
from recovery.session.notices import MESSAGE
from recovery.settings import settings
from recovery.store import transaction

log = logging.getLogger(__name__)

router = APIRouter(prefix="/desk", route_class=DeskRoute)

AGAIN_AFTER = 1.0  # seconds between two tries to listen
GATHER_FOR = 0.12  # seconds: several notices of one transaction are one event
STILL_HERE_EVERY = 30.0  # seconds between two looks at whether the login still stands
PING_EVERY = 15


class Bell:
    def __init__(self) -> None:
        self._changed: set[str] = set()
        self._rung = asyncio.Event()

    def ring(self, conversation_id: str) -> None:
        self._changed.add(conversation_id)
        self._rung.set()

    async def wait(self) -> set[str]:
        """The conversations that changed; none when it was only time to look up."""
        try:
            await asyncio.wait_for(self._rung.wait(), STILL_HERE_EVERY)
            await asyncio.sleep(GATHER_FOR)
        except TimeoutError:
            return set()
        self._rung.clear()
        changed, self._changed = self._changed, set()
        return changed


class Bells:
    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._bells: set[Bell] = set()
        self._listening: asyncio.Task[None] | None = None

    @contextmanager
    def bell(self) -> Iterator[Bell]:
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen())
        bell = Bell()
        self._bells.add(bell)
        try:
            yield bell
        finally:
            self._bells.discard(bell)
            if not self._bells:
                self._listening.cancel()

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_while_connected()
            except (psycopg.Error, OSError) as error:
                log.warning("The desk is not listening to PostgreSQL (%s); trying again", error)
            await asyncio.sleep(AGAIN_AFTER)

    async def _listen_while_connected(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._database_url, autocommit=True) as connection:
            await connection.execute(f"listen {DESK}")
            await connection.execute(f"listen {MESSAGE}")
            self._ring("")  # whatever happened while nobody listened
            async for notice in connection.notifies():
                self._ring(notice.payload)

    def _ring(self, conversation_id: str) -> None:
        for bell in self._bells:
            bell.ring(conversation_id)


@router.get("/stream")
async def stream(request: Request) -> EventSourceResponse:
    """`line`: the queue changed. `talk-<id>`: that conversation did."""
    token = request.cookies.get(COOKIE, "")
    if not await run_in_threadpool(_still_here, token):
        raise NotLoggedIn()
    return EventSourceResponse(
        _events(bells_of(request.app), token), ping=PING_EVERY, headers={"Cache-Control": "no-store"}
    )


def bells_of(app: Starlette) -> Bells:
    if not hasattr(app.state, "desk_bells"):
        app.state.desk_bells = Bells(settings().database_url)
    bells: Bells = app.state.desk_bells
    return bells


async def _events(bells: Bells, token: str) -> AsyncIterator[ServerSentEvent]:
    with bells.bell() as bell:
        while True:
            changed = await bell.wait()
            if not changed and not await run_in_threadpool(_still_here, token):
                return
            for conversation_id in changed - {""}:
                yield ServerSentEvent(conversation_id, event=f"talk-{conversation_id}")
            if changed:
                yield ServerSentEvent("changed", event="line")


def _still_here(token: str) -> bool:
    try:
        with transaction(settings().database_url) as session:
            return who_is(session, REAL_TIME, token, in_use=False) is not None
    except SQLAlchemyError:  # PostgreSQL is away for a moment: the page stays open
        return True
