"""What providers tell us: stored once, then taken in by a job."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from channels.contract import Channel, Told
from channels.messages import Ended, Event, Moved, Receipt
from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.end_address import end_address
from recovery.identity.contact_points import move_contact_points
from recovery.session.deliver import note_receipt
from recovery.session.jobs import enqueue
from recovery.session.records import Conversation, ExternalEvent
from recovery.session.take_message import latest_at, take_message
from recovery.session.without_secrets import without_secrets
from recovery.store import time_ordered_id

log = logging.getLogger(__name__)

ChannelAt = Callable[[str], Channel | None]

PLACE = "place"  # beside a source's events, how far it has been read (a mailbox that is asked, and does not call)


def store_event(session: Session, clock: Clock, source: str, event: Event, task: str) -> bool:
    """Kept with its job, `task`. False where this event has come before: nothing happens twice."""
    body, masked = without_secrets(event.body, event.typed)
    first = insert(ExternalEvent).values(
        id=time_ordered_id(),
        source=source,
        external_id=event.external_id,
        body={**body, "masked": masked} if masked else body,
        received_at=clock.now(),
    )
    stored = session.execute(first.on_conflict_do_nothing().returning(ExternalEvent.id)).scalar()
    if stored:
        enqueue(session, task, f"event:{source}:{event.about}", "events", event_id=str(stored))
    return stored is not None


def place_in(session: Session, source: str) -> dict[str, Any]:
    """Where the last look at this source ended; empty before the first."""
    kept = session.scalar(_place(source))
    return kept.body if kept else {}


def keep_place(session: Session, clock: Clock, source: str, place: dict[str, Any]) -> None:
    """In the transaction that stores the event: either both are kept or neither is."""
    kept = session.scalar(_place(source).with_for_update())
    if not kept:
        kept = ExternalEvent(source=f"{PLACE}/{source}", external_id=PLACE, body={}, received_at=clock.now())
        session.add(kept)
    kept.body, kept.handled_at = place, clock.now()


def take_in(session: Session, clock: Clock, channel_at: ChannelAt, event_id: uuid.UUID) -> None:
    """What a stored event means is received or noted. A second run finds it handled."""
    event = session.get_one(ExternalEvent, event_id, with_for_update=True)
    channel = channel_at(event.source)
    if event.handled_at or not channel:
        return
    for told in _meaning_of(channel, event):
        if isinstance(told, Receipt):
            note_receipt(session, clock, told)
        elif isinstance(told, Moved):
            _forget_who_is_there(session, clock, channel, told)
        elif isinstance(told, Ended):
            _end(session, clock, channel, told)
        else:
            take_message(session, clock, channel, told, event)
    event.handled_at = clock.now()


def _meaning_of(channel: Channel, event: ExternalEvent) -> Sequence[Told]:
    """Nothing where it cannot be read: it stays here to be looked at, and holds up nothing that comes after it."""
    try:
        return channel.parse(event.body)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        log.exception("Event %s of %s cannot be read", event.external_id, event.source)
        return []


def _end(session: Session, clock: Clock, channel: Channel, told: Ended) -> None:
    here = latest_at(session, channel.name, told.address)
    if here:  # nobody there has ever spoken with us: there is nothing to end
        end_address(session, clock, here, told.ending, told.why)


def _forget_who_is_there(session: Session, clock: Clock, channel: Channel, moved: Moved) -> None:
    """The address may be given to somebody else: identity is proven again, there and at the new one."""
    here = select(Conversation).where(Conversation.channel == channel.name, Conversation.address == moved.address)
    for conversation in session.scalars(here.with_for_update()):
        if conversation.identity == "verified":
            conversation.identity, conversation.verified_at = "unverified", None
        conversation.claimed = {}
        record_act(session, clock, "provider", "address.left", f"conversation:{conversation.id}")
    if moved.to:
        move_contact_points(session, clock, channel.name, moved.address, moved.to)


def _place(source: str) -> Any:
    return select(ExternalEvent).where(ExternalEvent.source == f"{PLACE}/{source}", ExternalEvent.external_id == PLACE)
