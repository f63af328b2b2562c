"""The environment a process of ours runs in, as far as tests are concerned."""

from __future__ import annotations

from pathlib import Path

import pytest

from recovery.settings import settings

FROZEN_AT = "2026-11-22T10:00:00+01:00"


def environment(database_url: str, **more: str) -> dict[str, str]:
    """Names in lower case without their prefix: `rasa_url=...`."""
    given = {"secret_key": "a-secret-key-for-the-tests-alone-0123456789", "api_token": "a-service-token", **more}
    return {"DATABASE_URL": database_url, **{f"ENTENTE_{name.upper()}": value for name, value in given.items()}}


def surround(patch: pytest.MonkeyPatch, database_url: str, data: Path, **more: str) -> None:
    """The same for this process, the clock standing still."""
    given = environment(database_url, data_folder=str(data), clock=FROZEN_AT, **more)
    for name, value in given.items():
        patch.setenv(name, value)
    settings.cache_clear()
