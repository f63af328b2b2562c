"""Measures a lender considers for somebody in difficulty, before anything else: `<cc>/forbearance.yml`, by product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Forbearance:
    measures: tuple[str, ...]
    source: str


def forbearance_of(country: str, product: str) -> Forbearance | None:
    """The menu for this product in this country, or None where the law names none."""
    return _menus(country.lower()).get(product)


@cache
def _menus(country: str) -> dict[str, Forbearance]:
    file = _HERE / country / "forbearance.yml"
    rows = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {product: Forbearance(tuple(row["measures"]), row["source"]) for product, row in rows.items()}
