"""Messages from and to a provider: stored once, answered, delivered in the end or told as dead."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.contract import PermanentFailure, TemporaryFailure
from channels.messages import Call, Event, Receipt
from recovery.clock import FrozenClock
from recovery.consent.opt_out import opt_out
from recovery.session import tokens
from recovery.session.deliver import TRIES, deliver, note_failed_try, note_receipt
from recovery.session.external_events import store_event, take_in
from recovery.session.open_conversation import open_conversation
from recovery.session.records import Attachment, Conversation, Delivery, ExternalEvent, Message
from recovery.session.say import MayNotBeSaid, say
from recovery.session.take_message import FILES_WAIT
from recovery.texts import text_for
from tests import cast
from tests.fakes.fake_channel import FakeChannel
from tests.fakes.files import JPEG

NUMBER = "+33639981299"


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


def told(session: Session, clock: FrozenClock, channel: FakeChannel, body: dict[str, object]) -> bool:
    """As the webhook and its job do it."""
    (event,) = channel.read(Call("POST", "", {}, {}, json.dumps([body]).encode()))
    if not store_event(session, clock, channel.source, event, "take_in"):
        return False
    kept = session.scalars(select(ExternalEvent).where(ExternalEvent.external_id == event.external_id)).one()
    for _ in range(2):  # a job may run again after a crash
        take_in(session, clock, lambda source: channel if source == channel.source else None, kept.id)
    session.flush()
    return True


def conversation_at(session: Session, address: str) -> Conversation:
    return session.scalars(select(Conversation).where(Conversation.address == address)).one()


def waiting_delivery(session: Session, clock: FrozenClock) -> Delivery:
    conversation = cast.conversation_of(session, channel="sms", address=NUMBER)
    message = say(session, clock, conversation, "Bonjour")
    session.flush()
    return session.scalars(select(Delivery).where(Delivery.message_id == message.id)).one()


def test_a_first_message_opens_a_conversation(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    assert told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "bonjour"})
    conversation = conversation_at(session, NUMBER)
    assert (conversation.channel, conversation.language, conversation.mode) == ("sms", "fr", "bot")
    assert [(m.author, m.delivery) for m in conversation.messages] == [("bot", "waiting"), ("debtor", "none")]


def test_a_repeated_event_has_no_second_effect(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    assert told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "bonjour"})
    assert not told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "bonjour"})
    assert len(conversation_at(session, NUMBER).messages) == 2


def test_a_number_of_spain_is_greeted_in_spanish(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    told(session, clock, channel, {"id": "e1", "from": "+34639981299", "text": "?"})
    assert conversation_at(session, "+34639981299").language == "es"


def test_files_are_kept_and_what_cannot_be_read_hinders_nothing(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    channel.files = {"a.jpg": JPEG, "b.exe": b"MZ"}
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "voici", "files": ["a.jpg", "b.exe", "gone"]})
    conversation = conversation_at(session, NUMBER)
    said = next(message for message in conversation.messages if message.author == "debtor")
    kept = session.scalars(select(Attachment).where(Attachment.conversation_id == conversation.id)).all()
    assert [(a.name, a.message_id) for a in kept] == [("a.jpg", said.id)]
    assert conversation.messages[-1].text == text_for("file_not_kept", "fr")


def test_a_file_that_does_not_come_is_not_waited_for_for_ever(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    channel.slow_files = {"a.jpg"}
    with pytest.raises(TemporaryFailure):
        told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "voici", "files": ["a.jpg"]})
    kept = session.scalars(select(ExternalEvent).where(ExternalEvent.external_id == "e1")).one()
    clock.advance(FILES_WAIT)
    take_in(session, clock, lambda _: channel, kept.id)
    session.flush()
    assert [m.text for m in conversation_at(session, NUMBER).messages][1:] == ["voici", text_for("file_not_kept", "fr")]


def test_a_card_typed_in_a_text_is_kept_nowhere(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "ma carte 4111 1111 1111 1111"})
    event = session.scalars(select(ExternalEvent).where(ExternalEvent.external_id == "e1")).one()
    assert "4111 1111" not in str(event.body) and event.body["from"] == NUMBER
    said = session.scalars(select(Message).where(Message.client_message_id == "e1")).one()
    assert (said.text, said.masked) == ("ma carte ••••1111", ["card"])


def test_an_event_nobody_can_read_holds_up_nothing(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    store_event(session, clock, channel.source, Event("e0", NUMBER, {"unknown": True}), "take_in")
    kept = session.scalars(select(ExternalEvent).where(ExternalEvent.external_id == "e0")).one()
    take_in(session, clock, lambda _: channel, kept.id)
    assert kept.handled_at


def test_a_link_from_a_known_address_is_one_fact(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    link = tokens.link_token(clock, cast.camille(session).id)
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": "", "link": link})
    assert "link" in conversation_at(session, NUMBER).claimed
    told(session, clock, channel, {"id": "e2", "from": "+33639981298", "text": "", "link": link})
    assert "link" not in conversation_at(session, "+33639981298").claimed


def test_a_message_is_delivered_once(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    delivery = waiting_delivery(session, clock)
    for _ in range(2):
        deliver(session, clock, lambda _: channel, delivery.id)
    assert [(o.address, o.text) for o in channel.sent] == [(NUMBER, "Bonjour")]
    assert (delivery.state, delivery.provider_ref) == ("sent", "ref-1")
    assert session.get_one(Message, delivery.message_id).delivery == "sent"


def test_receipts_move_a_message_forward_alone(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    delivery = waiting_delivery(session, clock)
    deliver(session, clock, lambda _: channel, delivery.id)
    for n, (state, seen) in enumerate([("delivered", "delivered"), ("sent", "delivered"), ("read", "read")]):
        told(session, clock, channel, {"id": f"r{n}", "ref": "ref-1", "state": state})
        assert delivery.state == seen
    told(session, clock, channel, {"id": "r9", "ref": "unknown", "state": "read"})


@pytest.mark.parametrize("order", list(permutations(("sent", "delivered", "read", "failed"))), ids="-".join)
def test_receipts_in_any_order_and_twice_end_the_same(
    session: Session, clock: FrozenClock, channel: FakeChannel, order: tuple[str, ...]
) -> None:
    delivery = waiting_delivery(session, clock)
    deliver(session, clock, lambda _: channel, delivery.id)
    for state in (*order, *order):
        note_receipt(session, clock, Receipt("ref-1", state))  # type: ignore[arg-type]
    assert (delivery.state, session.get_one(Message, delivery.message_id).delivery) == ("read", "read")


def test_what_has_arrived_has_not_failed(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    delivery = waiting_delivery(session, clock)
    deliver(session, clock, lambda _: channel, delivery.id)
    for n, (state, seen) in enumerate([("failed", "failed"), ("delivered", "delivered"), ("failed", "delivered")]):
        told(session, clock, channel, {"id": f"r{n}", "ref": "ref-1", "state": state})
        assert (delivery.state, session.get_one(Message, delivery.message_id).delivery) == (seen, seen)


def test_what_may_help_is_tried_again_and_the_rest_is_told(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    delivery = waiting_delivery(session, clock)
    channel.fails = [TemporaryFailure("busy", retry_after=7)]
    with pytest.raises(TemporaryFailure):
        deliver(session, clock, lambda _: channel, delivery.id)
    assert delivery.state == "waiting"
    deliver(session, clock, lambda _: channel, delivery.id)
    assert delivery.state == "sent"
    gone = waiting_delivery(session, clock)
    channel.fails = [PermanentFailure("no such number")]
    deliver(session, clock, lambda _: channel, gone.id)
    assert (gone.state, gone.last_error) == ("failed", "no such number")


def test_a_letter_that_never_leaves_is_dead(session: Session, clock: FrozenClock) -> None:
    delivery = waiting_delivery(session, clock)
    tries = [note_failed_try(session, clock, delivery.id, TemporaryFailure("busy")) for _ in range(TRIES)]
    assert tries == [True] * (TRIES - 1) + [False]
    assert delivery.state == "dead"
    assert session.get_one(Message, delivery.message_id).delivery == "failed"


def test_we_never_write_first_to_whoever_asked_for_silence(session: Session, clock: FrozenClock) -> None:
    stopped = cast.conversation_of(session, channel="sms", address=NUMBER)
    opt_out(session, clock, stopped, "sms", "stop")
    session.flush()
    with pytest.raises(MayNotBeSaid):
        open_conversation(session, clock, "sms", NUMBER, None, "fr")


def test_a_receipt_that_is_here_before_the_answer(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    delivery = waiting_delivery(session, clock)
    note_receipt(session, clock, Receipt("not yet known", "delivered", key=str(delivery.message_id)))
    assert delivery.state == "delivered"
    note_receipt(session, clock, Receipt("nobody's", "delivered", key="not a key of ours"))
    deliver(session, clock, lambda _: channel, delivery.id)  # its answer was lost on the way: it does not leave again
    assert channel.sent == []


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("1", "/pay"),
        ("2.", "/human"),
        ("parler a quelqu'un", "/human"),
        ("3", None),
        ("12", None),
        ("payer demain", None),
    ],
)
def test_a_choice_is_answered_in_writing(
    session: Session, clock: FrozenClock, channel: FakeChannel, said: str, means: str | None
) -> None:
    assert pressed_after(session, clock, channel, said, ("Payer", "/pay"), ("Parler à quelqu'un", "/human")) == means


def test_a_figure_is_no_number_of_a_choice_among_figures(
    session: Session, clock: FrozenClock, channel: FakeChannel
) -> None:
    assert pressed_after(session, clock, channel, "2", ("3 fois", "/three"), ("2 fois", "/two")) is None


def pressed_after(
    session: Session, clock: FrozenClock, channel: FakeChannel, said: str, *choices: tuple[str, str]
) -> str | None:
    conversation = cast.conversation_of(session, channel="sms", address=NUMBER)
    say(session, clock, conversation, "?", buttons=[{"title": title, "payload": means} for title, means in choices])
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "text": said})
    return session.scalars(select(Message).where(Message.client_message_id == "e1")).one().pressed


def test_what_cannot_be_read_is_answered(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "unread": True})
    assert [m.author for m in conversation_at(session, NUMBER).messages] == ["bot", "system"]


def test_an_address_that_was_left_knows_nobody(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    conversation = cast.conversation_of(session, channel="sms", address=NUMBER, identity="verified", claimed={"a": "b"})
    told(session, clock, channel, {"id": "e1", "left": NUMBER})
    session.refresh(conversation)
    assert (conversation.identity, conversation.claimed) == ("unverified", {})


def test_commands_of_the_channel(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "command": "start"})
    conversation = conversation_at(session, NUMBER)
    assert len(conversation.messages) == 1  # its opening
    told(session, clock, channel, {"id": "e2", "from": NUMBER, "command": "language", "language": "es"})
    assert conversation.language == "es"
    opt_out(session, clock, conversation, "sms", "stop")
    session.flush()
    told(session, clock, channel, {"id": "e3", "from": NUMBER, "command": "start"})
    told(session, clock, channel, {"id": "e4", "from": NUMBER, "command": "privacy"})
    session.refresh(conversation)
    texts = [text_for(key, "es", name="Entente") for key in ("language_chosen", "reopened", "privacy")]
    assert [m.text for m in conversation.messages][1:] == texts


def test_a_button_of_nobodys_hinders_nothing(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "payload": "b_forged"})
    assert [m.author for m in conversation_at(session, NUMBER).messages] == ["bot"]


def test_a_deep_link_fits_and_works_once(session: Session, clock: FrozenClock, channel: FakeChannel) -> None:
    token = tokens.start_token(clock, cast.camille(session).id)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", token)
    told(session, clock, channel, {"id": "e1", "from": NUMBER, "command": "start", "link": token})
    assert "link" in conversation_at(session, NUMBER).claimed
    told(session, clock, channel, {"id": "e2", "from": "+33639981298", "command": "start", "link": token})
    assert "link" not in conversation_at(session, "+33639981298").claimed


def test_a_forged_or_old_deep_link_opens_nothing(session: Session, clock: FrozenClock) -> None:
    token = tokens.start_token(clock, cast.camille(session).id)
    other = "A" if token[0] != "A" else "B"
    for forged in (other + token[1:], token[:-1], token + "AAAA", "é", "", "x" * 59):
        with pytest.raises(tokens.NotYours):
            tokens.read_link(clock, forged)
    clock.advance(timedelta(hours=73))
    with pytest.raises(tokens.NotYours):
        tokens.read_link(clock, token)
