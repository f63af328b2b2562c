"""A message that did not arrive, sent once more because a person asked for it: the same message, under the same key."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.gate import ask_gate, record_verdict
from recovery.errors import NotFound
from recovery.session.deliver import LOST
from recovery.session.notices import notify_message
from recovery.session.outbox import enqueue_delivery
from recovery.session.records import Conversation, Delivery, Message
from recovery.session.say import KIND_OF, MayNotBeSaid


def send_again(session: Session, clock: Clock, conversation: Conversation, message_id: uuid.UUID, who: str) -> None:
    """Nothing where it is on its way already, or has arrived.

    Raises NotFound, and MayNotBeSaid: what could be said then may be forbidden by now (the debtor has asked for
    silence since, or is no longer known).
    """
    wanted = select(Delivery).where(Delivery.message_id == message_id, Delivery.conversation_id == conversation.id)
    delivery = session.scalar(wanted.with_for_update())
    if not delivery:
        raise NotFound("message", message_id)
    if delivery.state not in LOST:
        return
    message = session.get_one(Message, message_id)
    verdict = ask_gate(session, clock, conversation, message.author, message.text, KIND_OF[message.author])
    record_verdict(session, clock, conversation, message.author, message.text, verdict).message_id = message.id
    if not verdict.allowed:
        raise MayNotBeSaid(verdict)
    delivery.state, delivery.attempts, delivery.updated_at = "waiting", 0, clock.now()
    message.delivery = "waiting"
    enqueue_delivery(session, delivery)
    record_act(session, clock, who, "message.sent_again", f"conversation:{conversation.id}", message_id=str(message.id))
    notify_message(session, conversation.id)
