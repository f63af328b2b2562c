"""No faster than a provider allows: each process waits for its turn instead of being refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FORGET_AFTER = 60.0  # seconds


class Pace:
    """`wait(key)` returns when one more may leave: `per_second` of all, `apart` seconds between two of one key."""

    def __init__(
        self,
        per_second: float,
        apart: float = 0.0,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._every = 1 / per_second
        self._apart = apart
        self._now = now
        self._sleep = sleep
        self._next = 0.0
        self._next_of: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, key: str) -> None:
        with self._lock:
            now = self._now()
            turn = max(now, self._next, self._next_of.get(key, 0.0))
            self._next = max(now, self._next) + self._every
            if self._apart:
                self._forget(now)
                self._next_of[key] = turn + self._apart
        if turn > now:
            self._sleep(turn - now)

    def _forget(self, now: float) -> None:
        if len(self._next_of) > 10_000:
            self._next_of = {key: at for key, at in self._next_of.items() if at > now - FORGET_AFTER}
