"""A payment that a debtor says they made, looked for in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.money import Money
from recovery.payments.records import Payment

# People remember the day they paid to within a week or so, and the bank adds its own days.
NEAR_DAYS = 10


def find_payment(
    session: Session, debt_ids: Sequence[UUID], amount: Money | None, paid_on: date | None
) -> Payment | None:
    """The payment meant, or None where none is, or where what was said fits several equally.

    Both known: the same amount within ten days, the nearest. Amount alone: that amount, once. Day alone: one payment
    within ten days.
    Nothing known: the only payment there is.
    """
    wanted = select(Payment).where(Payment.debt_id.in_(debt_ids), Payment.reversed_on.is_(None))
    if amount is not None:
        wanted = wanted.where(Payment.amount_cents == amount.cents, Payment.currency == amount.currency)
    found = list(session.scalars(wanted.order_by(Payment.paid_on.desc(), Payment.id.desc())))
    if paid_on is not None:
        found = sorted(
            (p for p in found if abs((p.paid_on - paid_on).days) <= NEAR_DAYS),
            key=lambda p: abs((p.paid_on - paid_on).days),
        )
        return found[0] if found and (amount is not None or len(found) == 1) else None
    return found[0] if len(found) == 1 else None
