"""From the chances of each intent to what is answered: one wish, two wishes, or a short question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from components.kinds_of_wish import AROUND, NEVER_MISSED

_OFFERED = 3
# A half that may well repeat the first wish is no second one.
_SAID_AGAIN = 0.1
# The numbers below were chosen on tests/nlu/dev: what each costs in wishes invented is in docs/decisions/nlu-classifier.md.
# A half of a message says part of what the whole says: its word counts a quarter as much, and never less than the floor.
_HALF_COUNTS, _FLOOR = 0.25, 0.02
_RAISED_FROM = 0.25
# A second wish that the whole message does not show at all must be surer, and one that stops the recovery too.
_UNSEEN, _UNSEEN_COUNTS = 0.01, 0.9
_GRAVE_ABOVE = 0.85


@dataclass
class Reading:
    """Ranking, wishes (likeliest first, then those raised all the same), and the names to offer when in doubt."""

    ranking: list[dict[str, Any]]
    wishes: list[dict[str, Any]]
    doubtful: bool
    likeliest: list[str]


def read_wishes(names: list[str], whole: np.ndarray, halves: np.ndarray, settings: dict[str, Any]) -> Reading:
    """Read the chances of a whole message, and those of its halves: two rows a way to cut it."""
    chances = _with_halves(whole, halves)
    order = np.argsort(-chances)
    ranking = [{"name": names[at], "confidence": float(chances[at])} for at in order]
    second = _second(names, int(order[0]), whole, halves, settings)
    wishes = [ranking[0], *second, *_raised(ranking[1:], {wish["name"] for wish in second})]
    doubtful = _is_doubtful(chances[order], settings) and not second
    likeliest = [names[at] for at in order[:_OFFERED]] if doubtful else []
    return Reading(ranking, wishes, doubtful, likeliest)


def _with_halves(whole: np.ndarray, halves: np.ndarray) -> np.ndarray:
    """What a long message wants is often plain in one half of it."""
    if not len(halves):
        return whole
    weighed = whole * (halves.max(axis=0) + _FLOOR) ** _HALF_COUNTS
    return weighed / weighed.sum()


def _raised(others: list[dict[str, Any]], found: set[str]) -> list[dict[str, Any]]:
    likely = [guess for guess in others if guess["confidence"] >= _RAISED_FROM]
    return [guess for guess in likely if guess["name"] in NEVER_MISSED - found]


def _second(
    names: list[str], first: int, whole: np.ndarray, halves: np.ndarray, settings: dict[str, Any]
) -> list[dict[str, Any]]:
    """The wish of the other half, in the cut whose halves are the surest: one of the first wish, one of another."""
    found = [_beside(first, *cut) for cut in zip(halves[::2], halves[1::2], strict=True)]
    seen = [(names[other], strength * (_UNSEEN_COUNTS if whole[other] < _UNSEEN else 1)) for other, strength in found]
    sure = [(name, strength) for name, strength in seen if strength >= _needed(name, settings) and name not in AROUND]
    best = sorted(sure, key=lambda wish: -wish[1])[:1]
    return [{"name": name, "confidence": strength} for name, strength in best]


def _needed(name: str, settings: dict[str, Any]) -> float:
    return max(settings["second_above"], _GRAVE_ABOVE if name in NEVER_MISSED else 0)


def _beside(first: int, left: np.ndarray, right: np.ndarray) -> tuple[int, float]:
    """What the half that is not of the first wish says, and how sure both halves are; never sure of the same twice."""
    same, rest = (left, right) if int(np.argmax(left)) == first else (right, left)
    other = int(np.argmax(rest))
    apart = int(np.argmax(same)) == first and other != first and rest[first] < _SAID_AGAIN
    return other, float(np.sqrt(same[first] * rest[other])) if apart else 0.0


def _is_doubtful(ordered: np.ndarray, settings: dict[str, Any]) -> bool:
    return bool(ordered[0] < settings["doubt_below"] or ordered[0] - ordered[1] < settings["doubt_margin"])
