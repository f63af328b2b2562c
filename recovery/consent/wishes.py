"""What a debtor asked of our messages: to a representative alone, on another channel, at certain hours or days (OO-07, CT-12).

Asked of every text that we send of our own accord; an answer to what the debtor writes is always welcome.
"""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.identity.records import ContactPoint, Debtor
from recovery.session.records import Conversation


def against_their_wishes(session: Session, clock: Clock, conversation: Conversation) -> tuple[str, str] | None:
    """The rule and the wish that forbid writing to them here and now; None where nothing does."""
    for debtor in _debtors_of(session, conversation):
        if debtor.representative:
            return "OO-07 representative", "the representative alone is written to"
        if wish := _broken(debtor, clock, conversation.channel):
            return "CT-12 wish", wish
    return None


def _broken(debtor: Debtor, clock: Clock, channel: str) -> str | None:
    wished = debtor.preferences
    here = clock.now().astimezone(ZoneInfo(debtor.time_zone))
    hour = here.time().replace(tzinfo=None)
    if wished.get("channel") and wished["channel"] != channel and _reachable(debtor, wished["channel"]):
        return f"they asked for {wished['channel']}"
    if wished.get("after") and hour < time.fromisoformat(wished["after"]):
        return f"not before {wished['after']}"
    if wished.get("before") and hour >= time.fromisoformat(wished["before"]):
        return f"not after {wished['before']}"
    if wished.get("days") and here.weekday() not in wished["days"]:
        return "not on this day of the week"
    return None


def _reachable(debtor: Debtor, channel: str) -> bool:
    """A wish for a channel on which we have no address of theirs cannot silence the one we have."""
    return any(point.channel == channel and point.suppressed_at is None for point in debtor.contact_points)


def _debtors_of(session: Session, conversation: Conversation) -> list[Debtor]:
    """Whoever proved who they are here, else those whose address this is."""
    if conversation.debtor_id:
        return [session.get_one(Debtor, conversation.debtor_id)]
    mine = select(Debtor).join(ContactPoint).where(
        ContactPoint.channel == conversation.channel, ContactPoint.address == conversation.address
    )  # fmt: skip
    return list(session.scalars(mine).unique())
