"""Late interest: simple, day by day, on the principal still owed, at the dated rates the law of the country gives.

A day counts with the principal owed when it began: the day of a payment still counts in full, the day after on what
is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from recovery.countries.claim import RatePeriod
from recovery.money import Money

ONE_DAY = timedelta(days=1)
BASIS_POINTS = 10_000


@dataclass(frozen=True)
class InterestLine:
    """Interest of one stretch of days (both included) with one rate and one principal."""

    first: date
    last: date
    principal: Money
    basis_points: int
    source: str

    @property
    def exact_cents(self) -> Fraction:
        return sum((_of_days(self, first, last) for first, last in _by_year(self.first, self.last)), Fraction(0))


def interest_lines(
    levels: Sequence[tuple[date, int]], periods: Iterable[RatePeriod], first: date, last: date, currency: str
) -> list[InterestLine]:
    """`levels`: (day, cents added to the principal that day). Lines between `first` and `last` where something is owed."""
    lines = []
    for period in periods:
        start, end = max(period.first, first), min(period.last, last)
        if start > end:
            continue
        changes = sorted({day + ONE_DAY for day, _ in levels if start <= day < end})
        for begin, following in pairwise([start, *changes, end + ONE_DAY]):
            owed = sum(cents for day, cents in levels if day < begin)
            if owed:
                lines.append(
                    InterestLine(begin, following - ONE_DAY, Money(owed, currency), period.basis_points, period.source)
                )
    return lines


def total(lines: Iterable[InterestLine], currency: str) -> Money:
    """Rounded once, at the end: half to even, to the cent."""
    return Money(round(sum((line.exact_cents for line in lines), Fraction(0))), currency)


def _of_days(line: InterestLine, first: date, last: date) -> Fraction:
    days = (last - first).days + 1
    # In a leap year the day is worth a 366th: never more than the yearly rate.
    in_year = 366 if _is_leap(first.year) else 365
    return Fraction(line.principal.cents * line.basis_points * days, BASIS_POINTS * in_year)


def _by_year(first: date, last: date) -> list[tuple[date, date]]:
    return [(max(first, date(year, 1, 1)), min(last, date(year, 12, 31))) for year in range(first.year, last.year + 1)]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
