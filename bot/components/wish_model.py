"""The classifier by itself, without Rasa: three readers of a message, and the sum of what they think.

One is linear over the features in front of it and knows words; one is the sentence encoder tuned on the examples
and knows meaning; one knows the letters as they were sent, slips and all. They err on different messages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse

from components import halved_weights
from components.letters import Letters
from components.network import Weights
from components.network import score as score_network
from components.pieces import Pieces
from components.tuning import tune
from components.views import Views
from components.wish_texts import Texts

# A margin of the linear reader counts four times before it is made a chance.
_SHARPNESS = 4.0
# What the encoder and the letters say counts less than the words (docs/decisions/nlu-classifier.md).
_MEANING_COUNTS, _LETTERS_COUNT = 0.8, 0.9


@dataclass
class WishModel:
    """`settings`: `tuning_visits` (0 leaves the encoder out), `temperature`, two of `out_of_scope_bonus`, chosen on training data."""

    settings: dict[str, Any]
    names: list[str] = field(default_factory=list)
    _linear: np.ndarray | None = None
    _linear_bias: np.ndarray | None = None
    _letters: Letters = field(default_factory=Letters)
    _tuned: Weights | None = None
    _pieces: Pieces | None = None

    def fit(
        self,
        texts: Texts,
        wished: list[tuple[str, ...]],
        slipped: Texts,
        copied: Sequence[int],
        whole: int | None = None,
    ) -> None:
        """Learn from examples, each of one or two intents, and from copies with slips, of the examples at the places `copied`.

        An example may have several copies. The first `whole` of the examples are messages, the others are parts of them;
        all are messages when it is not given.
        """
        self.names = sorted({name for names in wished for name in names})
        features = scipy.sparse.vstack([texts.features, slipped.features], format="csr")
        # The linear readers keep one core busy each, and tuning most of one; together they leave none of two idle.
        with ThreadPoolExecutor(2) as beside:
            linear = beside.submit(self._fit_linear, features, [*wished, *(wished[at] for at in copied)])
            letters = beside.submit(self._fit_letters, texts.sent[:whole], wished[:whole])
            if self.settings["tuning_visits"]:
                self._fit_encoder(texts, wished, slipped, copied)
            linear.result()
            letters.result()

    def chances(self, texts: Texts) -> np.ndarray:
        """One row a text, one column a name, rows summing to one."""
        logs = _log_chances(_SHARPNESS * (halved_weights.score(texts.features, self._linear) + self._linear_bias))
        if self._tuned is not None:
            logs = logs + _MEANING_COUNTS * self._think(texts)
        logs = self._with_letters(logs + self._leaning(texts.mended), texts)
        return np.exp(_log_chances(logs * self.settings["temperature"]))

    def __getstate__(self) -> dict[str, Any]:
        """Half precision is enough on disk; the encoder's pieces come with its package."""
        tuned = self._tuned and {name: value.astype(np.float16) for name, value in self._tuned.items()}
        return {**self.__dict__, "_tuned": tuned, "_pieces": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Back to the precision the processor is fast at."""
        self.__dict__.update(state)
        if self._tuned is not None:
            self._tuned = {name: value.astype(np.float32) for name, value in self._tuned.items()}
            self._pieces = Pieces()

    def _fit_linear(self, features: scipy.sparse.csr_matrix, wished: list[tuple[str, ...]]) -> None:
        """One wish an example here: of an example of two it would be told that it is and that it is not of each."""
        alone = [at for at, names in enumerate(wished) if len(names) == 1]
        numbers = np.array([self.names.index(wished[at][0]) for at in alone])
        self._linear, self._linear_bias = halved_weights.fit(features[alone], numbers, len(self.names), tolerance=0.03)

    def _fit_letters(self, sent: list[str], wished: list[tuple[str, ...]]) -> None:
        alone = [at for at, names in enumerate(wished) if len(names) == 1]
        numbers = np.array([self.names.index(wished[at][0]) for at in alone])
        self._letters.learn([sent[at] for at in alone], numbers, len(self.names))

    def _fit_encoder(self, texts: Texts, wished: list[tuple[str, ...]], slipped: Texts, copied: Sequence[int]) -> None:
        self._pieces = Pieces()
        copies: dict[int, list[str]] = defaultdict(list)
        for at, spelled in zip(copied, slipped.spelled, strict=True):
            copies[at].append(spelled)
        views = Views(self._pieces, texts, copies, wished)
        self._tuned = tune(self._pieces, views, self.settings["tuning_visits"])

    def _with_letters(self, logs: np.ndarray, texts: Texts) -> np.ndarray:
        """Letters say which wish it is, not whether there is one: what they never learnt keeps the share it had."""
        said = self._letters.scores(texts.sent)
        known = np.isfinite(said[0])
        before = logs[:, known]
        after = before + _LETTERS_COUNT * _log_chances(said[:, known])
        logs[:, known] = after + np.logaddexp.reduce(before, axis=1, keepdims=True)
        logs[:, known] -= np.logaddexp.reduce(after, axis=1, keepdims=True)
        return logs

    def _leaning(self, mended: list[bool]) -> np.ndarray:
        """A hand on the scale for what the examples can only hint at: everything that is out of scope.

        A lighter one where slips were undone: a wish read through them is a faint one, and not another subject.
        """
        names = np.array([name == "out_of_scope" for name in self.names])
        bonus, lighter = (self.settings.get(key, 0.0) for key in ("out_of_scope_bonus", "out_of_scope_bonus_mended"))
        return np.where(mended, lighter, bonus)[:, None] * names

    def _think(self, texts: Texts) -> np.ndarray:
        """The tuned encoder's log chances, on the text as typed and as spelled out."""
        readings = [*texts.typed, *texts.spelled]
        different = list(dict.fromkeys(readings))
        cut = [self._pieces.cut(text) for text in different]
        batches = [self._pieces.batch(cut[at : at + 32]) for at in range(0, len(cut), 32)]
        logs = np.vstack([_log_chances(score_network(np, self._tuned, batch)) for batch in batches])
        place = {text: at for at, text in enumerate(different)}
        both = logs[[place[text] for text in readings]]
        return (both[: len(texts.typed)] + both[len(texts.typed) :]) / 2


def _log_chances(scores: np.ndarray) -> np.ndarray:
    lowered = scores - scores.max(axis=1, keepdims=True)
    return lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))
