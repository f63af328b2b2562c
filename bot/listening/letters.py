"""How likely each language is to spell a word as it stands, by the letter profiles of langdetect."""

import json
import math
from functools import cache
from pathlib import Path

import langdetect

from .folding import fold

_PROFILES = Path(langdetect.__file__).parent / "profiles"
# langdetect has no Galician; its neighbour spells as it does.
_SPELLS_LIKE = {"gl": "pt"}


def spelled(token: str, code: str) -> float:
    """How likely a language spells a word so: small for each, to be compared with another's."""
    letters = _letters(code)
    if not letters:
        return 1e-9
    padded = f" {token} "
    logs = [
        math.log((letters.get(padded[at : at + 3], 0.0) + 1e-5) / (letters.get(padded[at : at + 2], 0.0) + 1e-3))
        for at in range(len(padded) - 2)
    ]
    # Halved: neighbouring trigrams repeat each other's evidence.
    return math.exp(0.5 * sum(logs)) * 1e-3


@cache
def _letters(code: str) -> dict[str, float]:
    """langdetect's letter profile of a language, as probabilities, with accents and without."""
    path = _PROFILES / _SPELLS_LIKE.get(code, code)
    if not path.exists():
        return {}
    profile = json.loads(path.read_text(encoding="utf-8"))
    chances: dict[str, float] = {}
    for gram, count in profile["freq"].items():
        chance = count / profile["n_words"][len(gram) - 1]
        for spelling in {gram.lower(), _bare(gram)}:
            chances[spelling] = chances.get(spelling, 0.0) + chance
    return chances


def _bare(gram: str) -> str:
    return "".join(" " if mark == " " else fold(mark) or mark for mark in gram)
