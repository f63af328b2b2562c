"""`make check`: what must hold before a push. Every check runs, whatever the others say; the last lines tell which failed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from setup.model import DATA, QUIET
from setup.places import BOT, BOT_PYTHON, ROOT

# Rasa calls a response unused unless a rule names it; ours are uttered by actions, and tests/architecture looks at those.
_EXPECTED = re.compile(
    r"is not used in any story or rule|does not include an entity extractor|'RulePolicy' is not included|is not listed in the domain"
)
_PROBLEM = re.compile(r"UserWarning: (.*)|(ERROR.*)|(\S*(?:Exception|Error): .*)")


def main() -> None:
    ours = [sys.executable, "-m"]
    checks: dict[str, Callable[[], bool]] = {
        "format": lambda: _passes([*ours, "ruff", "format", "--check", "--quiet", "."]),
        "lint": lambda: _passes([*ours, "ruff", "check", "--quiet", "."]),
        "types": lambda: _passes([*ours, "mypy", "--no-error-summary"]),
        "architecture and translations": lambda: _passes(
            [
                *ours,
                "pytest",
                "-q",
                "tests/architecture",
                "-o",
                "addopts=--import-mode=importlib",
                "-p",
                "no:cacheprovider",
            ]
        ),
        "rasa data validate": _rasa_data,
    }
    failed = [name for name, check in checks.items() if not _told(name, check)]
    if failed:
        sys.exit(f"✗ failed: {', '.join(failed)}")
    print("✓ every check passed")


def _told(name: str, check: Callable[[], bool]) -> bool:
    started = time.monotonic()
    passed = check()
    print(f"{'✓' if passed else '✗'} {name} ({time.monotonic() - started:.0f} s)", flush=True)
    return passed


def _passes(command: list[str], cwd: Path = ROOT) -> bool:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode == 0


def _rasa_data() -> bool:
    command = [
        str(BOT_PYTHON),
        "-m",
        "rasa",
        "data",
        "validate",
        "--domain",
        "domain",
        "--config",
        "config.yml",
        "--data",
        *map(str, DATA),
    ]
    done = subprocess.run(
        command,
        cwd=BOT,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    lines = (done.stdout + done.stderr).splitlines()
    problems = [line for line in lines if _PROBLEM.search(line) and not _EXPECTED.search(line)]
    for problem in problems:
        print(f"  {problem}")
    return done.returncode == 0 and not problems


if __name__ == "__main__":
    main()
