"""`/conversations`, `/disputes`, `/handovers`: what was said, what is contested, what a person was given."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from api.ledger.needs import Work
from api.ledger.paging import ConversationId, Cursor, DebtId, DebtorId, Limit, Page, State, equal, owing, page_of
from api.ledger.values import Shown
from api.widget.bodies import MessageShown
from api.widget.routes import attachment_address
from recovery.disputes.records import Dispute
from recovery.errors import NotFound
from recovery.handover.records import Handover
from recovery.session.records import Conversation, Message
from recovery.session.shown import PAGE, messages_after

conversations = APIRouter(prefix="/conversations", tags=["conversations"])
disputes = APIRouter(prefix="/disputes", tags=["disputes"])
handovers = APIRouter(prefix="/handovers", tags=["handovers"])


class ConversationShown(Shown):
    id: UUID
    channel: str
    creditor_id: UUID | None
    debtor_id: UUID | None
    language: str
    mode: str
    identity: str
    created_at: datetime
    last_inbound_at: datetime | None


class MessageWithNlu(MessageShown):
    nlu: dict[str, Any] | None = None


class ConversationInFull(ConversationShown):
    messages: list[MessageWithNlu]


class EvidenceShown(Shown):
    attachment_id: UUID
    received_at: datetime


class DisputeShown(Shown):
    id: UUID
    ticket: str
    debtor_id: UUID
    debt_id: UUID
    kind: str
    words: str
    claimed_cents: int | None
    state: str
    stages: list[Any]
    answer_due_on: date
    conversation_id: UUID | None
    created_at: datetime
    evidence: list[EvidenceShown]


class HandoverShown(Shown):
    id: UUID
    conversation_id: UUID
    debtor_id: UUID | None
    reason: str
    priority: int
    queue: str
    words: str | None
    summary: dict[str, Any]
    state: str
    takes_over: bool
    answer_due_at: datetime
    created_at: datetime
    taken_at: datetime | None
    ended_at: datetime | None
    outcome: str | None


@conversations.get("", response_model=Page[ConversationShown], summary="List conversations")
def conversations_listed(
    session: Work,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    mode: State = None,
    state: State = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [
        equal(Conversation.debtor_id, debtor_id),
        owing(Conversation.debtor_id, debt_id),
        equal(Conversation.mode, mode or state),
    ]
    return page_of(session, select(Conversation), Conversation.id, filters, list, cursor, limit)


@conversations.get(
    "/{conversation_id}", response_model=ConversationInFull, summary="One conversation with all its messages"
)
def one_conversation(session: Work, conversation_id: UUID) -> Any:
    found = session.get(Conversation, conversation_id)
    if found is None:
        raise NotFound("conversation", conversation_id)
    facts = ConversationShown.model_validate(found).model_dump()
    understood = select(Message.id, Message.nlu).where(Message.conversation_id == conversation_id)
    nlu = {str(row.id): row.nlu for row in session.execute(understood)}
    messages: list[dict[str, Any]] = []
    for seq in range(0, found.last_seq + 1, PAGE):
        messages += messages_after(session, conversation_id, seq, attachment_address)[:PAGE]
    return {**facts, "messages": [{**message, "nlu": nlu.get(message["id"])} for message in messages]}


@disputes.get("", response_model=Page[DisputeShown], summary="List disputes")
def disputes_listed(
    session: Work,
    debtor_id: DebtorId = None,
    debt_id: DebtId = None,
    state: State = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    filters = [equal(Dispute.debtor_id, debtor_id), equal(Dispute.debt_id, debt_id), equal(Dispute.state, state)]
    wanted = select(Dispute).options(selectinload(Dispute.evidence))
    return page_of(session, wanted, Dispute.id, filters, list, cursor, limit)


@disputes.get("/{dispute_id}", response_model=DisputeShown, summary="One dispute")
def one_dispute(session: Work, dispute_id: UUID) -> Any:
    found = session.get(Dispute, dispute_id)
    if found is None:
        raise NotFound("dispute", dispute_id)
    return found


@handovers.get("", response_model=Page[HandoverShown], summary="List hand-overs")
def handovers_listed(
    session: Work,
    debtor_id: DebtorId = None,
    conversation_id: ConversationId = None,
    debt_id: DebtId = None,
    state: State = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """Those made before identity was proven have a conversation and no debtor."""
    filters = [
        equal(Handover.debtor_id, debtor_id),
        equal(Handover.conversation_id, conversation_id),
        owing(Handover.debtor_id, debt_id),
        equal(Handover.state, state),
    ]
    return page_of(session, select(Handover), Handover.id, filters, list, cursor, limit)


@handovers.get("/{handover_id}", response_model=HandoverShown, summary="One hand-over")
def one_handover(session: Work, handover_id: UUID) -> Any:
    found = session.get(Handover, handover_id)
    if found is None:
        raise NotFound("handover", handover_id)
    return found
