"""One message while it is being read: what is still unread, and what has been found."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from .aligned import Edit, fold
from .found import Found
from .lexicon import Lexicon
from .spelling import plain
from .subject import Subject

# What has been read is struck out with a sign that says what it was, so that later rules can lean on it
# ("3 fois 70" is an instalment plan, "35 par mois" is money) and no figure is read twice.
AMOUNT, DATE, COUNT, PERIOD, OTHER = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARKS = {"amount": AMOUNT, "date": DATE, "instalment_count": COUNT, "period": PERIOD}
READ = AMOUNT + DATE + COUNT + PERIOD + OTHER
_DIGIT = re.compile(r"\d")
# Rules whose every turn of phrase holds a figure, which are not tried where none is left to read.
OF_FIGURES = frozenset(
    "address at_home banknote birth_feast birth_mistaken birth_words day day_month_recurrence day_pair glued_euro "
    "iso_date law more_days numeric_date postcode_last reference_shape relative_month rest_of_cents set_against time "
    "times_each weekend_days".split()
)

Span = tuple[int, int]


class Page:
    """`plain` is the whole message in plain spelling; `text` is the same with what has been read struck out."""

    def __init__(
        self,
        original: str,
        words: Lexicon,
        today: datetime.date,
        expecting: str | None = None,
        tense: str | None = None,
        borrowed: bool = False,
        slips: Sequence[Edit] = (),
        subject: Subject = Subject(),
    ) -> None:
        """`borrowed`: the words are not those of the language that the message is in; `slips`: words of the folded text
        that stand for others."""
        self.borrowed = borrowed
        self.original = original
        self.words = words
        self.today = today
        self.expecting = expecting
        self.tense = tense
        self.subject = subject
        self.aligned = plain(original, words, slips)
        self.mended = [(fold(original).origin(start, end), meant) for start, end, meant in slips]
        self.plain = self.aligned.text
        self.text = self.plain
        self.found: list[Found] = []
        self.touched: list[Span] = []  # in the original
        self._places: list[tuple[Found, Span]] = []

    def matches(self, rule: str) -> Iterator[re.Match[str]]:
        """Every match of a rule in what is still unread, as it stands when each is asked for."""
        if rule in OF_FIGURES and not _DIGIT.search(self.text):
            return
        for pattern in self.words.patterns[rule]:
            for match in list(pattern.finditer(self.text)):
                if match.group() and self.text[match.start() : match.end()] == match.group():
                    yield match

    def says(self, rule: str, text: str) -> bool:
        """Whether a rule of the language holds somewhere in `text`."""
        return any(pattern.search(text) for pattern in self.words.patterns[rule])

    def take(self, entity: str, value: Any, span: Span, bound: str | None = None, strike: bool = True) -> None:
        """Note a value read at `span` of the plain text, and strike it out."""
        start, end = self._tight(span)
        first, last = self.aligned.origin(start, end)
        found = Found(entity, value, first, last, self.original[first:last], bound)
        self.found.append(found)
        self._places.append((found, (start, end)))
        if strike:
            self.strike(span, _MARKS.get(entity, OTHER))

    def strike(self, span: Span, mark: str = OTHER) -> None:
        """Strike out something that is read, or that is nothing to keep."""
        start, end = self._tight(span)
        self.text = self.text[:start] + mark * (end - start) + self.text[end:]
        self.touched.append(self.aligned.origin(start, end))

    def drop(self, found: Found) -> None:
        """Forget a value the person took back."""
        self.found.remove(found)
        self._places = [(kept, span) for kept, span in self._places if kept is not found]

    def in_order(self, entity: str) -> list[tuple[Found, Span]]:
        """The values of one kind, in the order they were said, with their places in the plain text."""
        return sorted(((found, span) for found, span in self._places if found.entity == entity), key=lambda it: it[1])

    def _tight(self, span: Span) -> Span:
        start, end = span
        while start < end - 1 and self.plain[start] in " ,":
            start += 1
        while end - 1 > start and self.plain[end - 1] in " ,":
            end -= 1
        return start, end
