"""Numbers written in words, put into figures before anything else is read.

text2num knows how French and Spanish numbers are built, on careful spelling. People write without accents,
without hyphens and by ear; the lexicon leads each of their spellings back to the one text2num expects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from text_to_num import text2num

from .aligned import Aligned, Edit
from .lexicon import Lexicon

_WORD = re.compile(r"[a-z]+")
_GLUE = {"fr": "et", "es": "y"}
_LONGEST = 9


def numbers_in_figures(aligned: Aligned, words: Lexicon) -> Aligned:
    """The same text where every number in words stands in figures."""
    return aligned.edited(_edits(aligned.text, words))


def _edits(text: str, words: Lexicon) -> Iterator[Edit]:
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and not _follows(text, run[-1], word):
            yield from _figures(run, words)
            run = []
        known = word.group() in words.numbers
        if known or (run and word.group() in (_GLUE[words.language], "i")):
            run.append(word)
        elif run:
            yield from _figures(run, words)
            run = []
    yield from _figures(run, words)


def _follows(text: str, previous: re.Match[str], word: re.Match[str]) -> bool:
    return text[previous.end() : word.start()] in (" ", "-", " - ")


def _figures(run: list[re.Match[str]], words: Lexicon) -> Iterator[Edit]:
    """Cut a run of number words into the longest numbers it holds: a phone number is several of them."""
    position = 0
    while position < len(run):
        for size in range(min(_LONGEST, len(run) - position), 0, -1):
            said = run[position : position + size]
            number = _number(tuple(word.group() for word in said), words, alone=position == 0)
            if number is not None:
                yield said[0].start(), said[-1].end(), str(number)
                break
        position += size


def _number(said: tuple[str, ...], words: Lexicon, alone: bool) -> int | None:
    glue = _GLUE[words.language]
    if said[-1] in (glue, "i") or said[0] in (glue, "i"):
        return None
    if alone and said in (("un",), ("une",), ("uno",), ("una",)):  # an article far more often than a figure
        return None
    if len(said) > 1 and words.numbers.get(said[0]) in ("zéro", "cero"):  # kept apart: codes and phones begin with it
        return None
    return _parsed(tuple(words.numbers.get(word, glue) for word in said), words.language)


@lru_cache(maxsize=4096)
def _parsed(said: tuple[str, ...], language: str) -> int | None:
    for spelling in _spellings(said, language):
        try:
            return int(text2num(spelling, language))
        except (ValueError, ArithmeticError):
            continue
    return None


def _spellings(said: tuple[str, ...], language: str) -> Iterator[str]:
    spelling = " ".join(said)
    yield spelling
    if language == "es":
        yield from _spanish_spellings(spelling)


_TENS = "treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
_TWENTIES = {
    "uno": "veintiuno",
    "un": "veintiuno",
    "dos": "veintidós",
    "tres": "veintitrés",
    "cuatro": "veinticuatro",
    "cinco": "veinticinco",
    "seis": "veintiséis",
    "siete": "veintisiete",
    "ocho": "veintiocho",
    "nueve": "veintinueve",
}
_TEENS = {"seis": "dieciséis", "siete": "diecisiete", "ocho": "dieciocho", "nueve": "diecinueve"}


def _spanish_spellings(spelling: str) -> Iterator[str]:
    joined = re.sub(r"\b(dos|tres|cuatro|seis|siete|ocho|nueve) ciento?s?\b", _hundreds, spelling)
    joined = re.sub(r"\bveinte (?:y )?(\w+)", lambda ten: _TWENTIES.get(ten.group(1), ten.group()), joined)
    joined = re.sub(r"\bdiez y (\w+)", lambda ten: _TEENS.get(ten.group(1), ten.group()), joined)
    joined = re.sub(rf"\b({_TENS}) (un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b", r"\1 y \2", joined)
    joined = re.sub(r"\bcien (?!mil)", "ciento ", joined)
    if joined != spelling:
        yield joined


def _hundreds(match: re.Match[str]) -> str:
    return {"siete": "setecientos", "nueve": "novecientos"}.get(match.group(1), match.group(1) + "cientos")
