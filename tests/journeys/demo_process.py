"""The demo as a person starts it: a process of its own, on free ports, with its own data folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 240  # seconds, on a machine that runs other tests beside it
PROCESSES = ("postgres", "rasa", "actions", "api", "worker")


class DemoProcess:
    def __init__(self, data_folder: Path, **settings: str) -> None:
        self.data_folder = data_folder
        data_folder.mkdir(parents=True, exist_ok=True)
        with open(data_folder / "demo.log", "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "api.run.demo"],
                cwd=ROOT,
                env=_clean_environment(data_folder) | settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> DemoProcess:
        deadline = time.monotonic() + READY_WITHIN
        while not (self.data_folder / "demo.json").exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the demo did not become ready:\n{self.log()[-8000:]}")
            time.sleep(0.2)
        return self

    @property
    def facts(self) -> dict[str, Any]:
        """var/demo.json of this demo."""
        return dict(json.loads((self.data_folder / "demo.json").read_text()))

    def pid(self, name: str) -> int:
        return int((self.data_folder / "run" / f"{name}.pid").read_text())

    def log(self) -> str:
        return (self.data_folder / "demo.log").read_text(errors="replace")

    def stop(self, by: signal.Signals = signal.SIGINT) -> int:
        """The exit status."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(timeout=60)


def _clean_environment(data_folder: Path) -> dict[str, str]:
    """No setting of whoever runs the tests reaches the demo under test."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_") and name != "DATABASE_URL"
    }
    free = {f"ENTENTE_{name}_PORT": "0" for name in ("API", "RASA", "ACTIONS", "POSTGRES")}
    return {**ours, **free, "ENTENTE_DATA_FOLDER": str(data_folder)}
