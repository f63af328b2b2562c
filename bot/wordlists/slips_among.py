"""Which rare words of the training messages are themselves slips of the keyboard: "pqrti" is no word that people write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from listening.slips import slip_cost

# Said no more often than this and not in general use, and one cheap slip from a word said so often.
_SELDOM, _OFTEN, _ONE_SLIP = 1, 5, 6.0
# Or two words that are said together so often, without the space, and said as one no more often than this.
_TOGETHER, _AS_ONE = 10, 3
_SHORTEST = 4


def slips_among(messages: list[list[str]], general: Mapping[str, float]) -> set[str]:
    """Of the words of the messages (folded, as are those of general use), those that are slips of another, or two run together."""
    counts = Counter(word for said in messages for word in said)
    pairs = Counter(pair for said in messages for pair in pairwise(said))
    together = {one + other for (one, other), times in pairs.items() if times >= _TOGETHER}
    nearest = _by_what_is_left([word for word, count in counts.items() if count >= _OFTEN])
    rare = {word for word in counts if word not in general and len(word) >= _SHORTEST and counts[word] <= _AS_ONE}
    return {word for word in rare if word in together or (counts[word] <= _SELDOM and _is_slip(word, nearest))}


def _is_slip(word: str, nearest: Mapping[str, list[str]]) -> bool:
    return any(
        slip_cost(word, meant, _ONE_SLIP) <= _ONE_SLIP for left in _left(word) for meant in nearest.get(left, [])
    )


def _by_what_is_left(words: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) >= _SHORTEST:
            for left in _left(word):
                found[left].append(word)
    return found


def _left(word: str) -> Iterator[str]:
    """The word, and what is left of it when one letter is dropped."""
    yield from {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
