"""One LISTEN connection a process wakes the streams of its conversations.

While it is down, the streams look by themselves.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from recovery.session.notices import MESSAGE, TYPING

log = logging.getLogger(__name__)

AGAIN_AFTER = 1.0  # seconds between two tries to listen
LOOK_WHEN_DEAF = 1.0  # how often a stream looks by itself while nobody wakes it
LOOK_ANYWAY = 15.0  # and when all is well: a notice that was never sent is made up for


class Wake:
    """One stream's bell."""

    def __init__(self, wakeups: Wakeups) -> None:
        self._wakeups = wakeups
        self._rung = asyncio.Event()
        self._typing: set[str] = set()

    def ring(self, typing: str | None) -> None:
        if typing:
            self._typing.add(typing)
        self._rung.set()

    async def wait(self) -> set[str]:
        """Returns when something may have changed, with who began to type meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), LOOK_ANYWAY if self._wakeups.hears else LOOK_WHEN_DEAF)
        self._rung.clear()
        typing, self._typing = self._typing, set()
        return typing


class Wakeups:
    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._waiting: dict[str, set[Wake]] = {}
        self.hears = False

    @contextmanager
    def of(self, conversation_id: str) -> Iterator[Wake]:
        wake = Wake(self)
        self._waiting.setdefault(conversation_id, set()).add(wake)
        try:
            yield wake
        finally:
            others = self._waiting[conversation_id]
            others.discard(wake)
            if not others:
                del self._waiting[conversation_id]

    async def listen(self) -> None:
        """For ever, through restarts of PostgreSQL."""
        while True:
            try:
                await self._listen_while_connected()
            except (psycopg.Error, OSError) as error:
                log.warning("Not listening to PostgreSQL (%s); trying again", error)
            self.hears = False
            await asyncio.sleep(AGAIN_AFTER)

    async def _listen_while_connected(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._database_url, autocommit=True) as connection:
            await connection.execute(f"listen {MESSAGE}")
            await connection.execute(f"listen {TYPING}")
            self.hears = True
            self._ring_all()  # whatever was said while nobody listened
            async for notice in connection.notifies():
                self._ring(notice.payload)

    def _ring(self, payload: str) -> None:
        conversation_id, _, typing = payload.partition(" ")
        for wake in self._waiting.get(conversation_id, ()):
            wake.ring(typing or None)

    def _ring_all(self) -> None:
        for waiting in self._waiting.values():
            for wake in waiting:
                wake.ring(None)
