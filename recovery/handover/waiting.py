"""Since when a debtor waits for the person who took their conversation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.handover.records import Handover
from recovery.session.records import Conversation, Message


def waiting_since(session: Session, conversation: Conversation) -> datetime | None:
    """None where the last word is the person's. Taken and never answered: since it was taken."""
    taken_at = _taken_at(session, conversation)
    if taken_at is None:
        return None
    answered = select(func.max(Message.seq)).where(
        Message.conversation_id == conversation.id, Message.author == "agent", Message.sent_at >= taken_at
    )
    last_answer = session.scalar(answered)
    if last_answer is None:
        return taken_at
    unanswered = select(func.min(Message.sent_at)).where(
        Message.conversation_id == conversation.id, Message.author == "debtor", Message.seq > last_answer
    )
    return session.scalar(unanswered)


def _taken_at(session: Session, conversation: Conversation) -> datetime | None:
    taken = select(func.max(Handover.taken_at)).where(
        Handover.conversation_id == conversation.id, Handover.state == "taken", Handover.takes_over.is_(True)
    )
    return session.scalar(taken)
