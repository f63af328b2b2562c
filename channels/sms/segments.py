"""How many segments a text takes: GSM-7 where its alphabet is enough, UCS-2 otherwise (3GPP TS 23.038 and 23.040).

One segment holds 160 septets or 70 UTF-16 units. Several hold 153 or 67 each, the rest being the header that joins
them; a character of two units is never cut in two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")  # after an escape: two septets each

Encoding = Literal["GSM-7", "UCS-2"]
ALONE: dict[Encoding, int] = {"GSM-7": 160, "UCS-2": 70}
JOINED: dict[Encoding, int] = {"GSM-7": 153, "UCS-2": 67}


@dataclass(frozen=True)
class Length:
    encoding: Encoding
    units: int  # septets or UTF-16 units
    segments: int


def length_of(text: str) -> Length:
    encoding: Encoding = "GSM-7" if fits_gsm(text) else "UCS-2"
    sizes = list(_sizes(text, encoding))
    units = sum(sizes)
    if units <= ALONE[encoding]:
        return Length(encoding, units, 1 if text else 0)
    return Length(encoding, units, _joined(sizes, JOINED[encoding]))


def fits_gsm(text: str) -> bool:
    return all(character in BASIC or character in EXTENDED for character in text)


def _sizes(text: str, encoding: Encoding) -> Iterator[int]:
    if encoding == "GSM-7":
        return (2 if character in EXTENDED else 1 for character in text)
    return (2 if ord(character) > 0xFFFF else 1 for character in text)


def _joined(sizes: list[int], room: int) -> int:
    segments, filled = 1, 0
    for size in sizes:
        if filled + size > room:
            segments, filled = segments + 1, 0
        filled += size
    return segments
