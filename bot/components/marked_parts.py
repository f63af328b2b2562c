"""What the author of an example marked in it: a second wish and where it begins, and the clauses that ask for nothing.

The marks stand in the example's metadata: `also` names the second wish, `second` is the text from its first word on,
`empty` lists the clauses without a wish of their own.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.kinds_of_wish import NOTHING
from components.parts import HALVES, LANGUAGE, WISH


def wishes_of(example: Message) -> tuple[str, ...]:
    """Its intent, and the one beside it where the example says two things."""
    also = _marks(example).get("also")
    return (example.get(INTENT), also) if also else (example.get(INTENT),)


def set_marked_parts(example: Message) -> None:
    """Each marked part becomes a half with a wish of its own, as the halves of a message will be read."""
    parts = [*_two_halves(example), *((empty, NOTHING) for empty in _marks(example).get("empty", []))]
    if parts:
        language = example.get(LANGUAGE)
        example.set(HALVES, [Message({TEXT: text, LANGUAGE: language, WISH: wish}) for text, wish in parts])


def _two_halves(example: Message) -> list[tuple[str, str]]:
    second = _marks(example).get("second")
    if not second:
        return []
    first = example.get(TEXT).removesuffix(second).strip()
    return list(zip((first, second), wishes_of(example), strict=True))


def _marks(example: Message) -> dict[str, Any]:
    return (example.get("metadata") or {}).get("example", {})
