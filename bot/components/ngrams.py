"""The sparse vocabulary by itself, without Rasa, so that the bench can use it as it is."""

from __future__ import annotations

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from listening.folding import fold

Readings = dict[str, str]


class Ngrams:
    """Words and pairs of words of two readings of a text: spelled out, and by ear. Letters are read as they were sent (letters.py)."""

    def __init__(self) -> None:
        """Rare n-grams are left out: seen once, they only name one message."""
        words = {"token_pattern": r"[^\W_]+|[?!]", "sublinear_tf": True, "dtype": np.float32}
        self._families = [
            (reading, TfidfVectorizer(ngram_range=(1, 2), min_df=2, **words)) for reading in ("spelled", "heard")
        ]

    def learn(self, examples: list[Readings]) -> None:
        """Choose the vocabulary and weigh it by rarity."""
        for reading, family in self._families:
            family.fit([_clean(example[reading], reading) for example in examples])

    def weigh_ways(self, texts: list[list[tuple[Readings, float]]]) -> scipy.sparse.csr_matrix:
        """One row a text that may be read in several ways: the mean of their rows by the share of each."""
        rows = self.weigh([readings for ways in texts for readings, _ in ways])
        if rows.shape[0] == len(texts):
            return rows
        shares = [share for ways in texts for _, share in ways]
        ends = np.cumsum([0, *map(len, texts)])
        return scipy.sparse.csr_matrix((shares, np.arange(len(shares)), ends), dtype=np.float32) @ rows

    def weigh(self, examples: list[Readings]) -> scipy.sparse.csr_matrix:
        """One row a text, the families side by side."""
        blocks = [
            family.transform([_clean(example[reading], reading) for example in examples])
            for reading, family in self._families
        ]
        return scipy.sparse.hstack(blocks, format="csr")


def _clean(text: str, reading: str) -> str:
    return text if reading == "heard" else fold(text)
