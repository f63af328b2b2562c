"""A day with nothing but its number: "le 5", "el día 5", and those that follow it, "le 5 et le 20"."""

from __future__ import annotations

import datetime
import re

from ..page import Page, Span
from .occurrences import day_of_month, days_away, exact, months_away
from .taking import is_past, take_date

# "Avant Noël, le 23": of the same month
_TOLD_AT_ONCE = re.compile(r",? ?(?:el|le|mejor|plutot|seria)? ?")
_TOLD_NAME = re.compile(r",? ?(?:c'?est|es) (?:(?:la|le|les|el) |l')([a-z]{3,})")
_FEW_LETTERS = 12
_SENTENCE_END = re.compile(r"[.;!?\n](?!\d)")


def read_day_numbers(page: Page) -> None:
    """The next such day, or the last one in the past."""
    for match in page.matches("day"):
        if _is_the_feast(page, match) or _is_a_department(page, match):
            page.strike(match.span())
        elif not page.says("not_a_day", page.plain[: match.start("d")].rstrip()):
            _take(page, match, match.span())
            _read_more(page, match.end())


def _is_the_feast(page: Page, match: re.Match[str]) -> bool:
    """ "El 24 no, que es Nochebuena": the feast said a few words on is that day."""
    day = match["d"].removesuffix("er").zfill(2)
    return any(
        0 < start - match.end() <= _FEW_LETTERS
        and found.value.endswith(f"-{day}")
        and page.says("names_month", page.plain[start:end])
        for found, (start, end) in page.in_order("date")
    )


def _is_a_department(page: Page, match: re.Match[str]) -> bool:
    """ "Le 23 c'est la Creuse": a number that has a name, with its article and its capital."""
    told = _TOLD_NAME.match(page.plain, match.end("d"))
    if told is None or told.group(1) in page.words.tables["weekday"] or page.says("names_month", told.group(1)):
        return False
    return page.original[page.aligned.origin(told.start(1), told.end(1))[0]].isupper() and not page.original.isupper()


def _take(page: Page, match: re.Match[str], span: Span) -> None:
    number, past = int(match["d"].removesuffix("er")), is_past(page, span)
    if page.says("month_following", page.text[span[1] :]):
        take_date(page, _in_the_month_after(page, span[0], number), span)
        return
    if page.says("day_following", page.text[span[1] :]):  # "le 15 et le 15 d'après"
        take_date(page, day_of_month(days_away(_last_said(page, span[0]), 1), number, None, False), span)
        return
    since = page.today if past else _said_just_before(page, span[0], number)
    take_date(page, day_of_month(since, number, None, past), span)


def _in_the_month_after(page: Page, start: int, number: int) -> datetime.date | None:
    """ "El 30 y el 30 del siguiente": of the month after that of the day said before, or after this one."""
    following = months_away(_last_said(page, start).replace(day=1), 1)
    return exact(following.year, following.month, number)


def _last_said(page: Page, start: int) -> datetime.date:
    said = [found for found, span in page.in_order("date") if span[1] <= start]
    return datetime.date.fromisoformat(said[-1].value) if said else page.today


def _said_just_before(page: Page, start: int, number: int) -> datetime.date:
    """ "No en Nochebuena, el 28": a later number after a day to come that named its month is of that month; else from today."""
    for found, span in reversed(page.in_order("date")):
        said = page.plain[span[0] : span[1]]
        if (
            span[1] <= start
            and not _SENTENCE_END.search(page.plain[span[1] : start])
            and page.says("names_month", said)
        ):
            day = datetime.date.fromisoformat(found.value)
            told = found.bound == "before" and _TOLD_AT_ONCE.fullmatch(page.plain[span[1] : start])
            return (
                max(page.today, day.replace(day=1))
                if told
                else day
                if page.today <= day and day.day < number
                else page.today
            )
    return page.today


def _read_more(page: Page, end: int) -> None:
    for pattern in page.words.patterns["more_days"]:
        match = pattern.match(page.text[end:])
        if match:
            _take(page, match, (end + match.start("d"), end + match.end()))
            _read_more(page, end + match.end())
            return
