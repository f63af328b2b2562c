"""One line a step, with the time it took; long commands show that they live."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

STILL_AT_IT_EVERY = 10.0  # seconds


class SetupFailed(Exception):
    """Set-up cannot go on; the message is the sentence to print."""


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print `name` and, when the block ends, how long it took."""
    started = time.monotonic()
    over = threading.Event()
    print(f"· {name} …", flush=True)
    ticker = threading.Thread(target=_tick, args=(name, started, over), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        over.set()
    print(f"✓ {name} ({time.monotonic() - started:.0f} s)", flush=True)


def run(command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    """Run to the end with its output shown. Raises SetupFailed with the command that failed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SetupFailed(f"`{' '.join(words)}` failed with status {done.returncode}; its own words are above.")


def answer_of(command: Sequence[str | Path]) -> str | None:
    """What a command prints, or None where it is missing or fails."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _tick(name: str, started: float, over: threading.Event) -> None:
    while not over.wait(STILL_AT_IT_EVERY):
        print(f"  … {name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
