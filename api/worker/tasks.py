"""Every job, one line of work each. All may run again after a crash without a second effect."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy.orm import Session

from api.worker.persistence import Persistence
from api.worker.queue import app
from channels.contract import TemporaryFailure
from channels.registry import Channels, open_channels
from recovery.clock import Clock, clock_from
from recovery.creditors.tell import note_failed_notice
from recovery.creditors.tell import tell_creditor as tell_the_creditor
from recovery.session.deliver import deliver as deliver_message
from recovery.session.deliver import note_failed_try
from recovery.session.dialogue import RasaDialogue
from recovery.session.external_events import take_in as take_in_event
from recovery.session.patience import Patience
from recovery.session.turn import Turns
from recovery.settings import settings, surroundings
from recovery.store import transaction


@app.task(name="take_turn", queue="turns", retry=Persistence(longest=5))
def take_turn(conversation_id: str) -> None:
    turns().take(uuid.UUID(conversation_id))


@app.task(name="deliver", queue="deliveries", retry=Persistence(longest=600, first=2))
def deliver(delivery_id: str) -> None:
    try:
        with begin() as session:
            deliver_message(session, clock(), channels().named, uuid.UUID(delivery_id))
    except TemporaryFailure as failure:
        with begin() as session:
            again = note_failed_try(session, clock(), uuid.UUID(delivery_id), failure)
        if again:
            raise


@app.task(name="take_in", queue="events", retry=Persistence(longest=60))
def take_in(event_id: str) -> None:
    with begin() as session:
        take_in_event(session, clock(), channels().at, uuid.UUID(event_id))


@app.task(name="tell_creditor", queue="deliveries", retry=Persistence(longest=3600, first=5))
def tell_creditor(notice_id: str) -> None:
    try:
        with begin() as session:
            tell_the_creditor(session, clock(), uuid.UUID(notice_id))
    except TemporaryFailure as failure:
        with begin() as session:
            again = note_failed_notice(session, clock(), uuid.UUID(notice_id), failure)
        if again:
            raise


@lru_cache(maxsize=1)
def turns() -> Turns:
    given = settings()
    return Turns(
        begin=begin,
        clock=clock(),
        dialogue=RasaDialogue(given.rasa_url, given.actions_url),
        patience=Patience(given.tell_waiting_after_seconds, given.handover_when_rasa_down_minutes * 60),
    )


@lru_cache(maxsize=1)
def channels() -> Channels:
    return open_channels(surroundings())


@lru_cache(maxsize=1)
def clock() -> Clock:
    return clock_from(settings().clock)


@contextmanager
def begin() -> Iterator[Session]:
    with transaction(settings().database_url) as session:
        yield session
