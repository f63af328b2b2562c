"""Words one letter away from a word that matters: a letter dropped, added, changed, or two swapped."""

from __future__ import annotations

from typing import Any


class NearMisses:
    """A small spelling corrector over a closed list of long words.

    Only words no ordinary word resembles are listed; the ones that do resemble one stand under `except`.
    """

    def __init__(self, listed: dict[str, Any]) -> None:
        self._right: list[str] = listed.get("words", [])
        self._never = {str(word) for word in listed.get("except", [])} | set(self._right)
        self._shortest = min((len(word) for word in self._right), default=0) - 1
        self._by_deletion: dict[str, set[str]] = {}
        for word in self._right:
            for shorter in (word, *_one_letter_less(word)):
                self._by_deletion.setdefault(shorter, set()).add(word)

    def meant_by(self, word: str) -> str | None:
        """The listed word this one is a slip for, when there is exactly one."""
        if len(word) < self._shortest or word in self._never:
            return None
        candidates: set[str] = set()
        for shorter in (word, *_one_letter_less(word)):
            candidates |= self._by_deletion.get(shorter, set())
        meant = [candidate for candidate in candidates if _one_slip_apart(word, candidate)]
        return meant[0] if len(meant) == 1 else None


def _one_letter_less(word: str) -> list[str]:
    return [word[:index] + word[index + 1 :] for index in range(len(word))]


def _one_slip_apart(one: str, other: str) -> bool:
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return len(long) - len(short) == 1 and short in _one_letter_less(long)
    apart = [index for index in range(len(one)) if one[index] != other[index]]
    if len(apart) == 2:
        first, second = apart
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(apart) == 1
