"""What providers tell us: stored once, then taken in by a job."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from channels.contract import Channel, PermanentFailure, TemporaryFailure
from channels.messages import Event, Inbound, Moved, Receipt
from recovery.audit import record_act
from recovery.clock import Clock
from recovery.errors import Refusal
from recovery.session.attachments import keep_attachment
from recovery.session.clean_text import LONGEST_KEPT
from recovery.session.commands import obey
from recovery.session.deliver import note_receipt
from recovery.session.jobs import enqueue
from recovery.session.open_conversation import open_conversation
from recovery.session.receive import NothingSaid, UnknownButton, receive
from recovery.session.records import Conversation, ExternalEvent
from recovery.session.say import MayNotBeSaid, say
from recovery.session.tokens import NotYours, read_link, use_link
from recovery.session.typed_choice import typed_choice
from recovery.session.without_secrets import without_secrets
from recovery.store import time_ordered_id
from recovery.texts import text_for

log = logging.getLogger(__name__)

LANGUAGE_OF_PREFIX = {"+34": "es"}  # before a word was read; French otherwise
FILES_WAIT = timedelta(minutes=10)  # for a file the provider cannot give now; then the message goes on without it

ChannelAt = Callable[[str], Channel | None]


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
        else:
            _receive(session, clock, channel, told, event)
    event.handled_at = clock.now()


def _meaning_of(channel: Channel, event: ExternalEvent) -> Sequence[Inbound | Receipt | Moved]:
    """Nothing where it cannot be read: it stays here to be looked at, and holds up nothing that comes after it."""
    try:
        return channel.parse(event.body)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        log.exception("Event %s of %s cannot be read", event.external_id, event.source)
        return []


def conversation_at(session: Session, clock: Clock, channel: str, address: str, language: str | None) -> Conversation:
    """The conversation of this address, the latest one; a new one where there is none."""
    known = select(Conversation).where(Conversation.channel == channel, Conversation.address == address)
    found = session.scalar(known.order_by(Conversation.id.desc()).limit(1))
    return found or open_conversation(
        session, clock, channel, address, None, language or _language_of(address), solicited=True
    )


def _receive(session: Session, clock: Clock, channel: Channel, inbound: Inbound, event: ExternalEvent) -> None:
    conversation = conversation_at(session, clock, channel.name, inbound.address, inbound.language)
    if inbound.link:
        _by_link(session, clock, conversation, inbound.link)
    if inbound.command:
        obey(session, clock, conversation, inbound)
        return
    kept = _keep_media(session, clock, channel, conversation, inbound, event)
    try:
        pressed = inbound.payload or typed_choice(session, conversation, inbound.text)
        text, masked = inbound.text[:LONGEST_KEPT], event.body.get("masked", ())
        receive(session, clock, conversation, text, inbound.external_id, pressed, kept, masked=masked)
        channel.took(inbound)
    except UnknownButton:  # of a conversation that is gone, or forged
        log.warning("A button from %s is none of ours", channel.name)
    except NothingSaid:  # a start: the opening is answer enough; or what cannot be read, told just below
        pass
    if (inbound.unread or len(kept) < len(inbound.media)) and conversation.mode == "bot":
        _tell(session, clock, conversation, "cannot_read")


def _tell(session: Session, clock: Clock, conversation: Conversation, key: str) -> None:
    """A refusal of the gate is kept with its reasons, and hinders nothing else."""
    with suppress(MayNotBeSaid):
        say(session, clock, conversation, text_for(key, conversation.language), author="system", solicited=True)


def _forget_who_is_there(session: Session, clock: Clock, channel: Channel, moved: Moved) -> None:
    """The address may be given to somebody else: identity is proven again, there and at the new one."""
    here = select(Conversation).where(Conversation.channel == channel.name, Conversation.address == moved.address)
    for conversation in session.scalars(here.with_for_update()):
        if conversation.identity == "verified":
            conversation.identity, conversation.verified_at = "unverified", None
        conversation.claimed = {}
        record_act(session, clock, "provider", "address.left", f"conversation:{conversation.id}")


def _keep_media(
    session: Session,
    clock: Clock,
    channel: Channel,
    conversation: Conversation,
    inbound: Inbound,
    event: ExternalEvent,
) -> Sequence[uuid.UUID]:
    """Those that could be kept. Raises TemporaryFailure while another try may bring the rest."""
    kept = []
    for media in inbound.media:
        try:
            kept.append(keep_attachment(session, clock, conversation, media.name, channel.fetch(media)).id)
        except TemporaryFailure as failure:
            if clock.now() - event.received_at < FILES_WAIT:
                raise
            log.error("A file from %s did not come in time: %s", channel.name, failure)
        except (Refusal, PermanentFailure) as refused:
            log.warning("A file from %s was not kept: %s", channel.name, refused)
    return kept


def _by_link(session: Session, clock: Clock, conversation: Conversation, token: str) -> None:
    """A deep link that was sent to this debtor elsewhere; a forged or used one proves nothing and hinders nothing."""
    try:
        link = read_link(clock, token)
        use_link(session, clock, link, conversation)
    except NotYours:
        return
    conversation.claimed = {**conversation.claimed, "link": str(link.debtor_id)}


def _language_of(address: str) -> str:
    return LANGUAGE_OF_PREFIX.get(address[:3], "fr")
