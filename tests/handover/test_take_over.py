"""The write lock, the answer, and the ways a conversation leaves a person's hands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.opt_out import opt_out
from recovery.consent.records import GateDecision
from recovery.handover.give_up import UnknownOutcome, give_back_unanswered, hand_back, release, resolve
from recovery.handover.hand_over import hand_over
from recovery.handover.hold import HeldByAnother, NotTaken, NotYoursToGive, holder_of
from recovery.handover.notes import notes_of, write_note
from recovery.handover.presence import look_at, lookers
from recovery.handover.reply import NothingWritten, reply
from recovery.handover.take_over import take_over
from recovery.session.receive import receive
from recovery.session.records import Conversation, Message
from recovery.session.say import MayNotBeSaid
from tests import cast
from tests.handover.people import desk_person


def waiting(session: Session, clock: FrozenClock, **changes: object) -> Conversation:
    conversation = cast.conversation_of(session, cast.camille(session), **changes)
    receive(session, clock, conversation, "je veux parler à quelqu'un", "m1")
    hand_over(session, clock, conversation, reason="human_asked", words="je veux parler à quelqu'un")
    return conversation


def said(session: Session, conversation: Conversation, author: str) -> list[Message]:
    asked = select(Message).where(Message.conversation_id == conversation.id, Message.author == author)
    return list(session.scalars(asked.order_by(Message.seq)))


def test_whoever_takes_it_writes_alone(session: Session, clock: FrozenClock) -> None:
    sophie, marc = desk_person(session, "Sophie Laurent"), desk_person(session, "Marc Petit")
    conversation = waiting(session, clock)
    with pytest.raises(NotTaken):
        reply(session, clock, conversation, sophie, "Bonjour")
    take_over(session, clock, conversation, sophie)
    assert holder_of(session, conversation) is sophie
    with pytest.raises(HeldByAnother) as refused:
        take_over(session, clock, conversation, marc)
    assert refused.value.holder == "Sophie Laurent"
    with pytest.raises(HeldByAnother):
        take_over(session, clock, conversation, marc, from_another=True)
    with pytest.raises(HeldByAnother):
        reply(session, clock, conversation, marc, "Bonjour")


def test_a_supervisor_can_take_it_from_another(session: Session, clock: FrozenClock) -> None:
    sophie, chief = desk_person(session, "Sophie Laurent"), desk_person(session, "Inès Caron", role="supervisor")
    conversation = waiting(session, clock)
    take_over(session, clock, conversation, sophie)
    with pytest.raises(HeldByAnother):
        take_over(session, clock, conversation, chief)
    take_over(session, clock, conversation, chief, from_another=True)
    assert holder_of(session, conversation) is chief


def test_the_debtor_sees_the_first_name_and_is_told_who_joined(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = waiting(session, clock)
    take_over(session, clock, conversation, sophie)
    take_over(session, clock, conversation, sophie)
    message = reply(session, clock, conversation, sophie, "Bonjour, je regarde votre dossier.")
    assert (message.author, message.author_name) == ("agent", "Sophie")
    assert [text.text.split(",")[0] for text in said(session, conversation, "system")] == ["Sophie"]


def test_what_the_gate_refuses_does_not_leave_and_is_kept(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = waiting(session, clock)
    take_over(session, clock, conversation, sophie)
    with pytest.raises(MayNotBeSaid) as refused:
        reply(session, clock, conversation, sophie, "Payez ou vous irez en prison.")
    assert refused.value.rules
    assert not said(session, conversation, "agent")
    kept = select(GateDecision.allowed).where(
        GateDecision.conversation_id == conversation.id, GateDecision.author == "agent"
    )
    assert session.scalars(kept).all() == [False]


def test_whoever_said_stop_is_not_written_to_until_they_write_again(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = waiting(session, clock)
    take_over(session, clock, conversation, sophie)
    receive(session, clock, conversation, "STOP", "m2")
    opt_out(session, clock, conversation, "web", "STOP")
    with pytest.raises(MayNotBeSaid):
        reply(session, clock, conversation, sophie, "Bonjour")
    hand_back(session, clock, conversation, sophie)  # the act stands though nothing can be said
    assert conversation.mode == "bot"
    assert len(said(session, conversation, "system")) == 1
    receive(session, clock, conversation, "finalement je veux une personne", "m3")
    take_over(session, clock, conversation, sophie)
    assert reply(session, clock, conversation, sophie, "Bonjour").text == "Bonjour"


def test_an_empty_answer_is_refused(session: Session, clock: FrozenClock) -> None:
    with pytest.raises(NothingWritten):
        reply(session, clock, waiting(session, clock), desk_person(session, "Sophie Laurent"), " \n ")


def test_handing_back_lets_the_assistant_talk_and_keeps_the_tasks(session: Session, clock: FrozenClock) -> None:
    sophie, marc = desk_person(session, "Sophie Laurent"), desk_person(session, "Marc Petit")
    conversation = waiting(session, clock)
    task = hand_over(session, clock, conversation, reason="dispute", takes_over=False)
    take_over(session, clock, conversation, sophie)
    with pytest.raises(NotYoursToGive):
        hand_back(session, clock, conversation, marc)
    hand_back(session, clock, conversation, sophie)
    assert conversation.mode == "bot"
    assert task.state == "taken"
    assert "assistant" in said(session, conversation, "system")[-1].text


def test_answering_on_a_task_takes_the_conversation(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = cast.conversation_of(session, cast.camille(session))
    task = hand_over(session, clock, conversation, reason="dispute", takes_over=False)
    take_over(session, clock, conversation, sophie)
    assert conversation.mode == "bot"
    assert not said(session, conversation, "system")
    receive(session, clock, conversation, "alors ?", "m1")
    reply(session, clock, conversation, sophie, "Bonjour, je m'en occupe.")
    assert conversation.mode == "human"
    assert task.takes_over
    assert task.answered_at == clock.now()


def test_stepping_in_where_nothing_was_asked(session: Session, clock: FrozenClock) -> None:
    conversation = cast.conversation_of(session, cast.camille(session))
    (handover,) = take_over(session, clock, conversation, desk_person(session, "Sophie Laurent"))
    assert (handover.reason, handover.state, conversation.mode) == ("other", "taken", "human")


def test_resolving_ends_all_of_it_with_an_outcome(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = waiting(session, clock)
    handovers = take_over(session, clock, conversation, sophie)
    with pytest.raises(UnknownOutcome):
        resolve(session, clock, conversation, sophie, "whatever")
    resolve(session, clock, conversation, sophie, "arrangement")
    assert conversation.mode == "closed"
    assert [(h.state, h.outcome) for h in handovers] == [("resolved", "arrangement")]
    assert hand_over(session, clock, conversation, reason="human_asked").state == "waiting"  # a new one, later


def test_releasing_puts_it_back_in_the_queue(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = waiting(session, clock)
    (handover,) = take_over(session, clock, conversation, sophie)
    release(session, clock, conversation, sophie)
    assert (handover.state, handover.agent_id, conversation.mode) == ("waiting", None, "human")


def test_the_return_timer(session: Session, clock: FrozenClock) -> None:
    sophie, ten = desk_person(session, "Sophie Laurent"), timedelta(minutes=10)
    conversation = waiting(session, clock)
    (handover,) = take_over(session, clock, conversation, sophie)
    clock.advance(timedelta(minutes=9))
    reply(session, clock, conversation, sophie, "Bonjour, je regarde.")
    clock.advance(timedelta(minutes=30))
    assert give_back_unanswered(session, clock, ten) == []  # the last word is hers
    receive(session, clock, conversation, "merci", "m2")
    clock.advance(timedelta(minutes=6))
    receive(session, clock, conversation, "vous êtes là ?", "m3")
    clock.advance(timedelta(minutes=5))
    assert give_back_unanswered(session, clock, ten) == [conversation]
    assert handover.state == "waiting"
    assert handover.returned_at == clock.now()
    assert give_back_unanswered(session, clock, ten) == []


def test_taken_and_never_answered_returns_too(session: Session, clock: FrozenClock) -> None:
    conversation = waiting(session, clock)
    take_over(session, clock, conversation, desk_person(session, "Sophie Laurent"))
    clock.advance(timedelta(minutes=10))
    assert give_back_unanswered(session, clock, timedelta(minutes=10)) == [conversation]


def test_notes_stay_at_the_desk_and_hide_card_numbers(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = waiting(session, clock)
    write_note(session, clock, conversation, sophie, "Rappeler jeudi. 4111 1111 1111 1111")
    ((note, name),) = notes_of(session, conversation)
    assert name == "Sophie Laurent"
    assert note.text.startswith("Rappeler jeudi.")
    assert "4111 1111" not in note.text
    assert all("Rappeler" not in message.text for message in conversation.messages)


def test_who_looks_at_what(session: Session, clock: FrozenClock) -> None:
    sophie = desk_person(session, "Sophie Laurent")
    conversation = waiting(session, clock)
    look_at(session, clock, sophie, conversation)
    look_at(session, clock, sophie, conversation)
    assert lookers(session, clock) == {conversation.id: [sophie]}
    clock.advance(timedelta(minutes=2))
    assert lookers(session, clock) == {}
