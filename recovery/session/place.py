"""A talk that moves to another channel keeps its place: the open question, what was chosen, the offer on the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.identity.records import Debtor
from recovery.plans.records import Offer
from recovery.session.records import Conversation
from recovery.session.tokens import Link, use_link

PLACE_DAYS = 30  # older questions are asked anew: figures and dates have moved on
BY_LINK = "came_by_link"  # in the context: they came from another channel, and go on once identity is proven again
# What belongs to the other talk alone.
LEFT_BEHIND = ("resuming", "told_locked", "misunderstood", BY_LINK)


@dataclass(frozen=True)
class Place:
    expecting: str
    context: dict[str, Any]


def arrive_by_link(session: Session, clock: Clock, conversation: Conversation, link: Link) -> None:
    """The link was sent to an address of this debtor: one fact, as good as writing from there (identity asks for a
    second). Raises NotYours where it was used before.
    """
    use_link(session, clock, link, conversation)
    conversation.claimed = {**conversation.claimed, "link": str(link.debtor_id)}
    conversation.context = {**conversation.context, BY_LINK: True}


def take_up_place(session: Session, clock: Clock, conversation: Conversation) -> Place | None:
    """Where this debtor's latest other talk stood; from now on the question is open here and no longer there.

    Only for a verified conversation. None where no question was open, or its dates have passed.
    """
    assert conversation.identity == "verified" and conversation.debtor_id is not None
    there = session.scalar(
        select(Conversation)
        .where(
            Conversation.debtor_id == conversation.debtor_id,
            Conversation.id != conversation.id,
            Conversation.mode == "bot",
            Conversation.last_inbound_at > clock.now() - timedelta(days=PLACE_DAYS),
        )
        .order_by(Conversation.last_inbound_at.desc())
        .limit(1)
        .with_for_update()
    )
    if not there or not there.expecting or there.expecting.startswith("identity"):
        return None
    offers = list(session.scalars(select(Offer).where(Offer.conversation_id == there.id, Offer.state == "open")))
    debtor = session.get_one(Debtor, conversation.debtor_id)
    if any(_is_past(offer, local_day(clock, debtor.time_zone)) for offer in offers):
        return None
    for offer in offers:
        offer.conversation_id = conversation.id
    place = Place(there.expecting, {name: kept for name, kept in there.context.items() if name not in LEFT_BEHIND})
    there.expecting, there.context = None, {name: there.context[name] for name in LEFT_BEHIND if name in there.context}
    record_act(
        session, clock, "debtor", "conversation.moved", f"conversation:{conversation.id}", left=str(there.id),
        question=place.expecting,
    )  # fmt: skip
    return place


def _is_past(offer: Offer, today: date) -> bool:
    days = [day for day, *_ in offer.terms.get("parts", ())]
    first = min(days, default=offer.terms.get("day"))
    return bool(offer.until and offer.until < today) or bool(first and date.fromisoformat(str(first)) < today)
