"""The ways an example is met while the encoder is tuned: as typed, spelled out, or with slips undone as far as they can be."""

from __future__ import annotations

import random

from components.pieces import Pieces

# The share of looks at an example's copy with slips.
_SLIPPED = 0.35


class Views:
    """Draws one view of an example at a time; the same draws at every training."""

    def __init__(self, pieces: Pieces, typed: list[str], spelled: list[str], slipped: list[str]) -> None:
        """Cut everything once."""
        self._whole = [[pieces.cut(text) for text in texts] for texts in (typed, spelled)]
        self._slipped = [pieces.cut(text) for text in slipped]
        self._chance = random.Random(0)

    def draw(self, at: int) -> list[int]:
        """The pieces of one view of an example."""
        if self._chance.random() < _SLIPPED:
            return self._slipped[at]
        return self._chance.choice(self._whole)[at]
