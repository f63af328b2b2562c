"""What a person takes back: "150, non 80" keeps 80; "pas 780 mais 530" and "c'était 340, pas 430" oppose two and keep both."""

from __future__ import annotations

import re
from itertools import pairwise

from .page import Page

# Between a day and what it is called: "el 25 de diciembre no que es navidad".
_SAME_DAY = re.compile(r"[ ,]|\b(?:mismo|meme|no|non|que|es|c'est|cest|pas|car|dia|jour|sea|soit)\b")
_CORRECTABLE = ("amount", "date", "instalment_count")


def apply_corrections(page: Page) -> None:
    """Drop a value when the next one of its kind, a few words on, stands for it."""
    for entity in _CORRECTABLE:
        said = page.in_order(entity)
        for (first, (start, end)), (_, (next_start, _)) in pairwise(said):
            between = page.plain[end:next_start]
            before = page.plain[:start].rstrip()
            opposed = page.says("opposition", before) or (
                page.says("asserted", before) and page.says("flat_no", between)
            )
            if between.strip() and page.says("correction", between) and not opposed:
                page.drop(first)
        if entity == "date":
            _drop_repeated(page)


def _drop_repeated(page: Page) -> None:
    """ "hoy mismo, esta noche", "anteayer. lo pagué anteayer": the same day, once more in a row or in the same words."""
    for (first, (begin, end)), (second, (start, stop)) in pairwise(page.in_order("date")):
        same_words = page.plain[begin:end].strip() == page.plain[start:stop].strip()
        if first.value == second.value and (same_words or not _SAME_DAY.sub("", page.plain[end:start])):
            page.drop(second)
