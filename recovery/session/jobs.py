"""Work for later, written in the caller's own transaction: either both are kept or neither is."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_DEFER = text(
    "select procrastinate_defer_jobs_v1(array[row("
    ":queue, :task, 0, :lock, null, cast(:args as jsonb), cast(:at as timestamptz)"
    ")]::procrastinate_job_to_defer_v1[])"
)


def enqueue(
    session: Session, task: str, lock: str | None, queue: str, *, at: datetime | None = None, **args: Any
) -> None:
    """Jobs of one `lock` run one at a time, in the order they were enqueued. `at`: not before that moment."""
    session.execute(
        _DEFER, {"queue": queue, "task": task, "lock": lock, "args": json.dumps(args, default=str), "at": at}
    )
