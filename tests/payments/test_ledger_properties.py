"""Whatever comes in, in whatever order: to the cent, never below zero, and the same when replayed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.balance import balance_on, claim_of, entries_of, owed_by_part, replay
from recovery.debts.records import Debt
from recovery.errors import Refusal
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.payments.records import Payment
from recovery.payments.reverse_payment import reverse_payment
from tests import cast
from tests.payments.test_record_payment import plan_over

FIRST, TODAY = date(2026, 1, 15), date(2026, 11, 22)
DAYS = st.integers(0, (TODAY - FIRST).days).map(lambda n: FIRST + timedelta(days=n))
PAYMENT = st.tuples(st.just("pay"), st.integers(1, 60_000), DAYS)
REVERSAL = st.tuples(st.just("reverse"), st.integers(0, 9), st.just(TODAY))
EVENTS = st.lists(st.one_of(PAYMENT, PAYMENT, REVERSAL), min_size=1, max_size=8)


def live_through(
    session: Session, clock: FrozenClock, debt: Debt, events: list[tuple[str, int, date]]
) -> list[Payment]:
    """Every refusal leaves nothing behind, as the caller's transaction would."""
    payments: list[Payment] = []
    for number, (what, value, day) in enumerate(events):
        try:
            with session.begin_nested():
                if what == "pay":
                    payments.append(record_payment(session, clock, debt, Money(value), day, "transfer", str(number)))
                elif payments:
                    reverse_payment(session, clock, payments[value % len(payments)], "returned")
        except Refusal:
            continue
    return payments


def a_business_debt(session: Session, **changes: Any) -> Debt:
    facts = {"issued_on": FIRST, "due_on": date(2026, 2, 1), **changes}
    return cast.debt_of(session, cast.garage_morel(session), cast.energie_du_lac(session), 125_000, **facts)


@given(events=EVENTS)
def test_no_part_is_ever_negative_and_the_sum_is_exact(
    session: Session, clock: FrozenClock, events: list[tuple[str, int, date]]
) -> None:
    with session.begin_nested() as undone:
        debt = a_business_debt(session)
        payments = live_through(session, clock, debt, events)
        entries = entries_of(session, debt)
        assert all(cents >= 0 for cents in owed_by_part(entries).values())
        balance = balance_on(session, debt, TODAY)
        assert balance.due == balance.principal + balance.interest + balance.indemnity - balance.paid
        refunded = sum(e.amount_cents for e in entries if e.kind == "refund")
        mirrored = sum(
            e.amount_cents
            for e in entries
            if e.kind == "reversal" and e.reverses in {r.id for r in entries if r.kind == "refund"}
        )
        standing = sum(p.amount_cents for p in payments if p.reversed_on is None)
        assert balance.paid.cents == standing - refunded - mirrored
        assert (debt.state == "settled") == (sum(owed_by_part(entries).values()) == 0)
        undone.rollback()


@given(events=EVENTS, day=DAYS)
def test_replaying_the_same_entries_gives_the_same_balance(
    session: Session, clock: FrozenClock, events: list[tuple[str, int, date]], day: date
) -> None:
    with session.begin_nested() as undone:
        debt = a_business_debt(session)
        live_through(session, clock, debt, events)
        session.expire_all()
        entries = entries_of(session, debt)
        once, again = (replay(entries, claim_of(debt, entries), "FR", "EUR", day) for _ in range(2))
        assert once == again == balance_on(session, debt, day)
        undone.rollback()


@given(events=EVENTS)
def test_a_consumers_debt_is_principal_less_payments(
    session: Session, clock: FrozenClock, events: list[tuple[str, int, date]]
) -> None:
    with session.begin_nested() as undone:
        debt = cast.debt_of(
            session,
            cast.camille(session),
            cast.energie_du_lac(session),
            100_000,
            issued_on=FIRST,
            due_on=date(2026, 2, 1),
        )
        payments = live_through(session, clock, debt, events)
        assert balance_on(session, debt, TODAY).due.cents == 100_000 - sum(
            p.amount_cents for p in payments if p.reversed_on is None
        )
        undone.rollback()


@given(events=EVENTS, parts=st.integers(1, 7))
def test_payments_and_reversals_never_break_a_plan(
    session: Session, clock: FrozenClock, events: list[tuple[str, int, date]], parts: int
) -> None:
    with session.begin_nested() as undone:
        debt = cast.debt_of(
            session,
            cast.camille(session),
            cast.energie_du_lac(session),
            100_000,
            issued_on=FIRST,
            due_on=date(2026, 2, 1),
        )
        plan = plan_over(session, debt, [m.cents for m in Money(100_000).split(parts)])
        payments = live_through(session, clock, debt, events)
        session.refresh(plan)
        paid = [i.paid_cents for i in plan.instalments]
        assert all(0 <= i.paid_cents <= i.amount_cents for i in plan.instalments)
        assert sum(paid) == sum(p.amount_cents for p in payments if p.reversed_on is None)
        assert plan.state == ("completed" if sum(paid) == 100_000 else "active")
        undone.rollback()


def test_the_database_agrees_with_the_sum(session: Session, clock: FrozenClock) -> None:
    debt = a_business_debt(session)
    live_through(session, clock, debt, [("pay", 30_000, date(2026, 3, 1)), ("pay", 10_000, date(2026, 5, 1))])
    summed = session.scalar(text("select sum(amount_cents) from entry where debt_id = :id"), {"id": debt.id})
    assert summed == sum(owed_by_part(entries_of(session, debt)).values())
