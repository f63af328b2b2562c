"""How long words are kept in a country: `<cc>/retention.yml` (RE-02, RE-03, RE-05, ID-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from dateutil.relativedelta import relativedelta

_HERE = Path(__file__).parent
LEAST_YEARS = 3  # RE-05: records of a step stay three years at least after the last one


@dataclass(frozen=True)
class Retention:
    """Months, years and days. `stage`: what words are in between, with its source."""

    active_months: int
    archive_years: int
    visitor_months: int
    special_category_days: int
    event_days: int
    stage: str

    def __post_init__(self) -> None:
        if self.archive_years < LEAST_YEARS or self.active_months >= 12 * self.archive_years:
            raise ValueError(f"Words are archived for {LEAST_YEARS} years at least, and longer than they are in use.")
        if min(self.active_months, self.visitor_months, self.special_category_days, self.event_days) < 0:
            raise ValueError("A duration is not negative.")

    def sealed_from(self, closed_on: date) -> date:
        return closed_on + relativedelta(months=self.active_months)

    def destroyed_from(self, closed_on: date) -> date:
        return closed_on + relativedelta(years=self.archive_years)


@cache
def retention_of(country: str) -> Retention:
    """Raises ValueError where the table makes no sense: nothing is erased by a mistake of writing."""
    text = (_HERE / country.lower() / "retention.yml").read_text(encoding="utf-8")
    return Retention(**yaml.safe_load(text))
