"""The outbox: each message leaves by its channel's provider, in order, tried again while that may help."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from channels.contract import Channel, NotThisWay, PermanentFailure, TemporaryFailure
from channels.messages import Button, Media, Outbound, Receipt
from recovery.clock import Clock
from recovery.consent.end_address import end_address
from recovery.consent.opt_out import opt_out_in_force
from recovery.handover.hand_over import hand_over
from recovery.session.attachments import file_of
from recovery.session.closed_window import HELD, knock, window_is_closed
from recovery.session.elsewhere import tell_elsewhere
from recovery.session.notices import notify_message
from recovery.session.outbox import enqueue_delivery
from recovery.session.records import Attachment, Conversation, Delivery, Message
from recovery.session.tokens import file_token
from recovery.settings import settings

log = logging.getLogger(__name__)

TRIES = 12  # with the worker's back-off, a little over an hour
ONCE_MORE_AFTER = timedelta(hours=6)  # what came back for a reason that passes (a full mailbox) is sent again
MOST_RETURNS = 2
# Receipts come in any order, and a message never goes back: what has arrived has not failed, whoever says so later.
PROGRESS = {HELD: 0, "waiting": 0, "sent": 1, "failed": 2, "dead": 2, "delivered": 3, "read": 4}

LOST = ("failed", "dead")  # refused for good, or given up after the last try

ChannelNamed = Callable[[str], Channel | None]


def deliver(session: Session, clock: Clock, channel_named: ChannelNamed, delivery_id: uuid.UUID) -> None:
    """Send it once more, unless it has left. Raises TemporaryFailure while another try may help."""
    delivery = session.get_one(Delivery, delivery_id, with_for_update=True)
    if delivery.state != "waiting":
        return
    message = session.get_one(Message, delivery.message_id)
    conversation = session.get_one(Conversation, delivery.conversation_id)
    channel = channel_named(delivery.channel)
    try:
        if not channel:
            raise TemporaryFailure(f"channel {delivery.channel} is not configured")
        delivery.provider_ref = _sent_or_held(session, clock, channel, conversation, message)
    except PermanentFailure as failure:
        if failure.ending:
            end_address(session, clock, conversation, failure.ending, str(failure))
        if not _told_elsewhere(session, clock, channel_named, conversation, message):
            _end(session, clock, delivery, message, "failed", failure)
        else:
            _note(clock, delivery, message, "failed", failure)
    else:
        if delivery.provider_ref:
            _end(session, clock, delivery, message, "sent", None)
        else:
            delivery.state, delivery.updated_at = HELD, clock.now()


def _sent_or_held(
    session: Session, clock: Clock, channel: Channel, conversation: Conversation, message: Message
) -> str | None:
    """The provider's reference; None where the window is closed: the debtor was asked to write, and it waits for that."""
    if not window_is_closed(clock, channel, conversation):
        with suppress(NotThisWay):  # the provider counts its hours otherwise than we do
            return channel.send(_outbound(session, clock, conversation, message))
    knock(session, clock, channel, conversation, message)
    return None


def _told_elsewhere(
    session: Session, clock: Clock, channel_named: ChannelNamed, conversation: Conversation, message: Message
) -> bool:
    """Not where they have asked for silence here; nor for what the service says by itself, such as a confirmation."""
    if message.author == "system" or opt_out_in_force(session, conversation):
        return False
    return tell_elsewhere(session, clock, channel_named, conversation, message)


def note_failed_try(session: Session, clock: Clock, delivery_id: uuid.UUID, failure: Exception) -> bool:
    """Count a try that may be repeated.

    False where it was the last: the message is a dead letter, for a person to see.
    """
    delivery = session.get_one(Delivery, delivery_id, with_for_update=True)
    delivery.attempts += 1
    delivery.last_error = str(failure)[:500]
    delivery.updated_at = clock.now()
    if delivery.attempts < TRIES:
        return True
    _end(session, clock, delivery, session.get_one(Message, delivery.message_id), "dead", failure)
    return False


def note_receipt(session: Session, clock: Clock, receipt: Receipt) -> None:
    """What the provider says became of a message. Late and repeated receipts change nothing."""
    delivery = session.scalar(_told_of(receipt).with_for_update())
    if not delivery:
        return
    if receipt.ending:
        conversation = session.get_one(Conversation, delivery.conversation_id)
        end_address(session, clock, conversation, receipt.ending, receipt.error or receipt.state)
    if PROGRESS[receipt.state] <= PROGRESS[delivery.state]:
        return
    if receipt.again and delivery.attempts < MOST_RETURNS:
        _send_once_more(session, clock, delivery, receipt)
    else:
        message = session.get_one(Message, delivery.message_id)
        _end(session, clock, delivery, message, receipt.state, Exception(receipt.error) if receipt.error else None)


def _send_once_more(session: Session, clock: Clock, delivery: Delivery, receipt: Receipt) -> None:
    delivery.state, delivery.attempts = "waiting", delivery.attempts + 1
    delivery.last_error, delivery.updated_at = receipt.error, clock.now()
    session.get_one(Message, delivery.message_id).delivery = "waiting"
    enqueue_delivery(session, delivery, at=clock.now() + ONCE_MORE_AFTER)


def _told_of(receipt: Receipt) -> Select[Delivery]:
    """By the provider's reference, or by our own key: its receipt may be here before its answer is written down."""
    known = Delivery.provider_ref == receipt.provider_ref
    with suppress(ValueError):
        known = or_(known, Delivery.message_id == uuid.UUID(receipt.key or ""))
    return select(Delivery).where(known)


def _outbound(session: Session, clock: Clock, conversation: Conversation, message: Message) -> Outbound:
    return Outbound(
        address=conversation.address,
        text=message.text,
        key=str(message.id),
        language=message.language,
        buttons=tuple(Button(button["title"], button["payload"]) for button in message.buttons),
        media=tuple(_media(clock, attachment) for attachment in message.attachments),
        at=clock.now(),
        last_inbound_at=conversation.last_inbound_at,
        answers=_answered(session, message),
    )


def _answered(session: Session, message: Message) -> str | None:
    """The provider's id of the debtor's message this one answers; of their latest one where it answers none."""
    if message.answers:
        return session.get_one(Message, message.answers).client_message_id
    theirs = select(Message.client_message_id).where(
        Message.conversation_id == message.conversation_id, Message.author == "debtor", Message.seq < message.seq
    )
    return session.scalar(theirs.order_by(Message.seq.desc()).limit(1))


def _media(clock: Clock, attachment: Attachment) -> Media:
    """Where we read it, and where the debtor may (for a day) on a channel that sends no files."""
    link = (
        f"{settings().public_url.rstrip('/')}/widget/attachments/{attachment.id}?key={file_token(clock, attachment.id)}"
    )
    return Media(attachment.name, attachment.mime, url=file_of(attachment).resolve().as_uri(), link=link)


def _end(
    session: Session, clock: Clock, delivery: Delivery, message: Message, state: str, failure: Exception | None
) -> None:
    _note(clock, delivery, message, state, failure)
    if state in LOST:
        _tell_the_desk(session, clock, delivery, message)
    notify_message(session, delivery.conversation_id)


def _note(clock: Clock, delivery: Delivery, message: Message, state: str, failure: Exception | None) -> None:
    delivery.state = state
    delivery.updated_at = clock.now()
    message.delivery = "failed" if state in LOST else state
    if failure:
        delivery.last_error = str(failure)[:500]
        log.error("Message %s was not delivered by %s: %s", message.id, delivery.channel, failure)


def _tell_the_desk(session: Session, clock: Clock, delivery: Delivery, message: Message) -> None:
    """A dead letter is somebody's task, unless the debtor has asked for silence: then it had better not arrive."""
    conversation = session.get_one(Conversation, delivery.conversation_id)
    if not opt_out_in_force(session, conversation):
        hand_over(
            session, clock, conversation, reason="undelivered", takes_over=False, extra={"undelivered": message.text}
        )
