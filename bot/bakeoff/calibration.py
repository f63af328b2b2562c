"""Whether a confidence of 0.8 is right eight times in ten, and what would make it so."""

from __future__ import annotations

import numpy as np

_TRIED = np.linspace(0.4, 2.0, 33)


def calibration_error(chances: np.ndarray, meant: np.ndarray) -> float:
    """The mean gap between confidence and truth over ten bands of confidence; nan for scores that are no chances."""
    if not _are_chances(chances):
        return float("nan")
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == meant
    bands = np.minimum(9, (sure * 10).astype(int))
    gaps = [
        abs(sure[bands == band].mean() - right[bands == band].mean()) * (bands == band).sum() for band in set(bands)
    ]
    return float(sum(gaps) / len(meant))


def best_temperature(chances: np.ndarray, meant: np.ndarray) -> float:
    """What log chances are best multiplied by, for the truth to be likeliest; nan for scores that are no chances."""
    if not _are_chances(chances):
        return float("nan")
    logs = np.log(np.maximum(chances, 1e-12))
    return float(min(_TRIED, key=lambda tried: _surprise(tried * logs, meant)))


def _surprise(logs: np.ndarray, meant: np.ndarray) -> float:
    lowered = logs - logs.max(axis=1, keepdims=True)
    return float((np.log(np.exp(lowered).sum(axis=1)) - lowered[np.arange(len(meant)), meant]).mean())


def _are_chances(scores: np.ndarray) -> bool:
    # Rasa keeps the first ten of its ranking: their sum is a little less than one.
    return bool((scores >= 0).all() and (scores.sum(axis=1) <= 1.001).all())
