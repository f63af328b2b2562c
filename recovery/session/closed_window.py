"""A channel whose reply window is closed (WhatsApp after 24 hours, CH-06): an approved template asks the debtor to write;
what was to be said is held, and leaves the moment they do.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from channels.contract import Channel, NotThisWay
from channels.messages import Outbound
from recovery.clock import Clock
from recovery.identity.records import ContactPoint
from recovery.session.outbox import enqueue_delivery
from recovery.session.records import Conversation, Delivery, Message
from recovery.settings import settings

HELD = "held"
TEMPLATE = "entente_nouveau_message"  # channels/whatsapp/templates.yml; says nothing of a debt (ID-03)


def window_is_closed(clock: Clock, channel: Channel, conversation: Conversation) -> bool:
    hours = channel.capabilities.window_hours
    last = conversation.last_inbound_at
    return hours is not None and (last is None or clock.now() - last >= timedelta(hours=hours))


def knock(session: Session, clock: Clock, channel: Channel, conversation: Conversation, message: Message) -> None:
    """Send the template, once until they write. Raises NotThisWay, PermanentFailure or TemporaryFailure.

    Nobody is written to first without the proof that they asked for it (CH-05).
    """
    if not channel.capabilities.templates:
        raise NotThisWay(f"The window of {channel.name} is closed")
    held = exists().where(Delivery.conversation_id == conversation.id, Delivery.state == HELD)
    if session.scalar(select(held)):
        return
    channel.send(
        Outbound(
            address=conversation.address,
            text="",
            key=f"knock:{message.id}",
            language=message.language,
            at=clock.now(),
            opt_in=opt_in_of(session, conversation),
            template=TEMPLATE,
            values={"name": settings().operator_name},
        )
    )


def opt_in_of(session: Session, conversation: Conversation) -> str | None:
    """Where the proof of this address's opt-in is kept."""
    kept = session.scalar(
        select(ContactPoint.opt_in).where(
            ContactPoint.channel == conversation.channel,
            ContactPoint.address == conversation.address,
            ContactPoint.opt_in.is_not(None),
        )
    )
    return str(kept["source"]) if kept else None


def let_out(session: Session, clock: Clock, conversation: Conversation) -> None:
    """They have written: what was held leaves, in its order."""
    held = (
        update(Delivery)
        .where(Delivery.conversation_id == conversation.id, Delivery.state == HELD)
        .values(state="waiting", updated_at=clock.now())
        .returning(Delivery)
    )
    for delivery in sorted(session.scalars(held), key=lambda delivery: delivery.id):
        enqueue_delivery(session, delivery)
