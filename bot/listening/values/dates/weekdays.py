"""Days of the week, this one, the one after, the last one, with or without their number."""

from __future__ import annotations

import datetime
import re

from ..page import Page
from .occurrences import day_of_month, days_away, exact, months_away, weekday
from .taking import is_past, take_date

_WEEK = 7
# "Le 29 c'est dimanche": the weekday tells of the day already said.
_TOLD_OF_A_DAY = re.compile(
    r"[\d\ue000-\ue004] ?,? ?(?:c|c'est|cest|est|ce sera|tombe|es|cae|cae en|sera)(?: un| le| en)? ?$"
)
_TOLD_WEEKDAY = re.compile(r"\d,? (?:c|c'est|cest|ce sera|tombe|es|cae|cae en|sera)(?: un| en) ([a-z]+)")


def read_weekdays(page: Page) -> None:
    """A weekday is the first one strictly after today, in the past the last one."""
    for match in page.matches("nth_weekday"):
        take_date(page, _nth_of_a_month(page, match), match.span())
    for match in page.matches("weekday_or_next"):
        day = weekday(page.today, _number(page, match), False)
        take_date(page, day, match.span("weekday"))
        take_date(page, days_away(day, _WEEK), match.span("other"))
    for match in page.matches("not_this_weekday"):
        take_date(page, days_away(weekday(page.today, _number(page, match), False), _WEEK), match.span())
    for match in page.matches("weekday_later"):
        weeks = int(match["n"] or 8) // _WEEK
        take_date(page, days_away(weekday(page.today, _number(page, match), False), weeks * _WEEK), match.span())
    # "le 12 c'est un samedi, ma banque ne bouge pas le samedi"
    told = {said.group(1) for said in _TOLD_WEEKDAY.finditer(page.plain)}
    for match in page.matches("weekday"):
        if match["weekday"] in told and not match.groupdict().get("d"):
            continue
        if page.subject.habits and page.says("each_week", page.plain[: match.start("weekday")]):
            continue
        if not _TOLD_OF_A_DAY.search(page.text[: match.start()]) and not page.says(
            "no_weekday", page.plain[: match.start("weekday")]
        ):
            _read_weekday(page, match)


def _nth_of_a_month(page: Page, match: re.Match[str]) -> datetime.date | None:
    """ "le premier lundi de décembre": of the month named, or of this one where it is still to come."""
    nth = int(page.words.figure("nth", match["nth"]))
    for month in _months_meant(page, match["of"]):
        days = [day for day in (exact(month.year, month.month, number) for number in range(1, 32)) if day]
        of_the_week = [day for day in days if day.weekday() == _number(page, match)]
        found = of_the_week[nth if nth < 0 else nth - 1]
        if found >= page.today or is_past(page, match.span()):
            return found
    return None


def _months_meant(page: Page, of: str) -> list[datetime.date]:
    first = page.today.replace(day=1)
    name = of.split(" ")[0]
    if name in page.words.tables["month"]:
        number = page.words.figure("month", name)
        return [month for away in range(12) if (month := months_away(first, away)).month == number]
    return [months_away(first, 1)] if page.says("month_after", of) else [first, months_away(first, 1)]


def _read_weekday(page: Page, match: re.Match[str]) -> None:
    said = match.groupdict()
    named_past = bool(said.get("past") or said.get("past1"))
    past = named_past or (not page.says("month_after", match.group()) and is_past(page, match.span()))
    if said.get("d"):
        take_date(page, _numbered(page, match, past), match.span())
        return
    day = weekday(page.today, _number(page, match), past)
    # "El domingo pasado" said on a Sunday is not today.
    take_date(page, days_away(day, -_WEEK) if named_past and day == page.today else day, match.span())


def _numbered(page: Page, match: re.Match[str], past: bool) -> datetime.date | None:
    """ "lundi 30": of the next and the last 30th, the one that is a Monday; by the tense when neither is."""
    day = int(match["d"].removesuffix("er"))
    days = [day_of_month(page.today, day, None, before) for before in (past, not past)]
    return next((found for found in days if found and found.weekday() == _number(page, match)), days[0])


def _number(page: Page, match: re.Match[str]) -> int:
    return int(page.words.figure("weekday", match["weekday"]))
