"""Words and days that a message holds, beside what the model read in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from actions.debts.debts_meant import fold
from actions.given_back import is_given_up
from actions.turn import Turn
from actions.words import words_of


def says(turn: Turn, words: Iterable[str]) -> bool:
    """Whether the message holds one of these, folded; each may be the beginning of a word (`minim` finds "minimum")."""
    return holds(turn.text, words)


def holds(text: str, words: Iterable[str]) -> bool:
    """The same of a text, or of a part of one."""
    said = fold(text.replace("\u2019", "'"))
    return any(
        re.search(rf"(?<!\w){re.escape(word)}" if word[:1].isalnum() else re.escape(word), said) for word in words
    )


def laughing(turn: Turn) -> bool:
    """Laughter beside the words: a manner of speaking, until it is said again."""
    return any(sign in fold(turn.text) or sign in turn.text for sign in words_of("laughter"))


def day_said(turn: Turn) -> date | None:
    """The last day said that is not the one given up ("the 10th instead of the 5th"); a day to come before a past one."""
    days = [
        date.fromisoformat(found["value"])
        for found in turn.values
        if found["entity"] == "date"
        and isinstance(found.get("value"), str)
        and not is_given_up(turn.text, found.get("start"))
    ]
    to_come = [day for day in days if day >= turn.today]
    return next(reversed(to_come or days), None)


def day_to_come(turn: Turn) -> date | None:
    """The day said for what is still to come: "from the 1st", "all on the 12th" is never one gone by."""
    day = day_said(turn)
    if day is None or day >= turn.today:
        return day
    gone = relativedelta(turn.today, day)
    return day + relativedelta(months=gone.years * 12 + gone.months + 1)


def all_at_once(turn: Turn) -> bool:
    """All of it in one payment, with no word that takes the wish back."""
    words = words_of("all_at_once")
    text = re.sub(words["no_before"], "", fold(turn.text.replace("\u2019", "'")))
    denied = any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words["denies"])
    return says(turn, words["says"]) and not denied


def all_of_it(turn: Turn) -> bool:
    """All that is due, in whatever words; "tout de suite" asks for nothing but haste."""
    said = re.sub("|".join(map(re.escape, words_of("at_once"))), " ", fold(turn.text.replace("\u2019", "'")))
    return all_at_once(turn) or any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) for word in words_of("places")["all"]
    )
