"""`/creditor-notices`: what each creditor's own system was told of, and when. Read here; the audit trail makes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from api.ledger.needs import Work
from api.ledger.paging import Cursor, DebtId, DebtorId, Limit, Page, State, equal, owing, page_of
from api.ledger.values import Shown
from recovery.creditors.records import CreditorNotice
from recovery.errors import NotFound

router = APIRouter(prefix="/creditor-notices", tags=["creditor notices"])


class NoticeShown(Shown):
    id: UUID
    creditor_id: UUID
    debtor_id: UUID
    kind: str
    body: dict[str, Any]
    state: str
    attempts: int
    last_error: str | None
    created_at: datetime
    told_at: datetime | None


@router.get("", response_model=Page[NoticeShown], summary="List what creditors were told")
def listed(
    session: Work,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    state: State = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [
        equal(CreditorNotice.debtor_id, debtor_id),
        owing(CreditorNotice.debtor_id, debt_id),
        equal(CreditorNotice.state, state),
    ]
    return page_of(session, select(CreditorNotice), CreditorNotice.id, filters, list, cursor, limit)


@router.get("/{notice_id}", response_model=NoticeShown, summary="One notice")
def one(session: Work, notice_id: UUID) -> Any:
    found = session.get(CreditorNotice, notice_id)
    if found is None:
        raise NotFound("creditor notice", notice_id)
    return found
