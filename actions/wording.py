"""Figures and days as a person writes them in French and Spanish. No words are chosen here: those stand in the responses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import format_date

from recovery.money import Money
from recovery.written import labelled, long_day, written


def week_day(day: date, language: str) -> str:
    """jeudi 26 novembre, jueves 26 de noviembre."""
    return format_date(day, format={"fr": "EEEE d MMMM", "es": "EEEE d 'de' MMMM"}[language], locale=language)


def schedule_lines(parts: Iterable[tuple[date, Money]], language: str) -> str:
    """One instalment a line: number, day, amount."""
    return "\n".join(
        f"{n}. {labelled(long_day(day, language), written(amount, language), language)}"
        for n, (day, amount) in enumerate(parts, 1)
    )


def written_value(value: Any, language: str) -> Any:
    """What a response shows: an amount, a day, or a schedule (a list of pairs day, amount) as a person writes it."""
    if isinstance(value, Money):
        return written(value, language)
    if isinstance(value, date):
        return long_day(value, language)
    if isinstance(value, list | tuple) and value and isinstance(value[0], list | tuple):
        return schedule_lines(value, language)
    return value


def kept_value(value: Any) -> Any:
    """The same value as JSON, so that a question can be asked again later, in another language too."""
    if isinstance(value, Money):
        return {"cents": value.cents, "currency": value.currency}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple):
        return [kept_value(part) for part in value]
    return value


def restored_value(kept: Any) -> Any:
    if isinstance(kept, dict) and "cents" in kept:
        return Money(kept["cents"], kept["currency"])
    if isinstance(kept, dict) and "day" in kept:
        return date.fromisoformat(kept["day"])
    if isinstance(kept, list):
        return [restored_value(part) for part in kept]
    return kept
