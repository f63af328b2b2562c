"""When a debt can no longer be claimed in France. A reminder, a letter, even a mise en demeure interrupt nothing (C.
civ. 2240 to 2244).
"""

from __future__ import annotations

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
        return limit_after(years, claim.due_on, (), source)
    otherwise = BETWEEN_PROFESSIONALS if claim.debtor_kind == "business" else CONSUMER  # in doubt, the shorter
    years, source = BY_PRODUCT.get(claim.product, otherwise)
    return limit_after(years, claim.due_on, claim.acknowledgements, source)
