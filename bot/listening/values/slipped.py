"""Values said through slips of the keyboard: "dans 2 semiane", "vngt euros par moi".

Only slips of words that carry a value (days, months, numbers, money, rhythms, verbs of paying) are undone, and what is
read through them is kept where a second thing vouches for it: a mistyped word is a weak witness.
"""

from __future__ import annotations

import re

from ..mending import slips_undone
from .aligned import Edit
from .found import Found
from .lexicon import Lexicon
from .page import Page, Span

_SHORTEST = 3  # letters
_DIGIT = re.compile(r"\d")


def slips(text: str, words: Lexicon) -> list[Edit]:
    """The slips of a folded text that hide a word carrying a value, and what they stand for."""
    return [
        (start, end, meant)
        for start, end, meant in slips_undone(text, words.language)
        if _carries(text[start:end], meant, words)
    ]


def _carries(typed: str, meant: str, words: Lexicon) -> bool:
    known = typed in words.spellings or typed in words.numbers or words.is_one_of("no_slip", typed)
    if len(typed) < _SHORTEST or known:
        return False
    return begins_alike(typed, meant) and all(words.is_one_of("carrier", word) for word in meant.split(" "))


def begins_alike(typed: str, meant: str) -> bool:
    """Of far slips the first letter is kept, dropped, added or swapped: "clavais" is no "llamais"."""
    swapped = typed[:2] == meant[1::-1]
    return typed[0] == meant[0] or swapped or typed[1:4] == meant[:3] or typed[:3] == meant[1:4]


def is_vouched_for(page: Page, found: Found) -> bool:
    """Whether the value lies on a mended word; a sum also needs its currency, a rhythm, or its figure and a verb of paying."""
    mended = any(found.start < end and start < found.end for (start, end), _ in page.mended)
    if found.entity != "amount":
        return mended
    if _names_money(page, found) or any(other.entity == "period" for other in page.found):
        return True
    return bool(_DIGIT.search(found.text)) and any(page.words.is_one_of("cue", meant) for _, meant in page.mended)


def _names_money(page: Page, found: Found) -> bool:
    spans: list[Span] = [span for value, span in page.in_order("amount") if value is found]
    return any(page.says("money_named", page.plain[start:end]) for start, end in spans)
