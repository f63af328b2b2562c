"""Sums, days and hours as the reader writes them, in the zone where they work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency

from api.desk.words import Words


@dataclass(frozen=True)
class Formats:
    words: Words
    zone: ZoneInfo
    now: datetime

    def money(self, cents: int, currency: str = "EUR") -> str:
        return format_currency(Decimal(cents) / 100, currency, locale=self.words.language)

    def day(self, value: date | datetime | str) -> str:
        """`12 nov.`, with the year where it is another one."""
        day = self._day(value)
        if day.year == self._here(self.now).year:
            return str(format_skeleton("MMMd", day, locale=self.words.language))
        return str(format_date(day, "d MMM y", locale=self.words.language))

    def full_day(self, value: date | datetime | str) -> str:
        return str(format_date(self._day(value), "long", locale=self.words.language))

    def weekday(self, value: date | datetime) -> str:
        """What a conversation is cut into: today, yesterday, `lundi 23 novembre`."""
        day, today = self._day(value), self._day(self.now)
        if day == today:
            return self.words("talk.today")
        if day == today - timedelta(days=1):
            return self.words("talk.yesterday")
        return str(
            format_skeleton("yMMMMEEEEd" if day.year != today.year else "MMMMEEEEd", day, locale=self.words.language)
        )

    def hour(self, value: datetime | str) -> str:
        return str(format_time(self._here(_moment(value)), "HH:mm", locale=self.words.language))

    def moment(self, value: datetime | str) -> str:
        """The hour alone when it is today."""
        when = _moment(value)
        day, today = self._day(when), self._day(self.now)
        if day == today:
            return self.hour(when)
        if day == today - timedelta(days=1):
            return self.words("time.yesterday", hour=self.hour(when))
        if day == today + timedelta(days=1):
            return self.words("time.tomorrow", hour=self.hour(when))
        return f"{self.day(when)}, {self.hour(when)}"

    def span(self, since: datetime, until: datetime | None = None) -> str:
        """How long that is, in one figure."""
        minutes = int(abs((until or self.now) - since).total_seconds() // 60)
        if minutes < 1:
            return self.words("time.now")
        if minutes < 60:
            return self.words("time.minutes", n=minutes)
        if minutes < 48 * 60:
            return self.words("time.hours", n=minutes // 60)
        return self.words("time.days", n=minutes // (24 * 60))

    def _day(self, value: date | datetime | str) -> date:
        if isinstance(value, str):
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        return self._here(value).date() if isinstance(value, datetime) else value

    def _here(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
