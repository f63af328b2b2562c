"""Dated tables of yearly rates, read from `<cc>/rates.yml`. A day without a sourced rate has none: nothing is guessed
(FE-15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from recovery.countries.claim import RatePeriod

# Rates marked `unverified` wait for somebody to read the official text; until then they count as missing.
TRUSTED = {"published", "derived"}


class GapInRates(ValueError):
    """Two rows of a table claim the same day, or a row ends before it begins."""


@dataclass(frozen=True)
class Rates:
    rows: dict[str, tuple[RatePeriod, ...]]

    def within(self, key: str, first: date, last: date) -> list[RatePeriod]:
        """The rates known between two days, cut to them; none where the last comes before the first."""
        return [
            RatePeriod(max(row.first, first), min(row.last, last), row.basis_points, row.source)
            for row in self.rows.get(key, ())
            if first <= last and row.first <= last and row.last >= first
        ]

    def on(self, key: str, day: date) -> RatePeriod | None:
        found = self.within(key, day, day)
        return found[0] if found else None

    def last_known_day(self, key: str) -> date | None:
        """For the alarm of 15 June and 15 December: when this table runs out."""
        rows = self.rows.get(key, ())
        return rows[-1].last if rows else None


@cache
def rates_of(folder: Path) -> Rates:
    rows: dict[str, list[RatePeriod]] = {}
    for line in yaml.safe_load((folder / "rates.yml").read_text()):
        if line["mark"] in TRUSTED:
            rows.setdefault(line["key"], []).append(
                RatePeriod(line["from"], line["to"], line["basis_points"], line["source"])
            )
    return Rates({key: _in_order(key, periods) for key, periods in rows.items()})


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def _in_order(key: str, periods: list[RatePeriod]) -> tuple[RatePeriod, ...]:
    periods = sorted(periods, key=lambda period: period.first)
    for period, following in pairwise(periods):
        if following.first <= period.last:
            raise GapInRates(f"{key}: {period.first} and {following.first} overlap")
    if any(period.last < period.first for period in periods):
        raise GapInRates(f"{key}: a period ends before it begins")
    return tuple(periods)
