"""Both environments, each exactly its lock: every package by its hash."""

from __future__ import annotations

import shutil
from pathlib import Path

from setup.find_python import rasa_python, service_python
from setup.find_uv import find_uv
from setup.places import BOT, ROOT
from setup.progress import run, step
from setup.stamp import hash_of, is_done, mark_done


def service_environment() -> None:
    wanted = hash_of([ROOT / "requirements.lock", ROOT / "pyproject.toml"])
    stamp = ROOT / ".venv" / "entente.stamp"
    if is_done(stamp, wanted):
        return
    with step("The service's environment (.venv)"):
        uv = find_uv()
        _make(uv, ROOT / ".venv", service_python())
        _sync(uv, ROOT / ".venv", ROOT / "requirements.lock")
        # The checkout itself, for the `entente` command; built by uv's own backend, so nothing is fetched for it.
        run([uv, "pip", "install", "--quiet", "--python", ROOT / ".venv", "--no-deps", "--editable", ROOT], cwd=ROOT)
        mark_done(stamp, wanted)


def bot_environment() -> None:
    wanted = hash_of([BOT / "requirements.lock"])
    stamp = BOT / ".venv" / "entente.stamp"
    if is_done(stamp, wanted):
        return
    with step("Rasa's environment (bot/.venv)"):
        uv = find_uv()
        _make(uv, BOT / ".venv", rasa_python(uv))
        _sync(uv, BOT / ".venv", BOT / "requirements.lock")
        mark_done(stamp, wanted)


def _make(uv: Path, folder: Path, python: Path) -> None:
    """Keep an environment whose Python still answers; packages are made right by the sync."""
    if (folder / "bin" / "python").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    run([uv, "venv", "--quiet", "--no-project", "--python", python, folder])


def _sync(uv: Path, folder: Path, lock: Path) -> None:
    run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", folder, lock], cwd=ROOT)
