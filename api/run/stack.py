"""The programs Entente is made of, and how each is started. The one place that knows their command lines."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from api.run.process import Process

ROOT = Path(__file__).resolve().parent.parent.parent
BOT = ROOT / "bot"
LOOPBACK = "127.0.0.1"  # Rasa, its actions and PostgreSQL are never reached from elsewhere


@dataclass(frozen=True)
class Stack:
    """`env` holds every setting; ports are chosen already."""

    env: dict[str, str]
    data_folder: Path
    api_host: str
    api_port: int
    rasa_port: int
    actions_port: int
    model: Path

    @property
    def api_url(self) -> str:
        shown = LOOPBACK if self.api_host in {"0.0.0.0", "::"} else self.api_host
        return f"http://{shown}:{self.api_port}"

    @property
    def rasa_url(self) -> str:
        return f"http://{LOOPBACK}:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        return f"http://{LOOPBACK}:{self.actions_port}"

    def postgres(self, port: int) -> Process:
        """Stops fast on SIGINT: statements are cancelled, what is committed is on disk."""
        command = [sys.executable, "-m", "api.run.postgres_in_front", str(self.data_folder / "postgres"), str(port)]
        return Process("postgres", command, ROOT, self._env(), stop_signal=signal.SIGINT, stops_last=True)

    def rasa(self) -> Process:
        """The API beside the REST channel: /model/parse and /status are part of the contract, on loopback alone."""
        command = [
            str(BOT / ".venv" / "bin" / "python"),
            "serve.py",  # Rasa's own command line, with its slow steps replaced
            "run",
            "--model",
            str(self.model),
            "--interface",
            LOOPBACK,
        ]
        command += [
            "--port",
            str(self.rasa_port),
            "--endpoints",
            "endpoints.yml",
            "--credentials",
            "credentials.yml",
            "--enable-api",
        ]
        quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
        quiet |= {
            "PYTHONWARNINGS": "ignore",
            "LOG_LEVEL_LIBRARIES": "ERROR",
            "LOG_LEVEL": self.env.get("ENTENTE_RASA_LOG_LEVEL", "WARNING"),
        }
        # One thread of linear algebra: sentences are short, and the second core is somebody else's.
        return Process("rasa", command, BOT, self._env(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", **quiet))

    def actions(self) -> Process:
        return Process(
            "actions",
            [sys.executable, "-m", "api.run.actions_server", LOOPBACK, str(self.actions_port)],
            ROOT,
            self._env(),
        )

    def api(self) -> Process:
        return Process(
            "api",
            [sys.executable, "-m", "api"],
            ROOT,
            self._env(ENTENTE_HOST=self.api_host, ENTENTE_PORT=str(self.api_port)),
        )

    def worker(self, number: int) -> Process:
        return Process(
            "worker" if number == 1 else f"worker{number}", [sys.executable, "-m", "api.worker"], ROOT, self._env()
        )

    def once(self, name: str, *arguments: str) -> Process:
        """A task of the service, run to its end."""
        return Process(name, [sys.executable, "-m", *arguments], ROOT, self._env())

    def _env(self, **more: str) -> dict[str, str]:
        ours = {
            "PYTHONUNBUFFERED": "1",
            "ENTENTE_PUBLIC_URL": self.env.get("ENTENTE_PUBLIC_URL") or self.api_url,
            "ENTENTE_RASA_URL": self.rasa_url,
            "ENTENTE_ACTIONS_URL": f"{self.actions_url}/webhook",
            "ENTENTE_DATA_FOLDER": str(self.data_folder),
        }
        return {**self.env, **ours, **more}
