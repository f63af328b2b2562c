"""What it costs to believe that one word was typed for another: the less likely the slips, the dearer (natural logarithms)."""

from __future__ import annotations

_DROPPED, _DOUBLED, _SWAPPED, _ADDED, _OTHER, _NEXT_KEY = 4.6, 4.4, 4.6, 7.0, 7.4, 6.0
_BY_EAR = 3.6
_BOARDS = (("qwertyuiop", "asdfghjkl", "zxcvbnm"), ("azertyuiop", "qsdfghjklm", "wxcvbn"))
_SOUND_ALIKE = {frozenset(pair) for pair in ("bv", "sz", "cs", "cz", "kc", "qk", "yi", "gj", "mn", "ao", "xs", "ou")}


def slip_cost(typed: str, meant: str) -> float:
    """The cheapest way from `meant` to `typed` by dropped, added, doubled, swapped and replaced letters."""
    older: list[float] = []
    above = [0.0]
    for at in range(len(typed)):
        above.append(above[-1] + _adding(typed[at], meant[:1], ""))
    for row, letter in enumerate(meant):
        before = meant[row - 1] if row else ""
        after = meant[row + 1] if row + 1 < len(meant) else ""
        dropping = _BY_EAR if letter == "h" or letter == before else _DROPPED
        now = [above[0] + dropping]
        for at, seen in enumerate(typed):
            best = above[at] if seen == letter else above[at] + _replacing(letter, seen)
            best = min(best, above[at + 1] + dropping, now[at] + _adding(seen, letter, after))
            if at and before and seen == before and typed[at - 1] == letter and seen != letter:
                best = min(best, older[at - 1] + _SWAPPED)
            now.append(best)
        older, above = above, now
    return above[-1]


def _adding(letter: str, before: str, after: str) -> float:
    return _DOUBLED if letter in (before, after) else _ADDED


def _replacing(meant: str, seen: str) -> float:
    if meant + seen in _ALIKE:
        return _BY_EAR + 1.0
    return _NEXT_KEY if meant + seen in _NEIGHBOURS else _OTHER


def _neighbours() -> set[str]:
    """Pairs of keys that touch, on either keyboard."""
    keys = [(letter, r, c) for board in _BOARDS for r, row in enumerate(board) for c, letter in enumerate(row)]
    half = len(keys) // 2
    return {
        one + other
        for board in (keys[:half], keys[half:])
        for one, r, c in board
        for other, s, d in board
        if one != other and abs(r - s) <= 1 and abs(c - d) <= 1
    }


_NEIGHBOURS = _neighbours()
_ALIKE = {one + other for pair in _SOUND_ALIKE for one in pair for other in pair if one != other}
