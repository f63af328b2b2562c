"""Days somebody was born on: announced as a birth, or with a year that can be nothing else."""

from __future__ import annotations

import datetime
import re

from .dates.occurrences import exact
from .page import Page

_NUMERIC_BIRTH = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?: ?[/.\-] ?| )(?P<m>\d{1,2})(?: ?[/.\-] ?| )(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?<!\d)(?P<d2>\d\d)(?P<m2>\d\d)(?P<y2>(?:19|20)\d\d)(?!\d)"
)
# "le dix-sept zéro deux quatre-vingt-douze"
_SPOKEN_BIRTH = re.compile(
    r"(?<![\d.,])(?<!\d )(?P<d>[12]?\d|3[01]) 0 (?P<m>[1-9]) (?P<y>19\d\d|[3-9]\d|0[0-9])(?! ?\d|[.,]\d| ?(?:€|euro))"
)
_COMPACT_BIRTH = re.compile(r"(?<!\d)(?P<d2>\d\d)(?P<m2>\d\d)(?P<y2>\d\d)(?!\d)")  # only where a birth is announced
_ISO_BIRTH = re.compile(r"(?<!\d)(?P<y>19\d\d|20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_TOLD = re.compile(r"(?:^|[,.;:!?] ?|\b(?:c'?est|c|moi|date|naissance|es|soy|yo|fecha|le|el|del|du) ?:? ?)$")
_COUNTED = re.compile(r" ?(?:\d|€|euro|e\b|balles|pavos|[.,]\d)")
_OPPOSED_DAY = re.compile(
    r"\b(?P<day>(?:le|el|du|del) \d{1,2}),? (?:sino|mais|pas|no|non|pero|et non|y no)(?: (?:le|el|du|del|un))? ?$"
)
_SENTENCE_END = re.compile(r"[.;!?]")
_OLDEST, _YOUNGEST = 110, 16
_FEW_WORDS = 4
_NEAR, _FAR = 45, 75  # letters after the cue


def read_birth_dates(page: Page) -> None:
    """A date announced as a birth, or one whose year can only be a birth."""
    _read_births_on_a_feast(page)
    for cue in page.matches("birth_cue"):
        for pattern in (_ISO_BIRTH, _NUMERIC_BIRTH, *page.words.patterns["birth_words"], _COMPACT_BIRTH):
            said = pattern.match(page.text, cue.end()) or _within_reach(page, pattern, cue.end())
            if said and _take_birth(page, said):
                break
    for pattern in page.words.patterns["birth_words"]:
        for said in list(pattern.finditer(page.text)):
            if (_speaks_of_a_birth(page, said) or page.says("birth_cue", said.group())) and not _is_a_day_and_a_sum(
                page, said
            ):
                _take_birth(page, said)
    for said in [*_ISO_BIRTH.finditer(page.text), *_NUMERIC_BIRTH.finditer(page.text)]:
        loose = " " in said.group() and said.group() != page.text.strip() and not _is_told(page, said)
        run_together = said.groupdict().get("d2") and said.group() != page.text.strip(" .!")
        if not run_together and not loose and _speaks_of_a_birth(page, said):
            _take_birth(page, said)
    for pattern in (_NUMERIC_BIRTH, *page.words.patterns["birth_words"]):  # "fecha de nacimiento" may come last
        for said in list(pattern.finditer(page.text)):
            if page.says("birth_cue", page.plain[said.end() : said.end() + 40]):
                _take_birth(page, said)
    for said in list(_SPOKEN_BIRTH.finditer(page.text)):
        if _speaks_of_a_birth(page, said):
            _take_birth(page, said)
    _strike_days_opposed(page)


def _within_reach(page: Page, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
    """A day some words after its cue; further on in the sentence, one with its whole year."""
    said = pattern.search(page.text, start)
    if said is None or said.end() <= start + _NEAR:
        return said
    whole = len(said.groupdict().get("y") or "") == 4 and said.end() <= start + _FAR
    return said if whole and not _SENTENCE_END.search(page.text[start : said.start()]) else None


def _is_told(page: Page, said: re.Match[str]) -> bool:
    """ "Moi c'est 25 12 83": three figures apart, told as an answer."""
    return bool(_TOLD.search(page.text[: said.start()])) and not _COUNTED.match(page.text[said.end() :])


def _strike_days_opposed(page: Page) -> None:
    """ "No nací el 12 sino el 21 de abril de 1990": the 12th is no day to pay on."""
    for _, (start, _) in page.in_order("birth_date"):
        opposed = _OPPOSED_DAY.search(page.text[:start])
        if opposed and page.says("birth_cue", page.plain[:start]):
            page.strike(opposed.span("day"))
    if page.in_order("birth_date"):
        for noted in page.matches("birth_mistaken"):
            page.strike(noted.span("day"))


def _read_births_on_a_feast(page: Page) -> None:
    """ "Nací el día de Reyes del 79"."""
    for said in page.matches("birth_feast") if page.says("birth_cue", page.plain) else ():
        month, _, day = str(page.words.figure("feast", said["feast"])).partition("-")
        born = exact(_year(said["y"], page.today), int(month), int(day)) if month.isdigit() else None
        if born:
            page.take("birth_date", born.isoformat(), said.span())


def _is_a_day_and_a_sum(page: Page, said: re.Match[str]) -> bool:
    """ "El 5 de diciembre 60, y en enero otros 60": two figures after a month, where other figures are said and no birth."""
    if page.says("birth_of", page.plain[: said.start("d")]):
        return False
    rest = page.plain[: said.start()] + page.plain[said.end() :]
    short = re.search(r"[a-z](?<!\bdel) \d\d$", said.group()) is not None
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
    return day if page.today.year - _OLDEST <= day.year and day <= page.today else None


def _year(said: str, today: datetime.date) -> int:
    if len(said) == 4:
        return int(said)
    year = today.year // 100 * 100 + int(said)
    return year if year <= today.year - _YOUNGEST else year - 100


def _is_long_past_and_alone(page: Page, said: re.Match[str], year: str) -> bool:
    """ "02/02/02, fácil": a day nobody pays on, and little else."""
    rest = page.plain[: said.start()] + page.plain[said.end() :]
    grown = 0 <= int(year) <= page.today.year % 100 - _YOUNGEST
    return (
        grown
        and len(rest.split()) <= _FEW_WORDS
        and not re.search(r"\d|€", rest)
        and not page.says("money_verb", rest)
        and page.expecting not in ("date", "amount", "reference", "phone")
    )


def _speaks_of_a_birth(page: Page, said: re.Match[str]) -> bool:
    year = said.groupdict().get("y") or said.groupdict().get("y2") or ""
    ahead = len(year) == 2 and int(year) <= page.today.year % 100 + 12  # "5/1/27" is a payment
    if ahead and not (
        page.says("birth_of", page.plain[: said.start("d" if said.groupdict().get("d") else 0)])
        or _is_long_past_and_alone(page, said, year)
    ):
        return False
    return _year(year, page.today) <= page.today.year - _YOUNGEST and not page.says(
        "old_date", page.plain[: said.start()]
    )
