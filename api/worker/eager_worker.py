"""procrastinate's worker, with two habits of its own.

It looks for the next job the moment one ends: a job held back by its lock (the next message of the same conversation)
would otherwise wait for the polling interval, since no notification tells that a lock is free. And it gives back what
nobody works on any more: jobs of dead workers, and jobs of its own whose end could not be written because PostgreSQL
was away.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from procrastinate.job_context import JobContext
from procrastinate.worker import Worker

log = logging.getLogger(__name__)

HEARTBEAT_EVERY = 1.0
DEAD_AFTER = 5.0  # seconds without a heartbeat; a worker that only slept meets messages already handled
LOOK_EVERY = 1.0
POLL_EVERY = 0.5  # how late a retry may start; new jobs come by notification

_ABANDONED = """
select id, worker_id from procrastinate_jobs
where status = 'doing' and (worker_id is null or worker_id = %(me)s or worker_id not in (
    select id from procrastinate_workers where last_heartbeat > now() - make_interval(secs => %(dead_after)s)))
"""
_GIVE_BACK = """
update procrastinate_jobs set status = 'todo', worker_id = null, scheduled_at = null
where id = %(id)s and status = 'doing' and worker_id is not distinct from %(worker_id)s
"""


class EagerWorker(Worker):
    def __init__(self, app: Any, *, concurrency: int) -> None:
        super().__init__(
            app,
            concurrency=concurrency,
            fetch_job_polling_interval=POLL_EVERY,
            update_heartbeat_interval=HEARTBEAT_EVERY,
            stalled_worker_timeout=DEAD_AFTER,
            shutdown_graceful_timeout=10,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
        self._unaccounted: set[int] = set()

    async def _process_job(self, context: JobContext) -> None:
        try:
            await super()._process_job(context)
        finally:
            self._new_job_event.set()

    def _start_side_tasks(self) -> list[asyncio.Task[Any]]:
        return [*super()._start_side_tasks(), asyncio.create_task(self._give_back_for_ever(), name="give back")]

    async def _give_back_for_ever(self) -> None:
        while True:
            await self._give_back()
            await asyncio.sleep(LOOK_EVERY)

    async def _give_back(self) -> None:
        found = await self.app.connector.execute_query_all_async(_ABANDONED, me=self.worker_id, dead_after=DEAD_AFTER)
        running = {context.job.id for context in self._running_jobs.values()}
        # A job of our own may have been fetched this very moment: it is given back when it is still unaccounted for at
        # the next look.
        mine = {job["id"] for job in found if job["worker_id"] == self.worker_id and job["id"] not in running}
        dead = [job for job in found if job["worker_id"] != self.worker_id or job["id"] in mine & self._unaccounted]
        for job in dead:
            log.warning("Job %s was left by worker %s: given back", job["id"], job["worker_id"])
            await self.app.connector.execute_query_async(_GIVE_BACK, id=job["id"], worker_id=job["worker_id"])
        self._unaccounted = mine
        if dead:
            self._new_job_event.set()
