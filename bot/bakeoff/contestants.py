"""Who takes part. All read the same spelled-out text; they differ in features and in how they learn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bakeoff.messages import Row
from bakeoff.rasa_pipeline import RasaPipeline
from bakeoff.trial import Contestant
from components.encoders import SentenceEncoder, load_encoder
from components.misspelling import with_slips
from components.ngrams import Ngrams
from components.wish_model import WishModel
from components.wish_texts import Texts
from listening.readings import Reading, read

_CONFIG = Path(__file__).parent.parent / "config.yml"
# How often a message is looked at while the encoder is tuned, up to the configuration's `tuning_visits`: what these come to
# with all messages, so that fewer are not studied longer.
_LOOKS = 4


class OverFeatures:
    """A scikit-learn classifier over n-grams, over the encoder as it comes, or over both."""

    def __init__(self, make: Callable[[], Any], sparse: bool, dense: bool) -> None:
        """`make` builds the classifier."""
        self.names: list[str] = []
        self._model, self._ngrams, self._dense = make(), Ngrams() if sparse else None, dense
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)

    def learn(self, rows: list[Row]) -> None:
        """From scratch."""
        if self._ngrams:
            self._ngrams.learn([_words(_read(row)) for row in rows])
            self._letters.fit([_typed(row.text, _read(row)) for row in rows])
        self._model.fit(self._features(rows), [row.intent for row in rows])
        self.names = list(self._model.classes_)

    def rank(self, rows: list[Row]) -> np.ndarray:
        """Margins or chances: only their order counts."""
        features = self._features(rows)
        margins = getattr(self._model, "decision_function", None) or self._model.predict_proba
        return margins(features)

    def _features(self, rows: list[Row]) -> scipy.sparse.csr_matrix:
        read_as = list(map(_read, rows))
        blocks = []
        if self._ngrams:
            typed = [_typed(row.text, reading) for row, reading in zip(rows, read_as, strict=True)]
            blocks = [self._ngrams.weigh([_words(reading) for reading in read_as]), self._letters.transform(typed)]
        if self._dense:
            encoder = _encoder()
            typed, spelled = [row.text for row in rows], [reading.full for reading in read_as]
            blocks.append(scipy.sparse.csr_matrix(2 * np.hstack([encoder.encode(typed), encoder.encode(spelled)])))
        return scipy.sparse.hstack(blocks, format="csr")


class Ours:
    """The product's own model, with its settings."""

    def __init__(self) -> None:
        """Read the settings from the bot's configuration."""
        self._ngrams = Ngrams()
        self._settings = _settings_of("components.wish_classifier.WishClassifier")
        self._model = WishModel(self._settings)
        self.names: list[str] = []

    def learn(self, rows: list[Row]) -> None:
        """From scratch."""
        self._ngrams.learn([_words(_read(row)) for row in rows])
        self._settings["tuning_visits"] = min(self._settings["tuning_visits"], _LOOKS * len(rows))
        slipped = with_slips([row.text for row in rows])
        copies = [replace(rows[at], text=text) for at, text in slipped.items()]
        self._model.fit(self._texts(rows), [(row.intent,) for row in rows], self._texts(copies), [*slipped])
        self.names = self._model.names

    def rank(self, rows: list[Row]) -> np.ndarray:
        """Chances."""
        return self._model.chances(self._texts(rows))

    def _texts(self, rows: list[Row]) -> Texts:
        sent, languages = [row.text for row in rows], [row.language for row in rows]
        read_as = list(map(read, sent, languages))
        typed = [_typed(text, reading) for text, reading in zip(sent, read_as, strict=True)]
        spelled, mended = [reading.full for reading in read_as], [reading.changed for reading in read_as]
        return Texts(sent, typed, spelled, languages, mended, self._ngrams.weigh([_words(one) for one in read_as]))


@lru_cache(maxsize=1)
def _encoder() -> SentenceEncoder:
    """Loaded once: it takes longer than a hundred sentences."""
    return load_encoder("use")


def _read(row: Row) -> Reading:
    return read(row.text, row.language)


def _typed(text: str, reading: Reading) -> str:
    return reading.full if reading.changed else text.lower()


def _words(reading: Reading) -> dict[str, str]:
    return {"spelled": reading.full, "heard": reading.sound}


def _machine() -> LinearSVC:
    return LinearSVC(C=0.3, tol=0.03)


def _settings_of(component: str) -> dict[str, Any]:
    pipeline = yaml.safe_load(_CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return next(dict(part) for part in pipeline if part["name"] == component)


OURS = "tuned encoder + linear (ours)"
CONTESTANTS: dict[str, Callable[[], Contestant]] = {
    "linear on n-grams": lambda: OverFeatures(_machine, sparse=True, dense=False),
    "linear on the encoder": lambda: OverFeatures(_machine, sparse=False, dense=True),
    "linear on both": lambda: OverFeatures(_machine, sparse=True, dense=True),
    "Rasa LogisticRegressionClassifier": lambda: RasaPipeline("logistic.yml"),
    "Rasa DIETClassifier, small": lambda: RasaPipeline("diet.yml"),
    OURS: Ours,
}
