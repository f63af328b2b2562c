"""A rhythm with an anchor: "tous les 5", "cada viernes", "fin de chaque mois" give a first day and a period."""

from __future__ import annotations

import datetime
import re

from ..page import Page
from .month_parts import part_of_month
from .occurrences import day_of_month, weekday
from .taking import bound_of, is_past


def read_recurrences(page: Page) -> None:
    """The first occurrence as `date`, the rhythm as `period`."""
    for match in page.matches("month_part_recurrence"):
        part = page.words.figure("month_part", match["part"])
        _take(page, match, part_of_month(page.today, part, False), "month")
    for match in page.matches("day_month_recurrence"):
        _take(page, match, day_of_month(page.today, int(match["d"].removesuffix("er")), None, past=False), "month")
    for match in page.matches("weekday_recurrence"):
        if _is_free_time(page, match):
            page.strike(match.span())
            continue
        number = page.words.figure("weekday", match["weekday"])
        period = "fortnight" if page.says("every_other", match.group()) else "week"
        _take(page, match, weekday(page.today, number, past=False), period)


def _is_free_time(page: Page, match: re.Match[str]) -> bool:
    """ "Los lunes libro", "no teníamos agua los martes": when somebody may be called, or what was, and not when they pay."""
    said = match.group().split(" ")[0] in ("los", "les")
    if not said or page.says("paying", page.plain):
        return False
    return page.says("free_time", page.plain) or is_past(page, match.span())


def _take(page: Page, match: re.Match[str], day: datetime.date | None, period: str) -> None:
    if day is None:
        page.strike(match.span())
        return
    page.take("date", day.isoformat(), match.span(), bound_of(page, match.span()), strike=False)
    page.take("period", period, match.span())
