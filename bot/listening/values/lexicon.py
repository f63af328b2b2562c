"""The words of one language: how each is spelt by people, and the turns of phrase that carry a value.

A file of `words/` holds lists (`words`), tables (`tables`: a word and its figure) and regular expressions
(`patterns`), in which %name% stands for any word of that list or table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .near_misses import NearMisses

LANGUAGES = ("fr", "es")
_FOLDER = Path(__file__).parent / "words"
Phrase = tuple[re.Pattern[str], str]
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BRACKETS = re.compile(r"\([^()]*\)")
# What a key asks of the words around it, which are not there when it is looked up.
_AROUND = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)")
_MACRO = re.compile(r"%([a-z_]+)%")


@dataclass(frozen=True)
class Lexicon:
    """Everything the readers know of one language, compiled once."""

    language: str
    spellings: dict[str, str]
    heard: dict[str, str]
    near_misses: NearMisses
    words: dict[str, re.Pattern[str]]
    tables: dict[str, dict[str, Any]]
    patterns: dict[str, tuple[re.Pattern[str], ...]]
    phrases: tuple[Phrase, ...]
    late_phrases: tuple[Phrase, ...]
    numbers: dict[str, str]
    kinds: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    no_kind: dict[str, re.Pattern[str]]

    def is_one_of(self, name: str, word: str) -> bool:
        """Whether `word` is, whole, in the list of that name."""
        return self.words[name].fullmatch(word) is not None

    def figure(self, table: str, said: str) -> Any:
        """What a table gives for a word; its keys may be regular expressions."""
        figures = self.tables[table]
        if said not in figures:
            figures[said] = next(figures[key] for key in list(figures) if re.fullmatch(_AROUND.sub("", key), said))
        figure = figures[said]
        return int(figure) if figure.removeprefix("-").isdigit() else figure


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon of "fr" or "es"."""
    pages = _pages("shared.yml", "towns.yml", f"{language}.yml", *_further_pages(language))
    words: dict[str, list[str]] = _merged(pages, "words")
    tables: dict[str, dict[str, Any]] = _merged(pages, "tables")
    macros = {name: _any_of(listed) for name, listed in {**words, **tables}.items()}
    spellings: dict[str, list[str]] = _merged(pages, "spellings")
    return Lexicon(
        language=language,
        spellings={variant: right for right, variants in spellings.items() for variant in variants},
        heard=_merged(pages, "heard"),
        near_misses=NearMisses(_merged(pages, "near_misses")),
        words={name: _compiled(macros[name], macros) for name in words},
        tables=tables,
        patterns={
            name: tuple(_compiled(pattern, macros) for pattern in listed)
            for name, listed in _merged(pages, "patterns").items()
        },
        phrases=_phrases(pages, "phrases", macros),
        late_phrases=_phrases(pages, "late_phrases", macros),
        numbers=_merged(pages, "numbers"),
        kinds={
            entity: tuple((kind, _compiled(_one_of(said), macros)) for kind, said in kinds.items())
            for entity, kinds in _merged(pages, "kinds").items()
        },
        no_kind={entity: _compiled(_one_of(said), macros) for entity, said in _merged(pages, "not").items()},
    )


def _further_pages(language: str) -> list[str]:
    """A language's own files beside its first one: "fr_kinds.yml", "fr_hardships.yml"."""
    return sorted(path.name for path in _FOLDER.glob(f"{language}_*.yml"))


def _pages(*names: str) -> list[dict[str, Any]]:
    # Plain text only: YAML would take "no" for false and "08" for a figure.
    return [yaml.load((_FOLDER / name).read_text(encoding="utf-8"), Loader=_LOADER) for name in names]


def _merged(pages: list[dict[str, Any]], section: str) -> dict[str, Any]:
    """One section of all the files; lists of the same name are put end to end, within tables too."""
    merged: dict[str, Any] = {}
    for page in pages:
        merged = _joined(merged, page.get(section, {}))
    return merged


def _joined(known: Any, more: Any) -> Any:
    if isinstance(known, list):
        return [*known, *more]
    if isinstance(known, dict):
        return {**known, **{name: _joined(known[name], more[name]) if name in known else more[name] for name in more}}
    return more


def _phrases(pages: list[dict[str, Any]], section: str, macros: dict[str, str]) -> tuple[Phrase, ...]:
    return tuple((_compiled(said, macros), meant) for page in pages for said, meant in page.get(section, []))


def _any_of(listed: Any) -> str:
    longest_first = sorted((str(word) for word in listed), key=len, reverse=True)
    return "(?:" + "|".join(longest_first) + ")"


def _one_of(patterns: list[str]) -> str:
    """Any of these; those that begin with a word share the one test of its beginning, which most places fail."""
    ordered = sorted(patterns, key=len, reverse=True)
    words = [said.removeprefix(r"\b") for said in ordered if said.startswith(r"\b") and not _has_branches(said)]
    others = [said for said in ordered if not said.startswith(r"\b") or _has_branches(said)]
    return "|".join([rf"\b(?:{'|'.join(words)})", *others] if words else others)


def _has_branches(pattern: str) -> bool:
    """Whether a bar stands outside of every bracket."""
    outside = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
    while _BRACKETS.search(outside):
        outside = _BRACKETS.sub("", outside)
    return "|" in outside


def _compiled(pattern: str, macros: dict[str, str]) -> re.Pattern[str]:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda macro: macros[macro.group(1)], pattern)
    return re.compile(pattern)
