"""What the ledger API takes and gives about a debt."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field, StrictInt

from api.ledger.arrangements import PlanShown
from api.ledger.holds import HoldShown
from api.ledger.values import Body, Cents, Currency, Day, Line, Shown


class DebtIn(Body):
    creditor: Line = Field(description="The creditor's key", examples=["energie-du-lac"])
    debtor_id: UUID
    reference: Line = Field(examples=["F2026-0187"])
    product: Line = Field(description="Decides the law of prescription", examples=["energy"])
    description: Line = Field(examples=["Facture d'énergie"])
    currency: Currency
    principal_cents: Cents
    issued_on: Day
    due_on: Day
    letter_ref: Line | None = Field(None, description="The mandated collector's letter (R124-4 CPCEx)")
    letter_sent_on: Day | None = None
    demanded_on: Day | None = Field(
        None, description="Day a formal demand (mise en demeure, requerimiento) reached the debtor"
    )
    contract_rate_bp: StrictInt | None = Field(
        None, ge=0, le=10_000, description="Agreed late interest, hundredths of a percent a year"
    )
    acknowledged_on: Day | None = None
    title_on: Day | None = Field(None, description="Day of the executory title")
    assignor: Line | None = Field(None, description="Who sold the debt")
    assigned_on: Day | None = None
    assignment_notified_on: Day | None = None
    on_behalf_of: Line | None = Field(None, description="For whom a mandated collector recovers (R124-4 2° CPCEx)")
    on_behalf_of_address: Line | None = None


class BalanceShown(Shown):
    principal_cents: int
    interest_cents: int
    indemnity_cents: int
    paid_cents: int
    due_cents: int
    currency: str
    as_of: date


class InterestShown(Shown):
    first: date
    last: date
    principal_cents: int
    rate_percent: str
    source: str


class DebtShown(Shown):
    id: UUID
    creditor: str
    debtor_id: UUID
    reference: str
    product: str
    description: str
    currency: str
    issued_on: date
    due_on: date
    letter_ref: str | None
    letter_sent_on: date | None
    state: str
    balance: BalanceShown
    created_at: datetime


class DebtInFull(DebtShown):
    demanded_on: date | None
    interest_stops_on: date | None
    assignor: str | None
    assigned_on: date | None
    interest: list[InterestShown] = Field(description="Since interest was last written in the entries")
    claimable_until: date = Field(description="The last day before the debt is time-barred")
    holds: list[HoldShown]
    plan: PlanShown | None


class EntryShown(Shown):
    id: int
    kind: str
    part: str
    amount_cents: int = Field(description="Signed: what adds to the debt is positive")
    currency: str
    effective_on: date
    recorded_at: datetime
    payment_id: UUID | None
    reverses: int | None
    note: str | None


class Entries(Shown):
    items: list[EntryShown]
    next_cursor: None = None
