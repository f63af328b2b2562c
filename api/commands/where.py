"""Which database and which service a command speaks to: those of the environment, else the demo that runs on this
machine.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from sqlalchemy.orm import Session

from api.run.demo_settings import read_env_file
from api.run.postgres import running_address
from recovery.clock import Clock, clock_from
from recovery.store import transaction

ROOT = Path(__file__).parents[2]


def database_url() -> str:
    """Ends the command with a sentence where there is none."""
    given = os.environ.get("DATABASE_URL") or os.environ.get("ENTENTE_DATABASE_URL")
    url = given or read_env_file(ROOT / ".env").get("DATABASE_URL") or running_address(_data_folder() / "postgres")
    if not url:
        stop("No database: set DATABASE_URL, or start the demo (`make demo`) in another terminal.")
    # What the rooms read of the settings must be the same database, and the secrets those of the demo.
    os.environ.setdefault("DATABASE_URL", url)
    for name, value in read_env_file(_data_folder() / "demo.env").items():
        os.environ.setdefault(name, value)
    return url


def service_url() -> str:
    demo = _data_folder() / "demo.json"
    if demo.is_file():
        return str(json.loads(demo.read_text())["api_url"]).rstrip("/")
    return os.environ.get("ENTENTE_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")


@contextmanager
def work() -> Iterator[tuple[Session, Clock]]:
    with transaction(database_url()) as session:
        yield session, clock_from(os.environ.get("ENTENTE_CLOCK"))


def stop(reason: str) -> NoReturn:
    typer.secho(reason, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)


def _data_folder() -> Path:
    return ROOT / os.environ.get("ENTENTE_DATA_FOLDER", "var")
