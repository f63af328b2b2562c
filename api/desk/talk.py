"""A conversation as the desk reads it: both sides, what the assistant understood, notes, and who had it when."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from api.desk.formats import Formats
from recovery.handover.notes import notes_of
from recovery.handover.records import DeskUser, Handover
from recovery.handover.summary import intent_of
from recovery.session.records import Conversation, Message

LONGEST = 400  # messages shown; the earlier ones on demand
TOGETHER = timedelta(minutes=3)
SHOWN_IN_PLACE = {"image/jpeg", "image/png", "image/webp"}


@dataclass
class Said:
    """One message. `follows`: the same person again, at once."""

    message: Message
    intent: str | None
    confidence: int | None  # percent
    follows: bool = False
    what: str = "message"

    @property
    def at(self) -> datetime:
        return self.message.sent_at

    @property
    def pictures(self) -> list[Any]:
        return [a for a in self.message.attachments if a.mime in SHOWN_IN_PLACE]

    @property
    def documents(self) -> list[Any]:
        return [a for a in self.message.attachments if a.mime not in SHOWN_IN_PLACE]


@dataclass
class Noted:
    text: str
    author: str
    at: datetime
    what: str = "note"


@dataclass
class Event:
    """A hand-over was asked, taken or ended."""

    name: str  # a label of the texts' `events`
    at: datetime
    who: str = ""
    reason: str = ""
    outcome: str = ""
    urgent: bool = False
    what: str = "event"


@dataclass
class Day:
    label: str
    items: list[Any] = field(default_factory=list)


def talk(
    session: Session, conversation: Conversation, formats: Formats, everything: bool = False
) -> tuple[list[Day], bool]:
    """The conversation by days, and whether something earlier is left out."""
    messages, more = _messages(session, conversation, everything)
    items: list[Any] = [*_said(messages), *_events(session, conversation), *_notes(session, conversation)]
    if more:
        items = [item for item in items if item.at >= messages[0].sent_at]
    # Stable: messages keep the order they were sent in. Somebody takes a conversation, then the debtor is told.
    items.sort(key=lambda item: (item.at, not (item.what == "event" and item.name == "taken")))
    _mark_following(items)
    return list(_by_day(items, formats)), more


def _messages(session: Session, conversation: Conversation, everything: bool) -> tuple[list[Message], bool]:
    wanted = select(Message).where(Message.conversation_id == conversation.id).order_by(Message.seq.desc())
    found = list(
        session.scalars(wanted.options(selectinload(Message.attachments)).limit(None if everything else LONGEST + 1))
    )
    more = not everything and len(found) > LONGEST
    return list(reversed(found[:LONGEST] if more else found)), more


def _said(messages: list[Message]) -> Iterator[Said]:
    for message in messages:
        intent, confidence = intent_of(message.nlu) if message.author == "debtor" else (None, None)
        yield Said(message, intent, round(confidence * 100) if confidence is not None else None)


def _notes(session: Session, conversation: Conversation) -> Iterator[Noted]:
    for note, author in notes_of(session, conversation):
        yield Noted(note.text, author, note.created_at)


def _events(session: Session, conversation: Conversation) -> Iterator[Event]:
    wanted = (
        select(Handover, DeskUser.name)
        .outerjoin(DeskUser, DeskUser.id == Handover.agent_id)
        .where(Handover.conversation_id == conversation.id)
    )
    taken: set[tuple[datetime, str]] = set()
    ended: set[tuple[datetime, str]] = set()
    for handover, name in session.execute(wanted.order_by(Handover.id)):
        asked = "asked" if handover.takes_over else "task"
        yield Event(asked, handover.created_at, reason=handover.reason, urgent=handover.priority == 0)
        if handover.returned_at:
            yield Event("returned", handover.returned_at)
        if handover.taken_at and (handover.taken_at, name) not in taken:
            taken.add((handover.taken_at, name))
            yield Event("taken", handover.taken_at, who=name or "")
        if handover.ended_at and (handover.ended_at, handover.state) not in ended:
            ended.add((handover.ended_at, handover.state))
            yield Event(handover.state, handover.ended_at, who=name or "", outcome=handover.outcome or "")


def _mark_following(items: list[Any]) -> None:
    for before, item in itertools.pairwise(items):
        if before.what == item.what == "message":
            same = (before.message.author, before.message.author_name) == (
                item.message.author,
                item.message.author_name,
            )
            item.follows = same and item.at - before.at < TOGETHER


def _by_day(items: list[Any], formats: Formats) -> Iterator[Day]:
    day = None
    for item in items:
        label = formats.weekday(item.at)
        if day is None or day.label != label:
            if day:
                yield day
            day = Day(label)
        day.items.append(item)
    if day:
        yield day
