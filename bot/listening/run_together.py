"""Words run together: "payerdemain", and with another key hit in the place of the space, "payerbdemain"."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .known_words import known_words
from .near_words import LONGEST_RUN, REMEMBERED, near_words, without
from .sorted_places import WordsByKey

# A space is dropped, or another key is hit in its place; a letter too many or too few within words run together.
SPACE_DROPPED, SPACE_REPLACED, ONE_SLIP = 4.7, 7.0, 6.0
# A word within a run is less likely to have a slip as well, and none with a slip is believed that debtors hardly said.
_A_SLIP_MORE, _SAID_OFTEN = 3.0, 5
_LONGEST_WORD = 16
_COMMON_LETTER = 20
# Where no word is so near the whole run, its first and its last word may be two slips off; so many readings of each are weighed.
_NEAR_ENOUGH, _RUN_FROM, _EDGE_FROM, _EDGES, _EDGES_WEIGHED = 12.0, 7, 4, 4, 30


class Part(NamedTuple):
    """A word read between two places of a token; its cost includes the space lost before it."""

    start: int
    end: int
    word: str
    cost: float


@lru_cache(maxsize=REMEMBERED // 4)
def words_inside(typed: str, language: str) -> tuple[Part, ...]:
    """Common words, or near ones, at every place of a run of letters, but not the whole of it."""
    size = len(typed)
    if not 3 <= size <= LONGEST_RUN:
        return ()
    places = [
        (start, end)
        for start in range(size)
        for end in range(start + 1, min(size, start + _LONGEST_WORD) + 1)
        if end - start < size
    ]
    wide = size >= _RUN_FROM and all(cost > _NEAR_ENOUGH for _, cost in near_words(typed, language))
    return tuple(
        part
        for start, end in places
        for word, cost in _as_part(typed[start:end], language, wide and (start == 0 or end == size))
        for part in _placed(start, end, word, cost)
    )


def stands_alone(word: str, language: str) -> bool:
    """Whether a run of words may be cut here: debtors said it more than once, a single letter often, or the language often does."""
    known = known_words(language)
    if word in known.counts:
        return known.counts[word] > (1 if len(word) > 1 else _COMMON_LETTER)
    return len(word) > 2 and known.holds(word)


@lru_cache(maxsize=REMEMBERED)
def one_slip_away(typed: str, language: str) -> tuple[str, ...]:
    """The three commonest words one slip away, for words of four letters and more."""
    if not 4 <= len(typed) <= LONGEST_RUN:
        return ()
    counts = known_words(language).counts
    once = _index_of_one(language)
    found = {word for left in without(typed, 1) for word in once.under(left) if _is_one_slip(typed, word)}
    return tuple(sorted(found, key=lambda word: (-counts[word], word))[:3])


def _as_part(typed: str, language: str, at_an_edge: bool) -> list[tuple[str, float]]:
    exact = [(typed, 0.0)] if stands_alone(typed, language) else []
    counts = known_words(language).counts
    if at_an_edge and len(typed) >= _EDGE_FROM:
        near = [*near_words(typed, language, _EDGES, _EDGES_WEIGHED)]
    else:
        near = [(word, ONE_SLIP) for word in one_slip_away(typed, language)]
    return exact + [(word, cost + _A_SLIP_MORE) for word, cost in near if counts.get(word, 0) >= _SAID_OFTEN]


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


@lru_cache(maxsize=4)
def _index_of_one(language: str) -> WordsByKey:
    """Words that debtors said more than once by what is left when a letter is dropped."""
    words = (word for word, count in known_words(language).counts.items() if len(word) >= 4 and count > 1)
    return WordsByKey((word, without(word, 1)) for word in words)
