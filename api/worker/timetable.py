"""What happens by the clock, in one file.

A task here may run late or twice: each looks at what is due and does it once.
"""

from __future__ import annotations

from procrastinate import builtin_tasks

from api.worker.queue import app


@app.periodic(cron="17 3 * * *", periodic_id="old jobs")
@app.task(name="forget_old_jobs", queue="timetable", pass_context=True)
async def forget_old_jobs(context: object, timestamp: int) -> None:
    """Failed and aborted jobs are looked at within two weeks or never; those that succeeded are gone at once."""
    await builtin_tasks.remove_old_jobs(
        context, max_hours=14 * 24, remove_failed=True, remove_aborted=True, remove_cancelled=True
    )  # type: ignore[arg-type]
