"""Today, tomorrow, in ten days, three weeks ago."""

from __future__ import annotations

import datetime
import re

from ..page import Page
from .occurrences import days_away, months_away
from .taking import is_told_in_the_past, take_date

_DAYS = {"day": 1, "week": 7, "fortnight": 15, "eight": 8}
_DAY_AFTER_TOMORROW = 2


def read_relative_days(page: Page) -> None:
    """Days counted from today."""
    for match in page.matches("named_day"):
        said = match.groupdict()
        days = _DAY_AFTER_TOMORROW if said.get("later") else page.words.figure("named_day", said["name"])
        take_date(page, days_away(page.today, days), match.span())
    for match in page.matches("in_span"):
        if _is_how_long(page, match):
            page.strike(match.span())
        else:
            _take_span(page, match, 1)
    if page.expecting == "date":
        for match in page.matches("bare_span"):
            _take_span(page, match, 1)
    for match in page.matches("ago_span"):
        _take_span(page, match, -1)


def _is_how_long(page: Page, match: re.Match[str]) -> bool:
    """ "14 mensajes en 3 días", "en tres meses, tres pagos": a time that something took or takes, and no day."""
    counts = [found.value for found, _ in page.in_order("instalment_count")]
    in_payments = (
        match["n"].isdigit() and int(match["n"]) in counts and page.words.figure("unit", match["unit"]) == "month"
    )
    return in_payments or (match.group().startswith("en ") and is_told_in_the_past(page, match.span()))


def _take_span(page: Page, match: re.Match[str], direction: int) -> None:
    day = _counted(page, match, direction)
    if day:
        take_date(page, day, match.span())


def _counted(page: Page, match: re.Match[str], direction: int) -> datetime.date | None:
    count = int(match["n"]) if match["n"].isdigit() else 1
    unit = page.words.figure("unit", match["unit"])
    half = match.groupdict().get("half")
    if unit == "hour":
        return days_away(page.today, direction * count // 24) if count >= 24 and count % 24 == 0 else None
    if unit == "month":
        day = months_away(page.today, direction * count)
        return days_away(day, _DAYS["fortnight"]) if half else day
    return None if half else days_away(page.today, direction * count * _DAYS[unit])
