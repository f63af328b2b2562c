"""One program to keep running."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


@dataclass(frozen=True)
class Process:
    name: str
    command: list[str]
    cwd: Path
    env: dict[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    stops_last: bool = False  # others need it until they have ended


def die_with_parent(by: signal.Signals = signal.SIGTERM) -> None:
    """In a child, before its program: even a supervisor killed by force leaves nothing behind (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, by)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
