"""Texts that the law asks to be reproduced, word for word, in the country's own language: `<cc>/mentions.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Mention:
    text: str
    source: str


def mentions_of(country: str, role: str) -> tuple[Mention, ...]:
    """What a creditor in this role must reproduce in this country; empty where the law asks for nothing."""
    return _mentions(country.lower()).get(role, ())


@cache
def _mentions(country: str) -> dict[str, tuple[Mention, ...]]:
    file = _HERE / country / "mentions.yml"
    rows = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {
        role: tuple(Mention(" ".join(row["text"].split()), row["source"]) for row in listed)
        for role, listed in rows.items()
    }
