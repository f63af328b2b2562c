"""What stands beside the conversation: the person and what they owe, as the ledger says now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from recovery.clock import Clock, local_day
from recovery.consent.records import OptOut
from recovery.debts.balance import Balance, balance_on
from recovery.debts.find import open_debts
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt, Hold
from recovery.disputes.records import Dispute, Evidence
from recovery.documents.records import Document
from recovery.identity.records import ContactPoint, Debtor
from recovery.plans.records import Instalment, Offer, Plan, Promise
from recovery.session.records import Attachment, Conversation


@dataclass(frozen=True)
class Owed:
    debt: Debt
    balance: Balance
    holds: list[Hold]


@dataclass(frozen=True)
class Schedule:
    plan: Plan
    parts: list[Instalment]
    paid_cents: int

    @property
    def next(self) -> Instalment | None:
        return next((part for part in self.parts if part.paid_cents < part.amount_cents), None)


@dataclass(frozen=True)
class Contested:
    dispute: Dispute
    reference: str
    evidence: list[Attachment]


@dataclass(frozen=True)
class CaseFile:
    debtor: Debtor
    contacts: list[ContactPoint]
    stopped: list[OptOut]
    debts: list[Owed]
    holds: list[Hold]
    references: dict[Any, str]
    schedules: list[Schedule]
    promises: list[Promise]
    disputes: list[Contested]
    documents: list[Document]

    @property
    def due_cents(self) -> int:
        return sum(owed.balance.due.cents for owed in self.debts)

    @property
    def currency(self) -> str:
        return self.debts[0].debt.currency if self.debts else "EUR"

    def has_stopped(self, contact: ContactPoint) -> bool:
        return any(stop.channel in (None, contact.channel) for stop in self.stopped)

    @property
    def has_stopped_all(self) -> bool:
        return any(stop.channel is None for stop in self.stopped)


def case_file(session: Session, clock: Clock, debtor: Debtor) -> CaseFile:
    today = local_day(clock, debtor.time_zone)
    holds = active_holds(session, clock, debtor.id)
    debts = [_owed(session, debt, today, holds) for debt in open_debts(session, debtor.id)]
    references = dict(session.execute(select(Debt.id, Debt.reference).where(Debt.debtor_id == debtor.id)).all())
    return CaseFile(
        debtor=debtor,
        contacts=_contacts(session, debtor),
        stopped=_stopped(session, debtor),
        debts=debts,
        holds=holds,
        references=references,
        schedules=_schedules(session, debtor),
        promises=_promises(session, debtor),
        disputes=_disputes(session, debtor, references),
        documents=_documents(session, debtor),
    )


def offers_in(session: Session, conversation: Conversation) -> list[Offer]:
    made = select(Offer).where(Offer.conversation_id == conversation.id)
    return list(session.scalars(made.order_by(Offer.created_at.desc(), Offer.id.desc())))


def _owed(session: Session, debt: Debt, today: Any, holds: list[Hold]) -> Owed:
    return Owed(debt, balance_on(session, debt, today), [hold for hold in holds if hold.debt_id == debt.id])


def _contacts(session: Session, debtor: Debtor) -> list[ContactPoint]:
    return list(
        session.scalars(select(ContactPoint).where(ContactPoint.debtor_id == debtor.id).order_by(ContactPoint.channel))
    )


def _stopped(session: Session, debtor: Debtor) -> list[OptOut]:
    addresses = select(ContactPoint.address).where(ContactPoint.debtor_id == debtor.id)
    whose: ColumnElement[bool] = or_(OptOut.debtor_id == debtor.id, OptOut.address.in_(addresses))
    return list(session.scalars(select(OptOut).where(OptOut.reopened_at.is_(None), whose)))


def _schedules(session: Session, debtor: Debtor) -> list[Schedule]:
    plans = select(Plan).where(Plan.debtor_id == debtor.id, Plan.state.in_(("active", "paused", "broken")))
    found = session.scalars(plans.options(selectinload(Plan.instalments)).order_by(Plan.created_at.desc()).limit(3))
    return [Schedule(plan, plan.instalments, sum(part.paid_cents for part in plan.instalments)) for plan in found]


def _promises(session: Session, debtor: Debtor) -> list[Promise]:
    made = select(Promise).where(Promise.debtor_id == debtor.id).order_by(Promise.created_at.desc())
    return list(session.scalars(made.limit(5)))


def _disputes(session: Session, debtor: Debtor, references: dict[Any, str]) -> list[Contested]:
    made = select(Dispute).where(Dispute.debtor_id == debtor.id).order_by(Dispute.created_at.desc()).limit(5)
    return [
        Contested(dispute, references.get(dispute.debt_id, ""), _evidence(session, dispute))
        for dispute in session.scalars(made)
    ]


def _documents(session: Session, debtor: Debtor) -> list[Document]:
    made = select(Document).where(Document.debtor_id == debtor.id).order_by(Document.id.desc())
    return list(session.scalars(made.limit(10)))


def _evidence(session: Session, dispute: Dispute) -> list[Attachment]:
    given = select(Attachment).join(Evidence, Evidence.attachment_id == Attachment.id)
    return list(session.scalars(given.where(Evidence.dispute_id == dispute.id).order_by(Evidence.received_at)))
