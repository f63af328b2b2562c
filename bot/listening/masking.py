"""Taking secrets out of a message before anything is stored: card numbers, IBANs, passwords and one-time codes.

A debt's reference, a phone, a birth date and a postcode are not secrets here and stay, unless they stand where a
secret was announced.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import yaml

_ANNOUNCEMENTS = Path(__file__).parent / "masking.yml"
_SEPARATOR = r"[ \u00a0\u202f.\-]?"
_CARD = re.compile(rf"(?<![\d+])(?:\d{_SEPARATOR}){{12,18}}\d(?!\d)")
# In its own groups a card is known across lines, commas, slashes, and "et après" or "y luego".
_BETWEEN = r"[\s.,;/_\-]{0,3}(?:(?:puis|et|ensuite|apr[eè]s|y|luego|despu[eé]s|then)[\s,:]+){0,2}"
_CARD_IN_GROUPS = re.compile(
    rf"(?<![\d+])(?:\d{{4}}(?:{_BETWEEN}\d{{4}}){{3}}|3[47]\d\d{_BETWEEN}\d{{6}}{_BETWEEN}\d{{5}})(?!\d)"
)
_IBAN_SEPARATOR = r"[\s.\-]{0,2}"
_IBAN = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}{_IBAN_SEPARATOR}\d\d(?:{_IBAN_SEPARATOR}[A-Za-z0-9]){{11,30}}", re.ASCII
)
_SHORTEST_IBAN, _KEPT = 15, 4
# Lengths of the countries debtors here bank in; elsewhere the check digits alone decide where an IBAN ends.
_LENGTHS = {
    "FR": 27,
    "ES": 24,
    "BE": 16,
    "CH": 21,
    "LU": 20,
    "MC": 27,
    "DE": 22,
    "PT": 25,
    "IT": 27,
    "NL": 18,
    "IE": 22,
    "GB": 22,
    "RO": 24,
    "AD": 24,
    "LT": 20,
    "MA": 28,
    "TN": 24,
}
# The other countries that have IBANs (ISO 13616 registry): two letters and figures of a sentence are none.
_ELSEWHERE = frozenset(
    "AE AL AT AZ BA BG BH BI BR BY CR CY CZ DJ DK DO EE EG FI FK FO GE GI GL GR GT HN HR HU IL IQ IS JO KW KZ LB LC LI LV LY MD ME MK"
    " MN MR MT MU NI NO OM PK PL PS QA RS RU SA SC SD SE SI SK SM SO ST SV TL TR UA VA VG XK YE".split()
)
_MASK = "•"


def mask_secrets(text: str) -> tuple[str, list[str]]:
    """The text without its secrets, and the kinds found, in the order card, iban, then those announced.

    A mistyped card or IBAN fails its check digits but is no less secret: announced as one, it is masked too.
    An IBAN keeps its country and last four characters and a card its last four digits, enough for an agent to say
    which one it was; a password or a code keeps nothing.
    """
    found: list[str] = []
    text = _IBAN.sub(lambda said: _masked_iban(said.group(), found), text)
    for card in (_CARD_IN_GROUPS, _CARD):
        text = card.sub(lambda said: _masked_card(said.group(), found), text)
    for kind, pattern in _announced():
        text = pattern.sub(lambda said, kind=kind: _masked_secret(said, kind, found), text)  # type: ignore[misc]
    return text, list(dict.fromkeys(found))


def _masked_iban(said: str, found: list[str]) -> str:
    for end in range(len(said), 0, -1):  # the words after an IBAN may look like more of it
        kept = re.sub(r"[^A-Za-z0-9]", "", said[:end]).upper()
        if len(kept) < _SHORTEST_IBAN:
            return said
        if said[end - 1].isalnum() and _is_iban(kept):
            found.append("iban")
            return f"{kept[:2]}{_MASK * 4}{kept[-_KEPT:]}{said[end:]}"
    return said


def _is_iban(candidate: str) -> bool:
    """ISO 13616: the country and check digits moved to the end, letters as numbers, leave 1 modulo 97."""
    country = candidate[:2]
    if len(candidate) != _LENGTHS.get(country, len(candidate) if country in _ELSEWHERE else 0):
        return False
    return int("".join(str(int(letter, 36)) for letter in candidate[4:] + candidate[:4])) % 97 == 1


def _masked_card(said: str, found: list[str]) -> str:
    digits = re.sub(r"\D", "", said)
    if digits[0] not in "23456" or not _is_luhn(digits):
        return said
    found.append("card")
    return f"{_MASK * 4}{digits[-_KEPT:]}"


def _is_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812, which one number in ten carries by chance."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _masked_secret(said: re.Match[str], kind: str, found: list[str]) -> str:
    start, end = said.span("secret")
    if _MASK in said["secret"]:
        return said.group()
    found.append(kind)
    offset = said.start()
    return said.group()[: start - offset] + _MASK * 4 + said.group()[end - offset :]


@lru_cache(maxsize=1)
def _announced() -> list[tuple[str, re.Pattern[str]]]:
    listed: dict[str, list[str]] = yaml.safe_load(_ANNOUNCEMENTS.read_text(encoding="utf-8"))
    compile_: Callable[[str], re.Pattern[str]] = lambda pattern: re.compile(pattern, re.IGNORECASE)  # noqa: E731
    return [(kind, compile_(pattern)) for kind, patterns in listed.items() for pattern in patterns]
