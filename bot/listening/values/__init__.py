"""The values a message carries: amounts, days, counts, references, contact details.

Rules and word lists, no model: what a figure means is in the words around it. One language is read first, the other
one where the first found nothing, because people mix them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from .aligned import Edit, fold
from .amounts import read_amounts
from .answers import read_answer
from .bare_amounts import read_bare_amounts
from .births import read_birth_dates
from .contact import read_emails, read_phones
from .corrections import apply_corrections
from .counts import read_counts, read_periods, read_shares
from .dates import read_dates, read_recurrences
from .found import Found
from .kinds import read_kinds
from .lexicon import LANGUAGES, Lexicon, lexicon_of
from .page import Page
from .postcodes import read_postcodes
from .references import read_references
from .slipped import is_vouched_for, slips
from .subject import Subject

__all__ = ["Found", "Subject", "read_values"]

_A_NUMBER = re.compile(r"\d|\bun[aeo]?\b")  # "un euro" too
# Whose words a third language shares most.
_NEAREST = {"ca": "es", "gl": "es", "pt": "es", "eu": "es"}
_LONGEST = 2000  # characters read; a longer message is a pasted document
# Kinds whose words are sure enough to be believed in the language that was not expected.
_SURE = {
    "date",
    "amount",
    "instalment_count",
    "period",
    "payment_method",
    "channel",
    "hardship_kind",
    "reference",
    "birth_date",
}
# Kinds worth a second look where words are mistyped; the closed lists of kinds.py have their own.
_SLIPPED = {"date", "amount", "instalment_count", "period"}


def read_values(
    text: str,
    language: str,
    today: datetime.date,
    expecting: str | None = None,
    tense: str | None = None,
    subject: Subject = Subject(),
) -> list[Found]:
    """The values in `text`, in the order they were said.

    `language` is "fr" or "es", of another the nearer of the two is read; `today` the day of the conversation where the
    debtor lives. `expecting` is the entity the open question asked for, which lets a bare figure be read; `tense`
    ("past" or "future") settles which way a day without a year lies when the question does; `subject` leans where the
    words leave it open. An amount is {"cents", "currency"}, a share of the debt {"numerator", "denominator"}, a date an
    ISO string, a phone in E.164.
    """
    first = language if language in LANGUAGES else _NEAREST.get(language, LANGUAGES[0])
    page = _read(Page(text[:_LONGEST], lexicon_of(first), today, expecting, tense, subject=subject))
    found = [*page.found, *_in_the_other_language(page, first)]
    found += _through_slips(page, found)
    told = [value for value in found if value.entity not in subject.beside or value.entity == expecting]
    return sorted(told, key=lambda found: (found.start, found.end))


def _read(page: Page) -> Page:
    read_emails(page)
    _strike(page, "no_value")
    read_phones(page)
    read_answer(page)
    read_references(page)
    _strike(page, "address")
    read_birth_dates(page)
    read_postcodes(page)
    read_kinds(page)
    _read_figures(page)
    apply_corrections(page)
    return page


def _read_figures(page: Page) -> None:
    read_counts(page)
    _strike(page, "time")
    _strike(page, "law")
    read_recurrences(page)
    read_periods(page)
    read_dates(page)
    read_shares(page)
    if _A_NUMBER.search(page.text):
        _strike(page, "no_money")
        read_amounts(page)
        read_bare_amounts(page)


def _strike(page: Page, rule: str) -> None:
    for match in page.matches(rule):
        page.strike(match.span())


def _through_slips(page: Page, known: list[Found]) -> list[Found]:
    missing = _SLIPPED - {found.entity for found in known}
    edits = slips(fold(page.original).text, page.words) if missing else []
    if not edits:
        return []
    second = _read(_once_more(page, page.words, slips=edits))
    return [
        found
        for found in second.found
        if found.entity in missing and not _touched(page, found) and is_vouched_for(second, found)
    ]


def _once_more(page: Page, words: Lexicon, borrowed: bool = False, slips: Sequence[Edit] = ()) -> Page:
    return Page(page.original, words, page.today, page.expecting, page.tense, borrowed, slips, page.subject)


def _in_the_other_language(page: Page, language: str) -> list[Found]:
    """What the other language's words say where this one's said nothing."""
    missing = _SURE - {found.entity for found in page.found}
    other = next(known for known in LANGUAGES if known != language)
    if not _holds_words_of(page, other):
        return []
    second = _read(_once_more(page, lexicon_of(other), borrowed=True))
    return [found for found in second.found if found.entity in missing and not _touched(page, found)]


def _holds_words_of(page: Page, language: str) -> bool:
    return any(pattern.search(page.aligned.text) for pattern in lexicon_of(language).patterns["own_words"])


def _touched(page: Page, found: Found) -> bool:
    return any(found.start < end and start < found.end for start, end in page.touched)
