"""From a country's code to its law. A new country is a new folder with a `law.py`; nothing else changes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from recovery.countries.claim import Law
from recovery.errors import Invalid


class UnknownCountry(Invalid):
    kind = "unknown-country"

    def __init__(self, code: str) -> None:
        super().__init__(f"No law is known here for country {code!r}; known: {', '.join(known_countries())}.")


def law_of(code: str) -> Law:
    if code not in known_countries():
        raise UnknownCountry(code)
    return cast(Law, import_module(f"recovery.countries.{code.lower()}.law").LAW)


@cache
def known_countries() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name.upper() for path in Path(__file__).parent.glob("*/law.py")))
