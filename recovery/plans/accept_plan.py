"""From an offer accepted in the debtor's own words to a plan with its schedule and the proof of the acceptance."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.freeze import LEAVES_OPEN, active_holds
from recovery.debts.records import Debt
from recovery.errors import DebtOnHold, Invalid
from recovery.money import Money
from recovery.plans.pauses import end_pauses
from recovery.plans.records import Instalment, Offer, Plan, Promise
from recovery.session.records import Conversation, Message


def accept_plan(session: Session, clock: Clock, conversation: Conversation, offer: Offer, message: Message) -> Plan:
    """The plan of an open offer. Running plans and open promises on the same debts are replaced, and kept; time given that
    lasts beyond its first day ends.
    """
    if offer.state != "open" or offer.kind != "plan":
        raise Invalid("This offer is no longer on the table.")
    debts = [session.get_one(Debt, uuid.UUID(key)) for key in offer.terms["debt_ids"]]
    parts = parts_of(offer)
    total = sum((amount for _, amount in parts[1:]), parts[0][1])
    replaced = _replace_running(session, clock, debts)
    plan = Plan(
        debtor_id=offer.debtor_id, creditor_id=debts[0].creditor_id, debt_ids=offer.terms["debt_ids"], state="active",
        currency=total.currency, total_cents=total.cents, version=replaced.version + 1 if replaced else 1,
        replaces=replaced.id if replaced else None, pauses_used=replaced.pauses_used if replaced else 0,
        accepted_at=clock.now(), created_at=clock.now(), acceptance=acceptance_of(conversation, message, offer.terms),
        instalments=[Instalment(number=n, due_on=day, amount_cents=amount.cents) for n, (day, amount) in enumerate(parts, 1)],
    )  # fmt: skip
    session.add(plan)
    offer.state = "accepted"
    end_pauses(session, clock, debts, parts[0][0])
    for debt in debts:
        # Accepting a plan acknowledges the debt, and its period starts again (C.civ 2240, CC 1973; IN-11).
        debt.acknowledged_on = local_day(clock, debt.debtor.time_zone)
    session.flush()
    record_act(
        session,
        clock,
        "debtor",
        "plan.accepted",
        f"plan:{plan.id}",
        total_cents=total.cents,
        parts=len(parts),
        offer=str(offer.id),
    )
    return plan


def parts_of(offer: Offer) -> list[tuple[date, Money]]:
    return [(date.fromisoformat(day), Money(cents, offer.terms["currency"])) for day, cents in offer.terms["parts"]]


def acceptance_of(conversation: Conversation, message: Message, shown: dict[str, Any]) -> dict[str, Any]:
    """Proof (C.civ 1366, 1367): who said yes, in which words, when and where, to exactly what was shown."""
    return {
        "words": message.text,
        "message_id": str(message.id),
        "conversation_id": str(conversation.id),
        "channel": conversation.channel,
        "address": conversation.address,
        "at": message.sent_at.isoformat(),
        "sha256": hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest(),
    }


def running_plan(session: Session, debt_ids: set[uuid.UUID]) -> Plan | None:
    """The active or paused plan that covers one of these debts."""
    debtors = select(Debt.debtor_id).where(Debt.id.in_(debt_ids))
    plans = session.scalars(select(Plan).where(Plan.debtor_id.in_(debtors), Plan.state.in_(("active", "paused"))))
    return next((plan for plan in plans if {uuid.UUID(key) for key in plan.debt_ids} & debt_ids), None)


def _replace_running(session: Session, clock: Clock, debts: list[Debt]) -> Plan | None:
    for debt in debts:
        for hold in active_holds(session, clock, debt.debtor_id, debt.id):
            if hold.kind not in LEAVES_OPEN:
                raise DebtOnHold(debt.reference, hold.kind)
    ids = {debt.id for debt in debts}
    for promise in session.scalars(select(Promise).where(Promise.debt_id.in_(ids), Promise.state == "open")):
        promise.state = "replaced"
        record_act(session, clock, "debtor", "promise.replaced", f"promise:{promise.id}")
    plan = running_plan(session, ids)
    if plan:
        plan.state = "replaced"
        record_act(session, clock, "debtor", "plan.replaced", f"plan:{plan.id}")
    return plan
