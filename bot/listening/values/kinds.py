"""Means of payment, channels and hardships: values of a closed list, recognised by what people call them."""

from __future__ import annotations

import re

from ..folding import abbreviations
from ..mending import slips_undone
from .aligned import Aligned, as_is
from .page import OTHER, Page


def read_kinds(page: Page) -> None:
    """Each kind once, where it is first said; then those that a slip hid. Reads around the e-mail addresses found."""
    as_typed = as_is(_without_emails(page))
    _read(page, as_typed)
    short = abbreviations(page.words.language)
    slips = [
        slip
        for slip in slips_undone(as_typed.text, page.words.language)
        if as_typed.text[slip[0] : slip[1]] not in short
    ]
    if slips:
        _read(page, as_typed.edited(slips))


def _read(page: Page, text: Aligned) -> None:
    """`text` stands for the page's plain text, letter by letter."""
    for entity, kinds in page.words.kinds.items():
        known = {found.value for found, _ in page.in_order(entity)}
        said = page.words.no_kind[entity].sub(lambda struck: _struck(page, text, struck), text.text)
        for kind, names in kinds:
            match = None if kind in known else names.search(said)
            if match:
                page.take(entity, kind, text.origin(*match.span()), strike=False)


def _struck(page: Page, text: Aligned, said: re.Match[str]) -> str:
    page.touched.append(page.aligned.origin(*text.origin(*said.span())))
    return OTHER * len(said.group())


def _without_emails(page: Page) -> str:
    text = page.plain
    for _, (start, end) in page.in_order("email"):
        text = text[:start] + OTHER * (end - start) + text[end:]
    return text
