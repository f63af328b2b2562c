"""The benchmark's storm in small: calls twice, out of order and forged, providers in trouble, receipts in any order."""

from __future__ import annotations

import pytest

from bench.channels import play
from tests.journeys.demo_process import DemoProcess
from tests.journeys.providers import Providers

pytestmark = pytest.mark.journey


def test_nothing_is_lost_doubled_or_forged(running_demo: DemoProcess, providers: Providers) -> None:
    figures = play(running_demo.facts, providers, messages=80, in_each=8)
    assert figures["wrong"] == {}
    assert set(figures["forged"]) <= {401, 403} and sum(figures["forged"].values()) == 4
    assert figures["messages"] == 80 and figures["told again"] == 16
    assert figures["answered 5xx"] + figures["answered 429"] > 0
