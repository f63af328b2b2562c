"""Which known words a typed one may stand for: one slip away, two for a longer word, three for a long one."""

from __future__ import annotations

import math
from bisect import insort
from functools import lru_cache

from .known_words import known_words
from .slips import slip_cost
from .sorted_places import WordsByKey

_MOST = 8
_ROUNDING = 1e-9
# What costs more is two slips or more, and no word is believed so far off that debtors said but once: "freidora" is not
# "regidora". The longer the word, the fewer are near it by chance.
_ONE_SLIP_AT_MOST, _RAREST, _RARER_A_LETTER, _LONG = 8.0, 12.3, 0.7, 6
_MOST_WEIGHED = 60
_TWO_SLIPS_FROM, _THREE_SLIPS_FROM = 5, 9
_PREFIX = 7
LONGEST_RUN = 40
# Unknown words kept with their readings: a few kilobytes each, and a server runs for weeks.
REMEMBERED = 8_000


@lru_cache(maxsize=REMEMBERED)
def near_words(
    typed: str, language: str, most: int = _MOST, weighed: int = _MOST_WEIGHED
) -> tuple[tuple[str, float], ...]:
    """The likeliest known words that `typed` may be a slip of, at most `most` of the `weighed` commonest, each with what the slips cost."""
    if len(typed) > LONGEST_RUN:
        return ()
    known = known_words(language)
    single = _undoubled(typed)
    index = _index(language)
    keys = _beginnings(typed) | (_beginnings(single) if single != typed else set())
    found = {word for left in keys for word in index.under(left)} - {typed}
    far = 3 if len(typed) >= _THREE_SLIPS_FROM else _slips_in(typed)
    longer = far + len(typed) - len(single)
    letters = set(typed)
    close = [
        (-math.log(known.chances[word]), word)
        for word in found
        if -far <= len(typed) - len(word) <= longer
        and len(letters.difference(word)) <= far
        and len(set(word) - letters) <= far
    ]
    return _likeliest(typed, sorted(close)[:weighed], most)


def _likeliest(typed: str, close: list[tuple[float, str]], most_kept: int) -> tuple[tuple[str, float], ...]:
    """The likeliest words with what their slips cost, of words with how rare they are."""
    ranked: list[tuple[float, str, float]] = []
    for rarity, word in close:
        most = ranked[-1][0] - rarity + _ROUNDING if len(ranked) == most_kept else math.inf
        cost = slip_cost(typed, word, most)
        if cost <= most:
            insort(ranked, (cost + rarity, word, cost))
            del ranked[most_kept:]
    rarest = _RAREST + _RARER_A_LETTER * max(0, len(typed) - _LONG)
    return tuple((word, cost) for total, word, cost in ranked if cost <= _ONE_SLIP_AT_MOST or total - cost < rarest)


def _undoubled(typed: str) -> str:
    """The word without the letters that follow themselves: keys that were hit twice count as no slip when words are looked up."""
    return "".join(letter for letter, before in zip(typed, " " + typed, strict=False) if letter != before)


def _beginnings(typed: str) -> set[str]:
    return without(typed[:_PREFIX], _slips_in(typed))


def _slips_in(typed: str) -> int:
    return 1 if len(typed) < _TWO_SLIPS_FROM else 2


def without(word: str, most: int) -> set[str]:
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
        (word, without(word[:_PREFIX], _slips_in(word) if known.counts.get(word, 0) > 1 else 1))
        for word in known.chances
        if word in known.counts or (known.holds(word) and len(word) > 2)
    )
