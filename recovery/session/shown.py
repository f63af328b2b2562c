"""A message as everybody outside sees it: the widget, the ledger API and the desk share this shape (design/api.md)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from recovery.session.records import Attachment, Conversation, Message

AddressOf = Callable[[uuid.UUID], str]  # where an attachment is read

_ATTACHED = (
    select(
        func.json_agg(
            aggregate_order_by(func.json_build_array(Attachment.id, Attachment.name, Attachment.mime), Attachment.id)
        )
    )
    .where(Attachment.message_id == Message.id)
    .scalar_subquery()
    .label("attached")
)
_SHOWN = (
    Message.id,
    Message.author,
    Message.author_name,
    Message.text,
    Message.language,
    Message.buttons,
    Message.sent_at,
    _ATTACHED,
)
PAGE = 500


@dataclass(frozen=True)
class News:
    """`place`: where the next look goes on. `mode`: who speaks now; bot, human or closed."""

    messages: list[dict[str, Any]]
    mode: str
    place: int


def news_after(
    connection: Connection | Session, conversation_id: uuid.UUID, place: int, address_of: AddressOf
) -> News | None:
    """What was said after that place and who speaks, in one query; None where there is no such conversation."""
    said_since = and_(Message.conversation_id == Conversation.id, Message.seq > place)
    asked = select(Conversation.mode, *_SHOWN).outerjoin(Message, said_since).where(Conversation.id == conversation_id)
    rows = connection.execute(asked.order_by(Message.seq).limit(PAGE)).all()
    if not rows:
        return None
    messages = [_one(row, address_of) for row in rows if row.id]
    return News(messages, rows[0].mode, place + len(messages))


def messages_after(
    session: Session, conversation_id: uuid.UUID, seq: int, address_of: AddressOf
) -> list[dict[str, Any]]:
    """What was said after that place in the conversation, oldest first."""
    after = select(*_SHOWN).where(Message.conversation_id == conversation_id, Message.seq > seq)
    return [_one(row, address_of) for row in session.execute(after.order_by(Message.seq).limit(PAGE))]


def place_of(connection: Connection | Session, conversation_id: uuid.UUID, message_id: uuid.UUID | None) -> int:
    """The place of a message in its conversation; 0 (before the first) where it is not one of them."""
    asked = select(Message.seq).where(Message.id == message_id, Message.conversation_id == conversation_id)
    return (connection.scalar(asked) or 0) if message_id else 0


def _one(row: Row[Any], address_of: AddressOf) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "author": row.author,
        "author_name": row.author_name,
        "text": row.text,
        "language": row.language,
        "buttons": [{"title": button["title"], "payload": button["payload"]} for button in row.buttons],
        "attachments": [
            {"name": name, "mime": mime, "url": address_of(uuid.UUID(key))} for key, name, mime in row.attached or ()
        ],
        "sent_at": row.sent_at.isoformat(),
    }
