"""Money that came in, and the links given so that it may."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recovery.store import Identified, Record


class Payment(Identified, Record):
    __tablename__ = "payment"
    __table_args__ = (UniqueConstraint("debt_id", "external_ref"),)

    debt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    paid_on: Mapped[date]
    method: Mapped[str]
    external_ref: Mapped[str]
    recorded_at: Mapped[datetime]
    reversed_on: Mapped[date | None]  # the bank took it back (returned direct debit, chargeback)
    reversed_because: Mapped[str | None]


class PaymentIntent(Identified, Record):
    """A way to pay given to the debtor: a card page, a transfer with its exact reference. Nothing is paid by it alone."""

    __tablename__ = "payment_intent"

    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    debt_ids: Mapped[list[str]]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    method: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)  # the last part of the payment page's address
    state: Mapped[str]  # open | confirmed | expired | failed
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class DeclaredPayment(Identified, Record):
    """What a debtor says they paid, before the ledger has seen it."""

    __tablename__ = "declared_payment"

    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    debt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    amount_cents: Mapped[int | None] = mapped_column(BigInteger)
    paid_on: Mapped[date | None]
    method: Mapped[str | None]
    matched_payment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payment.id"))
    dispute_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dispute.id"))
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"))
    words: Mapped[str | None]
    created_at: Mapped[datetime]
