"""What the letters alone say, with every slip in them: a reader of the text as it was sent, not of what was made of it.

It learns from each example and from a copy with slips, so that it knows what a wish looks like when the keyboard went wrong. Where
undoing the slips chose the wrong word, its word is the only one that was not misled (docs/decisions/slips-undone.md).
"""

from __future__ import annotations

import random

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from components import halved_weights
from components.misspelling import misspell
from listening.folding import fold

# Letters are hashed to places: no list of n-grams is kept, and a place that two share hardly costs.
_PLACES = 2**17
_RUN = (3, 4)
# The share of characters with a slip in an example's copy.
_COPIES = (0.05, 0.14)
# A margin counts four times before it is made a chance.
_SHARPNESS = 4.0


class Letters:
    """Knows nothing before `learn`."""

    def __init__(self) -> None:
        """Runs of letters within words, their beginnings and ends marked."""
        self._runs = HashingVectorizer(
            analyzer="char_wb", ngram_range=_RUN, n_features=_PLACES, alternate_sign=False, norm=None, dtype=np.float32
        )
        self._rarity = TfidfTransformer()
        self._weights = np.zeros((0, 0), np.float16)
        self._bias = np.zeros(0, np.float32)

    def learn(self, texts: list[str], numbers: np.ndarray, names: int) -> None:
        """Learn from texts as they were sent, each with the number of its intent; `names` is how many intents there are."""
        chance = random.Random(0)
        slipped = [misspell(text, chance, chance.uniform(*_COPIES)) for text in texts]
        counted = self._count([*texts, *slipped])
        self._rarity.fit(counted[: len(texts)])
        twice = np.hstack([numbers, numbers])
        self._weights, self._bias = halved_weights.fit(self._rarity.transform(counted), twice, names, tolerance=0.1)

    def scores(self, texts: list[str]) -> np.ndarray:
        """One row a text, one column a name: log chances but for a constant; minus infinity for what was never learnt."""
        weighed = self._rarity.transform(self._count(texts)).astype(np.float32)
        return _SHARPNESS * (halved_weights.score(weighed, self._weights) + self._bias)

    def _count(self, texts: list[str]) -> scipy.sparse.csr_matrix:
        counted = self._runs.transform([fold(text) for text in texts])
        counted.data = 1 + np.log(counted.data)
        return counted
