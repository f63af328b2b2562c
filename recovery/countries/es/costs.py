"""Interest and indemnity under Spanish law. What is not written here is not claimed: no flat fee for claiming a debt
(STS 566/2019),
no default interest of a consumer loan's clause (STS 265/2015: a person checks it first)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from recovery.countries.claim import Claim, LumpSum, RatePeriod
from recovery.countries.rates import day_after, rates_of
from recovery.money import Money

RATES = rates_of(Path(__file__).parent)

# Ley 3/2004 art. 8, in force since 2013-07-28: 40 euros for each invoice between businesses, without any demand.
B2B_INDEMNITY = Money(40_00)
B2B_INDEMNITY_SINCE = date(2013, 7, 28)


def interest_from(claim: Claim) -> date | None:
    if claim.debtor_kind == "business":
        return day_after(claim.due_on)
    # CC 1100 and 1108: legal interest from the demand, judicial or not.
    return day_after(max(claim.demanded_on, claim.due_on)) if claim.demanded_on else None


def interest(claim: Claim) -> list[RatePeriod]:
    first = interest_from(claim)
    if first is None:
        return []
    last = claim.interest_stops_on - timedelta(days=1) if claim.interest_stops_on else date.max
    if claim.debtor_kind == "business":
        if claim.contract_rate_bp is not None:
            agreed = RatePeriod(first, last, claim.contract_rate_bp, "Ley 3/2004 art. 7: contract")
            return [agreed] if first <= last else []
        return RATES.within("b2b.default", first, last)
    return RATES.within("legal", first, last)


def indemnity(claim: Claim) -> LumpSum | None:
    late_from = day_after(claim.due_on)
    forbidden = claim.interest_stops_on is not None and claim.interest_stops_on <= late_from
    if claim.debtor_kind != "business" or late_from < B2B_INDEMNITY_SINCE or forbidden:
        return None
    return LumpSum(B2B_INDEMNITY, late_from, "Ley 3/2004 art. 8")
