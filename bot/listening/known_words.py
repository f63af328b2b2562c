"""The words debtors write, how probable each is after another, and which words are known at all.

Counts come from the training messages (spelling/, written by `python -m wordlists`), and for words these do not say from
general use (words/general/). All keys are folded.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from pathlib import Path
from sys import intern

from .folding import fold
from .sorted_places import Successions
from .vocabulary import folded, general_use

START, END, FIGURE = "^", "$", "#"
_SPELLING = Path(__file__).parent / "spelling"
_TOKEN = re.compile(r"[^\W_]+")
# How many words of general use one message's worth of training words is trusted against.
_GENERAL_WEIGHT = 20_000.0
_PAIR_TRUST = 30.0
# A word nobody listed: this dear, and dearer with each letter (natural logarithms).
_UNKNOWN, _UNKNOWN_LETTER = 20.0, 1.5
_COMMON_ENOUGH = 1e-6


class KnownWords:
    """One language's words; empty for a language without lists."""

    def __init__(
        self, counts: dict[str, int], written: dict[str, str], pairs: Successions, general: dict[str, float]
    ) -> None:
        """`general` is each word's share of general use, `pairs` what follows a word and how often."""
        self.counts, self.written, self._pairs = counts, written, pairs
        self._common = {word for word, share in general.items() if share > _COMMON_ENOUGH and word not in counts}
        total = sum(counts.values()) + _GENERAL_WEIGHT
        self.chances = {
            word: (counts.get(word, 0) + _GENERAL_WEIGHT * general.get(word, 0.0)) / total
            for word in {**counts, **general}
        }
        self.chances[END] = pairs.times_before_any(START) / total

    def holds(self, word: str) -> bool:
        """Whether people write this: a training message does, or the language often does."""
        return word in self.counts or word in self._common

    def follows(self, before: str, word: str) -> bool:
        """Whether debtors said this word after the other; START begins a message."""
        return self._pairs.times(before, word) > 0

    def surprise(self, before: str, word: str) -> float:
        """Minus the log chance of a word after another; START begins a message, END ends it."""
        chance = self.chances.get(word) or math.exp(-_UNKNOWN - _UNKNOWN_LETTER * len(word))
        seen = self._pairs.times(before, word)
        return -math.log((seen + _PAIR_TRUST * chance) / (self._pairs.times_before_any(before) + _PAIR_TRUST))


def tokens(text: str) -> list[str]:
    """Runs of letters and digits."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=4)
def known_words(language: str) -> KnownWords:
    """The lists of a language, read once."""
    said = [(intern(word), int(count)) for word, count in map(str.split, _lines(f"{language}.txt"))]
    counts = {_bare(word): count for word, count in said}
    general = general_use(language) if said else {}
    # The first spelling met is kept: that of the messages, then the commonest.
    spellings = [*(word for word, _ in said), *general]
    written = {_bare(word): word for word in reversed(spellings)}
    return KnownWords(counts, written, Successions(map(_following, _lines(f"{language}_pairs.txt"))), folded(general))


def _bare(word: str) -> str:
    return word if word.isascii() else intern(fold(word))


def _following(line: str) -> tuple[str, dict[str, int]]:
    before, *rest = line.split()
    return intern(before), dict(zip(map(intern, rest[::2]), map(int, rest[1::2]), strict=True))


def _lines(name: str) -> list[str]:
    path = _SPELLING / name
    return path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
