"""How long a failed job waits: twice as long each time, as long as the provider asks, never for ever."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from api.worker.persistence import LONGEST_ASKED, Persistence
from channels.contract import TemporaryFailure


def waits(failure: Exception, attempts: int = 0) -> float:
    job: Any = SimpleNamespace(attempts=attempts)
    decision = Persistence(longest=600, first=2).get_retry_decision(exception=failure, job=job)
    assert decision.retry_at
    return (decision.retry_at - datetime.now(UTC)).total_seconds()


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 2), (1, 4), (2, 8), (8, 512), (9, 600), (500, 600)])
def test_twice_as_long_each_time(attempts: int, seconds: float) -> None:
    assert waits(TemporaryFailure("busy"), attempts) == pytest.approx(seconds, abs=0.5)


@pytest.mark.parametrize(("asked", "seconds"), [(0, 0), (7, 7), (10**9, LONGEST_ASKED)])
def test_as_long_as_the_provider_asks(asked: float, seconds: float) -> None:
    assert waits(TemporaryFailure("busy", retry_after=asked), 5) == pytest.approx(seconds, abs=0.5)
