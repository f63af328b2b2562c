"""The supervisor with small programs of its own: what ends is started again, what is asked to stop is gone."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.run.log_lines import LogLines
from api.run.process import Process, is_alive
from api.run.supervisor import CannotStart, Stopped, Supervisor

SLEEPS = "import time; print('awake', flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"
WITH_CHILD = "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True); "


@pytest.fixture
def said() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def supervisor(tmp_path: Path, said: io.StringIO) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path, LogLines(said), stop_within=1)
    yield supervisor
    supervisor.stop()


def program(name: str, code: str) -> Process:
    return Process(name, [sys.executable, "-c", code], Path.cwd(), dict(os.environ))


def started(supervisor: Supervisor, tmp_path: Path, said: io.StringIO, name: str, code: str) -> int:
    supervisor.start(program(name, code))
    supervisor.wait_until(lambda: "awake" in said.getvalue(), within=20, what=name)
    return pid_in(tmp_path, name)


def pid_in(folder: Path, name: str) -> int:
    return int((folder / f"{name}.pid").read_text())


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(pid)


def test_what_is_killed_is_started_again(supervisor: Supervisor, tmp_path: Path, said: io.StringIO) -> None:
    first = started(supervisor, tmp_path, said, "sleeper", SLEEPS)
    os.kill(first, signal.SIGKILL)
    supervisor.wait_until(lambda: said.getvalue().count("awake") == 2, within=20, what="sleeper")
    assert pid_in(tmp_path, "sleeper") != first
    assert "sleeper ended (killed by SIGKILL); starting it again" in said.getvalue()


def test_what_is_stopped_leaves_nothing(supervisor: Supervisor, tmp_path: Path, said: io.StringIO) -> None:
    pid = started(supervisor, tmp_path, said, "sleeper", SLEEPS)
    supervisor.stop()
    assert gone(pid)
    assert not list(tmp_path.glob("*.pid"))


def test_what_does_not_listen_is_stopped_by_force(supervisor: Supervisor, tmp_path: Path, said: io.StringIO) -> None:
    pid = started(supervisor, tmp_path, said, "stubborn", STUBBORN)
    supervisor.stop()
    assert gone(pid)


def test_what_a_process_started_goes_with_it(supervisor: Supervisor, tmp_path: Path, said: io.StringIO) -> None:
    started(supervisor, tmp_path, said, "parent", WITH_CHILD + SLEEPS)
    child = int(next(line.split("│")[1] for line in said.getvalue().splitlines() if "awake" not in line))
    supervisor.stop()
    assert gone(child)


def test_a_task_that_fails_says_so(supervisor: Supervisor, said: io.StringIO) -> None:
    with pytest.raises(CannotStart, match="task failed"):
        supervisor.run_once(program("task", "import sys; sys.exit('the reason')"))
    assert "task     │ the reason" in said.getvalue()


def test_what_keeps_ending_is_given_up_while_starting(supervisor: Supervisor) -> None:
    supervisor.start(program("broken", "raise SystemExit(3)"))
    with pytest.raises(CannotStart, match="broken keeps ending"):
        supervisor.wait_until(lambda: False, within=60, what="broken")


def test_whoever_asks_is_heard(supervisor: Supervisor, tmp_path: Path, said: io.StringIO) -> None:
    started(supervisor, tmp_path, said, "sleeper", SLEEPS)
    supervisor.ask_to_stop()
    with pytest.raises(Stopped):
        supervisor.run_until_stopped()


def test_warnings_are_left_out_of_the_log(said: io.StringIO) -> None:
    log = LogLines(said)
    log.add("rasa", b"/a/b.py:12: DeprecationWarning: old\nand more\n  the.line(of_code)\nready\n")
    assert said.getvalue() == "rasa     │ ready\n"
