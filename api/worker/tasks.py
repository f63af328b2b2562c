"""Every job, one line of work each. All may run again after a crash without a second effect."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy.orm import Session

from api.worker.persistence import Persistence
from api.worker.queue import app
from recovery.clock import Clock, clock_from
from recovery.session.dialogue import RasaDialogue
from recovery.session.patience import Patience
from recovery.session.turn import Turns
from recovery.settings import settings
from recovery.store import transaction


@app.task(name="take_turn", queue="turns", retry=Persistence(longest=5))
def take_turn(conversation_id: str) -> None:
    turns().take_all(uuid.UUID(conversation_id))


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
def clock() -> Clock:
    return clock_from(settings().clock)


@contextmanager
def begin() -> Iterator[Session]:
    with transaction(settings().database_url) as session:
        yield session
