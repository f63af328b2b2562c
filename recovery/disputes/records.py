"""What a debtor contests, in their words, with its evidence and its stages."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recovery.store import Identified, Record


class Dispute(Identified, Record):
    __tablename__ = "dispute"

    ticket: Mapped[str] = mapped_column(unique=True)  # what the debtor quotes: L-2026-000123
    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    debt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    kind: Mapped[str]  # not_owed | amount | service | fraud | paid
    words: Mapped[str]
    claimed_cents: Mapped[int | None] = mapped_column(BigInteger)  # the sum the debtor says is right
    state: Mapped[str]  # received | with_creditor | awaiting_debtor | upheld | rejected | withdrawn
    stages: Mapped[list[Any]] = mapped_column(default=list)  # [{"state","at","by","note"}], what the debtor can follow
    answer_due_on: Mapped[date]  # 15 working days
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"))
    created_at: Mapped[datetime]

    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id", viewonly=True)


class Evidence(Identified, Record):
    __tablename__ = "evidence"

    dispute_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dispute.id"), index=True)
    debt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debt.id"))
    attachment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attachment.id"))
    received_at: Mapped[datetime]
