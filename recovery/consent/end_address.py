"""An address that nothing more may be sent to: its owner told the provider so, or nobody is there any longer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.messages import Ending
from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.opt_out import opt_out
from recovery.identity.records import ContactPoint
from recovery.session.records import Conversation

NOBODY_THERE = "unreachable"


def end_address(session: Session, clock: Clock, conversation: Conversation, ending: Ending, why: str) -> None:
    """`stopped` is an opt-out like any other, which its owner alone lifts. The same news twice is one act."""
    if ending == "stopped":
        opt_out(session, clock, conversation, conversation.channel, why)
        return
    points = _points_at(session, conversation.channel, conversation.address)
    for point in points:
        if not point.suppressed_at:
            point.suppressed_at, point.suppressed_because = clock.now(), NOBODY_THERE
            record_act(session, clock, "provider", "address.unreachable", f"contact_point:{point.id}", because=why)


def heard_from(session: Session, clock: Clock, channel: str, address: str) -> None:
    """Whoever writes from an address is there: it is used again. Closed for another reason, it stays closed."""
    for point in _points_at(session, channel, address):
        if point.suppressed_because == NOBODY_THERE:
            point.suppressed_at = point.suppressed_because = None
            record_act(session, clock, "provider", "address.reached", f"contact_point:{point.id}")


def _points_at(session: Session, channel: str, address: str) -> list[ContactPoint]:
    here = select(ContactPoint).where(ContactPoint.channel == channel, ContactPoint.address == address)
    return list(session.scalars(here.with_for_update()))
