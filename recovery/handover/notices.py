"""What wakes the desk. Sent by PostgreSQL when the transaction commits."""

from __future__ import annotations

import uuid

from sqlalchemy import text
from sqlalchemy.orm import Session

DESK = "entente_desk"  # payload: conversation id; a hand-over, its holder, a note or who is looking changed


def notify_desk(session: Session, conversation_id: uuid.UUID) -> None:
    session.execute(text("select pg_notify(:channel, :payload)"), {"channel": DESK, "payload": str(conversation_id)})
