"""Postcodes said alone, or dictated digit by digit: "cero tres dos cero tres, elche", "75 0 11", "28 013"."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import lexicon_of
from .page import Page

DIGITS = 5
_SPELT_OUT = re.compile(r"^\W*(\d(?: \d){4})\W*$")
# "75 0 11", "28 0 45": spoken, its nought apart.
_SPOKEN = r"^(?:[a-z':]+ ){{0,4}}?(?P<code>(?=[\d ]* 0)\d\d?(?: \d\d?){{1,4}})(?:,? (?:en |de |a )?(?:{town}|{abroad}))?[ .!]*$"
# "El código es cuatro seis cero cero uno, de Valencia": after few words, before a place or nothing.
_DICTATED = re.compile(
    r"(?:^|[.;:!?,] ?)(?:[a-z']+:? ){0,6}?(?<!\d )(?P<code>\d(?: \d){4})(?! ?\d|[.,]\d)"
    r"(?=[ .!]*$|[.,;]|,? (?:de|en|a|d'|y|et)\b|,? [a-z]{4,}[ .!]*$)"
)
# "Veintiocho cero diecinueve de Carabanchel": the nought in the middle tells it, whatever the place.
_ROUND_A_NOUGHT = re.compile(r"^\W*((?:0 ?[1-9]|[1-8]\d|9[0-8]) 0 \d\d?)(?:,? (?:de|en|a) [a-z ]+)?[ .!]*$")
_SPACED_ALONE = re.compile(r"^\W*((?:0[1-9]|[1-8]\d|9[0-8]) \d{3})\W*$")
# "No es 28045, es 28054" and nothing else.
_OPPOSED = re.compile(
    r"^(?:(?:no|non|c'?est|c|pas|es|le|el|era|c'etait|ce n'est|mi|mon|ma|avant|antes|au|del?|corrige[zr]?|rectifiez|notez|mettez|changez|"
    r"erreur|correction|corrij\w*|corrig\w+|rectifi\w+|anot\w+|apunt\w+|ponga\w*|pon|cambi\w+|error|perdon|pardon|mal)(?: ?[:,])? )*"
    r"(\d{5})"
    r"(?:[ ,;.]+(?:c'?est|c|es|sino|mais|pas|no|non|y|et|le|el|era|que|perdon|pardon|digo|plutot|ahora|maintenant|puis|luego|au|al))+"
    r"[ ,]+(\d{5})[ .!]*$"
)
_AFTER_SMALL_WORDS = re.compile(
    r"^(?:(?:el|le|es|c'?est|c|au|al|en|mi|ahora|maintenant|ici|aqui|pues|ok|si|oui|vivo) )+(\d{5})[ .!]*$"
)
# "Vivo en Sestao, cuarenta y ocho nueve diez": in groups, after a place one lives in.
_IN_GROUPS = re.compile(
    r"(?<!\d )(?<![\d.,])(?P<code>(?:0 ?[1-9]|[1-8]\d|9[0-8])(?: \d{1,3}){1,3})"
    r"(?! ?\d|[.,]\d| ?(?:€|euro))(?=[ .!]*$|[.,;]|,? (?:y|et) )"
)
_IN_WORDS = re.compile(r"^\W*((?:0[1-9]|[1-8]\d|9[0-8])\d(?!00|50)\d\d)\W*$")


def read_postcodes_alone(page: Page) -> None:
    """Digit by digit, in two groups, or set against another, and little else."""
    if page.expecting == "amount":
        return
    spaced = None if page.original.strip(" .!?").endswith("000") else _SPACED_ALONE.search(page.text)
    spoken = with_towns(page.words.language, _SPOKEN).search(page.text)
    rounded = _ROUND_A_NOUGHT.search(page.text)
    for said in (
        _SPELT_OUT.search(page.text),
        spaced,
        spoken if spoken and _has_five_digits(spoken["code"]) else None,
        rounded if rounded and _has_five_digits(rounded[1]) else None,
    ):
        if said:
            page.take("postcode", said.group(1).replace(" ", ""), said.span(1))
            break
    _read_dictated(page)
    _read_in_groups(page)
    told = _AFTER_SMALL_WORDS.search(page.text) or (
        None if re.search(r"\d", page.original) else _IN_WORDS.search(page.text)
    )
    if told:
        page.take("postcode", told.group(1), told.span(1))
    opposed = _OPPOSED.search(page.text)
    for group in (1, 2) if opposed else ():
        page.take("postcode", opposed.group(group), opposed.span(group))  # type: ignore[union-attr]


def _read_dictated(page: Page) -> None:
    if page.expecting in ("reference", "phone", "birth_date"):
        return
    for said in list(_DICTATED.finditer(page.text)):
        first, last = page.aligned.origin(*said.span("code"))
        in_words = not re.search(r"\d", page.original[first:last])
        if in_words and not page.says("file_named", page.plain[: said.start("code")]):
            page.take("postcode", said["code"].replace(" ", ""), said.span("code"))


def _read_in_groups(page: Page) -> None:
    if page.expecting in ("reference", "phone", "birth_date"):
        return
    for said in list(_IN_GROUPS.finditer(page.text)):
        before = page.plain[: said.start("code")]
        first, last = page.aligned.origin(*said.span("code"))
        in_words = not re.search(r"\d", page.original[first:last])
        if in_words and _has_five_digits(said["code"]) and page.says("lives_there", before):
            page.take("postcode", said["code"].replace(" ", ""), said.span("code"))


def _has_five_digits(said: str) -> bool:
    return len(said.replace(" ", "")) == DIGITS


@cache
def with_towns(language: str, pattern: str) -> re.Pattern[str]:
    """`pattern` with the towns of `language` in it: {town} for those of five digits, {abroad} for those of four."""
    words = lexicon_of(language).words
    return re.compile(pattern.format(town=words["town"].pattern, abroad=words["town_of_four_digits"].pattern))
