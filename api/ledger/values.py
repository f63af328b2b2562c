"""Values as the ledger API takes them: whole cents, ISO days, text without control characters. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints


class Body(BaseModel):
    """An unknown field is refused: a misspelt one would be lost in silence."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True)


def _iso(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return value
    raise ValueError("a day is written YYYY-MM-DD")


# Ten thousand million euros: more is a mistake, and far below what the columns hold.
LARGEST_CENTS = 10**12

Cents = Annotated[
    StrictInt, Field(gt=0, le=LARGEST_CENTS, description="Whole cents: 24730 is 247.30", examples=[24730])
]
Percent = Annotated[StrictInt, Field(ge=0, le=100)]
Day = Annotated[date, BeforeValidator(_iso), Field(examples=["2026-11-01"])]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["EUR"])]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(examples=["FR"])]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]+$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=5000, pattern=r"^[^\x00]+$")]
