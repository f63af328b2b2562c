"""The demo's settings: the environment first, then `.env`, then what was drawn on the first run, then these defaults."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

DEFAULTS = {
    "ENTENTE_ENV": "development",
    "ENTENTE_HOST": "127.0.0.1",
    "ENTENTE_API_PORT": "8000",
    "ENTENTE_RASA_PORT": "5005",
    "ENTENTE_ACTIONS_PORT": "5055",
    "ENTENTE_POSTGRES_PORT": "0",  # 0: any free port
    "ENTENTE_DATA_FOLDER": "var",
    # A demo is there to be tried, by machines too.
    "ENTENTE_RATE_LIMIT_PER_MINUTE": "1000000",
    "ENTENTE_RATE_LIMIT_ADDRESS_PER_MINUTE": "1000000",
    "ENTENTE_RATE_LIMIT_SESSIONS_PER_MINUTE": "1000000",
}
DRAWN = ("ENTENTE_SECRET_KEY", "ENTENTE_API_TOKEN")


def demo_settings(root: Path) -> dict[str, str]:
    """Every setting by name; what is secret is drawn once and kept in `demo.env` of the data folder."""
    given = {**DEFAULTS, **read_env_file(root / ".env"), **{name: value for name, value in os.environ.items() if value}}
    folder = root / given["ENTENTE_DATA_FOLDER"]
    given["ENTENTE_DATA_FOLDER"] = str(folder)
    return {**_drawn(folder / "demo.env"), **given}


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines; quotes around a value and comments are left out."""
    if not path.is_file():
        return {}
    lines = (line.strip().removeprefix("export ") for line in path.read_text().splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs if value.strip()}


def _drawn(path: Path) -> Mapping[str, str]:
    kept = read_env_file(path)
    missing = [name for name in DRAWN if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(32) for name in missing}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{name}={value}\n" for name, value in kept.items()))
    return kept
