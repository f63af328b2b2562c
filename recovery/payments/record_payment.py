"""Money that came in: written once in the ledger, allocated in the order of the law; instalments, promises and the
debt's state follow.

An overpayment is refused: whoever holds the money (bank, card provider) gives back what is above the sum due. The
one exception is
interest that a late-known payment shows to have been counted too much: it becomes a `refund` entry, money to hand back.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.balance import entries_of, owed_by_part
from recovery.debts.records import Debt, Entry
from recovery.debts.write_charges import write_charges
from recovery.errors import CurrencyMismatch, DebtAlreadySettled, Invalid, Refusal
from recovery.money import Money
from recovery.payments.allocate import allocate
from recovery.payments.follow_arrangements import follow_payment
from recovery.payments.late_news import correct_interest
from recovery.payments.records import Payment


class Overpayment(Refusal):
    kind = "overpayment"

    def __init__(self, due: Money, given: Money) -> None:
        super().__init__(
            f"{given.cents} cents is more than the {due.cents} cents due: record what is due and give the rest back."
        )
        self.due = due


class PaymentRefReused(Refusal):
    kind = "payment-ref-reused"

    def __init__(self, external_ref: str) -> None:
        super().__init__(f"Payment {external_ref} is already recorded on this debt with another sum or day.")


def record_payment(
    session: Session, clock: Clock, debt: Debt, amount: Money, paid_on: date, method: str, external_ref: str
) -> Payment:
    """The payment, written once: the same `external_ref` again gives the same payment back and does nothing."""
    _lock(session, debt)
    earlier = session.scalar(select(Payment).where(Payment.debt_id == debt.id, Payment.external_ref == external_ref))
    if earlier is not None:
        if (earlier.amount_cents, earlier.currency, earlier.paid_on) != (amount.cents, amount.currency, paid_on):
            raise PaymentRefReused(external_ref)
        return earlier
    _check(clock, debt, amount, paid_on)
    write_charges(session, clock, debt, paid_on)
    _refuse_too_much(session, debt, amount)
    payment = Payment(
        debt_id=debt.id,
        debtor_id=debt.debtor_id,
        amount_cents=amount.cents,
        currency=amount.currency,
        paid_on=paid_on,
        method=method,
        external_ref=external_ref,
        recorded_at=clock.now(),
    )
    session.add(payment)
    session.flush()
    _write_entries(session, clock, debt, payment)
    correct_interest(session, clock, debt, payment)
    settle_or_reopen(session, clock, debt)
    follow_payment(session, clock, debt, payment)
    record_act(
        session,
        clock,
        "api",
        "payment.recorded",
        f"debt:{debt.id}",
        payment=str(payment.id),
        amount_cents=amount.cents,
        paid_on=paid_on.isoformat(),
    )
    return payment


def settle_or_reopen(session: Session, clock: Clock, debt: Debt) -> None:
    """The debt's state says what its entries say."""
    owed = written_due(session, debt.id)
    if owed == 0 and debt.state in {"open", "time_barred"}:
        debt.state = "settled"
        record_act(session, clock, "system", "debt.settled", f"debt:{debt.id}")
    elif owed > 0 and debt.state == "settled":
        debt.state = "open"
        record_act(session, clock, "system", "debt.reopened", f"debt:{debt.id}")
    session.flush()


def written_due(session: Session, debt_id: UUID) -> int:
    """Cents still owed by what is written, whatever the day."""
    return int(session.scalar(select(func.sum(Entry.amount_cents)).where(Entry.debt_id == debt_id)) or 0)


def _lock(session: Session, debt: Debt) -> None:
    # Two payments on one debt come one after the other; the state may have changed while we waited.
    session.refresh(debt, attribute_names=["state"], with_for_update=True)


def _check(clock: Clock, debt: Debt, amount: Money, paid_on: date) -> None:
    if amount.currency != debt.currency:
        raise CurrencyMismatch(debt.currency, amount.currency)
    if amount.cents <= 0:
        raise Invalid("A payment is of at least one cent.")
    if paid_on > local_day(clock, debt.debtor.time_zone):
        raise Invalid(f"{paid_on} is not yet: a payment is recorded once it is made.")
    if paid_on < debt.issued_on:
        raise Invalid(f"{paid_on} is before the debt was issued, on {debt.issued_on}.")
    if debt.state in {"settled", "cancelled"}:
        raise DebtAlreadySettled(debt.reference)


def _refuse_too_much(session: Session, debt: Debt, amount: Money) -> None:
    due = Money(written_due(session, debt.id), debt.currency)
    if amount > due:
        raise Overpayment(due, amount)


def _write_entries(session: Session, clock: Clock, debt: Debt, payment: Payment) -> None:
    owed = owed_by_part(entries_of(session, debt))
    for part, cents in allocate(payment.amount_cents, owed).items():
        session.add(
            Entry(
                debt_id=debt.id,
                kind="payment",
                part=part,
                amount_cents=-cents,
                currency=debt.currency,
                effective_on=payment.paid_on,
                recorded_at=clock.now(),
                payment_id=payment.id,
            )
        )
    session.flush()
