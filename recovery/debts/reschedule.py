"""The first rescheduling of a debt, as far as payments have kept it: what the period for consumer credit is counted from in France
(C. conso. R312-35; IN-10).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.countries.claim import Rescheduling
from recovery.debts.records import Debt
from recovery.payments.records import Payment
from recovery.plans.records import Plan
from recovery.written import day_there


def first_rescheduling(session: Session, debt: Debt) -> Rescheduling | None:
    """Of the first plan ever agreed on for this debt, whatever became of it: later ones move nothing. None where there was none."""
    plans = select(Plan).where(Plan.debtor_id == debt.debtor_id, Plan.debt_ids.contains([str(debt.id)]))
    first = session.scalars(plans.order_by(Plan.accepted_at, Plan.version, Plan.id).limit(1)).first()
    if first is None or not first.instalments:
        return None
    paid = _paid_since(session, first, debt)
    for part in first.instalments:
        paid -= part.amount_cents
        if paid < 0:
            return Rescheduling(_agreed_on(first, debt), part.due_on)
    return Rescheduling(_agreed_on(first, debt), first.instalments[-1].due_on)


def _paid_since(session: Session, plan: Plan, debt: Debt) -> int:
    """Payments make good the oldest day first, also those that came after another plan had taken this one's place."""
    wanted = select(func.sum(Payment.amount_cents)).where(
        Payment.debt_id.in_([UUID(key) for key in plan.debt_ids]),
        Payment.paid_on >= _agreed_on(plan, debt),
        Payment.reversed_on.is_(None),
    )
    return int(session.scalar(wanted) or 0)


def _agreed_on(plan: Plan, debt: Debt) -> date:
    return day_there(plan.accepted_at, debt.debtor.time_zone)
