"""The first rescheduling of a consumer credit in France, and the day its two years are counted from (R312-35; IN-10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.prescription import bar_old_debts, limit_of
from recovery.debts.records import Debt
from recovery.debts.reschedule import first_rescheduling
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.payments.reverse_payment import reverse_payment
from recovery.plans.records import Instalment, Plan
from tests import cast

AGREED = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)
DAYS = [date(2025, 3, 5), date(2025, 4, 5), date(2025, 5, 5)]


@pytest.fixture
def credit(session: Session) -> Debt:
    """A loan first unpaid on 20 September 2024, 300 euros left of it."""
    return cast.debt_of(
        session, cast.camille(session), cast.energie_du_lac(session), 30_000,
        product="consumer_credit", issued_on=date(2024, 8, 20), due_on=date(2024, 9, 20),
    )  # fmt: skip


def plan_of(session: Session, debt: Debt, days: list[date], agreed: datetime = AGREED, state: str = "active") -> Plan:
    parts = [Instalment(number=n, due_on=day, amount_cents=10_000) for n, day in enumerate(days, 1)]
    plan = Plan(
        debtor_id=debt.debtor_id, creditor_id=debt.creditor_id, debt_ids=[str(debt.id)], state=state, currency="EUR",
        total_cents=10_000 * len(days), accepted_at=agreed, created_at=agreed, acceptance={}, instalments=parts,
    )  # fmt: skip
    session.add(plan)
    session.flush()
    return plan


def test_without_a_rescheduling_it_is_the_first_unpaid_day(session: Session, credit: Debt) -> None:
    assert first_rescheduling(session, credit) is None
    assert limit_of(session, credit).last_day == date(2026, 9, 20)


def test_it_is_counted_from_the_first_payment_missed_after_it(
    session: Session, clock: FrozenClock, credit: Debt
) -> None:
    plan_of(session, credit, DAYS)
    record_payment(session, clock, credit, Money(10_000), date(2025, 3, 5), "card", "march")
    limit = limit_of(session, credit)
    assert (limit.counted_from, limit.last_day, limit.source) == (
        date(2025, 4, 5), date(2027, 4, 5), "C. conso. R312-35",
    )  # fmt: skip


def test_a_payment_made_good_later_moves_it_on_and_one_taken_back_moves_it_again(
    session: Session, clock: FrozenClock, credit: Debt
) -> None:
    plan_of(session, credit, DAYS)
    payment = record_payment(session, clock, credit, Money(20_000), date(2025, 6, 1), "card", "late")
    assert limit_of(session, credit).counted_from == date(2025, 5, 5)
    reverse_payment(session, clock, payment, "returned")
    assert limit_of(session, credit).counted_from == date(2025, 3, 5)


def test_a_second_rescheduling_moves_nothing(session: Session, credit: Debt) -> None:
    plan_of(session, credit, DAYS, state="replaced")
    plan_of(session, credit, [date(2026, 5, 5), date(2026, 6, 5)], agreed=AGREED + timedelta(days=400))
    assert limit_of(session, credit).counted_from == date(2025, 3, 5)


def test_one_agreed_too_late_revives_nothing(session: Session, clock: FrozenClock, credit: Debt) -> None:
    plan_of(session, credit, [date(2026, 12, 5)], agreed=datetime(2026, 10, 1, tzinfo=UTC))
    assert limit_of(session, credit).last_day == date(2026, 9, 20)
    assert bar_old_debts(session, clock) == [credit]


def test_a_credit_paid_by_instalments_is_not_barred_meanwhile(
    session: Session, clock: FrozenClock, credit: Debt
) -> None:
    plan_of(session, credit, [date(2025, 3, 5), date(2026, 12, 5)])
    record_payment(session, clock, credit, Money(10_000), date(2025, 3, 5), "card", "march")
    assert bar_old_debts(session, clock) == []
    assert limit_of(session, credit).last_day == date(2028, 12, 5)


@given(paid=st.lists(st.integers(1, 12_000), max_size=4), count=st.integers(1, 6))
def test_paying_never_shortens_it(session: Session, clock: FrozenClock, paid: list[int], count: int) -> None:
    with session.begin_nested() as undone:
        debt = cast.debt_of(
            session, cast.camille(session), cast.energie_du_lac(session), 60_000,
            product="consumer_credit", issued_on=date(2024, 8, 20), due_on=date(2024, 9, 20),
        )  # fmt: skip
        days = [date(2025, 3, 5) + timedelta(days=30 * n) for n in range(count)]
        plan_of(session, debt, days)
        reached = [limit_of(session, debt).counted_from]
        for number, cents in enumerate(paid):
            record_payment(session, clock, debt, Money(cents), date(2026, 1, 5), "card", str(number))
            reached.append(limit_of(session, debt).counted_from)
        assert reached == sorted(reached)
        assert set(reached) <= set(days)
        undone.rollback()
