"""Catalan chosen: a person from there on, and what we send in Catalan (Codi de consum 128-1). Not chosen: nothing changes."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.session.change_language import ChangeLanguage
from recovery.clock import FrozenClock
from recovery.debts.freeze import active_holds
from recovery.documents.plan_agreement import agreement_sheet
from recovery.documents.receipt import language_beside, language_of, make_receipt, receipt_sheet
from recovery.errors import Invalid
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.identity.register_debtor import NewDebtor, register_debtor
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.plans.promise import make_promise
from recovery.plans.remind import send_reminders
from recovery.session.open_conversation import open_conversation
from recovery.session.receive import receive
from recovery.session.records import Conversation, Message
from recovery.session.turn import Turns
from recovery.texts import text_for
from tests import cast
from tests.actions.turns import said as uttered
from tests.actions.turns import turn_of
from tests.documents.reading import words_in
from tests.payments.test_record_payment import plan_over
from tests.session.conftest import Assistant, said

OFFERED, TAKEN = text_for("catalan_offered", "ca"), text_for("catalan_person", "ca")
CANNOT_PAY = "bon dia, aquest mes no puc pagar"


@pytest.fixture
def nuria(session: Session) -> Debtor:
    return cast.lucia(session, name="Núria Puig Soler", postcode="08012", region="CT")


@pytest.fixture
def talk(session: Session, nuria: Debtor) -> Conversation:
    return cast.conversation_of(session, nuria, language="es")


def write(session: Session, clock: FrozenClock, turns: Turns, talk: Conversation, text: str) -> list[Message]:
    """What is answered to it."""
    receive(session, clock, talk, text, uuid.uuid4().hex)
    before = len(said(session, talk))
    turns.take(talk.id)
    return said(session, talk)[before:]


def given(session: Session) -> list[tuple[str, str, bool]]:
    return [(h.reason, h.queue, h.takes_over) for h in session.scalars(select(Handover))]


def test_written_but_not_chosen_it_is_answered_and_offered_once(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, talk: Conversation
) -> None:
    assert [m.text for m in write(session, clock, turns, talk, CANNOT_PAY)] == [OFFERED, "Entendu."]
    assert [m.text for m in write(session, clock, turns, talk, "què puc fer per pagar menys?")] == ["Entendu."]
    assert [told["language"] for _, told in assistant.asked] == ["es", "es"]
    assert (talk.mode, given(session)) == ("bot", [])


@pytest.mark.parametrize("word", ["CATALÀ", "en català si us plau", "parleu català?"])
def test_chosen_a_person_has_it(
    session: Session,
    clock: FrozenClock,
    turns: Turns,
    assistant: Assistant,
    talk: Conversation,
    nuria: Debtor,
    word: str,
) -> None:
    answer = write(session, clock, turns, talk, word)
    assert [(m.text, m.language) for m in answer] == [(TAKEN, "ca")]
    assert (talk.mode, talk.language, nuria.language) == ("human", "ca", "ca")
    assert given(session) == [("catalan", "catalan", True)]
    assert assistant.asked == []


def test_chosen_before_identity_it_is_kept_for_the_talk_alone(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant
) -> None:
    talk = cast.conversation_of(session, language="es")
    write(session, clock, turns, talk, "català")
    talk.mode = "bot"  # handed back
    write(session, clock, turns, talk, CANNOT_PAY)
    assert (talk.mode, talk.language, assistant.asked) == ("human", "ca", [])


def test_chosen_once_it_is_known_the_next_time(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, nuria: Debtor
) -> None:
    nuria.language = "ca"
    talk = cast.conversation_of(session, nuria, language="es")
    assert [m.text for m in write(session, clock, turns, talk, CANNOT_PAY)] == [TAKEN]
    assert assistant.asked == []


def test_who_writes_in_spanish_is_answered_in_spanish(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, nuria: Debtor
) -> None:
    nuria.language = "ca"
    talk = cast.conversation_of(session, nuria, language="ca")
    write(session, clock, turns, talk, "buenos días, quiero pagar en tres veces por favor")
    assert (assistant.asked[0][1]["language"], talk.mode) == ("es", "bot")


def test_stop_and_danger_are_heard_first(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant, nuria: Debtor
) -> None:
    nuria.language = "ca"
    talk = cast.conversation_of(session, nuria, language="ca")
    write(session, clock, turns, talk, "me quiero morir")
    assert len(assistant.asked) == 1
    talk = cast.conversation_of(session, nuria, language="ca")
    assert [m.text for m in write(session, clock, turns, talk, "STOP")] == [text_for("stop_here", "ca")]


@pytest.mark.parametrize(
    "text", ["no vull viure més així", "em mataré i ja està", "penso en treure'm la vida", "vull acabar amb tot"]
)
def test_danger_said_in_catalan_is_cared_for(
    session: Session, clock: FrozenClock, turns: Turns, nuria: Debtor, text: str
) -> None:
    nuria.language = "ca"
    talk = cast.conversation_of(session, nuria, language="ca")
    assert [m.text for m in write(session, clock, turns, talk, text)] == [text_for("distress", "ca")]
    assert given(session) == [("distress", "hardship", True)]
    assert [hold.kind for hold in active_holds(session, clock, nuria.id)] == ["distress"]


def test_french_and_spanish_talks_are_as_before(
    session: Session, clock: FrozenClock, turns: Turns, assistant: Assistant
) -> None:
    for language, text in (("fr", "bonjour, je voudrais payer en trois fois"), ("es", "hola, no puedo pagar este mes")):
        talk = cast.conversation_of(session, language=language)
        assert [m.text for m in write(session, clock, turns, talk, text)] == ["Entendu."]
    assert [told["language"] for _, told in assistant.asked] == ["fr", "es"]


def test_asked_in_spanish_it_is_the_same_choice(session: Session, clock: FrozenClock, nuria: Debtor) -> None:
    debt = cast.debt_of(session, nuria, cast.gimnasio_norte(session))
    turn = turn_of(session, clock, debt, "¿me pueden atender en catalán, por favor?")
    ChangeLanguage().act(turn)
    assert uttered(turn) == ["utter_catalan_person"]
    assert (nuria.language, turn.conversation.mode, given(session)) == ("ca", "human", [("catalan", "catalan", True)])


def test_the_first_message_and_reminders_are_in_catalan(session: Session, nuria: Debtor) -> None:
    clock = FrozenClock(datetime.fromisoformat("2026-11-25T10:30:00+01:00"))
    nuria.language = "ca"
    debt = cast.debt_of(session, nuria, cast.gimnasio_norte(session), 18_050)
    talk = cast.conversation_of(session, nuria, language="ca")
    receive(session, clock, talk, "d'acord", "m1")
    promise = make_promise(session, clock, talk, debt, Money(5_000), date(2026, 11, 26), talk.messages[0])
    promise.conversation_id = None
    session.flush()
    (reminder,) = send_reminders(session, clock)
    sent = session.get_one(Conversation, reminder.conversation_id)
    assert sent.language == "ca"
    assert sent.messages[0].text.startswith("Hola! Soc l'assistent automatitzat")
    assert "STOP" in sent.messages[-1].text and "recorda" in sent.messages[-1].text


def test_a_talk_opened_in_catalan_says_who_speaks(session: Session, clock: FrozenClock) -> None:
    talk = open_conversation(session, clock, "web", "visitor", None, "ca", solicited=True)
    assert talk.messages[0].text == text_for("opening", "ca", name="Entente")


def test_papers_are_in_catalan(session: Session, clock: FrozenClock, nuria: Debtor) -> None:
    nuria.language = "ca"
    debt = cast.debt_of(session, nuria, cast.gimnasio_norte(session), 18_050)
    payment = record_payment(session, clock, debt, Money(8_050), date(2026, 11, 20), "transfer", "P-1")
    assert make_receipt(session, clock, payment, language_of(nuria)).language == "ca"
    paper = words_in(receipt_sheet(session, debt, payment, "ca"))
    assert "Rebut de pagament" in paper and "80,50 €" in paper and "20 de novembre del 2026" in paper
    plan = plan_over(session, debt, [5_000, 5_000])
    plan.acceptance = {"words": "d'acord", "channel": "web", "message_id": "m", "sha256": "s"}
    agreed = words_in(agreement_sheet(session, plan, "ca"))
    assert "Acord de pagament a terminis" in agreed and "121-11 del Codi Civil de Catalunya" in agreed
    assert language_beside(nuria, "es") == "ca"


def test_catalan_is_a_language_of_spain_alone(session: Session, clock: FrozenClock) -> None:
    facts = {"external_id": "N1", "kind": "consumer", "name": "Núria Puig", "contact_points": []}
    assert register_debtor(session, clock, NewDebtor(**facts, country="ES", language="ca")).language == "ca"
    with pytest.raises(Invalid):
        register_debtor(session, clock, NewDebtor(**{**facts, "external_id": "N2"}, country="FR", language="ca"))
