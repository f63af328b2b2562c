"""`/documents`: receipts, certificates, plan agreements and case files, as PDF, each told by the hash of its bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, JSONResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.ledger.needs import Work, Write, Writing
from api.ledger.paging import Cursor, DebtorId, Limit, Page, equal, page_of
from api.ledger.values import Body, Line, Shown
from recovery.debts.find import creditor_by_key
from recovery.documents.case_file import export_case
from recovery.documents.keep_document import file_of_document
from recovery.documents.nothing_owed import certify_nothing_owed
from recovery.documents.plan_agreement import write_agreement
from recovery.documents.receipt import language_of, make_receipt
from recovery.documents.records import Document
from recovery.errors import Invalid, NotFound
from recovery.identity.records import Debtor
from recovery.payments.records import Payment
from recovery.plans.records import Plan

router = APIRouter(prefix="/documents", tags=["documents"])

Kind = Literal["receipt", "nothing_owed", "plan_agreement", "case_file"]


class DocumentIn(Body):
    kind: Kind
    payment_id: UUID | None = None
    plan_id: UUID | None = None
    debtor_id: UUID | None = None
    creditor: Line | None = None
    language: Literal["fr", "es", "ca"] | None = None


class DocumentShown(Shown):
    id: UUID
    kind: str
    number: str
    name: str
    language: str
    debtor_id: UUID
    creditor_id: UUID | None
    payment_id: UUID | None
    plan_id: UUID | None
    size: int
    sha256: str
    facts: dict[str, Any]
    created_at: datetime


@router.get("", response_model=Page[DocumentShown], summary="List documents")
def listed(
    session: Work,
    debtor_id: DebtorId = None,
    payment_id: Annotated[UUID | None, Query(description="Documents of this payment")] = None,
    plan_id: Annotated[UUID | None, Query(description="Documents of this plan")] = None,
    kind: Kind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [
        equal(Document.debtor_id, debtor_id),
        equal(Document.payment_id, payment_id),
        equal(Document.plan_id, plan_id),
        equal(Document.kind, kind),
    ]
    return page_of(session, select(Document), Document.id, filters, list, cursor, limit)


@router.get("/{document_id}", response_model=DocumentShown, summary="One document, without its bytes")
def one(session: Work, document_id: UUID) -> Any:
    return _known(session, Document, document_id)


@router.get("/{document_id}/file", response_class=FileResponse, summary="The PDF itself")
def file(session: Work, document_id: UUID) -> FileResponse:
    return pdf_of(_known(session, Document, document_id))


@router.post(
    "", status_code=201, response_model=DocumentShown, summary="Make a document; the same again is the same one"
)
def make(body: DocumentIn, write: Writing) -> JSONResponse:
    return write.once(body, lambda: DocumentShown.model_validate(_made(write, body)))


def pdf_of(document: Document) -> FileResponse:
    path = file_of_document(document)
    if not path.is_file():
        raise NotFound("file of document", document.id)
    disposition = f"attachment; filename*=utf-8''{quote(document.name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, max-age=3600"}
    return FileResponse(path, media_type="application/pdf", headers=headers)


def _made(write: Write, body: DocumentIn) -> Document:
    session, clock = write.session, write.clock
    if body.kind == "receipt":
        payment = _known(session, Payment, body.payment_id)
        debtor = _known(session, Debtor, payment.debtor_id)
        return make_receipt(session, clock, payment, body.language or language_of(debtor))
    if body.kind == "plan_agreement":
        plan = _known(session, Plan, body.plan_id)
        debtor = _known(session, Debtor, plan.debtor_id)
        return write_agreement(session, clock, plan, body.language or language_of(debtor))
    debtor = _known(session, Debtor, body.debtor_id)
    language = body.language or language_of(debtor)
    if body.kind == "case_file":
        return export_case(session, clock, debtor, language)
    creditor = creditor_by_key(session, body.creditor or "")
    if creditor is None:
        raise NotFound("creditor", body.creditor or "")
    return certify_nothing_owed(session, clock, debtor, creditor, language)


def _known(session: Session, record: type[Any], key: UUID | None) -> Any:
    name = record.__tablename__
    if key is None:
        raise Invalid(f"This kind of document needs a {name}_id.")
    found = session.get(record, key)
    if found is None:
        raise NotFound(name, key)
    return found
