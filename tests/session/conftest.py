"""Rooms of the message journey, on one transaction that is undone at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.session.dialogue import Reply, Unreachable
from recovery.session.patience import Patience
from recovery.session.records import Conversation, Message
from recovery.session.turn import Turns
from recovery.settings import settings
from tests.fakes.surroundings import surround


@pytest.fixture(autouse=True)
def surroundings(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    surround(monkeypatch, database_url, tmp_path)
    yield
    settings.cache_clear()


class Assistant:
    """A dialogue that says what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.replies = [Reply("Entendu.")]
        self.away = False
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def ask(self, sender: str, text: str, metadata: dict[str, Any]) -> list[Reply]:
        self.asked.append((text, metadata))
        if self.away:
            raise Unreachable("not there")
        return self.replies


@pytest.fixture
def assistant() -> Assistant:
    return Assistant()


@pytest.fixture
def turns(session: Session, clock: FrozenClock, assistant: Assistant) -> Turns:
    @contextmanager
    def begin() -> Iterator[Session]:
        yield session
        session.flush()

    return Turns(begin, clock, assistant, Patience())


def said(session: Session, conversation: Conversation, *authors: str) -> list[Message]:
    """What was said, in order, by these authors (by all but the debtor without any)."""
    session.flush()
    session.expire_all()
    wanted = Message.author.in_(authors) if authors else Message.author != "debtor"
    in_order = select(Message).where(Message.conversation_id == conversation.id, wanted).order_by(Message.seq)
    return list(session.scalars(in_order))
