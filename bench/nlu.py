"""The bake-off of classifiers, run in Rasa's runtime (bot/bakeoff); `ENTENTE_BAKEOFF_ARGS` narrows it."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from setup.places import BOT, BOT_PYTHON, VAR


def measure() -> dict[str, Any]:
    """The table as printed, by contestant."""
    table = VAR / "bench" / "bakeoff.json"
    table.parent.mkdir(parents=True, exist_ok=True)
    asked = os.environ.get("ENTENTE_BAKEOFF_ARGS", "").split()
    subprocess.run([str(BOT_PYTHON), "-m", "bakeoff", "--json", str(table), *asked], cwd=BOT, check=True)
    return json.loads(table.read_text())
