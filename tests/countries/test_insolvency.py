"""No stage of over-indebtedness lets anybody be asked for money, and from a decision on none is taken."""

from __future__ import annotations

from typing import get_args

import pytest

from recovery.countries.insolvency import Stage, effect_of
from recovery.countries.registry import known_countries
from recovery.debts.freeze import MONEY_REFUSED


@pytest.mark.parametrize("country", known_countries())
@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_country_says_what_each_stage_forbids(country: str, stage: Stage) -> None:
    effect = effect_of(country, stage)
    assert not effect.asks
    assert effect.source
    assert effect.interest is (stage in {"declared", "filed"})


@pytest.mark.parametrize("country", known_countries())
def test_holds_refuse_what_the_stages_refuse(country: str) -> None:
    takes = any(effect_of(country, stage).takes for stage in get_args(Stage))
    assert takes is not ({"overindebtedness", "insolvency"} <= MONEY_REFUSED)
