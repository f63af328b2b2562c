"""How a failed job comes back: soon at first, then at a steady pace, for ever. A debtor's message is never given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job


@dataclass(frozen=True)
class Persistence(BaseRetryStrategy):
    """Half a second, then twice as long each time, up to `longest` seconds."""

    longest: float
    first: float = 0.5

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        asked_for = getattr(exception, "retry_after", None)
        wait = asked_for if asked_for is not None else min(self.first * 2 ** min(job.attempts, 16), self.longest)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait))
