"""Several processes as one: prefixed logs, restarts with back-off, and nothing left at the end.

One thread, one loop. Each process leads its own process group, so that Ctrl-C in the terminal reaches the supervisor alone, which
stops them in turn, and so that whatever a process started goes with it.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from api.run.log_lines import LogLines
from api.run.process import Process, die_with_parent

FIRST_WAIT = 0.2  # seconds before the first restart, then doubled
LONGEST_WAIT = 10.0
STEADY_AFTER = 30.0  # a process that lived this long starts again with a short wait
GIVE_UP_AFTER = 5  # ends in a row, while starting up; later a process is started again for ever
STOP_WITHIN = 12.0  # seconds, then by force
LOOK_EVERY = 0.1


class Stopped(Exception):
    """Somebody asked to stop: Ctrl-C, SIGTERM, or the terminal was closed."""


class CannotStart(Exception):
    """The message is the sentence to print."""


class Supervised:
    """A process, whatever its present incarnation."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.child: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.wait = FIRST_WAIT
        self.start_again_at: float | None = None
        self.ends = 0  # in a row, without a steady life between


class Supervisor:
    """`pids`: a folder for each process's number. `stop_within`: seconds to end in peace, then by force."""

    def __init__(self, pids: Path, log: LogLines, stop_within: float = STOP_WITHIN) -> None:
        self._pids = pids
        self._log = log
        self._stop_within = stop_within
        self._running: list[Supervised] = []  # in order of start
        self._selector = selectors.DefaultSelector()
        self._asked_to_stop = False
        pids.mkdir(parents=True, exist_ok=True)

    def ask_to_stop(self, *_: object) -> None:
        """A signal's handler: whatever runs here raises Stopped at its next look."""
        self._asked_to_stop = True

    def start(self, process: Process) -> None:
        """Start, and start again whenever it ends."""
        supervised = Supervised(process)
        self._running.append(supervised)
        self._spawn(supervised)

    def run_once(self, process: Process) -> None:
        """Run to its end. Raises CannotStart where it fails."""
        task = Supervised(process)
        self._spawn(task)
        try:
            while task.child and task.child.poll() is None:
                self._look()
        except Stopped:
            self._end([task])
            raise
        status = task.child.returncode if task.child else 0
        self._bury(task)
        if status:
            raise CannotStart(f"{process.name} failed; its own words are above.")

    def wait_until(self, holds: Callable[[], bool], *, within: float, what: str) -> None:
        """Raises CannotStart where `holds` stays false, or where a process cannot even start."""
        deadline = time.monotonic() + within
        while not holds():
            self._look()
            if time.monotonic() > deadline:
                raise CannotStart(f"{what} is not ready after {within:.0f} s; see the log above.")
            for supervised in self._running:
                if supervised.ends >= GIVE_UP_AFTER:
                    raise CannotStart(f"{supervised.process.name} keeps ending; its own words are above.")

    def run_until_stopped(self) -> None:
        while True:
            self._look()

    def stop(self) -> None:
        """End everything, last started first; by force for what does not end, or when asked a second time."""
        self._asked_to_stop = False
        last = [s for s in self._running if s.process.stops_last]
        self._end([s for s in self._running if not s.process.stops_last])
        self._end(last)
        self._running.clear()

    def _look(self) -> None:
        if self._asked_to_stop:
            raise Stopped
        self._read(LOOK_EVERY)
        for supervised in self._running:
            self._revive(supervised)

    def _revive(self, supervised: Supervised) -> None:
        now = time.monotonic()
        if supervised.child and supervised.child.poll() is not None:
            status = supervised.child.returncode
            self._bury(supervised)
            self._log.say("demo", f"{supervised.process.name} ended ({_in_words(status)}); starting it again")
            if now - supervised.started_at > STEADY_AFTER:
                supervised.wait, supervised.ends = FIRST_WAIT, 0
            supervised.ends += 1
            supervised.start_again_at = now + supervised.wait
            supervised.wait = min(supervised.wait * 2, LONGEST_WAIT)
        elif supervised.start_again_at and now >= supervised.start_again_at:
            self._spawn(supervised)

    def _spawn(self, supervised: Supervised) -> None:
        process = supervised.process
        try:
            supervised.child = subprocess.Popen(
                process.command,
                cwd=process.cwd,
                env=process.env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,  # safe: this program has one thread
            )
        except OSError as error:
            raise CannotStart(f"{process.name} cannot be started: {error}") from error
        supervised.started_at, supervised.start_again_at = time.monotonic(), None
        (self._pids / f"{process.name}.pid").write_text(f"{supervised.child.pid}\n")
        assert supervised.child.stdout
        os.set_blocking(supervised.child.stdout.fileno(), False)
        self._selector.register(supervised.child.stdout, selectors.EVENT_READ, process.name)

    def _read(self, timeout: float) -> None:
        if not self._selector.get_map():
            time.sleep(timeout)
            return
        for key, _ in self._selector.select(timeout):
            self._take(cast("IO[bytes]", key.fileobj), key.data)

    def _take(self, pipe: IO[bytes], name: str) -> bool:
        """False once nothing more can come."""
        try:
            got = os.read(pipe.fileno(), 65536)
        except BlockingIOError:
            return False
        if got:
            self._log.add(name, got)
        else:
            self._selector.unregister(pipe)
        return bool(got)

    def _bury(self, supervised: Supervised) -> None:
        """The last words of a process that has ended, and what it may have started."""
        child = supervised.child
        assert child and child.stdout
        _kill_group(child.pid)
        if child.stdout.fileno() in self._selector.get_map():
            while self._take(child.stdout, supervised.process.name):
                pass
        if child.stdout.fileno() in self._selector.get_map():
            self._selector.unregister(child.stdout)
        child.stdout.close()
        self._log.finish(supervised.process.name)
        (self._pids / f"{supervised.process.name}.pid").unlink(missing_ok=True)
        supervised.child = None

    def _end(self, ending: list[Supervised]) -> None:
        """Ask each to end, wait, then insist."""
        for supervised in ending:
            if supervised.child:
                supervised.child.send_signal(supervised.process.stop_signal)
        deadline = time.monotonic() + self._stop_within
        while any(s.child and s.child.poll() is None for s in ending):
            self._read(LOOK_EVERY)
            if self._asked_to_stop or time.monotonic() > deadline:
                break
        for supervised in ending:
            if supervised.child:
                _kill_group(supervised.child.pid)
                supervised.child.wait()
                self._bury(supervised)


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _in_words(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"status {status}"
