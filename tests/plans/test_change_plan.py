"""A plan that changes: the sum that is left stays to the cent, months stay months, a pause is had once, the old version is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.records import Debt
from recovery.errors import OutsideTerms
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.plans.accept_plan import accept_plan
from recovery.plans.change_plan import change_plan, moved_dates, paused_dates
from recovery.plans.offer import make_offer
from recovery.plans.records import Plan
from recovery.session.records import Conversation, Message
from tests import cast

TODAY = date(2026, 11, 22)


def agreed(
    session: Session, clock: FrozenClock, cents: int, parts: int, first: date, period: str = "months"
) -> tuple[Plan, Debt, Conversation, Message]:
    debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
    debt, talk = cast.debt_of(session, debtor, creditor, cents), cast.conversation_of(session, debtor, creditor)
    days = [first + relativedelta(**{period: number}) for number in range(parts)]  # type: ignore[arg-type]
    shown = [[day.isoformat(), amount.cents] for day, amount in zip(days, Money(cents).split(parts), strict=True)]
    offer = make_offer(
        session, clock, talk, "plan", {"debt_ids": [str(debt.id)], "currency": "EUR", "parts": shown, "reason": None}
    )
    message = Message(
        conversation_id=talk.id, seq=90, author="debtor", author_name="", text="oui", language="fr", sent_at=clock.now()
    )
    session.add(message)
    session.flush()
    return accept_plan(session, clock, talk, offer, message), debt, talk, message


def test_months_stay_months(session: Session, clock: FrozenClock) -> None:
    plan, _, _, _ = agreed(session, clock, 36_000, 3, date(2026, 12, 5))
    days = [day for day, _ in moved_dates(session, plan, date(2027, 1, 4), TODAY)]
    assert days == [date(2027, 1, 4), date(2027, 2, 4), date(2027, 3, 4)]


def test_one_pause_and_no_second(session: Session, clock: FrozenClock) -> None:
    plan, _, talk, message = agreed(session, clock, 36_000, 3, date(2026, 12, 5))
    paused = change_plan(session, clock, talk, plan, paused_dates(session, plan, TODAY), message, pause=True)
    assert (paused.version, paused.pauses_used, plan.state, paused.replaces) == (2, 1, "replaced", plan.id)
    assert paused.instalments[0].due_on == date(2027, 1, 4)
    with pytest.raises(OutsideTerms) as refused:
        paused_dates(session, paused, TODAY)
    assert refused.value.reason == "pause_used"
    moved = change_plan(session, clock, talk, paused, moved_dates(session, paused, date(2027, 1, 10), TODAY), message)
    assert moved.pauses_used == 1  # a change of dates does not give the pause back


@given(
    cents=st.integers(1_000, 900_000),
    parts=st.integers(1, 12),
    period=st.sampled_from(["weeks", "months"]),
    paid=st.integers(0, 100),
    shift=st.integers(-10, 30),
    pause=st.booleans(),
)
def test_whatever_was_paid_what_is_left_stays_to_the_cent(
    session: Session, clock: FrozenClock, cents: int, parts: int, period: str, paid: int, shift: int, pause: bool
) -> None:
    with session.begin_nested() as undone:
        first = date(2026, 12, 5)
        plan, debt, talk, message = agreed(session, clock, cents, parts, first, period)
        given_cents = cents * paid // 100
        if 0 < given_cents < cents:
            record_payment(session, clock, debt, Money(given_cents), TODAY, "transfer", "part")
        else:
            given_cents = 0
        session.refresh(plan)
        assert plan.state == "active"  # a part payment breaks nothing
        left = [part for part in plan.instalments if part.paid_cents < part.amount_cents]
        to = (
            paused_dates(session, plan, TODAY)
            if pause
            else moved_dates(session, plan, left[0].due_on + timedelta(days=shift), TODAY)
        )
        changed = change_plan(session, clock, talk, plan, to, message, pause=pause)
        assert changed.total_cents == cents - given_cents == sum(part.amount_cents for part in changed.instalments)
        assert all(part.amount_cents > 0 for part in changed.instalments)
        days = [part.due_on for part in changed.instalments]
        assert days == sorted(set(days))
        assert days[0] <= left[0].due_on + timedelta(days=30)
        assert (plan.state, changed.replaces) == ("replaced", plan.id)
        record_payment(session, clock, debt, Money(cents - given_cents), TODAY, "transfer", "rest")
        session.refresh(changed)
        assert changed.state == "completed"
        undone.rollback()
