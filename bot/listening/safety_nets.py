"""Word lists that catch what must never be missed, whatever the model thinks; and the moods that travel with a message.

The lists are in nets/<language>.yml and are written for recall; `unless` lines there take figures of speech out first.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from .folding import spell_out, words
from .known_words import known_words
from .net_patterns import Pattern, listed_words, read_pattern, standing_for
from .vocabulary import SPOKEN, frequencies

_NETS = Path(__file__).parent / "nets"
# The letters of a file's number are no slip of a word ("FABEC2CC30"); a word written with a digit or two is one.
_REFERENCE = re.compile(r"\b(?=\w*\d\d)(?=(?:\w*\d){3})\w{6,}\b")
_LANGUAGES = tuple(path.stem for path in sorted(_NETS.glob("*.yml")))


@dataclass(frozen=True)
class _Net:
    name: str
    patterns: list[Pattern]
    unless: list[Pattern]

    def catches(self, read: list[frozenset[str]]) -> bool:
        """Whether a pattern is found, and still is once the figures of speech are taken out."""
        return _any_in(self.patterns, read) and _any_in(self.patterns, self._without_figures(read))

    def _without_figures(self, read: list[frozenset[str]]) -> list[frozenset[str]]:
        for figure in self.unless:
            found = figure.find(read)
            while found:
                # Emptied, not removed: what stood on both sides must not become neighbours.
                read = [frozenset() if at in found else word for at, word in enumerate(read)]
                found = figure.find(read)
        return read


def _any_in(patterns: list[Pattern], read: list[frozenset[str]]) -> bool:
    said = frozenset().union(*read)
    hopeful = [pattern for pattern in patterns if not any(said.isdisjoint(step) for step in pattern.needed)]
    return any(pattern.find(read) is not None for pattern in hopeful)


def signals(text: str, language: str | None) -> list[str]:
    """Names of the nets that fire: intents first, then the moods `anger`, `vulnerability`, `urgency`.

    A message in a third language, or with no language yet, is held against the French and Spanish lists too: letter by
    letter there, since a word of one language ("adéu") is no slip of another's ("adieu").
    """
    text = _REFERENCE.sub("0", text)
    if language in SPOKEN:
        found = _caught(text, language, slips=True)
    else:
        own = [language] if language in _LANGUAGES else []
        found = [name for code in (*own, *SPOKEN) for name in _caught(text, code, slips=code in own)]
    return list(dict.fromkeys(found))


def _caught(text: str, language: str, slips: bool) -> list[str]:
    nets, known = _nets(language)
    common = frequencies(language)
    # A common word is no slip of a rarer one: "argent" is not "agent".
    read = [
        standing_for(word, known, slips and word not in common and not known_words(language).holds(word))
        for word in words(spell_out(text, language))
    ]
    return [net.name for net in nets if net.catches(read)]


@cache
def _nets(language: str) -> tuple[list[_Net], frozenset[str]]:
    written = yaml.safe_load((_NETS / f"{language}.yml").read_text(encoding="utf-8"))
    nets = [_Net(name, _read(net["patterns"]), _read(net.get("unless", []))) for name, net in written.items()]
    return nets, listed_words([pattern for net in nets for pattern in (*net.patterns, *net.unless)])


def _read(lines: list[str]) -> list[Pattern]:
    return [read_pattern(str(line)) for line in lines]
