"""The words each language uses, from the lists in words/: the commonest first, without accents."""

import re
from functools import cache
from pathlib import Path
from sys import intern

import yaml

from .folding import abbreviations, fold, shorten

SPOKEN = ("fr", "es")
_WORDS = Path(__file__).parent / "words"
_SPELLING = Path(__file__).parent / "spelling"
# How much each source counts beside the list by hand.
_GENERAL, _SAID = 2.0, 4.0
# A reference, an address or a number says nothing of the language, whatever its letters.
_CODE = re.compile(r"\S*(?:\d\S*){3,}|\S+@\S+|https?://\S+")
_TOKEN = re.compile(r"[^\W\d_]+\d+\w*|[^\W\d_]+|\d+[^\W\d_]+")


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(sorted(path.stem for path in _WORDS.glob("*.txt")))


@cache
def frequencies(code: str) -> dict[str, float]:
    """How probable each word is, folded: what debtors said in training messages, the language at large, and chat by hand."""
    sources = {1.0: _listed(code), _GENERAL: folded(general_use(code)), _SAID: _said(code)}
    total = sum(weight for weight, words in sources.items() if words)
    mixed: dict[str, float] = {}
    for weight, words in sources.items():
        for word, share in words.items():
            mixed[word] = mixed.get(word, 0.0) + weight / total * share
    return mixed


@cache
def loanwords() -> frozenset[str]:
    """Words that any of the languages says."""
    return frozenset(yaml.safe_load((_WORDS / "loanwords.yml").read_text(encoding="utf-8")))


@cache
def names() -> frozenset[str]:
    """Folded names of people: they tell nothing of the language either."""
    rows = yaml.safe_load((_WORDS / "names.yml").read_text(encoding="utf-8"))
    return frozenset(name for row in rows for name in row)


def general_use(code: str) -> dict[str, float]:
    """Each word's share of what is written in a language at large, accents kept. Empty without a list. Read anew each time."""
    path = _WORDS / "general" / f"{code}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return {intern(word): 10 ** (float(value) - 9) for value, *words in map(str.split, lines) for word in words}


def said_words(text: str) -> list[str]:
    """The words of a message as its language is read from them: letters, or letters and figures together ("2main")."""
    return _TOKEN.findall(_CODE.sub(" ", shorten(text).lower()))


@cache
def words_by_hand(code: str) -> frozenset[str]:
    """The list by hand, and the short forms of chat."""
    return frozenset(_by_hand(code))


def _by_hand(code: str) -> list[str]:
    """The commonest first, and after them the short forms."""
    path = _WORDS / f"{code}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    listed = [fold(word) for line in lines if not line.startswith("#") for word in line.split()]
    return list(dict.fromkeys([*listed, *map(fold, abbreviations(code))]))


def _listed(code: str) -> dict[str, float]:
    """The list by hand: near Zipf's law."""
    listed = _by_hand(code)
    total = sum(1 / (place + 30) for place in range(len(listed)))
    return {word: 1 / (place + 30) / total for place, word in enumerate(listed)}


def folded(shares: dict[str, float]) -> dict[str, float]:
    """The same shares without accents."""
    bare_shares: dict[str, float] = {}
    for word, share in shares.items():
        bare = word if word.isascii() else intern(fold(word))
        bare_shares[bare] = bare_shares.get(bare, 0.0) + share
    return bare_shares


def _said(code: str) -> dict[str, float]:
    path = _SPELLING / f"{code}_said.txt"
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    foreign = _foreign_to(code)
    counts = {
        intern(word): int(count) for count, *words in map(str.split, lines) for word in words if word not in foreign
    }
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


def _foreign_to(code: str) -> set[str]:
    """Words of third languages' lists that this language does not use: training messages hold some of theirs."""
    others = set[str]().union(*(words_by_hand(other) for other in languages() if other not in SPOKEN))
    return others.difference(folded(general_use(code)), *map(words_by_hand, SPOKEN))
