"""The facts of the moment a conversation is handed over: what the agent reads in ten lines, in their own language.

Facts only, as JSON (cents, ISO days); the desk words them. What is not known is absent or empty, never guessed.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import Clock, local_day
from recovery.debts.balance import balance_on
from recovery.debts.find import open_debts
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt
from recovery.disputes.records import Dispute
from recovery.identity.records import Debtor
from recovery.plans.records import Offer, Plan, Promise
from recovery.session.records import Conversation, Message

log = logging.getLogger(__name__)

LAST_TURNS = 6
# Spoken of, but nothing is asked (bot/questions/).
SETTLED = frozenset(
    "promise_made plan_made delay_given dispute_noted payment_noted payment_given hardship_told reduction_refused estate "
    "preference genuine_told".split()
)
DEFAULT_ZONE = "Europe/Paris"


def summary_of(
    session: Session, clock: Clock, conversation: Conversation, extra: dict[str, Any] | None = None
) -> dict[str, Any]:
    debtor = session.get(Debtor, conversation.debtor_id) if conversation.debtor_id else None
    facts = {
        "at": clock.now().isoformat(),
        "channel": conversation.channel,
        "language": conversation.language,
        "identity": conversation.identity,
        "expecting": None if conversation.expecting in SETTLED else conversation.expecting,
        "turns": last_turns(session, conversation),
        "offers": offers_made(session, conversation),
        "extra": extra or {},
    }
    return {**facts, **_facts_or_say_so(session, clock, debtor)} if debtor else facts


def _facts_or_say_so(session: Session, clock: Clock, debtor: Debtor) -> dict[str, Any]:
    """A person must be called even where a figure cannot be worked out: the desk says the file is incomplete."""
    try:
        with session.begin_nested():
            return facts_of_debtor(session, clock, debtor)
    except Exception:
        log.exception("The facts of debtor %s could not be gathered", debtor.id)
        return {
            "debtor": {
                "name": debtor.name,
                "kind": debtor.kind,
                "country": debtor.country,
                "hardship_kind": debtor.hardship_kind,
            },
            "incomplete": True,
        }


def facts_of_debtor(session: Session, clock: Clock, debtor: Debtor) -> dict[str, Any]:
    today = local_day(clock, debtor.time_zone or DEFAULT_ZONE)
    debts = open_debts(session, debtor.id)
    references = {str(debt.id): debt.reference for debt in debts}
    figures = [figures_of(session, debt, today) for debt in debts]
    return {
        "debtor": {
            "name": debtor.name,
            "kind": debtor.kind,
            "country": debtor.country,
            "hardship_kind": debtor.hardship_kind,
        },
        "debts": figures,
        "due_cents": sum(figure["due_cents"] for figure in figures),
        "currency": debts[0].currency if debts else "EUR",
        "holds": _holds(session, clock, debtor, references),
        "plans": _plans(session, debtor),
        "promises": _promises(session, debtor, references),
        "disputes": _disputes(session, debtor, references),
    }


def figures_of(session: Session, debt: Debt, day: date) -> dict[str, Any]:
    balance = balance_on(session, debt, day)
    return {
        "id": str(debt.id),
        "reference": debt.reference,
        "creditor": debt.creditor.name,
        "product": debt.product,
        "due_on": debt.due_on.isoformat(),
        "principal_cents": balance.principal.cents,
        "interest_cents": balance.interest.cents,
        "indemnity_cents": balance.indemnity.cents,
        "paid_cents": balance.paid.cents,
        "due_cents": balance.due.cents,
        "currency": debt.currency,
    }


def last_turns(session: Session, conversation: Conversation) -> list[dict[str, Any]]:
    """What the debtor last wrote, oldest first, and what the assistant made of it."""
    said = select(Message).where(Message.conversation_id == conversation.id, Message.author == "debtor")
    return [
        _turn(message)
        for message in reversed(list(session.scalars(said.order_by(Message.seq.desc()).limit(LAST_TURNS))))
    ]


def offers_made(session: Session, conversation: Conversation) -> list[dict[str, Any]]:
    made = select(Offer).where(Offer.conversation_id == conversation.id).order_by(Offer.created_at, Offer.id)
    return [{"kind": offer.kind, "state": offer.state, "terms": offer.terms} for offer in session.scalars(made)]


def intent_of(nlu: dict[str, Any] | None) -> tuple[str | None, float | None]:
    """The intent's name and confidence, however the model's answer was kept."""
    intent = (nlu or {}).get("intent")
    if isinstance(intent, dict):
        return intent.get("name"), intent.get("confidence")
    return intent, (nlu or {}).get("confidence")


def _turn(message: Message) -> dict[str, Any]:
    intent, confidence = intent_of(message.nlu)
    return {"text": message.text[:500], "intent": intent, "confidence": confidence, "at": message.sent_at.isoformat()}


def _holds(session: Session, clock: Clock, debtor: Debtor, references: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"kind": hold.kind, "until": _iso(hold.until), "reference": references.get(str(hold.debt_id))}
        for hold in active_holds(session, clock, debtor.id)
    ]


def _plans(session: Session, debtor: Debtor) -> list[dict[str, Any]]:
    running = (
        select(Plan).where(Plan.debtor_id == debtor.id, Plan.state.in_(("active", "paused"))).order_by(Plan.created_at)
    )
    return [_plan(plan) for plan in session.scalars(running)]


def _plan(plan: Plan) -> dict[str, Any]:
    left = [part for part in plan.instalments if part.paid_cents < part.amount_cents]
    return {
        "id": str(plan.id),
        "state": plan.state,
        "total_cents": plan.total_cents,
        "paid_cents": sum(part.paid_cents for part in plan.instalments),
        "count": len(plan.instalments),
        "left": len(left),
        "next_on": _iso(left[0].due_on) if left else None,
        "next_cents": left[0].amount_cents - left[0].paid_cents if left else None,
        "currency": plan.currency,
    }


def _promises(session: Session, debtor: Debtor, references: dict[str, str]) -> list[dict[str, Any]]:
    made = (
        select(Promise)
        .where(Promise.debtor_id == debtor.id, Promise.state.in_(("open", "broken")))
        .order_by(Promise.due_on)
    )
    return [
        {
            "cents": promise.amount_cents,
            "currency": promise.currency,
            "due_on": promise.due_on.isoformat(),
            "state": promise.state,
            "reference": references.get(str(promise.debt_id)),
        }
        for promise in session.scalars(made)
    ]


def _disputes(session: Session, debtor: Debtor, references: dict[str, str]) -> list[dict[str, Any]]:
    running = select(Dispute).where(
        Dispute.debtor_id == debtor.id, Dispute.state.not_in(("upheld", "rejected", "withdrawn"))
    )
    return [
        {
            "ticket": dispute.ticket,
            "kind": dispute.kind,
            "state": dispute.state,
            "answer_due_on": dispute.answer_due_on.isoformat(),
            "reference": references.get(str(dispute.debt_id)),
        }
        for dispute in session.scalars(running.order_by(Dispute.created_at))
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
