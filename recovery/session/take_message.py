"""A provider's message becomes the debtor's: the conversation of its address, its files, its words or its command."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.contract import Channel, PermanentFailure, TemporaryFailure
from channels.messages import Inbound
from recovery.clock import Clock
from recovery.consent.end_address import heard_from
from recovery.errors import Refusal
from recovery.session.attachments import keep_attachment
from recovery.session.clean_text import LONGEST_KEPT
from recovery.session.commands import obey
from recovery.session.open_conversation import open_conversation
from recovery.session.place import arrive_by_link
from recovery.session.receive import NothingSaid, UnknownButton, receive
from recovery.session.records import Conversation, ExternalEvent, Message
from recovery.session.say import MayNotBeSaid, say
from recovery.session.tokens import NotYours, read_link
from recovery.session.typed_choice import typed_choice
from recovery.texts import text_for

log = logging.getLogger(__name__)

LANGUAGE_OF_PREFIX = {"+34": "es", "ES.": "es"}  # a number or Meta's own name, before a word was read; else French
FILES_WAIT = timedelta(minutes=10)  # for a file the provider cannot give now; then the message goes on without it


def take_message(session: Session, clock: Clock, channel: Channel, inbound: Inbound, event: ExternalEvent) -> None:
    """Raises TemporaryFailure while another try may bring the files that came with it."""
    conversation = _conversation_of(session, clock, channel.name, inbound)
    heard_from(session, clock, channel.name, inbound.address)
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
    except NothingSaid:  # a start: the opening is answer enough; or what could not be read, told just below
        pass
    if inbound.unread or len(kept) < len(inbound.media):
        _tell(session, clock, conversation, "cannot_read" if inbound.unread else "file_not_kept")


def conversation_at(session: Session, clock: Clock, channel: str, address: str, language: str | None) -> Conversation:
    """The conversation of this address, the latest one; a new one where there is none."""
    return latest_at(session, channel, address) or open_conversation(
        session, clock, channel, address, None, language or _language_of(address), solicited=True
    )


def latest_at(session: Session, channel: str, address: str) -> Conversation | None:
    known = select(Conversation).where(Conversation.channel == channel, Conversation.address == address)
    return session.scalar(known.order_by(Conversation.id.desc()).limit(1))


def _conversation_of(session: Session, clock: Clock, channel: str, inbound: Inbound) -> Conversation:
    """That of the message it answers, where both are at the same address: who forwards a message hands on no conversation."""
    answered = _answered(session, inbound.answers)
    if answered and (answered.channel, answered.address) == (channel, inbound.address):
        return answered
    return conversation_at(session, clock, channel, inbound.address, inbound.language)


def _answered(session: Session, key: str | None) -> Conversation | None:
    try:
        message = session.get(Message, uuid.UUID(key)) if key else None
    except ValueError:
        return None
    return session.get(Conversation, message.conversation_id) if message else None


def _tell(session: Session, clock: Clock, conversation: Conversation, key: str) -> None:
    """Where the assistant speaks. A refusal of the gate is kept with its reasons, and hinders nothing else."""
    if conversation.mode == "bot":
        with suppress(MayNotBeSaid):
            say(session, clock, conversation, text_for(key, conversation.language), author="system", solicited=True)


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
    with suppress(NotYours):
        arrive_by_link(session, clock, conversation, read_link(clock, token))


def _language_of(address: str) -> str:
    return LANGUAGE_OF_PREFIX.get(address[:3], "fr")
