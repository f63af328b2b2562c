"""A rhythm with an anchor: "tous les 5", "cada viernes", "fin de chaque mois" give a first day and a period."""

from __future__ import annotations

import datetime
import re

from ..page import Page, Span
from .month_parts import part_of_month
from .occurrences import day_of_month, weekday
from .taking import bound_of, is_past

_FEW_LETTERS = 40  # between a rhythm and the day it starts from
_SENTENCE_END = re.compile(r"[.;!?]")


def read_recurrences(page: Page) -> None:
    """The first occurrence as `date`, the rhythm as `period`."""
    for match in page.matches("month_part_recurrence"):
        part = page.words.figure("month_part", match["part"])
        _take(page, match, part_of_month(page.today, part, False), "month")
    for match in page.matches("day_month_recurrence"):
        first = day_of_month(_start(page), int(match["d"].removesuffix("er")), None, past=False)
        _take(page, match, first, "month")
    for match in page.matches("weekday_recurrence"):
        if _is_free_time(page, match):
            page.strike(match.span())
            continue
        number = page.words.figure("weekday", match["weekday"])
        period = "fortnight" if page.says("every_other", match.group()) else "week"
        _take(page, match, weekday(page.today, number, past=False), period)


def _start(page: Page) -> datetime.date:
    """The day a rhythm may start from: "tous les 5 à partir de janvier" is the 5th of January; else today."""
    for match in page.matches("from_month"):
        month = page.words.figure("month", match["month"])
        first = None if match["y"] else day_of_month(page.today, 1, month, past=False)
        if first and month != page.today.month and not is_past(page, match.span()):
            return first
    return page.today


def drop_before_the_start(page: Page) -> None:
    """ "Chaque vendredi à partir du 4 décembre": the first of them is the day it starts from."""
    rhythms = [span for _, span in page.in_order("period")]
    days = page.in_order("date")
    starts = [(found.value, span) for found, span in days if found.bound == "after" and span not in rhythms]
    for found, span in days:
        if span in rhythms and any(found.value < day and _is_beside(page, span, place) for day, place in starts):
            page.drop(found)


def _is_beside(page: Page, span: Span, other: Span) -> bool:
    between = page.plain[min(span[1], other[1]) : max(span[0], other[0])]
    return len(between) <= _FEW_LETTERS and not _SENTENCE_END.search(between)


def _is_free_time(page: Page, match: re.Match[str]) -> bool:
    """ "Los lunes libro", "no teníamos agua los martes": when somebody may be called, or what was, and not when they pay."""
    said = match.group().split(" ")[0] in ("los", "les")
    if not said or page.says("paying", page.plain):
        return False
    return page.subject.habits or page.says("free_time", page.plain) or is_past(page, match.span())


def _take(page: Page, match: re.Match[str], day: datetime.date | None, period: str) -> None:
    if day is None:
        page.strike(match.span())
        return
    page.take("date", day.isoformat(), match.span(), bound_of(page, match.span()), strike=False)
    page.take("period", period, match.span())
