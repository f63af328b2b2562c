"""Plans and promises follow the ledger: a payment fills instalments in order and keeps promises, a reversal undoes
both.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.records import Debt
from recovery.payments.records import Payment
from recovery.plans.records import Plan, Promise

# A transfer ordered on the promised Friday arrives on Monday or Tuesday: a promise is not called broken before.
PROMISE_GRACE_DAYS = 4


def follow_payment(session: Session, clock: Clock, debt: Debt, payment: Payment) -> None:
    plan = _running_plan(session, debt)
    if plan is not None:
        _fill(plan, payment.amount_cents)
        _complete_if_done(session, clock, plan)
    _keep_promises(session, clock, debt)
    session.flush()


def follow_settlement(session: Session, clock: Clock, debt: Debt) -> None:
    """A debt that is settled by something else than a payment: its plan is done, its promise kept."""
    plan = _running_plan(session, debt)
    if plan is not None:
        _complete_if_done(session, clock, plan)
    _keep_promises(session, clock, debt)
    session.flush()


def follow_reversal(session: Session, clock: Clock, debt: Debt, payment: Payment) -> None:
    plan = _running_plan(session, debt, also_completed=True)
    if plan is not None:
        _empty(plan, payment.amount_cents)
        if plan.state == "completed":
            plan.state = "active"
            record_act(session, clock, "system", "plan.reopened", f"plan:{plan.id}")
    for promise in session.scalars(select(Promise).where(Promise.debt_id == debt.id, Promise.state == "kept")):
        if _paid_towards(session, debt, promise) < promise.amount_cents and debt.state != "settled":
            promise.state = "open"
            record_act(session, clock, "system", "promise.reopened", f"promise:{promise.id}")
    session.flush()


def break_overdue_promises(session: Session, clock: Clock) -> list[Promise]:
    """For the timetable: open promises whose day, and the days a transfer takes, went by without the money."""
    today = local_day(clock, "Europe/Paris")
    late = (
        select(Promise)
        .where(Promise.state == "open", Promise.due_on < today - timedelta(days=PROMISE_GRACE_DAYS))
        .with_for_update(skip_locked=True)
    )
    broken = list(session.scalars(late))
    for promise in broken:
        promise.state = "broken"
        record_act(
            session, clock, "system", "promise.broken", f"promise:{promise.id}", due_on=promise.due_on.isoformat()
        )
    session.flush()
    return broken


def _running_plan(session: Session, debt: Debt, also_completed: bool = False) -> Plan | None:
    states = ("active", "paused", "completed") if also_completed else ("active", "paused")
    wanted = select(Plan).where(
        Plan.debtor_id == debt.debtor_id, Plan.state.in_(states), Plan.debt_ids.contains([str(debt.id)])
    )
    return session.scalar(wanted.order_by(Plan.id.desc()).limit(1).with_for_update())


def _fill(plan: Plan, cents: int) -> None:
    """Oldest instalment first. A part payment is a part payment: it breaks nothing."""
    for instalment in plan.instalments:
        share = min(cents, instalment.amount_cents - instalment.paid_cents)
        instalment.paid_cents += share
        cents -= share


def _empty(plan: Plan, cents: int) -> None:
    for instalment in reversed(plan.instalments):
        share = min(cents, instalment.paid_cents)
        instalment.paid_cents -= share
        cents -= share


def _complete_if_done(session: Session, clock: Clock, plan: Plan) -> None:
    states = session.scalars(select(Debt.state).where(Debt.id.in_([UUID(key) for key in plan.debt_ids]))).all()
    paid = all(instalment.paid_cents >= instalment.amount_cents for instalment in plan.instalments)
    if paid or all(state == "settled" for state in states):
        plan.state = "completed"
        record_act(session, clock, "system", "plan.completed", f"plan:{plan.id}")


def _keep_promises(session: Session, clock: Clock, debt: Debt) -> None:
    for promise in session.scalars(
        select(Promise).where(Promise.debt_id == debt.id, Promise.state.in_(("open", "broken")))
    ):
        kept = _paid_towards(session, debt, promise) >= promise.amount_cents
        if kept or (debt.state == "settled" and promise.state == "open"):
            promise.state = "kept"
            record_act(session, clock, "system", "promise.kept", f"promise:{promise.id}")


def _paid_towards(session: Session, debt: Debt, promise: Promise) -> int:
    """What was paid on the debt between the promise and its day, the days of a transfer included."""
    made_on, until = (
        _day_of(promise.created_at, debt.debtor.time_zone),
        promise.due_on + timedelta(days=PROMISE_GRACE_DAYS),
    )
    wanted = select(func.sum(Payment.amount_cents)).where(
        Payment.debt_id == debt.id, Payment.paid_on.between(made_on, until), Payment.reversed_on.is_(None)
    )
    return int(session.scalar(wanted) or 0) - _promised_before(session, promise, made_on)


def _promised_before(session: Session, promise: Promise, made_on: date) -> int:
    """What other promises on the debt, of an earlier day, take of the money that came in since this one was made."""
    earlier = select(func.sum(Promise.amount_cents)).where(
        Promise.debt_id == promise.debt_id, Promise.id != promise.id, Promise.state.in_(("open", "kept")),
        Promise.due_on < promise.due_on, Promise.due_on >= made_on,
    )  # fmt: skip
    return int(session.scalar(earlier) or 0)


def _day_of(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
