"""`/debts`: what is owed, split and dated, and the entries it is made of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field, StrictInt
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.ledger.arrangements import PlanShown, running_plan_of
from api.ledger.holds import HoldShown
from api.ledger.needs import Now, Work, Writing
from api.ledger.paging import Cursor, DebtorId, Limit, Page, State, equal, page_of
from api.ledger.values import Body, Cents, Currency, Day, Line, Shown
from recovery.clock import Clock, local_day
from recovery.debts.balance import Balance, balances_on, entries_of
from recovery.debts.find import creditor_by_key, fold_reference
from recovery.debts.freeze import active_holds
from recovery.debts.prescription import limit_of
from recovery.debts.records import Debt
from recovery.debts.register_debt import NewDebt, register_debt
from recovery.errors import NotFound
from recovery.identity.records import Debtor
from recovery.money import Money

router = APIRouter(prefix="/debts", tags=["debts"])


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


@router.get("", response_model=Page[DebtShown], summary="List debts")
def listed(
    session: Work, clock: Now, debtor_id: DebtorId = None, state: State = None,
    creditor: Annotated[str | None, Query(max_length=300, description="The creditor's key")] = None,
    reference: Annotated[str | None, Query(max_length=300)] = None, cursor: Cursor = None, limit: Limit = 50,
) -> Any:  # fmt: skip
    whose = Debt.creditor.has(key=creditor) if creditor else None
    folded = fold_reference(reference) if reference else None
    filters = [equal(Debt.debtor_id, debtor_id), equal(Debt.state, state), whose, equal(Debt.reference_folded, folded)]
    wanted = select(Debt).options(joinedload(Debt.creditor), joinedload(Debt.debtor))
    return page_of(session, wanted, Debt.id, filters, lambda debts: _shown(session, clock, debts), cursor, limit)


@router.get("/{debt_id}", response_model=DebtInFull, summary="One debt with its balance, holds and plan")
def one(
    session: Work,
    clock: Now,
    debt_id: UUID,
    on: Annotated[Day | None, Query(description="The balance on another day")] = None,
) -> Any:
    return in_full(session, clock, _debt(session, debt_id), on)


@router.get("/{debt_id}/entries", response_model=Entries, summary="The append-only entries, oldest first")
def entries(session: Work, debt_id: UUID) -> Any:
    return {"items": entries_of(session, _debt(session, debt_id))}


@router.post("", status_code=201, response_model=DebtInFull, summary="Take a debt in")
def take_in(body: DebtIn, write: Writing) -> JSONResponse:
    def do() -> DebtInFull:
        creditor, debtor = creditor_by_key(write.session, body.creditor), write.session.get(Debtor, body.debtor_id)
        if creditor is None:
            raise NotFound("creditor", body.creditor)
        if debtor is None:
            raise NotFound("debtor", body.debtor_id)
        facts = body.model_dump(exclude={"creditor", "debtor_id", "currency", "principal_cents"})
        new = NewDebt(**facts, principal=Money(body.principal_cents, body.currency))
        return in_full(write.session, write.clock, register_debt(write.session, write.clock, creditor, debtor, new))

    return write.once(body, do)


def in_full(session: Session, clock: Clock, debt: Debt, on: date | None = None) -> DebtInFull:
    day = on or local_day(clock, debt.debtor.time_zone)
    balance = balances_on(session, [debt], lambda _: day)[debt.id]
    plan = running_plan_of(session, debt)
    return DebtInFull(
        **_facts(debt, balance), demanded_on=debt.demanded_on, interest_stops_on=debt.interest_stops_on, assignor=debt.assignor,
        assigned_on=debt.assigned_on, claimable_until=limit_of(session, debt).last_day, interest=_interest(balance),
        holds=[HoldShown.of(hold, clock) for hold in active_holds(session, clock, debt.debtor_id, debt.id)],
        plan=PlanShown.model_validate(plan) if plan else None,
    )  # fmt: skip


def _debt(session: Session, debt_id: UUID) -> Debt:
    debt = session.get(Debt, debt_id, options=[joinedload(Debt.creditor), joinedload(Debt.debtor)])
    if debt is None:
        raise NotFound("debt", debt_id)
    return debt


def _shown(session: Session, clock: Clock, debts: Any) -> list[Any]:
    balances = balances_on(session, debts, lambda debt: local_day(clock, debt.debtor.time_zone))
    return [_facts(debt, balances[debt.id]) for debt in debts]


def _facts(debt: Debt, balance: Balance) -> dict[str, Any]:
    names = ("id", "debtor_id", "reference", "product", "description", "currency", "issued_on", "due_on", "letter_ref",
             "letter_sent_on", "state", "created_at")  # fmt: skip
    figures = {
        f"{part}_cents": getattr(balance, part).cents for part in ("principal", "interest", "indemnity", "paid", "due")
    }
    shown = BalanceShown(**figures, currency=debt.currency, as_of=balance.as_of)
    return {**{name: getattr(debt, name) for name in names}, "creditor": debt.creditor.key, "balance": shown}


def _interest(balance: Balance) -> list[InterestShown]:
    return [
        InterestShown(first=line.first, last=line.last, principal_cents=line.principal.cents,
                      rate_percent=f"{line.basis_points / 100:.2f}", source=line.source)
        for line in balance.interest_lines
    ]  # fmt: skip
