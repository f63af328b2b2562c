"""When a case is closed, and what keeps it open or its words where they are."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.audit import AuditLine
from recovery.clock import Clock
from recovery.consent.records import DataRequest
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import OPEN_STATES
from recovery.disputes.records import Dispute
from recovery.handover.hand_over import OPEN as HANDOVER_OPEN
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.payments.records import Payment
from recovery.session.records import Conversation, Message
from recovery.written import day_there

CLOSING_ACTS = ("debt.settled", "debt.cancelled", "debt.time_barred")
# Holds that say nothing of a quarrel: a debt too old is closed, time that was given has passed with the debt.
OF_NO_CONSEQUENCE = frozenset({"time_barred", "delay", "hardship"})


def kept_because(session: Session, clock: Clock, debtor: Debtor) -> str | None:
    """What stands against putting away or destroying the words of this case; None where nothing does."""
    if session.scalar(select(Debt.id).where(Debt.debtor_id == debtor.id, Debt.state == "open").limit(1)):
        return "a debt is open"
    if session.scalar(
        select(Dispute.id).where(Dispute.debtor_id == debtor.id, Dispute.state.in_(OPEN_STATES)).limit(1)
    ):
        return "a dispute is open"
    if session.scalar(
        select(DataRequest.id).where(DataRequest.debtor_id == debtor.id, DataRequest.state == "open").limit(1)
    ):
        return "a data request is open"
    if session.scalar(
        select(Handover.id).where(Handover.debtor_id == debtor.id, Handover.state.in_(HANDOVER_OPEN)).limit(1)
    ):
        return "a person has it"
    held = {hold.kind for hold in active_holds(session, clock, debtor.id)} - OF_NO_CONSEQUENCE
    return f"held: {', '.join(sorted(held))}" if held else None


def closed_on(session: Session, debtor: Debtor) -> date | None:
    """The day of the last thing that happened: a debt closed, money recorded, a word said. None where no debt was ever closed."""
    debts = session.scalars(select(Debt).where(Debt.debtor_id == debtor.id)).all()
    moments: list[datetime | None] = [_closed_at(session, debt) for debt in debts]
    if not moments:
        return None
    talks = select(Conversation.id).where(Conversation.debtor_id == debtor.id)
    moments += [
        session.scalar(select(func.max(Message.sent_at)).where(Message.conversation_id.in_(talks))),
        session.scalar(select(func.max(Payment.recorded_at)).where(Payment.debtor_id == debtor.id)),
        session.scalar(select(func.max(Handover.ended_at)).where(Handover.debtor_id == debtor.id)),
    ]
    return day_there(max(moment for moment in moments if moment), debtor.time_zone)


def _closed_at(session: Session, debt: Debt) -> datetime:
    """As the trail says; a debt that came in closed, the day it came."""
    acts = select(func.max(AuditLine.at)).where(AuditLine.subject == f"debt:{debt.id}", AuditLine.act.in_(CLOSING_ACTS))
    return session.scalar(acts) or debt.created_at


def talks_of(session: Session, debtor_id: uuid.UUID) -> list[Conversation]:
    return list(
        session.scalars(
            select(Conversation).where(Conversation.debtor_id == debtor_id).order_by(Conversation.created_at)
        )
    )
