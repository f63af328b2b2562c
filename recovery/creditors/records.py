"""What a creditor's own system is told of, each thing once, and how far the audit trail has been read for it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recovery.store import Identified, Record


class CreditorNotice(Identified, Record):
    """An outbox row. `line`: the line of the audit trail it tells of, by which a receiver may put notices in order."""

    __tablename__ = "creditor_notice"
    __table_args__ = (UniqueConstraint("line", "creditor_id"),)

    creditor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("creditor.id"), index=True)
    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    line: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]  # payment.recorded, plan.accepted, promise.made, ...: recovery.creditors.news
    body: Mapped[dict[str, Any]]  # what is sent; sums, days and references, never a debtor's words
    state: Mapped[str]  # waiting | told | dead
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class NewsRead(Record):
    """The last line of the audit trail that was read for creditors. One row."""

    __tablename__ = "news_read"

    reader: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(BigInteger)
