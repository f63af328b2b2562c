"""Time given (a delay, thirty days after hardship was told) beside a plan: a plan begins after it, or the debtor ends it with a yes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.find import open_debts
from recovery.debts.freeze import active_holds, freeze, lift
from recovery.debts.records import Debt, Hold

PAUSES = frozenset({"delay", "hardship"})


def paused_until(session: Session, clock: Clock, debts: Sequence[Debt]) -> date | None:
    """The last day of the time given on these debts; None where none is running, or none has an end."""
    return max((hold.until for hold in _pauses(session, clock, debts) if hold.until), default=None)


def after_the_pause(session: Session, clock: Clock, debts: Sequence[Debt], latest: date) -> date | None:
    """The first day for a plan once that time is over, as far as the terms wait (`latest`); None where none is running."""
    until = paused_until(session, clock, debts)
    return min(until + timedelta(days=1), latest) if until else None


def end_pauses(session: Session, clock: Clock, debts: Sequence[Debt], first: date) -> None:
    """A plan over `debts` begins on `first`: time given on them that lasts beyond it ends. Other debts of the debtor keep theirs."""
    theirs = {debt.id for debt in debts}
    for hold in _pauses(session, clock, debts):
        if hold.until is None or hold.until <= first:
            continue
        lift(session, clock, hold, "plan accepted")
        others = open_debts(session, hold.debtor_id) if hold.debt_id is None else []
        for other in others:
            if other.id not in theirs:
                freeze(
                    session, clock, debtor_id=hold.debtor_id, debt_id=other.id, kind=hold.kind, reason=hold.reason,
                    until=hold.until, conversation_id=hold.conversation_id,
                )  # fmt: skip


def _pauses(session: Session, clock: Clock, debts: Sequence[Debt]) -> list[Hold]:
    found = {
        hold.id: hold
        for debt in debts
        for hold in active_holds(session, clock, debt.debtor_id, debt.id)
        if hold.kind in PAUSES
    }
    return list(found.values())
