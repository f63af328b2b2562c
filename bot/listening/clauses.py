"""Cutting a message in two where a second wish may begin: at sentence ends, commas, and words like "et" or "además"."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

_JOINTS = Path(__file__).parent / "joints.yml"
_SENTENCE_END = r"(?<=[.!?;\n])\s+|\n+|,\s*|\s+[-–/+]\s+"
_FEWEST_WORDS = 2
_MOST_CUTS = 4


def cuts(text: str, language: str) -> list[tuple[str, str]]:
    """The likeliest ways to cut a message in two, the most even ones; none when it is too short for two wishes."""
    places = [(found.start(), found.end()) for found in _borders().get(language, _plain()).finditer(text)]
    halves = [(text[:start].strip(), text[end:].strip()) for start, end in places]
    whole = [pair for pair in halves if min(map(_length, pair)) >= _FEWEST_WORDS]
    return sorted(whole, key=lambda pair: -min(map(_length, pair)))[:_MOST_CUTS]


@lru_cache(maxsize=1)
def _listed() -> dict[str, list[str]]:
    return yaml.safe_load(_JOINTS.read_text(encoding="utf-8"))


def joints(language: str) -> list[str]:
    """The words that may stand between two wishes; none for a language without a list."""
    return _listed().get(language, [])


def _length(half: str) -> int:
    return len(half.split())


@lru_cache(maxsize=1)
def _borders() -> dict[str, re.Pattern]:
    return {code: _border_at(words) for code, words in _listed().items()}


@lru_cache(maxsize=1)
def _plain() -> re.Pattern:
    return re.compile(_SENTENCE_END)


def _border_at(joined_by: list[str]) -> re.Pattern:
    words = "|".join(re.escape(joint) for joint in joined_by)
    return re.compile(rf"[,.;!?]?\s+(?:{words})\s+|{_SENTENCE_END}", re.IGNORECASE)
