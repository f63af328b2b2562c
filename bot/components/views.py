"""The ways an example is met while the encoder is tuned: as typed, spelled out, with slips undone, or beside another wish."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import NamedTuple

import numpy as np

from components.kinds_of_wish import AROUND, NOTHING
from components.pieces import Pieces
from components.wish_texts import Texts
from listening.clauses import joints

# The share of looks at the copy with slips, and of those at two examples in one message.
_SLIPPED = 0.4
_JOINED = 0.25
_LONGEST_JOINED = 60
# "merci" beside a question is hardly a wish: the question is.
_SHARE_AROUND = 0.25


class View(NamedTuple):
    """Pieces of a text, and how much of it is of each intent (number → share, the shares summing to one)."""

    pieces: list[int]
    wished: dict[int, float]


class Views:
    """Draws one view of an example at a time; the same draws at every training."""

    def __init__(
        self, pieces: Pieces, texts: Texts, copies: dict[int, list[str]], wished: list[tuple[str, ...]]
    ) -> None:
        """The examples as typed and spelled out, and `copies` of some of them with slips: each cut when it is met."""
        self._pieces, self._languages, self._wished = pieces, texts.languages, wished
        self.names = sorted({name for names in wished for name in names})
        self._number = {name: at for at, name in enumerate(self.names)}
        self._whole, self._slipped = (texts.typed, texts.spelled), copies
        self._chance = random.Random(0)
        self._of_language: dict[str, list[int]] = defaultdict(list)
        for at, language in enumerate(texts.languages):
            self._of_language[language].append(at)
        self._joints = {code: self._cut_joints(code) for code in self._of_language}

    def __len__(self) -> int:
        """How many examples there are."""
        return len(self._wished)

    def draw(self, at: int) -> View:
        """One view of an example, alone or joined with one of another intent in the same language."""
        alone = View(self._look(at), self._shares(self._wished[at]))
        return (self._joined(at, alone) or alone) if self._chance.random() < _JOINED else alone

    def _look(self, at: int) -> list[int]:
        if at in self._slipped and self._chance.random() < _SLIPPED:
            return self._pieces.cut(self._chance.choice(self._slipped[at]))
        return self._pieces.cut(self._chance.choice(self._whole)[at])

    def _joined(self, at: int, alone: View) -> View | None:
        other = self._chance.choice(self._of_language[self._languages[at]])
        names = (*self._wished[at], *self._wished[other])
        beside = self._look(other)
        if (
            len(names) != 2
            or names[0] == names[1]
            or "out_of_scope" in names
            or len(alone.pieces) + len(beside) > _LONGEST_JOINED
        ):
            return None
        joint = self._chance.choice(self._joints[self._languages[at]])
        # The marks of beginning and end stay at the ends.
        return View([*alone.pieces[:-1], *joint, *beside[1:]], self._shares(names))

    def _shares(self, names: tuple[str, ...]) -> dict[int, float]:
        # Beside a wish, a clause that asks for nothing takes no share.
        names = tuple(name for name in names if name != NOTHING) or names[:1]
        if len(names) == 1:
            return {self._number[names[0]]: 1.0}
        one, other = names
        around = (one in AROUND) - (other in AROUND)
        first = 0.5 if not around else _SHARE_AROUND if around > 0 else 1 - _SHARE_AROUND
        return {self._number[one]: first, self._number[other]: 1 - first}

    def _cut_joints(self, language: str) -> list[list[int]]:
        # As often without a word between the two as with one.
        words = [f" {joint} " for joint in joints(language)]
        plain = [", ", ". ", " ", " "]
        listed = [*words, *(plain * (1 + len(words) // len(plain)))]
        return [self._pieces.cut(joint)[1:-1] for joint in listed]


def shares(views: list[View], places: int, names: int) -> np.ndarray:
    """One row a view, one column a name; rows beyond the views stay empty."""
    wanted = np.zeros((places, names), np.float32)
    for row, view in enumerate(views):
        for name, share in view.wished.items():
            wanted[row, name] = share
    return wanted
