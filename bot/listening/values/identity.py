"""What identifies a person or a file: reference, birth date, postcode; and addresses, which are none of these."""

from __future__ import annotations

import datetime
import re

from .page import Page

_REFERENCE = re.compile(
    r"\d{1,3}(?:\.\d{3}){2,}(?![\d,])|"
    r"(?:(?:fr|es|be|ent|[a-z] [a-z](?= \d)|[a-z]{2,3}(?= 20\d\d \d)|"
    r"(?!du|de|le|la|el|al|au|et|en|ou|un|no|ne|es|su|mi)[a-z]{2}(?= \d{4}(?! ?(?:€|eur|e\b))\b)|"
    r"(?!du|de|le|la|el|al|au|et|en|ou|un|no|ne|y )[a-z]{2}(?= \d{2,} \d))"
    r" )?"
    r"(?=[a-z0-9/-]*\d)[a-z0-9]+(?: ?[-/] ?[a-z0-9]*\d[a-z0-9]*|[-/][a-z]+(?=[-/])|[-/][a-z]{1,3}\b)*(?: \d+(?!\d*[,.%€]| ?(?:€|euro)))*"
)
_LETTERS_APART = re.compile(r"(?<![a-z'])[a-z]{1,4} (?=\d)")
_SMALL_WORD = re.compile(r"^(?:du|de|le|la|el|del|au|al|les|los)\d*\b")
_NUMERIC_BIRTH = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})[ /.\-](?P<m>\d{1,2})[ /.\-](?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?<!\d)(?P<d2>\d\d)(?P<m2>\d\d)(?P<y2>(?:19|20)\d\d)(?!\d)"
)
_POSTCODE = re.compile(r"(?:[bl]-? ?)?(\d(?: ?\d){3,4})(?! ?\d)")
_FIVE_DIGITS = re.compile(
    r"(?<![\d.,/+-])(?:0[1-9]|[1-8]\d|9[0-8])\d{3}(?![\d.,/-]?\d)(?! ?(?:€|eur|e\b|%|balles|pavos|boules|km))"
)
_BELGIAN_POSTCODE = re.compile(r"\b[bl]-? ?(\d{4})\b(?= [a-z])")
_NEXT_WORD = re.compile(r"^,? ?\(?(?:(?:le|la|les|el|los|las|san|santa) |l')?([^\W\d_][\w'-]+)")
_AFTER_A_COMMA = re.compile(r", ?((?:0[1-9]|[1-8]\d|9[0-8])\d{3})[ .!]*$")
# "Toledo 45002" and nothing else.
_ONLY_A_PLACE = re.compile(r"^([a-z][a-z'-]+)(?: [a-z'-]+){0,2} ((?:0[1-9]|[1-8]\d|9[0-8])\d{3})[ .!]*$")
# "Brest, 29200" and "Uccle, 1180": a place, a comma, and nothing after but a street.
_AFTER_A_PLACE = re.compile(
    r"(?<![^\s])([a-z][a-z'-]+), ?(?:[bl]-)?((?:0[1-9]|[1-8]\d|9[0-8])\d{3}|[1-9]\d{3})"
    r"(?:[ .!]*$|(?=, ?(?:rue|avenue|av|bd|boulevard|place|chemin|impasse|quai|route|calle|plaza|paseo|avenida)\b))"
)
_ISO_BIRTH = re.compile(r"(?<!\d)(?P<y>19\d\d|20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_SPACED_POSTCODE = re.compile(r"(?<![\d.,])\d\d \d{3}(?= [a-z])(?! ?(?:e\b|eur|balles|pavos))")
_FOUR_DIGITS = re.compile(r"(?<![\d.,/+-])(?!19|20)[1-9]\d{3}(?= [a-z])")
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
    for cue in page.matches("birth_cue"):
        for pattern in (_ISO_BIRTH, _NUMERIC_BIRTH, *page.words.patterns["birth_words"]):
            said = pattern.match(page.text, cue.end()) or pattern.search(page.text, cue.end(), cue.end() + 45)
            if said and _take_birth(page, said):
                break
    for pattern in page.words.patterns["birth_words"]:
        for said in list(pattern.finditer(page.text)):
            if _speaks_of_a_birth(page, said):
                _take_birth(page, said)
    for said in [*_ISO_BIRTH.finditer(page.text), *_NUMERIC_BIRTH.finditer(page.text)]:
        spaced = " " in said.group() and said.group() != page.text.strip()
        if not said.groupdict().get("d2") and not spaced and _speaks_of_a_birth(page, said):
            _take_birth(page, said)
    for pattern in page.words.patterns["birth_words"]:  # "fecha de nacimiento" may come last
        for said in list(pattern.finditer(page.text)):
            if page.says("birth_cue", page.plain[said.end() : said.end() + 40]):
                _take_birth(page, said)


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


def read_postcodes(page: Page) -> None:
    """Announced, in an address, before a town, or alone."""
    for cue in page.matches("postcode_cue"):
        said = _POSTCODE.match(page.text, cue.end())
        if said:
            page.take("postcode", said.group(1).replace(" ", ""), said.span(1))
    for said in page.matches("postcode_last"):
        page.take("postcode", said["code"].replace(" ", ""), said.span("code"))
    for said in list(_FIVE_DIGITS.finditer(page.text)):
        if _is_postcode(page, said):
            page.take("postcode", said.group(), said.span())
    for said in [*_SPACED_POSTCODE.finditer(page.text), *_FOUR_DIGITS.finditer(page.text)]:
        at_home = not said.start() or page.says("home_cue", page.plain[: said.start()])
        if at_home and _is_a_name(page, said.end() + 1):
            page.take("postcode", said.group().replace(" ", ""), said.span())
    at_the_end = _AFTER_A_PLACE.search(page.text)
    if at_the_end and (
        _is_a_name(page, at_the_end.start(1)) or page.says("home_verb", page.plain[: at_the_end.start()])
    ):
        page.take("postcode", at_the_end.group(2), at_the_end.span(2))
    after_comma = _AFTER_A_COMMA.search(page.text)
    if after_comma and page.says("home_verb", page.plain[: after_comma.start()]):
        page.take("postcode", after_comma.group(1), after_comma.span(1))
    alone = _ONLY_A_PLACE.search(page.text)
    if alone and _is_a_name(page, alone.start(1)) and not page.words.is_one_of("cue", alone.group(1)):
        page.take("postcode", alone.group(2), alone.span(2))
    for said in list(_BELGIAN_POSTCODE.finditer(page.text)):
        page.take("postcode", said.group(1), said.span(1))


def _is_postcode(page: Page, said: re.Match[str]) -> bool:
    first, last = page.aligned.origin(*said.span())
    if not page.original[first:last].isdigit():  # "dix mille abonnés"
        return False
    before, after = page.plain[: said.start()], page.text[said.end() :]
    if not re.search(r"[a-z0-9]", before + after):
        return True
    next_word = _NEXT_WORD.match(after)
    if next_word and _is_a_name(page, said.end() + next_word.start(1)):
        return True
    if next_word and not page.words.is_one_of("after_money", next_word.group(1)):
        return not page.says("money_verb", before)
    return page.says("home_cue", before) or any(found.entity in ("birth_date", "reference") for found in page.found)


def _is_a_name(page: Page, place: int) -> bool:
    """Whether the word there begins with a capital, in a message that is not all capitals."""
    return page.original[page.aligned.origin(place, place + 1)[0]].isupper() and not page.original.isupper()
