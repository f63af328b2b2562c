"""Undoing slips of the keyboard: what nobody writes becomes what debtors most likely meant, read with the words around it.

A noisy channel: of all ways to read the typed words as known ones, the one is kept whose slips and whose succession of words are
together the least surprising (paths.py). A message of known words is left as it is, but for accents ("cheque", "numero"); where a
good part of it is unknown, its known words may be slips too.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from .known_words import KnownWords, known_words
from .paths import Group, Typed, likeliest_paths, tokens_of

# How many ways are weighed where slips left doubt, how sharply their surprise tells them apart, and the least share worth reading.
_WAYS, _DOUBT, _LEAST = 4, 1.5, 0.05


class Mended(NamedTuple):
    """A text with its slips undone, whether any word was read otherwise than typed, and how likely this way to read it is."""

    text: str
    changed: bool
    share: float


def mend(text: str, language: str) -> str:
    """The text with its slips undone where known words are near enough; unchanged in a language without lists."""
    return mended(text, language).text


def mended(text: str, language: str) -> Mended:
    """The likeliest way to read the text."""
    return _ways(text, language, 1)[0]


def ways_to_mend(text: str, language: str) -> list[Mended]:
    """The likeliest ways to read the text, the likeliest first; their shares make one."""
    return _ways(text, language, _WAYS)


def slips_undone(text: str, language: str) -> list[tuple[int, int, str]]:
    """What was read otherwise than typed: its place in the text, and the known words (folded) it stands for."""
    known = known_words(language)
    if not known.counts:
        return []
    typed = tokens_of(text, known)
    return [
        (typed[first].start, typed[beyond - 1].end, " ".join(words))
        for first, beyond, words in likeliest_paths(text, typed, language, 1)[0].groups
        if words is not None
    ]


def _ways(text: str, language: str, most: int) -> list[Mended]:
    known = known_words(language)
    if not known.counts:
        return [Mended(text, False, 1.0)]
    typed = tokens_of(text, known)
    weighed: dict[tuple[str, bool], float] = {}
    paths = likeliest_paths(text, typed, language, most)
    for path in paths:
        way = _written(text, typed, path.groups, known), any(group.words is not None for group in path.groups)
        weighed[way] = weighed.get(way, 0.0) + math.exp((paths[0].cost - path.cost) / _DOUBT)
    likely = {way: weight for way, weight in weighed.items() if weight >= _LEAST}
    whole = sum(likely.values())
    return [Mended(*way, weight / whole) for way, weight in likely.items()]


def _written(text: str, typed: list[Typed], groups: list[Group], known: KnownWords) -> str:
    """The message with each group of tokens written as it was read, and what stands between them as it was."""
    parts, at = [], 0
    for first, beyond, words in groups:
        token = typed[first]
        parts.append(text[at : token.start])
        parts.append(_accented(token, known) if words is None else " ".join(known.written[word] for word in words))
        at = typed[beyond - 1].end
    return "".join([*parts, text[at:]])


def _accented(token: Typed, known: KnownWords) -> str:
    return known.written[token.bare] if token.text == token.bare and token.bare in known.counts else token.text
