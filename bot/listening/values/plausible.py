"""A figure nothing announces, yet said as sums are said in a message about paying: "comptez sur 90 vers le 4"."""

from __future__ import annotations

import re

from .announced import WORD_BEFORE
from .page import DATE, Page

_SMALLEST = 10_00
_SHORT = 7  # words
_OF = re.compile(r"([a-z][a-z']*) d(?:e|u) $")
_BOTH = re.compile(r"\b(?:les|los|las) $")
_EVIDENCE = {"amount", "date", "period", "instalment_count", "payment_method", "share"}


def is_plausible(page: Page, match: re.Match[str], value: int) -> bool:
    """Never after a label; after a small word on slight evidence; otherwise when money is spoken of."""
    before = page.text[: match.start()]
    said = WORD_BEFORE.search(before)
    if said and said.group(2) and said.group(2)[-1] == DATE:  # "el sábado 50 en efectivo"
        return value >= _SMALLEST and _names_a_method(page)
    if value < _SMALLEST or said is None or said.group(2) or said.group(3) or page.says("label", before):
        return False
    if said.group(1) and page.words.is_one_of("vague_lead", said.group(1)):  # "cama 12"
        return _speaks_of_paying(page) or _is_asked(page, match)
    if said.group(4) or page.words.is_one_of("leads_to_sum", said.group(1)):
        short = len(page.plain.split()) <= _SHORT and not _is_of_a_thing(page, before)
        return short or _speaks_of_paying(page) or _is_asked(page, match)
    return _speaks_of_paying(page)


def _is_of_a_thing(page: Page, before: str) -> bool:
    """ "Bombilla de 60", "omeprazol de 20": a thing by its size; "alrededor de 60" and "una de 60" are none."""
    thing = _OF.search(before)
    return thing is not None and not any(page.words.is_one_of(name, thing[1]) for name in ("between", "opening"))


def _names_a_method(page: Page) -> bool:
    return any(found.entity == "payment_method" for found in page.found)


def _is_asked(page: Page, match: re.Match[str]) -> bool:
    return page.text[match.end() :].lstrip()[:1] == "?"


def _speaks_of_paying(page: Page) -> bool:
    return any(found.entity in _EVIDENCE for found in page.found) or page.says("money_spoken_of", page.plain)


def follows_a_name(page: Page, place: int) -> bool:
    """ "Sensation 100": a word in capitals inside a sentence names a product or a street."""
    said = WORD_BEFORE.search(page.plain[:place])
    if said is None or not said.group(1):
        return False
    first = page.aligned.origin(said.start(1), said.start(1) + 1)[0]
    return first > 0 and page.original[first].isupper() and not page.original.isupper()


def is_both(text: str, span: tuple[int, int]) -> bool:
    """ "les deux", "las dos": two of what was spoken of."""
    start, end = span
    return text[start:end] == "2" and _BOTH.search(text[:start]) is not None
