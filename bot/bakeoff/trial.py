"""One contestant on the rounds of a cross-validation, each round in a process of its own so that its memory is its own."""

from __future__ import annotations

import multiprocessing
import pickle
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from sklearn.metrics import f1_score

from bakeoff.calibration import best_temperature, calibration_error
from bakeoff.messages import Row, Split

_ALONE = 100


class Contestant(Protocol):
    """Learns from rows, then ranks the intents of texts."""

    names: list[str]

    def learn(self, rows: list[Row]) -> None:
        """From scratch."""

    def rank(self, rows: list[Row]) -> np.ndarray:
        """A score for each row and name; the labels of the rows are not looked at."""


@dataclass
class Figures:
    """Shares right at the first guess and within three, macro-F1, and what learning, asking and keeping cost.

    `seconds` and `milliseconds` are the processor's, of both cores together; `kept` and `peak` are megabytes: of the
    model itself, and of the process at its largest, learning and Rasa's own libraries included. `calibration` is the
    mean gap between confidence and truth, and `temperature` what would make it smallest: scores that sum to one only.
    """

    first: float
    three: float
    f1: float
    seconds: float
    milliseconds: float
    kept: float
    peak: float
    calibration: float
    temperature: float


def try_out(name: str, splits: list[Split]) -> Figures:
    """The mean of the rounds."""
    return _mean([_apart(name, split) for split in splits])


def _apart(name: str, split: Split) -> Figures:
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_round, name, split).result()


def _round(name: str, split: Split) -> Figures:
    # The contestants bring scikit-learn, Rasa and JAX: only this process needs them.
    from bakeoff.contestants import CONTESTANTS

    contestant = CONTESTANTS[name]()
    began = time.process_time()
    contestant.learn(split.learnt)
    seconds = time.process_time() - began
    scores = contestant.rank(split.asked)
    meant = np.array([contestant.names.index(row.intent) for row in split.asked])
    order = np.argsort(-scores, axis=1)
    return Figures(
        first=float((order[:, 0] == meant).mean()),
        three=float((order[:, :3] == meant[:, None]).any(axis=1).mean()),
        f1=float(f1_score(meant, order[:, 0], average="macro")),
        seconds=seconds,
        milliseconds=_one_at_a_time(contestant, split.asked[:_ALONE]),
        kept=len(pickle.dumps(contestant)) / 1e6,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        calibration=calibration_error(scores, meant),
        temperature=best_temperature(scores, meant),
    )


def _one_at_a_time(contestant: Contestant, rows: list[Row]) -> float:
    """Milliseconds a message, as messages come."""
    began = time.process_time()
    for row in rows:
        contestant.rank([row])
    return 1000 * (time.process_time() - began) / len(rows)


def _mean(rounds: list[Figures]) -> Figures:
    return Figures(**{name: float(np.mean([getattr(figures, name) for figures in rounds])) for name in vars(rounds[0])})
