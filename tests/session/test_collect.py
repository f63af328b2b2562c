"""A mailbox is asked now and then: each message stored once, with the place to go on from, whatever fails between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.contract import TemporaryFailure
from channels.messages import Event
from recovery.clock import FrozenClock
from recovery.session.collect import collect
from recovery.session.records import ExternalEvent
from recovery.store import transaction


class Box:
    """Letters by their place; `fails_at`: the connection breaks there once."""

    source = "email/inbound"

    def __init__(self, *letters: str) -> None:
        self.letters = list(letters)
        self.fails_at: int | None = None
        self.asked_from: list[int] = []

    def collect(self, place: Mapping[str, Any]) -> Iterator[tuple[Event | None, dict[str, Any]]]:
        self.asked_from.append(place.get("uid", 0))
        for n, letter in enumerate(self.letters[place.get("uid", 0) :], place.get("uid", 0) + 1):
            if n == self.fails_at:
                self.fails_at = None
                raise TemporaryFailure("the connection broke")
            yield Event(letter, "somebody", {"raw": letter}), {"uid": n}


@contextmanager
def begin(database: str) -> Iterator[Session]:
    with transaction(database) as session:
        yield session


def stored(database: str) -> list[str]:
    with transaction(database) as session:
        mine = select(ExternalEvent.external_id).where(ExternalEvent.source == Box.source)
        return list(session.scalars(mine.order_by(ExternalEvent.id)))


def test_each_letter_is_stored_once(database: str, clock: FrozenClock) -> None:

    box = Box("a", "b", "c")
    assert collect(lambda: begin(database), clock, box) == 3
    box.letters += ["d", "a"]  # the last one came by another way too
    assert collect(lambda: begin(database), clock, box) == 1
    assert collect(lambda: begin(database), clock, box) == 0
    assert stored(database) == ["a", "b", "c", "d"]
    assert box.asked_from == [0, 3, 5]


def test_what_came_before_a_failure_is_kept(database: str, clock: FrozenClock) -> None:
    box = Box("a", "b", "c")
    box.fails_at = 3
    with pytest.raises(TemporaryFailure):
        collect(lambda: begin(database), clock, box)
    assert stored(database) == ["a", "b"]
    collect(lambda: begin(database), clock, box)
    assert stored(database) == ["a", "b", "c"]
    assert box.asked_from == [0, 2]
