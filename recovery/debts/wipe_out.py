"""A debt wiped out by a decision (rétablissement personnel, C. conso. L741-2): nothing is owed on it any more, and its creditor is told."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.balance import balance_on
from recovery.debts.insolvency_holds import release_from_file
from recovery.debts.records import Debt
from recovery.debts.write_off import write_off
from recovery.errors import Invalid
from recovery.payments.follow_arrangements import follow_settlement


def wipe_out(session: Session, clock: Clock, debt: Debt, decided_on: date, reference: str) -> None:
    """Of the debts the decision names alone: those of L711-4 (maintenance, damages to a victim, fines, fraud) are not in it, and a person
    who enters it leaves them out. Raises Invalid where it is none of France's.
    """
    today = local_day(clock, debt.debtor.time_zone)
    if debt.debtor.country != "FR" or debt.debtor.kind == "business":
        raise Invalid("A debt is wiped out by C. conso. L741-2 for a person who owes in France.")
    if debt.state not in {"open", "time_barred"}:
        raise Invalid(f"Debt {debt.reference} is {debt.state}: nothing is left of it to wipe out.")
    if decided_on > today:
        raise Invalid(f"{decided_on} is not yet: a decision is entered once it is made.")
    debt.interest_stops_on = min(debt.interest_stops_on or decided_on, decided_on)
    session.flush()
    left = balance_on(session, debt, today).due
    if left.cents > 0:
        write_off(session, clock, debt, left, f"wiped out on {decided_on}, {reference}")
    follow_settlement(session, clock, debt)
    release_from_file(session, clock, debt)
    record_act(
        session, clock, "api", "debt.wiped_out", f"debt:{debt.id}",
        decided_on=decided_on.isoformat(), reference=reference, amount_cents=left.cents,
    )  # fmt: skip
