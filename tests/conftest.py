"""What every test may ask for.

`database_url`  a migrated PostgreSQL of this test run (its own data folder, or ENTENTE_TEST_DATABASE_URL)
`session`       one transaction on it, undone at the end: for rooms, which never commit
`database`      the address again, for code that commits by itself (HTTP, jobs): every table is emptied afterwards
`surroundings`  the settings of a process of ours on that database, its clock standing still
`clock`         stands still at 2026-11-22T10:00+01:00; `clock.advance(timedelta(days=1))`
`chromium`      a real browser, one for a file: while it runs, its event loop is the thread's (CHROMIUM names another than the machine's)

Properties (hypothesis) are tried on 60 examples each; with ENTENTE_HYPOTHESIS=nightly (`make nightly`) on 2,000.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from api.migrate import upgrade
from api.run.postgres import start_own
from recovery.clock import FrozenClock
from recovery.settings import settings
from recovery.store import engine_for, psycopg_url
from tests.fakes.surroundings import surround

# Nothing of a test run must survive a power cut.
IN_A_HURRY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB"}

# A property that writes to the ledger undoes its own example, so that one fixture may serve them all. No deadline: how
# long an example takes says how busy the machine is.
for profile, examples in (("everyday", 60), ("nightly", 2_000)):
    hypothesis_settings.register_profile(
        profile,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        print_blob=True,
    )
hypothesis_settings.load_profile(os.environ.get("ENTENTE_HYPOTHESIS", "everyday"))


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    given = os.environ.get("ENTENTE_TEST_DATABASE_URL")
    if given:
        url = _own_database(given, os.environ.get("PYTEST_XDIST_WORKER", ""))
        upgrade(url)
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="entente-tests-") as folder:
        server = start_own(Path(folder) / "postgres", IN_A_HURRY)
        try:
            upgrade(server.url)
            yield server.url
            engine_for(server.url).dispose()
        finally:
            server.stop()


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = create_engine(psycopg_url(database_url))
    with engine.connect() as connection, Session(connection, expire_on_commit=False) as session:
        yield session
        session.rollback()
    engine.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[str]:
    yield database_url
    empty(database_url)


@pytest.fixture
def surroundings(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    surround(monkeypatch, database_url, tmp_path)
    yield
    settings.cache_clear()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime.fromisoformat("2026-11-22T10:00:00+01:00"))


def empty(url: str) -> None:
    """Every row away, in any order and past the append-only triggers, which is why the tests' role is a superuser."""
    with psycopg.connect(url) as connection:
        connection.execute("set session_replication_role = replica")
        names = connection.execute(
            "select relname from pg_stat_user_tables where schemaname = 'public' and relname <> 'alembic_version'"
        ).fetchall()
        connection.execute("".join(f'delete from "{name}";' for (name,) in names))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def _own_database(url: str, worker: str) -> str:
    """Parallel workers of pytest-xdist each get a database beside the given one."""
    if not worker:
        return url
    address, _, name = url.rpartition("/")
    mine = f"{name.partition('?')[0]}_{worker}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{mine}" with (force)')
        connection.execute(f'create database "{mine}"')
    return f"{address}/{mine}"
