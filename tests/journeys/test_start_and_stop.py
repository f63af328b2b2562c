"""`make demo` as a person meets it: it ends without a trace, starts from what is there, and says what is in its way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.run.process import is_alive
from tests.journeys.creditor import CreditorSystem
from tests.journeys.demo_process import PROCESSES, ROOT, DemoProcess


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="entente-start-") as folder:
        yield Path(folder) / "var"


@pytest.mark.journey
def test_it_ends_without_a_trace_and_starts_from_what_is_there(folder: Path) -> None:
    first = DemoProcess(folder).wait_until_ready()
    with CreditorSystem(first.facts) as system:
        owing = system.somebody_owing()
        debtors = len(system.items("/debtors?limit=100"))
    password = first.facts["desk_users"][0]["password"]
    pids = [first.pid(name) for name in PROCESSES]
    assert first.stop(signal.SIGINT) == 0
    assert not [pid for pid in pids if is_alive(pid)]
    assert not list((folder / "run").glob("*.pid"))
    assert not (folder / "demo.json").exists()

    second = DemoProcess(folder).wait_until_ready()
    with CreditorSystem(second.facts) as system:
        assert system.get(f"/debts/{owing.debt_id}")["balance"]["due_cents"] == 24730
        assert len(system.items("/debtors?limit=100")) == debtors
    assert second.facts["desk_users"][0]["password"] == password
    pids = [second.pid(name) for name in PROCESSES]
    assert second.stop(signal.SIGTERM) == 0
    assert not [pid for pid in pids if is_alive(pid)]


def test_each_process_killed_by_force_comes_back(running_demo: DemoProcess) -> None:
    for name in PROCESSES:
        before = running_demo.pid(name)
        os.kill(before, signal.SIGKILL)
        _until(lambda name=name, before=before: _runs_anew(running_demo, name, before), within=30)
    api = running_demo.facts["api_url"]
    _until(lambda: _is_ready(api), within=120)


def test_a_taken_port_is_named_with_its_setting(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = DemoProcess(folder, ENTENTE_API_PORT=str(port))
        assert demo.process.wait(timeout=60) == 1
    assert f"Port {port} is taken" in demo.log()
    assert "ENTENTE_API_PORT" in demo.log()


def test_two_demos_in_one_folder_are_refused(running_demo: DemoProcess) -> None:
    second = DemoProcess(running_demo.data_folder)
    assert second.process.wait(timeout=60) == 1
    assert "already runs" in running_demo.log()
    assert _is_ready(running_demo.facts["api_url"])


@pytest.mark.parametrize("program", ["api", "api.worker"])
@pytest.mark.parametrize("missing", ["ENTENTE_SECRET_KEY", "ENTENTE_API_TOKEN", "DATABASE_URL"])
def test_a_missing_secret_is_named(program: str, missing: str, tmp_path: Path) -> None:
    secrets = {
        "ENTENTE_SECRET_KEY": "k" * 43,
        "ENTENTE_API_TOKEN": "t" * 43,
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_") and name != "DATABASE_URL"
    }
    env = ours | {name: value for name, value in secrets.items() if name != missing} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", program], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert missing in done.stderr


def _runs_anew(demo: DemoProcess, name: str, before: int) -> bool:
    try:
        return demo.pid(name) != before
    except (OSError, ValueError):  # its pid file is being written
        return False


def _is_ready(api_url: str) -> bool:
    try:
        answer = httpx.get(f"{api_url}/health/ready", timeout=5, trust_env=False)
    except httpx.HTTPError:
        return False
    return answer.status_code == 200 and answer.json()["workers"] >= 1


def _until(holds: object, within: float) -> None:
    deadline = time.monotonic() + within
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, "not within the time"
        time.sleep(0.2)
