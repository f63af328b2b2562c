"""Slips of the keyboard, made on purpose: the model trains on some, and the report measures what they cost."""

from __future__ import annotations

import random

_KEYS = "abcdefghijklmnopqrstuvwxyz"
# The share of characters with a slip in a training example's copy.
_COPIES = (0.04, 0.12)
# Undoing the slips of a copy costs more than all else that is done to an example: the number bounds the training time.
_MOST_COPIES = 4_000


def with_slips(texts: list[str]) -> dict[int, str]:
    """Copies with more or fewer slips, of all texts or of `_MOST_COPIES`, by the place of the text; the same at every training."""
    chance = random.Random(0)
    copied = sorted(chance.sample(range(len(texts)), min(_MOST_COPIES, len(texts))))
    return {at: misspell(texts[at], chance, chance.uniform(*_COPIES)) for at in copied}


def misspell(text: str, chance: random.Random, share: float = 0.06) -> str:
    """The text with about `share` of its characters dropped, doubled, replaced, swapped or preceded by another."""
    typed: list[str] = []
    for character in text:
        if chance.random() < share:
            _slip(typed, character, chance)
        else:
            typed.append(character)
    return "".join(typed) or text


def slip_once(word: str, chance: random.Random) -> str:
    """The word with one slip in it, which now and then changes nothing."""
    at = chance.randrange(len(word))
    typed = list(word[:at])
    _slip(typed, word[at], chance)
    return "".join(typed) + word[at + 1 :]


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
