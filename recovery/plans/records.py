"""Arrangements: plans with their instalments and versions, and promises."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recovery.store import Identified, Record


class Plan(Identified, Record):
    """A schedule over one or more debts. A change makes a new version and keeps the old one (`replaces`)."""

    __tablename__ = "plan"

    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    creditor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("creditor.id"), index=True)
    debt_ids: Mapped[list[str]]
    state: Mapped[str]  # active | paused | completed | replaced | cancelled | broken
    currency: Mapped[str]
    total_cents: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(default=1)
    replaces: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plan.id"))
    pauses_used: Mapped[int] = mapped_column(default=0)
    accepted_at: Mapped[datetime]
    # Measures of over-indebtedness (C. conso. L733-1): {"decided_on","reference","remitted_cents"}; nobody agreed to them.
    imposed: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    acceptance: Mapped[dict[str, Any]]  # words, message_id, channel, conversation_id, sha256 of the schedule shown
    created_at: Mapped[datetime]

    instalments: Mapped[list[Instalment]] = relationship(back_populates="plan", order_by="Instalment.number")


class Instalment(Identified, Record):
    __tablename__ = "instalment"

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"), index=True)
    number: Mapped[int]  # from 1
    due_on: Mapped[date] = mapped_column(index=True)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    paid_cents: Mapped[int] = mapped_column(BigInteger, default=0)

    plan: Mapped[Plan] = relationship(back_populates="instalments")


class Promise(Identified, Record):
    """One sum on one day. Kept or broken by the ledger, not by words."""

    __tablename__ = "promise"

    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    debt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    method: Mapped[str | None]
    state: Mapped[str]  # open | kept | broken | replaced | cancelled
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"))
    words: Mapped[str | None]
    created_at: Mapped[datetime]


class Offer(Identified, Record):
    """Something put to the debtor (plan, settlement, early payment, promise to confirm) and what became of it."""

    __tablename__ = "offer"

    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    kind: Mapped[str]  # plan | settlement | early_payment | promise | delay
    terms: Mapped[dict[str, Any]]  # debt_ids, schedule or amount and date, and why this and not what was asked
    state: Mapped[str]  # open | accepted | refused | withdrawn | expired
    until: Mapped[date | None]
    created_at: Mapped[datetime]


class Reminder(Identified, Record):
    """A coming payment recalled, once for each day it is due on."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("subject", "due_on"),)

    subject: Mapped[str]  # promise:<id> | instalment:<id>
    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    due_on: Mapped[date]
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"))
    message_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("message.id"))
    sent_at: Mapped[datetime]
