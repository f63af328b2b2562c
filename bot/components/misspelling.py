"""Slips of the keyboard, made on purpose: the model trains on some, and the report measures what they cost."""

from __future__ import annotations

import random

_KEYS = "abcdefghijklmnopqrstuvwxyz"
# The share of characters with a slip in a training example's copy.
_COPIES = (0.04, 0.12)


def with_slips(texts: list[str]) -> list[str]:
    """A copy of each text with more or fewer slips; the same ones at every training."""
    chance = random.Random(0)
    return [misspell(text, chance, chance.uniform(*_COPIES)) for text in texts]


def misspell(text: str, chance: random.Random, share: float = 0.06) -> str:
    """The text with about `share` of its characters dropped, doubled, replaced, swapped or preceded by another."""
    typed: list[str] = []
    for character in text:
        if chance.random() < share:
            _slip(typed, character, chance)
        else:
            typed.append(character)
    return "".join(typed) or text


def _slip(typed: list[str], character: str, chance: random.Random) -> None:
    kind = chance.randrange(5)
    if kind == 0:
        return
    if kind == 1:
        typed += [character, character]
    elif kind == 2:
        typed.append(chance.choice(_KEYS))
    elif kind == 3 and typed:
        typed.insert(-1, character)
    else:
        typed += [chance.choice(_KEYS), character]
