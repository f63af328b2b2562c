"""A payment taken back by the bank (returned direct debit, chargeback, wrong account): reversed by entries, never
removed.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.balance import entries_of
from recovery.debts.records import Debt, Entry
from recovery.errors import Invalid, Refusal
from recovery.payments.follow_arrangements import follow_reversal
from recovery.payments.late_news import level_parts
from recovery.payments.record_payment import settle_or_reopen
from recovery.payments.records import Payment


class PaymentAlreadyReversed(Refusal):
    kind = "payment-already-reversed"

    def __init__(self, external_ref: str) -> None:
        super().__init__(f"Payment {external_ref} was already reversed.")


def reverse_payment(session: Session, clock: Clock, payment: Payment, because: str, on: date | None = None) -> Payment:
    """The debt is owed again from `on` (today by default). Between the payment and that day no interest is asked for."""
    debt = session.get_one(Debt, payment.debt_id, with_for_update=True)
    session.refresh(payment)
    if payment.reversed_on is not None:
        raise PaymentAlreadyReversed(payment.external_ref)
    today = local_day(clock, debt.debtor.time_zone)
    payment.reversed_on, payment.reversed_because = on or today, because
    if not payment.paid_on <= payment.reversed_on <= today:
        raise Invalid(f"A payment of {payment.paid_on} cannot be reversed on {payment.reversed_on}.")
    for entry in entries_of(session, debt):
        if entry.payment_id == payment.id and entry.kind in {"payment", "refund"}:
            session.add(_mirror(clock, entry, payment, because))
    session.flush()
    level_parts(session, clock, debt, payment)
    settle_or_reopen(session, clock, debt)
    follow_reversal(session, clock, debt, payment)
    record_act(session, clock, "api", "payment.reversed", f"debt:{debt.id}", payment=str(payment.id), because=because)
    return payment


def _mirror(clock: Clock, entry: Entry, payment: Payment, because: str) -> Entry:
    assert payment.reversed_on is not None
    return Entry(
        debt_id=entry.debt_id,
        kind="reversal",
        part=entry.part,
        amount_cents=-entry.amount_cents,
        currency=entry.currency,
        effective_on=payment.reversed_on,
        recorded_at=clock.now(),
        payment_id=payment.id,
        reverses=entry.id,
        note=because,
    )
