"""From the chances of each intent to what is answered: one wish, two wishes, or a short question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

# Said around a wish, never a second wish beside it.
AROUND = frozenset({"greet", "thank", "goodbye", "affirm", "deny", "inform", "frustration", "wait", "out_of_scope"})
_OFFERED = 3
# A half that may well repeat the first wish is no second one.
_SAID_AGAIN = 0.1


@dataclass
class Reading:
    """Ranking, wishes (one or two, likeliest first), and the names to offer when the first is doubtful."""

    ranking: list[dict[str, Any]]
    wishes: list[dict[str, Any]]
    doubtful: bool
    likeliest: list[str]


def read_wishes(names: list[str], whole: np.ndarray, halves: np.ndarray, settings: dict[str, Any]) -> Reading:
    """Read the chances of a whole message, and those of its halves: two rows a way to cut it."""
    order = np.argsort(-whole)
    ranking = [{"name": names[at], "confidence": float(whole[at])} for at in order]
    wishes = [ranking[0], *_second(names, int(order[0]), halves, settings)]
    doubtful = _is_doubtful(whole[order], settings) and len(wishes) == 1
    likeliest = [names[at] for at in order[:_OFFERED]] if doubtful else []
    return Reading(ranking, wishes, doubtful, likeliest)


def _second(names: list[str], first: int, halves: np.ndarray, settings: dict[str, Any]) -> list[dict[str, Any]]:
    """The wish of the other half, in the cut whose halves are the surest: one of the first wish, one of another."""
    found = [_beside(first, *cut) for cut in zip(halves[::2], halves[1::2], strict=True)]
    sure = [(other, strength) for other, strength in found if strength >= settings["second_above"]]
    wishes = [(other, strength) for other, strength in sure if names[other] not in AROUND]
    best = sorted(wishes, key=lambda wish: -wish[1])[:1]
    return [{"name": names[other], "confidence": strength} for other, strength in best]


def _beside(first: int, left: np.ndarray, right: np.ndarray) -> tuple[int, float]:
    """What the half that is not of the first wish says, and how sure both halves are; never sure of the same twice."""
    same, rest = (left, right) if int(np.argmax(left)) == first else (right, left)
    other = int(np.argmax(rest))
    apart = int(np.argmax(same)) == first and other != first and rest[first] < _SAID_AGAIN
    return other, float(np.sqrt(same[first] * rest[other])) if apart else 0.0


def _is_doubtful(ordered: np.ndarray, settings: dict[str, Any]) -> bool:
    return bool(ordered[0] < settings["doubt_below"] or ordered[0] - ordered[1] < settings["doubt_margin"])
