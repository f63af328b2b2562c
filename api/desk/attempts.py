"""Wrong passwords, counted for any address, known or not: nothing tells which addresses somebody has."""

from __future__ import annotations

import time
from threading import Lock

from recovery.handover.logins import ATTEMPTS, WAIT

FORGET_ABOVE = 10_000


class Attempts:
    def __init__(self) -> None:
        self._failures: dict[str, tuple[int, float]] = {}
        self._lock = Lock()

    def must_wait(self, who: str) -> bool:
        with self._lock:
            count, last = self._failures.get(who, (0, 0.0))
            return count >= ATTEMPTS and time.monotonic() - last < WAIT.total_seconds()

    def failed(self, who: str) -> None:
        now = time.monotonic()
        with self._lock:
            count, last = self._failures.get(who, (0, now))
            self._failures[who] = (1 if now - last > WAIT.total_seconds() else count + 1, now)
            if len(self._failures) > FORGET_ABOVE:
                self._failures = {
                    key: seen for key, seen in self._failures.items() if now - seen[1] < WAIT.total_seconds()
                }

    def succeeded(self, who: str) -> None:
        with self._lock:
            self._failures.pop(who, None)
