"""What a text will cost, before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from channels.settings import WrongSetting
from channels.sms.segments import Encoding, length_of

_FILE = Path(__file__).parent / "cost.yml"


@dataclass(frozen=True)
class Estimate:
    encoding: Encoding
    segments: int
    thousandths: int  # of a euro


class Prices:
    """Thousandths of a euro a segment, by prefix; the longest prefix that fits counts."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        """`given`: "+33=68" and so on. Raises WrongSetting."""
        self._by_prefix = {**_known(), **dict(map(_read, given))}

    def estimate(self, text: str, number: str) -> Estimate:
        length = length_of(text)
        return Estimate(length.encoding, length.segments, length.segments * self._of(number))

    def _of(self, number: str) -> int:
        fitting = [prefix for prefix in self._by_prefix if number.startswith(prefix)]
        return self._by_prefix[max(fitting, key=len) if fitting else "default"]


def _read(pair: str) -> tuple[str, int]:
    prefix, _, price = pair.partition("=")
    if not (prefix.startswith("+") and prefix[1:].isdigit() and price.isdigit()):
        raise WrongSetting("ENTENTE_SMS_PRICES: write +33=75,+34=75 (thousandths of a euro a segment).")
    return prefix, int(price)


@cache
def _known() -> Mapping[str, int]:
    known: dict[str, int] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return known
