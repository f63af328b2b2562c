"""How often a provider is in trouble: a share of its answers, drawn from a seed, so that a storm can be had again."""

from __future__ import annotations

import random
import threading
from collections import Counter

RETRY_AFTER = "1"  # seconds, beside a 429
SLOW_FOR = 1.0


class Weather:
    """`next()`: the status of the trouble it is in for this call, or None where it is well. `had` counts them.

    `delay()`: seconds this call waits before it is looked at.
    """

    def __init__(self, seed: int = 0, *, broken: float = 0.0, too_many: float = 0.0, slow: float = 0.0) -> None:
        self.broken, self.too_many, self.slow = broken, too_many, slow
        self.had: Counter[int] = Counter()
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def delay(self) -> float:
        with self._lock:
            return SLOW_FOR if self._random.random() < self.slow else 0.0

    def next(self) -> int | None:
        with self._lock:
            drawn = self._random.random()
            status = self._random.choice((500, 502, 503)) if drawn < self.broken else None
            if self.broken <= drawn < self.broken + self.too_many:
                status = 429
            if status:
                self.had[status] += 1
            return status
