"""`/data-requests` and `/complaints`: what a person asked of us about their data, and what they complained of. Read here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from api.ledger.needs import Work
from api.ledger.paging import ConversationId, Cursor, DebtorId, Limit, Page, State, equal, page_of
from api.ledger.values import Shown
from recovery.consent.records import Complaint, DataRequest
from recovery.errors import NotFound

data_requests = APIRouter(prefix="/data-requests", tags=["data requests"])
complaints = APIRouter(prefix="/complaints", tags=["complaints"])


class DataRequestShown(Shown):
    id: UUID
    debtor_id: UUID | None
    kind: str
    words: str
    due_on: date
    state: str
    conversation_id: UUID | None
    created_at: datetime


class ComplaintShown(Shown):
    id: UUID
    debtor_id: UUID | None
    kind: str
    words: str
    conversation_id: UUID | None
    created_at: datetime


@data_requests.get("", response_model=Page[DataRequestShown], summary="List data requests")
def data_requests_listed(
    session: Work,
    debtor_id: DebtorId = None,
    conversation_id: ConversationId = None,
    state: State = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [
        equal(DataRequest.debtor_id, debtor_id),
        equal(DataRequest.conversation_id, conversation_id),
        equal(DataRequest.state, state),
    ]
    return page_of(session, select(DataRequest), DataRequest.id, filters, list, cursor, limit)


@data_requests.get("/{request_id}", response_model=DataRequestShown, summary="One data request")
def one_data_request(session: Work, request_id: UUID) -> Any:
    found = session.get(DataRequest, request_id)
    if found is None:
        raise NotFound("data request", request_id)
    return found


@complaints.get("", response_model=Page[ComplaintShown], summary="List complaints")
def complaints_listed(
    session: Work,
    debtor_id: DebtorId = None,
    conversation_id: ConversationId = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [equal(Complaint.debtor_id, debtor_id), equal(Complaint.conversation_id, conversation_id)]
    return page_of(session, select(Complaint), Complaint.id, filters, list, cursor, limit)


@complaints.get("/{complaint_id}", response_model=ComplaintShown, summary="One complaint")
def one_complaint(session: Work, complaint_id: UUID) -> Any:
    found = session.get(Complaint, complaint_id)
    if found is None:
        raise NotFound("complaint", complaint_id)
    return found
