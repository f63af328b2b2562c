"""A day and its month: 12/12, "le 3 février", "el 5 del mes que viene", and feast days."""

from __future__ import annotations

import datetime
import re

from ..page import Page, Span
from .occurrences import day_of_month, days_away, easter, exact, months_away
from .taking import is_past, take_date, tense_of, told_in_another_clause

_SOON = datetime.timedelta(days=60)
_FURTHEST = 10  # years ahead a two-digit year may be a payment


def read_calendar_dates(page: Page) -> None:
    """Dates that name their month."""
    for match in page.matches("iso_date"):
        take_date(page, exact(int(match["y"]), int(match["m"]), int(match["d"])), match.span())
    for match in page.matches("day_pair"):
        _take(page, match, page.words.figure("month", match["month"]), match.span("d"))
    for match in page.matches("month_date"):
        named = match.groupdict().get("month")
        _take(page, match, page.words.figure("month", named) if named else int(match["m"]), match.span())
    for match in page.matches("numeric_date"):
        if _is_a_date(page, match):
            _take(page, match, int(match["m"]), match.span())
    for match in page.matches("relative_month"):
        take_date(page, _in_relative_month(page, match), match.span())
    _read_feasts(page)


def _is_a_date(page: Page, match: re.Match[str]) -> bool:
    """ "5.12" is a sum and "1/3" a share unless something makes them days."""
    introduced = not match.group()[0].isdigit() or page.expecting == "date"
    if match["y"] is None and match["sep"] != "/" and not introduced:
        return match["sep"] == "-" and len(match["m"]) == 2 and int(match["m"]) <= 12
    if match["y"] is None and not introduced and (match["d"], match["m"]) in _SHARES:
        return False
    return int(match["m"]) <= 12 and int(match["d"]) <= 31


_SHARES = {("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4"), ("1", "5")}


def _take(page: Page, match: re.Match[str], month: int, span: Span) -> None:
    day = int(match["d"].removesuffix("er")) if match["d"][0].isdigit() else 1
    year = match.groupdict().get("y")
    if year is None:
        take_date(page, _nearest_by_tense(page, match, day, month), span)
        return
    if len(year) == 2 and int(year) > page.today.year % 100 + _FURTHEST:
        # "El 5 de diciembre 60": a day and a sum
        take_date(page, _nearest_by_tense(page, match, day, month), (span[0], match.start("y")))
        return
    take_date(page, exact(int(year) if len(year) == 4 else 2000 + int(year), month, day), span)


def _nearest_by_tense(page: Page, match: re.Match[str], day: int, month: int) -> datetime.date | None:
    tense = tense_of(page, match.span())
    days = [found for past in (False, True) if (found := day_of_month(page.today, day, month, past))]
    if tense == "unsure" and days:
        return min(days, key=lambda found: abs(found - page.today))
    if (
        tense == "past"
        and page.tense is None
        and _is_long_ago(page, days)
        and (told_in_another_clause(page, match.span()) or page.says("bare_participle", page.plain[: match.start("d")]))
    ):
        return days[0]
    return day_of_month(page.today, day, month, tense == "past")


def _is_long_ago(page: Page, days: list[datetime.date]) -> bool:
    """Days are the next such day, soon, and the last one, the best part of a year ago."""
    return len(days) == 2 and days[0] - page.today < _SOON


def _in_relative_month(page: Page, match: re.Match[str]) -> datetime.date | None:
    day, which = int(match["d"].removesuffix("er")), match["which"]
    if page.says("month_before", which):
        month = months_away(page.today.replace(day=1), -1)
    elif page.says("month_after", which):
        month = months_away(page.today.replace(day=1), 1)
    elif page.says("this_month", which):
        month = page.today
    else:
        return day_of_month(page.today, day, None, is_past(page, match.span()))
    return exact(month.year, month.month, day)


def _read_feasts(page: Page) -> None:
    for match in page.matches("feast"):
        if _is_somebody(page, match):
            page.strike(match.span("feast"))
            continue
        when = page.words.figure("feast", match["feast"])
        day = _feast(page, when, is_past(page, match.span())) if when != "none" else None
        if day and _is_said_already(page, day):
            page.strike(match.span())
        elif day:
            take_date(page, day, match.span())


def _is_somebody(page: Page, match: re.Match[str]) -> bool:
    """ "Noël est mon voisin", "je m'appelle Reyes": a name, by the words around it."""
    before, after = page.plain[: match.start("feast")], page.plain[match.end("feast") :]
    if page.says("feast_of", before):
        return True
    is_a_day = page.says("on_a_feast", before) and not after.startswith(",")  # "à Noël mon frère me rend 200"
    return not is_a_day and page.says("feast_named", after)


def _is_said_already(page: Page, day: datetime.date) -> bool:
    """ "El 6 de enero, cuando los Reyes"; "25 12 83, oui le jour de Noël"."""
    births = {found.value[5:] for found, _ in page.in_order("birth_date")}
    return day.isoformat() in {found.value for found, _ in page.in_order("date")} or day.isoformat()[5:] in births


def _feast(page: Page, when: str, past: bool) -> datetime.date | None:
    if not when.startswith("easter"):
        month, day = when.split("-")
        return day_of_month(page.today, int(day), int(month), past)
    away = int(when.removeprefix("easter") or 0)
    days = [days_away(easter(page.today.year + year), away) for year in (-1, 0, 1)]
    return max(day for day in days if day <= page.today) if past else min(day for day in days if day >= page.today)
