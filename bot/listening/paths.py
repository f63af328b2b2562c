"""The likeliest ways to read the words of a message that may have slips: paths through its tokens.

A word stays as typed, becomes a known word near it (near_words.py), is cut where a space was lost (run_together.py), or joined
where one was added. A path costs its slips and how surprising its words are one after the other (known_words.py).
"""

from __future__ import annotations

import re
from bisect import insort
from operator import attrgetter
from typing import NamedTuple

from .folding import fold
from .known_words import END, FIGURE, START, KnownWords, known_words
from .near_words import near_words
from .run_together import ONE_SLIP, Part, one_slip_away, stands_alone, words_inside

_TOKEN = re.compile(r"[^\W_]+")
# From this share of unknown words, known ones are doubted too, at a price.
_NOISY, _KNOWN_DOUBTED, _BOTH_DOUBTED, _DOUBTS = 0.1, 2.0, 3.0, 6
_SPACE_ADDED, _SPACE_MOVED = 7.0, 6.0
_STATES = 6
_LONGEST = 400  # tokens read; a longer message is a pasted document


class Typed(NamedTuple):
    """A token of the message."""

    text: str
    bare: str
    start: int
    end: int
    figure: bool
    known: bool


class Group(NamedTuple):
    """Tokens from `first` to before `beyond`, and the words they were read as, or None where they stay as typed."""

    first: int
    beyond: int
    words: list[str] | None


class Path(NamedTuple):
    """One way through the message, and how surprising it is (natural logarithms)."""

    cost: float
    groups: list[Group]


_Place = tuple[int, int]


class _Step(NamedTuple):
    """A way from one place (token, letter) to another: the words read on it, as they are when `kept`."""

    to: _Place
    words: tuple[str, ...]
    cost: float
    kept: bool = False


class _Reached(NamedTuple):
    """A way to a place that ends in a certain word: where it came from, and which of the ways there it went on with."""

    cost: float
    origin: _Place
    before: str
    rank: int
    step: _Step


_COST = attrgetter("cost")


def tokens_of(text: str, known: KnownWords) -> list[Typed]:
    """The words and figures of a message, the first four hundred."""
    return [_look_at(token, known) for token in _TOKEN.finditer(text)][:_LONGEST]


def likeliest_paths(text: str, typed: list[Typed], language: str, most: int) -> list[Path]:
    """At most so many ways to read the tokens of the text, the likeliest first; never none."""
    if all(token.known or token.figure for token in typed):
        return [Path(0.0, [Group(at, at + 1, None) for at in range(len(typed))])]
    return _Reader(text, typed, language, most).read()


def _look_at(token: re.Match[str], known: KnownWords) -> Typed:
    bare = fold(token.group())
    figure = not bare or any(mark.isdigit() for mark in bare)
    return Typed(token.group(), bare, token.start(), token.end(), figure, known.holds(bare))


class _Reader:
    """Finds the cheapest ways through one message."""

    def __init__(self, text: str, typed: list[Typed], language: str, most: int) -> None:
        self._text, self._typed, self._language, self._most = text, typed, language, most
        self._known = known_words(language)
        words = [token for token in typed if not token.figure]
        self._noisy = sum(not token.known for token in words) >= _NOISY * len(words)
        self._reached: dict[_Place, dict[str, list[_Reached]]] = {}

    def read(self) -> list[Path]:
        """The cheapest paths, in order."""
        for at, token in enumerate(self._typed):
            inside = [] if token.known or token.figure else list(words_inside(token.bare, self._language))
            for letter in range(len(token.bare) or 1):
                place = (at, letter)
                states = self._cheapest(place)
                for step in self._steps(at, letter, inside) if states else ():
                    self._go(place, states, step)
        return self._ways_back()

    def _cheapest(self, place: _Place) -> list[tuple[str, list[float]]]:
        """The likeliest last words at a place, each with what the ways to it cost."""
        if place == (0, 0):
            return [(START, [0.0])]
        reached = sorted(self._reached.get(place, {}).items(), key=lambda item: item[1][0].cost)[:_STATES]
        return [(word, [way.cost for way in ways]) for word, ways in reached]

    def _go(self, place: _Place, states: list[tuple[str, list[float]]], step: _Step) -> None:
        there = self._reached.setdefault(step.to, {}).setdefault(step.words[-1], [])
        for before, spent in states:
            if len(there) == self._most and spent[0] + step.cost >= there[-1].cost:
                continue
            more = step.cost + self._surprise(before, step.words)
            for rank, cost in enumerate(spent):
                if len(there) == self._most and cost + more >= there[-1].cost:
                    break
                insort(there, _Reached(cost + more, place, before, rank, step), key=_COST)
                del there[self._most :]

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
            _Step(beyond, words, _SPACE_MOVED + doubted + cost)
            for place in (cut - 1, cut + 1)
            for words, cost in self._two_words(both[:place], both[place:])
        ]
        return [*(whole or joined), *moved]

    def _two_words(self, first: str, second: str) -> list[tuple[tuple[str, str], float]]:
        """Two words as they stand, or one of them with a slip."""
        alone, other = stands_alone(first, self._language), stands_alone(second, self._language)
        if alone and other:
            return [((first, second), 0.0)]
        if alone:
            return [((first, word), ONE_SLIP) for word in one_slip_away(second, self._language)]
        return [((word, second), ONE_SLIP) for word in one_slip_away(first, self._language)] if other else []

    def _ways_back(self) -> list[Path]:
        ends = self._reached[len(self._typed), 0]
        ranked = sorted(
            (way.cost + self._known.surprise(word, END), word, rank)
            for word, ways in ends.items()
            for rank, way in enumerate(ways)
        )
        return [Path(cost, self._way_back(word, rank)) for cost, word, rank in ranked[: self._most]]

    def _way_back(self, last: str, rank: int) -> list[Group]:
        place: _Place = (len(self._typed), 0)
        groups: list[Group] = []
        words: list[str] = []
        beyond = place[0]
        while place != (0, 0):
            way = self._reached[place][last][rank]
            words = [*way.step.words, *words]
            place, last, rank = way.origin, way.before, way.rank
            if place[1] == 0:
                groups.append(Group(place[0], beyond, None if way.step.kept else words))
                words, beyond = [], place[0]
        return groups[::-1]
