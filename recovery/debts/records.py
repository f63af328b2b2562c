"""Creditors, debts, the append-only entries that make their balance, and the holds that freeze them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recovery.identity.records import Debtor
from recovery.store import Identified, Record


class Creditor(Identified, Record):
    __tablename__ = "creditor"

    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # trade name, told before identity only on the creditor's own site
    legal_name: Mapped[str]
    address: Mapped[str]
    country: Mapped[str]
    role: Mapped[str]  # own_creditor | mandated_collector | purchaser
    terms: Mapped[dict[str, Any]]  # recovery.plans.terms.Terms
    payment_methods: Mapped[list[str]]  # card, transfer, direct_debit, paypal, bizum, cheque, cash
    iban: Mapped[str | None]
    bic: Mapped[str | None]
    mediator: Mapped[str | None]
    privacy_url: Mapped[str | None]
    notify_url: Mapped[str | None]  # the creditor's own system, told of payments and proposals (IN-01)
    allowed_origins: Mapped[list[str]] = mapped_column(default=list)  # widget: sites that may embed it; empty = any
    attestations: Mapped[dict[str, Any]] = mapped_column(default=dict)  # mandate_id, dpa_id, site, phone, ...
    created_at: Mapped[datetime]


class Debt(Identified, Record):
    __tablename__ = "debt"
    __table_args__ = (
        UniqueConstraint("creditor_id", "reference_folded"),
        Index("debt_reference_folded", "reference_folded"),
    )

    creditor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("creditor.id"), index=True)
    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    reference: Mapped[str]
    reference_folded: Mapped[str]  # capitals, no dashes nor spaces: what references are compared by
    product: Mapped[str]  # energy, telecom, gym, rent, consumer_credit, health, retail, ...
    description: Mapped[str]
    currency: Mapped[str]
    issued_on: Mapped[date]
    due_on: Mapped[date]
    letter_ref: Mapped[str | None]  # R124-4 CPCEx: the collector's letter, recalled in every later step
    letter_sent_on: Mapped[date | None]
    state: Mapped[str]  # open | settled | cancelled | time_barred
    # A formal demand that reached the debtor (mise en demeure, requerimiento); a reminder is none.
    demanded_on: Mapped[date | None]
    contract_rate_bp: Mapped[int | None]  # late interest agreed in the contract, in hundredths of a percent a year
    # Admissibility of an over-indebtedness file, insolvency, a judge's grace period.
    interest_stops_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]  # the debtor's last acknowledgement (an accepted plan, a signed letter)
    title_on: Mapped[date | None]  # executory title
    assignor: Mapped[str | None]  # who sold it, when its creditor is a purchaser
    assigned_on: Mapped[date | None]
    assignment_notified_on: Mapped[date | None]
    # For whom a mandated collector recovers: named in its letter and on every paper (R124-4 2° CPCEx).
    on_behalf_of: Mapped[str | None]
    on_behalf_of_address: Mapped[str | None]
    created_at: Mapped[datetime]

    creditor: Mapped[Creditor] = relationship()
    debtor: Mapped[Debtor] = relationship()
    entries: Mapped[list[Entry]] = relationship(back_populates="debt", order_by="Entry.id")


class Entry(Record):
    """One line of the ledger, never edited nor removed; a mistake is reversed by another line.

    `amount_cents` is signed: what adds to the debt is positive (principal, interest, indemnity), what lowers it
    negative.
    """

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint("kind in ('principal','interest','indemnity','payment','reversal','write_off','refund')"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    debt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debt.id"), index=True)
    kind: Mapped[str]
    part: Mapped[str]  # principal | interest | indemnity: which part of the balance it moves
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    effective_on: Mapped[date]  # the day it counts from
    recorded_at: Mapped[datetime]  # the moment we learnt of it
    payment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payment.id"), index=True)
    reverses: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    note: Mapped[str | None]  # rate and period for interest, reason for a reversal

    debt: Mapped[Debt] = relationship(back_populates="entries")


class Hold(Identified, Record):
    """While a hold is active nothing is asked for on that debt (or on any debt of that debtor, when `debt_id` is null)."""

    __tablename__ = "hold"

    debtor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    debt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debt.id"), index=True)
    # dispute | paid | hardship | distress | overindebtedness | insolvency | deceased | represented | data_rights | fraud
    # | delay | time_barred | minor | measures | legal (a step before a court: records are kept)
    kind: Mapped[str]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    until: Mapped[date | None]  # null = until somebody lifts it
    lifted_at: Mapped[datetime | None]
    lifted_because: Mapped[str | None]
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"))


class Import(Identified, Record):
    """A file of debtors and debts: taken whole, or refused whole with a report of every bad line."""

    __tablename__ = "import"

    kind: Mapped[str]  # debtors | debts
    name: Mapped[str]
    sha256: Mapped[str]
    state: Mapped[str]  # loaded | refused
    lines: Mapped[int]
    problems: Mapped[list[Any]] = mapped_column(default=list)  # [{"line","column","problem"}]
    created_at: Mapped[datetime]
