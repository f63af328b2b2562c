"""Who owes, how to reach them, and what was tried to prove it is them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recovery.store import Identified, Record


class Debtor(Identified, Record):
    __tablename__ = "debtor"

    external_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # consumer | sole_trader | business
    name: Mapped[str]
    birth_date: Mapped[date | None]
    postcode: Mapped[str | None]
    tax_id: Mapped[str | None]  # SIREN, NIF
    country: Mapped[str]  # FR | ES
    region: Mapped[str | None]
    time_zone: Mapped[str]  # IANA name
    language: Mapped[str | None]  # fr | es | ca, the debtor's last clear choice
    locked_until: Mapped[datetime | None]  # identity failures lock every channel
    hardship_kind: Mapped[str | None]  # the kind alone, never its story
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)  # channel, hours, days, never_at_work
    representative: Mapped[dict[str, Any] | None]  # who alone is spoken to from now on
    created_at: Mapped[datetime]

    contact_points: Mapped[list[ContactPoint]] = relationship(back_populates="debtor", order_by="ContactPoint.id")


class ContactPoint(Identified, Record):
    """An address on one channel. `suppressed_at` is for ever: it belongs to somebody else, or its owner died."""

    __tablename__ = "contact_point"
    __table_args__ = (
        UniqueConstraint("debtor_id", "channel", "address"),
        Index("contact_point_address", "channel", "address"),
    )

    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"))
    channel: Mapped[str]  # sms | whatsapp | telegram | email | web | post
    address: Mapped[str]
    owned_since: Mapped[datetime | None]  # ownership proven (identity verified there)
    opt_in: Mapped[dict[str, Any] | None]  # WhatsApp: time, text, source
    suppressed_at: Mapped[datetime | None]
    suppressed_because: Mapped[str | None]

    debtor: Mapped[Debtor] = relationship(back_populates="contact_points")


class IdentityAttempt(Identified, Record):
    """One try at proving identity; what was given is kept only as right or wrong."""

    __tablename__ = "identity_attempt"

    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    debtor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    succeeded: Mapped[bool]
    facts: Mapped[list[str]]  # names of the facts compared, never their values
    at: Mapped[datetime]
