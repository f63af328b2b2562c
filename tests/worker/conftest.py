"""Real processes: the HTTP service and workers, started, killed and started again, over a fake Rasa."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from recovery.store import engine_for
from tests.conftest import empty
from tests.fakes.fake_rasa import FakeRasa, echo
from tests.fakes.surroundings import environment

ROOT = Path(__file__).parents[2]


class Processes:
    """Ours alone are ended, by their own handle."""

    def __init__(self, given: dict[str, str], logs: Path) -> None:
        self._environment = {**os.environ, **given}
        self._logs = logs
        self._started: list[subprocess.Popen[bytes]] = []
        self._worker: subprocess.Popen[bytes] | None = None

    def start(self, module: str, **more: str) -> subprocess.Popen[bytes]:
        log = (self._logs / f"{module}.{len(self._started)}.log").open("wb")
        started = subprocess.Popen(
            [sys.executable, "-m", module], cwd=ROOT, env={**self._environment, **more}, stdout=log, stderr=log
        )
        self._started.append(started)
        return started

    def worker(self) -> subprocess.Popen[bytes]:
        """The one that runs, or a new one."""
        if not self._worker or self._worker.poll() is not None:
            self._worker = self.start("api.worker")
        return self._worker

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end_all(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
                process.wait()


class Debtor:
    """One conversation over the web channel of a running service."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        opened = http.post("/widget/sessions", json={"language": "fr"}).raise_for_status().json()
        self.conversation_id = opened["conversation_id"]
        self.headers = {"Authorization": f"Bearer {opened['session_token']}"}

    def say(self, text: str) -> str:
        """Said again under the same id while the service asks to come back later, as the website's chat does."""
        body = {"client_message_id": uuid.uuid4().hex, "text": text}
        until = time.monotonic() + 20
        while (sent := self._http.post("/widget/messages", json=body, headers=self.headers)).status_code == 503:
            assert time.monotonic() < until, "still unavailable"
            time.sleep(0.2)
        message_id: str = sent.raise_for_status().json()["message_id"]
        return message_id

    def heard(self, *authors: str) -> list[str]:
        said: list[dict[str, Any]] = self._http.get("/widget/messages", headers=self.headers).json()["messages"]
        return [m["text"] for m in said[1:] if m["author"] in authors]

    def hears(self, count: int, *authors: str, within: float = 60) -> list[str]:
        """Waits until so many messages of these authors have come."""
        until = time.monotonic() + within
        while len(found := self.heard(*authors)) < count and time.monotonic() < until:
            time.sleep(0.1)
        return found


@dataclass(frozen=True)
class Service:
    """One for all the tests of a file: starting a process takes seconds on a busy machine."""

    processes: Processes
    rasa: FakeRasa
    http: httpx.Client

    def debtor(self) -> Debtor:
        return Debtor(self.http)


@pytest.fixture(scope="module")
def running(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data, port = tmp_path_factory.mktemp("service"), str(_free_port())
    with FakeRasa() as rasa, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
        given = environment(
            database_url, rasa_url=rasa.url, actions_url=f"{rasa.url}/webhook", data_folder=str(data), port=port,
            rate_limit_per_minute="100000", rate_limit_address_per_minute="100000",
            rate_limit_sessions_per_minute="100000", tell_waiting_after_seconds="0.5",
        )  # fmt: skip
        processes = Processes(given, data)
        processes.start("api")
        processes.worker()
        _until_alive(http)
        yield Service(processes, rasa, http)
        processes.end_all()
    for log in sorted(data.glob("*.log")):
        print(f"--- {log.name}\n{log.read_text()[-3000:]}")
    engine_for(database_url).dispose()
    empty(database_url)


@pytest.fixture
def service(running: Service) -> Service:
    """With Rasa well, and a worker alive."""
    running.rasa.__dict__.update(answer=echo, takes=0.0, down=False, actions_up=True, asked=[])
    running.processes.worker()
    return running


def _until_alive(http: httpx.Client, within: float = 120) -> None:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            if http.get("/health/ready").json()["workers"]:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail("the service did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
