"""Means of payment, channels and hardships: values of a closed list, recognised by what people call them."""

from __future__ import annotations

import re

from ..folding import abbreviations, fold
from ..mending import slips_undone
from .aligned import Aligned, Edit, as_is
from .found import Found
from .lexicon import Lexicon
from .page import OTHER, Page, Span
from .slipped import begins_alike

_WORD = re.compile(r"[a-z0-9]+")
_FEW_LETTERS = 8
_SMALL = 2  # years: a child still a baby


def read_kinds(page: Page) -> None:
    """Each kind once, where it is first said; then those that a slip hid. Reads around the e-mail addresses found."""
    as_typed = as_is(_without_emails(page))
    _read(page, as_typed)
    # A word of another language is no slip of one of this one's: "boulot" of "bulto".
    edits = [] if page.borrowed else _in_full(as_typed.text, page.words)
    if edits:
        _read(page, as_typed.edited(edits))
    _drop_grown_children(page)
    _drop_consequences(page)


def _in_full(text: str, words: Lexicon) -> list[Edit]:
    """Short forms written in full, but for those of several meanings, and the slips of the other words undone."""
    short = abbreviations(words.language)
    full = [
        (word.start(), word.end(), fold(short[word.group()]))
        for word in _WORD.finditer(text)
        if word.group() in short
        and not words.is_one_of("kept_short", word.group())
        and text[word.end() : word.end() + 1] != "'"  # "j'achetais" is no "j'ai achetais"
    ]
    slips = [
        slip
        for slip in slips_undone(text, words.language)
        if not any(slip[0] < end and start < slip[1] for start, end, _ in full)
        and not words.is_one_of("no_slip", text[slip[0] : slip[1]])
        and begins_alike(text[slip[0] : slip[1]], slip[2])
    ]
    return sorted([*full, *slips])


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


def _drop_grown_children(page: Page) -> None:
    """ "Ma fille, née le 3 mai 2014": somebody's date of birth, and no birth."""
    for found, (_, end) in page.in_order("hardship_kind"):
        dates = [born for born, (start, _) in page.in_order("birth_date") if abs(start - end) <= _FEW_LETTERS]
        if found.value == "birth" and any(int(born.value[:4]) < page.today.year - _SMALL for born in dates):
            page.drop(found)


def _drop_consequences(page: Page) -> None:
    """ "Accident de scooter, plus de salaire": what another hardship brings is no second one."""
    for is_less in (_is_brought, _comes_after):
        hardships = page.in_order("hardship_kind")
        less = [found for found, span in hardships if is_less(page, found, span)]
        if len(less) < len(hardships):
            for found in less:
                page.drop(found)


def _is_brought(page: Page, found: Found, span: Span) -> bool:
    """A low income, the hospital, no longer working, a wrecked car, and what somebody died of."""
    start, end = span
    if _stands_in_a_death(page, found, span):
        return True
    if found.value == "illness" and page.says("died_of", page.plain[:start]):
        return True
    if found.value == "birth" and any(other.value == "bereavement" for other, _ in page.in_order("hardship_kind")):
        return True  # a child lost
    return found.value == "low_income" or page.says("consequence", page.plain[start:end])


def _comes_after(page: Page, found: Found, span: Span) -> bool:
    """ "Ma femme à l'hôpital, moi seul avec les petits": of two that others bring, what came last."""
    return found.value == "low_income" or page.says("left_alone", page.plain[slice(*span)])


def _stands_in_a_death(page: Page, found: Found, span: Span) -> bool:
    """ "Mon mari est parti en mai, un infarctus": neither an illness nor, since one is named, a separation."""
    told = page.in_order("hardship_kind")
    deaths = [death for other, death in told if other.value == "bereavement" and _holds(death, span)]
    if found.value == "illness":
        return bool(deaths)
    ill = [illness for other, illness in told if other.value == "illness"]
    return found.value == "separation" and any(_holds(death, illness) for death in deaths for illness in ill)


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _without_emails(page: Page) -> str:
    text = page.plain
    for _, (start, end) in page.in_order("email"):
        text = text[:start] + OTHER * (end - start) + text[end:]
    return text
