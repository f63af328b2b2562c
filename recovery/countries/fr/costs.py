"""Interest and indemnity under French law. What is not written here is not claimed: in particular no cost of recovery
without an executory title (CPCEx L111-8), no penalty clause (C. civ. 1231-5), no compound interest (C. civ. 1343-2)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from recovery.countries.claim import Claim, LumpSum, RatePeriod
from recovery.countries.rates import day_after, rates_of
from recovery.money import Money

RATES = rates_of(Path(__file__).parent)

# C. com. L441-10 II and D441-5: 40 euros for each invoice paid late, between professionals, by operation of law.
B2B_INDEMNITY = Money(40_00)
B2B_INDEMNITY_SINCE = date(2013, 1, 1)

# C. com. L441-10 II: a contract may not agree less than three times the legal rate.
CONTRACT_FLOOR = 3


def interest_from(claim: Claim) -> date | None:
    if claim.debtor_kind == "business":
        return day_after(claim.due_on)
    if claim.demanded_on is None:
        # C. civ. 1231-6: a consumer owes interest from a mise en demeure on, and a reminder is none (C. civ. 1344).
        return None
    return day_after(max(claim.demanded_on, claim.due_on))


def interest(claim: Claim) -> list[RatePeriod]:
    first = interest_from(claim)
    if first is None:
        return []
    last = claim.interest_stops_on - timedelta(days=1) if claim.interest_stops_on else date.max
    if claim.debtor_kind == "business":
        return _between_professionals(claim, first, last)
    # The creditor is a company: "all other cases" of the legal rate, even against a consumer (CMF L313-2, FE-05).
    return RATES.within("legal.other", first, last)


def indemnity(claim: Claim) -> LumpSum | None:
    late_from = day_after(claim.due_on)
    forbidden = claim.interest_stops_on is not None and claim.interest_stops_on <= late_from
    if claim.debtor_kind != "business" or late_from < B2B_INDEMNITY_SINCE or forbidden:
        return None
    return LumpSum(B2B_INDEMNITY, late_from, "C. com. L441-10 II, D441-5")


def _between_professionals(claim: Claim, first: date, last: date) -> list[RatePeriod]:
    if claim.contract_rate_bp is None:
        return RATES.within("b2b.default", first, last)
    agreed: list[RatePeriod] = []
    for floor in RATES.within("legal.other", first, last):
        if claim.contract_rate_bp >= CONTRACT_FLOOR * floor.basis_points:
            agreed.append(RatePeriod(floor.first, floor.last, claim.contract_rate_bp, "C. com. L441-10 II: contract"))
        else:
            agreed += RATES.within("b2b.default", floor.first, floor.last)
    return agreed
