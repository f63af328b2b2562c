"""Days named in a message, resolved against the day of the conversation.

The rules, numbered as in the design, are: the next or last occurrence by the tense around it, feast days, spans,
parts of months, recurrences. What no calendar has is struck out and gives no value.
"""

from __future__ import annotations

from ..page import Page
from .calendar_dates import read_calendar_dates
from .day_numbers import read_day_numbers
from .month_parts import read_month_parts
from .recurrences import drop_before_the_start, read_recurrences
from .relative_days import read_relative_days
from .weekdays import read_weekdays

__all__ = ["read_dates", "read_recurrences"]


def read_dates(page: Page) -> None:
    """The most explicit turns of phrase first, bare day numbers last."""
    for match in page.matches("idiom"):  # "no llego a fin de mes" names no day
        page.strike(match.span())
    read_calendar_dates(page)
    read_month_parts(page)
    read_weekdays(page)
    read_relative_days(page)
    read_day_numbers(page)
    drop_before_the_start(page)
