"""A message as everybody outside sees it: the widget, the ledger API and the desk share this shape (design/api.md)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from recovery.session.records import Attachment, Message

AddressOf = Callable[[uuid.UUID], str]  # where an attachment is read

_SHOWN = (
    Message.id,
    Message.seq,
    Message.author,
    Message.author_name,
    Message.text,
    Message.language,
    Message.buttons,
    Message.sent_at,
)
PAGE = 500


def messages_after(
    session: Session, conversation_id: uuid.UUID, seq: int, address_of: AddressOf
) -> list[dict[str, Any]]:
    """What was said after that place in the conversation, oldest first."""
    said = session.execute(
        select(*_SHOWN)
        .where(Message.conversation_id == conversation_id, Message.seq > seq)
        .order_by(Message.seq)
        .limit(PAGE)
    ).all()
    return _shown(session, said, address_of)


def place_of(session: Session, conversation_id: uuid.UUID, message_id: uuid.UUID | None) -> int:
    """The place of a message in its conversation; 0 (before the first) where it is not one of them."""
    asked = select(Message.seq).where(Message.id == message_id, Message.conversation_id == conversation_id)
    return (session.scalar(asked) or 0) if message_id else 0


def _shown(session: Session, said: Sequence[Row[Any]], address_of: AddressOf) -> list[dict[str, Any]]:
    if not said:
        return []
    came_with = _attachments_of(session, [row.id for row in said])
    return [_one(row, came_with.get(row.id, ()), address_of) for row in said]


def _attachments_of(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID | None, list[Attachment]]:
    found: dict[uuid.UUID | None, list[Attachment]] = {}
    for attachment in session.scalars(
        select(Attachment).where(Attachment.message_id.in_(list(ids))).order_by(Attachment.id)
    ):
        found.setdefault(attachment.message_id, []).append(attachment)
    return found


def _one(row: Row[Any], attachments: Iterable[Attachment], address_of: AddressOf) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "author": row.author,
        "author_name": row.author_name,
        "text": row.text,
        "language": row.language,
        "buttons": [{"title": button["title"], "payload": button["payload"]} for button in row.buttons],
        "attachments": [{"name": a.name, "mime": a.mime, "url": address_of(a.id)} for a in attachments],
        "sent_at": row.sent_at.isoformat(),
    }
