"""Before any enforcement of a consumer credit, measures are considered."""

from __future__ import annotations

import pytest

from recovery.countries.forbearance import forbearance_of
from recovery.countries.registry import known_countries


@pytest.mark.parametrize("country", known_countries())
def test_consumer_credit_has_its_menu(country: str) -> None:
    menu = forbearance_of(country, "consumer_credit")
    assert menu is not None
    assert menu.source
    assert {"deferral", "lower_rate", "reschedule", "partial_remission", "payment_holiday"} <= set(menu.measures)
    assert forbearance_of(country, "energy") is None
