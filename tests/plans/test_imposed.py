"""Measures of over-indebtedness: their sums alone are collected, what they remit is given up at their end; wiped out is owed no more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.balance import balance_on, entries_of, owed_by_part
from recovery.debts.freeze import active_holds, freeze
from recovery.debts.records import Debt
from recovery.debts.wipe_out import wipe_out
from recovery.errors import DebtOnHold, Invalid
from recovery.money import Money
from recovery.payments.intent import payment_link
from recovery.payments.take_payment import take_payment
from recovery.plans.imposed import collectable, impose_measures, imposed_on
from recovery.plans.late_instalments import follow_late_instalments
from recovery.plans.records import Promise
from tests import cast
from tests.payments.test_record_payment import plan_over

TODAY = date(2026, 11, 22)
DECIDED = date(2026, 10, 1)
# 200 of 247.30 euros, one month late, one to come.
PARTS = [(date(2026, 11, 5), Money(10_000)), (date(2026, 12, 5), Money(10_000))]


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))


def holds(session: Session, clock: FrozenClock, debt: Debt) -> list[str]:
    return [hold.kind for hold in active_holds(session, clock, debt.debtor_id, debt.id)]


def test_the_file_gives_way_to_the_measures_for_this_debt_alone(
    session: Session, clock: FrozenClock, debt: Debt
) -> None:
    other = cast.debt_of(session, debt.debtor, cast.cabinet_berthier(session))
    freeze(session, clock, debtor_id=debt.debtor_id, kind="overindebtedness", reason="000123")
    impose_measures(session, clock, debt, PARTS, DECIDED, "000123")
    assert holds(session, clock, debt) == ["measures"]
    assert holds(session, clock, other) == ["overindebtedness"]
    assert debt.interest_stops_on == DECIDED


def test_what_was_agreed_before_is_over(session: Session, clock: FrozenClock, debt: Debt) -> None:
    agreed = plan_over(session, debt, [12_365, 12_365])
    promise = Promise(
        debtor_id=debt.debtor_id, debt_id=debt.id, amount_cents=500, currency="EUR", due_on=TODAY, state="open", created_at=cast.THEN
    )  # fmt: skip
    session.add(promise)
    plan = impose_measures(session, clock, debt, PARTS, DECIDED, "000123")
    assert (agreed.state, promise.state) == ("replaced", "replaced")
    assert imposed_on(session, clock, debt) == plan
    assert plan.imposed == {"decided_on": "2026-10-01", "reference": "000123", "remitted_cents": 4_730}


def test_no_more_than_the_measures_ask_is_collected(session: Session, clock: FrozenClock, debt: Debt) -> None:
    plan = impose_measures(session, clock, debt, PARTS, DECIDED, "000123")
    assert collectable(plan, TODAY) == Money(10_000)
    with pytest.raises(DebtOnHold):
        payment_link(session, clock, debt.debtor_id, [debt], Money(10_001), "card")
    assert payment_link(session, clock, debt.debtor_id, [debt], Money(10_000), "card").state == "open"
    take_payment(session, clock, debt, Money(10_000), TODAY, "card", "m-1")
    assert collectable(plan, TODAY) == Money(10_000)  # the next one, for whoever pays ahead
    assert collectable(plan, date(2026, 12, 6)) == Money(10_000)


def test_late_measures_are_not_chased_by_the_assistant(session: Session, clock: FrozenClock, debt: Debt) -> None:
    impose_measures(session, clock, debt, PARTS, DECIDED, "000123")
    assert follow_late_instalments(session, clock) == []


def test_carried_out_to_the_end_the_rest_is_given_up(session: Session, clock: FrozenClock, debt: Debt) -> None:
    plan = impose_measures(session, clock, debt, PARTS, DECIDED, "000123")
    take_payment(session, clock, debt, Money(10_000), TODAY, "card", "m-1")
    assert (plan.state, debt.state) == ("active", "open")
    take_payment(session, clock, debt, Money(10_000), TODAY, "card", "m-2")
    assert (plan.state, debt.state, holds(session, clock, debt)) == ("completed", "settled", [])
    assert balance_on(session, debt, TODAY).due == Money(0)


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [(date(2026, 12, 5), Money(24_731))],
        [(date(2026, 12, 5), Money(0))],
        [(date(2026, 12, 5), Money(500)), (date(2026, 11, 5), Money(500))],
        [(date(2026, 9, 5), Money(500))],
    ],
)
def test_what_no_decision_says_is_refused(
    session: Session, clock: FrozenClock, debt: Debt, parts: list[tuple[date, Money]]
) -> None:
    with pytest.raises(Invalid):
        impose_measures(session, clock, debt, parts, DECIDED, "000123")


def test_they_are_frances_alone_and_already_decided(session: Session, clock: FrozenClock, debt: Debt) -> None:
    spanish = cast.debt_of(session, cast.lucia(session), cast.gimnasio_norte(session))
    firm = cast.debt_of(session, cast.garage_morel(session), cast.energie_du_lac(session))
    for other in (spanish, firm):
        with pytest.raises(Invalid):
            impose_measures(session, clock, other, PARTS, DECIDED, "1")
        with pytest.raises(Invalid):
            wipe_out(session, clock, other, DECIDED, "1")
    with pytest.raises(Invalid):
        wipe_out(session, clock, debt, date(2026, 11, 23), "1")


def test_a_debt_wiped_out_is_owed_no_more(session: Session, clock: FrozenClock, debt: Debt) -> None:
    excepted = cast.debt_of(session, debt.debtor, cast.cabinet_berthier(session), 9_000)  # L711-4: not in the decision
    freeze(session, clock, debtor_id=debt.debtor_id, kind="overindebtedness")
    plan = plan_over(session, debt, [12_365, 12_365])
    wipe_out(session, clock, debt, DECIDED, "000123")
    assert (balance_on(session, debt, TODAY).due, debt.state, plan.state) == (Money(0), "settled", "completed")
    assert holds(session, clock, debt) == []
    assert balance_on(session, excepted, TODAY).due == Money(9_000)
    assert holds(session, clock, excepted) == ["overindebtedness"]
    with pytest.raises(Invalid):
        wipe_out(session, clock, debt, DECIDED, "000123")


@given(
    asked=st.lists(st.integers(1, 4_000), min_size=1, max_size=5),
    paid=st.lists(st.integers(1, 6_000), max_size=6),
)
def test_however_they_are_paid_nothing_is_collected_twice(
    session: Session, clock: FrozenClock, asked: list[int], paid: list[int]
) -> None:
    with session.begin_nested() as undone:
        debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
        days = [date(2026, 10, 5 + n) for n in range(len(asked))]
        parts = [(day, Money(cents)) for day, cents in zip(days, asked, strict=True)]
        plan = impose_measures(session, clock, debt, parts, DECIDED, "1")
        left = sum(asked)
        for number, cents in enumerate(paid):
            if debt.state != "open":
                break
            assert collectable(plan, TODAY).cents == left
            take_payment(session, clock, debt, Money(min(cents, left)), TODAY, "card", str(number))
            left -= min(cents, left)
        owed = owed_by_part(entries_of(session, debt))
        assert all(cents >= 0 for cents in owed.values())
        assert (debt.state == "settled") == (left == 0)
        assert sum(owed.values()) == (0 if left == 0 else 24_730 - sum(asked) + left)
        undone.rollback()
