"""What identifies a person or a file: reference and birth date."""

from __future__ import annotations

import datetime
import re

from .dates.occurrences import exact
from .page import Page

_REFERENCE = re.compile(
    r"\d{1,3}(?:\.\d{3}){2,}(?![\d,])|"
    r"\d(?: \d){2,}(?: ?[-/] ?\d+)*(?! ?(?:€|euro))|"
    r"(?:(?:fr|be|ent|es(?= 20\d\d \d)|[a-z] [a-z](?= \d)|[a-z]{2,3}(?= 20\d\d \d)|"
    r"(?!du|de|le|la|el|al|au|et|en|ou|un|no|ne|es|su|mi)[a-z]{2}(?= \d{4}(?! ?(?:€|eur|e\b))\b)|"
    r"(?!du|de|le|la|el|al|au|et|en|ou|un|no|ne|y )[a-z]{2}(?= \d{2,} \d| \d{2,}-\d))"
    r" )?"
    r"(?=[a-z0-9/-]*\d)[a-z0-9]+(?: ?[-/] ?[a-z0-9]*\d[a-z0-9]*|[-/][a-z]+(?=[-/])|[-/][a-z]{1,3}\b)*(?: \d+(?!\d*[,.%€]| ?(?:€|euro)))*"
)
_JOINED_CODE = re.compile(r"[a-z]{0,4}-?\d[\da-z/-]*")
_JOINED_REFERENCE = re.compile(
    r" ?(?:,|y|e|o|u|et|ou|&|\+|y la|y el|et le|et la) ?(?P<next>(?=[a-z]|\d+[-/]\d)[a-z]{0,4}-?\d[\da-z/-]{2,})(?![\w€])"
)
_LETTERS_APART = re.compile(r"(?<![a-z'])[a-z]{1,4} (?=\d)")
_SMALL_WORD = re.compile(r"^(?:du|de|le|la|el|del|au|al|les|los)\d*\b")
_NUMERIC_BIRTH = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})[ /.\-](?P<m>\d{1,2})[ /.\-](?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?<!\d)(?P<d2>\d\d)(?P<m2>\d\d)(?P<y2>(?:19|20)\d\d)(?!\d)"
)
_COMPACT_BIRTH = re.compile(r"(?<!\d)(?P<d2>\d\d)(?P<m2>\d\d)(?P<y2>\d\d)(?!\d)")  # only where a birth is announced
_ISO_BIRTH = re.compile(r"(?<!\d)(?P<y>19\d\d|20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_OLDEST, _YOUNGEST = 110, 16


def read_references(page: Page) -> None:
    """A file or invoice number, announced as one or shaped as ours are."""
    for cue in page.matches("reference_cue"):
        start, number = _capitals(page, cue.end()) or (cue.end(), cue.end())
        said = _REFERENCE.match(page.text, number)
        if said and _is_reference(page, said):
            page.take("reference", reference(page.text[start : said.end()]), (start, said.end()))
    for shape in page.matches("reference_shape"):
        page.take("reference", reference(shape.group()), shape.span())
    for _, (_, end) in page.in_order("reference"):
        _read_next(page, end)


def _read_next(page: Page, end: int) -> None:
    """ "Dossiers RG-101 et RG-217": what is joined to a reference and built as one."""
    said = _JOINED_REFERENCE.match(page.text, end)
    if said and _is_reference(page, _whole(page, said)):
        page.take("reference", reference(said["next"]), said.span("next"))
        _read_next(page, said.end())


def _whole(page: Page, said: re.Match[str]) -> re.Match[str]:
    return _JOINED_CODE.match(page.text, said.start("next")) or said


def _capitals(page: Page, start: int) -> tuple[int, int] | None:
    """Where capitals stand apart before the number, "contrat C 4589": the cue may have taken the letter for "c'est"."""
    for letters in (_LETTERS_APART.match(page.text, start - 2), _LETTERS_APART.match(page.text, start)):
        if letters and not page.original.isupper():
            first, last = page.aligned.origin(letters.start(), letters.end() - 1)
            if page.original[first:last].isupper():
                return letters.span()
    return None


def _is_reference(page: Page, said: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in said.group())
    if digits < 3 or len(said.group()) < 4 or _SMALL_WORD.match(said.group()):
        return False
    return not page.says("reference_stop", page.text[said.start() :])


def reference(said: str) -> str:
    """In capitals, with dashes where the person put spaces."""
    return re.sub(r" ?([-/]) ?", r"\1", said.strip()).replace(" ", "-").upper()


def read_birth_dates(page: Page) -> None:
    """A date announced as a birth, or one whose year can only be a birth."""
    _read_births_on_a_feast(page)
    for cue in page.matches("birth_cue"):
        for pattern in (_ISO_BIRTH, _NUMERIC_BIRTH, *page.words.patterns["birth_words"], _COMPACT_BIRTH):
            said = pattern.match(page.text, cue.end()) or pattern.search(page.text, cue.end(), cue.end() + 45)
            if said and _take_birth(page, said):
                break
    for pattern in page.words.patterns["birth_words"]:
        for said in list(pattern.finditer(page.text)):
            if _speaks_of_a_birth(page, said) and not _is_a_day_and_a_sum(page, said):
                _take_birth(page, said)
    for said in [*_ISO_BIRTH.finditer(page.text), *_NUMERIC_BIRTH.finditer(page.text)]:
        spaced = " " in said.group() and said.group() != page.text.strip()
        if not said.groupdict().get("d2") and not spaced and _speaks_of_a_birth(page, said):
            _take_birth(page, said)
    for pattern in (_NUMERIC_BIRTH, *page.words.patterns["birth_words"]):  # "fecha de nacimiento" may come last
        for said in list(pattern.finditer(page.text)):
            if page.says("birth_cue", page.plain[said.end() : said.end() + 40]):
                _take_birth(page, said)


def _read_births_on_a_feast(page: Page) -> None:
    """ "Nací el día de Reyes del 79"."""
    for said in page.matches("birth_feast") if page.says("birth_cue", page.plain) else ():
        month, _, day = str(page.words.figure("feast", said["feast"])).partition("-")
        born = exact(_year(said["y"], page.today), int(month), int(day)) if month.isdigit() else None
        if born:
            page.take("birth_date", born.isoformat(), said.span())


def _is_a_day_and_a_sum(page: Page, said: re.Match[str]) -> bool:
    """ "El 5 de diciembre 60, y en enero otros 60": two figures after a month, where other figures are said and no birth."""
    rest = page.plain[: said.start()] + page.plain[said.end() :]
    short = re.search(r"[a-z] \d\d$", said.group()) is not None
    return short and re.search(r"\d", rest) is not None and not page.says("birth_cue", page.plain)


def _take_birth(page: Page, said: re.Match[str]) -> bool:
    day = birth_date(page, said)
    if day:
        page.take("birth_date", day.isoformat(), said.span())
    return day is not None


def birth_date(page: Page, said: re.Match[str]) -> datetime.date | None:
    """The date a match of a birth pattern stands for, if there is such a day in a living person's past."""
    parts = said.groupdict()
    month = parts.get("month")
    number = page.words.figure("month", month) if month else int(parts.get("m") or parts["m2"])
    try:
        day = datetime.date(
            _year(parts.get("y") or parts["y2"], page.today),
            number,
            int((parts.get("d") or parts["d2"]).removesuffix("er")),
        )
    except ValueError:
        return None
    return day if page.today.year - _OLDEST <= day.year <= page.today.year else None


def _year(said: str, today: datetime.date) -> int:
    if len(said) == 4:
        return int(said)
    year = today.year // 100 * 100 + int(said)
    return year if year <= today.year - _YOUNGEST else year - 100


def _speaks_of_a_birth(page: Page, said: re.Match[str]) -> bool:
    year = said.groupdict().get("y") or ""
    if len(year) == 2 and int(year) <= page.today.year % 100 + 12:  # "5/1/27" is a payment
        return False
    return _year(year, page.today) <= page.today.year - _YOUNGEST and not page.says(
        "old_date", page.plain[: said.start()]
    )
