"""What wakes those who listen: the widget's stream and the desk. Sent by PostgreSQL when the transaction commits."""

from __future__ import annotations

import uuid

from sqlalchemy import text
from sqlalchemy.orm import Session

MESSAGE = "entente_message"  # payload: conversation id; a message was added, or the mode changed
TYPING = "entente_typing"  # payload: conversation id and who is typing, bot or agent

_NOTIFY = text("select pg_notify(:channel, :payload)")


def notify_message(session: Session, conversation_id: uuid.UUID) -> None:
    session.execute(_NOTIFY, {"channel": MESSAGE, "payload": str(conversation_id)})


def notify_typing(session: Session, conversation_id: uuid.UUID, who: str) -> None:
    session.execute(_NOTIFY, {"channel": TYPING, "payload": f"{conversation_id} {who}"})
