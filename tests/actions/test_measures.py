"""Whoever is under measures of over-indebtedness hears what they ask, pays that and no more, and nothing is negotiated."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.debts.tell_balance import TellBalance
from actions.plans.follow_measures import FollowMeasures
from actions.plans.imposed import PAYS, SETTLES, answered_by_measures
from actions.turn import Turn
from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.handover.records import Handover
from recovery.money import Money
from recovery.payments.records import PaymentIntent
from recovery.plans.imposed import impose_measures
from tests import cast
from tests.actions.turns import euros, said, turn_of

PARTS = [(date(2026, 11, 5), Money(5_000)), (date(2026, 12, 5), Money(7_000))]


@pytest.fixture
def debt(session: Session, clock: FrozenClock) -> Debt:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session), reference="EL-77")
    impose_measures(session, clock, debt, PARTS, date(2026, 10, 1), "000123")
    return debt


def follow(turn: Turn) -> None:
    assert turn.follow_up == "action_follow_measures"
    FollowMeasures().act(turn)


def test_the_balance_is_what_the_measures_ask(session: Session, clock: FrozenClock, debt: Debt) -> None:
    turn = turn_of(session, clock, debt, "combien je dois ?")
    TellBalance().act(turn)
    assert said(turn) == ["utter_measures_apply"]
    told = turn.responses[0]
    assert (told["count"], told["day"], told["decided_on"]) == (2, "5 novembre 2026", "1er octobre 2026")
    assert told["each"].startswith("50")


@pytest.mark.parametrize("action", sorted(SETTLES))
def test_nothing_is_negotiated(session: Session, clock: FrozenClock, debt: Debt, action: str) -> None:
    turn = turn_of(session, clock, debt, "en dix fois plutôt", ("instalment_count", 10))
    assert answered_by_measures(turn, action)
    follow(turn)
    assert said(turn) == ["utter_measures_apply", "utter_measures_settle_it"]
    asked = session.scalars(select(Handover).where(Handover.conversation_id == turn.conversation.id)).one()
    assert (asked.reason, asked.takes_over) == ("overindebtedness", False)


@pytest.mark.parametrize("action", sorted(PAYS))
@pytest.mark.parametrize(("wished", "given"), [(None, 5_000), (2_000, 2_000), (24_730, 5_000)])
def test_what_they_ask_can_be_paid_and_no_more(
    session: Session, clock: FrozenClock, debt: Debt, action: str, wished: int | None, given: int
) -> None:
    turn = turn_of(session, clock, debt, "je paie", *([euros(wished)] if wished else []))
    assert answered_by_measures(turn, action)
    follow(turn)
    assert said(turn)[-1] == "utter_measures_no_more"
    assert [link.amount_cents for link in session.scalars(select(PaymentIntent))] == [given]


def test_another_debt_is_spoken_of_as_ever(session: Session, clock: FrozenClock, debt: Debt) -> None:
    other = cast.debt_of(session, debt.debtor, cast.cabinet_berthier(session), 9_000, reference="CB-1")
    named = turn_of(session, clock, other, "je paie Berthier")
    assert not answered_by_measures(named, "action_pay_now")
    unnamed = turn_of(session, clock, other, "je paie")
    assert not answered_by_measures(unnamed, "action_pay_now")
    both = turn_of(session, clock, other, "combien en tout ?")
    TellBalance().act(both)
    assert said(both)[:2] == ["utter_measures_apply", "utter_balance_one"]
