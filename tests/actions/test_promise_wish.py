"""What is promised beside what is paid at once, or beside another promise; what is told of it afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.debts.tell_balance import TellBalance
from actions.payments.report_payment import TakePaymentFacts
from actions.plans.promise import ConfirmPromise, TakePromise
from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.payments.records import DeclaredPayment
from recovery.plans.promise import make_promise
from recovery.plans.records import Promise
from tests import cast
from tests.actions.turns import euros, said, turn_of

HALF = {"numerator": 1, "denominator": 2}
FIFTH, FIFTEENTH, TWENTIETH = "2026-12-05", "2026-12-15", "2026-12-20"


@pytest.fixture
def debt(session: Session) -> Debt:
    """247.30 euros."""
    return cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))


def test_a_day_said_after_a_way_to_pay_a_part_promises_that_part(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    turn = turn_of(session, clock, debt, "vendredi", ("date", FIFTH))
    turn.conversation.expecting, turn.context["paying"] = "payment_given", 5000
    TakePromise().act(turn)
    assert turn.context["promise"]["amount"]["cents"] == 5000


@pytest.mark.parametrize(
    ("words", "values", "now", "rest"),
    [
        ("50 maintenant et le reste le 15", [euros(5000), ("date", FIFTEENTH)], 5000, 19730),
        ("la moitié ce soir et l'autre moitié le 15", [("share", HALF), ("date", FIFTEENTH)], 12365, 12365),
        ("la mitad ahora y la otra mitad el 15", [("date", FIFTEENTH)], 12365, 12365),
    ],
)
def test_a_part_now_and_the_rest_on_a_day(
    session: Session, clock: FrozenClock, debt: Debt, words: str, values: list[Any], now: int, rest: int
) -> None:
    turn = turn_of(session, clock, debt, words, *values)
    TakePromise().act(turn)
    assert said(turn) == ["utter_payment_link", "utter_ask_promise_confirmation"]
    assert (turn.context["paying"], turn.context["promise"]["amount"]["cents"]) == (now, rest)


def test_two_halves_on_two_days_are_a_plan_of_two(session: Session, clock: FrozenClock, debt: Debt) -> None:
    days = [("date", FIFTH), ("date", "2027-01-05")]
    turn = turn_of(session, clock, debt, "la moitié le 5 et l'autre moitié le 5 janvier", ("share", HALF), *days)
    TakePromise().act(turn)
    assert (turn.follow_up, turn.context["plan_wish"]) == ("action_propose_plan", {"count": 2, "first": FIFTH})


@pytest.mark.parametrize(
    ("words", "values", "open_sums"),
    [
        ("et le reste le 20", [("date", TWENTIETH)], [5000, 19730]),
        ("et 30 le 20", [euros(3000), ("date", TWENTIETH)], [3000, 5000]),
        ("plutôt le 20", [("date", TWENTIETH)], [5000]),
    ],
)
def test_a_second_promise_stands_beside_or_replaces(
    session: Session, clock: FrozenClock, debt: Debt, words: str, values: list[Any], open_sums: list[int]
) -> None:
    turn = turn_of(session, clock, debt, words, *values)
    amount = {"cents": 5000, "currency": "EUR"}
    make_promise(session, clock, turn.conversation, debt, Money(5000), date.fromisoformat(FIFTH), turn.message)
    turn.conversation.expecting, turn.context["promise_made"] = (
        "promise_made",
        {"debts": [str(debt.id)], "amount": amount},
    )
    TakePromise().act(turn)
    turn.message.text, turn.values = "oui", []
    ConfirmPromise().act(turn)
    standing = session.scalars(select(Promise).where(Promise.state == "open", Promise.debt_id == debt.id))
    assert sorted(promise.amount_cents for promise in standing) == open_sums


def test_the_balance_speaks_of_what_is_promised_and_offers_nothing_else(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    turn = turn_of(session, clock, debt, "combien il me reste")
    for day, cents, beside in ((FIFTH, 5000, False), (TWENTIETH, 3000, True)):
        on = date.fromisoformat(day)
        make_promise(session, clock, turn.conversation, debt, Money(cents), on, turn.message, beside=beside)
    TellBalance().act(turn)
    assert said(turn) == ["utter_balance_one", "utter_promises_status"]


def test_the_sum_told_after_a_payment_was_noted_belongs_to_it(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "par virement la semaine dernière", ("payment_method", "transfer"))
    TakePaymentFacts().act(turn)
    assert turn.conversation.expecting == "payment_noted"
    turn.message.text, turn.values = "80", [{"entity": "amount", "value": {"cents": 8000, "currency": "EUR"}}]
    TakePaymentFacts().act(turn)
    declared = session.scalars(select(DeclaredPayment).where(DeclaredPayment.debt_id == debt.id)).one()
    assert (declared.amount_cents, declared.method) == (8000, "transfer")
    assert said(turn) == ["utter_payment_to_check", "utter_payment_facts_added"]


@pytest.mark.parametrize(
    ("text", "day"), [("attends non, 140", FIFTH), ("et 140 avec ça", None), ("140 par carte maintenant", None)]
)
def test_a_sum_put_right_leaves_the_day_as_it_was(
    session: Session, clock: FrozenClock, debt: Debt, text: str, day: str | None
) -> None:
    turn = turn_of(session, clock, debt, "150 le 5", euros(15000), ("date", FIFTH))
    TakePromise().act(turn)
    turn.message.text, turn.values = "oui", []
    ConfirmPromise().act(turn)
    turn.message.text, turn.values = text, [{"entity": "amount", "value": {"cents": 14000, "currency": "EUR"}}]
    TakePromise().act(turn)
    assert (turn.context["promise"]["amount"]["cents"], turn.context["promise"].get("day")) == (14000, day)
