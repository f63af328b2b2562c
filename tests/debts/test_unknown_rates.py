"""Days without a published rate: nothing is counted for them, and it is known since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from recovery.countries.claim import Claim
from recovery.countries.registry import law_of
from recovery.debts.unknown_rates import first_day_without_rate

FIRM = Claim("business", "invoice", date(2026, 1, 10), date(2026, 2, 10))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("country", ["FR", "ES"])
def test_since_when_nothing_is_counted(country: str) -> None:
    law = law_of(country)
    assert first_day_without_rate(law, FIRM, TODAY) == date(2026, 7, 1)
    assert first_day_without_rate(law, FIRM, date(2026, 6, 30)) is None
    assert first_day_without_rate(law, replace(FIRM, interest_stops_on=date(2026, 7, 1)), TODAY) is None
    assert first_day_without_rate(law, replace(FIRM, due_on=date(2026, 9, 1)), TODAY) == date(2026, 9, 2)


def test_who_owes_no_interest_is_told_nothing() -> None:
    assert first_day_without_rate(law_of("FR"), replace(FIRM, debtor_kind="consumer"), TODAY) is None
    demanded = replace(FIRM, debtor_kind="consumer", demanded_on=date(2026, 3, 1))
    assert first_day_without_rate(law_of("FR"), demanded, TODAY) == date(2026, 7, 1)
    assert first_day_without_rate(law_of("ES"), demanded, TODAY) == date(2026, 3, 2)  # the rate of 2026 is unverified


def test_an_agreed_rate_needs_no_table() -> None:
    assert first_day_without_rate(law_of("ES"), replace(FIRM, contract_rate_bp=1200), TODAY) is None
