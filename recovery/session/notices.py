"""What wakes those who listen: the widget's stream and the desk. PostgreSQL tells them when the transaction commits."""

from __future__ import annotations

import uuid

from sqlalchemy import event, text
from sqlalchemy.orm import Session

MESSAGE = "entente_message"  # payload: conversation id; a message was added, or the mode changed
TYPING = "entente_typing"  # payload: conversation id and who is typing, bot or agent

_PENDING = "entente.notices"
_NOTIFY = text(
    "select pg_notify(channel, payload)"
    " from unnest(cast(:channels as text[]), cast(:payloads as text[])) as notice (channel, payload)"
)


def notify_message(session: Session, conversation_id: uuid.UUID) -> None:
    _remember(session, MESSAGE, str(conversation_id))


def notify_typing(session: Session, conversation_id: uuid.UUID, who: str) -> None:
    _remember(session, TYPING, f"{conversation_id} {who}")


def _remember(session: Session, channel: str, payload: str) -> None:
    session.info.setdefault(_PENDING, {})[channel, payload] = None


@event.listens_for(Session, "before_commit")
def _send(session: Session) -> None:
    """All of a transaction's notices in one statement, each once."""
    pending = session.info.pop(_PENDING, None)
    if pending:
        channels, payloads = zip(*pending, strict=True)
        session.execute(_NOTIFY, {"channels": list(channels), "payloads": list(payloads)})
