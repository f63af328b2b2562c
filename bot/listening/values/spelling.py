"""From what a person typed to what the rules read: folded, spelt right where it matters, numbers in figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .aligned import Aligned, Edit, fold
from .lexicon import Lexicon, lexicon_of
from .number_words import numbers_in_figures

# Not the letter a reference begins or ends with: "7781-K" is no "que".
_WORD = re.compile(r"(?<![a-z0-9])(?<!\d-)(?<!\d/)(?![a-z][-/]\d)[a-z0-9]+(?![a-z0-9])")

_ARTICLES = ("un", "uno", "una")
_SHORT = 4  # letters; of longer words none is told from another by its accent


def plain(original: str, words: Lexicon, slips: Sequence[Edit] = ()) -> Aligned:
    """The message as the rules want it; `slips` are the words of its folded text that stand for others."""
    folded = fold(original).edited(slips)
    if words.tables["letter"]:
        folded = _letters_joined(folded, words)
    aligned = folded.rewrite(
        _WORD, lambda word: _heard(original, folded, word, words) or _spelt_right(word.group(), words)
    )
    for said, meant in words.phrases:
        aligned = aligned.rewrite(said, lambda phrase, meant=meant: phrase.expand(meant))  # type: ignore[misc]
    aligned = numbers_in_figures(aligned, words)
    for said, meant in words.late_phrases:
        aligned = aligned.rewrite(said, lambda phrase, meant=meant: phrase.expand(meant))  # type: ignore[misc]
    return aligned


def _letters_joined(aligned: Aligned, words: Lexicon) -> Aligned:
    """ "be ene cero cero treinta y uno": letters spelt out before a figure make a code with it."""
    letters = {**words.tables["doubtful_letter"], **words.tables["letter"]}
    return aligned.rewrite(
        _spelt_out(words.language),
        lambda said: "".join(letters[name] for name in re.findall(r"[a-z]+", said["letters"])) + "-",
    )


@cache
def _spelt_out(language: str) -> re.Pattern[str]:
    words = lexicon_of(language)
    sure, doubtful = ("|".join(words.tables[name]) for name in ("letter", "doubtful_letter"))
    figure = "|".join(name for name in words.numbers if name not in _ARTICLES)
    return re.compile(
        rf"\b(?P<letters>(?:(?:ese|i|u),? )?(?:{sure})(?:,? (?:{sure}|{doubtful})){{0,3}}),? (?=(?:{figure})\b|\d)"
    )


def _heard(original: str, folded: Aligned, word: re.Match[str], words: Lexicon) -> str | None:
    """ "jé payé", "60 é 40": an accent written by ear, which folding would hide."""
    if len(word.group()) > _SHORT or folded.text[: word.start()].endswith("'"):
        return None
    first, last = folded.origin(*word.span())
    return words.heard.get(original[first:last].lower())


def _spelt_right(word: str, words: Lexicon) -> str:
    if word in words.spellings:
        return words.spellings[word]
    if word in words.numbers or not word.isalpha():
        return word
    return words.near_misses.meant_by(word) or word
