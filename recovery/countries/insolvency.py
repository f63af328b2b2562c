"""What each stage of over-indebtedness or insolvency forbids: `<cc>/insolvency.yml` (VU-01 to VU-04)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

_HERE = Path(__file__).parent

Stage = Literal["declared", "filed", "admissible", "plan", "wiped_out"]


@dataclass(frozen=True)
class Effect:
    """`asks`: may we ask for money; `takes`: may we take what is offered; `interest`: does it go on."""

    asks: bool
    takes: bool
    interest: bool
    source: str


def effect_of(country: str, stage: Stage) -> Effect:
    return _stages(country.lower())[stage]


@cache
def _stages(country: str) -> dict[str, Effect]:
    rows = yaml.safe_load((_HERE / country / "insolvency.yml").read_text(encoding="utf-8"))
    return {stage: Effect(**row) for stage, row in rows.items()}
