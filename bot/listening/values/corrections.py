"""What a person takes back: "150, non 80" keeps 80; "pas 780 mais 530" and "c'était 340, pas 430" oppose two and keep both."""

from __future__ import annotations

import re
from itertools import pairwise

from .page import Page

_CONTACTS, _AT_ONCE = ("email", "phone"), 45  # letters between the two
_CORRECTABLE = ("amount", "date", "instalment_count")


def apply_corrections(page: Page) -> None:
    """Drop a value when the next one of its kind, a few words on, stands for it."""
    for entity in _CORRECTABLE:
        said = page.in_order(entity)
        for (first, (start, end)), (second, (next_start, next_end)) in pairwise(said):
            between = page.plain[end:next_start]
            before = page.plain[:start].rstrip()
            opposed = page.says("opposition", before) or (
                page.says("asserted", before) and page.says("flat_no", between)
            )
            compared = re.search(
                r"\b(?:q|que|qu)\W*$", between
            )  # "the 11th is better than the 10th" takes nothing back
            said_after = page.says("flat_no", between) and page.says("taken_back", page.plain[next_end:])
            spoken_of_again = entity == "date" and any(
                later.value == first.value for later, (place, _) in said if place > next_start
            )
            kept = opposed or compared or spoken_of_again
            if between.strip() and (page.says("correction", between) or said_after) and not kept:
                page.drop(first)
            elif page.says("slip_made", before) and page.says("meant", between):
                page.drop(first)  # "j'ai tapé 500, c'est 50"
            elif page.says("slip_told", before) and page.says("flat_no", between):
                page.drop(second)  # "faute de frappe, 90 pas 900"
            elif page.says("meant_before", between) and page.says("meant_after", page.plain[next_end:]):
                page.drop(first)  # "1200 ? c'est 120 que je voulais dire"
            elif page.says("meant_then", between):
                page.drop(second)  # "c'est 55 que je peux, pas 550"
        if entity == "date":
            _drop_repeated(page)
    for entity in _CONTACTS:
        _drop_misspelt(page, entity)


def _drop_misspelt(page: Page, entity: str) -> None:
    """An address or a number said wrong and at once said again: the last one."""
    for (first, (_, end)), (_, (next_start, _)) in pairwise(page.in_order(entity)):
        between = page.plain[end:next_start]
        if len(between) <= _AT_ONCE and page.says("said_wrong", between):
            page.drop(first)


def _drop_repeated(page: Page) -> None:
    """ "Hoy mismo, esta noche", "los viernes… cada viernes": a day said again is the same day."""
    said: set[str] = set()
    for found, _ in page.in_order("date"):
        if found.value in said:
            page.drop(found)
        said.add(found.value)
