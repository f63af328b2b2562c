"""When people are at the desk: Monday to Friday, nine to six in the debtor's country, national holidays left out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from recovery.handover.reasons import AT_ONCE, MINUTES, PERSON_ANSWERS_WITHIN_MINUTES

OPENS, CLOSES = time(9), time(18)
ZONES = {"FR": ZoneInfo("Europe/Paris"), "ES": ZoneInfo("Europe/Madrid")}


def answer_due_at(answered: str, now: datetime, country: str) -> datetime:
    """The moment by which a person answers (aware). `answered`: at_once, minutes or working_day."""
    if answered == AT_ONCE:
        return now
    opening = next_opening(now, country)
    if answered == MINUTES:
        return opening + timedelta(minutes=PERSON_ANSWERS_WITHIN_MINUTES) if opening == now else opening
    here = opening.astimezone(_zone(country))
    return _moment(_working_day_from(here.date() + timedelta(days=1), country), here.time(), country)


def next_opening(now: datetime, country: str) -> datetime:
    """`now` itself while the desk is open."""
    here = now.astimezone(_zone(country))
    if is_working_day(here.date(), country):
        if OPENS <= here.time() < CLOSES:
            return now
        if here.time() < OPENS:
            return _moment(here.date(), OPENS, country)
    return _moment(_working_day_from(here.date() + timedelta(days=1), country), OPENS, country)


def is_open(now: datetime, country: str) -> bool:
    return next_opening(now, country) == now


def is_working_day(day: date, country: str) -> bool:
    return day.weekday() < 5 and day not in _holidays_of(country)


def _working_day_from(day: date, country: str) -> date:
    while not is_working_day(day, country):
        day += timedelta(days=1)
    return day


def _moment(day: date, hour: time, country: str) -> datetime:
    return datetime.combine(day, hour, _zone(country))


def _zone(country: str) -> ZoneInfo:
    return ZONES.get(country, ZONES["FR"])


@lru_cache(maxsize=4)
def _holidays_of(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country if country in ZONES else "FR")
