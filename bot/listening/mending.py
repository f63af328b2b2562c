"""Undoing slips of the keyboard: what nobody writes becomes what debtors most likely meant, read with the words around it.

A noisy channel: of all ways to read the typed words as known ones (slips.py, near_words.py, run_together.py), the one is kept
whose slips and whose succession of words (known_words.py) are together the least surprising. A message of known words is left
as it is, but for accents ("cheque", "numero"); where a good part of it is unknown, its known words may be slips too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .folding import fold
from .known_words import FIGURE, START, KnownWords, known_words
from .near_words import near_words
from .run_together import ONE_SLIP, Part, one_slip_away, stands_alone, words_inside

_TOKEN = re.compile(r"[^\W_]+")
# From this share of unknown words, known ones are doubted too, at a price.
_NOISY, _KNOWN_DOUBTED, _BOTH_DOUBTED, _DOUBTS = 0.1, 2.0, 3.0, 6
_SPACE_ADDED, _SPACE_MOVED = 7.0, 6.0
_PATHS = 6
_LONGEST = 400  # tokens read; a longer message is a pasted document


class _Typed(NamedTuple):
    """A token of the message."""

    text: str
    bare: str
    start: int
    end: int
    figure: bool
    known: bool


Place = tuple[int, int]


class _Step(NamedTuple):
    """A way from one place (token, letter) to another: the words read on it, as they are when `kept`."""

    to: Place
    words: tuple[str, ...]
    cost: float
    kept: bool = False


class _Reached(NamedTuple):
    """The cheapest way to a place that ends in a certain word."""

    cost: float
    origin: Place
    before: str
    step: _Step


def mend(text: str, language: str) -> str:
    """The text with its slips undone where known words are near enough; unchanged in a language without lists."""
    return mended(text, language)[0]


def mended(text: str, language: str) -> tuple[str, bool]:
    """The text with its slips undone, and whether any word was read otherwise than typed."""
    known = known_words(language)
    typed, reading = _read(text, language, known)
    return _written(text, typed, reading, known), any(words is not None for _, _, words in reading)


def slips_undone(text: str, language: str) -> list[tuple[int, int, str]]:
    """What was read otherwise than typed: its place in the text, and the known words (folded) it stands for."""
    typed, reading = _read(text, language, known_words(language))
    return [
        (typed[first].start, typed[beyond - 1].end, " ".join(words))
        for first, beyond, words in reading
        if words is not None
    ]


def _read(text: str, language: str, known: KnownWords) -> tuple[list[_Typed], list[tuple[int, int, list[str] | None]]]:
    if not known.counts:
        return [], []
    typed = [_look_at(token, known) for token in _TOKEN.finditer(text)][:_LONGEST]
    if all(token.known or token.figure for token in typed):
        return typed, [(at, at + 1, None) for at in range(len(typed))]
    return typed, _Reader(text, typed, known, language).read()


def _look_at(token: re.Match[str], known: KnownWords) -> _Typed:
    bare = fold(token.group())
    figure = not bare or any(mark.isdigit() for mark in bare)
    return _Typed(token.group(), bare, token.start(), token.end(), figure, known.holds(bare))


def _written(
    text: str, typed: list[_Typed], reading: list[tuple[int, int, list[str] | None]], known: KnownWords
) -> str:
    """The message with each group of tokens written as it was read, and what stands between them as it was."""
    parts, at = [], 0
    for first, beyond, words in reading:
        token = typed[first]
        parts.append(text[at : token.start])
        parts.append(_accented(token, known) if words is None else " ".join(known.written[word] for word in words))
        at = typed[beyond - 1].end
    return "".join([*parts, text[at:]])


def _accented(token: _Typed, known: KnownWords) -> str:
    return known.written[token.bare] if token.text == token.bare and token.bare in known.counts else token.text


class _Reader:
    """Finds the cheapest way through one message."""

    def __init__(self, text: str, typed: list[_Typed], known: KnownWords, language: str) -> None:
        self._text, self._typed, self._known, self._language = text, typed, known, language
        words = [token for token in typed if not token.figure]
        self._noisy = sum(not token.known for token in words) >= _NOISY * len(words)
        self._reached: dict[Place, dict[str, _Reached]] = {}

    def read(self) -> list[tuple[int, int, list[str] | None]]:
        """Groups of tokens (first, beyond), each with the words it was read as, or None where it stays as typed."""
        beginning = {START: (0.0)}
        for at, token in enumerate(self._typed):
            inside = [] if token.known or token.figure else list(words_inside(token.bare, self._language))
            for letter in range(len(token.bare) or 1):
                place = (at, letter)
                states = beginning if place == (0, 0) else self._cheapest(place)
                for step in self._steps(at, letter, inside) if states else ():
                    self._go(place, states, step)
        return self._way_back()

    def _cheapest(self, place: Place) -> dict[str, float]:
        reached = sorted(self._reached.get(place, {}).items(), key=lambda item: item[1].cost)[:_PATHS]
        return {word: state.cost for word, state in reached}

    def _go(self, place: Place, states: dict[str, float], step: _Step) -> None:
        there = self._reached.setdefault(step.to, {})
        last = step.words[-1]
        for before, spent in states.items():
            cost = spent + step.cost
            if last in there and cost >= there[last].cost:
                continue
            cost += self._surprise(before, step.words)
            if last not in there or cost < there[last].cost:
                there[last] = _Reached(cost, place, before, step)

    def _surprise(self, before: str, words: tuple[str, ...]) -> float:
        total = 0.0
        for word in words:
            total += 0.0 if word == FIGURE else self._known.surprise(before, word)
            before = word
        return total

    def _steps(self, at: int, letter: int, inside: list[Part]) -> list[_Step]:
        token = self._typed[at]
        end = len(token.bare)
        steps = [
            _Step((at, part.end) if part.end < end else (at + 1, 0), (part.word,), part.cost)
            for part in inside
            if part.start == letter
        ]
        if letter:
            return steps
        if token.figure:
            return [_Step((at + 1, 0), (FIGURE,), 0.0, kept=True)]
        steps.append(_Step((at + 1, 0), (token.bare,), 0.0, kept=True))
        return [*steps, *self._other_words(at), *self._with_the_next(at)]

    def _other_words(self, at: int) -> list[_Step]:
        token = self._typed[at]
        if token.known and not self._noisy:
            return []
        extra, most = (_KNOWN_DOUBTED, _DOUBTS) if token.known else (0.0, None)
        return [
            _Step((at + 1, 0), (word,), cost + extra) for word, cost in near_words(token.bare, self._language)[:most]
        ]

    def _with_the_next(self, at: int) -> list[_Step]:
        """One word broken by a space, or a space one letter too early or too late."""
        if at + 1 == len(self._typed):
            return []
        token, following = self._typed[at : at + 2]
        both_known = token.known and following.known
        if (
            following.figure
            or (both_known and not self._noisy)
            or self._text[token.end : following.start] not in (" ", "'")
        ):
            return []
        both, cut = token.bare + following.bare, len(token.bare)
        beyond, doubted = (at + 2, 0), _BOTH_DOUBTED if both_known else 0.0
        whole = [_Step(beyond, (both,), _SPACE_ADDED + doubted)] if len(both) > 3 and self._known.holds(both) else []
        near = () if both_known else one_slip_away(both, self._language)
        joined = [_Step(beyond, (word,), _SPACE_ADDED + ONE_SLIP) for word in near]
        moved = [
            _Step(beyond, (both[:place], both[place:]), _SPACE_MOVED + doubted)
            for place in (cut - 1, cut + 1)
            if stands_alone(both[:place], self._language) and stands_alone(both[place:], self._language)
        ]
        return [*(whole or joined), *moved]

    def _way_back(self) -> list[tuple[int, int, list[str] | None]]:
        place: Place = (len(self._typed), 0)
        last = min(self._reached[place], key=lambda word: self._reached[place][word].cost)
        groups: list[tuple[int, int, list[str] | None]] = []
        words: list[str] = []
        beyond = place[0]
        while place != (0, 0):
            found = self._reached[place][last]
            words = [*found.step.words, *words]
            place, last = found.origin, found.before
            if place[1] == 0:
                groups.append((place[0], beyond, None if found.step.kept else words))
                words, beyond = [], place[0]
        return groups[::-1]
