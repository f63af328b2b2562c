"""Which rare words of the training messages are themselves slips of the keyboard: "pqrti" is no word that people write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from listening.slips import slip_cost

# Said no more often than this and not in general use, and one cheap slip from a word said so often.
_SELDOM, _OFTEN, _ONE_SLIP = 1, 5, 6.0
_SHORTEST = 4


def slips_among(counts: Mapping[str, int], general: Mapping[str, float]) -> set[str]:
    """Of words with how often they were said (folded, as are those of general use), those that are slips of another."""
    nearest = _by_what_is_left([word for word, count in counts.items() if count >= _OFTEN])
    rare = [word for word, count in counts.items() if count <= _SELDOM and len(word) >= _SHORTEST]
    return {word for word in rare if word not in general and _is_slip(word, nearest)}


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
