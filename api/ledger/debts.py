"""`/debts`: what is owed, split and dated, and the entries it is made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.ledger.arrangements import PlanShown, running_plan_of
from api.ledger.debt_shapes import BalanceShown, DebtIn, DebtInFull, DebtShown, Entries, InterestShown
from api.ledger.holds import HoldShown
from api.ledger.needs import Now, Work, Writing
from api.ledger.paging import Cursor, DebtId, DebtorId, Limit, Page, State, equal, page_of
from api.ledger.values import Day
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


@router.get("", response_model=Page[DebtShown], summary="List debts")
def listed(
    session: Work,
    clock: Now,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    state: State = None,
    creditor: Annotated[str | None, Query(max_length=300, description="The creditor's key")] = None,
    reference: Annotated[str | None, Query(max_length=300)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    whose = Debt.creditor.has(key=creditor) if creditor else None
    folded = fold_reference(reference) if reference else None
    filters = [
        equal(Debt.debtor_id, debtor_id),
        equal(Debt.id, debt_id),
        equal(Debt.state, state),
        equal(Debt.reference_folded, folded),
        whose,
    ]
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
        **_facts(debt, balance),
        demanded_on=debt.demanded_on,
        interest_stops_on=debt.interest_stops_on,
        assignor=debt.assignor,
        assigned_on=debt.assigned_on,
        claimable_until=limit_of(session, debt).last_day,
        interest=_interest(balance),
        holds=[HoldShown.of(hold, clock) for hold in active_holds(session, clock, debt.debtor_id, debt.id)],
        plan=PlanShown.model_validate(plan) if plan else None,
    )


def _debt(session: Session, debt_id: UUID) -> Debt:
    debt = session.get(Debt, debt_id, options=[joinedload(Debt.creditor), joinedload(Debt.debtor)])
    if debt is None:
        raise NotFound("debt", debt_id)
    return debt


def _shown(session: Session, clock: Clock, debts: Any) -> list[Any]:
    balances = balances_on(session, debts, lambda debt: local_day(clock, debt.debtor.time_zone))
    return [_facts(debt, balances[debt.id]) for debt in debts]


def _facts(debt: Debt, balance: Balance) -> dict[str, Any]:
    names = (
        "id",
        "debtor_id",
        "reference",
        "product",
        "description",
        "currency",
        "issued_on",
        "due_on",
        "letter_ref",
        "letter_sent_on",
        "state",
        "created_at",
    )
    figures = {
        f"{part}_cents": getattr(balance, part).cents for part in ("principal", "interest", "indemnity", "paid", "due")
    }
    shown = BalanceShown(**figures, currency=debt.currency, as_of=balance.as_of)
    return {**{name: getattr(debt, name) for name in names}, "creditor": debt.creditor.key, "balance": shown}


def _interest(balance: Balance) -> list[InterestShown]:
    return [
        InterestShown(
            first=line.first,
            last=line.last,
            principal_cents=line.principal.cents,
            rate_percent=f"{line.basis_points / 100:.2f}",
            source=line.source,
        )
        for line in balance.interest_lines
    ]
