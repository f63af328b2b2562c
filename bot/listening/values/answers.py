"""A bare answer to the question that was just asked: "150", "le 5", "12 03 84"."""

from __future__ import annotations

import re
from collections.abc import Callable

from .births import birth_date
from .dates.occurrences import day_of_month
from .numerals import cents
from .page import Page
from .plausible import is_both
from .references import reference

_SOMETHING = r"(?P<answer>[\w .,'/\-]*\d[\w .,'/\-]*?)"
_POLITE = (
    r"[ .!,?]*(?:svp|stp|merci|gracias|porfa|por favor|voila|eso es|mejor|plutot|ultima oferta|derniere offre|"
    r"dernier prix|no mas|nomas|pas plus|digo)?[ .!,?)]*$"
)
# "tres, sí, tres", "cuatro mejor que tres": said twice, or against another.
_COUNT = re.compile(
    r"(?P<n>\d{1,2})(?:(?:[ ,]+(?:si|oui|eso|voila))?[ ,]+(?P=n)| (?:mejor|plutot|antes) (?:que|qu) (?:en )?\d{1,2})?$"
)
_DAY = re.compile(r"(?P<d>\d{1,2})(?:er)?$")
_NAMES_A_DAY = re.compile(r"\b(?:le|el|dia)\b")  # "el 10" is a day, whatever was asked
_BIRTH = re.compile(r"(?P<d>\d{1,2})[ /.\-]?(?P<m>\d{2}|(?<=\D)\d)[ /.\-]?(?P<y>(?:19|20)\d\d|\d\d)$")
_SPACED_BIRTH_WITHIN = re.compile(r"(?<!\d)(?P<d>\d{1,2})[ /.\-](?P<m>\d{1,2})[ /.\-](?P<y>(?:19|20)\d\d|\d\d)(?!\d)")
_REFERENCE_WITHIN = re.compile(r"(?<![\w.,/-])(?:[a-z]{1,4}-?)?\d[\d-]{3,}(?![\w.,/])")
_POSTCODE_WITHIN = re.compile(r"(?<![\d.,])\d(?: ?\d){4}(?! ?[\d.,])")
_SPACED_BIRTH = re.compile(r"(?P<d>\d{1,2})[ /.\-]+(?P<m>\d{1,2})[ /.\-]+(?P<y>(?:19|20)\d\d|\d\d)$")
_REFERENCE = re.compile(r"(?=[^ ]*\d|.*\d{3}|[a-z]+(?: \d){4})[a-z]{0,5}[ /-]*[\d][a-z\d /-]{2,}$")
_POSTCODE = re.compile(r"(?:[bl][- ]?)?(\d\d\.\d{3}|\d(?: ?\d){3,4})$")
_YEAR_AND_RANK = re.compile(r"20\d\d \d{3,8}$")
_MOST_INSTALMENTS, _FEW, _MONTHS = 60, 12, 12
_IN = re.compile(r"\ben $")


def read_answer(page: Page) -> None:
    """When the whole message is a figure, it is the value the question asked for."""
    readers: dict[str | None, Callable[[Page, re.Match[str]], None]] = {
        "amount": _amount,
        "date": _date,
        "birth_date": _birth_date,
        "reference": _reference,
        "postcode": _postcode,
        "instalment_count": _instalment_count,
    }
    _read_rhythm(page)
    _read_spoken_price(page)
    read = readers.get(page.expecting)
    said = re.match(rf"^{_opening(page)}{_SOMETHING}{_POLITE}", page.text)
    if read and said:
        (_instalment_count if _is_said_in(said) else read)(page, said)
    if not page.found:
        _read_within(page)


def _read_rhythm(page: Page) -> None:
    """ "semaine" is enough of an answer to how often."""
    if page.expecting == "period":
        for match in page.matches("bare_period"):
            page.take("period", page.words.figure("rhythm", match["rhythm"]), match.span("rhythm"))


def _read_within(page: Page) -> None:
    """A birth date, reference or postcode asked for is looked for among other words too: "je crois que c'est 9 9 99"."""
    if page.expecting == "birth_date":
        said = _SPACED_BIRTH_WITHIN.search(page.text)
        day = said and birth_date(page, said)
        if said and day:
            page.take("birth_date", day.isoformat(), said.span())
    if page.expecting == "reference":
        said = _REFERENCE_WITHIN.search(page.text)
        if said and not page.says("reference_stop", page.text[said.start() :]):
            page.take("reference", reference(said.group()), said.span())
    if page.expecting == "postcode":
        said = _POSTCODE_WITHIN.search(page.text)
        if said:
            page.take("postcode", said.group().replace(" ", ""), said.span())


def _read_spoken_price(page: Page) -> None:
    """ "soixante-dix-neuf quatre-vingt-dix": two numbers in words and nothing else are euros and cents."""
    said = re.match(rf"^{_opening(page)}(?P<price>(?P<units>\d{{1,4}}) (?P<cents>\d\d)){_POLITE}", page.text)
    if said is None:  # "nonante-deux cinquante, c'est ce que…": no two round sums to choose from
        said = re.match(rf"^{_opening(page)}(?P<price>(?P<units>\d{{1,4}}) (?P<cents>\d\d))(?=, )", page.text)
        said = said if said and int(said["units"]) > int(said["cents"]) and int(said["units"]) % 10 else None
    if said and not re.search(r"\d", page.original):
        if _takes_spoken_day(page, said):
            return
        value = int(said["units"]) * 100 + int(said["cents"])
        page.take("amount", {"cents": value, "currency": "EUR"}, said.span("price"))


def _takes_spoken_day(page: Page, said: re.Match[str]) -> bool:
    """ "le quatre douze": a day and its month, for the article."""
    month = int(said["cents"])
    named = month <= _MONTHS and _NAMES_A_DAY.search(said.string[: said.start("price")])
    day = day_of_month(page.today, int(said["units"]), month, past=page.tense == "past") if named else None
    if day:
        page.take("date", day.isoformat(), said.span("price"))
    return day is not None


def _opening(page: Page) -> str:
    return rf"[ ¿¡.,]*(?:(?:{page.words.words['opening'].pattern}|le|el|la|dia|n|no|numero|l|en|:)(?:[ ,.]+|(?<=')))*"


def _amount(page: Page, said: re.Match[str]) -> None:
    value = cents(said["answer"])
    if value is not None and not _names_a_day(said) and not is_both(page.text, said.span("answer")):
        page.take("amount", {"cents": value, "currency": "EUR"}, said.span("answer"))


def _date(page: Page, said: re.Match[str]) -> None:
    day = _DAY.match(said["answer"])
    found = day and day_of_month(page.today, int(day["d"]), None, past=page.tense == "past")
    if found:
        page.take("date", found.isoformat(), said.span("answer"))


def _birth_date(page: Page, said: re.Match[str]) -> None:
    match = _SPACED_BIRTH.match(said["answer"]) or _BIRTH.match(said["answer"])
    day = match and birth_date(page, match)
    if day:
        page.take("birth_date", day.isoformat(), said.span("answer"))


def _reference(page: Page, said: re.Match[str]) -> None:
    dated = _SPACED_BIRTH.match(said["answer"])  # people answer with the other fact first
    if _REFERENCE.match(said["answer"]) and not (dated and birth_date(page, dated)):
        start, end = _with_its_country(said), said.end("answer")
        page.take("reference", reference(said.string[start:end]), (start, end))


def _with_its_country(said: re.Match[str]) -> int:
    """ "ES 2026 0451": no verb, but where a number of ours begins."""
    start = said.start("answer")
    ours = _YEAR_AND_RANK.match(said["answer"]) and said.string[:start].endswith("es ")
    return start - len("es ") if ours else start


def _postcode(page: Page, said: re.Match[str]) -> None:
    match = _POSTCODE.match(said["answer"])
    if match:
        page.take("postcode", re.sub(r"\D", "", match.group(1)), said.span("answer"))


def _instalment_count(page: Page, said: re.Match[str]) -> None:
    count = _COUNT.match(said["answer"])
    if count and 1 < int(count["n"]) <= _MOST_INSTALMENTS and not _names_a_day(said):
        page.take("instalment_count", int(count["n"]), said.span("answer"))


def _is_said_in(said: re.Match[str]) -> bool:
    """ "en trois" is a number of payments, whatever was asked."""
    few = said["answer"].isdigit() and 1 < int(said["answer"]) <= _FEW
    return few and bool(_IN.search(said.string[: said.start("answer")]))


def _names_a_day(said: re.Match[str]) -> bool:
    day = _DAY.match(said["answer"])
    opening = said.string[: said.start("answer")]
    return bool(day and 1 <= int(day["d"]) <= 31 and _NAMES_A_DAY.search(opening))
