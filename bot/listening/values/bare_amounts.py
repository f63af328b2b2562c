"""Figures without a currency that are money all the same: "je peux mettre 40", "los 200", "150, non 80".

A figure may be money when nothing countable follows it and no label stands before it ("ligne 13", "piso 3"). It is
money when something announces a sum, or when it is said like one in a message that speaks of paying.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from .announced import is_announced
from .lexicon import lexicon_of
from .numerals import cents
from .page import PERIOD, Page
from .plausible import follows_a_name, is_both, is_plausible

_WORD_AFTER = re.compile(r"^ ?([a-z][a-z']*)")
_TWO_CENTS = re.compile(r"^\d[\d.]*[,.]\d\d$")
_CENTS_SAID = re.compile(r"\b(?:le|ce|du|el|ese|del) \d{1,4},\d\d$")  # "d'où sort le 12,80"
_ONE_PIECE = re.compile(r"\d{5,}")  # "28047", "10233": a postcode, a meter, a file
_CLAUSE_END = re.compile(r"[.;!?]")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_LARGEST = 100_000_00
_SMALLEST_IN_WORDS = 10_00
_LAST_DAY = 31_00

Way = Callable[[Page, "re.Match[str]", int], bool]


def read_bare_amounts(page: Page) -> None:
    """Figures left over once everything else has been read; twice, as one sum makes its neighbour likelier."""
    for ways in _ways(page):
        for match in list(_numeral(page.words.language).finditer(page.text)):
            _read(page, match, ways)


def _ways(page: Page) -> tuple[tuple[Way, ...], ...]:
    if page.subject.no_sums:
        return ((_is_said_like_a_price,),)
    first = (_is_said_like_a_price, _is_what_a_thing_costs, _goes_with_another, is_announced)
    second = (_goes_with_another, is_plausible)
    return (first, (*second, _is_in_figures) if page.subject.sums_from else second)


def _read(page: Page, match: re.Match[str], ways: tuple[Way, ...]) -> None:
    said = match.group()
    if " " in said and not re.search(r"[.,]\d\d$", said) and len(said.split(" ")[0]) == 3:
        return  # "150 200" is two figures
    value = cents(said)
    if value and (_is_a_few_things(page, match, value) or _is_a_code(page, match)):
        return
    if value and value < _LARGEST and _may_be_money(page, match) and any(way(page, match, value) for way in ways):
        page.take("amount", {"cents": value, "currency": "EUR"}, match.span())


def _is_a_few_things(page: Page, match: re.Match[str], value: int) -> bool:
    """ "les trois", "dos veces": words for few things name a price with its currency, or with a verb and a rhythm."""
    in_words = value < _SMALLEST_IN_WORDS and not re.search(r"\d", _as_written(page, match))
    return in_words and not (_has_a_rhythm(page, match) and is_announced(page, match, value))


def _is_a_code(page: Page, match: re.Match[str]) -> bool:
    """ "28047 el de antes": five figures in one piece are a place, a meter or a file unless paying is spoken of before."""
    if not _ONE_PIECE.fullmatch(_as_written(page, match)) or page.expecting == "amount" or _has_a_rhythm(page, match):
        return False
    clause = _CLAUSE_END.split(page.plain[: match.start()])[-1]
    return not (
        page.says("large_sum_verb", clause) or (match.group().endswith("00") and page.says("money_spoken_of", clause))
    )


def _as_written(page: Page, match: re.Match[str]) -> str:
    first, last = page.aligned.origin(*match.span())
    return page.original[first:last]


@cache
def _numeral(language: str) -> re.Pattern[str]:
    numeral = lexicon_of(language).words["numeral"].pattern
    return re.compile(rf"(?<![a-z\d/+*#°-])(?<!- ){numeral}(?![a-z/+*=%°ºª]|-\w| ?%)")


def _may_be_money(page: Page, match: re.Match[str]) -> bool:
    said, after = match.group(), page.text[match.end() :]
    if said[0] == "0" and said[1:2] not in (",", "."):
        return False
    if not _TWO_CENTS.match(said) and follows_a_name(page, match.start()):
        return False
    if not _follows_there(page, match) and _is_labelled(page, match):
        return False
    if is_both(page.text, match.span()):
        return False
    next_word = _WORD_AFTER.match(after)
    if next_word is None or _TWO_CENTS.match(said) or page.says("of_an_expense", after):
        return True
    return _stands_after_money(page, next_word.group(1))


def _stands_after_money(page: Page, word: str) -> bool:
    """Where the wish names sums, whatever is not counted: "65 peuvent partir", "210 faut pas pousser"."""
    if page.words.is_one_of("after_money", word):
        return True
    if not page.subject.sums_from or page.words.is_one_of("counted", word):
        return False
    return not word.endswith(("s", "x")) or page.words.is_one_of("after_a_sum", word)


def _is_labelled(page: Page, match: re.Match[str]) -> bool:
    labelled = page.says("never_money_before", page.text[: match.start()])
    return labelled and not _CENTS_SAID.search(page.text[: match.end()])


def _follows_there(page: Page, match: re.Match[str]) -> bool:
    """ "À partir de là 100 par mois": no article, where the person wrote the accent."""
    there = re.search(r"\bla ?$", page.text[: match.start()])
    return there is not None and page.original[page.aligned.origin(there.start() + 1, there.start() + 2)[0]] in "àÀ"


def _is_said_like_a_price(page: Page, match: re.Match[str], value: int) -> bool:
    """With its cents, with a rhythm after it, or in answer to a question about a sum."""
    answers = page.expecting == "amount" or _is_put_right(page, match, value)
    return _has_a_rhythm(page, match) or answers or _TWO_CENTS.match(match.group()) is not None


def _is_put_right(page: Page, match: re.Match[str], value: int) -> bool:
    """ "Wait, no, 140", where a day may be put right as well: more than a month has days."""
    return page.expecting == "date" and value > _LAST_DAY and page.says("sum_put_right", page.text[: match.start()])


def _has_a_rhythm(page: Page, match: re.Match[str]) -> bool:
    return page.text[match.end() :].lstrip(" ,")[:1] == PERIOD


def _is_what_a_thing_costs(page: Page, match: re.Match[str], value: int) -> bool:
    """ "85 de dépannage", "120 de luz"."""
    return value >= _SMALLEST_IN_WORDS and page.says("of_an_expense", page.text[match.end() :])


def _is_in_figures(page: Page, match: re.Match[str], value: int) -> bool:
    """ "C raide 110", "145 pas à 165", of a message about sums."""
    smallest = page.subject.sums_from
    in_figures = _as_written(page, match)[:1].isdigit() and not _YEAR.fullmatch(match.group())
    return in_figures and smallest is not None and value >= smallest


def _goes_with_another(page: Page, match: re.Match[str], value: int) -> bool:
    """ "50 tout de suite et 50 dans quinze jours": what is joined to a sum is one."""
    if page.says("stands_against", page.text[: match.start()]):  # "no son 500 euros, son 5"
        return True
    joined = page.says("joined", page.text[: match.start()])
    return joined and value >= 10_00 and any(found.entity == "amount" for found in page.found)
