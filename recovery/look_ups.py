"""Indexes of the look-ups that must stay flat at a million debts, beside those the tables declare for their own keys."""

from __future__ import annotations

from sqlalchemy import Index

from recovery.debts.records import Debt, Hold
from recovery.handover.records import Handover
from recovery.plans.records import Instalment, Promise
from recovery.session.records import Conversation, Delivery, Message

OPEN_DEBTS = Index("debt_open_of_debtor", Debt.debtor_id, Debt.due_on, postgresql_where=Debt.state == "open")
ACTIVE_HOLDS = Index("hold_active_of_debtor", Hold.debtor_id, postgresql_where=Hold.lifted_at.is_(None))
WAITING_HANDOVERS = Index(
    "handover_waiting",
    Handover.priority,
    Handover.created_at,
    postgresql_where=Handover.state.in_(("waiting", "taken")),
)
OPEN_PROMISES = Index("promise_open_by_day", Promise.due_on, postgresql_where=Promise.state == "open")
UNPAID_INSTALMENTS = Index(
    "instalment_unpaid_by_day", Instalment.due_on, postgresql_where=Instalment.paid_cents < Instalment.amount_cents
)
UNHANDLED_MESSAGES = Index("message_unhandled", Message.conversation_id, postgresql_where=Message.handled_at.is_(None))
WAITING_DELIVERIES = Index("delivery_waiting", Delivery.created_at, postgresql_where=Delivery.state == "waiting")
LAST_CONVERSATION = Index("conversation_last_of_debtor", Conversation.debtor_id, Conversation.last_inbound_at)
