"""The day of a payment made, said without its year: the nearer one. "el 28 de octubre" said in November is behind us."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from actions.turn import Turn


def day_paid(turn: Turn) -> date | None:
    day = turn.day()
    if day is None or day <= turn.today:
        return day
    a_year_before = day - relativedelta(years=1)
    return a_year_before if turn.today - a_year_before < day - turn.today else day
