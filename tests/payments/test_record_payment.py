"""A payment is written once, in the order of the law, and everything that depends on it follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.balance import balance_on, entries_of
from recovery.debts.find import open_debts
from recovery.debts.records import Debt
from recovery.errors import CurrencyMismatch, DebtAlreadySettled, Invalid
from recovery.money import Money
from recovery.payments.declare import find_payment
from recovery.payments.follow_arrangements import break_overdue_promises
from recovery.payments.record_payment import Overpayment, PaymentRefReused, record_payment
from recovery.payments.reverse_payment import PaymentAlreadyReversed, reverse_payment
from recovery.plans.records import Instalment, Plan, Promise
from tests import cast

TODAY = date(2026, 11, 22)


@pytest.fixture
def debt(session: Session) -> Debt:
    return cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))


def test_the_balance_follows(session: Session, clock: FrozenClock, debt: Debt) -> None:
    record_payment(session, clock, debt, Money(5000), date(2026, 11, 1), "transfer", "a")
    assert (balance_on(session, debt, TODAY).due, balance_on(session, debt, TODAY).paid) == (Money(19730), Money(5000))
    assert balance_on(session, debt, date(2026, 10, 31)).due == Money(24730)


def test_the_same_reference_twice_is_one_payment(session: Session, clock: FrozenClock, debt: Debt) -> None:
    first = record_payment(session, clock, debt, Money(5000), TODAY, "transfer", "a")
    assert record_payment(session, clock, debt, Money(5000), TODAY, "transfer", "a").id == first.id
    with pytest.raises(PaymentRefReused):
        record_payment(session, clock, debt, Money(6000), TODAY, "transfer", "a")
    assert balance_on(session, debt, TODAY).due == Money(19730)


def test_the_last_cent_settles(session: Session, clock: FrozenClock, debt: Debt) -> None:
    record_payment(session, clock, debt, Money(24730), TODAY, "card", "a")
    assert debt.state == "settled"
    assert open_debts(session, debt.debtor_id) == []
    with pytest.raises(DebtAlreadySettled):
        record_payment(session, clock, debt, Money(1), TODAY, "card", "b")


def test_refusals(session: Session, clock: FrozenClock, debt: Debt) -> None:
    with pytest.raises(Overpayment):
        record_payment(session, clock, debt, Money(24731), TODAY, "card", "a")
    with pytest.raises(Invalid):
        record_payment(session, clock, debt, Money(-1), TODAY, "card", "a")
    with pytest.raises(Invalid):
        record_payment(session, clock, debt, Money(1), TODAY + timedelta(days=1), "card", "a")
    with pytest.raises(CurrencyMismatch):
        record_payment(session, clock, debt, Money(1, "USD"), TODAY, "card", "a")


def test_interest_is_written_and_paid_first(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(
        session,
        cast.garage_morel(session),
        cast.energie_du_lac(session),
        125_000,
        issued_on=date(2026, 1, 1),
        due_on=date(2026, 1, 31),
    )
    record_payment(session, clock, debt, Money(50_000), date(2026, 2, 28), "transfer", "a")
    written = {(e.kind, e.part): e.amount_cents for e in entries_of(session, debt)}
    # 28 days at 12.15 % on 1 250.00 = 11.6507
    assert written[("interest", "interest")] == 1165
    assert written[("indemnity", "indemnity")] == 4000
    assert written[("payment", "interest")] == -1165
    assert written[("payment", "principal")] == -48835
    balance = balance_on(session, debt, date(2026, 2, 28))
    assert balance.due == Money(125_000 + 1165 + 4000 - 50_000)
    # March: 31 days at 12.15 % on 761.65 = 7.8598
    assert balance_on(session, debt, date(2026, 3, 31)).interest == Money(1165 + 786)


def test_a_payment_known_late_corrects_the_interest_already_written(session: Session, clock: FrozenClock) -> None:
    def two_payments(order: list[tuple[date, str]]) -> Money:
        debt = cast.debt_of(
            session,
            cast.garage_morel(session),
            cast.energie_du_lac(session),
            125_000,
            issued_on=date(2026, 1, 1),
            due_on=date(2026, 1, 31),
        )
        for day, ref in order:
            record_payment(session, clock, debt, Money(30_000), day, "transfer", ref)
        return balance_on(session, debt, date(2026, 5, 31)).due

    early, late = (date(2026, 2, 15), "early"), (date(2026, 4, 15), "late")
    # In order, the first payment takes less interest and more principal: the two may differ by cents, never by more.
    assert abs(two_payments([early, late]).cents - two_payments([late, early]).cents) <= 25


def test_a_reversal_opens_the_debt_again(session: Session, clock: FrozenClock, debt: Debt) -> None:
    payment = record_payment(session, clock, debt, Money(24730), date(2026, 11, 1), "direct_debit", "a")
    reverse_payment(session, clock, payment, "insufficient funds")
    assert debt.state == "open"
    assert balance_on(session, debt, TODAY).due == Money(24730)
    assert len(entries_of(session, debt)) == 3
    with pytest.raises(PaymentAlreadyReversed):
        reverse_payment(session, clock, payment, "again")


def plan_over(session: Session, debt: Debt, parts: list[int]) -> Plan:
    plan = Plan(
        debtor_id=debt.debtor_id,
        creditor_id=debt.creditor_id,
        debt_ids=[str(debt.id)],
        state="active",
        currency="EUR",
        total_cents=sum(parts),
        version=1,
        pauses_used=0,
        accepted_at=cast.THEN,
        acceptance={},
        created_at=cast.THEN,
        instalments=[
            Instalment(number=n, due_on=date(2026, 10 + n % 3, 5), amount_cents=c, paid_cents=0)
            for n, c in enumerate(parts, 1)
        ],
    )
    session.add(plan)
    session.flush()
    return plan


def test_instalments_follow(session: Session, clock: FrozenClock, debt: Debt) -> None:
    plan = plan_over(session, debt, [8243, 8243, 8244])
    payment = record_payment(session, clock, debt, Money(10_000), TODAY, "card", "a")
    assert [i.paid_cents for i in plan.instalments] == [8243, 1757, 0]
    assert plan.state == "active"
    record_payment(session, clock, debt, Money(14_730), TODAY, "card", "b")
    assert plan.state == "completed"
    assert debt.state == "settled"
    reverse_payment(session, clock, payment, "chargeback")
    assert plan.state == "active"
    assert sum(i.paid_cents for i in plan.instalments) == 14_730


def promise_on(session: Session, clock: FrozenClock, debt: Debt, cents: int, due_on: date) -> Promise:
    promise = Promise(
        debtor_id=debt.debtor_id,
        debt_id=debt.id,
        amount_cents=cents,
        currency="EUR",
        due_on=due_on,
        state="open",
        created_at=clock.now(),
    )
    session.add(promise)
    session.flush()
    return promise


def test_a_promise_is_kept_by_the_ledger(session: Session, clock: FrozenClock, debt: Debt) -> None:
    promise = promise_on(session, clock, debt, 10_000, date(2026, 11, 30))
    record_payment(session, clock, debt, Money(5_000), date(2026, 11, 1), "card", "before the promise")
    record_payment(session, clock, debt, Money(6_000), TODAY, "card", "a")
    assert promise.state == "open"
    clock.advance(timedelta(days=5))
    payment = record_payment(session, clock, debt, Money(4_000), date(2026, 11, 27), "card", "b")
    assert promise.state == "kept"
    reverse_payment(session, clock, payment, "chargeback")
    assert promise.state == "open"


def test_a_promise_is_broken_by_the_ledger(session: Session, clock: FrozenClock, debt: Debt) -> None:
    promise = promise_on(session, clock, debt, 10_000, date(2026, 11, 24))
    clock.advance(timedelta(days=6))
    assert break_overdue_promises(session, clock) == []
    clock.advance(timedelta(days=1))
    assert break_overdue_promises(session, clock) == [promise]
    assert promise.state == "broken"


def test_a_declared_payment_is_found(session: Session, clock: FrozenClock, debt: Debt) -> None:
    payment = record_payment(session, clock, debt, Money(5000), date(2026, 11, 1), "transfer", "a")
    ids = [debt.id]
    assert find_payment(session, ids, Money(5000), date(2026, 11, 9)) == payment
    assert find_payment(session, ids, Money(5000), None) == payment
    assert find_payment(session, ids, None, date(2026, 10, 28)) == payment
    assert find_payment(session, ids, Money(5000), date(2026, 10, 1)) is None
    assert find_payment(session, ids, Money(5001), None) is None
    record_payment(session, clock, debt, Money(5000), date(2026, 11, 15), "transfer", "b")
    assert find_payment(session, ids, Money(5000), None) is None
    assert find_payment(session, ids, Money(5000), date(2026, 11, 3)) == payment
