"""A sum as typed, "1.250,50" or "1 250", in cents."""

from __future__ import annotations

import re

from price_parser.parser import parse_number

# A point or comma before exactly three digits separates thousands; price-parser agrees, but not on apostrophes.
_DECIMAL_APOSTROPHE = re.compile(r"'(?=\d{1,2}$)")


def cents(said: str) -> int | None:
    """The value in cents, or nothing when this is not one number."""
    said = said.strip()
    if not re.fullmatch(r"\d[\d .,']*", said):
        return None
    number = parse_number(_DECIMAL_APOSTROPHE.sub(",", said).replace("'", "").replace(" ", ""))
    return None if number is None else round(number * 100)
