"""The bake-off of classifiers and the learning curve, run in Rasa's runtime (bot/bakeoff)."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from setup.model import QUIET
from setup.places import BOT, BOT_PYTHON, VAR


def measure(options: list[str]) -> dict[str, Any]:
    """The tables as printed; `options` are those of bot/bakeoff (`--whole`, `--only`...)."""
    table = VAR / "bench" / "bakeoff.json"
    command = [str(BOT_PYTHON), "-m", "bakeoff", "--json", str(table), *options]
    log = VAR / "bench" / "bakeoff.log"
    # Rasa and its libraries tell a lot while they train.
    with open(log, "w") as told:
        done = subprocess.run(
            command, cwd=BOT, env={**os.environ, **QUIET, "LOG_LEVEL": "ERROR"}, stderr=told, check=False
        )
    if done.returncode:
        raise SystemExit(f"The bake-off stopped. The end of {log}:\n{log.read_text(errors='replace')[-3000:]}")
    tables: dict[str, Any] = json.loads(table.read_text())
    return tables
