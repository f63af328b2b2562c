"""The running demo meets trouble: its processes die, another demo wants its folder."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import httpx

from tests.journeys.demo_process import PROCESSES, DemoProcess


def test_each_process_killed_by_force_comes_back(running_demo: DemoProcess) -> None:
    for name in PROCESSES:
        before = running_demo.pid(name)
        os.kill(before, signal.SIGKILL)
        _until(lambda name=name, before=before: _runs_anew(running_demo, name, before), within=30)
    api = running_demo.facts["api_url"]
    _until(lambda: _is_ready(api), within=120)


def test_two_demos_in_one_folder_are_refused(running_demo: DemoProcess) -> None:
    second = DemoProcess(running_demo.data_folder)
    assert second.process.wait(timeout=60) == 1
    assert "already runs" in running_demo.log()
    assert _is_ready(running_demo.facts["api_url"])


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


def _until(holds: Callable[[], bool], within: float) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "not within the time"
        time.sleep(0.2)
