"""Cutting a message in two where a second wish may begin: at sentence ends, commas, and words like "et" or "además"."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from .folding import fold

_JOINTS = Path(__file__).parent / "joints.yml"
_SENTENCE_END = r"(?<=[.!?;\n])\s+|\n+|,\s*|\s+[-–/+]\s+"
_FEWEST_WORDS, _LONG_WORD = 2, 5
_MOST_CUTS = 4


def cuts(text: str, language: str) -> list[tuple[str, str]]:
    """The likeliest ways to cut a message in two, the most even ones; none when it is too short for two wishes.

    Where joints are few, also before words that begin a sentence: many write without a comma.
    """
    joined = _halves(text, _joint(language).finditer(text), _length)
    if len(joined) >= _MOST_CUTS:
        return joined[:_MOST_CUTS]
    known = {second for _, second in joined}
    begun = [pair for pair in _halves(text, _beginnings(text, language), _words) if pair[1] not in known]
    return [*joined, *begun][:_MOST_CUTS]


def joints(language: str) -> list[str]:
    """The words that may stand between two wishes; none for a language without a list."""
    return _listed(language, "joined_by")


def _halves(text: str, borders: Iterable[re.Match[str]], length: Callable[[str], int]) -> list[tuple[str, str]]:
    pairs = [(text[: border.start()].strip(), text[border.end() :].strip()) for border in borders]
    long = [pair for pair in pairs if min(map(length, pair)) >= _FEWEST_WORDS]
    return sorted(long, key=lambda pair: -min(map(length, pair)))


def _words(half: str) -> int:
    return len(half.split())


def _length(half: str) -> int:
    """In words; between joints a long one ("prescrit") may be a wish by itself."""
    return max(_words(half), _FEWEST_WORDS if len(half.strip(".,;!?")) >= _LONG_WORD else 0)


def _beginnings(text: str, language: str) -> Iterable[re.Match[str]]:
    folded = fold(text)
    # Places in the folded text are places in the text, but where folding has split a letter in two.
    return _beginning(language).finditer(folded if len(folded) == len(text) else text)


@lru_cache(maxsize=4)
def _joint(language: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, joints(language)))
    between = rf"[,.;!?]?\s+(?:{words})\s+|" if words else ""
    return re.compile(between + _SENTENCE_END, re.IGNORECASE)


@lru_cache(maxsize=4)
def _beginning(language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in _listed(language, "begun_by"))
    # An elided word ("j'") ends at its apostrophe. Without a list nothing matches.
    return re.compile(rf"\s+(?=(?:{words})(?:(?<=')|\b))" if words else r"(?!)", re.IGNORECASE)


def _listed(language: str, kind: str) -> list[str]:
    return _lists().get(language, {}).get(kind, [])


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(_JOINTS.read_text(encoding="utf-8"))
