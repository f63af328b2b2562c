"""A dispute or a payment that nobody said in clear is asked about, and its words are kept; said in clear, it is recorded at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.disputes.dispute import ContestDebt
from actions.payments.report_payment import ReportPayment
from actions.session.if_meant import LeaveAsNotMeant, TakeAsMeant
from actions.turn import Turn
from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import disputes_of
from recovery.payments.records import DeclaredPayment
from tests import cast
from tests.actions.turns import euros, said, turn_of


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.lucia(session), cast.energie_du_lac(session))


def heard(turn: Turn, *guesses: tuple[str, float]) -> Turn:
    ranking = [{"name": name, "confidence": sure} for name, sure in guesses]
    turn.parsed = {"intent": ranking[0], "intents": ranking[:1], "intent_ranking": ranking}
    return turn


@pytest.mark.parametrize(
    ("text", "guesses", "says"),
    [
        ("uy solo la otra", [("dispute_not_owed", 0.29), ("dispute_amount", 0.08)], "utter_ask_contest_meant"),
        ("uy solo la otra", [("dispute_not_owed", 0.29), ("dispute_amount", 0.3)], "utter_dispute_recorded"),
        ("eso no lo he contratado nunca", [("dispute_not_owed", 0.3)], "utter_dispute_recorded"),
        ("uy solo la otra", [("dispute_service", 0.7)], "utter_dispute_recorded"),
    ],
)
def test_a_dispute_half_heard_is_asked_about(
    session: Session, clock: FrozenClock, debt: Debt, text: str, guesses: list[tuple[str, float]], says: str
) -> None:
    turn = heard(turn_of(session, clock, debt, text), *guesses)
    ContestDebt().act(turn)
    assert said(turn)[0] == says
    assert bool(disputes_of(session, debt.debtor)) == (says == "utter_dispute_recorded")


@pytest.mark.parametrize(
    ("answer", "intent", "words"),
    [("sí", "affirm", "uy solo la otra"), ("no la debo", "dispute_not_owed", "uy solo la otra\nno la debo")],
)
def test_what_was_meant_is_recorded_in_its_own_words(
    session: Session, clock: FrozenClock, debt: Debt, answer: str, intent: str, words: str
) -> None:
    turn = heard(turn_of(session, clock, debt, "uy solo la otra"), ("dispute_service", 0.3))
    ContestDebt().act(turn)
    turn.message.text = answer
    TakeAsMeant().act(heard(turn, (intent, 0.9)))
    assert turn.follow_up == "action_dispute"
    turn.resumed = turn.context.pop("resuming")
    ContestDebt().act(turn)
    (dispute,) = disputes_of(session, debt.debtor)
    kind = "service" if intent == "affirm" else "not_owed"
    assert (dispute.kind, dispute.words.split("\n")[: words.count("\n") + 1]) == (kind, words.split("\n"))


def test_what_was_not_meant_leaves_nothing(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = heard(turn_of(session, clock, debt, "uy solo la otra"), ("dispute_service", 0.3))
    ContestDebt().act(turn)
    LeaveAsNotMeant().act(turn)
    assert said(turn) == ["utter_ask_contest_meant", "utter_not_meant"]
    assert "guessed" not in turn.context and turn.conversation.expecting is None


@pytest.mark.parametrize(
    ("text", "sure", "says"),
    [
        ("lo del martes", 0.34, "utter_ask_payment_meant"),
        ("lo pagué el martes", 0.34, "utter_payment_to_check"),
        ("lo del martes", 0.5, "utter_payment_to_check"),
    ],
)
def test_a_payment_half_heard_is_asked_about(
    session: Session, clock: FrozenClock, debt: Debt, text: str, sure: float, says: str
) -> None:
    turn = turn_of(session, clock, debt, text, ("date", "2026-11-17"), euros(4000))
    ReportPayment().act(heard(turn, ("report_payment", sure)))
    assert said(turn) == [says]
    recorded = session.scalars(select(DeclaredPayment)).all()
    assert len(recorded) == (says == "utter_payment_to_check")


@pytest.mark.parametrize(
    ("text", "sure", "says"),
    [
        ("somos cuatro y el pequeño tiene 9", 0.6, "utter_hardship_heard"),
        ("y además el importe está mal", 0.6, "utter_dispute_recorded"),
        ("somos cuatro y el pequeño tiene 9", 0.9, "utter_dispute_recorded"),
    ],
)
def test_more_of_a_hard_time_contests_nothing(
    session: Session, clock: FrozenClock, debt: Debt, text: str, sure: float, says: str
) -> None:
    turn = heard(turn_of(session, clock, debt, text), ("dispute_amount", sure))
    turn.conversation.expecting = "hardship_told"
    ContestDebt().act(turn)
    assert said(turn)[0] == says


def test_two_debts_paid_together_are_both_checked(session: Session, clock: FrozenClock, debt: Debt) -> None:
    other = cast.debt_of(session, debt.debtor, debt.creditor, 6600, reference="F2026-00999")
    values = [("payment_method", "transfer"), ("date", "2026-11-10")]
    turn = turn_of(session, clock, debt, "las dos juntas, por transferencia", *values)
    turn.conversation.expecting = "payment_facts"
    ReportPayment().act(turn)
    assert {row.debt_id for row in session.scalars(select(DeclaredPayment))} == {debt.id, other.id}


def test_the_day_they_paid_put_right_is_behind_them(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "el 10", ("date", "2026-11-10"), euros(4000))
    ReportPayment().act(turn)
    turn.message.text, turn.values = "perdón, el 11", [{"entity": "date", "value": "2026-12-11"}]
    ReportPayment().act(turn)
    (declared,) = session.scalars(select(DeclaredPayment))
    assert (str(declared.paid_on), turn.follow_up) == ("2026-11-11", None)
