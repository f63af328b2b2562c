"""Undoing slips of the keyboard: a word that nobody writes becomes the nearest word that debtors do write.

The words are those of the training messages, with their best spelling, so accents come back too ("cheque", "numero").
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .folding import fold

_SPELLING = Path(__file__).parent / "spelling"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
_TWO_SLIPS_FROM = 8


class _Words(NamedTuple):
    """How each folded word is written, how often it comes, and which words are left when letters are dropped."""

    written: dict[str, str]
    counts: dict[str, int]
    without: dict[str, list[str]]


def mend(text: str, language: str) -> str:
    """The text with its misspelled words put right where a known word is near enough."""
    known = _words(language)
    return _WORD.sub(lambda word: _mended(word.group(), language), text) if known.counts else text


@lru_cache(maxsize=20_000)
def _mended(word: str, language: str) -> str:
    known, bare = _words(language), fold(word)
    if bare in known.counts:
        return known.written[bare] if word == bare else word
    if len(bare) < _SHORTEST:
        return word
    near = _near(bare, known)
    return known.written[max(near, key=known.counts.get)] if near else word


def _near(word: str, known: _Words) -> list[str]:
    """Known words one slip away, else two for a long word: they share what is left when letters are dropped."""
    once = {found for left in {word, *_drop(word)} for found in known.without.get(left, ())}
    near = [found for found in once if abs(len(found) - len(word)) <= 1]
    if near or len(word) < _TWO_SLIPS_FROM:
        return near
    twice = {found for left in _drop(word) for less in _drop(left) for found in known.without.get(less, ())}
    return [found for found in twice if len(found) >= _TWO_SLIPS_FROM - 1]


def _drop(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


@lru_cache(maxsize=4)
def _words(language: str) -> _Words:
    path = _SPELLING / f"{language}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    pairs = [line.split() for line in lines]
    written = {fold(word): word for word, _ in pairs}
    counts = {fold(word): int(count) for word, count in pairs}
    without: dict[str, list[str]] = {}
    for word in counts:
        if len(word) >= _SHORTEST - 1:
            for left in {word, *_drop(word)}:
                without.setdefault(left, []).append(word)
    return _Words(written, counts, without)
