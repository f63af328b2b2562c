"""`/holds`: while one is active nothing is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field
from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from api.ledger.needs import Now, Work, Writing
from api.ledger.paging import Cursor, DebtId, DebtorId, Limit, Page, equal, page_of
from api.ledger.values import Body, Day, Line, Shown
from recovery.clock import Clock, local_day
from recovery.countries.insolvency import Stage, effect_of
from recovery.debts.freeze import freeze, lift
from recovery.debts.records import Debt, Hold
from recovery.debts.stop_interest import stop_interest
from recovery.errors import Invalid, NotFound
from recovery.identity.records import Debtor

router = APIRouter(prefix="/holds", tags=["holds"])

Kind = Literal[
    "dispute",
    "paid",
    "hardship",
    "distress",
    "overindebtedness",
    "insolvency",
    "deceased",
    "represented",
    "data_rights",
    "fraud",
    "delay",
    "time_barred",
    "minor",
    "measures",
    "legal",
]


class HoldIn(Body):
    debtor_id: UUID
    debt_id: UUID | None = Field(None, description="Null: every debt of the debtor")
    kind: Kind = Field(description="Measures are entered with their sums, at /measures")
    reason: Line | None = None
    until: Day | None = Field(None, description="Null: until somebody lifts it")
    stage: Stage | None = Field(
        None, description="How far over-indebtedness or insolvency has come; `admissible`: decided on"
    )
    interest_stops_on: Day | None = Field(
        None, description="Day of admissibility, of the insolvency order or of a judge's grace: no interest from it on"
    )


class LiftIn(Body):
    because: Line = Field(examples=["the dispute was answered"])


class HoldShown(Shown):
    id: UUID
    debtor_id: UUID
    debt_id: UUID | None
    kind: str
    reason: str | None
    state: Literal["active", "ended"]
    created_at: datetime
    until: date | None
    lifted_at: datetime | None
    lifted_because: str | None

    @classmethod
    def of(cls, hold: Hold, clock: Clock) -> HoldShown:
        over = hold.lifted_at is not None or (hold.until is not None and hold.until < clock.now().date())
        names = set(cls.model_fields) - {"state"}
        return cls(**{name: getattr(hold, name) for name in names}, state="ended" if over else "active")


@router.get("", response_model=Page[HoldShown], summary="List holds")
def listed(
    session: Work,
    clock: Now,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    state: Literal["active", "ended"] | None = None,
    kind: Kind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [
        equal(Hold.debtor_id, debtor_id),
        equal(Hold.debt_id, debt_id),
        equal(Hold.kind, kind),
        _in_state(state, clock),
    ]
    return page_of(
        session, select(Hold), Hold.id, filters, lambda held: [HoldShown.of(h, clock) for h in held], cursor, limit
    )


@router.get("/{hold_id}", response_model=HoldShown, summary="One hold")
def one(session: Work, clock: Now, hold_id: UUID) -> Any:
    return HoldShown.of(_hold(session, hold_id), clock)


@router.post("", status_code=201, response_model=HoldShown, summary="Hold a debt, or all those of a debtor")
def place(body: HoldIn, write: Writing) -> JSONResponse:
    def do() -> HoldShown:
        debtor = write.session.get(Debtor, body.debtor_id)
        if debtor is None:
            raise NotFound("debtor", body.debtor_id)
        debt = write.session.get(Debt, body.debt_id) if body.debt_id else None
        if body.debt_id and debt is None:
            raise NotFound("debt", body.debt_id)
        if debt is not None and debt.debtor_id != body.debtor_id:
            raise Invalid(f"Debt {debt.reference} is another debtor's.")
        if body.kind == "measures":
            raise Invalid("Measures are entered with their sums, at /measures.")
        hold = freeze(write.session, write.clock, **body.model_dump(exclude={"interest_stops_on", "stage"}))
        if stops_on := _interest_stops_on(body, debtor, write.clock):
            stop_interest(write.session, write.clock, body.debtor_id, stops_on, body.stage or body.kind)
        return HoldShown.of(hold, write.clock)

    return write.once(body, do)


@router.post("/{hold_id}/lift", status_code=201, response_model=HoldShown, summary="Lift a hold")
def lift_it(hold_id: UUID, body: LiftIn, write: Writing) -> JSONResponse:
    def do() -> HoldShown:
        hold = _hold(write.session, hold_id)
        lift(write.session, write.clock, hold, body.because)
        return HoldShown.of(hold, write.clock)

    return write.once(body, do)


def _interest_stops_on(body: HoldIn, debtor: Debtor, clock: Clock) -> date | None:
    """The day told, else today where the law ends interest at that stage (C. conso. L722-14, TRLC 152)."""
    if body.interest_stops_on or body.stage is None or effect_of(debtor.country, body.stage).interest:
        return body.interest_stops_on
    return local_day(clock, debtor.time_zone)


def _hold(session: Session, hold_id: UUID) -> Hold:
    hold = session.get(Hold, hold_id)
    if hold is None:
        raise NotFound("hold", hold_id)
    return hold


def _in_state(state: str | None, clock: Clock) -> ColumnElement[bool] | None:
    active = and_(Hold.lifted_at.is_(None), or_(Hold.until.is_(None), Hold.until >= clock.now().date()))
    return None if state is None else (active if state == "active" else not_(active))
