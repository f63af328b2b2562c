"""uv, from the machine or from PyPI by pip and a pinned hash; never by a script from somewhere."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setup.places import ROOT, VAR
from setup.progress import SetupFailed, answer_of, run, step

LOCK = ROOT / "setup" / "uv.lock.txt"
OWN = VAR / "tools" / "uv"


def find_uv() -> Path:
    """A uv that answers; fetched into var/tools where the machine has none."""
    for candidate in (shutil.which("uv"), Path.home() / ".local" / "bin" / "uv", OWN / "bin" / "uv"):
        if candidate and answer_of([candidate, "--version"]):
            return Path(candidate)
    with step("uv is missing here: fetching it"):
        _fetch()
    return OWN / "bin" / "uv"


def _fetch() -> None:
    pip = (
        [sys.executable, "-m", "pip"]
        if answer_of([sys.executable, "-m", "pip", "--version"])
        else _pip_of_an_environment()
    )
    # Beside the checkout rather than into the user's own folders: systems that manage their Python refuse the latter.
    run(
        [
            *pip,
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
            "--require-hashes",
            "--target",
            OWN,
            "--upgrade",
            "-r",
            LOCK,
        ]
    )


def _pip_of_an_environment() -> list[str | Path]:
    folder = VAR / "tools" / "pip"
    if answer_of([sys.executable, "-m", "venv", folder]) is None:
        raise SetupFailed(
            "Neither uv, nor pip, nor Python's venv module is here. Install uv or your system's python3-venv, then run again."
        )
    return [folder / "bin" / "python", "-m", "pip"]
