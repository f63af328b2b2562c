"""Which day of the calendar is meant: the next or the last one, seen from today. Pure arithmetic."""

from __future__ import annotations

import calendar
import datetime

Date = datetime.date
_DAY = datetime.timedelta(days=1)


def days_away(today: Date, days: int) -> Date:
    """Today and so many days, or before today when negative."""
    return today + days * _DAY


def months_away(today: Date, months: int) -> Date:
    """The same day of another month, its last day when that month is shorter."""
    index = today.year * 12 + today.month - 1 + months
    year, month = divmod(index, 12)
    return Date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: Date) -> Date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_of_month(today: Date, day: int, month: int | None, past: bool) -> Date | None:
    """The next such day, today included, or the last one; months without it are passed over."""
    step = -1 if past else 1
    first = today.replace(day=1)
    for away in range(0, 13 * step, step):
        seen = months_away(first, away)
        if (month or seen.month) != seen.month:
            continue
        found = exact(seen.year, seen.month, day)
        if found and (found <= today if past else found >= today):
            return found
    return _leap_day(today, day, month, step)


def _leap_day(today: Date, day: int, month: int | None, step: int) -> Date | None:
    if (day, month) != (29, 2):
        return None
    years = (today.year + step * away for away in range(1, 9))
    return next((found for found in (exact(year, 2, 29) for year in years) if found), None)


def exact(year: int, month: int, day: int) -> Date | None:
    """That day, or nothing when the calendar has none (31 November)."""
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def weekday(today: Date, number: int, past: bool) -> Date:
    """The first such day strictly after today; in the past the last one, today included."""
    if past:
        return days_away(today, -((today.weekday() - number) % 7))
    return days_away(today, (number - today.weekday() - 1) % 7 + 1)


def weekday_of_next_week(today: Date, number: int) -> Date:
    """That day of the week that begins next Monday."""
    return days_away(today, 7 - today.weekday() + number)


def easter(year: int) -> Date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm)."""
    golden, century = year % 19, year // 100
    leap = (8 * century + 13) // 25
    moon = (19 * golden + century - century // 4 - leap + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * (21 - golden) // 11)
    sunday = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (sunday + 40) // 44
    return Date(year, month, sunday + 28 - 31 * (month // 4))
