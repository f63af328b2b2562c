"""`make demo` as a person meets it: it ends without a trace, starts from what is there, and says what is in its way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

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


def test_a_taken_port_is_named_with_its_setting(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = DemoProcess(folder, ENTENTE_API_PORT=str(port))
        assert demo.process.wait(timeout=60) == 1
    assert f"Port {port} is taken" in demo.log()
    assert "ENTENTE_API_PORT" in demo.log()


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
