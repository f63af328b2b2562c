"""What the model answers to each message of a test set, beside what its author meant."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, replace
from typing import Any

from components.misspelling import misspell
from listening.language import SPOKEN
from report.rows import OTHER, Row

_SLIPS = 0.1  # One random edit in ten characters.
_DRAWS = 3  # One draw is a point off the mean of many.
# The day the sets were written for: "le 5" is 5 December.
_DAY = "2026-11-22"


@dataclass
class Answer:
    """`read` are the model's wishes, likeliest first; `nets` what fired beside it; `values` the entities as Rasa gives them."""

    row: Row
    ranking: list[str]
    confidence: float
    read: list[str]
    nets: set[str]
    doubtful: bool
    language: str
    values: list[dict[str, Any]]
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the first guess is the author's intent, or one of the two."""
        return self.ranking[0] in self.row.wishes

    @property
    def meant(self) -> str:
        """The author's intent; of two, the one that was guessed, or the first."""
        return self.ranking[0] if self.right else self.row.wishes[0]

    @property
    def found(self) -> set[str]:
        """What the dialogue is told: the model's wishes and the nets."""
        return {*self.read, *self.nets}

    @property
    def language_right(self) -> bool:
        """Whether the message was read in its language; a third one must be told from French and Spanish only."""
        return self.language not in SPOKEN if self.row.language == OTHER else self.language == self.row.language


def ask_all(processor: Any, rows: list[Row]) -> list[Answer]:
    """Ask the messages in order, each with no conversation before it."""
    return asyncio.run(_ask(processor, rows))


def ask_misspelled(processor: Any, rows: list[Row]) -> list[Answer]:
    """The same messages `_DRAWS` times over, each with about one slip in ten characters; always the same slips."""
    chance = random.Random(7)
    return ask_all(processor, [replace(row, text=misspell(row.text, chance, _SLIPS)) for row in rows * _DRAWS])


async def _ask(processor: Any, rows: list[Row]) -> list[Answer]:
    from rasa.core.channels.channel import UserMessage

    answers = []
    for row in rows:
        known = {"today": _DAY, **({"expecting": row.expecting} if row.expecting else {})}
        began = time.process_time()
        parsed = await processor.parse_message(UserMessage(row.text, metadata=known))
        answers.append(_answer(row, parsed, 1000 * (time.process_time() - began)))
    return answers


def _answer(row: Row, parsed: dict[str, Any], milliseconds: float) -> Answer:
    return Answer(
        row=row,
        ranking=[guess["name"] for guess in parsed["intent_ranking"]],
        confidence=parsed["intent"]["confidence"],
        read=[wish["name"] for wish in parsed["intents"]],
        nets=set(parsed["signals"]),
        doubtful=parsed["doubtful"],
        language=parsed["language"],
        values=parsed["entities"],
        milliseconds=milliseconds,
    )
