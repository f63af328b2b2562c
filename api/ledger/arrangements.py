"""`/plans` and `/promises`: what was agreed in conversation. They are read here; a debtor's own words make them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from api.ledger.needs import Work
from api.ledger.paging import Cursor, DebtId, DebtorId, Limit, Page, State, equal, page_of
from api.ledger.values import Shown
from recovery.debts.records import Debt
from recovery.errors import NotFound
from recovery.plans.records import Plan, Promise

plans = APIRouter(prefix="/plans", tags=["plans"])
promises = APIRouter(prefix="/promises", tags=["promises"])


class InstalmentShown(Shown):
    number: int
    due_on: date
    amount_cents: int
    paid_cents: int


class PlanShown(Shown):
    id: UUID
    debtor_id: UUID
    creditor_id: UUID
    debt_ids: list[UUID]
    state: str
    currency: str
    total_cents: int
    version: int
    replaces: UUID | None
    instalments: list[InstalmentShown]
    imposed: dict[str, Any] | None
    accepted_at: datetime
    acceptance: dict[str, Any]
    created_at: datetime


class PromiseShown(Shown):
    id: UUID
    debtor_id: UUID
    debt_id: UUID
    amount_cents: int
    currency: str
    due_on: date
    method: str | None
    state: str
    conversation_id: UUID | None
    words: str | None
    created_at: datetime


@plans.get("", response_model=Page[PlanShown], summary="List instalment plans")
def plans_listed(
    session: Work,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    state: State = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [equal(Plan.debtor_id, debtor_id), _covering(debt_id), equal(Plan.state, state)]
    wanted = select(Plan).options(selectinload(Plan.instalments))
    return page_of(session, wanted, Plan.id, filters, list, cursor, limit)


@plans.get("/{plan_id}", response_model=PlanShown, summary="One plan with its schedule and the proof of its acceptance")
def one_plan(session: Work, plan_id: UUID) -> Any:
    found = session.get(Plan, plan_id)
    if found is None:
        raise NotFound("plan", plan_id)
    return PlanShown.model_validate(found)


@promises.get("", response_model=Page[PromiseShown], summary="List promises")
def promises_listed(
    session: Work,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    state: State = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [equal(Promise.debtor_id, debtor_id), equal(Promise.debt_id, debt_id), equal(Promise.state, state)]
    return page_of(session, select(Promise), Promise.id, filters, list, cursor, limit)


@promises.get("/{promise_id}", response_model=PromiseShown, summary="One promise")
def one_promise(session: Work, promise_id: UUID) -> Any:
    found = session.get(Promise, promise_id)
    if found is None:
        raise NotFound("promise", promise_id)
    return found


def running_plan_of(session: Session, debt: Debt) -> Plan | None:
    wanted = select(Plan).where(Plan.debtor_id == debt.debtor_id, Plan.state.in_(("active", "paused")), _over(debt.id))
    return session.scalar(wanted.options(selectinload(Plan.instalments)).order_by(Plan.id.desc()).limit(1))


def _covering(debt_id: UUID | None) -> ColumnElement[bool] | None:
    return None if debt_id is None else _over(debt_id)


def _over(debt_id: UUID) -> ColumnElement[bool]:
    return Plan.debt_ids.contains([str(debt_id)])
