"""Figures and days as a person writes them in French and Spanish. No words are chosen here."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from recovery.money import Money

SIGNS = {"EUR": "€"}


def written(amount: Money, language: str) -> str:
    """1 250,50 € in French, 1.250,50 € in Spanish. An ordinary space, so that SMS stays in the GSM alphabet."""
    figure = str(format_decimal(Decimal(amount.cents) / 100, format="#,##0.00", locale=language))
    figure = figure.replace("\u202f", " ").replace("\xa0", " ")
    return f"{figure} {SIGNS.get(amount.currency, amount.currency)}"


def labelled(name: str, value: str, language: str) -> str:
    """French sets a space before the colon: « Reste : 5,00 € »; Spanish does not."""
    return f"{name} : {value}" if language == "fr" else f"{name}: {value}"


def long_day(day: date, language: str) -> str:
    """5 décembre 2026, 5 de diciembre de 2026; the first of a month in French is « 1er »."""
    written_day = str(format_date(day, format="long", locale=language))
    return written_day.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else written_day


def percent(basis_points: int, language: str) -> str:
    """2,62 %."""
    return f"{format_decimal(Decimal(basis_points) / 100, format='#,##0.##', locale=language)} %"


def day_there(at: datetime, zone: str) -> date:
    """The day a moment falls on in that zone, however the moment was written."""
    return at.astimezone(ZoneInfo(zone)).date()


def moment(at: datetime, zone: str) -> str:
    """22/11/2026 10:00, on the clock of that zone."""
    return at.astimezone(ZoneInfo(zone)).strftime("%d/%m/%Y %H:%M")
