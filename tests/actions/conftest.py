"""Every action is tried in the surroundings a process of ours runs in, the clock standing still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recovery.settings import settings
from tests.fakes.surroundings import surround


@pytest.fixture(autouse=True)
def surroundings(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    surround(monkeypatch, database_url, tmp_path)
    yield
    settings.cache_clear()
