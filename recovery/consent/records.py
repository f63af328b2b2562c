"""What a person allows: opt-outs, kept for ever unless they reopen; data requests; complaints."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recovery.session.records import Message
from recovery.store import Identified, Record


class OptOut(Identified, Record):
    """`channel` null means every channel. An opt-out may precede identity: then the address alone is known."""

    __tablename__ = "opt_out"
    __table_args__ = (Index("opt_out_address", "channel", "address"),)

    debtor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    channel: Mapped[str | None]
    address: Mapped[str | None]
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    words: Mapped[str | None]
    created_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]


class DataRequest(Identified, Record):
    __tablename__ = "data_request"

    debtor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    kind: Mapped[str]  # access | rectification | erasure | restriction | objection | portability | origin
    words: Mapped[str]
    due_on: Mapped[date]  # GDPR 12(3): one month
    state: Mapped[str]  # open | answered
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"))
    created_at: Mapped[datetime]


class Complaint(Identified, Record):
    __tablename__ = "complaint"

    debtor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    kind: Mapped[str]  # contact | service
    words: Mapped[str]
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"))
    created_at: Mapped[datetime]


class GateDecision(Identified, Record):
    """Whether a text could leave, and every rule that was asked. One for each message that leaves, or did not."""

    __tablename__ = "gate_decision"

    # Deferred: message and decision are written together, in whichever order.
    message_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("message.id", deferrable=True, initially="DEFERRED"), index=True
    )
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    author: Mapped[str]
    allowed: Mapped[bool]
    rules: Mapped[list[Any]]  # [{"rule","passed","detail"}]
    text_sha256: Mapped[str]
    at: Mapped[datetime]
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)

    # Never read: it tells SQLAlchemy to store the message before the decision that names it.
    message: Mapped[Message | None] = relationship()
