"""A day with nothing but its number: "le 5", "el día 5", and those that follow it, "le 5 et le 20"."""

from __future__ import annotations

import re

from ..page import Page, Span
from .occurrences import day_of_month
from .taking import is_past, take_date


def read_day_numbers(page: Page) -> None:
    """The next such day, or the last one in the past."""
    for match in page.matches("day"):
        if not page.says("not_a_day", page.plain[: match.start("d")].rstrip()):
            _take(page, match, match.span())
            _read_more(page, match.end())


def _take(page: Page, match: re.Match[str], span: Span) -> None:
    day = day_of_month(page.today, int(match["d"].removesuffix("er")), None, is_past(page, span))
    take_date(page, day, span)


def _read_more(page: Page, end: int) -> None:
    for pattern in page.words.patterns["more_days"]:
        match = pattern.match(page.text[end:])
        if match:
            _take(page, match, (end + match.start("d"), end + match.end()))
            _read_more(page, end + match.end())
            return
