"""What the answers cost the machine."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from report.answers import Answer


@dataclass
class Cost:
    """Milliseconds of processor time a message, and megabytes held by the whole process, Rasa included."""

    median: float
    slow: float
    memory: float


def cost_of(answers: list[Answer]) -> Cost:
    """Measured on the answers just given."""
    times = sorted(answer.milliseconds for answer in answers)
    return Cost(statistics.median(times), times[int(0.95 * (len(times) - 1))], _resident_megabytes())


def _resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").exists() else []:
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
