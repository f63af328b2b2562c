"""`python -m api.worker`: takes the turns, delivers, keeps the timetable.

Start as many as needed; Ctrl-C ends after the jobs at hand.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import psycopg
import uvloop
from procrastinate.exceptions import ConnectorException

from api.worker import tasks, timetable
from api.worker.eager_worker import EagerWorker
from api.worker.queue import app
from recovery.settings import settings

log = logging.getLogger("entente.worker")

AGAIN_AFTER = 1.0  # seconds, when PostgreSQL is away

JOBS = (tasks, timetable)  # imported for the jobs they register


def main() -> None:
    logging.basicConfig(level=os.environ.get("ENTENTE_LOG_LEVEL", "INFO"), format="%(levelname)s %(name)s %(message)s")
    for chatty in ("procrastinate", "httpx", "psycopg.pool"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    uvloop.run(_work_until_stopped())


async def _work_until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(settings().worker_concurrency, thread_name_prefix="job"))
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    while not stopped.is_set():
        try:
            await _work(stopped)
        except (ConnectorException, psycopg.Error, OSError) as error:
            log.warning("PostgreSQL is away (%s); trying again", error)
        if not stopped.is_set():
            await asyncio.sleep(AGAIN_AFTER)


async def _work(stopped: asyncio.Event) -> None:
    """Until told to stop, or until the connection to PostgreSQL is lost."""
    async with app.open_async():
        worker = EagerWorker(app, concurrency=settings().worker_concurrency)
        running = asyncio.create_task(worker.run())
        stop = asyncio.create_task(stopped.wait())
        log.info("Worker ready (%s at a time)", settings().worker_concurrency)
        await asyncio.wait({running, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        worker.stop()
        await running


if __name__ == "__main__":
    main()
