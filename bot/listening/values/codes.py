"""Numbers of files as people copy, spell and dictate them, told by how they are built: "77-AB-2093", "CT 30 558", "E A U 7 7 0 4 1"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .page import Page, Span

_GROUP = r"(?:[a-z]{1,5}|\d{1,10}|[a-z]{1,3}\d{1,8}|\d{1,8}[a-z]{1,2})"
_PARTED = re.compile(
    rf"(?<![\w/.,+'-])(?=[\d/-]*[a-z])(?=[a-z/-]*\d){_GROUP}(?:[-/]{_GROUP}){{1,4}}(?![\w/€'-]|[.,]\d| ?(?:€|euro))"
)
_SPACED = re.compile(
    r"(?<![\w'-])(?P<letters>[a-z]{1,5})(?: \d{2,8}|\d{2,8}(?= \d| [a-z]\b))"
    r"(?P<more>(?: \d{2,8}){0,3}(?: \d(?= ?(?:[.,;!?]|$)))?)(?P<last> [a-z])?"
    r"(?![\w€]|[.,/-]\d| ?(?:€|euro|eur\b|e\b|balles|pavos|%))"
)
_SPELT = re.compile(r"(?<![\w'])(?P<letters>(?:[a-z] ){0,4}[a-z])(?: ?[-/] ?|,? )\d(?: \d){2,8}(?![\w€]|[.,]\d| \d)")
_CAPITALS_BEFORE = re.compile(r"(?<![\w'-])([a-z]{2,4}) $")
_LETTER_BETWEEN = re.compile(r"(?<=\d-)([a-z])(?=-\d)")
_FIGURES = re.compile(r"\d+")
_LETTERS = re.compile(r"[a-z]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEW, _SOME, _MANY = 3, 4, 6  # digits


def parted_codes(page: Page) -> Iterator[Span]:
    """Groups of letters and figures parted by dashes or bars."""
    for said in list(_PARTED.finditer(page.text)):
        groups = re.split(r"[-/]", said.group())
        if (
            _holds_words(page, said.group(), _capitals_alone(page, said))
            or sum(map(len, _FIGURES.findall(said.group()))) < _SOME
        ):
            continue
        if len(groups) > 2 or _is_figures_and_a_letter(page, said, groups):
            yield _with_capitals_before(page, said.span())


def _with_capitals_before(page: Page, span: Span) -> Span:
    """ "GR 5540-B": capitals apart belong to the code."""
    letters = _CAPITALS_BEFORE.search(page.text[: span[0]])
    if letters is None or page.original.isupper() or page.words.is_one_of("no_reference", letters[1]):
        return span
    if page.words.is_one_of("no_code", letters[1]):  # "REF 99-22-D"
        return span
    return (letters.start(1), span[1]) if _is_upper(page, letters.span(1)) else span


def _is_figures_and_a_letter(page: Page, said: re.Match[str], groups: list[str]) -> bool:
    """ "00981/E": more figures than a house has, and capitals."""
    return groups[0].isdigit() and groups[1].isalpha() and len(groups[1]) < _FEW and _is_upper(page, said.span())


def spaced_codes(page: Page) -> Iterator[Span]:
    """Capitals, then figures in groups; fewer figures where a file was named before."""
    for said in list(_SPACED.finditer(page.text)):
        first, figures = said["letters"], _FIGURES.findall(said.group())
        if (
            page.words.is_one_of("no_reference", first)
            or _holds_words(page, said.group())
            or not _in_capitals(page, said)
        ):
            continue
        digits = sum(map(len, figures))
        sure = (said["last"] is not None and digits >= _SOME) or (len(figures) > 1 and digits >= _MANY)
        if sure or (
            digits >= _SOME and not _is_a_year(figures) and page.says("file_named", page.plain[: said.start()])
        ):
            yield said.span()


def spelt_codes(page: Page) -> Iterator[Span]:
    """Letters, then figures, one at a time; a single letter where a file was named before."""
    for said in list(_SPELT.finditer(page.text)):
        if " " in said["letters"] or page.says("file_named", page.plain[: said.start()]):
            yield said.span()


def _holds_words(page: Page, code: str, but: frozenset[str] = frozenset()) -> bool:
    """Letters that are a word, a unit or a month are no part of a code."""
    return any(page.words.is_one_of("no_code", letters) for letters in _LETTERS.findall(code) if letters not in but)


def _capitals_alone(page: Page, said: re.Match[str]) -> frozenset[str]:
    """ "7002-A-118": one letter between two dashes, in capitals, is no small word."""
    alone = [letter.span(1) for letter in _LETTER_BETWEEN.finditer(page.text, *said.span())]
    return frozenset(page.text[start:end] for start, end in alone if _is_upper(page, (start, end)))


def _is_a_year(figures: list[str]) -> bool:
    return len(figures) == 1 and _YEAR.fullmatch(figures[0]) is not None


def _in_capitals(page: Page, said: re.Match[str]) -> bool:
    """The letters are capitals, and a last letter apart is one too; in a message all in capitals a file was named."""
    spans = [said.span("letters"), *([said.span("last")] if said["last"] else [])]
    written = not page.original.isupper() or page.says("file_named", page.plain[: said.start()])
    return written and all(_is_upper(page, span) for span in spans)


def _is_upper(page: Page, span: Span) -> bool:
    first, last = page.aligned.origin(*span)
    return page.original[first:last].isupper()
