"""From the chances of each intent to what is answered: one wish, two wishes, or a short question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from components.kinds_of_wish import AROUND, COURTESIES, NEVER_MISSED, NOTHING

_OFFERED = 3
_NO_SECOND = (AROUND - COURTESIES) | {NOTHING}
# The numbers below were chosen on tests/nlu/dev: what each costs in wishes invented is in docs/decisions/nlu-classifier.md.
# A half of a message says part of what the whole says: its word counts a seventh as much, and never less than the floor.
_HALF_COUNTS, _FLOOR = 0.15, 0.02
_RAISED_FROM = 0.36
# How sure the half with the second wish is counts more than how sure the other is; one that may well repeat the first is none.
_SECOND_COUNTS, _SAID_AGAIN = 2.5, 0.3
# A second wish that the whole message does not show at all must be surer, and one that stops the recovery, or a courtesy, too.
_UNSEEN, _UNSEEN_COUNTS = 0.01, 0.9
_GRAVE_ABOVE, _COURTESY_ABOVE = 0.87, 0.8
# These call a person or leave a complaint: one invented stands in the records.
_GRAVE = NEVER_MISSED | {"refuse_to_pay", "legal_threat", "complain_service"}
# Neither the whole message nor a half shows it in the least.
_DENIED, _DENIED_IN_HALVES = 0.005, 0.2


@dataclass
class Reading:
    """Ranking, wishes (likeliest first, then those raised all the same), the names to offer when in doubt, and those ruled out."""

    ranking: list[dict[str, Any]]
    wishes: list[dict[str, Any]]
    doubtful: bool
    likeliest: list[str]
    denied: frozenset[str]


def read_wishes(names: list[str], whole: np.ndarray, halves: np.ndarray, settings: dict[str, Any]) -> Reading:
    """Read the chances of a whole message, and those of its halves: two rows a way to cut it."""
    whole = _of_a_wish(names, whole)
    chances = _with_halves(whole, halves)
    order = [at for at in np.argsort(-chances) if names[at] != NOTHING]
    ranking = [{"name": names[at], "confidence": float(chances[at])} for at in order]
    second = _second(names, int(order[0]), whole, halves, settings)
    wishes = [ranking[0], *second, *_raised(ranking[1:], {wish["name"] for wish in second})]
    doubtful = _is_doubtful(chances[order], settings) and not any(wish["name"] not in COURTESIES for wish in second)
    likeliest = [names[at] for at in order[:_OFFERED]] if doubtful else []
    return Reading(ranking, wishes, doubtful, likeliest, _denied(names, whole, halves))


def _of_a_wish(names: list[str], whole: np.ndarray) -> np.ndarray:
    """A part may ask for nothing; a whole message is taken to want something."""
    wished = np.where(np.array(names) == NOTHING, 0.0, whole)
    return wished / wished.sum()


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
    wished = np.where(np.array(names) == NOTHING, 0.0, halves)
    cuts = zip(wished[::2], wished[1::2], strict=True)
    found = [_beside(first, *sorted(cut, key=lambda half: half[first])) for cut in cuts]
    seen = [(names[other], strength * (_UNSEEN_COUNTS if whole[other] < _UNSEEN else 1)) for other, strength in found]
    sure = [pair for pair in seen if pair[1] >= _needed(pair[0], settings) and pair[0] not in _NO_SECOND]
    best = sorted(sure, key=lambda wish: (wish[0] in COURTESIES, -wish[1]))[:1]
    return [{"name": name, "confidence": strength} for name, strength in best]


def _needed(name: str, settings: dict[str, Any]) -> float:
    more = _GRAVE_ABOVE if name in _GRAVE else _COURTESY_ABOVE if name in COURTESIES else 0
    return max(settings["second_above"], more)


def _beside(first: int, rest: np.ndarray, same: np.ndarray) -> tuple[int, float]:
    """What the half that is not of the first wish says, and how sure both halves are; never sure of the same twice."""
    other, again = int(np.argmax(rest)), float(rest[first])
    if other == first or again > _SAID_AGAIN:
        return other, 0.0
    both = same[first] * rest[other] ** _SECOND_COUNTS
    return other, float(both ** (1 / (1 + _SECOND_COUNTS)) * (1 - again) ** 2)


def _denied(names: list[str], whole: np.ndarray, halves: np.ndarray) -> frozenset[str]:
    shown = halves.max(axis=0) if len(halves) else np.zeros_like(whole)
    return frozenset(np.array(names)[(whole < _DENIED) & (shown < _DENIED_IN_HALVES)].tolist())


def _is_doubtful(ordered: np.ndarray, settings: dict[str, Any]) -> bool:
    return bool(ordered[0] < settings["doubt_below"] or ordered[0] - ordered[1] < settings["doubt_margin"])
