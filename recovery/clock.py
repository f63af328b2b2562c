"""The clock is passed in, never asked for. Times are aware UTC; a debtor's day is read in their own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FrozenClock:
    """Stands still at one moment, and advances only when told to. For tests and for `ENTENTE_CLOCK`."""

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware moment, such as 2026-11-22T10:00:00+01:00")
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def advance(self, by: timedelta) -> None:
        self._moment += by


def clock_from(frozen_at: str | None) -> Clock:
    """`ENTENTE_CLOCK` in, a clock out."""
    return FrozenClock(datetime.fromisoformat(frozen_at)) if frozen_at else SystemClock()


def local_day(clock: Clock, zone: str) -> date:
    """The calendar day at this moment where the debtor lives (`zone` is an IANA name)."""
    return clock.now().astimezone(ZoneInfo(zone)).date()
