"""The ways an example is met while the encoder is tuned: as typed, spelled out, or with slips of the keyboard."""

from __future__ import annotations

import random

from components.misspelling import misspell
from components.pieces import Pieces
from listening.mending import mend

# The share of looks at an example with slips in it.
_SLIPPED = 0.25


class Views:
    """Draws one view of an example at a time; the same draws at every training."""

    def __init__(self, pieces: Pieces, typed: list[str], spelled: list[str], languages: list[str]) -> None:
        """Cut once what is met as it stands."""
        self._pieces, self._spelled, self._languages = pieces, spelled, languages
        self._whole = ([pieces.cut(text.lower()) for text in typed], [pieces.cut(text) for text in spelled])
        self._chance = random.Random(0)

    def draw(self, at: int) -> list[int]:
        """The pieces of one view of an example."""
        if self._chance.random() > _SLIPPED:
            return self._chance.choice(self._whole)[at]
        slipped = misspell(self._spelled[at], self._chance, self._chance.uniform(0.03, 0.12))
        # Undone every other time, as far as they can be, as they will be before the model reads.
        return self._pieces.cut(mend(slipped, self._languages[at]) if self._chance.random() < 0.5 else slipped)
