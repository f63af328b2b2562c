"""A debtor's message comes in: cleaned, masked, stored once, its turn enqueued; all in the caller's transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.errors import Invalid
from recovery.session.buttons import pressed_button
from recovery.session.clean_text import LONGEST_KEPT, clean
from recovery.session.closed_window import let_out
from recovery.session.hold import hold, next_seq
from recovery.session.jobs import enqueue
from recovery.session.listening import masked as mask
from recovery.session.notices import notify_message, notify_typing
from recovery.session.records import Attachment, Conversation, Message
from recovery.store import time_ordered_id


class NothingSaid(Invalid):
    kind = "nothing-said"

    def __init__(self) -> None:
        super().__init__("A message needs text, a button of this conversation, or an attachment.")


class UnknownButton(Invalid):
    kind = "unknown-button"

    def __init__(self) -> None:
        super().__init__("This payload is not a button of this conversation, and no text came with it.")


class TooLong(Invalid):
    kind = "too-long"

    def __init__(self) -> None:
        super().__init__(f"A message holds {LONGEST_KEPT} characters at most.")


class UnknownAttachment(Invalid):
    kind = "unknown-attachment"

    def __init__(self) -> None:
        super().__init__("An attachment must have been uploaded in this conversation, and belongs to one message.")


def receive(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    text: str | None,
    client_message_id: str | None,
    payload: str | None = None,
    attachment_ids: Sequence[uuid.UUID] = (),
    masked: Sequence[str] = (),
) -> Message:
    """The stored message; the same one again where this client_message_id has already come in.

    `masked`: the kinds of secrets taken out before, where the text has been kept elsewhere on its way.
    """
    hold(session, conversation)
    if client_message_id and (known := _already_here(session, conversation, client_message_id)):
        return known
    words, means = _what_was_said(session, conversation, text, payload)
    words, secrets = mask(words) if words and not means else (words, [])
    attachments = _attachments(session, conversation, attachment_ids)
    if not words and not attachments:
        raise NothingSaid()
    message = _keep(
        session, clock, conversation, client_message_id, text=words, pressed=means, masked=[*masked, *secrets]
    )
    if attachments:
        session.flush()
        session.execute(update(Attachment).where(Attachment.id.in_(attachments)).values(message_id=message.id))
    if conversation.channel != "web":
        let_out(session, clock, conversation)
    enqueue(session, "take_turn", str(conversation.id), "turns", conversation_id=str(conversation.id))
    notify_message(session, conversation.id)
    if conversation.mode == "bot":
        notify_typing(session, conversation.id, "bot")
    return message


def _already_here(session: Session, conversation: Conversation, client_message_id: str) -> Message | None:
    return session.scalar(
        select(Message).where(
            Message.conversation_id == conversation.id, Message.client_message_id == client_message_id
        )
    )


def _what_was_said(
    session: Session, conversation: Conversation, text: str | None, payload: str | None
) -> tuple[str, str | None]:
    """The words to show, and what a pressed button means."""
    words = clean(text or "")
    if len(words) > LONGEST_KEPT:
        raise TooLong()
    button = pressed_button(session, conversation, payload) if payload else None
    if button:
        return words or button["title"], button["means"]
    if payload and not words:
        raise UnknownButton()
    return words, None


def _attachments(session: Session, conversation: Conversation, ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    if not ids:
        return []
    ours = select(Attachment.id).where(
        Attachment.id.in_(ids), Attachment.conversation_id == conversation.id, Attachment.message_id.is_(None)
    )
    found = list(session.scalars(ours))
    if len(found) != len(set(ids)):
        raise UnknownAttachment()
    return found


def _keep(
    session: Session, clock: Clock, conversation: Conversation, client_message_id: str | None, **said: Any
) -> Message:
    conversation.last_inbound_at = clock.now()
    message = Message(
        id=time_ordered_id(),
        conversation_id=conversation.id,
        seq=next_seq(session, conversation),
        author="debtor",
        author_name="",
        language=conversation.language,
        client_message_id=client_message_id,
        buttons=[],
        sent_at=clock.now(),
        **said,
    )
    session.add(message)
    return message
