"""How many instalments, how often, and parts of the whole."""

from __future__ import annotations

import re
from fractions import Fraction

from .page import COUNT, OTHER, Page

_MOST_INSTALMENTS = 120
_MOST_SET_AGAINST = 48  # a larger figure is a sum
_PERIODS = ("fortnight", "quarter", "week", "month")
_NAMED_PERIODS = {"monthly": "month", "quarterly": "quarter"}
_BEFORE_CENTS = re.compile(r"\d[.,]$")
_CLAUSE_END = re.compile(r"[,.;:?!]")
_PARTS = {"ti": 3, "te": 3, "qua": 4, "cua": 4, "ci": 5, "qui": 5, "di": 10, "de": 10}


def read_counts(page: Page) -> None:
    """Numbers of instalments; "3 fois" for the third time of asking is none."""
    for match in page.matches("times_each"):
        if not page.says("charged", page.plain[: match.start("n")]):  # "me habéis cobrado 2 veces 47,50"
            _take(page, match, int(match["n"]))
    for match in page.matches("count"):
        if not _is_repetition(page, match) and not _is_cents(page, match):
            _take_all(page, match)
    if page.expecting == "instalment_count":
        for match in page.matches("months_alone"):
            _take(page, match, int(match["n"]))
    if page.in_order("instalment_count"):
        _read_set_against(page)
    _drop_said_in_months(page)


def _read_set_against(page: Page) -> None:
    """ "Dix versements plutôt que six", "10 cuotas, a mí me salen 8": a small figure set against a number of payments."""
    for match in page.matches("set_against"):
        count = int(match["n"])
        said = [found.value for found, _ in page.in_order("instalment_count")]
        if 1 < count <= _MOST_SET_AGAINST and count not in said:
            page.take("instalment_count", count, match.span("n"))


def _drop_said_in_months(page: Page) -> None:
    """ "En deux mois, 2 paiements de 90", "sur un an, douze fois": the same number twice, once as months or years."""
    said = page.in_order("instalment_count")
    for found, (start, end) in said:
        again = any(other is not found and other.value == found.value for other, _ in said)
        if again and re.search(r"\b(?:mois|meses|ans?|annees?|anos?)\b", page.plain[start:end]):
            page.drop(found)


def _is_cents(page: Page, match: re.Match[str]) -> bool:
    """ "62,25 x transferencia": the end of a sum."""
    named = match.groupdict().get("n") is not None
    return named and _BEFORE_CENTS.search(page.text[: match.start("n")]) is not None


def _is_repetition(page: Page, match: re.Match[str]) -> bool:
    if not page.says("repeatable", match.group()) or match.group().startswith("en "):
        return False
    if page.says("sure_count", match.group()):
        return False
    clause = _CLAUSE_END.split(page.plain[: match.start()])[-1].rstrip()
    return page.says("no_count", page.plain[: match.start("n")]) or (
        page.says("times", match.group()) and page.says("past", clause)
    )


def _take_all(page: Page, match: re.Match[str]) -> None:
    said = match.groupdict()
    if said.get("years"):
        _take(page, match, 12 * (int(said["years"]) if said["years"].isdigit() else 1))
        return
    if said.get("n2"):
        page.take("instalment_count", int(said["n"]), match.span("n"), strike=False)
        page.take("instalment_count", int(said["n2"]), match.span("n2"), strike=False)
        page.strike(match.span(), COUNT)
        if page.says("monthly", match.group()):
            page.take("period", "month", match.span())
        return
    _take(page, match, int(said["n"]))
    if said.get("opposed"):
        page.strike(match.span("opposed"))


def _take(page: Page, match: re.Match[str], count: int) -> None:
    if 1 < count <= _MOST_INSTALMENTS:
        place = match.start("n") if match.groupdict().get("n") else match.start()
        page.take("instalment_count", count, (place, match.end()))
        for rule, period in _NAMED_PERIODS.items():
            if page.says(rule, page.plain[place : match.end()]):
                page.take("period", period, match.span())


def read_periods(page: Page) -> None:
    """The rhythm, when it is said without an anchoring day."""
    for period in _PERIODS:
        for match in page.matches(f"period_{period}"):
            if not page.says("no_period", page.plain[: match.end()]):
                page.take("period", period, match.span())


def read_shares(page: Page) -> None:
    """A half, a third, 60 %: resolved against the balance by the dialogue, never an amount here."""
    for match in page.matches("share"):
        share = _share(match)
        if share is not None and 0 < share <= 1:
            page.take("share", {"numerator": share.numerator, "denominator": share.denominator}, match.span())
        else:
            page.strike(match.span(), OTHER)


def _share(match: re.Match[str]) -> Fraction | None:
    said = match.groupdict()
    if said.get("percent"):
        return Fraction(said["percent"].replace(",", ".")) / 100
    if said.get("half"):
        return Fraction(1, 2)
    count = int(said["n"]) if (said.get("n") or "").isdigit() else 1
    if said.get("d"):
        return Fraction(count, int(said["d"]))
    return next((Fraction(count, size) for start, size in _PARTS.items() if said["part"].startswith(start)), None)
