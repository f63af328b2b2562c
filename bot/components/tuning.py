"""Training the sentence encoder on the examples, whole, for a few rounds: the dearest and the most useful step.

JAX comes with Rasa's TensorFlow; it is imported here alone, so that answering never needs it.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator

import numpy as np

from components.network import Weights, fresh_head, score
from components.pieces import Pieces
from components.views import View, Views, shares

logger = logging.getLogger(__name__)

# One size of batch, so that it is compiled once.
_TOKENS, _PLACES = 896, 64
_SMOOTHING = 0.1
_TOKEN_LOSS = 0.1
_ENCODER_RATE, _HEAD_RATE = 3e-4, 3e-3
_HEAD_DECAY = 0.01
_HEAD = ("from_meaning", "from_average", "eyes", "from_looks", "bias")


def tune(pieces: Pieces, views: Views, visits: int, seed: int = 1) -> Weights:
    """Weights after `visits` looks at examples, which are not always seen the same way."""
    import jax
    import jax.numpy as jnp

    intents = len(views.names)
    weights = {**pieces.weights(), **fresh_head(intents, seed)}
    weights = {name: jnp.asarray(value) for name, value in weights.items()}
    step = _compiled_step()
    still = {name: jnp.zeros_like(value) for name, value in weights.items()}
    state = (weights, still, still)
    key = jax.random.PRNGKey(seed)
    looks = 0
    for done, seen in enumerate(_batches(views, visits, seed)):
        key, now = jax.random.split(key)
        batch = pieces.batch([view.pieces for view in seen], _TOKENS, _PLACES)
        wanted = shares(seen, _PLACES, intents)
        # Warm up, then go down in a straight line. Batches hold more or fewer examples: looks tell how far we are.
        looks += sum(len(view.wished) for view in seen)
        pace = min(looks / (0.1 * visits), 1.0) * max(0.02, 1 - looks / visits)
        state, loss = step(state, done + 1.0, pace, batch, wanted, now)
        if done % 200 == 0:
            logger.info("Tuning the encoder: %s of %s looks, loss %.2f", looks, visits, float(loss))
    return {name: np.asarray(value) for name, value in state[0].items()}


def _batches(views: Views, visits: int, seed: int) -> Iterator[list[View]]:
    """Examples in a new order each round, as many as fit one batch."""
    order = random.Random(seed)
    seen: list[View] = []
    waiting: list[int] = []
    left = visits
    while left > 0:
        waiting = waiting or order.sample(range(len(views)), len(views))
        view = views.draw(waiting.pop())
        left -= len(view.wished)
        if len(seen) == _PLACES or sum(len(one.pieces) for one in seen) + len(view.pieces) > _TOKENS:
            yield seen
            seen = []
        seen.append(view)
    yield seen


def _compiled_step() -> Callable:
    import jax
    import jax.numpy as jnp

    def loss(weights, batch, wanted, key):
        token_key, *keys = jax.random.split(key, 4)
        kept = jax.random.bernoulli(token_key, 1 - _TOKEN_LOSS, (batch.rows.shape[0], 1))
        drops = iter(keys)

        def drop(values, share):
            return values * jax.random.bernoulli(next(drops), 1 - share, values.shape) / (1 - share)

        logs = jax.nn.log_softmax(score(jnp, weights, batch._replace(rows=batch.rows * kept), drop))
        target = wanted * (1 - _SMOOTHING) + _SMOOTHING / wanted.shape[1]
        real = wanted.sum(1) > 0
        return -((logs * target).sum(1) * real).sum() / real.sum()

    def step(state, time, pace, batch, wanted, key):
        weights, first, second = state
        value, slopes = jax.value_and_grad(loss)(weights, batch, wanted, key)
        first = {n: 0.9 * first[n] + 0.1 * slopes[n] for n in slopes}
        second = {n: 0.99 * second[n] + 0.01 * slopes[n] ** 2 for n in slopes}
        moved = {n: _move(jnp, n, weights[n], first[n], second[n], time, pace) for n in weights}
        return (moved, first, second), value

    return jax.jit(step)


def _move(xp, name, weight, first, second, time, pace):
    """One step of Adam; the head goes faster, and shrinks a little."""
    rate = (_HEAD_RATE if name in _HEAD else _ENCODER_RATE) * pace
    shrunk = weight * (1 - rate * _HEAD_DECAY) if name in _HEAD else weight
    return shrunk - rate * (first / (1 - 0.9**time)) / (xp.sqrt(second / (1 - 0.99**time)) + 1e-8)
