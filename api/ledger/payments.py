"""`/payments`: money that came in, and money that the bank took back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.ledger.needs import Work, Writing
from api.ledger.paging import Cursor, DebtId, DebtorId, Limit, Page, equal, page_of
from api.ledger.values import Body, Cents, Currency, Day, Line, Shown
from recovery.debts.records import Debt
from recovery.documents.receipt import language_of, make_receipt
from recovery.errors import NotFound
from recovery.money import Money
from recovery.payments.records import Payment
from recovery.payments.reverse_payment import reverse_payment
from recovery.payments.take_payment import take_payment

router = APIRouter(prefix="/payments", tags=["payments"])


class PaymentIn(Body):
    debt_id: UUID
    amount_cents: Cents = Field(examples=[5000])
    currency: Currency
    paid_on: Day
    method: Line = Field(examples=["transfer"])
    external_ref: Line = Field(
        description="The payment's own reference: the same again is the same payment", examples=["SEPA-778812"]
    )


class ReversalIn(Body):
    because: Line = Field(examples=["insufficient funds"])
    on: Day | None = Field(None, description="Day the bank took it back; today by default")


class PaymentShown(Shown):
    id: UUID
    debt_id: UUID
    debtor_id: UUID
    amount_cents: int
    currency: str
    paid_on: date
    method: str
    external_ref: str
    state: Literal["recorded", "reversed"]
    recorded_at: datetime
    reversed_on: date | None
    reversed_because: str | None

    @classmethod
    def of(cls, payment: Payment) -> PaymentShown:
        names = set(cls.model_fields) - {"state"}
        return cls(
            **{name: getattr(payment, name) for name in names}, state="reversed" if payment.reversed_on else "recorded"
        )


@router.get("", response_model=Page[PaymentShown], summary="List payments")
def listed(
    session: Work,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    state: Literal["recorded", "reversed"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    kept = {None: None, "recorded": Payment.reversed_on.is_(None), "reversed": Payment.reversed_on.is_not(None)}[state]
    filters = [equal(Payment.debtor_id, debtor_id), equal(Payment.debt_id, debt_id), kept]
    return page_of(
        session, select(Payment), Payment.id, filters, lambda found: [PaymentShown.of(p) for p in found], cursor, limit
    )


@router.get("/{payment_id}", response_model=PaymentShown, summary="One payment")
def one(session: Work, payment_id: UUID) -> Any:
    return PaymentShown.of(_payment(session, payment_id))


@router.post("", status_code=201, response_model=PaymentShown, summary="Record a payment")
def record(body: PaymentIn, write: Writing) -> JSONResponse:
    def do() -> PaymentShown:
        debt = write.session.get(Debt, body.debt_id)
        if debt is None:
            raise NotFound("debt", body.debt_id)
        amount = Money(body.amount_cents, body.currency)
        payment = take_payment(write.session, write.clock, debt, amount, body.paid_on, body.method, body.external_ref)
        # A receipt for every payment, asked for or not (R124-6, IN-09).
        make_receipt(write.session, write.clock, payment, language_of(debt.debtor))
        return PaymentShown.of(payment)

    return write.once(body, do)


@router.post(
    "/{payment_id}/reverse",
    status_code=201,
    response_model=PaymentShown,
    summary="Reverse a payment the bank took back",
)
def reverse(payment_id: UUID, body: ReversalIn, write: Writing) -> JSONResponse:
    def do() -> PaymentShown:
        return PaymentShown.of(
            reverse_payment(write.session, write.clock, _payment(write.session, payment_id), body.because, body.on)
        )

    return write.once(body, do)


def _payment(session: Session, payment_id: UUID) -> Payment:
    payment = session.get(Payment, payment_id)
    if payment is None:
        raise NotFound("payment", payment_id)
    return payment
