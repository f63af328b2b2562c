"""The words each language uses, from the lists in words/: the commonest first, without accents."""

from functools import cache
from pathlib import Path

import yaml

from .folding import fold

_WORDS = Path(__file__).parent / "words"


def languages() -> list[str]:
    """The languages that have a list."""
    return sorted(path.stem for path in _WORDS.glob("*.txt"))


@cache
def frequencies(code: str) -> dict[str, float]:
    """How probable each listed word is, by its place in the list: near Zipf's law. Empty without a list."""
    path = _WORDS / f"{code}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    listed = list(dict.fromkeys(fold(word) for line in lines if not line.startswith("#") for word in line.split()))
    total = sum(1 / (place + 30) for place in range(len(listed)))
    return {word: 1 / (place + 30) / total for place, word in enumerate(listed)}


@cache
def loanwords() -> frozenset[str]:
    """Words that any of the languages says."""
    return frozenset(yaml.safe_load((_WORDS / "loanwords.yml").read_text(encoding="utf-8")))
