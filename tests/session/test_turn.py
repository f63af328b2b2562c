"""A turn is answered once, in order, whatever fails around it."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.records import GateDecision, OptOut
from recovery.handover.records import Handover
from recovery.session.attachments import keep_attachment
from recovery.session.dialogue import Reply, Unreachable
from recovery.session.patience import Patience
from recovery.session.receive import receive
from recovery.session.records import Conversation, Message
from recovery.session.turn import SILENCES_BORNE, SaidNothing, Turns
from tests import cast
from tests.fakes.files import PDF
from tests.session.conftest import Assistant, said

LONG_AGO = uuid.UUID(int=1_700_000_000_000 << 80 | 7 << 76 | 2 << 62)


@pytest.fixture
def conversation(session: Session) -> Conversation:
    return cast.conversation_of(session)


def hear(session: Session, clock: FrozenClock, conversation: Conversation, text: str) -> Message:
    message = receive(session, clock, conversation, text, uuid.uuid4().hex)
    session.flush()
    return message


def test_a_message_is_answered_once(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    message = hear(session, clock, conversation, "bonjour")
    turns.take(conversation.id)
    turns.take(conversation.id)
    replies = said(session, conversation)
    assert [(r.text, r.answers, r.seq) for r in replies] == [("Entendu.", message.id, 2)]
    assert message.handled_at == clock.now()
    assert len(assistant.asked) == 1


def test_two_messages_are_answered_in_order(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    first, second = hear(session, clock, conversation, "un"), hear(session, clock, conversation, "deux")
    turns.take(conversation.id)
    turns.take(conversation.id)
    assert [text for text, _ in assistant.asked] == ["un", "deux"]
    assert [r.answers for r in said(session, conversation)] == [first.id, second.id]


def test_what_is_known_goes_with_the_words(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant
) -> None:
    conversation = cast.conversation_of(session, cast.lucia(session), cast.gimnasio_norte(session), language="fr")
    conversation.expecting = "plan_count"
    hear(session, clock, conversation, "buenos días, quiero pagar en tres veces por favor")
    turns.take(conversation.id)
    (text, told) = assistant.asked[0]
    assert text.startswith("buenos")
    assert told["language"] == "es" == said(session, conversation, "debtor")[0].language
    assert (told["expecting"], told["identity"], told["channel"]) == ("plan_count", "verified", "web")
    assert (told["today"], told["creditor_name"], told["debtor_known"]) == ("2026-11-22", "Gimnasio Norte", True)


def test_another_try_asks_the_same(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    hear(session, clock, conversation, "oui")
    conversation.expecting = "plan_accept"
    assistant.away = True
    with pytest.raises(Unreachable):
        turns.take(conversation.id)
    conversation.expecting = "satisfaction"  # an action ran, and the worker died before the reply was written
    assistant.away = False
    turns.take(conversation.id)
    assert assistant.asked[0] == assistant.asked[1]


def test_a_pressed_button_is_asked_by_its_meaning(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    assistant.replies = [Reply("D'accord ?", [{"title": "Oui", "payload": "/affirm"}])]
    hear(session, clock, conversation, "/affirm")
    turns.take(conversation.id)
    shown = said(session, conversation)[0].buttons[0]
    receive(session, clock, conversation, None, "c2", payload=shown["payload"])
    turns.take(conversation.id)
    assert [text for text, _ in assistant.asked] == ["affirm", "/affirm"]


def test_a_document_alone_is_something_given(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    attachment = keep_attachment(session, clock, conversation, "preuve.pdf", PDF)
    receive(session, clock, conversation, None, "c1", attachment_ids=[attachment.id])
    turns.take(conversation.id)
    text, told = assistant.asked[0]
    assert (text, told["attachment_ids"]) == ("/inform", [str(attachment.id)])


def test_a_generated_document_goes_out_with_its_reply(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    attachment = keep_attachment(session, clock, conversation, "plan.pdf", PDF)
    assistant.replies = [Reply("Voici votre plan.", attachments=[str(attachment.id)])]
    hear(session, clock, conversation, "merci")
    turns.take(conversation.id)
    session.refresh(attachment)
    assert attachment.message_id == said(session, conversation)[0].id


def test_with_a_person_the_assistant_is_silent(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    conversation.mode = "human"
    message = hear(session, clock, conversation, "vous êtes là ?")
    turns.take(conversation.id)
    assert not assistant.asked
    assert not said(session, conversation)
    assert message.handled_at


def test_a_person_who_took_over_meanwhile_is_not_spoken_over(
    session: Session, clock: FrozenClock, turns: Turns, conversation: Conversation
) -> None:
    hear(session, clock, conversation, "bonjour")

    class TakenMeanwhile(Assistant):
        def ask(self, sender: str, text: str, metadata: dict[str, object]) -> list[Reply]:
            conversation.mode = "human"
            session.add(
                Handover(conversation_id=conversation.id, reason="human_asked", priority=1, queue="general", summary={},
                         state="taken", answer_due_at=clock.now(), takes_over=True, created_at=clock.now())
            )  # fmt: skip
            session.flush()
            return [Reply("trop tard")]

    Turns(turns.begin, clock, TakenMeanwhile(), Patience()).take(conversation.id)
    assert not said(session, conversation)


def test_whoever_writes_to_a_closed_conversation_is_answered(
    session: Session, clock: FrozenClock, turns: Turns, conversation: Conversation
) -> None:
    conversation.mode = "closed"
    hear(session, clock, conversation, "rebonjour")
    turns.take(conversation.id)
    assert conversation.mode == "bot"
    assert said(session, conversation)


def test_silence_of_rasa_is_never_silence_for_the_debtor(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    assistant.replies = []
    hear(session, clock, conversation, "?!")
    for _ in range(2):
        with pytest.raises(SaidNothing):
            turns.take(conversation.id)
    turns.take(conversation.id)
    assert [r.author for r in said(session, conversation)] == ["bot"]


def test_silence_of_rasa_twice_in_a_row_goes_to_a_person(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    assistant.replies = []
    for _ in range(2):
        message = hear(session, clock, conversation, "?!")
        message.asked = {"text": "?!", "metadata": {}, "silences": SILENCES_BORNE}
        turns.take(conversation.id)
    assert conversation.mode == "human"
    assert len(said(session, conversation)) == 2


def test_while_rasa_is_away_the_debtor_is_told_once_and_nothing_is_lost(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    patient = Turns(turns.begin, clock, assistant, Patience(tell_after=0))
    assistant.away = True
    hear(session, clock, conversation, "bonjour")
    for _ in range(3):
        with pytest.raises(Unreachable):
            patient.take(conversation.id)
    hear(session, clock, conversation, "il y a quelqu'un ?")
    with pytest.raises(Unreachable):
        patient.take(conversation.id)
    assert [r.author for r in said(session, conversation)] == ["system"]
    assistant.away = False
    patient.take(conversation.id)
    patient.take(conversation.id)
    assert [r.author for r in said(session, conversation)] == ["system", "bot", "bot"]
    assert conversation.told_waiting_at is None


def test_a_short_absence_is_not_worth_a_word(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    assistant.away = True
    hear(session, clock, conversation, "bonjour")
    with pytest.raises(Unreachable):
        turns.take(conversation.id)
    assert not said(session, conversation)


def test_after_a_set_time_a_person_takes_over(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    assistant.away = True
    message = hear(session, clock, conversation, "bonjour")
    Turns(turns.begin, clock, assistant, Patience(pass_on_after=0)).take(conversation.id)
    handover = session.scalars(select(Handover).where(Handover.conversation_id == conversation.id)).one()
    assert (handover.reason, conversation.mode) == ("system_down", "human")
    assert message.handled_at
    assert len(said(session, conversation)) == 1


@pytest.mark.parametrize(
    ("words", "reason"), [("HUMAIN", "human_asked"), ("j'ai envie de mourir, je n'en peux plus", "distress")]
)
def test_what_cannot_wait_goes_to_a_person_at_once(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation,
    words: str, reason: str,
) -> None:  # fmt: skip
    assistant.away = True
    hear(session, clock, conversation, words)
    turns.take(conversation.id)
    handover = session.scalars(select(Handover).where(Handover.conversation_id == conversation.id)).one()
    assert handover.reason == reason
    assert conversation.mode == "human"


@pytest.mark.parametrize(("word", "language"), [("STOP", "fr"), ("baja.", "es"), ("Arrêtez !", "fr")])
def test_stop_is_heard_with_rasa_down_confirmed_once_and_kept(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, word: str, language: str
) -> None:
    conversation = cast.conversation_of(session, language=language)
    assistant.away = True
    hear(session, clock, conversation, word)
    turns.take(conversation.id)
    opt_out = session.scalars(select(OptOut).where(OptOut.conversation_id == conversation.id)).one()
    assert (opt_out.channel, opt_out.words) == ("web", word)
    hear(session, clock, conversation, word)
    turns.take(conversation.id)
    hear(session, clock, conversation, "bonjour")
    turns.take(conversation.id)
    assert [r.author for r in said(session, conversation)] == ["system"]
    assert not assistant.asked


def test_never_again_is_every_channel(
    session: Session, clock: FrozenClock, turns: Turns, conversation: Conversation
) -> None:
    hear(session, clock, conversation, "ne me contactez plus jamais")
    turns.take(conversation.id)
    assert session.scalars(select(OptOut).where(OptOut.conversation_id == conversation.id)).one().channel is None


def test_the_debtor_alone_reopens(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    for words in ("stop", "REPRENDRE", "bonjour"):
        hear(session, clock, conversation, words)
        turns.take(conversation.id)
    assert [r.author for r in said(session, conversation)] == ["system", "system", "bot"]


def test_somebody_in_danger_is_heard_through_silence(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    for words in ("stop", "j'ai envie de mourir, je n'en peux plus"):
        hear(session, clock, conversation, words)
        turns.take(conversation.id)
    assert len(assistant.asked) == 1


def test_a_reply_that_may_not_leave_is_replaced_and_left_to_a_person(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, conversation: Conversation
) -> None:
    assistant.replies = [Reply("Vous devez 247,30 € à Énergie du Lac.", [{"title": "Payer", "payload": "/pay_now"}])]
    hear(session, clock, conversation, "combien ?")
    turns.take(conversation.id)
    reply = said(session, conversation)[0]
    assert "247" not in reply.text
    assert not reply.buttons
    handover = session.scalars(select(Handover).where(Handover.conversation_id == conversation.id)).one()
    assert (handover.takes_over, conversation.mode) == (False, "bot")
    decision = session.scalars(select(GateDecision).where(GateDecision.message_id == reply.id)).one()
    assert not decision.allowed
