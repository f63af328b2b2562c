"""What it costs to believe that one word was typed for another: the less likely the slips, the dearer (natural logarithms)."""

from __future__ import annotations

import math

_DROPPED, _DOUBLED, _SWAPPED, _ADDED, _OTHER, _NEXT_KEY = 4.6, 4.4, 4.6, 7.0, 7.4, 6.0
_BY_EAR = 3.6
_BOARDS = (("qwertyuiop", "asdfghjkl", "zxcvbnm"), ("azertyuiop", "qsdfghjklm", "wxcvbn"))
_SOUND_ALIKE = ("bv", "sz", "cs", "cz", "kc", "qk", "yi", "gj", "mn", "ao", "xs", "ou")


def slip_cost(typed: str, meant: str, most: float = math.inf) -> float:
    """The cheapest way from `meant` to `typed` by dropped, added, doubled, swapped and replaced letters.

    What costs more than `most` comes back sooner, and may come back dearer still.
    """
    size = len(typed)
    # Letters so many places apart are not compared: getting there alone would cost more.
    reach = size + len(meant) if most == math.inf else max(0, int(most / _BY_EAR))
    above = [0.0]
    for letter in typed:
        above.append(above[-1] + _adding(letter, meant[:1], ""))
    older, cheapest_above = above, 0.0
    for row, letter in enumerate(meant):
        before, after = meant[row - 1 : row], meant[row + 1 : row + 2]
        dropping = _BY_EAR if letter == "h" or letter == before else _DROPPED
        replacing = _REPLACING.get(letter, _NONE)
        best = above[0] + dropping if row < reach else math.inf
        first, beyond = max(0, row - reach), min(size, row + reach + 1)
        now = [math.inf] * first
        now.append(best)
        for at in range(first, beyond):
            seen = typed[at]
            added = best + (_DOUBLED if seen in (letter, after) else _ADDED)
            best = above[at] if seen == letter else above[at] + replacing.get(seen, _OTHER)
            dropped = above[at + 1] + dropping
            if dropped < best:
                best = dropped
            if added < best:
                best = added
            if seen == before and at and typed[at - 1] == letter and seen != letter:
                best = min(best, older[at - 1] + _SWAPPED)
            now.append(best)
        now += [math.inf] * (size - beyond)
        cheapest = min(now)
        if cheapest > most and cheapest_above > most:
            return math.inf
        older, above, cheapest_above = above, now, cheapest
    return above[-1]


def _adding(letter: str, before: str, after: str) -> float:
    return _DOUBLED if letter in (before, after) else _ADDED


def _neighbours() -> set[tuple[str, str]]:
    """Pairs of keys that touch, on either keyboard."""
    keys = [(letter, r, c) for board in _BOARDS for r, row in enumerate(board) for c, letter in enumerate(row)]
    half = len(keys) // 2
    return {
        (one, other)
        for board in (keys[:half], keys[half:])
        for one, r, c in board
        for other, s, d in board
        if one != other and abs(r - s) <= 1 and abs(c - d) <= 1
    }


def _replacing() -> dict[str, dict[str, float]]:
    """What it costs to hit one key for another, where that is less than for any two."""
    costs: dict[str, dict[str, float]] = {}
    for one, other in _neighbours():
        costs.setdefault(one, {})[other] = _NEXT_KEY
    for one, other in map(tuple, _SOUND_ALIKE):
        costs.setdefault(one, {})[other] = costs.setdefault(other, {})[one] = _BY_EAR + 1.0
    return costs


_REPLACING = _replacing()
_NONE: dict[str, float] = {}
