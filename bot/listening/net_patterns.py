"""The small pattern language of the safety nets: words, stems, gaps, and slips of the keyboard forgiven.

Each pattern becomes steps over the message's words. A word is first turned into the set of listed words it may stand
for, which is remembered, so that a message costs a few dozen look-ups and not a few hundred regular expressions.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

_GAP = 3
_STARTS, _ENDS, _ANY = "^", "$", "_"
_ONE_SLIP_FROM, _TWO_SLIPS_FROM = 5, 9


@dataclass(frozen=True)
class Pattern:
    """Steps in order; each is a set of listed words, or a mark for a gap or an end of the message."""

    steps: tuple[frozenset[str], ...]
    anchored: bool

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """The steps that a message must hold a word for."""
        return tuple(step for step in self.steps if step != {_ANY} and _ENDS not in step)

    def find(self, words: list[frozenset[str]]) -> range | None:
        """The words the pattern covers, or None."""
        starts = range(1) if self.anchored else range(len(words))
        for start in starts:
            end = _match(self.steps, words, start, 0)
            if end is not None:
                return range(start, end)
        return None


def read_pattern(line: str) -> Pattern:
    """A pattern as written in a net's file."""
    steps = [frozenset(step.split("/")) for step in line.split()]
    anchored = steps[0] == {_STARTS}
    return Pattern(tuple(steps[1:] if anchored else steps), anchored)


def listed_words(patterns: list[Pattern]) -> frozenset[str]:
    """Every word and stem the patterns name."""
    return frozenset(word for pattern in patterns for step in pattern.steps for word in step) - {_ANY, _ENDS}


@lru_cache(maxsize=20_000)
def standing_for(word: str, listed: frozenset[str], slips: bool) -> frozenset[str]:
    """The listed words and stems a typed word may stand for; without `slips` it stands for what it is."""
    candidates = _by_first_letter(listed).get(word[:1], ())
    return frozenset(known for known in candidates if _is(word, known) or (slips and _may_be(word, known)))


@cache
def _by_first_letter(listed: frozenset[str]) -> dict[str, tuple[str, ...]]:
    # The first letter holds: people rarely miss it, and it keeps "morir" from "dormir".
    letters: dict[str, list[str]] = defaultdict(list)
    for known in sorted(listed):
        letters[known[0]].append(known)
    return {letter: tuple(group) for letter, group in letters.items()}


def _match(steps: tuple[frozenset[str], ...], words: list[frozenset[str]], at: int, step: int) -> int | None:
    if step == len(steps):
        return at
    wanted = steps[step]
    if wanted == {_ANY}:
        return _match_after_gap(steps, words, at, step + 1)
    if _ENDS in wanted and at == len(words):
        return at
    if at < len(words) and words[at] & wanted:
        return _match(steps, words, at + 1, step + 1)
    return None


def _match_after_gap(steps: tuple[frozenset[str], ...], words: list[frozenset[str]], at: int, step: int) -> int | None:
    for skipped in range(_GAP + 1):
        end = _match(steps, words, at + skipped, step)
        if end is not None:
            return min(end, len(words))
    return None


def _is(word: str, known: str) -> bool:
    return word.startswith(known[:-1]) if known.endswith("*") else word == known


def _may_be(word: str, known: str) -> bool:
    stem = known.rstrip("*")
    if stem == known:
        return _near(word, known)
    return len(word) > len(stem) and _near(word[: len(stem)], stem)


def _near(word: str, known: str) -> bool:
    if len(known) < _ONE_SLIP_FROM:
        return False
    allowed = 2 if len(known) >= _TWO_SLIPS_FROM else 1
    return abs(len(word) - len(known)) <= allowed and _slips(word, known) <= allowed


def _slips(one: str, other: str) -> int:
    """Edits between two words, two swapped letters counting for one."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
    return row[-1]
