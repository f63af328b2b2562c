"""Paying beside something else: a plan that runs, a dispute that stands, time that was given, a sum at once and the rest spread."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.payments.pay import GiveBankDetails, PayNow, SetUpDirectDebit, TellPaymentMethods
from actions.plans.accept_plan import AcceptPlan
from actions.plans.change_plan import ChangePlan, ConfirmChangePlan
from actions.plans.plan_status import PlanStatus
from actions.plans.promise import TakePromise
from actions.plans.propose_plan import ProposePlan
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.clock import FrozenClock
from recovery.debts.freeze import active_holds, freeze
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import open_dispute, open_dispute_on
from recovery.money import Money
from recovery.payments.intent import may_be_paid
from recovery.payments.record_payment import record_payment
from recovery.payments.records import PaymentIntent
from recovery.plans.accept_plan import running_plan
from tests import cast
from tests.actions.turns import euros, said, turn_of

HALF = {"numerator": 1, "denominator": 2}
CARD = ("payment_method", "card")


@pytest.fixture
def debt(session: Session) -> Debt:
    """247.30 euros."""
    return cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))


def goes_on(turn: Turn, action: TradeAction, text: str, *values: tuple[str, Any]) -> list[str]:
    turn.responses, turn.follow_up, turn.message.text = [], None, text
    turn.values = [{"entity": entity, "value": value} for entity, value in values]
    action.act(turn)
    return said(turn)


def planned(session: Session, clock: FrozenClock, debt: Debt, text: str, *values: tuple[str, Any]) -> Turn:
    turn = turn_of(session, clock, debt, text, *values)
    ProposePlan().act(turn)
    goes_on(turn, AcceptPlan(), "oui")
    return turn


def links(session: Session, debt: Debt) -> list[PaymentIntent]:
    given = select(PaymentIntent).where(PaymentIntent.debtor_id == debt.debtor_id)
    return list(session.scalars(given.order_by(PaymentIntent.id)))


@pytest.mark.parametrize(
    ("words", "values", "now", "rest"),
    [
        ("100 maintenant et le reste en 3 fois", [euros(10000), ("instalment_count", 3)], 10000, [4910, 4910, 4910]),
        (
            "la moitié tout de suite et le reste en 2 fois",
            [("share", HALF), ("instalment_count", 2)],
            12365,
            [6183, 6182],
        ),
        ("la mitad ahora y el resto en 2 meses", [("share", HALF), ("date", "2027-01-22")], 12365, [6183, 6182]),
        ("100 ahora y luego 50 al mes", [euros(10000), euros(5000), ("period", "month")], 10000, [5000, 5000, 4730]),
        (
            "100 hoy y el resto en 3 pagos",
            [euros(10000), ("date", "2026-11-22"), ("instalment_count", 3)],
            10000,
            [4910] * 3,
        ),
    ],
)
def test_a_sum_at_once_and_the_rest_spread(
    session: Session, clock: FrozenClock, debt: Debt, words: str, values: list[Any], now: int, rest: list[int]
) -> None:
    turn = turn_of(session, clock, debt, words, *values)
    ProposePlan().act(turn)
    assert said(turn) == ["utter_payment_link", "utter_ask_plan_acceptance"]
    assert [link.amount_cents for link in links(session, debt)] == [now]
    assert goes_on(turn, AcceptPlan(), "oui")[0].startswith("utter_plan_accepted")
    plan = running_plan(session, {debt.id})
    assert plan is not None
    assert sorted(part.amount_cents for part in plan.instalments[1:]) == sorted(rest)
    assert (plan.instalments[0].due_on, plan.instalments[0].amount_cents) == (turn.today, now)
    assert sum(part.amount_cents for part in plan.instalments) == 24730


def test_the_rest_in_months_is_a_plan_whatever_it_was_heard_as(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    for action in (TakePromise(), PayNow()):
        turn = turn_of(session, clock, debt, "la mitad ahora y el resto en 3 meses", ("date", "2027-02-22"))
        action.act(turn)
        assert (turn.follow_up, turn.responses) == ("action_propose_plan", [])


def test_paid_before_the_yes_the_plan_is_shown_again_for_what_is_left(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    turn = turn_of(session, clock, debt, "100 maintenant et le reste en 3 fois", euros(10000), ("instalment_count", 3))
    ProposePlan().act(turn)
    record_payment(session, clock, debt, Money(10000), turn.today, "card", "R1")
    goes_on(turn, AcceptPlan(), "oui")
    assert turn.follow_up == "action_propose_plan"
    goes_on(turn, ProposePlan(), "oui")
    goes_on(turn, AcceptPlan(), "oui")
    plan = running_plan(session, {debt.id})
    assert plan is not None and plan.total_cents == 14730


@pytest.mark.parametrize(
    ("action", "words", "values"),
    [
        (PayNow(), "je paie", []),
        (PayNow(), "je paie tout de suite", []),
        (PayNow(), "con tarjeta", [CARD]),
        (GiveBankDetails(), "votre iban ?", []),
        (SetUpDirectDebit(), "par prélèvement", [("payment_method", "direct_debit")]),
    ],
)
def test_a_plan_is_paid_by_its_next_payment_and_all_of_it_may_be(
    session: Session, clock: FrozenClock, debt: Debt, action: TradeAction, words: str, values: list[Any]
) -> None:
    turn = turn_of(session, clock, debt, "je paie maintenant")
    PayNow().act(turn)  # all of it, a moment before
    goes_on(turn, ProposePlan(), "en 3 fois", ("instalment_count", 3))
    goes_on(turn, AcceptPlan(), "oui")
    assert goes_on(turn, action, words, *values)[-1] == "utter_next_of_plan"
    assert links(session, debt)[-1].amount_cents == 8243
    goes_on(turn, PayNow(), "tout payer par carte", CARD)
    assert turn.context["paying"] == 24730


def test_when_will_it_be_taken(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = planned(session, clock, debt, "en 3 fois", ("instalment_count", 3))
    assert goes_on(turn, PlanStatus(), "et ça sera prélevé quand ?") == [
        "utter_nothing_taken",
        "utter_plan_status_unpaid",
    ]


def test_what_is_contested_is_paid_on_its_debtors_word_and_the_dispute_stands(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    turn = turn_of(session, clock, debt, "je veux payer quand même")
    open_dispute(session, clock, turn.conversation, debt, "amount", "trop cher")
    PayNow().act(turn)
    assert (said(turn), links(session, debt)) == (["utter_ask_contested_payment"], [])
    assert goes_on(turn, PayNow(), "100", euros(10000))[0] == "utter_payment_link"
    (link,) = links(session, debt)
    assert (link.amount_cents, may_be_paid(session, clock, link)) == (10000, True)
    assert open_dispute_on(session, debt) is not None


@pytest.mark.parametrize(
    ("action", "words", "values"),
    [
        (ProposePlan(), "en 3 fois quand même", [("instalment_count", 3)]),
        (TakePromise(), "le 5", [("date", "2026-12-05")]),
    ],
)
def test_nothing_is_agreed_on_what_is_contested_and_what_can_be_paid_is_told(
    session: Session, clock: FrozenClock, debt: Debt, action: TradeAction, words: str, values: list[Any]
) -> None:
    turn = turn_of(session, clock, debt, words, *values)
    open_dispute(session, clock, turn.conversation, debt, "amount", "trop cher")
    action.act(turn)
    assert said(turn) == ["utter_ask_contested_payment"]


def test_all_of_what_is_contested_is_paid_with_a_clear_line(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "je préfère tout payer et qu'on en finisse")
    open_dispute(session, clock, turn.conversation, debt, "amount", "trop cher")
    PayNow().act(turn)
    assert said(turn)[:2] == ["utter_paying_contested", "utter_payment_link"]
    assert links(session, debt)[0].amount_cents == 24730


def test_a_link_given_before_the_dispute_is_closed_by_it(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "je paie par carte")
    PayNow().act(turn)
    clock.advance(timedelta(minutes=5))
    open_dispute(session, clock, turn.conversation, debt, "amount", "trop cher")
    (before,) = links(session, debt)
    assert not may_be_paid(session, clock, before)
    goes_on(turn, PayNow(), "finalement je paie tout", CARD)
    assert [may_be_paid(session, clock, link) for link in links(session, debt)] == [False, True]


@pytest.mark.parametrize("kind", ["insolvency", "fraud", "represented"])
def test_what_is_held_for_more_than_a_dispute_is_not_paid_so(
    session: Session, clock: FrozenClock, debt: Debt, kind: str
) -> None:
    turn = turn_of(session, clock, debt, "je paie tout quand même")
    open_dispute(session, clock, turn.conversation, debt, "amount", "trop cher")
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind=kind)
    PayNow().act(turn)
    assert (said(turn), links(session, debt)) == (["utter_all_on_hold"], [])


@pytest.mark.parametrize(("until", "first"), [(date(2026, 12, 10), date(2026, 12, 11)), (date(2026, 12, 22),) * 2])
def test_a_plan_follows_the_time_given_as_far_as_the_terms_wait(
    session: Session, clock: FrozenClock, debt: Debt, until: date, first: date
) -> None:
    turn = turn_of(session, clock, debt, "en 3 fois", ("instalment_count", 3))
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="delay", until=until)
    ProposePlan().act(turn)
    assert said(turn) == ["utter_ask_plan_acceptance"]
    goes_on(turn, AcceptPlan(), "oui")
    plan = running_plan(session, {debt.id})
    assert plan is not None and plan.instalments[0].due_on == first
    assert [hold.kind for hold in active_holds(session, clock, debt.debtor_id, debt.id)] == ["delay"]


def test_a_plan_that_begins_before_the_time_given_ends_it_and_says_so(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    other = cast.debt_of(session, debt.debtor, debt.creditor, 9900)
    turn = turn_of(
        session, clock, debt, f"{debt.reference} en 3 fois le 5", ("instalment_count", 3), ("date", "2026-12-05")
    )
    until = date(2026, 12, 22)
    freeze(session, clock, debtor_id=debt.debtor_id, kind="hardship", until=until)
    ProposePlan().act(turn)
    assert said(turn) == ["utter_plan_for", "utter_plan_ends_pause", "utter_ask_plan_acceptance"]
    assert active_holds(session, clock, debt.debtor_id, debt.id)
    goes_on(turn, AcceptPlan(), "oui")
    assert active_holds(session, clock, debt.debtor_id, debt.id) == []
    kept = active_holds(session, clock, debt.debtor_id, other.id)
    assert [(hold.kind, hold.until, hold.debt_id) for hold in kept] == [("hardship", until, other.id)]


def test_a_plan_moved_before_the_end_of_the_time_given_ends_it_too(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    turn = turn_of(session, clock, debt, "en 3 fois", ("instalment_count", 3))
    freeze(session, clock, debtor_id=debt.debtor_id, kind="hardship", until=date(2026, 12, 22))
    ProposePlan().act(turn)
    goes_on(turn, AcceptPlan(), "oui")
    shown = goes_on(turn, ChangePlan(), "plutôt le 5 décembre", ("date", "2026-12-05"))
    assert shown == ["utter_plan_ends_pause", "utter_ask_change_plan_confirmation"]
    goes_on(turn, ConfirmChangePlan(), "oui")
    assert active_holds(session, clock, debt.debtor_id, debt.id) == []


def test_the_ways_to_pay_what_is_contested(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "comment payer quand même ?")
    open_dispute(session, clock, turn.conversation, debt, "amount", "trop cher")
    TellPaymentMethods().act(turn)
    assert said(turn) == ["utter_ask_contested_payment"]
