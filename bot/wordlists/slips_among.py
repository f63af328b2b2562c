"""Which rare words of the training messages are themselves slips of the keyboard: "pqrti" is no word that people write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from listening.slips import slip_cost

# Not in general use, and one cheap slip from a word said so often; said more than once, from a word said so many times more.
_OFTEN, _MORE_OFTEN, _ONE_SLIP = 5, 100, 6.0
# Or two words without the space, said together so often, and so many times more than as one.
_TOGETHER, _MORE_TOGETHER = 10, 30
_MOST = 10
_SHORTEST = 4


def slips_among(messages: list[list[str]], general: Mapping[str, float]) -> set[str]:
    """Of the words of the messages (folded, as are those of general use), those that are slips of another, or two run together."""
    counts = Counter(word for said in messages for word in said)
    pairs = Counter(pair for said in messages for pair in pairwise(said))
    together: Counter[str] = Counter()
    for (one, other), times in pairs.items():
        together[one + other] += times
    nearest = _by_what_is_left([word for word, count in counts.items() if count >= _OFTEN])
    rare = {
        word: count
        for word, count in counts.items()
        if word not in general and len(word) >= _SHORTEST and count <= _MOST
    }
    return {
        word
        for word, count in rare.items()
        if together[word] >= max(_TOGETHER, _MORE_TOGETHER * (count - 1))
        or any(counts[meant] >= max(_OFTEN, _MORE_OFTEN * (count - 1)) for meant in _slip_of(word, nearest))
    }


def _slip_of(word: str, nearest: Mapping[str, list[str]]) -> Iterator[str]:
    for left in _left(word):
        for meant in nearest.get(left, []):
            if meant != word and slip_cost(word, meant, _ONE_SLIP) <= _ONE_SLIP:
                yield meant


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
