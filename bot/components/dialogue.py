"""From the chances of each intent to what is answered: one wish, two wishes, or a short question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Text

import numpy as np

# Said around a wish, never a second wish beside it.
_COURTESIES = {"greet", "thank", "goodbye", "affirm", "deny", "inform", "frustration", "wait", "out_of_scope"}
_OFFERED = 3


@dataclass
class Reading:
    """Ranking, wishes (one or more, likeliest first), and the names to offer when the first is doubtful."""

    ranking: List[Dict[Text, Any]]
    wishes: List[Dict[Text, Any]]
    doubtful: bool
    likeliest: List[Text]


def read_wishes(names: List[Text], whole: np.ndarray, clauses: np.ndarray, settings: Dict[Text, Any]) -> Reading:
    """Read the chances of a whole message and of its clauses."""
    order = np.argsort(-whole)
    ranking = [{"name": names[at], "confidence": float(whole[at])} for at in order]
    wishes = [ranking[0], *_others(names, int(order[0]), whole, clauses, settings)]
    doubtful = _is_doubtful(whole[order], settings) and len(wishes) == 1
    likeliest = [names[at] for at in order[:_OFFERED]] if doubtful else []
    return Reading(ranking, wishes, doubtful, likeliest)


def _others(
    names: List[Text], first: int, whole: np.ndarray, clauses: np.ndarray, settings: Dict[Text, Any]
) -> List[Dict[Text, Any]]:
    """The best other wish said by a clause of its own, when another clause says the first."""
    found = {}
    for chances in clauses:
        at = int(np.argmax(chances))
        sure = float(np.sqrt(chances[at] * max(whole[at], 0.05)))
        if at != first and names[at] not in _COURTESIES and chances[at] >= settings["second_above"]:
            found[at] = max(found.get(at, 0.0), sure)
    best = sorted(found, key=found.get, reverse=True)[:1]
    return [{"name": names[at], "confidence": found[at]} for at in best]


def _is_doubtful(ordered: np.ndarray, settings: Dict[Text, Any]) -> bool:
    return bool(ordered[0] < settings["doubt_below"] or ordered[0] - ordered[1] < settings["doubt_margin"])
