"""What tells French from Spanish beside the words themselves: words said together, and what a slip is nearest to."""

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from .folding import fold
from .known_words import FIGURE, known_words, tokens
from .near_words import near_words
from .third_languages import by_hand_alone
from .vocabulary import SPOKEN, frequencies, languages, words_by_hand

# What a slip's nearness to known words weighs at most, for words of four letters and more.
_NEARER, _LONG_ENOUGH = 3.0, 4
_NOTHING_NEAR = -25.0
# Two words that one language says together and the other never does ("de mes", "au plus").
_TOGETHER, _TOGETHER_MOST = 1.5, 4.5


def said_together(text: str, others: Iterable[str] = ()) -> dict[str, float]:
    """What a message's pairs of words tell for French, for Spanish, and for `others` that say both words as well."""
    said = set(pairwise(FIGURE if word[0].isdigit() else word for word in tokens(fold(text))))
    ours = {pair for pair in said if not any(map(_foreign, pair))}
    found = [{pair for pair in ours if known_words(code).follows(*pair)} for code in SPOKEN]
    telling = {SPOKEN[0]: found[0] - found[1], SPOKEN[1]: found[1] - found[0]}
    # "el mes", "no se": no less Catalan than Spanish.
    shared = {code: {pair for pair in found[0] ^ found[1] if words_by_hand(code).issuperset(pair)} for code in others}
    return {code: min(_TOGETHER_MOST, _TOGETHER * len(pairs)) for code, pairs in {**telling, **shared}.items()}


@lru_cache(maxsize=20_000)
def nearness(word: str) -> dict[str, float]:
    """For a word that nobody lists: how much nearer it is to a word of one language than to any of the other."""
    if len(word) < _LONG_ENOUGH or any(word in frequencies(code) for code in languages()):
        return {}
    likely = {code: _likeliest(word, code) for code in SPOKEN}
    middle = sum(likely.values()) / len(likely)
    return {code: max(-_NEARER, min(_NEARER, chance - middle)) for code, chance in likely.items()}


def _likeliest(word: str, code: str) -> float:
    """The log chance of the known word it is most likely a slip of."""
    chances = known_words(code).chances
    return max((math.log(chances[near]) - cost for near, cost in near_words(word, code)), default=_NOTHING_NEAR)


@lru_cache(maxsize=20_000)
def _foreign(word: str) -> bool:
    """Whether only debtors of a third language write this: the training messages hold some of theirs."""
    return bool(by_hand_alone(word))
