"""Does it answer? Asked while starting up; a short wait, and no is an answer."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg

# A proxy of the machine is never asked for loopback.
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def database_answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True


def postgres_ready(data_folder: Path, url: Callable[[], str]) -> Callable[[], bool]:
    """Our own server: asked once its own file says so, since every question before that is a FATAL line in its log."""

    def holds() -> bool:
        try:
            status = (data_folder / "postmaster.pid").read_text().splitlines()[7]
        except (OSError, IndexError):
            return False
        return status.strip() == "ready" and database_answers(url())

    return holds


def api_ready(url: str) -> Callable[[], bool]:
    """Ready itself, and with at least one worker behind it."""

    def holds() -> bool:
        seen = _fetched(f"{url}/health/ready")
        return seen is not None and bool(json.loads(seen).get("workers", 1))

    return holds


def rasa_ready(url: str) -> Callable[[], bool]:
    return lambda: _fetched(f"{url}/status") is not None


def actions_ready(url: str) -> Callable[[], bool]:
    return lambda: _fetched(f"{url}/health") is not None


def _fetched(url: str) -> bytes | None:
    """The body of a 200, else None."""
    try:
        with _open(url, timeout=2) as answer:
            return bytes(answer.read())
    except (OSError, urllib.error.URLError):
        return None
