"""Processor seconds of a process and of everything it started (Linux: /proc)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def processor_seconds(pids: Mapping[str, int]) -> dict[str, float]:
    """By name, since each began."""
    children, ticks = _all_processes()
    return {name: sum(ticks.get(p, 0) for p in _family(pid, children)) / TICK for name, pid in pids.items()}


def _family(pid: int, children: Mapping[int, list[int]]) -> Iterable[int]:
    yield pid
    for child in children.get(pid, ()):
        yield from _family(child, children)


def _all_processes() -> tuple[dict[int, list[int]], dict[int, int]]:
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold blanks and parentheses; fields are numbered as in proc(5).
            fields = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:  # it has just ended
            continue
        pid, parent = int(folder.name), int(fields[4 - 3])
        children.setdefault(parent, []).append(pid)
        # Its own time and that of children it has buried: PostgreSQL's backends come and go.
        ticks[pid] = sum(int(fields[n - 3]) for n in (14, 15, 16, 17))
    return children, ticks
