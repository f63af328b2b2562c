"""One contestant on the rounds of a cross-validation."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from sklearn.metrics import f1_score

from bakeoff.messages import Row


class Contestant(Protocol):
    """Learns from rows, then ranks the intents of texts."""

    names: list[str]

    def learn(self, rows: list[Row]) -> None:
        """From scratch."""

    def rank(self, rows: list[Row]) -> np.ndarray:
        """A score for each row and name; the labels of the rows are not looked at."""


@dataclass
class Figures:
    """Shares right at the first guess and within three, macro-F1, and the costs of learning, asking and keeping."""

    first: float
    three: float
    f1: float
    seconds: float
    milliseconds: float
    megabytes: float


def try_out(make: Callable[[], Contestant], rows: list[Row], parts: int, rounds: int) -> Figures:
    """The mean of the rounds; time is the processor's."""
    return _mean([_round(make(), rows[at::parts], _without(rows, at, parts)) for at in range(rounds)])


def _round(contestant: Contestant, asked: list[Row], learnt: list[Row]) -> Figures:
    began = time.process_time()
    contestant.learn(learnt)
    learned = time.process_time()
    scores = contestant.rank(asked)
    # One at a time, as messages come.
    alone = time.process_time()
    for row in asked[:100]:
        contestant.rank([row])
    spent = 1000 * (time.process_time() - alone) / len(asked[:100])
    order = np.argsort(-scores, axis=1)
    meant = np.array([contestant.names.index(row.intent) for row in asked])
    return Figures(
        first=float((order[:, 0] == meant).mean()),
        three=float((order[:, :3] == meant[:, None]).any(axis=1).mean()),
        f1=float(f1_score(meant, order[:, 0], average="macro")),
        seconds=learned - began,
        milliseconds=spent,
        megabytes=len(pickle.dumps(contestant)) / 1e6,
    )


def _without(rows: list[Row], at: int, parts: int) -> list[Row]:
    return [row for place, row in enumerate(rows) if place % parts != at]


def _mean(rounds: list[Figures]) -> Figures:
    return Figures(**{name: float(np.mean([getattr(figures, name) for figures in rounds])) for name in vars(rounds[0])})
