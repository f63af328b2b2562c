"""A dead letter is seen at the desk, and sent again under the same key."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.contract import PermanentFailure
from recovery.clock import FrozenClock
from recovery.consent.opt_out import opt_out
from recovery.errors import NotFound
from recovery.handover.records import Handover
from recovery.session.deliver import deliver
from recovery.session.records import Conversation, Delivery, Message
from recovery.session.say import MayNotBeSaid, say
from recovery.session.send_again import send_again
from tests import cast
from tests.fakes.fake_channel import FakeChannel

NUMBER = "+33639981299"


@pytest.fixture
def conversation(session: Session) -> Conversation:
    return cast.conversation_of(session, channel="sms", address=NUMBER)


def refused(session: Session, clock: FrozenClock, conversation: Conversation, channel: FakeChannel) -> Delivery:
    message = say(session, clock, conversation, "Bonjour", solicited=True)
    session.flush()
    delivery = session.scalars(select(Delivery).where(Delivery.message_id == message.id)).one()
    channel.fails = [PermanentFailure("no such number")]
    deliver(session, clock, lambda _: channel, delivery.id)
    return delivery


def tasks(session: Session, conversation: Conversation) -> list[tuple[str, bool]]:
    wanted = select(Handover).where(Handover.conversation_id == conversation.id)
    return [(handover.reason, handover.takes_over) for handover in session.scalars(wanted)]


def test_it_is_a_task_for_the_desk(session: Session, clock: FrozenClock, conversation: Conversation) -> None:
    channel = FakeChannel()
    for _ in range(2):
        refused(session, clock, conversation, channel)
    assert tasks(session, conversation) == [("undelivered", False)]
    assert conversation.mode == "bot"


def test_it_leaves_again_once_under_the_same_key(
    session: Session, clock: FrozenClock, conversation: Conversation
) -> None:
    channel = FakeChannel()
    delivery = refused(session, clock, conversation, channel)
    for _ in range(2):  # pressed twice
        send_again(session, clock, conversation, delivery.message_id, "agent:1")
    assert (delivery.state, session.get_one(Message, delivery.message_id).delivery) == ("waiting", "waiting")
    for _ in range(2):
        deliver(session, clock, lambda _: channel, delivery.id)
    send_again(session, clock, conversation, delivery.message_id, "agent:1")
    assert [sent.key for sent in channel.sent] == [str(delivery.message_id)]
    assert delivery.state == "sent"


def test_nobody_who_asked_for_silence_is_written_to_again(
    session: Session, clock: FrozenClock, conversation: Conversation
) -> None:
    opt_out(session, clock, conversation, "sms", "stop")
    delivery = refused(session, clock, conversation, FakeChannel())
    assert tasks(session, conversation) == []
    with pytest.raises(MayNotBeSaid):
        send_again(session, clock, conversation, delivery.message_id, "agent:1")
    assert delivery.state == "failed"


def test_a_message_of_another_conversation(session: Session, clock: FrozenClock, conversation: Conversation) -> None:
    with pytest.raises(NotFound):
        send_again(session, clock, conversation, uuid.uuid4(), "agent:1")
