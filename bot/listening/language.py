"""The language of one message, chat spelling and single words included.

langdetect as it comes reads a short message badly (about half are right): its profiles are kept for the letters,
limited to the languages debtors here write, and joined to how often each language uses the words themselves.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from .folding import fold
from .letters import spelled
from .signs import foreign_script, hints_in, sayings_in
from .spoken import nearness, said_together
from .third_languages import heard_among, their_own
from .vocabulary import SPOKEN, frequencies, loanwords, names, said_words

# What the population writes before anything is read; a third language has to show itself.
_PRIOR = {"fr": 0.0, "es": 0.0}
_PRIOR_OTHER = -3.5
_STICKY = 1.5
_SURE = 1.2
_LIST_SHARE = 0.9
_WORST = 5.0  # One word alone never weighs more than this against a language.
_SAYING, _HINT = 6.0, 2.0
# A word that debtors of a third language write, and French or Spanish ones hardly.
_THEIR_OWN, _THEIR_OWN_MOST = 1.5, 4.5


@dataclass(frozen=True)
class Language:
    """An ISO 639-1 code, and whether the message alone settles it."""

    code: str
    sure: bool


def identify_language(text: str, previous: str | None = None) -> Language:
    """The language of a message; an ambiguous one ("ok", "merci", a figure) stays in the previous language."""
    script = foreign_script(text)
    if script:
        return Language(script, True)
    said = [(word, fold(word)) for word in said_words(text)]
    if not said:  # "100€/mes"
        sayings = sayings_in(text)
        told = (code for code in SPOKEN if code in sayings)
        return Language(next(told, previous or SPOKEN[0]), False)
    if previous and not any(_tells(bare) for _, bare in said):
        return Language(previous, False)
    scores = _scores(text, [(word, bare) for word, bare in said if bare not in names()] or said)
    if previous in scores:
        scores[previous] += _STICKY
    best, second = sorted(scores, key=lambda code: scores[code], reverse=True)[:2]
    return Language(best, scores[best] - scores[second] >= _SURE)


def tells_language(text: str) -> bool:
    """Whether a message has a word that not every language says: "ok", "merci", a name and a figure tell nothing."""
    return bool(foreign_script(text)) or any(_tells(fold(word)) for word in said_words(text))


def _tells(word: str) -> bool:
    return word not in loanwords() and word not in names()


def _scores(text: str, said: list[tuple[str, str]]) -> dict[str, float]:
    """`said` are the words as they stand and folded."""
    sayings = sayings_in(text)
    scores = {
        code: _PRIOR.get(code, _PRIOR_OTHER)
        for code in sorted({*SPOKEN, *sayings, *heard_among([bare for _, bare in said])})
    }
    for token, word in said:
        found = {code: _log_likelihood(token, word, code) for code in scores}
        ceiling = max(found.values())
        for code, value in found.items():
            scores[code] += max(value - ceiling, -_WORST)
    for code in hints_in(text):
        if code in scores:
            scores[code] += _HINT
    telling = [word for _, word in said if word not in loanwords()]
    for code in scores:
        scores[code] += min(_THEIR_OWN_MOST, _THEIR_OWN * sum(code in their_own(word) for word in telling))
    for code, bonus in said_together(text, scores.keys() - set(SPOKEN)).items():
        scores[code] += bonus
    for _, word in said:
        for code, bonus in nearness(word).items():
            scores[code] += bonus
    return {code: score + _SAYING * (code in sayings) for code, score in scores.items()}


@lru_cache(maxsize=20_000)
def _log_likelihood(token: str, word: str, code: str) -> float:
    """Of a token as it stands, and folded."""
    listed = frequencies(code).get(word, 0.0)
    return math.log(_LIST_SHARE * listed + (1 - _LIST_SHARE) * spelled(token, code))
