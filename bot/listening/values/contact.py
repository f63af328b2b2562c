"""Phones and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Callable

from .page import Page

# Spoken or spaced out: "ana punto lopez arroba hotmail punto es".
_HOSTS = r"gmail|hotmail|outlook|yahoo|orange|free|icloud|wanadoo|laposte|sfr|live|msn|telefonica|protonmail|gmx"
_SPOKEN_MAIL = re.compile(
    r"\b(?:(?!(?:es|el|la|mi|le|mon|ma|e?mail|correo|adresse|direccion|est|a|al|de|del|y|et|o|ou|au|en|son|num|numero)\b)"
    r"[a-z]{3,} (?=\d{1,4} (?:arobas\w*|arobaz|arroba|aroba)\b))?"
    r"[a-z0-9]+(?:(?:[._-]| ?\. ?| (?:point|punto|tiret du bas|tiret bas|guion bajo|barra baja|tiret|guion|underscore) )[a-z0-9]+)*"
    r"(?: \d{1,4}(?= (?:arobas\w*|arobaz|arroba|aroba)\b))?"
    r"(?: ?@ ?| ?\((?:at|a|arroba|arobase)\) ?| arobase | arobas | arobaz | arroba | aroba | at |"
    rf" chez (?=(?:{_HOSTS}) (?:point|\.) ?[a-z]))"
    rf"(?:[a-z0-9-]+(?: (?:tiret|guion) [a-z0-9]+)*(?:(?: ?\. ?| point | punto )[a-z]+)+|(?:{_HOSTS}) (?:com|es|fr|net|be|ch|cat|org))\b"
)
_SPOKEN_SIGNS = (
    (re.compile(r" (?:point|punto) "), "."),
    (re.compile(r" (?:underscore|tiret du bas|tiret bas|guion bajo|barra baja) "), "_"),
    (re.compile(r" tiret | guion "), "-"),
    (re.compile(r" (?:arobas[ez]?|arobaz|arroba|aroba|at|chez) | ?\((?:at|arroba|arobase|a)\) ?"), "@"),
)
_GAP = r"[ .,\-/()]{0,2}"
_NINE = rf"(?:{_GAP}\d){{8}}(?!\d)"
_START = r"(?<![\d+.,])"
_FRENCH = re.compile(
    rf"{_START}0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)|{_START}(?:\+|00) ?33[ .\-]?(?:\(0\) ?|0)?[1-9]{_NINE}"
)
_FRENCH_WITHOUT_ZERO = re.compile(rf"{_START}[67](?:[ .-]\d\d){{4}}(?![ .-]?\d)")
_SPANISH = re.compile(
    rf"(?:{_START}(?:\+|00) ?34 ?)?{_START}[6-9]\d\d{_GAP}(?:\d\d{_GAP}\d\d{_GAP}\d\d|\d{{3}}{_GAP}\d{{3}})(?!\d)"
    rf"|{_START}9\d (?:\d{{3}}[ .-]\d\d[ .-]\d\d)(?!\d)|{_START}(?:\+|00) ?34[ .\-]?[6-9]{_NINE}"
)
_THREES = re.compile(r"\d{3}(?:[ .-]\d{3}){2}")
_SPANISH_IN_FIGURES_SAID = re.compile(rf"{_START}[6-9](?:,? ?[.-]?\d){{8}}(?![ .-]?\d)")
_BELGIAN = re.compile(rf"{_START}04(?:\d\d[ ./-](?:\d\d[ .-]?){{2}}\d\d|[5-9]\d[ ./-]\d{{3}}[ .]\d{{3}})(?![ .]?\d)")
# Nine figures, where a French number has ten.
_BELGIAN_FIXED = re.compile(
    rf"{_START}(?:0[2349][ ./-]\d{{3}}(?:[ .-]\d\d){{2}}|0(?:1\d|[568]\d|7[1-9])[ ./-]\d\d(?:[ .-]\d\d){{2}})(?![ ./-]?\d)"
    r"|(?:(?<=\bfixe )|(?<=\btel )|(?<=\btelephone )|(?<=\bau )|(?<=\bappeler )|(?<=\bgsm ))0[1-9]\d{7}(?!\d)"
)
_SWISS = re.compile(rf"{_START}07[5-9][ .]\d{{3}}[ .]\d\d[ .]\d\d(?!\d)")
_ABROAD = re.compile(r"(?<![\d.,])(?:\+ ?|00 ?)(?!33|34)[1-9](?:[ .\-()]{0,2}\d){8,13}(?!\d)")
# The country's code without its sign: "33 6 12 34 56 78".
_COUNTRY_ALONE = re.compile(rf"{_START}(?:33 ?[1-9](?:[ .]?\d\d){{4}}|34 ?[6-9]\d\d(?:[ .]?\d\d){{3}})(?![ .]?\d)")
# "3104457821, con el 57 delante": the country's code told after the number.
_COUNTRY_TOLD = re.compile(
    r"(?<![\d+])(?P<number>\d(?:[ .-]?\d){6,10})(?!\d)[^\d@.;]{1,40}?\b"
    r"(?:(?:con|avec) (?:el|le) \+?(?P<before>[1-9]\d{1,2}) (?:delante|primero|devant|avant)"
    r"|(?:prefijo|codigo|indicatif)(?: (?:de|del|el|le|internacional|pais))* \+?(?P<country>[1-9]\d{1,2}))\b(?! ?\d)"
)
# French numbers overseas carry their own country code.
_OVERSEAS = {
    "262": "262",
    "263": "262",
    "692": "262",
    "693": "262",
    "590": "590",
    "690": "590",
    "691": "590",
    "594": "594",
    "694": "594",
    "596": "596",
    "696": "596",
    "697": "596",
}


def read_emails(page: Page) -> None:
    """Addresses as typed, spaced out or spoken, in small letters."""
    for pattern in (page.words.patterns["e_mail"][0], _SPOKEN_MAIL):
        for match in list(pattern.finditer(page.text)):
            if match.group() == page.text[match.start() : match.end()]:
                page.take("email", _address(_as_written(page, match)), match.span())
                page.plain = _without_points(page.plain, match.span())


def _without_points(text: str, span: tuple[int, int]) -> str:
    """The points of an address end no sentence."""
    start, end = span
    return text[:start] + text[start:end].replace(".", "_") + text[end:]


def _as_written(page: Page, match: re.Match[str]) -> str:
    """A typed address keeps its letters: "k" in it is no "que"."""
    first, last = page.aligned.origin(*match.span())
    written = page.original[first:last].lower()
    return written if "@" in written else match.group()


def _address(said: str) -> str:
    for spoken, sign in _SPOKEN_SIGNS:
        said = spoken.sub(sign, said)
    return re.sub(rf"@({_HOSTS}) (?=[a-z]+$)", r"@\1.", said).replace(" ", "")


def read_phones(page: Page) -> None:
    """Numbers of France and its overseas departments, Spain, Belgium, Switzerland, or written with their country."""
    for match in list(_COUNTRY_TOLD.finditer(page.text)):
        national = re.sub(r"\D", "", match["number"]).removeprefix("0")
        page.take("phone", f"+{match['country'] or match['before']}{national}", match.span())
    of_a_file = {cue.end() for cue in page.matches("reference_cue") if page.says("names_a_file", cue.group())}
    for pattern, e164 in _rules(page):
        for match in list(pattern.finditer(page.text)):
            of_nine = pattern is _BELGIAN_FIXED or match.group().isdigit() or _is_in_threes(page, match)
            if match.start() in of_a_file and of_nine:
                continue  # "contrato nº 700123456"
            page.take("phone", e164(re.sub(r"\D", "", match.group().replace("(0)", ""))), match.span())


def _is_in_threes(page: Page, match: re.Match[str]) -> bool:
    """So the French write the number of a file, and never a phone of theirs."""
    return page.words.language == "fr" and _THREES.fullmatch(match.group()) is not None


def _rules(page: Page) -> list[tuple[re.Pattern[str], Callable[[str], str]]]:
    rules = [
        (_ABROAD, lambda digits: "+" + digits.removeprefix("00")),
        (_COUNTRY_ALONE, lambda digits: "+" + digits),
        (_BELGIAN, lambda digits: "+32" + digits[1:]),
        (_SWISS, lambda digits: "+41" + digits[1:]),
        (_FRENCH, _french),
        (_SPANISH, _spanish),
    ]
    if page.words.language == "es":
        return [*rules, (_SPANISH_IN_FIGURES_SAID, _spanish)]
    return [*rules, (_FRENCH_WITHOUT_ZERO, _french), (_BELGIAN_FIXED, lambda digits: "+32" + digits[1:])]


def _french(digits: str) -> str:
    national = digits.removeprefix("00")
    national = national[2:].removeprefix("0") if len(national) > 10 else national.removeprefix("0")
    return f"+{_OVERSEAS.get(national[:3], '33')}{national}"


def _spanish(digits: str) -> str:
    return "+34" + digits[-9:]
