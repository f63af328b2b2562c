"""Copies of examples as they would be read if they had been typed with slips: cheap, where undoing slips is dear.

Some examples are typed with slips on purpose, and the slips undone (misspelling.py): most words come back, some as another
word, some not at all. What became of each word is remembered, and happens to the same word of the other examples.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from components.misspelling import slip_once

_WORD = re.compile(r"[^\W_]+")
# A word met less often than this among the copies has its letters changed as often as words of its length are not got back.
_OFTEN = 8


class SlipsAgain:
    """What became of the words of one language."""

    def __init__(self, copies: Iterable[tuple[str, str]]) -> None:
        """`copies` are pairs: an example spelled out, and its copy with slips, which were undone."""
        self._became: dict[str, list[str]] = defaultdict(list)
        of_length: dict[int, list[bool]] = defaultdict(list)
        for spelled, copy in copies:
            for word, read in _word_by_word(_WORD.findall(spelled), _WORD.findall(copy)):
                self._became[word].append(read)
                of_length[len(word)].append(word == read)
        self._got_back = {length: sum(same) / len(same) for length, same in of_length.items()}

    def copy(self, spelled: str, chance: random.Random) -> str:
        """The example as it would be read with slips; now and then as it is."""
        read = _WORD.sub(lambda word: self._read(word.group(), chance), spelled)
        return " ".join(read.split()) or spelled

    def _read(self, word: str, chance: random.Random) -> str:
        became = self._became.get(word, [])
        if len(became) >= _OFTEN:
            return chance.choice(became)
        return word if chance.random() < self._got_back.get(len(word), 1.0) else slip_once(word, chance)


def _word_by_word(words: list[str], read: list[str]) -> list[tuple[str, str]]:
    """Each word with what it was read as: nothing where it was lost, several words where it was cut."""
    became: list[list[str]] = [[] for _ in words]
    for kind, first, beyond, start, end in SequenceMatcher(None, words, read, autojunk=False).get_opcodes():
        if beyond - first == end - start:
            for at, word in enumerate(read[start:end], first):
                became[at].append(word)
        elif kind != "insert":
            became[first] += read[start:end]
        elif first:
            became[first - 1] += read[start:end]
    return [(word, " ".join(found)) for word, found in zip(words, became, strict=True)]
