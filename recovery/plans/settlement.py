"""A reduction that the creditor's terms allow: offered with its end date, accepted or not, kept by the ledger and not by words."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.balance import balance_on, entries_of, owed_by_part
from recovery.debts.records import Debt
from recovery.debts.write_off import write_off
from recovery.money import Money
from recovery.payments.records import Payment
from recovery.plans.accept_plan import acceptance_of, running_plan
from recovery.plans.offer import make_offer
from recovery.plans.records import Offer
from recovery.plans.terms import Terms
from recovery.session.records import Conversation, Message

Kind = Literal["settlement", "early_payment"]
KINDS: tuple[Kind, ...] = ("settlement", "early_payment")
# The design's own rule: nobody is pressed to decide in less (CO-11).
LEAST_DAYS = 15


def reduction_allowed(session: Session, debts: Sequence[Debt], today: date) -> tuple[Kind, int] | None:
    """The kind and the whole percent, the better of two; None where the terms allow none.

    `early_payment` is for what is not yet due, or is being paid by instalments: paying it all at once.
    """
    terms = Terms.of(debts[0].creditor.terms)
    early = (
        all(debt.due_on >= today for debt in debts) or running_plan(session, {debt.id for debt in debts}) is not None
    )
    allowed: list[tuple[Kind, int]] = [("settlement", terms.settlement_discount_percent)]
    if early:
        allowed.append(("early_payment", terms.early_payment_discount_percent))
    kind, percent = max(allowed, key=lambda one: one[1])
    return (kind, percent) if percent > 0 else None


def offer_reduction(
    session: Session, clock: Clock, conversation: Conversation, debts: Sequence[Debt], kind: Kind, percent: int
) -> Offer:
    """The reduced sum of each debt, open for at least fifteen days."""
    today = local_day(clock, debts[0].debtor.time_zone)
    dues = {str(debt.id): balance_on(session, debt, today).due for debt in debts}
    shares = {key: due.share(100 - percent, 100).cents for key, due in dues.items()}
    terms: dict[str, Any] = {
        "debt_ids": list(shares),
        "shares": shares,
        "cents": sum(shares.values()),
        "due_cents": sum(due.cents for due in dues.values()),
        "currency": debts[0].currency,
        "percent": percent,
    }
    return make_offer(session, clock, conversation, kind, terms, until=today + timedelta(days=LEAST_DAYS))


def accept_reduction(
    session: Session, clock: Clock, conversation: Conversation, offer: Offer, message: Message
) -> None:
    """In the debtor's words. What is above the reduced sum is written off once that sum is paid in time."""
    offer.state = "accepted"
    offer.terms = {**offer.terms, "acceptance": acceptance_of(conversation, message, offer.terms)}
    session.flush()
    record_act(session, clock, "debtor", f"{offer.kind}.accepted", f"offer:{offer.id}", cents=offer.terms["cents"])


def write_off_if_kept(session: Session, clock: Clock, debt: Debt) -> None:
    """After a payment: the reduced sum is there in time, and the creditor gives up the rest of this debt."""
    for offer in session.scalars(
        select(Offer).where(Offer.debtor_id == debt.debtor_id, Offer.kind.in_(KINDS), Offer.state == "accepted")
    ):
        share = offer.terms["shares"].get(str(debt.id))
        if share is None or offer.until is None:
            continue
        left = sum(owed_by_part(entries_of(session, debt)).values())
        if _paid_since(session, debt, offer) >= share and left > 0:
            write_off(session, clock, debt, Money(left, debt.currency), f"{offer.kind} {offer.id}")


def expire_offers(session: Session, clock: Clock) -> list[Offer]:
    """For the timetable: reductions nobody took in time, and those taken and not paid."""
    today = local_day(clock, "Europe/Paris")
    late = select(Offer).where(
        Offer.kind.in_(KINDS), Offer.state.in_(("open", "accepted")), Offer.until < today - timedelta(days=1)
    )
    expired = [offer for offer in session.scalars(late.with_for_update(skip_locked=True)) if not _kept(session, offer)]
    for offer in expired:
        offer.state = "expired"
        record_act(session, clock, "system", f"{offer.kind}.expired", f"offer:{offer.id}")
    session.flush()
    return expired


def _kept(session: Session, offer: Offer) -> bool:
    ids = [uuid.UUID(key) for key in offer.terms["debt_ids"]]
    states = set(session.scalars(select(Debt.state).where(Debt.id.in_(ids))))
    return offer.state == "accepted" and states <= {"settled"}


def _paid_since(session: Session, debt: Debt, offer: Offer) -> int:
    made_on = offer.created_at.date()
    wanted = select(func.sum(Payment.amount_cents)).where(
        Payment.debt_id == debt.id, Payment.paid_on.between(made_on, offer.until), Payment.reversed_on.is_(None)
    )
    return int(session.scalar(wanted) or 0)
