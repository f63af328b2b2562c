"""Sums said with their currency, or built like sums: "120€50", "120 con 50", "1,5k", "un billet de 20"."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import Lexicon, lexicon_of
from .numerals import cents
from .page import AMOUNT, Page, Span

_HIGHEST_RANK = 20
_THOUSANDS = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d)?) ?k(?: ?€| ?euros?\b|(\d)?\b(?! ?e\b))")
_AFTER_CENTS = re.compile(r"^ ?(?:[,;:!?)\ue000-\ue004]|\.(?!\d)|$)")
_NEXT_WORD = re.compile(r"^ ?([a-z'€%]+)")
_BETWEEN_SUMS = re.compile(r"(?:^|[^\d])(?P<sum>\d[\d.,]*) ?$")


def read_amounts(page: Page) -> None:
    """Every sum that carries the mark of money."""
    rules = _rules(page.words.language)
    for match in list(rules["with_currency"].finditer(page.text)):
        if not _is_a_day(page, match):
            _take_with_currency(page, match)
    for match in list(rules["currency_first"].finditer(page.text)):
        _take(page, cents(match["n"]), match.span(), _currency(page, match))
    for match in list(_THOUSANDS.finditer(page.text)):
        if page.says("never_money_before", page.text[: match.start()]):
            continue  # "mi DNI acaba en 27K"
        thousands = cents(match.group(1))
        extra = int(match.group(2) or 0) * 10_000
        _take(page, thousands and thousands * 1000 + extra, match.span())
    for match in list(rules["with_cents"].finditer(page.text)):
        _take(page, int(match["n"]) * 100 + _said_cents(page, match), match.span())
    for match in page.matches("banknote"):
        notes = int(match["k"]) if match["k"].isdigit() else 1
        _take(page, notes * int(match["n"]) * 100, match.span())
    for match in page.matches("rest_of_cents"):
        _take(page, int(match["n"]), match.span())
    for match in page.matches("glued_euro"):
        if not _is_a_rank(page, match):
            _take(page, cents(match["n"]), match.span())
    _spread_currency(page)


@cache
def _rules(language: str) -> dict[str, re.Pattern[str]]:
    words: Lexicon = lexicon_of(language)
    numeral = words.words["numeral"].pattern
    names = sorted(words.tables["currency"], key=len, reverse=True)
    currency = "|".join(name if name[0] in "€£\\" else rf"{name}(?![a-z])" for name in names)
    money = rf"(?P<n>{numeral}|(?<![\w'])une?(?= )|(?<!\w)uno?(?= )) ?(?P<currency>{currency})"
    glue = words.words["cents_glue"].pattern
    return {
        "with_currency": re.compile(
            rf"{money}(?P<tail> ?(?:(?P<glue>{glue}) )?(?P<c>\d{{1,2}})(?![\d.,]\d|\d)"
            rf"(?P<named> ?{words.words['cent_names'].pattern}\b)?)?"
        ),
        "currency_first": re.compile(rf"(?P<currency>€|\$|£|\beur|\bchf) ?(?P<n>{numeral})"),
        "with_cents": re.compile(
            rf"(?<![\d.,])(?P<n>\d{{1,6}}) (?P<glue>{words.words['and_cents'].pattern}) (?P<c>\d{{1,2}})"
            r"(?![\d/%]|[.,]\d| ?(?:€|euros?\b)?(?: ?(?:cuotas|plazos|veces|pagos|meses|dias|anos|fois|mois)))"
            rf"(?: ?(?:€|euros?\b))?(?P<named> ?{words.words['cent_names'].pattern}\b)?"
        ),
    }


def _is_a_rank(page: Page, match: re.Match[str]) -> bool:
    """ "3e mise en demeure", "le 15e": the e of an ordinal, not of euros."""
    next_word = _NEXT_WORD.match(page.text[match.end() :])
    counted = next_word is not None and not page.words.is_one_of("after_money", next_word.group(1))
    few = match["n"].isdigit() and int(match["n"]) <= _HIGHEST_RANK
    return (few and counted) or page.says("no_euro_glued", page.text[: match.start("n")])


def _is_a_day(page: Page, match: re.Match[str]) -> bool:
    """ "le 5 200 euros" is a day and a sum, "le 15e" is a rank."""
    return match["currency"] == "e" and page.says("no_euro_glued", page.text[: match.start("n")])


def _take_with_currency(page: Page, match: re.Match[str]) -> None:
    units = cents(match["n"]) if match["n"][0].isdigit() else 100
    currency = _currency(page, match)
    end = match.end("currency")
    if match["tail"] and units is not None and units % 100 == 0 and _is_cents(page, match):
        units, end = units + _cents(match), match.end()
    _take(page, units, (match.start("n"), end), currency)


def _currency(page: Page, match: re.Match[str]) -> str:
    """The CFA franc is that of West Africa unless a place of Central Africa is named."""
    currency = str(page.words.figure("currency", match["currency"]))
    return "XAF" if currency == "XOF" and page.says("central_africa", page.plain) else currency


def _cents(match: re.Match[str]) -> int:
    return int(match["c"])


def _said_cents(page: Page, match: re.Match[str]) -> int:
    """ "133 coma 8" is a tenth and means 80 cents; "doce con cinco" is five of them."""
    tenth = len(match["c"]) == 1 and not match["named"] and page.words.is_one_of("decimal_mark", match["glue"])
    return int(match["c"]) * (10 if tenth else 1)


def _is_cents(page: Page, match: re.Match[str]) -> bool:
    """The figure after "120 euros" is cents when said so or when nothing countable follows it."""
    if match["named"]:
        return True
    after = page.text[match.end() :]
    if page.says("not_cents", after) or match["glue"] in ("et", "y"):
        return False
    if match["glue"] and page.words.is_one_of("and_cents", match["glue"]):
        return True  # "98 euros con 40 salió ayer"
    next_word = _NEXT_WORD.match(after)
    if next_word:
        return page.words.is_one_of("after_money", next_word.group(1))
    return _AFTER_CENTS.match(after) is not None


def _take(page: Page, value: int | None, span: Span, currency: str = "EUR") -> None:
    if value:
        page.take("amount", {"cents": value, "currency": currency}, span)


def _spread_currency(page: Page) -> None:
    """In "entre 30 y 40 euros" or "pas 780 mais 530 euros" the first figure is money as the second is."""
    for joint in reversed(list(re.finditer(_joint(page.words.language), page.text))):
        said = _BETWEEN_SUMS.search(page.text[: joint.start()])
        if said and not page.says("no_euro_glued", page.text[: said.start("sum")]):
            _take(page, cents(said["sum"]), said.span("sum"), _next_currency(page, joint.end()))


@cache
def _joint(language: str) -> str:
    return rf" ?(?:{lexicon_of(language).words['sum_joint'].pattern}) ?(?={AMOUNT})"


def _next_currency(page: Page, position: int) -> str:
    following = (found for found, span in page.in_order("amount") if span[1] > position)
    return str(next(following).value["currency"])
