"""Days on which interest would run and no published rate is known: nothing is claimed for them, and this is told (FE-15)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from recovery.countries.claim import Claim, Law
from recovery.countries.registry import law_of
from recovery.debts.balance import claim_of, entries_of
from recovery.debts.records import Debt


def not_counted_since(session: Session, debt: Debt, day: date) -> date | None:
    """The first day since when no interest is counted for want of a rate, or None where every day has its rate."""
    return first_day_without_rate(law_of(debt.debtor.country), claim_of(debt, entries_of(session, debt)), day)


def first_day_without_rate(law: Law, claim: Claim, day: date) -> date | None:
    """Pure: of the days between the first that bears interest and `day`, the first of the last stretch without a rate."""
    runs_from = law.interest_from(claim)
    until = min(day, claim.interest_stops_on - timedelta(days=1)) if claim.interest_stops_on else day
    if runs_from is None or runs_from > until:
        return None
    known = [period for period in law.interest(claim) if period.first <= until]
    known_until = max((period.last for period in known), default=runs_from - timedelta(days=1))
    return None if known_until >= until else known_until + timedelta(days=1)
