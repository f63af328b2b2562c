"""Figures without a currency that are money all the same: "je peux mettre 40", "los 200", "150, non 80".

A figure is money when nothing countable follows it and something announces a sum before it, with only small words
between the two. Everything else is left alone: inventing an amount is worse than asking.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .lexicon import lexicon_of
from .numerals import cents
from .page import AMOUNT, COUNT, DATE, PERIOD, Page

_WORD_BEFORE = re.compile(r"(?:([a-z][a-z']*)|([\ue000-\ue004]+)|(\d[\d.,]*)|([^\sa-z\d]))\s*$")
_WORD_AFTER = re.compile(r"^ ?([a-z][a-z']*)")
_CENTS = re.compile(r"\d[.,]\d\d$")
_GROUPED = re.compile(r"^\d{1,3}(?:[. ']\d{3})+")
_TWO_CENTS = re.compile(r"^\d[\d.]*[,.]\d\d$")
_SMALLEST_MEASURE = 20
_SMALLEST_ALONE = 10  # a message of one small figure says nothing of money
_LARGEST = 100_000_00
_NEAR = 2
_REACH = 9  # words looked back over


def read_bare_amounts(page: Page) -> None:
    """Figures left over once everything else has been read."""
    for match in list(_numeral(page.words.language).finditer(page.text)):
        said = match.group()
        if " " in said and not _CENTS.search(said) and len(said.split(" ")[0]) == 3:
            continue
        value = cents(said)
        if value and value < _LARGEST and _may_be_money(page, match) and _is_announced(page, match, value):
            page.take("amount", {"cents": value, "currency": "EUR"}, match.span())


@lru_cache(maxsize=None)
def _numeral(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z\d/+*#°-])(?<!- ){lexicon_of(language).words['numeral'].pattern}(?![a-z/+*=%°ºª]|-\d| ?%)")


def _may_be_money(page: Page, match: re.Match[str]) -> bool:
    said, after = match.group(), page.text[match.end():]
    if said[0] == "0" and said[1:2] not in (",", "."):
        return False
    if page.says("never_money_before", page.text[:match.start()]):
        return False
    next_word = _WORD_AFTER.match(after)
    return next_word is None or page.words.is_one_of("after_money", next_word.group(1)) or bool(_CENTS.search(said))


def _is_announced(page: Page, match: re.Match[str], value: int) -> bool:
    after = page.text[match.end():].lstrip(" ,")
    if after[:1] == PERIOD:
        return True
    if page.expecting == "amount" or _TWO_CENTS.search(match.group()):
        return True
    return _goes_with_another(page, match, value) or _look_back(page, match, value) or _is_measured(page, match, value)


def _goes_with_another(page: Page, match: re.Match[str], value: int) -> bool:
    """ "50 tout de suite et 50 dans quinze jours": what is joined to a sum is one."""
    joined = page.says("joined", page.text[:match.start()])
    return joined and value >= _SMALLEST_ALONE * 100 and any(found.entity == "amount" for found in page.found)


def _is_measured(page: Page, match: re.Match[str], value: int) -> bool:
    """ "un découvert de 780", "dejarlo en 45": whatever it is, it is measured, and the message is about money."""
    measured = page.says("measured", page.text[:match.start()])
    return measured and value >= _SMALLEST_MEASURE * 100 and page.says("money_spoken_of", page.plain)


def _look_back(page: Page, match: re.Match[str], value: int) -> bool:
    """Walk back over small words to what announces the sum."""
    text = page.text[:match.start()]
    opening, copula = True, False
    for step in range(_REACH):
        said = _WORD_BEFORE.search(text)
        if said is None:
            return _stands_alone(page, match, value) if opening else page.says("money_spoken_of", page.plain)
        word, mark, figure, sign = said.groups()
        if mark and mark[-1] in (AMOUNT, COUNT, PERIOD):
            return step < _NEAR or value >= _SMALLEST_ALONE * 100
        if mark and mark[-1] != DATE:
            return False
        if word and page.words.is_one_of("cue", word) and not page.says("no_cue", text):
            return True
        copula = copula or bool(word and page.words.is_one_of("copula", word))
        opening = opening and bool(word and page.words.is_one_of("opening", word) or sign)
        if word and not page.words.is_one_of("between", word) and not opening:
            return (copula or bool(_CENTS.search(match.group()))) and _speaks_of_money(page)
        if figure or (sign and sign not in ",:.;!?()'\"¿¡-…/"):
            return False
        text = text[:said.start()]
    return False


def _stands_alone(page: Page, match: re.Match[str], value: int) -> bool:
    """Nothing but "ok", "plutôt", "vale pues" before the figure, and nothing that counts after it."""
    if _CENTS.search(match.group()) or _GROUPED.match(match.group()):
        return True
    after = page.text[match.end():]
    short = len(re.findall(r"[a-z]+", after)) <= _REACH
    return value >= _SMALLEST_ALONE * 100 and short


def _speaks_of_money(page: Page) -> bool:
    return any(found.entity == "amount" for found in page.found) or page.says("money_spoken_of", page.plain)
