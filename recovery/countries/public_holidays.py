"""Days on which nobody is written to first, and which count for no time-limit: of the country, and of the debtor's region.

Local days (a town's own) are in no library: they are not known here (CT-11).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
import yaml

_SUBDIVISIONS = Path(__file__).parent / "subdivisions.yml"


def is_holiday(day: date, country: str, postcode: str | None = None, region: str | None = None) -> bool:
    """A holiday where the debtor lives; of the country alone where that is not known."""
    return day in _calendar(country, subdivision_of(country, postcode, region))


def is_holiday_somewhere(day: date, country: str) -> bool:
    """A holiday in some part of the country: for whoever must not be disturbed and whose region is unknown (CT-11)."""
    return any(day in _calendar(country, part) for part in {None, *_subdivisions()[country].values()})


def working_days_after(day: date, count: int, country: str) -> date:
    """The `count`-th working day after `day`, for a time-limit of ours: Monday to Friday, national holidays left out.

    A region's own days would only lengthen it: the shorter reading is the one nobody can object to.
    """
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and not is_holiday(day, country):
            count -= 1
    return day


def subdivision_of(country: str, postcode: str | None, region: str | None = None) -> str | None:
    """The part of the country whose calendar counts, or None where it has none of its own or is unknown."""
    known = _subdivisions()[country]
    if region in known.values():
        return region
    code = (postcode or "").strip()
    return known.get(code[:3]) or known.get(code[:2])


@cache
def _subdivisions() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(_SUBDIVISIONS.read_text(encoding="utf-8"))
    return found


@cache
def _calendar(country: str, part: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=part)
