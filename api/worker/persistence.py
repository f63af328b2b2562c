"""How a failed job comes back: soon at first, then at a steady pace, for ever. A debtor's message is never given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

LONGEST_ASKED = 3600.0  # seconds; whoever asks us to wait for longer is asked again, and the debtor is not kept waiting


@dataclass(frozen=True)
class Persistence(BaseRetryStrategy):
    """Half a second, then twice as long each time, up to `longest` seconds."""

    longest: float
    first: float = 0.5

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        asked_for = getattr(exception, "retry_after", None)
        own = min(self.first * 2 ** min(job.attempts, 16), self.longest)
        wait = own if asked_for is None else min(asked_for, LONGEST_ASKED)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait))
