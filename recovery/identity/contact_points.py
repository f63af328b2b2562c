"""The addresses of a debtor: one more of them, one proven to be theirs, one that moved with its owner."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.records import OptOut
from recovery.identity.records import ContactPoint, Debtor
from recovery.identity.register_debtor import normalised
from recovery.store import time_ordered_id

MOVED = "moved"


def add_contact_point(session: Session, clock: Clock, debtor: Debtor, channel: str, address: str) -> ContactPoint:
    """The one they have already, or a new one. Raises BadAddress."""
    address = normalised(channel, address, debtor.country)
    known = select(ContactPoint).where(
        ContactPoint.debtor_id == debtor.id, ContactPoint.channel == channel, ContactPoint.address == address
    )
    point = session.scalar(known)
    if not point:
        point = ContactPoint(debtor_id=debtor.id, channel=channel, address=address)
        session.add(point)
        session.flush()
        record_act(session, clock, "api", "contact_point.added", f"contact_point:{point.id}", channel=channel)
    return point


def move_contact_points(session: Session, clock: Clock, channel: str, old: str, new: str) -> None:
    """Their owner has another number, says the provider: it is theirs, unproven, without the opt-in of the old one.

    Silence asked for at the old number holds at the new one.
    """
    here = select(ContactPoint).where(ContactPoint.channel == channel, ContactPoint.address == old)
    for point in session.scalars(here.with_for_update()):
        point.suppressed_at, point.suppressed_because = (
            point.suppressed_at or clock.now(),
            point.suppressed_because or MOVED,
        )
        taken = select(ContactPoint.id).where(
            ContactPoint.debtor_id == point.debtor_id, ContactPoint.channel == channel, ContactPoint.address == new
        )
        if point.suppressed_because == MOVED and not session.scalar(taken):
            session.add(ContactPoint(debtor_id=point.debtor_id, channel=channel, address=new))
        record_act(session, clock, "provider", "contact_point.moved", f"contact_point:{point.id}")
    _keep_silent_there(session, channel, old, new)


def _keep_silent_there(session: Session, channel: str, old: str, new: str) -> None:
    standing = select(OptOut).where(OptOut.address == old, OptOut.reopened_at.is_(None))
    for wish in session.scalars(standing):
        if wish.channel in (None, channel):
            session.add(
                OptOut(
                    id=time_ordered_id(), debtor_id=wish.debtor_id, channel=wish.channel, address=new, words=wish.words,
                    created_at=wish.created_at,
                )
            )  # fmt: skip
