"""The application on the tests' database, called as a browser calls it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from recovery.settings import settings
from tests.fakes.surroundings import surround


@pytest.fixture
def client(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    limits = ("rate_limit_per_minute", "rate_limit_address_per_minute", "rate_limit_sessions_per_minute")
    plenty = dict.fromkeys(limits, "100000")
    surround(monkeypatch, database, tmp_path, public_url="http://testserver", **plenty)
    yield TestClient(create_app(), raise_server_exceptions=False)
    settings.cache_clear()


class Visitor:
    """One conversation over the web channel."""

    def __init__(self, client: TestClient, **asked: Any) -> None:
        self.client = client
        opened = client.post("/widget/sessions", json=asked)
        assert opened.status_code == 201, opened.text
        self.opened = opened.json()
        self.headers = {"Authorization": f"Bearer {self.opened['session_token']}"}

    def send(self, text: str | None = None, **body: Any) -> Response:
        said = {"client_message_id": uuid.uuid4().hex, **({"text": text} if text is not None else {}), **body}
        return self.client.post("/widget/messages", json=said, headers=self.headers)

    def news(self, after: str = "") -> list[dict[str, Any]]:
        answer = self.client.get(f"/widget/messages?after={after}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    def attach(self, content: bytes, name: str = "preuve.jpg") -> Response:
        files = {"file": (name, content, "application/octet-stream")}
        return self.client.post("/widget/attachments", files=files, headers=self.headers)


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    return Visitor(client, language="fr")
