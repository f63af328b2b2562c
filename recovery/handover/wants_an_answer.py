"""Whether what a person writes answers the debtor, or comes unasked."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.consent.opt_out import opt_out_in_force
from recovery.session.records import Conversation, Message


def wants_an_answer(session: Session, conversation: Conversation) -> bool:
    """The debtor wrote here, and their last word is not that they want silence (CT-13, OO-04)."""
    newest = select(Message.id).where(Message.conversation_id == conversation.id, Message.author == "debtor")
    last = session.scalar(newest.order_by(Message.seq.desc()).limit(1))
    stopped = opt_out_in_force(session, conversation)
    # Identifiers are ordered by time: the STOP message comes before the opt-out it made.
    return last is not None and (stopped is None or last > stopped.id)
