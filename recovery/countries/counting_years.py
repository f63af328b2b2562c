"""Counting a period of years from a day to a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from recovery.countries.claim import Limit


def limit_after(years: int, started_on: date, interruptions: Iterable[date], source: str) -> Limit:
    """A period that starts again at each interruption that came before it had run out; a later one revives nothing."""
    counted_from = started_on
    for day in sorted(interruptions):
        if counted_from < day <= counted_from + relativedelta(years=years):
            counted_from = day
    return Limit(counted_from + relativedelta(years=years), years, counted_from, source)
