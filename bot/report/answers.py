"""What the model answers to each message of a test set, beside what its author meant."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from typing import Any

from components.misspelling import misspell

_SLIPS = 0.1  # One random edit in ten characters.


@dataclass
class Answer:
    """`also` are the author's other wishes; `found` are the model's wishes and the nets that fired."""

    text: str
    meant: str
    also: list[str]
    ranking: list[str]
    confidence: float
    found: set[str]
    doubtful: bool
    language_right: bool
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the first guess is the author's intent."""
        return self.ranking[0] == self.meant


def ask_all(processor: Any, rows: list[dict[str, Any]], language: str) -> list[Answer]:
    """Ask the messages in order, each with no conversation before it."""
    return asyncio.run(_ask(processor, rows, language))


def ask_misspelled(processor: Any, rows: list[dict[str, Any]], language: str) -> list[Answer]:
    """The same messages, each with about one slip in ten characters, always the same slips."""
    chance = random.Random(7)
    return ask_all(processor, [{**row, "text": misspell(row["text"], chance, _SLIPS)} for row in rows], language)


async def _ask(processor: Any, rows: list[dict[str, Any]], language: str) -> list[Answer]:
    from rasa.core.channels.channel import UserMessage

    answers = []
    for row in rows:
        began = time.process_time()
        parsed = await processor.parse_message(UserMessage(row["text"]))
        answers.append(_answer(row, parsed, language, 1000 * (time.process_time() - began)))
    return answers


def _answer(row: dict[str, Any], parsed: dict[str, Any], language: str, milliseconds: float) -> Answer:
    return Answer(
        text=row["text"],
        meant=row["intent"],
        also=row.get("also") or [],
        ranking=[guess["name"] for guess in parsed["intent_ranking"]],
        confidence=parsed["intent"]["confidence"],
        found={wish["name"] for wish in parsed["intents"]} | set(parsed["signals"]),
        doubtful=parsed["doubtful"],
        language_right=parsed["language"] == language,
        milliseconds=milliseconds,
    )
