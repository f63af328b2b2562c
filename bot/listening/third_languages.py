"""Which third languages are heard in a message: those that have words of their own there, neither French nor Spanish."""

from collections import Counter
from functools import lru_cache

from .vocabulary import SPOKEN, frequencies, languages, words_by_hand

# So many times commoner than in French and Spanish, a word is a third language's own.
_OWN = 5.0
# A third language has one such word in so many at least: a slip of the keyboard makes some by chance.
_ONE_WORD_IN, _FEW = 3, 2


def heard_among(said: list[str]) -> set[str]:
    """A third language is heard only when it says a word (folded) that is neither French nor Spanish.

    Of one word or two it must be one that debtors write ("obrigado"): any letters are a word of some language.
    """
    owned = Counter(code for word in set(said) for code in (_owners(word) if len(said) > _FEW else their_own(word)))
    return {code for code, times in owned.items() if times >= max(1, len(said) // _ONE_WORD_IN)}


@lru_cache(maxsize=20_000)
def their_own(word: str) -> frozenset[str]:
    """The third languages whose debtors write this folded word, where it is hardly French or Spanish."""
    return _owners(word) & by_hand_alone(word)


@lru_cache(maxsize=20_000)
def by_hand_alone(word: str) -> frozenset[str]:
    """The languages in which debtors write this word, where neither French nor Spanish is one of them."""
    written = frozenset(code for code in languages() if word in words_by_hand(code))
    return written if written.isdisjoint(SPOKEN) else frozenset()


@lru_cache(maxsize=20_000)
def _owners(word: str) -> frozenset[str]:
    """The third languages that a folded word is far commoner in than in French and Spanish, whose debtors do not write it."""
    if any(word in words_by_hand(spoken) for spoken in SPOKEN):
        return frozenset()
    ours = _OWN * max(frequencies(spoken).get(word, 0.0) for spoken in SPOKEN)
    return frozenset(code for code in languages() if frequencies(code).get(word, 0.0) > ours)
