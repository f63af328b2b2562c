"""The two Pythons: 3.11 or newer for the service, 3.10 for Rasa, which stops there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from setup.places import ROOT
from setup.progress import SetupFailed, answer_of, run, step

_WHICH = "import ssl, sqlite3, ctypes, lzma, sys; print(sys.executable); print('%d.%d' % sys.version_info[:2])"


def service_python() -> Path:
    if sys.version_info < (3, 11):  # noqa: UP036 - the machine's python3 may be older, and this file must still say so
        raise SetupFailed(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try `make PYTHON=python3.12 ...`."
        )
    return Path(sys.executable).resolve()


def rasa_python(uv: Path) -> Path:
    """A CPython 3.10 that works: on the PATH, among pyenv's versions, or fetched by uv."""
    for candidate in _candidates():
        if found := _works(candidate):
            return found
    with step("CPython 3.10 for Rasa is missing here: fetching it with uv"):
        run([uv, "python", "install", "3.10"], cwd=ROOT)
    fetched = answer_of([uv, "python", "find", "--no-project", "3.10"])
    found = _works(Path(fetched)) if fetched else None
    if not found:
        raise SetupFailed(
            "uv fetched a CPython 3.10 that does not answer. Put a `python3.10` on the PATH and run again."
        )
    return found


def _candidates() -> Iterator[Path]:
    on_path = shutil.which("python3.10")
    if on_path:
        yield Path(on_path)
    for versions in _pyenv_versions():
        yield from sorted(versions.glob("3.10*/bin/python3.10"), reverse=True)


def _pyenv_versions() -> Iterator[Path]:
    """pyenv's shims answer only for the versions it was told to use: look beside them for what is installed."""
    yield Path.home() / ".pyenv" / "versions"
    if os.environ.get("PYENV_ROOT"):
        yield Path(os.environ["PYENV_ROOT"]) / "versions"
    for folder in os.get_exec_path():
        if Path(folder).name == "shims":
            yield Path(folder).parent / "versions"


def _works(python: Path) -> Path | None:
    said = (answer_of([python, "-c", _WHICH]) or "").splitlines()
    return Path(said[0]).resolve() if len(said) == 2 and said[1] == "3.10" else None
