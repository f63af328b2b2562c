"""From what a debtor can pay to the plan that the creditor's terms allow, and why it is not what was asked, where it is not.

Pure: no database. The same facts always give the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from recovery.money import Money
from recovery.plans.terms import Terms

Period = Literal["week", "fortnight", "month", "quarter"]
# Why the plan is not the one asked for. `None` means that it is.
Reason = Literal["below_minimum", "too_long", "first_too_late", "does_not_add_up", "more_than_due", "smallest"]
USUAL_DAY = 5  # of the next month, when the debtor names no day
STEPS: dict[str, relativedelta] = {
    "week": relativedelta(weeks=1),
    "fortnight": relativedelta(days=15),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
}


@dataclass(frozen=True)
class Wish:
    """What the debtor said. `each` is a sum per period, `first` the day of the first payment, `smallest` the least that is allowed,
    `at_once` a first sum paid today, the rest being spread.
    """

    count: int | None = None
    each: Money | None = None
    period: Period = "month"
    first: date | None = None
    smallest: bool = False
    at_once: Money | None = None

    @property
    def says_how_much(self) -> bool:
        return bool(self.count or self.each or self.smallest)


@dataclass(frozen=True)
class Proposal:
    parts: tuple[tuple[date, Money], ...]
    reason: Reason | None
    limit: Money | int | date | None  # the term that stood in the way

    @property
    def total(self) -> Money:
        return sum((amount for _, amount in self.parts[1:]), self.parts[0][1])


def propose_plan(due: Money, wish: Wish, terms: Terms, today: date) -> Proposal:
    """The plan asked for where the terms allow it, else the nearest one they do. Parts sum to `due` to the cent."""
    if wish.at_once and wish.at_once < due:
        rest = propose_plan(due - wish.at_once, replace(wish, at_once=None), terms, today)
        return replace(rest, parts=((today, wish.at_once), *rest.parts))
    limit: Money | int | date | None
    amounts, reason, limit = _amounts(due, wish, terms)
    first, late = _first_day(wish, terms, today)
    if late and reason is None:
        reason, limit = "first_too_late", first
    return Proposal(tuple(zip(_days(first, wish.period, len(amounts)), amounts, strict=True)), reason, limit)


def most_parts(due: Money, terms: Terms, period: str = "month") -> int:
    """How many payments the terms allow for this sum: none below the least, none after the last month."""
    return max(1, min(_time_allows(terms, period), due.cents // max(1, terms.min_instalment_cents)))


def _time_allows(terms: Terms, period: str) -> int:
    """Payments that fit in the longest time, whatever their sum."""
    counts = {"week": terms.max_months * 4, "fortnight": terms.max_months * 2, "quarter": max(1, terms.max_months // 3)}
    return counts.get(period, terms.max_months)


def least_each(due: Money, terms: Terms, period: str = "month") -> Money:
    """The least that one payment can be for this sum: the terms' minimum, or more where the months allowed ask for more."""
    return max(_steps(due, terms.least, most_parts(due, terms, period), _time_allows(terms, period)))


def _amounts(due: Money, wish: Wish, terms: Terms) -> tuple[list[Money], Reason | None, Money | int | None]:
    most, longest = most_parts(due, terms, wish.period), _time_allows(terms, wish.period)
    if wish.smallest:
        return _steps(due, terms.least, most, longest), "smallest", least_each(due, terms, wish.period)
    if wish.count and wish.each:
        return _count_and_sum(due, wish.count, wish.each, most, longest, terms)
    if wish.each:
        return _by_sum(due, wish.each, most, longest, terms)
    return _by_count(due, wish.count or min(3, most), most, terms)


def _count_and_sum(
    due: Money, count: int, each: Money, most: int, longest: int, terms: Terms
) -> tuple[list[Money], Reason | None, Money | int | None]:
    said = Money(each.cents * count, each.currency)
    if abs(said.cents - due.cents) < count:  # 3 × 83,33 for 250,00: the odd cents are ours to place
        return _by_count(due, count, most, terms)
    amounts, reason, limit = _by_sum(due, each, most, longest, terms)
    return (amounts, reason, limit) if reason else (amounts, "does_not_add_up", said)


def _by_sum(
    due: Money, each: Money, most: int, longest: int, terms: Terms
) -> tuple[list[Money], Reason | None, Money | int | None]:
    if each >= due:
        return [due], "more_than_due", due
    if each.cents < min(terms.min_instalment_cents, due.cents):
        amounts = _steps(due, terms.least, most, longest)
        return amounts, "below_minimum", max(amounts)
    amounts = due.by_steps_of(each)
    if len(amounts) > min(longest, most + 1):
        return due.split(most), "too_long", most
    return amounts, None, None


def _by_count(due: Money, count: int, most: int, terms: Terms) -> tuple[list[Money], Reason | None, Money | int | None]:
    if count > most:
        reason: Reason = "below_minimum" if due.cents // count < terms.min_instalment_cents else "too_long"
        parts = due.split(most)
        return parts, reason, min(parts) if reason == "below_minimum" else most
    return due.split(max(1, count)), None, None


def _steps(due: Money, step: Money, most: int, longest: int) -> list[Money]:
    """As many least payments as it takes, the last one smaller; where that is too long, equal parts over the longest time."""
    amounts = due.by_steps_of(min(step, due))
    return amounts if len(amounts) <= longest else due.split(most)


def _first_day(wish: Wish, terms: Terms, today: date) -> tuple[date, bool]:
    latest = today + timedelta(days=terms.max_first_payment_days)
    if wish.first is None:
        usual = (today + relativedelta(months=1)).replace(day=USUAL_DAY)
        return min(usual, latest), False
    if wish.first > latest:
        return latest, True
    return max(wish.first, today), False


def _days(first: date, period: str, count: int) -> list[date]:
    """Each day counted from the first, so that the 31st comes back after a short month."""
    return [first + STEPS[period] * number for number in range(count)]
