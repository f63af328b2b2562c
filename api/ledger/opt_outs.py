"""`/opt-outs`: who asked for silence, where. A creditor's system may add one that reached it by letter or telephone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field, model_validator
from sqlalchemy import select

from api.ledger.needs import Work, Writing
from api.ledger.paging import ConversationId, Cursor, DebtId, DebtorId, Limit, Page, equal, owing, page_of
from api.ledger.values import Body, Line, Shown, Words
from recovery.audit import record_act
from recovery.consent.records import OptOut
from recovery.errors import NotFound
from recovery.identity.records import Debtor
from recovery.identity.register_debtor import BY_TELEPHONE, normalised

router = APIRouter(prefix="/opt-outs", tags=["opt-outs"])


class OptOutIn(Body):
    debtor_id: UUID | None = None
    channel: Literal["sms", "whatsapp", "telegram", "email", "web", "post"] | None = Field(
        None, description="Null: every channel"
    )
    address: Line | None = Field(None, description="Where the person is not known, the address alone")
    words: Words | None = None

    @model_validator(mode="after")
    def _somebody(self) -> OptOutIn:
        if self.debtor_id is None and not (self.channel and self.address):
            raise ValueError("an opt-out names a debtor, or a channel and an address")
        if self.channel in BY_TELEPHONE and self.address and not self.address.startswith("+"):
            raise ValueError("a telephone number is written in full: +33...")
        return self


class OptOutShown(Shown):
    id: UUID
    debtor_id: UUID | None
    channel: str | None
    address: str | None
    conversation_id: UUID | None
    words: str | None
    created_at: datetime
    reopened_at: datetime | None


@router.get("", response_model=Page[OptOutShown], summary="List opt-outs")
def listed(
    session: Work,
    debtor_id: DebtorId = None,
    conversation_id: ConversationId = None,
    debt_id: DebtId = None,
    state: Literal["active", "reopened"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    kept = {None: None, "active": OptOut.reopened_at.is_(None), "reopened": OptOut.reopened_at.is_not(None)}[state]
    filters = [
        equal(OptOut.debtor_id, debtor_id),
        equal(OptOut.conversation_id, conversation_id),
        owing(OptOut.debtor_id, debt_id),
        kept,
    ]
    return page_of(session, select(OptOut), OptOut.id, filters, list, cursor, limit)


@router.get("/{opt_out_id}", response_model=OptOutShown, summary="One opt-out")
def one(session: Work, opt_out_id: UUID) -> Any:
    found = session.get(OptOut, opt_out_id)
    if found is None:
        raise NotFound("opt-out", opt_out_id)
    return found


@router.post("", status_code=201, response_model=OptOutShown, summary="Note that somebody asked for silence")
def note(body: OptOutIn, write: Writing) -> JSONResponse:
    def do() -> OptOutShown:
        if body.debtor_id and write.session.get(Debtor, body.debtor_id) is None:
            raise NotFound("debtor", body.debtor_id)
        address = normalised(body.channel, body.address, "FR") if body.channel and body.address else body.address
        wish = OptOut(
            debtor_id=body.debtor_id,
            channel=body.channel,
            address=address,
            words=body.words,
            created_at=write.clock.now(),
        )
        write.session.add(wish)
        write.session.flush()
        record_act(
            write.session, write.clock, "api", "contact.stopped", f"opt_out:{wish.id}", channel=body.channel or "all"
        )
        return OptOutShown.model_validate(wish)

    return write.once(body, do)
