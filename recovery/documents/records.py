"""Documents made by us: what was said on paper, kept with the hash of its bytes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recovery.store import Identified, Record


class Document(Identified, Record):
    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("debtor_id", "kind", "sha256"),)

    kind: Mapped[str]  # receipt | nothing_owed | plan_agreement | case_file
    number: Mapped[str]
    name: Mapped[str]  # of the file
    language: Mapped[str]  # fr | es
    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    creditor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("creditor.id"))
    payment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payment.id"), index=True)
    plan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plan.id"), index=True)
    size: Mapped[int]
    sha256: Mapped[str]
    path: Mapped[str]  # under the data folder
    facts: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # what it tells, for whoever checks it without reading it
    created_at: Mapped[datetime]
