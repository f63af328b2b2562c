"""Payments and proposals that a creditor must learn of (CPCEx R124-5; IN-01), read from the audit trail: whatever wrote a line of it,
the debtor's words, the ledger API or a provider's call, is told of once.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import AuditLine
from recovery.clock import Clock
from recovery.creditors.records import CreditorNotice, NewsRead
from recovery.debts.records import Creditor, Debt
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.payments.records import Payment
from recovery.plans.records import Offer, Plan, Promise
from recovery.session.jobs import enqueue

READER = "creditors"
AT_A_TIME = 1000  # lines of the trail in one look; the next look goes on from there


@dataclass(frozen=True)
class News:
    debts: list[Debt]
    facts: dict[str, Any]


def note_news(session: Session, clock: Clock) -> list[CreditorNotice]:
    """For the timetable: the notices that new lines of the trail make, on their way to the creditors that have an address."""
    place = session.scalar(select(NewsRead).where(NewsRead.reader == READER).with_for_update())
    if place is None:
        session.add(place := NewsRead(reader=READER, line=0))
    lines = session.scalars(
        select(AuditLine).where(AuditLine.id > place.line).order_by(AuditLine.id).limit(AT_A_TIME)
    ).all()
    notices = [notice for line in lines if (notice := _notice(session, clock, line))]
    place.line = lines[-1].id if lines else place.line
    session.flush()
    for notice in notices:
        enqueue(session, "tell_creditor", None, "deliveries", notice_id=str(notice.id))
    return notices


def _notice(session: Session, clock: Clock, line: AuditLine) -> CreditorNotice | None:
    read = READ.get(line.act)
    news = read(session, line) if read else None
    if news is None or not news.debts:
        return None
    debt = news.debts[0]
    creditor = session.get_one(Creditor, debt.creditor_id)
    if creditor.notify_url is None:
        return None
    kind = "proposal.outside_terms" if line.act == "handover.asked" else line.act
    notice = CreditorNotice(
        creditor_id=creditor.id, debtor_id=debt.debtor_id, line=line.id, kind=kind, state="waiting",
        created_at=clock.now(), body=_body(session, line, kind, creditor, news),
    )  # fmt: skip
    session.add(notice)
    session.flush()
    return notice


def _body(session: Session, line: AuditLine, kind: str, creditor: Creditor, news: News) -> dict[str, Any]:
    debtor = session.get_one(Debtor, news.debts[0].debtor_id)
    debts = [
        {"id": str(debt.id), "reference": debt.reference, "on_behalf_of": debt.on_behalf_of, "state": debt.state}
        for debt in news.debts
    ]
    return {
        "number": line.id,
        "event": kind,
        "at": line.at.isoformat(),
        "creditor": creditor.key,
        "debtor": {"id": str(debtor.id), "external_id": debtor.external_id},
        "debts": debts,
        "facts": news.facts,
    }


def _payment(session: Session, line: AuditLine) -> News | None:
    payment = session.get_one(Payment, uuid.UUID(line.facts["payment"]))
    debt = session.get_one(Debt, payment.debt_id)
    plan = session.scalars(_plans_over(debt).order_by(Plan.accepted_at.desc()).limit(1)).first()
    return News(
        [debt],
        {
            "payment": str(payment.id),
            "amount_cents": payment.amount_cents,
            "currency": payment.currency,
            "paid_on": payment.paid_on.isoformat(),
            "method": payment.method,
            "external_ref": payment.external_ref,
            "reversed_on": payment.reversed_on.isoformat() if payment.reversed_on else None,
            "under_plan": str(plan.id) if plan else None,
        },
    )


def _plans_over(debt: Debt) -> Any:
    running = ("active", "paused", "completed")
    return select(Plan).where(
        Plan.debtor_id == debt.debtor_id, Plan.state.in_(running), Plan.debt_ids.contains([str(debt.id)])
    )


def _plan(session: Session, line: AuditLine) -> News | None:
    plan = session.get_one(Plan, _subject(line))
    schedule = [{"due_on": part.due_on.isoformat(), "amount_cents": part.amount_cents} for part in plan.instalments]
    facts = {"plan": str(plan.id), "version": plan.version, "replaces": str(plan.replaces) if plan.replaces else None}
    return News(
        _debts(session, plan.debt_ids),
        {
            **facts,
            "imposed": plan.imposed,
            "total_cents": plan.total_cents,
            "currency": plan.currency,
            "instalments": schedule,
        },
    )


def _wiped_out(session: Session, line: AuditLine) -> News | None:
    told = {name: line.facts.get(name) for name in ("decided_on", "reference", "amount_cents")}
    return News([session.get_one(Debt, _subject(line))], told)


def _promise(session: Session, line: AuditLine) -> News | None:
    promise = session.get_one(Promise, _subject(line))
    return News(
        [session.get_one(Debt, promise.debt_id)],
        {
            "promise": str(promise.id),
            "amount_cents": promise.amount_cents,
            "currency": promise.currency,
            "due_on": promise.due_on.isoformat(),
        },
    )


def _reduction(session: Session, line: AuditLine) -> News | None:
    offer = session.get_one(Offer, _subject(line))
    told = {name: offer.terms.get(name) for name in ("cents", "due_cents", "currency", "percent")}
    until = offer.until.isoformat() if offer.until else None
    return News(_debts(session, offer.terms["debt_ids"]), {"offer": str(offer.id), "until": until, **told})


def _proposal(session: Session, line: AuditLine) -> News | None:
    """What the debtor could pay and the terms do not allow: in the hands of a person, and told to whoever may decide."""
    if line.facts.get("reason") != "plan_outside_terms":
        return None
    handover = session.get_one(Handover, uuid.UUID(line.facts["handover"]))
    extra = handover.summary.get("extra") or {}
    wanted = select(Debt).where(Debt.debtor_id == handover.debtor_id, Debt.reference.in_(extra.get("references") or []))
    facts = {name: extra.get(name) for name in ("debtor_proposal", "debtor_proposals")}
    return News(list(session.scalars(wanted.order_by(Debt.due_on))), {"handover": str(handover.id), **facts})


def _debts(session: Session, keys: list[str]) -> list[Debt]:
    return [session.get_one(Debt, uuid.UUID(key)) for key in keys]


def _subject(line: AuditLine) -> uuid.UUID:
    return uuid.UUID(line.subject.partition(":")[2])


READ: dict[str, Callable[[Session, AuditLine], News | None]] = {
    "payment.recorded": _payment,
    "payment.reversed": _payment,
    "plan.accepted": _plan,
    "plan.changed": _plan,
    "plan.cancelled": _plan,
    "measures.imposed": _plan,
    "debt.wiped_out": _wiped_out,
    "promise.made": _promise,
    "promise.cancelled": _promise,
    "settlement.accepted": _reduction,
    "early_payment.accepted": _reduction,
    "handover.asked": _proposal,
}
