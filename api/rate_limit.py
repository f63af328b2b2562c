"""How often one caller may ask, counted in this process.

Limits are settings; several processes each count their own.
"""

from __future__ import annotations

import time
from threading import Lock

from recovery.errors import Refusal

FORGET_ABOVE = 10_000  # callers remembered before the idle ones are forgotten


class TooManyRequests(Refusal):
    status = 429
    kind = "too-many-requests"

    def __init__(self) -> None:
        super().__init__("Too many requests; wait a moment and try again.")


class RateLimit:
    """A bucket a caller: `per_minute` at once, refilled steadily."""

    def __init__(self, per_minute: int) -> None:
        self._capacity = float(per_minute)
        self._buckets: dict[str, tuple[float, float]] = {}  # what is left, and when that was
        self._lock = Lock()

    def count(self, caller: str) -> None:
        """Raises TooManyRequests."""
        now = time.monotonic()
        with self._lock:
            left, then = self._buckets.get(caller, (self._capacity, now))
            left = min(self._capacity, left + (now - then) * self._capacity / 60)
            if left < 1:
                raise TooManyRequests()
            self._buckets[caller] = (left - 1, now)
            if len(self._buckets) > FORGET_ABOVE:
                self._buckets = {who: seen for who, seen in self._buckets.items() if now - seen[1] < 60}
