"""Word lists held in sorted arrays of whole numbers: a tenth of what dictionaries of strings would weigh."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

_WORD_BITS = 20  # a million words
_PLACE = (1 << _WORD_BITS) - 1
_MARK = (1 << (64 - _WORD_BITS)) - 1
_COUNT_BITS = 64 - 2 * _WORD_BITS
_MOST = (1 << _COUNT_BITS) - 1


class WordsByKey:
    """Which words stand under a key. Keys are kept by their hash alone: one in billions may bring a word too many."""

    def __init__(self, keyed: Iterable[tuple[str, Iterable[str]]]) -> None:
        """`keyed` gives each word with its keys."""
        self._words: list[str] = []
        self._entries = array("Q", sorted(self._numbered(keyed)))

    def _numbered(self, keyed: Iterable[tuple[str, Iterable[str]]]) -> Iterator[int]:
        for place, (word, keys) in enumerate(keyed):
            self._words.append(word)
            for key in keys:
                yield (hash(key) & _MARK) << _WORD_BITS | place

    def under(self, key: str) -> Iterator[str]:
        """The words given with this key."""
        entries, mark = self._entries, hash(key) & _MARK
        at = bisect_left(entries, mark << _WORD_BITS)
        while at < len(entries) and entries[at] >> _WORD_BITS == mark:
            yield self._words[entries[at] & _PLACE]
            at += 1


class Successions:
    """How often a word was said after another."""

    def __init__(self, said: Iterable[tuple[str, dict[str, int]]]) -> None:
        """`said` gives each word once, with what follows it and how often."""
        self._places: dict[str, int] = {}
        self._after: dict[str, int] = {}
        self._pairs = array("Q", sorted(self._numbered(said)))

    def _numbered(self, said: Iterable[tuple[str, dict[str, int]]]) -> Iterator[int]:
        for before, following in said:
            self._after[before] = sum(following.values())
            for word, count in following.items():
                yield self._pair(self._place(before), self._place(word)) | min(count, _MOST)

    def _place(self, word: str) -> int:
        return self._places.setdefault(word, len(self._places))

    @staticmethod
    def _pair(first: int, second: int) -> int:
        return (first << _WORD_BITS | second) << _COUNT_BITS

    def times(self, before: str, word: str) -> int:
        """How often `word` was said right after `before`."""
        first, second = self._places.get(before), self._places.get(word)
        if first is None or second is None:
            return 0
        pair = self._pair(first, second)
        at = bisect_left(self._pairs, pair)
        entry = self._pairs[at] if at < len(self._pairs) else 0
        return entry - pair if pair <= entry <= pair + _MOST else 0

    def times_before_any(self, before: str) -> int:
        """How often any word was said right after `before`."""
        return self._after.get(before, 0)
