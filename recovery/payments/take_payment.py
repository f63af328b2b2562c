"""A payment taken in, with all that follows from it: the ledger first, then a reduction that it makes good."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.payments.follow_arrangements import follow_settlement
from recovery.payments.record_payment import record_payment
from recovery.payments.records import Payment
from recovery.plans.imposed import end_measures_if_done
from recovery.plans.settlement import write_off_if_kept


def take_payment(
    session: Session, clock: Clock, debt: Debt, amount: Money, paid_on: date, method: str, external_ref: str
) -> Payment:
    """As `record_payment`, which see; what an accepted reduction leaves above the sum paid in time is given up."""
    payment = record_payment(session, clock, debt, amount, paid_on, method, external_ref)
    if debt.state == "open":
        write_off_if_kept(session, clock, debt)
        if debt.state != "open":
            follow_settlement(session, clock, debt)
    end_measures_if_done(session, clock, debt)
    return payment
