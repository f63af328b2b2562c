"""A message without capitals or accents, which still knows where each of its letters came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Things people type for one another, which the rules should not have to know about.
_SAME = {
    "\u2019": "'",
    "\u2018": "'",
    "\u00b4": "'",
    "`": "'",
    "\u2013": "-",
    "\u2014": "-",
    "\u2011": "-",
    "\u0153": "oe",
    "\u00e6": "ae",
    "\u200b": "",
    "\ufe0f": "",
}

Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Aligned:
    """A text derived from another one; `starts` and `ends` give, letter by letter, the place in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original that `text[start:end]` stands for."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def rewrite(self, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> Aligned:
        """A copy where each match of `pattern` reads as `write` says, offsets kept."""
        return self.edited((match.start(), match.end(), write(match)) for match in pattern.finditer(self.text))

    def edited(self, edits: Iterable[Edit]) -> Aligned:
        """A copy with these pieces replaced; `edits` are in order and do not overlap."""
        kept = [_trimmed(self.text, edit) for edit in edits if self.text[edit[0] : edit[1]] != edit[2]]
        if not kept:
            return self
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for start, end, written in kept:
            text += self.text[position:start], written
            first, last = self._place(start, end)
            starts += (*self.starts[position:start], *[first] * len(written))
            ends += (*self.ends[position:start], *[last] * len(written))
            position = end
        text.append(self.text[position:])
        return Aligned("".join(text), (*starts, *self.starts[position:]), (*ends, *self.ends[position:]))

    def _place(self, start: int, end: int) -> tuple[int, int]:
        if start < end:
            return self.origin(start, end)
        before = self.ends[start - 1] if start else 0
        return before, before


def as_is(text: str) -> Aligned:
    """A text that is its own original."""
    return Aligned(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


def fold(original: str) -> Aligned:
    """The message in small letters, without accents, with one kind of apostrophe, dash and space."""
    text: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(original):
        folded = _folded(character, text[-1] if text else "")
        text += folded
        starts += [index] * len(folded)
    return Aligned("".join(text), tuple(starts), tuple(start + 1 for start in starts))


def _folded(character: str, previous: str) -> str:
    if character.isspace():
        return "" if previous == " " else " "
    character = character.lower()
    if character in _SAME:
        return _SAME[character]
    if character.isascii():
        return character
    return "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


def _trimmed(text: str, edit: Edit) -> Edit:
    """Leave out what the edit does not change, so that offsets stay as fine as they can."""
    start, end, written = edit
    while start < end and written and text[start] == written[0]:
        start, written = start + 1, written[1:]
    while start < end and written and text[end - 1] == written[-1]:
        end, written = end - 1, written[:-1]
    return start, end, written
