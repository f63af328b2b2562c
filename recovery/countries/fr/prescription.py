"""When a debt can no longer be claimed in France. A reminder, a letter, even a mise en demeure interrupt nothing (C.
civ. 2240 to 2244).
"""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from recovery.countries.claim import Claim, Limit
from recovery.countries.counting_years import limit_after

TITLE_YEARS = 10  # CPCEx L111-4

BY_PRODUCT = {
    "telecom": (1, "CPCE L34-2"),  # whoever the user is
    "rent": (3, "loi 89-462 art. 7-1"),
}
CONSUMER = (2, "C. conso. L218-2")
BETWEEN_PROFESSIONALS = (5, "C. civ. 2224")
# A forclusion, not a prescription: an acknowledgement does not interrupt it, a suit alone does.
CONSUMER_CREDIT = (2, "C. conso. R312-35")


def limit(claim: Claim) -> Limit:
    if claim.title_on:
        return limit_after(TITLE_YEARS, claim.title_on, claim.acknowledgements, "CPCEx L111-4")
    if claim.product == "consumer_credit" and claim.debtor_kind != "business":
        years, source = CONSUMER_CREDIT
        return limit_after(years, _first_incident(claim), (), source)
    otherwise = BETWEEN_PROFESSIONALS if claim.debtor_kind == "business" else CONSUMER  # in doubt, the shorter
    years, source = BY_PRODUCT.get(claim.product, otherwise)
    return limit_after(years, claim.due_on, claim.acknowledgements, source)


def _first_incident(claim: Claim) -> date:
    """C. conso. R312-35: after a first rescheduling, the first payment of it that was missed and not made good. A later rescheduling
    moves nothing; nor does one that came once the two years were over, a forclusion being for good (in doubt, the shorter).
    """
    moved = claim.rescheduled
    if moved is None or moved.agreed_on > claim.due_on + relativedelta(years=CONSUMER_CREDIT[0]):
        return claim.due_on
    return max(claim.due_on, moved.first_unpaid_on)
