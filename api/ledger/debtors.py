"""`/debtors`: the people and firms who owe."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from api.ledger.needs import Work, Writing
from api.ledger.paging import Cursor, DebtId, DebtorId, Limit, Page, equal, owing, page_of
from api.ledger.values import Body, Country, Day, Line, Shown
from recovery.errors import NotFound
from recovery.identity.records import Debtor
from recovery.identity.register_debtor import NewDebtor, register_debtor

router = APIRouter(prefix="/debtors", tags=["debtors"])


class ContactPointIn(Body):
    channel: Literal["sms", "whatsapp", "telegram", "email", "web", "post"]
    address: Line = Field(examples=["+33639981201"])


class DebtorIn(Body):
    external_id: Line = Field(description="The debtor's number in the creditor's system", examples=["C-10482"])
    kind: Literal["consumer", "sole_trader", "business"]
    name: Line = Field(examples=["Camille Moreau"])
    birth_date: Day | None = Field(None, examples=["1984-03-12"])
    postcode: Line | None = Field(None, examples=["75011"])
    tax_id: Line | None = Field(None, description="SIREN, NIF")
    country: Country
    region: Line | None = Field(
        None, description="ISO 3166-2 without the country, where its civil law differs: CT", examples=["CT"]
    )
    language: Literal["fr", "es", "ca"] | None = None
    contact_points: list[ContactPointIn] = Field(default_factory=list, max_length=20)


class ContactPointShown(Shown):
    channel: str
    address: str
    owned_since: datetime | None
    suppressed_at: datetime | None
    suppressed_because: str | None


class DebtorShown(Shown):
    id: UUID
    external_id: str
    kind: str
    name: str
    birth_date: date | None
    postcode: str | None
    tax_id: str | None
    country: str
    region: str | None
    time_zone: str
    language: str | None
    hardship_kind: str | None
    locked_until: datetime | None
    preferences: dict[str, Any]
    representative: dict[str, Any] | None
    contact_points: list[ContactPointShown]
    created_at: datetime


@router.get("", response_model=Page[DebtorShown], summary="List debtors")
def listed(
    session: Work,
    external_id: Annotated[str | None, Query(max_length=300)] = None,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    wanted = select(Debtor).options(selectinload(Debtor.contact_points))
    filters = [equal(Debtor.external_id, external_id), equal(Debtor.id, debtor_id), owing(Debtor.id, debt_id)]
    return page_of(session, wanted, Debtor.id, filters, list, cursor, limit)


@router.get("/{debtor_id}", response_model=DebtorShown, summary="One debtor")
def one(session: Work, debtor_id: UUID) -> Any:
    found = session.get(Debtor, debtor_id, options=[selectinload(Debtor.contact_points)])
    if found is None:
        raise NotFound("debtor", debtor_id)
    return found


@router.post("", status_code=201, response_model=DebtorShown, summary="Take a debtor in")
def take_in(body: DebtorIn, write: Writing) -> JSONResponse:
    points = [(point.channel, point.address) for point in body.contact_points]
    new = NewDebtor(**{**body.model_dump(), "contact_points": points})
    return write.once(body, lambda: DebtorShown.model_validate(register_debtor(write.session, write.clock, new)))
