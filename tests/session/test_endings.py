"""What a provider says of an address is obeyed: stopped there, nobody there, sent back for a reason that passes."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from channels.contract import PermanentFailure
from recovery.clock import FrozenClock
from recovery.consent.opt_out import opt_out_in_force
from recovery.consent.privacy import suppress_address
from recovery.identity.records import ContactPoint, Debtor
from recovery.session.deliver import MOST_RETURNS, deliver
from recovery.session.open_conversation import open_conversation
from recovery.session.records import Conversation, Delivery, Message
from recovery.session.say import MayNotBeSaid, say
from recovery.texts import text_for
from tests import cast
from tests.fakes.fake_channel import FakeChannel
from tests.session.conftest import said
from tests.session.test_channels import told, waiting_delivery

NUMBER = "+33639981299"


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


def point_of(session: Session) -> ContactPoint:
    point = ContactPoint(debtor_id=cast.camille(session).id, channel="sms", address=NUMBER)
    session.add(point)
    session.flush()
    return point


def conversation_of(session: Session, delivery: Delivery) -> Conversation:
    return session.get_one(Conversation, delivery.conversation_id)


def test_who_has_said_stop_to_the_provider_has_said_it_to_us(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    delivery = waiting_delivery(session, clock)
    channel.fails = [PermanentFailure("Twilio 21610", ending="stopped")]
    deliver(session, clock, lambda _: channel, delivery.id)
    session.flush()
    assert delivery.state == "failed"
    standing = opt_out_in_force(session, conversation_of(session, delivery))
    assert standing and (standing.channel, standing.words) == ("sms", "Twilio 21610")


def test_who_blocks_us_is_left_alone_until_they_start_again(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "bonjour"})
    for event in ("e2", "e3"):
        told(session, clock, channel, {"id": event, "ended": NUMBER})
    conversation = session.scalars(select(Conversation).where(Conversation.address == NUMBER)).one()
    assert opt_out_in_force(session, conversation)
    assert [m.author for m in conversation.messages] == ["bot", "debtor"], "no confirmation could reach them"
    told(session, clock, channel, {"id": "e4", "from": NUMBER, "command": "start"})
    assert not opt_out_in_force(session, conversation)


def test_a_block_of_nobody_we_know_ends_nothing(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    assert told(session, clock, channel, {"id": "e1", "ended": "+33639981298"})


def test_where_nobody_is_nothing_more_is_sent_until_somebody_writes(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    point, delivery = point_of(session), waiting_delivery(session, clock)
    deliver(session, clock, lambda _: channel, delivery.id)
    told(
        session,
        clock,
        channel,
        {"id": "r1", "ref": "ref-1", "state": "failed", "error": "no such user", "ending": "gone"},
    )
    session.refresh(point)
    assert (delivery.state, point.suppressed_because) == ("failed", "unreachable")
    with pytest.raises(MayNotBeSaid):
        open_conversation(session, clock, "sms", NUMBER, None, "fr")
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "me voilà"})
    session.refresh(point)
    assert (point.suppressed_at, point.suppressed_because) == (None, None)


def test_an_address_of_somebody_else_stays_closed_whoever_writes(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    point = point_of(session)
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "bonjour"})
    conversation = session.scalars(select(Conversation).where(Conversation.address == NUMBER)).one()
    suppress_address(session, clock, conversation, "wrong_person")
    told(session, clock, channel, {"id": "e2", "from": NUMBER, "text": "encore moi"})
    session.refresh(point)
    assert point.suppressed_because == "wrong_person"


def test_what_came_back_for_a_reason_that_passes_leaves_again_later(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    delivery = waiting_delivery(session, clock)
    for n in range(MOST_RETURNS + 1):
        deliver(session, clock, lambda _: channel, delivery.id)
        delivery.provider_ref = "ref-1"
        told(
            session, clock, channel, {"id": f"r{n}", "ref": "ref-1", "state": "failed", "error": "full", "again": True}
        )
    assert (delivery.state, len(channel.sent)) == ("failed", MOST_RETURNS + 1)
    assert {sent.key for sent in channel.sent} == {str(delivery.message_id)}
    asked = text("select scheduled_at from procrastinate_jobs where task_name = 'deliver' and scheduled_at is not null")
    assert set(session.scalars(asked)) == {clock.now() + timedelta(hours=6)}


def test_a_file_that_was_not_kept_is_told(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    channel.files = {"b.exe": b"MZ"}
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "files": ["b.exe"]})
    conversation = session.scalars(select(Conversation).where(Conversation.address == NUMBER)).one()
    assert [m.text for m in said(session, conversation, "system")] == [text_for("file_not_kept", "fr")]


def test_an_answer_goes_where_the_message_it_answers_was(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    older = cast.conversation_of(session, channel="sms", address=NUMBER)
    ours = say(session, clock, older, "Bonjour")
    session.flush()
    newer = cast.conversation_of(session, channel="sms", address=NUMBER, id=uuid.uuid4())
    assert newer.id != older.id
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "oui", "answers": str(ours.id)})
    told(session, clock, channel, {"id": "e2", "from": "+33639981298", "text": "moi aussi", "answers": str(ours.id)})
    told(session, clock, channel, {"id": "e3", "from": "+33639981297", "text": "et moi", "answers": "nonsense"})
    where = dict(session.execute(select(Message.client_message_id, Message.conversation_id)).tuples().all())
    assert where["e1"] == older.id
    assert len({where["e1"], where["e2"], where["e3"]}) == 3, "who forwards a message hands on no conversation"


def test_a_message_says_which_one_it_answers(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    told(session, clock, channel, {"id": "their-id", "from": NUMBER, "text": "bonjour"})
    conversation = session.scalars(select(Conversation).where(Conversation.address == NUMBER)).one()
    message = say(session, clock, conversation, "Bonjour à vous", solicited=True)
    session.flush()
    delivery = session.scalars(select(Delivery).where(Delivery.message_id == message.id)).one()
    deliver(session, clock, lambda _: channel, delivery.id)
    assert channel.sent[-1].answers == "their-id"


def test_who_changed_their_number_is_known_at_the_new_one_and_unproven(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    point = point_of(session)
    talk = cast.conversation_of(session, session.get_one(Debtor, point.debtor_id), channel="sms", address=NUMBER)
    told(session, clock, channel, {"id": "e1", "left": NUMBER, "to": "+33639981277"})
    session.refresh(point)
    session.refresh(talk)
    moved = session.scalars(select(ContactPoint).where(ContactPoint.address == "+33639981277")).one()
    assert (talk.identity, point.suppressed_because) == ("unverified", "moved")
    assert (moved.debtor_id, moved.owned_since) == (point.debtor_id, None)
