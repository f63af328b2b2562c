"""Working days where the debtor lives."""

from __future__ import annotations

from datetime import date

import pytest

from recovery.countries.public_holidays import is_holiday, is_holiday_somewhere, working_days_after


@pytest.mark.parametrize(
    ("day", "country", "postcode", "closed"),
    [
        (date(2026, 7, 14), "FR", None, True),
        (date(2026, 12, 26), "FR", "67100", True),  # Strasbourg
        (date(2026, 12, 26), "FR", "57000", True),  # Metz
        (date(2026, 12, 26), "FR", "75011", False),
        (date(2026, 12, 20), "FR", "97400", True),  # La Réunion: abolition of slavery
        (date(2026, 9, 11), "ES", "08012", True),  # Diada
        (date(2026, 9, 11), "ES", "28013", False),
        (date(2026, 5, 2), "ES", "28013", True),  # Comunidad de Madrid
        (date(2026, 12, 8), "ES", None, True),
    ],
)
def test_a_debtors_own_calendar(day: date, country: str, postcode: str | None, closed: bool) -> None:
    assert is_holiday(day, country, postcode) is closed


def test_a_region_may_be_named() -> None:
    assert is_holiday(date(2026, 9, 11), "ES", None, "CT")


def test_where_nobody_knows_every_region_counts() -> None:
    assert is_holiday_somewhere(date(2026, 9, 11), "ES")
    assert not is_holiday_somewhere(date(2026, 9, 16), "ES")


def test_fifteen_working_days() -> None:
    assert working_days_after(date(2026, 11, 23), 15, "ES") == date(2026, 12, 15)  # 8 December is left out
    assert working_days_after(date(2026, 12, 18), 5, "FR") == date(2026, 12, 28)  # so is Christmas
