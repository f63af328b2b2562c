"""Outside a channel's reply window: a template once, with the proof of an opt-in; what was said waits and then leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.contract import Channel, NotThisWay
from recovery.clock import FrozenClock
from recovery.consent.opt_in import record_opt_in
from recovery.consent.opt_out import opt_out
from recovery.consent.privacy import note_preference
from recovery.errors import Invalid
from recovery.handover.records import Handover
from recovery.identity.records import ContactPoint, Debtor
from recovery.session.deliver import deliver
from recovery.session.receive import receive
from recovery.session.records import Conversation, Delivery
from recovery.session.say import say
from recovery.texts import text_for
from tests import cast
from tests.channels.whatsapp.case import settings as whatsapp_settings
from tests.fakes.fake_channel import FakeChannel
from tests.fakes.fake_graph import FakeGraph

NUMBER = "+33639981299"


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with FakeGraph() as running:
        yield running


@pytest.fixture
def whatsapp(graph: FakeGraph) -> Channel:
    from channels.whatsapp import build

    built = build(whatsapp_settings(graph.url))
    assert built
    return built


@pytest.fixture
def texts() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
def named(whatsapp: Channel, texts: FakeChannel) -> Callable[[str], Channel | None]:
    return {"whatsapp": whatsapp, "sms": texts}.get


@pytest.fixture
def debtor(session: Session) -> Debtor:
    return cast.camille(session)


@pytest.fixture
def conversation(session: Session, clock: FrozenClock, debtor: Debtor) -> Conversation:
    """Verified on WhatsApp; they wrote last a day and a minute ago."""
    session.add(ContactPoint(debtor_id=debtor.id, channel="whatsapp", address=NUMBER))
    last = clock.now() - timedelta(days=1, minutes=1)
    return cast.conversation_of(session, debtor, channel="whatsapp", address=NUMBER, last_inbound_at=last)


def opted_in(session: Session, clock: FrozenClock) -> ContactPoint:
    point = session.scalars(select(ContactPoint).where(ContactPoint.address == NUMBER)).one()
    given = {"at": clock.now() - timedelta(days=9), "text": "J'accepte WhatsApp", "source": "form 118"}
    return record_opt_in(session, clock, point, **given)


def said(session: Session, clock: FrozenClock, conversation: Conversation, text: str) -> Delivery:
    message = say(session, clock, conversation, text, author="agent")
    session.flush()
    return session.scalars(select(Delivery).where(Delivery.message_id == message.id)).one()


def delivered(session: Session, clock: FrozenClock, named: Any, *deliveries: Delivery) -> list[str]:
    for delivery in deliveries:
        deliver(session, clock, named, delivery.id)
        session.flush()
        session.refresh(delivery)
    return [delivery.state for delivery in deliveries]


def kinds(graph: FakeGraph) -> list[str]:
    return [sent["type"] for sent in graph.sent.values()]


def test_a_template_once_then_what_was_said(
    session: Session, clock: FrozenClock, named: Any, graph: FakeGraph, conversation: Conversation
) -> None:
    opted_in(session, clock)
    first, second = (said(session, clock, conversation, text) for text in ("Votre reçu est prêt.", "Bonne journée."))
    assert delivered(session, clock, named, first, second) == ["held", "held"]
    (sent,) = graph.sent.values()
    assert (sent["template"]["name"], sent["template"]["language"]) == ("entente_nouveau_message", {"code": "fr"})
    assert sent["template"]["components"][0]["parameters"] == [{"type": "text", "text": "Entente"}]
    receive(session, clock, conversation, "oui ?", "c1")
    session.refresh(first)
    assert first.state == "waiting"
    assert delivered(session, clock, named, first, second) == ["sent", "sent"]
    assert [s["text"]["body"] for s in list(graph.sent.values())[1:]] == ["Votre reçu est prêt.", "Bonne journée."]


def test_in_spanish_too(
    session: Session, clock: FrozenClock, named: Any, graph: FakeGraph, conversation: Conversation
) -> None:
    opted_in(session, clock)
    conversation.language = "es"
    delivered(session, clock, named, said(session, clock, conversation, "Su recibo está listo."))
    (sent,) = graph.sent.values()
    assert sent["template"]["language"] == {"code": "es"}


def test_within_the_window_it_leaves_as_it_is(
    session: Session, clock: FrozenClock, named: Any, graph: FakeGraph, conversation: Conversation
) -> None:
    conversation.last_inbound_at = clock.now() - timedelta(hours=23, minutes=59)
    assert delivered(session, clock, named, said(session, clock, conversation, "Bonjour")) == ["sent"]
    assert kinds(graph) == ["text"]


def test_the_provider_says_it_is_closed(
    session: Session, clock: FrozenClock, named: Any, graph: FakeGraph, conversation: Conversation
) -> None:
    opted_in(session, clock)
    conversation.last_inbound_at = clock.now() - timedelta(hours=23, minutes=59)
    graph.closed.add(NUMBER)
    assert delivered(session, clock, named, said(session, clock, conversation, "Bonjour")) == ["held"]
    assert kinds(graph) == ["template"]


def test_without_an_opt_in_another_channel_tells_that_something_waits(
    session: Session, clock: FrozenClock, named: Any, graph: FakeGraph, texts: FakeChannel, conversation: Conversation
) -> None:
    waiting = said(session, clock, conversation, "Vous devez 247,30 €, payables en trois fois.")
    assert delivered(session, clock, named, waiting) == ["failed"]
    assert not graph.sent
    elsewhere = session.scalars(select(Delivery).where(Delivery.channel == "sms").order_by(Delivery.id)).all()
    delivered(session, clock, named, *elsewhere)
    told = " ".join(sent.text for sent in texts.sent)
    assert {sent.address for sent in texts.sent} == {"+33639981201"}
    assert "/c/" in told and "247" not in told
    assert not session.scalars(select(Handover)).all()


def test_where_no_channel_is_left_a_person_has_it(
    session: Session, clock: FrozenClock, named: Any, conversation: Conversation
) -> None:
    by_text = cast.conversation_of(session, channel="sms", address="+33639981201")
    opt_out(session, clock, by_text, "sms", "stop")
    session.flush()
    delivered(session, clock, named, said(session, clock, conversation, "Bonjour"))
    (task,) = session.scalars(select(Handover)).all()
    assert (task.reason, task.takes_over, conversation.mode) == ("undelivered", False, "bot")
    assert task.summary["extra"]["undelivered"] == "Bonjour"


def test_a_first_word_elsewhere_waits_for_a_decent_hour(
    session: Session, clock: FrozenClock, named: Any, conversation: Conversation
) -> None:
    conversation.last_inbound_at = clock.now() - timedelta(days=9)
    reminder = say(session, clock, conversation, "Bonjour")  # as it was before: no opt-in, and a Sunday
    session.flush()
    delivered(session, clock, named, session.scalars(select(Delivery).where(Delivery.message_id == reminder.id)).one())
    assert not session.scalars(select(Delivery).where(Delivery.channel == "sms", Delivery.state == "sent")).all()
    assert session.scalars(select(Handover.reason)).all() == ["undelivered"]


def test_two_channels_do_not_send_each_others_failures_back_and_forth(
    session: Session, clock: FrozenClock, named: Any, texts: FakeChannel, conversation: Conversation
) -> None:
    delivered(session, clock, named, said(session, clock, conversation, "Bonjour"))
    opted_in(session, clock)
    elsewhere = session.scalars(select(Delivery).where(Delivery.channel == "sms").order_by(Delivery.id)).all()
    texts.fails = [NotThisWay("no route") for _ in elsewhere]
    delivered(session, clock, named, elsewhere[-1])
    assert session.scalars(select(Handover.reason)).all() == ["undelivered"]
    assert len(session.scalars(select(Delivery).where(Delivery.channel == "whatsapp")).all()) == 1


def test_who_asks_for_it_has_opted_in_by_their_own_words(
    session: Session, clock: FrozenClock, named: Any, graph: FakeGraph, debtor: Debtor, conversation: Conversation
) -> None:
    elsewhere = cast.conversation_of(session, debtor)
    note_preference(session, clock, elsewhere, debtor, {"channel": "whatsapp", "words": "plutôt par WhatsApp"})
    assert delivered(session, clock, named, said(session, clock, conversation, "Bonjour")) == ["held"]
    point = session.scalars(select(ContactPoint).where(ContactPoint.address == NUMBER)).one()
    assert point.opt_in and point.opt_in["text"] == "plutôt par WhatsApp"
    assert point.opt_in["source"] == f"conversation:{elsewhere.id}"


@pytest.mark.parametrize("proof", [{"text": " "}, {"source": ""}, {"at": timedelta(minutes=1)}])
def test_a_proof_without_its_parts_is_none(
    session: Session, clock: FrozenClock, conversation: Conversation, proof: dict[str, Any]
) -> None:
    point = session.scalars(select(ContactPoint).where(ContactPoint.address == NUMBER)).one()
    given = {"at": timedelta(0), "text": "J'accepte", "source": "form", **proof}
    with pytest.raises(Invalid):
        record_opt_in(session, clock, point, **{**given, "at": clock.now() + given["at"]})
    assert point.opt_in is None


def test_the_text_that_tells_it_fits_two_texts() -> None:
    from channels.sms.plain_letters import shortened
    from channels.sms.segments import length_of

    link = "https://entente.example/c/" + "x" * 60
    for language in ("fr", "es"):
        text = shortened(text_for("message_waits", language, name="Énergie du Lac", link=link), language)
        assert length_of(text).segments <= 2, text
