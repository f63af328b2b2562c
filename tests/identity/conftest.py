"""Identity reads its limits from the settings."""

from collections.abc import Iterator

import pytest

from recovery.settings import settings


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ENTENTE_SECRET_KEY", "a-secret-key-for-the-tests-alone-0123456789")
    monkeypatch.setenv("ENTENTE_API_TOKEN", "a-token-for-the-tests-alone-0123456789")
    settings.cache_clear()
    yield
    settings.cache_clear()
