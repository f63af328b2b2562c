"""Bringing what people type closer to what they mean, always beside the original and never instead of it."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

_ABBREVIATIONS = Path(__file__).parent / "abbreviations"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "..."})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
# Three of a kind is never spelling in French or Spanish: "siiii", "merciiii", "!!!!".
_ELONGATION = re.compile(r"([^\W\d_])\1{2,}|([!?.,])\2{1,}")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?\+?", re.UNICODE)
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case, without accents, with plain quotes, single spaces and no elongation."""
    plain = shorten(text).lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFD", plain.translate(_LIGATURES))
        plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return _SPACES.sub(" ", plain).strip()


def shorten(text: str) -> str:
    """The same text with elongations undone ("holaaaa", "svpppp") and typographic quotes made plain."""
    plain = text if text.isascii() and "`" not in text else text.translate(_QUOTES)
    return _ELONGATION.sub(lambda found: found.group(1) or found.group(2), plain)


def spell_out(text: str, language: str) -> str:
    """The text in lower case with the short forms of chat written in full; other words keep their accents."""
    known = abbreviations(language)
    if not known:
        return shorten(text).lower()
    return _WORD.sub(lambda word: _in_full(word.group(), known), shorten(text).lower())


def _in_full(word: str, known: dict[str, str]) -> str:
    # "mé" means "mais" but "me" is itself: the accent decides where the list has it.
    return known.get(word) or known.get(fold(word)) or word


@cache
def abbreviations(language: str) -> dict[str, str]:
    """Folded short form to full form, empty for a language without a list."""
    path = _ABBREVIATIONS / f"{language}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def words(text: str) -> list[str]:
    """Folded words of a text, elisions split ("j'ai" gives "j", "ai")."""
    return re.findall(r"[a-z0-9]+", fold(text))
