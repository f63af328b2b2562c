"""Interest ends for good on a day the law gives: admissibility of an over-indebtedness file (C. conso. L722-14),
insolvency, a judge's grace.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.debts.records import Debt


def stop_interest(session: Session, clock: Clock, debtor_id: UUID, on: date, because: str) -> list[Debt]:
    """No debt of this debtor bears interest from that day on. An earlier stop stays."""
    debts = list(session.scalars(select(Debt).where(Debt.debtor_id == debtor_id).with_for_update()))
    for debt in debts:
        debt.interest_stops_on = min(debt.interest_stops_on or on, on)
    session.flush()
    record_act(session, clock, "system", "interest.stopped", f"debtor:{debtor_id}", on=on.isoformat(), because=because)
    return debts
