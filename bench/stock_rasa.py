"""Rasa as it comes: a plain `rasa run`, its in-memory tracker store, our model and our action server; none of our speed-ups."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.run.answers import rasa_ready
from setup.model import QUIET
from setup.places import BOT, BOT_PYTHON

ENDPOINTS = "action_endpoint:\n  url: {actions_url}\n"


@contextmanager
def stock_rasa(model: Path, actions_url: str) -> Iterator[tuple[str, int]]:
    """Its address and its process number, ready."""
    with tempfile.TemporaryDirectory(prefix="entente-stock-") as folder:
        endpoints = Path(folder) / "endpoints.yml"
        endpoints.write_text(ENDPOINTS.format(actions_url=actions_url))
        port = _free_port()
        command = [str(BOT_PYTHON), "-m", "rasa", "run", "--model", str(model), "--interface", "127.0.0.1"]
        command += [
            "--port",
            str(port),
            "--endpoints",
            str(endpoints),
            "--credentials",
            "credentials.yml",
            "--enable-api",
        ]
        env = os.environ | QUIET | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LOG_LEVEL": "ERROR"}
        with (
            open(Path(folder) / "log", "w") as log,
            subprocess.Popen(command, cwd=BOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log) as process,
        ):
            try:
                url = f"http://127.0.0.1:{port}"
                _wait(url, process, Path(folder) / "log")
                yield url, process.pid
            finally:
                process.terminate()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ready, deadline = rasa_ready(url), time.monotonic() + 240
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"stock Rasa did not become ready:\n{log.read_text()[-4000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
