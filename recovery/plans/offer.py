"""What is put to the debtor, one thing at a time: a new offer withdraws the one before."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.plans.records import Offer
from recovery.session.records import Conversation


def make_offer(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    kind: str,
    terms: dict[str, Any],
    until: date | None = None,
) -> Offer:
    """Put `terms` (JSON: what, how much, when, why) on the table of a verified conversation."""
    assert conversation.debtor_id is not None
    withdraw_offers(session, clock, conversation)
    offer = Offer(
        conversation_id=conversation.id,
        debtor_id=conversation.debtor_id,
        kind=kind,
        terms=terms,
        state="open",
        until=until,
        created_at=clock.now(),
    )
    session.add(offer)
    session.flush()
    record_act(session, clock, "bot", f"{kind}.offered", f"offer:{offer.id}", **terms)
    return offer


def open_offer(session: Session, conversation: Conversation, kind: str | None = None) -> Offer | None:
    wanted = (
        select(Offer)
        .where(Offer.conversation_id == conversation.id, Offer.state == "open")
        .order_by(Offer.created_at.desc())
    )
    return session.scalars(wanted.where(Offer.kind == kind) if kind else wanted).first()


def refuse_offer(session: Session, clock: Clock, offer: Offer) -> None:
    offer.state = "refused"
    record_act(session, clock, "debtor", f"{offer.kind}.refused", f"offer:{offer.id}")


def withdraw_offers(session: Session, clock: Clock, conversation: Conversation) -> None:
    for offer in session.scalars(select(Offer).where(Offer.conversation_id == conversation.id, Offer.state == "open")):
        offer.state = "withdrawn"
        record_act(session, clock, "bot", f"{offer.kind}.withdrawn", f"offer:{offer.id}")
