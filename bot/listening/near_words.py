"""Which known words a typed one may stand for: one slip away, two for a longer word, or several words run together."""

from __future__ import annotations

import math
from bisect import insort
from functools import lru_cache
from typing import NamedTuple

from .known_words import known_words
from .slips import slip_cost
from .sorted_places import WordsByKey

# A space is dropped, or another key is hit in its place; a letter too many or too few within words run together.
SPACE_DROPPED, SPACE_REPLACED, ONE_SLIP = 4.7, 7.0, 6.0
_MOST = 8
_ROUNDING = 1e-9
# What costs more is two slips or more, and no word is believed so far off that debtors said but once: "freidora" is not
# "regidora". Nor, among words run together, one with a slip that they hardly said.
_ONE_SLIP_AT_MOST, _RAREST, _SAID_OFTEN = 8.0, 12.3, 5
_MOST_WEIGHED = 60
_TWO_SLIPS_FROM = 5
_PREFIX = 7
_LONGEST_RUN, _LONGEST_WORD = 40, 16
_COMMON_LETTER = 20
# Unknown words kept with their readings: a few kilobytes each, and a server runs for weeks.
_REMEMBERED = 8_000


class Part(NamedTuple):
    """A word read between two places of a token; its cost includes the space lost before it."""

    start: int
    end: int
    word: str
    cost: float


@lru_cache(maxsize=_REMEMBERED)
def near_words(typed: str, language: str) -> tuple[tuple[str, float], ...]:
    """The likeliest known words that `typed` may be a slip of, each with what the slips cost."""
    if len(typed) > _LONGEST_RUN:
        return ()
    known = known_words(language)
    most = 1 if len(typed) < _TWO_SLIPS_FROM else 2
    index = _index(language)
    found = {word for left in _without(typed[:_PREFIX], most) for word in index.under(left)} - {typed}
    letters = set(typed)
    close = [
        (-math.log(known.chances[word]), word)
        for word in found
        if abs(len(word) - len(typed)) <= most and len(letters.symmetric_difference(word)) <= 2 * most
    ]
    return _likeliest(typed, sorted(close)[:_MOST_WEIGHED])


def _likeliest(typed: str, close: list[tuple[float, str]]) -> tuple[tuple[str, float], ...]:
    """The likeliest words with what their slips cost, of words with how rare they are."""
    ranked: list[tuple[float, str, float]] = []
    for rarity, word in close:
        most = ranked[-1][0] - rarity + _ROUNDING if len(ranked) == _MOST else math.inf
        cost = slip_cost(typed, word, most)
        if cost <= most:
            insort(ranked, (cost + rarity, word, cost))
            del ranked[_MOST:]
    return tuple((word, cost) for total, word, cost in ranked if cost <= _ONE_SLIP_AT_MOST or total - cost < _RAREST)


@lru_cache(maxsize=_REMEMBERED // 4)
def words_inside(typed: str, language: str) -> tuple[Part, ...]:
    """Common words, or near ones, at every place of a run of letters, but not the whole of it."""
    if not 3 <= len(typed) <= _LONGEST_RUN:
        return ()
    places = [
        (start, end)
        for start in range(len(typed))
        for end in range(start + 1, min(len(typed), start + _LONGEST_WORD) + 1)
        if end - start < len(typed)
    ]
    return tuple(
        part
        for start, end in places
        for word, cost in _as_part(typed[start:end], language)
        for part in _placed(start, end, word, cost)
    )


def stands_alone(word: str, language: str) -> bool:
    """Whether a run of words may be cut here: debtors said it more than once, a single letter often."""
    return known_words(language).counts.get(word, 0) > (1 if len(word) > 1 else _COMMON_LETTER)


@lru_cache(maxsize=_REMEMBERED)
def one_slip_away(typed: str, language: str) -> tuple[str, ...]:
    """The three commonest words one slip away, for words of four letters and more."""
    if not 4 <= len(typed) <= _LONGEST_RUN:
        return ()
    counts = known_words(language).counts
    once = _index_of_one(language)
    found = {word for left in _without(typed, 1) for word in once.under(left) if _is_one_slip(typed, word)}
    return tuple(sorted(found, key=lambda word: (-counts[word], word))[:3])


def _as_part(typed: str, language: str) -> list[tuple[str, float]]:
    exact = [(typed, 0.0)] if stands_alone(typed, language) else []
    counts = known_words(language).counts
    return exact + [(word, ONE_SLIP + 0.5) for word in one_slip_away(typed, language) if counts[word] >= _SAID_OFTEN]


def _placed(start: int, end: int, word: str, cost: float) -> list[Part]:
    if start == 0:
        return [Part(start, end, word, cost)]
    replaced = [Part(start - 1, end, word, cost + SPACE_REPLACED)] if start > 1 else []
    return [Part(start, end, word, cost + SPACE_DROPPED), *replaced]


def _is_one_slip(typed: str, word: str) -> bool:
    """Dropped, added, replaced or swapped once."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    same = next(
        (at for at, pair in enumerate(zip(typed, word, strict=False)) if pair[0] != pair[1]), min(len(typed), len(word))
    )
    rest, other = typed[same:], word[same:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return rest[1:] == other or rest == other[1:] or rest[1:] == other[1:] or swapped == other


def _without(word: str, most: int) -> set[str]:
    """The word, and what is left when one letter is dropped, or two."""
    left = {word} | {word[:at] + word[at + 1 :] for at in range(len(word)) if len(word) > 1}
    if most > 1:
        left |= {
            word[:at] + word[at + 1 : to] + word[to + 1 :] for at in range(len(word)) for to in range(at + 1, len(word))
        }
    return left


@lru_cache(maxsize=4)
def _index(language: str) -> WordsByKey:
    """Known words by the beginnings left when letters are dropped."""
    known = known_words(language)
    # Two slips from a word that debtors say; one from any other.
    return WordsByKey(
        (word, _without(word[:_PREFIX], 2 if len(word) >= _TWO_SLIPS_FROM and stands_alone(word, language) else 1))
        for word in known.chances
        if word in known.counts or (known.holds(word) and len(word) > 2)
    )


@lru_cache(maxsize=4)
def _index_of_one(language: str) -> WordsByKey:
    """Words that stand alone by what is left when a letter is dropped."""
    words = (word for word in known_words(language).counts if len(word) >= 4 and stands_alone(word, language))
    return WordsByKey((word, _without(word, 1)) for word in words)
