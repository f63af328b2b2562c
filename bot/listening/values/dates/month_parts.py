"""The end, the middle or the start of a month; next month and next week on their own."""

from __future__ import annotations

import datetime
import re

from ..page import Page
from .occurrences import Date, day_of_month, days_away, month_end, months_away, weekday_of_next_week
from .taking import is_past, take_date

_MIDDLE = 15
_WEDNESDAY, _SATURDAY = 2, 5


def read_month_parts(page: Page) -> None:
    """ "fin du mois" is its last day, "mi-" the 15th, "début" the 1st; a month alone its last day."""
    for match in page.matches("month_part"):
        day = _day(page, match)
        if day:
            take_date(page, day, match.span())
    anchored = {"date", "period"} <= {found.entity for found in page.found}
    for match in page.matches(
        "from_month"
    ):  # "à partir de janvier" is its first day; after "le 5 de chaque mois", a limit
        if anchored:
            page.strike(match.span())
            continue
        month = page.words.figure("month", match["month"])
        take_date(
            page, _part_of_named_month(page, "start", month, match["y"], is_past(page, match.span())), match.span()
        )
    for match in page.matches("next_month"):
        take_date(page, month_end(months_away(page.today.replace(day=1), 1)), match.span())
    for match in page.matches("weekend_days"):
        for name in ("d2", "d"):
            take_date(
                page, day_of_month(page.today, int(match[name]), None, is_past(page, match.span())), match.span(name)
            )
        page.strike(match.span())
    for match in page.matches("weekend"):
        take_date(page, days_away(page.today, (_SATURDAY - page.today.weekday() - 1) % 7 + 1), match.span())
    for match in page.matches("week_day_of"):
        number = page.words.figure("weekday", match["weekday"])
        take_date(page, weekday_of_next_week(page.today, number), match.span())
    for match in page.matches("next_week"):
        take_date(page, weekday_of_next_week(page.today, 6), match.span())


def _day(page: Page, match: re.Match[str]) -> datetime.date | None:
    said = match.groupdict()
    if said.get("bare"):
        return part_of_month(page.today, page.words.figure("month_part", said["bare"]), is_past(page, match.span()))
    part = page.words.figure("month_part", said["part"]) if said.get("part") else "end"
    return _part_of(page, part, said["of"], said.get("y"), is_past(page, match.span()))


def _part_of(page: Page, part: str, of: str, year: str | None, past: bool) -> datetime.date | None:
    if page.says("a_week", of):
        return _part_of_week(page, part, page.says("month_after", of))
    if page.says("a_year", of):
        return _part_of_year(page, part, of)
    if page.says("month_before", of):
        return _in_month(months_away(page.today.replace(day=1), -1), part)
    if page.says("month_after", of):
        return _in_month(months_away(page.today.replace(day=1), 1), part)
    name = of.split(" ")[0]
    if name in page.words.tables["month"]:
        return _part_of_named_month(page, part, page.words.figure("month", name), year, past)
    return part_of_month(page.today, part, past)


def _in_month(month: Date, part: str) -> Date | None:
    days = {"start": month.replace(day=1), "middle": month.replace(day=_MIDDLE), "end": month_end(month)}
    return days.get(part)


def part_of_month(today: Date, part: str, past: bool) -> Date | None:
    """The next (or last) first day, 15th or last day of a month."""
    if part == "end":
        return month_end(months_away(today.replace(day=1), -1)) if past else month_end(today)
    return day_of_month(today, _MIDDLE if part == "middle" else 1, None, past) if part != "none" else None


def _part_of_named_month(page: Page, part: str, month: int, year: str | None, past: bool) -> Date | None:
    if year:
        return _in_month(Date(int(year), month, 1), part)
    years = (
        (page.today.year + away for away in (0, -1) if past) if past else (page.today.year + away for away in (0, 1))
    )
    for candidate in years:
        day = _in_month(Date(candidate, month, 1), part)
        if day and (day <= page.today if past else day >= page.today):
            return day
    return None


def _part_of_week(page: Page, part: str, following: bool) -> Date | None:
    monday = weekday_of_next_week(page.today, 0)
    if not following and page.today.weekday() < _SATURDAY:
        monday = days_away(monday, -7)
    day = days_away(monday, {"start": 0, "middle": _WEDNESDAY, "end": 6}.get(part, 6))
    return day if day > page.today else days_away(day, 7)


def _part_of_year(page: Page, part: str, of: str) -> Date | None:
    written = re.search(r"20\d\d", of)
    year = int(written.group()) if written else page.today.year + (page.says("month_after", of) or part == "start")
    return {"start": Date(year, 1, 1), "middle": Date(year, 6, 30), "end": Date(year, 12, 31)}.get(part)
