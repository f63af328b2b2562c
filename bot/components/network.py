"""The sentence encoder as one function of its weights, so that it can be trained on messages and not only read.

The same lines serve numpy (to answer) and jax.numpy (to train): `xp` is one of the two. All the tokens of a batch lie
in one long row of rows; `Batch` says which token belongs to which sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

WIDTH = 256
TOKEN_WIDTH = 512 + 3 * WIDTH
# For each branch of the encoder, where its window of tokens begins and ends around the token.
WINDOWS = ((0, 1), (-1, 1), (-2, 2))
EYES = 4
_EPSILON = 1e-6

Weights = dict[str, Any]
Drop = Callable[[Any, float], Any]


class Batch(NamedTuple):
    """`rows` of token vectors; `owner[s, t]` is 1 when token t is of sentence s; `beside[k]` when t+k is too."""

    rows: Any
    owner: Any
    beside: Any


def keep_all(values: Any, share: float) -> Any:
    """No drop-out: what answering uses."""
    return values


def score(xp: Any, weights: Weights, batch: Batch, drop: Drop = keep_all) -> Any:
    """One row of unscaled scores a sentence, one column an intent."""
    tokens = _read_tokens(xp, weights, batch)
    lengths = xp.maximum(batch.owner.sum(1, keepdims=True), 1)
    meaning = _sum_up(xp, weights, batch, tokens, lengths)
    average = (batch.owner @ tokens) / lengths
    looked_at = _look(xp, weights, batch, tokens)
    return (
        10 * drop(meaning, 0.1) @ weights["from_meaning"]
        + drop(average, 0.3) @ weights["from_average"]
        + drop(looked_at, 0.3) @ weights["from_looks"]
        + weights["bias"]
    )


def _read_tokens(xp: Any, weights: Weights, batch: Batch) -> Any:
    """Each token with its neighbours: the encoder's convolutions."""
    projected = batch.rows @ weights["project"] + weights["project_bias"]
    projected = _level(xp, projected, weights["project_gain"], weights["project_shift"])
    branches = [batch.rows]
    for at, window in enumerate(WINDOWS):
        part = projected[:, at * WIDTH : (at + 1) * WIDTH]
        for layer in (1, 2):
            around = _neighbours(xp, part, window, batch.beside)
            part = part + xp.maximum(around @ weights[f"conv{layer}_{at}"] + weights[f"conv{layer}_bias_{at}"], 0)
        branches.append(part)
    return _level(xp, xp.concatenate(branches, axis=1), weights["gain"], weights["shift"])


def _neighbours(xp: Any, part: Any, window: tuple[int, int], beside: Any) -> Any:
    return xp.concatenate(
        [xp.roll(part, -step, axis=0) * beside[step + 2] for step in range(window[0], window[1] + 1)], axis=1
    )


def _sum_up(xp: Any, weights: Weights, batch: Batch, tokens: Any, lengths: Any) -> Any:
    """The encoder's own sentence vector, of length one."""
    mean = ((batch.owner @ tokens) @ weights["pool"] + lengths * weights["pool_bias"]) / xp.sqrt(lengths)
    first = xp.maximum(mean @ weights["deep0"], 0)
    second = xp.maximum(mean @ weights["skip1"] + first @ weights["deep1"], 0)
    third = xp.maximum(second @ weights["deep2"], 0)
    meaning = xp.tanh(second @ weights["skip3"] + third @ weights["deep3"])
    return meaning / xp.sqrt((meaning**2).sum(1, keepdims=True) + _EPSILON)


def _look(xp: Any, weights: Weights, batch: Batch, tokens: Any) -> Any:
    """A few learnt eyes, each looking at the tokens that matter to it."""
    interest = xp.exp(xp.clip(tokens @ weights["eyes"], -15, 15))
    seen = [
        (batch.owner @ (tokens * interest[:, eye : eye + 1])) / (batch.owner @ interest[:, eye : eye + 1] + _EPSILON)
        for eye in range(EYES)
    ]
    return xp.concatenate(seen, axis=1)


def _level(xp: Any, values: Any, gain: Any, shift: Any) -> Any:
    centred = values - values.mean(-1, keepdims=True)
    return centred / xp.sqrt((centred**2).mean(-1, keepdims=True) + _EPSILON) * gain + shift


def fresh_head(intents: int, seed: int) -> Weights:
    """Small random weights for the part that the encoder does not bring."""
    random = np.random.default_rng(seed)
    shapes = {
        "from_meaning": (512, intents, 0.01),
        "from_average": (TOKEN_WIDTH, intents, 0.003),
        "eyes": (TOKEN_WIDTH, EYES, 0.01),
        "from_looks": (EYES * TOKEN_WIDTH, intents, 0.003),
    }
    head = {name: (random.standard_normal((i, o)) * scale).astype(np.float32) for name, (i, o, scale) in shapes.items()}
    return {**head, "bias": np.zeros(intents, np.float32)}
