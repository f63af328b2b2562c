"""Whether words accept figures: a contract needs a clear yes, not a likely one (C.civ 1113; nothing is agreed without it)."""

from __future__ import annotations

import re

from actions.debts.debts_meant import fold
from actions.turn import Turn
from actions.words import words_of


def says_yes(turn: Turn) -> bool:
    """A pressed button, or a word of the list in either language; words that only look like a yes are taken out first."""
    if turn.message.pressed:
        return True
    text = re.sub(r"([a-z])\1{2,}", r"\1", fold(turn.text.replace("\u2019", "'")))  # "siiii"
    lists = words_of("clear_yes")
    for phrase in lists["no_yes"]:
        text = text.replace(phrase, " ")
    text = re.sub(lists["asked_back"], " ", text)
    said = any(_has(word, text) for word in lists[turn.language])
    return said or any(sign in turn.text for sign in lists["signs"])


def begins_with_yes(turn: Turn) -> bool:
    """The yes comes first and what follows only repeats: "oui, le 5"."""
    text = fold(turn.text.replace("\u2019", "'"))
    return bool(turn.message.pressed) or any(
        re.match(rf"{re.escape(word)}\b", text) for word in words_of("clear_yes")[turn.language]
    )


def _has(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
