"""A provider's receipts: told late, twice and in any order, until the service has answered each with a 200."""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable, Sequence

import httpx

from channels.messages import Call


class Callbacks:
    """`tell` never waits; `quiet` is true once nothing is left to tell. `told` counts what was posted."""

    def __init__(self, post: Callable[[Call], httpx.Response], seed: int = 0, *, twice: float = 0.2) -> None:
        self.told = 0
        self._post = post
        self._twice = twice
        self._random = random.Random(seed)
        self._waiting: queue.PriorityQueue[tuple[float, int, Call]] = queue.PriorityQueue()
        self._left = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._tell_for_ever, daemon=True).start()

    def tell(self, calls: Sequence[Call]) -> None:
        for call in calls:
            for _ in range(2 if self._random.random() < self._twice else 1):
                with self._lock:
                    self._left += 1
                    self._waiting.put((time.monotonic() + self._random.random() / 2, self._left + self.told, call))

    @property
    def quiet(self) -> bool:
        with self._lock:
            return not self._left

    def _tell_for_ever(self) -> None:
        while True:
            at, number, call = self._waiting.get()
            time.sleep(max(0.0, at - time.monotonic()))
            if not self._taken(call):
                self._waiting.put((time.monotonic() + 0.5, number, call))
                continue
            with self._lock:
                self._left -= 1
                self.told += 1

    def _taken(self, call: Call) -> bool:
        try:
            return self._post(call).status_code == 200
        except httpx.HTTPError:
            return False
