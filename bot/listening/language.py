"""The language of one message, chat spelling and single words included.

langdetect as it comes reads a short message badly (about half are right): its profiles are kept for the letters,
limited to the languages debtors here write, and joined to how often each language uses the words themselves.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from .folding import fold
from .letters import spelled
from .spoken import SPOKEN, by_hand_alone, nearness, said_together
from .vocabulary import frequencies, languages, loanwords, names, said_words

# What the population writes before anything is read; a third language has to show itself.
_PRIOR = {"fr": 0.0, "es": 0.0}
_PRIOR_OTHER = -3.5
_STICKY = 1.5
_SURE = 1.2
_LIST_SHARE = 0.9
# So many times commoner than in French and Spanish, a word is a third language's own.
_OWN = 5.0
_WORST = 5.0  # One word alone never weighs more than this against a language.
# A third language has one such word in so many at least: a slip of the keyboard makes some by chance.
_ONE_WORD_IN, _FEW = 3, 2
_SCRIPTS = [
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
]
_HINTS = [
    ("es", re.compile(r"[ñ¿¡íóúá]")),
    ("ca", re.compile(r"[íóúèòç]")),
    ("fr", re.compile(r"[œêèùûîçâ]")),
    ("pt", re.compile(r"[íóúáç]")),
    # Spanish has no elision.
    ("fr", re.compile(r"\b(?:[cdjlmnst]|qu)['’](?=[aeiouyhâàéèêîô])")),
    ("ca", re.compile(r"\b(?:[dlmnst])['’](?=[aeiouhàèéíòóú])")),
    ("it", re.compile(r"\b(?:[cdlmnst]|un|dell|all|nell)['’](?=[aeiouhàèéìòù])")),
]

# Words that another language also says, but not together; letters that no other writes.
_SAYINGS = {
    "ca": re.compile(
        r"\bbon dia\b|\bbona (?:tarda|nit)\b|\bsi us plau\b|^d['’]acord\b|\bno puc\b|"
        r"\b(?:català|valencià|és|sóc|què|això|perquè|gràcies|vostès?)\b"
    ),
    # "fin de mes droits" is French, "fin de mes" is not.
    "es": re.compile(
        r"\bfin de mes\W*$|\d *(?:€|euros?)? */ *mes\b|[ñ¿¡]|\w{2,}ón\b|\w(?:ándo|iéndo|yéndo)(?:me|te|se|nos|os|l[oae]s?)\b"
    ),
    "fr": re.compile(r"œ|\bj['’](?:ai|av|en|y|ét|ar|at|es)|\bc['’]est\b|\bqu['’](?:ils?|elles?|on)\b"),
    "pt": re.compile(r"[ãõ]|\b(?:português|já|você)\b"),
    "ro": re.compile(r"[ășțşţ]"),
    "en": re.compile(r"\benglish\b"),
}
_SAYING = 6.0


@dataclass(frozen=True)
class Language:
    """An ISO 639-1 code, and whether the message alone settles it."""

    code: str
    sure: bool


def identify_language(text: str, previous: str | None = None) -> Language:
    """The language of a message; an ambiguous one ("ok", "merci", a figure) stays in the previous language."""
    script = _foreign_script(text)
    if script:
        return Language(script, True)
    said = [(word, fold(word)) for word in said_words(text)]
    if not said:  # "100€/mes"
        told = (code for code in SPOKEN if code in _SAYINGS and _SAYINGS[code].search(text.lower()))
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
    return bool(_foreign_script(text)) or any(_tells(fold(word)) for word in said_words(text))


def _tells(word: str) -> bool:
    return word not in loanwords() and word not in names()


def _foreign_script(text: str) -> str | None:
    letters = sum(mark.isalpha() for mark in text)
    for code, pattern in _SCRIPTS:
        if letters and len(pattern.findall(text)) > letters / 2:
            return code
    return None


def _scores(text: str, said: list[tuple[str, str]]) -> dict[str, float]:
    """`said` are the words as they stand and folded."""
    written = text.lower()
    sayings = {code for code, pattern in _SAYINGS.items() if pattern.search(written)}
    scores = {
        code: _PRIOR.get(code, _PRIOR_OTHER)
        for code in sorted({*SPOKEN, *sayings, *_heard([bare for _, bare in said])})
    }
    for token, word in said:
        found = {code: _log_likelihood(token, word, code) for code in scores}
        ceiling = max(found.values())
        for code, value in found.items():
            scores[code] += max(value - ceiling, -_WORST)
    for code, pattern in _HINTS:
        if code in scores:
            scores[code] += 2.0 * bool(pattern.search(written))
    for code, bonus in said_together(text).items():
        scores[code] += bonus
    for _, word in said:
        for code, bonus in nearness(word).items():
            scores[code] += bonus
    return {code: score + _SAYING * (code in sayings) for code, score in scores.items()}


def _heard(said: list[str]) -> set[str]:
    """A third language is heard only when it says a word (folded) that is neither French nor Spanish.

    Of one word or two it must be one that debtors write ("obrigado"): any letters are a word of some language.
    """
    words = set(said)
    owned = Counter(
        code for word in words for code in (_owners(word) if len(said) > _FEW else _owners(word) & by_hand_alone(word))
    )
    return {code for code, times in owned.items() if times >= max(1, len(said) // _ONE_WORD_IN)}


@lru_cache(maxsize=20_000)
def _owners(word: str) -> frozenset[str]:
    """The third languages that a folded word is far commoner in than in French and Spanish."""
    ours = _OWN * max(frequencies(spoken).get(word, 0.0) for spoken in SPOKEN)
    return frozenset(code for code in languages() if frequencies(code).get(word, 0.0) > ours)


@lru_cache(maxsize=20_000)
def _log_likelihood(token: str, word: str, code: str) -> float:
    """Of a token as it stands, and folded."""
    listed = frequencies(code).get(word, 0.0)
    return math.log(_LIST_SHARE * listed + (1 - _LIST_SHARE) * spelled(token, code))
