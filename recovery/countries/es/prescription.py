"""When a debt can no longer be claimed in Spain, by the civil law of the debtor's region. Here a formal demand that
reaches the
debtor interrupts (CC 1973), and so does an acknowledgement; a neutral notice does not."""

from __future__ import annotations

from recovery.countries.claim import Claim, Limit
from recovery.countries.counting_years import limit_after

GENERAL = (5, "CC 1964")
# CC 1967: goods sold by traders to those who are not, boarding and lodging, some professionals.
SHORT = (3, "CC 1967")
SHORT_PRODUCTS = {"retail", "health", "hotel", "legal_services", "veterinary"}

CATALONIA = "CT"
CATALONIA_GENERAL = (10, "CCCat 121-20")
# CCCat 121-21: payments by periods and the price of services and works.
CATALONIA_SHORT = (3, "CCCat 121-21")
CATALONIA_GENERAL_PRODUCTS = {"consumer_credit", "loan", "mortgage"}


def limit(claim: Claim) -> Limit:
    interruptions = [*claim.acknowledgements, *([claim.demanded_on] if claim.demanded_on else [])]
    years, source = _period(claim)
    return limit_after(years, claim.due_on, interruptions, source)


def _period(claim: Claim) -> tuple[int, str]:
    if claim.region == CATALONIA:
        # The longer period is taken only where we are sure of it (PR-07).
        return CATALONIA_GENERAL if claim.product in CATALONIA_GENERAL_PRODUCTS else CATALONIA_SHORT
    if claim.product in SHORT_PRODUCTS and claim.debtor_kind == "consumer":
        return SHORT
    return GENERAL
