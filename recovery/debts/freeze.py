"""Holds: while one is active nothing is asked for. A hold on the debtor (no debt named) covers every debt they have."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.records import Hold
from recovery.identity.records import Debtor

# From these on, no money is taken even when the debtor offers it (over-indebtedness: C. conso. L722-5).
MONEY_REFUSED = frozenset({"overindebtedness", "insolvency", "deceased", "distress", "minor"})
# Holds under which nothing is asked, and which leave the debtor free to settle if they wish.
LEAVES_OPEN = frozenset({"delay", "hardship", "data_rights"})


def freeze(
    session: Session,
    clock: Clock,
    *,
    debtor_id: UUID,
    debt_id: UUID | None = None,
    kind: str,
    reason: str | None = None,
    until: date | None = None,
    conversation_id: UUID | None = None,
) -> Hold:
    """A hold of this kind; the active one where there is one already (its end moves later, never earlier)."""
    # Two turns that freeze at once must not make two holds of one kind.
    session.execute(select(Debtor.id).where(Debtor.id == debtor_id).with_for_update())
    for held in active_holds(session, clock, debtor_id, debt_id):
        if held.kind == kind and held.debt_id == debt_id:
            return _extended(held, until)
    hold = Hold(
        debtor_id=debtor_id,
        debt_id=debt_id,
        kind=kind,
        reason=reason,
        until=until,
        conversation_id=conversation_id,
        created_at=clock.now(),
    )
    session.add(hold)
    session.flush()
    subject = f"debt:{debt_id}" if debt_id else f"debtor:{debtor_id}"
    record_act(
        session,
        clock,
        "system",
        "hold.placed",
        subject,
        hold_id=str(hold.id),
        kind=kind,
        until=until.isoformat() if until else None,
    )
    return hold


def lift(session: Session, clock: Clock, hold: Hold, because: str) -> None:
    """Lifting twice changes nothing."""
    if hold.lifted_at is not None:
        return
    hold.lifted_at, hold.lifted_because = clock.now(), because
    session.flush()
    record_act(session, clock, "system", "hold.lifted", f"hold:{hold.id}", kind=hold.kind, because=because)


def active_holds(session: Session, clock: Clock, debtor_id: UUID, debt_id: UUID | None = None) -> list[Hold]:
    """Holds that count today on this debt (its own and the debtor's), or on the debtor and any debt of theirs when none
    is named.
    """
    debtor = session.get(Debtor, debtor_id)
    today = local_day(clock, debtor.time_zone if debtor else "Europe/Paris")
    wanted = select(Hold).where(
        Hold.debtor_id == debtor_id, Hold.lifted_at.is_(None), or_(Hold.until.is_(None), Hold.until >= today)
    )
    if debt_id is not None:
        wanted = wanted.where(or_(Hold.debt_id == debt_id, Hold.debt_id.is_(None)))
    return list(session.scalars(wanted.order_by(Hold.created_at, Hold.id)))


def _extended(hold: Hold, until: date | None) -> Hold:
    if hold.until is not None and (until is None or until > hold.until):
        hold.until = until
    return hold
