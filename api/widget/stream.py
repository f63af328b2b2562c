"""The widget's stream: messages, who is typing, and who is speaking (bot, human, closed), as they happen (Server-Sent
Events).
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.widget.holder import StreamHolder
from api.widget.routes import as_id, attachment_address
from api.widget.wakeups import Wakeups
from recovery.session.records import Conversation
from recovery.session.shown import News, news_after, place_of
from recovery.session.tokens import NotYours
from recovery.settings import settings
from recovery.store import reading

log = logging.getLogger(__name__)

router = APIRouter(prefix="/widget", tags=["web channel"])

PING_EVERY = 15  # seconds; keeps proxies from closing a quiet stream


@router.get("/stream", response_class=EventSourceResponse)
async def stream(
    request: Request,
    conversation_id: StreamHolder,
    after: Annotated[str, Query(max_length=100)] = "",
    last_event_id: Annotated[str, Header()] = "",
) -> EventSourceResponse:
    """From the message `Last-Event-ID` (or `after`) on; without either, from now on."""
    wakeups: Wakeups = request.app.state.wakeups
    place = await run_in_threadpool(_place, conversation_id, as_id(last_event_id or after))
    return EventSourceResponse(
        _events(wakeups, conversation_id, place), ping=PING_EVERY, headers={"Cache-Control": "no-store"}
    )


async def _events(wakeups: Wakeups, conversation_id: uuid.UUID, place: int) -> AsyncIterator[ServerSentEvent]:
    mode = ""
    with wakeups.of(str(conversation_id)) as wake:  # the bell before the first look: nothing falls between
        while True:
            news = await _look(conversation_id, place)
            if news:
                for message in news.messages:
                    yield _event("message", message, message["id"])
                place = news.place
                if news.mode != mode:
                    mode = news.mode
                    yield _event("mode", {"mode": mode})
            for who in await wake.wait() if news else await _pause():
                yield _event("typing", {"author": who})


async def _pause() -> set[str]:
    """PostgreSQL is away: look again soon."""
    await asyncio.sleep(1)
    return set()


async def _look(conversation_id: uuid.UUID, place: int) -> News | None:
    try:
        return await run_in_threadpool(_news, conversation_id, place)
    except SQLAlchemyError as error:
        log.warning("A stream could not look: %s", error)
        return None


def _news(conversation_id: uuid.UUID, place: int) -> News | None:
    with reading(settings().database_url) as connection:
        return news_after(connection, conversation_id, place, attachment_address)


def _place(conversation_id: uuid.UUID, after: uuid.UUID | None) -> int:
    with reading(settings().database_url) as connection:
        last = connection.scalar(select(Conversation.last_seq).where(Conversation.id == conversation_id))
        if last is None:
            raise NotYours()
        return place_of(connection, conversation_id, after) if after else last


def _event(name: str, data: dict[str, Any], key: str | None = None) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name, id=key)
