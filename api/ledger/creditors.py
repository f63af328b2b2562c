"""`/creditors`: who is owed, in what role, on what terms."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field, StrictInt
from sqlalchemy import select

from api.ledger.needs import Work, Writing
from api.ledger.paging import Cursor, DebtId, DebtorId, Limit, Page, owed, page_of
from api.ledger.values import Body, Cents, Country, Line, Percent, Shown
from recovery.debts.records import Creditor
from recovery.debts.register_creditor import NewCreditor, register_creditor
from recovery.errors import NotFound

router = APIRouter(prefix="/creditors", tags=["creditors"])

Role = Literal["own_creditor", "mandated_collector", "purchaser"]
Method = Literal["card", "transfer", "direct_debit", "paypal", "bizum", "cheque", "cash"]


class CreditorTerms(Body):
    """What may be offered to a debtor. Beyond it, a person decides."""

    model_config = ConfigDict(extra="allow")

    min_instalment_cents: Cents = 1000
    max_months: StrictInt = Field(24, ge=1, le=120)
    max_first_payment_days: StrictInt = Field(30, ge=0, le=366)
    max_promise_days: StrictInt = Field(30, ge=0, le=366)
    settlement_discount_percent: Percent = 0
    early_payment_discount_percent: Percent = 0
    plan_pause_days: StrictInt = Field(30, ge=0, le=366)


class CreditorIn(Body):
    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$", examples=["energie-du-lac"])
    name: Line = Field(examples=["Énergie du Lac"], description="Trade name, as its customers know it")
    legal_name: Line = Field(examples=["Énergie du Lac SA"])
    address: Line = Field(examples=["4 quai du Lac, 74000 Annecy"])
    country: Country
    role: Role
    terms: CreditorTerms
    payment_methods: list[Method] = Field(min_length=1, examples=[["card", "transfer"]])
    iban: Line | None = Field(None, examples=["FR7630006000011234567890189"])
    bic: Line | None = Field(None, examples=["AGRIFRPP"])
    mediator: Line | None = None
    privacy_url: Line | None = None
    notify_url: Line | None = Field(
        None,
        description="Your own system, told of payments and proposals by a signed call",
        examples=["https://erp.energie-du-lac.example/entente"],
    )
    allowed_origins: list[Line] = Field(default_factory=list, description="Sites that may embed the chat; empty: any")
    attestations: dict[str, Any] = Field(default_factory=dict)


class CreditorShown(Shown):
    id: UUID
    key: str
    name: str
    legal_name: str
    address: str
    country: str
    role: str
    terms: dict[str, Any]
    payment_methods: list[str]
    iban: str | None
    bic: str | None
    mediator: str | None
    privacy_url: str | None
    notify_url: str | None
    allowed_origins: list[str]
    created_at: datetime


@router.get("", response_model=Page[CreditorShown], summary="List creditors")
def listed(
    session: Work, debtor_id: DebtorId = None, debt_id: DebtId = None, cursor: Cursor = None, limit: Limit = 50
) -> Any:
    filters = [owed(Creditor.id, debtor_id, debt_id)]
    return page_of(session, select(Creditor), Creditor.id, filters, list, cursor, limit)


@router.get("/{creditor_id}", response_model=CreditorShown, summary="One creditor")
def one(session: Work, creditor_id: UUID) -> Any:
    found = session.get(Creditor, creditor_id)
    if found is None:
        raise NotFound("creditor", creditor_id)
    return found


@router.post("", status_code=201, response_model=CreditorShown, summary="Take a creditor in")
def take_in(body: CreditorIn, write: Writing) -> JSONResponse:
    new = NewCreditor(**{**body.model_dump(), "terms": body.terms.model_dump()})
    return write.once(body, lambda: CreditorShown.model_validate(register_creditor(write.session, write.clock, new)))
